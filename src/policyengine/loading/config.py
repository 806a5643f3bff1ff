"""`policyengine.toml`, or `[tool.policyengine]` of `pyproject.toml` -> settings; all faults collected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.codes import CODES
from policyengine.diagnostics import Diagnostic, Level, nearest
from policyengine.loading.text import Source, read_source
from policyengine.loading.toml_places import TomlPlaces
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.diagnostics import Span
    from policyengine.loading.toml_places import Path as TomlPath

FILE = "policyengine.toml"
PROJECT_FILE = "pyproject.toml"
_IN_PROJECT = ("tool", "policyengine")
_MENTIONED = re.compile(r"^\s*\[+\s*tool\s*\.\s*policyengine\b|\btool\.policyengine\b", re.MULTILINE)
OFF = "off"
_LEVELS = (*(level.value for level in Level), OFF)
RULES: Mapping[str, str] = MappingProxyType({code.name: key for key, code in CODES.items() if code.name})
"""The house rules: name -> code."""

_TOP = ("exclude", "lint")
_ACCEPT = "accept"
_OF_ACCEPT = ("rule", "policy", "subject", "reason", "authority")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END = re.compile(r" \(at end of document\)$")
_EXAMPLE = 'role-unused = "off"'
_TEXT = Wording("文字", "a text")
_TEXTS = Wording("文字，或文字的列表", "a text, or a list of texts")
_TABLE = Wording("`[{name}]` 一节", "a section `[{name}]`")
_ENTRIES = Wording("`[[lint.accept]]` 各节", "sections `[[lint.accept]]`")
_ONE_OF = Wording(
    " " + "、".join(f'`"{each}"`' for each in _LEVELS) + " 之一",
    "one of " + ", ".join(f'`"{each}"`' for each in _LEVELS),
)
_NOTHING = Wording("空缺", "missing")
_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "Invalid value": "值无效",
        "Invalid statement": "语句无效",
        "Expected '='": "键之后缺少 `=`",
        "Cannot overwrite": "重复写了同一个键",
        "Cannot declare": "重复写了同一节",
        "Expected newline": "语句之后还有多余的内容",
        "Unterminated": "文字没有结束",
        "Unclosed": "列表或括号没有结束",
        "Illegal character": "文字中有不允许的字符",
    }
)
_TOO_DEEP = Wording("嵌套过深", "it is nested too deep")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Leave for findings to stand.

    Args:
        codes: the codes of its rules.
        policies: patterns of ids of policies, or of their files counted from the configuration's folder.
        subjects: patterns of the provisions, clauses and so on that it is about.
        reason: why they may stand.
        authority: who says so.
        span: where it stands.
    """

    codes: tuple[str, ...]
    policies: tuple[str, ...]
    subjects: tuple[str, ...]
    reason: str
    authority: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Configuration:
    """What one file sets.

    Args:
        source: its text.
        levels: by code, the level of a house rule; ``None`` where it is off.
        accepted: findings that may stand.
        excluded: patterns of files, counted from the file's folder, that a folder is checked without.
    """

    source: Source
    levels: Mapping[str, Level | None] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()
    excluded: tuple[str, ...] = ()


def read_configuration(path: Path, shown: str | None = None) -> tuple[Configuration | None, tuple[Diagnostic, ...]]:
    """Return what the file *path* sets, and everything that is wrong with it; what is sound of it counts.

    Args:
        path: the file; one called `pyproject.toml` is read below `[tool.policyengine]`.
        shown: how diagnostics call it; as *path* is written, unless given.

    Returns:
        ``None`` where the file cannot be read, or is a `pyproject.toml` that has no such table.
    """
    source, faults = read_source(path)
    if source is None:
        return None, faults
    if shown is not None:
        source = Source(shown, source.text)
    return configuration_in(source, within=_IN_PROJECT if path.name == PROJECT_FILE else ())


def configuration_in(
    source: Source, *, within: tuple[str, ...] = ()
) -> tuple[Configuration | None, tuple[Diagnostic, ...]]:
    """Return what the text *source* sets *within* a table of it, and everything that is wrong with it."""
    if within and not _MENTIONED.search(source.text):
        return None, ()
    try:
        value: object = tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and a number with thousands of digits
        return Configuration(source), (_syntax(source, error),)
    for name in within:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return None, ()
    reader = _Reader(source, TomlPlaces(source))
    return reader.configuration(value, within), tuple(reader.faults)


def _syntax(source: Source, error: Exception) -> Diagnostic:
    text = str(error)
    place, last = _AT.search(text), source.text.count("\n") + 1
    line, column = (int(place[1]), int(place[2])) if place is not None else (1, 1)
    if _AT_END.search(text):
        line, column = last, len(source.line(last)) + 1
    span = TomlPlaces(Source(source.file, "")).span(())
    span = type(span)(source.file, line, column, line, column + 1)
    problem = _TOO_DEEP if isinstance(error, RecursionError) else _problem(_AT_END.sub("", _AT.sub("", text)))
    return source.fault("PE790", span, problem=problem, example=_EXAMPLE)


def _problem(said: str) -> Wording:
    """Return what the reader of TOML *said*, in Chinese as well, as far as we know its words."""
    chinese = next((zh for en, zh in _PROBLEMS.items() if said.startswith(en)), "语法错误")
    return Wording(chinese, said[:1].lower() + said[1:])


@dataclass(slots=True)
class _Reader:
    """Reads the tables of one file; `faults` gathers what is wrong."""

    source: Source
    places: TomlPlaces
    faults: list[Diagnostic] = field(default_factory=list)

    def configuration(self, value: object, path: TomlPath) -> Configuration:
        table = self.table(value, path)
        self.known(table, _TOP, path)
        lint = self.table(table.get("lint", {}), (*path, "lint"))
        return Configuration(
            self.source,
            dict(self.levels(lint, (*path, "lint"))),
            tuple(self.accepted(lint.get(_ACCEPT, []), (*path, "lint", _ACCEPT))),
            self.texts(table, "exclude", path),
        )

    def table(self, value: object, path: TomlPath) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        self.refuse(value, path, Wording(*(text.format(name=path[-1]) for text in _TABLE)))
        return {}

    def known(self, table: Mapping[str, object], names: tuple[str, ...], path: TomlPath) -> None:
        for name in table:
            if name not in names:
                shown = ", ".join(f"`{each}`" for each in names)
                self.fault("PE791", (*path, name), name=name, known=shown, suggestion=nearest(name, names))

    def levels(self, lint: Mapping[str, object], path: TomlPath) -> Iterator[tuple[str, Level | None]]:
        for name, level in lint.items():
            code = None if name == _ACCEPT else self.code(name, (*path, name))
            if code is None:
                continue
            if level in _LEVELS:
                yield code, None if level == OFF else Level(str(level))
            else:
                self.refuse(level, (*path, name), _ONE_OF)

    def code(self, name: str, path: TomlPath) -> str | None:
        """Return the code of the house rule *name*; who writes a code is told the name."""
        if name not in RULES:
            meant = CODES[name].name if name in CODES else nearest(name, RULES)
            self.fault("PE792", path, name=name, suggestion=meant or None)
        return RULES.get(name)

    def accepted(self, value: object, path: TomlPath) -> Iterator[Acceptance]:
        if not isinstance(value, list):
            self.refuse(value, path, _ENTRIES)
            return
        for place, each in enumerate(value):
            entry = self.entry(each, (*path, place))
            if entry is not None:
                yield entry

    def entry(self, value: object, path: TomlPath) -> Acceptance | None:
        if not isinstance(value, dict):
            self.refuse(value, path[:-1], _ENTRIES)
            return None
        table, before = value, len(self.faults)
        self.known(table, _OF_ACCEPT, path)
        for name in ("rule", "reason"):
            if name not in table:
                self.fault("PE793", path, name=name, found=_NOTHING, expected=_TEXTS if name == "rule" else _TEXT)
        codes = [self.code(name, (*path, "rule")) for name in self.texts(table, "rule", path)]
        entry = Acceptance(
            tuple(code for code in codes if code is not None),
            self.texts(table, "policy", path) or ("*",),
            self.texts(table, "subject", path) or ("*",),
            self.text(table, "reason", path) or "",
            self.text(table, "authority", path),
            self.places.span(path),
        )
        return None if len(self.faults) > before else entry

    def text(self, table: Mapping[str, object], name: str, path: TomlPath) -> str | None:
        value = table.get(name)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.refuse(value, (*path, name), _TEXT)
        return None

    def texts(self, table: Mapping[str, object], name: str, path: TomlPath) -> tuple[str, ...]:
        value = table.get(name, [])
        listed = value if isinstance(value, list) else [value]
        if all(isinstance(each, str) and each for each in listed) and (listed or name not in table):
            return tuple(map(str, listed))
        self.refuse(value, (*path, name), _TEXTS)
        return ()

    def refuse(self, value: object, path: TomlPath, expected: Wording) -> None:
        self.fault("PE793", path, name=path[-1], found=_shown(value), expected=expected)

    def fault(self, code: str, path: TomlPath, *, suggestion: str | None = None, **args: object) -> None:
        span = self.places.span(path)
        self.faults.append(self.source.fault(code, span, suggestion=suggestion, declared=None, **args))


def _shown(value: object) -> Wording:
    match value:
        case bool():
            text = "`true`" if value else "`false`"
        case str():
            text = f'`"{value}"`'
        case dict():
            return Wording("一节", "a section")
        case list():
            return Wording("列表", "a list")
        case _:
            text = f"`{value}`"
    return Wording(text, text)
