"""Paths as they are given -> the files of a log, each once, in a fixed order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.logs.csv_rows import TABS
from policyengine.loading.logs.lines import empty, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["document", "lines", "csv", "parquet"]
KINDS: dict[str, Kind] = {
    **dict.fromkeys((".yaml", ".yml", ".json"), "document"),
    **dict.fromkeys((".jsonl", ".ndjson"), "lines"),
    **dict.fromkeys((".csv", *sorted(TABS)), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}


class LogFile(NamedTuple):
    """One file of a log.

    Args:
        path: where it is.
        file: its name in diagnostics.
        kind: what it is read as, by its ending.
        size: in bytes.
    """

    path: Path
    file: str
    kind: Kind
    size: int


def log_files(paths: Sequence[str | Path]) -> Iterator[LogFile | Diagnostic]:
    """Yield the files at *paths*, directories in the order of names, hidden files and unknown endings left out."""
    seen: set[str] = set()
    for path in map(Path, paths):
        try:
            found = list(_below(path)) if path.is_dir() else [path]
        except (OSError, ValueError) as error:
            yield unreadable(shown(path), error)
            continue
        if not found:
            yield empty(shown(path))
        for each in found:
            yield from _log_file(each, seen)


def _log_file(path: Path, seen: set[str]) -> Iterator[LogFile | Diagnostic]:
    file = shown(path)
    kind = KINDS.get(path.suffix.lower())
    try:
        real, size = os.path.realpath(path), path.stat().st_size
    except (OSError, ValueError) as error:
        yield unreadable(file, error)
        return
    if kind is None:
        yield diagnostic("PE641", Span(file, 1, 1, 1, 1), known=", ".join(KINDS))
    elif real not in seen:
        seen.add(real)
        yield LogFile(path, file, kind, size)


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of a log in a directory, without following links to other directories."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda each: each.name)
    for each in found:
        if each.name.startswith("."):
            continue
        if each.is_dir(follow_symlinks=False):
            yield from _below(Path(each.path))
        elif each.is_file() and Path(each.name).suffix.lower() in KINDS:
            yield Path(each.path)


def shown(path: Path) -> str:
    """Return a path as one printable line: a name may hold bytes that are no text, or line ends."""
    name = os.fspath(path).encode("utf-8", "replace").decode("utf-8")
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)
