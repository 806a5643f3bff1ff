"""Where the keys of a TOML file stand, as far as its lines tell: the standard library's reader does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.diagnostics import Span

if TYPE_CHECKING:
    from policyengine.loading.text import Source

Path = tuple[str | int, ...]

_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_MULTILINE = re.compile(r"\"\"\"|'''")


@dataclass(frozen=True)
class TomlPlaces:
    """The tables and keys of *source*, each with its place; a table of a list has its number in its path."""

    source: Source
    spans: dict[Path, Span] = field(init=False)

    def __post_init__(self) -> None:
        spans: dict[Path, Span] = {}
        for path, span in _places(self.source):
            spans.setdefault(path, span)
        object.__setattr__(self, "spans", spans)

    def span(self, path: Path) -> Span:
        """Return where *path* stands, or what it is in, or the file's first character."""
        whole = Span(self.source.file, 1, 1, 1, 2)
        known = (self.spans[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.spans)
        return next(known, whole)


def _places(source: Source) -> Iterator[tuple[Path, Span]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    inside = False  # a text of several lines, which may look like anything
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not inside:
            opened, key = _TABLE.match(line), _KEY.match(line)
            if opened is not None:
                table = _whole(_names(opened[2]), counts, new=opened[1] == "[[")
                yield table, _span(source, number, opened.span(2))
            elif key is not None:
                names = _names(key[1])
                yield from (((*table, *names[:end]), _span(source, number, key.span(1))) for end in _ends(names))
        inside ^= len(_MULTILINE.findall(line)) % 2 == 1


def _whole(names: Path, counts: dict[Path, int], *, new: bool) -> Path:
    """Return the path of a table with the numbers of the lists that it lies in; a *new* one is the next of its list."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        if new and path[-1] == names[-1] and len([each for each in path if isinstance(each, str)]) == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _names(written: str) -> Path:
    return tuple(each.strip("\"'") for each in re.findall(_NAME, written))


def _ends(names: Path) -> range:
    return range(1, len(names) + 1)


def _span(source: Source, line: int, columns: tuple[int, int]) -> Span:
    return Span(source.file, line, columns[0] + 1, line, columns[1] + 1)
