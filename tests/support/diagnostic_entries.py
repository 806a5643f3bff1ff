r"""What is written by hand about each diagnostic code, and the run that shows it.

One YAML file per hundred, `tests/docs/diagnostics/1xx.yaml` to `8xx.yaml`, has an entry for each code, in order:

.. code-block:: yaml

    PE401:
      why:
        en: What would go wrong if this were accepted, or the rule that asks for it. One to three sentences.
        zh: 若予接受会有何后果，或者是哪一条规则的要求。一至三句。
      example: cases-bad/naive-time.yaml
      repair:
        - {replace: "23:30:00,", by: "23:30:00+08:00,"}

`example` is a file with just this fault, its path counted from `tests/`: one of `policies/bad*/`, of `cases-bad/`, or,
where none of them has this fault alone, a new one in `docs/diagnostics/files/`. `repair` turns its text into one
without the fault: each text to `replace` stands in the file exactly once (it may run over several lines: write `"\n"`)
and is deleted where there is no `by`. What is shown on the page is the difference between the two.

The example is run in an empty folder of its own, under its own name, and then the repaired text in its place. Beside it
lie `vocabulary/` and `calendars/` of `policies/bad/`, and `policies/good/sample.yaml`, called `sample`, which the cases
name; and, unless the code is of the house rules (PE7xx), a configuration that turns all of them off, so that an example
may be as short as its fault. Only where that does not do, an entry has more keys:

- `command`: what is run, without `policyengine`, where that is not `check {file}`; `{file}` is the example's name.
- `instead`: the command that does it right, where the command is what is wrong; there is no `repair` then, and the
  difference shown is the one between the two commands.
- `beside`: more files, by their paths from `tests/`, that lie in the folder as well, in the same place below a folder
  `vocabulary` or `calendars` if they have one.
- `saved_as`: the encoding in which the example is saved; the repaired one is in UTF-8.
- `repeated`: how many times the last line of the example stands there; in the repaired one it does once.
- `shown`: `{en, zh}`, the lines of the difference written by hand, where no text shows it (`saved_as`, `repeated`).
- `house`: whether the house rules are on; set for the codes PE7xx, not written.
- `python`: `true` where the command is an expression of Python, with `pe` for the package and `Path`, that raises.

`pytest -n 0 tests/docs/test_diagnostics_page.py -k PE401` tries one entry out; with `--update-golden` it writes the
page, `docs/reference/diagnostics/PE401.md`. Read that page.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import policyengine
from policyengine.cli import main
from policyengine.errors import LoadError
from policyengine.loading.config import FILE, RULES
from policyengine.loading.yaml_nodes import parse, plain, read_source
from policyengine.model.base import Title, Value
from policyengine.report.diagnostics import diagnostics_text
from policyengine.wording import LANGUAGES, Lang

TESTS = Path(__file__).parents[1]
HUNDREDS = TESTS / "docs" / "diagnostics"
_BESIDE = TESTS / "policies" / "bad"
_SAMPLE = TESTS / "policies" / "good" / "sample.yaml"
_WORDS = ("vocabulary", "calendars")
_CODE = re.compile(r"^(?:.*(?:error|warning) |- )(PE\d{3}):", re.MULTILINE)
FOLLOW = frozenset({"PE621", "PE635", "PE636"})
"""Codes that stand beside others: what the fault of a row means for its case, its log, or what is told."""
_HOUSE = "7"
_CONTEXT = 2  # lines around a difference
_BETWEEN = " …"


class Repair(Value):
    """One exact replacement in the text of an example."""

    replace: str
    by: str = ""


class Entry(Value):
    """What is written about one code; the module says what each key means."""

    why: Title
    example: str | None = None
    repair: tuple[Repair, ...] = ()
    command: str = "check {file}"
    instead: str | None = None
    beside: tuple[str, ...] = ()
    saved_as: str = "utf-8"
    repeated: int = 1
    shown: Title | None = None
    python: bool = False
    house: bool = False

    @property
    def file(self) -> str:
        """Return the name under which the example is shown; empty where there is none."""
        return "" if self.example is None else Path(self.example).name

    @property
    def asked(self) -> str:
        """Return what is run on the example, as a user writes it after `policyengine`."""
        return self.command.format(file=self.file)

    @property
    def wrong(self) -> str:
        """Return the text of the example."""
        lines = self._written.splitlines(keepends=True)
        return "".join((*lines[:-1], *lines[-1:] * self.repeated))

    @property
    def right(self) -> str:
        """Return the text of the example without the fault."""
        text = self._written
        for each in self.repair:
            found = text.count(each.replace)
            assert found == 1, f"{each.replace!r} stands {found} times in {self.example}"
            text = text.replace(each.replace, each.by)
        return text

    @property
    def _written(self) -> str:
        return "" if self.example is None else (TESTS / self.example).read_bytes().decode()

    def difference(self, lang: Lang) -> str:
        """Return the lines that lead from wrong (-) to right (+), a few of their neighbours among them."""
        if self.shown is not None:
            return self.shown.within(lang).rstrip("\n")
        if self.instead is not None:
            start = ">>> " if self.python else "policyengine "
            return f"- {start}{self.asked}\n+ {start}{self.instead.format(file=self.file)}"
        return "\n".join(_difference(self.wrong, self.right)).rstrip()


def entries() -> dict[str, Entry]:
    """Return all that is written, by code."""
    found = ((code, raw) for path in _files() for code, raw in _raw(path).items())
    return {code: Entry.model_validate({**raw, "house": code[2] == _HOUSE}, strict=False) for code, raw in found}


def _files() -> list[Path]:
    return sorted(HUNDREDS.glob("*.yaml"))


def _raw(path: Path) -> Mapping[str, dict[str, object]]:
    source, faults = read_source(path)
    assert source is not None, faults
    document = parse(source)
    assert document.root is not None, document.diagnostics
    found = plain(document.root)
    assert isinstance(found, dict), path
    assert all(code[2] == path.stem[0] for code in found), f"{path.name} has a code of another hundred"
    return found


class Run(NamedTuple):
    """One run of the command."""

    succeeded: bool
    said: str


def run_wrong(entry: Entry, folder: Path) -> dict[Lang, Run]:
    """Run the command on the example, made in the empty *folder*, in each language."""
    _lay_out(entry, folder)
    if entry.example is not None:
        (folder / entry.file).write_bytes(entry.wrong.encode(entry.saved_as))
    return _runs(entry, entry.asked, folder)


def run_right(entry: Entry, folder: Path) -> dict[Lang, Run]:
    """Run the command on the repaired example, in the *folder* of the one with the fault, in each language."""
    if entry.example is not None:
        (folder / entry.file).write_bytes(entry.right.encode())
    return _runs(entry, entry.asked if entry.instead is None else entry.instead.format(file=entry.file), folder)


def codes(runs: Mapping[Lang, Run]) -> set[str]:
    """Return the codes that were printed."""
    return set(_CODE.findall(runs["en"].said))


def _lay_out(entry: Entry, folder: Path) -> None:
    for name in _WORDS:
        shutil.copytree(_BESIDE / name, folder / name)
    shutil.copyfile(_SAMPLE, folder / "sample")
    if not entry.house:
        levels = "".join(f'{name} = "off"\n' for name in RULES)
        (folder / FILE).write_text(f"[lint]\n{levels}", encoding="utf-8")
    for each in entry.beside:
        path = TESTS / each
        place = folder / path.parent.name if path.parent.name in _WORDS else folder
        shutil.copyfile(path, place / path.name)


def _runs(entry: Entry, command: str, folder: Path) -> dict[Lang, Run]:
    run = _evaluated if entry.python else _run
    with contextlib.chdir(folder):
        return {lang: run(command, lang) for lang in LANGUAGES}


def _run(command: str, lang: Lang) -> Run:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([*command.split(), "--lang", lang])
    return Run(succeeded=code == 0, said=out.getvalue())


def _evaluated(expression: str, lang: Lang) -> Run:
    try:
        eval(expression, {"pe": policyengine, "Path": Path})  # noqa: S307  written by hand, beside this module
    except LoadError as error:
        return Run(succeeded=False, said=diagnostics_text(error.diagnostics, lang))
    return Run(succeeded=True, said="")


def _difference(wrong: str, right: str) -> Iterator[str]:
    """Yield the difference without the headings that programs need; `…` stands between its parts."""
    lines = difflib.unified_diff(wrong.split("\n"), right.split("\n"), n=_CONTEXT, lineterm="")
    for number, line in enumerate(list(lines)[2:]):
        if not line.startswith("@@"):
            yield visible(f"{line[0]} {line[1:]}")
        elif number:
            yield _BETWEEN


def visible(line: str) -> str:
    """Return *line* with every character in it visible, a tab as an arrow, and without spaces at its end."""
    return "".join(_visible(each) for each in line).rstrip()


def _visible(character: str) -> str:
    if character == "\t":
        return "⇥"
    return character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
