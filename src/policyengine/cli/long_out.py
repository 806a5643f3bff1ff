"""Long answers written piece by piece, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.cli.help import Misuse
from policyengine.cli.out import CANNOT_WRITE_FILE
from policyengine.cli.streams import emit
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.wording import Lang

_NO_DIRECTORY = Wording("没有该目录", "there is no such directory")
_IS_DIRECTORY = Wording("是一个目录", "it is a directory")
_PIECE = 1 << 16
"""Characters that are written at once."""


def refuse_unwritable(name: str, lang: Lang) -> None:
    """Refuse a file that :func:`deliver_pieces` could not write to, before the work that leads there is done.

    Raises:
        Misuse: its directory is not there, or it is a directory itself.
    """
    try:
        path = Path(name).resolve()
        reason = _IS_DIRECTORY if path.is_dir() else None if path.parent.is_dir() else _NO_DIRECTORY
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot(name, error, lang) from error
    if reason is not None:
        raise Misuse(CANNOT_WRITE_FILE.within(lang).format(name=name, reason=reason.within(lang)))


def deliver_pieces(pieces: Iterable[str], name: str | None, lang: Lang, *, add: bool = False) -> None:
    """Write *pieces* of one text to the file *name*, or to standard output where it is ``None``.

    A file is replaced as :func:`policyengine.cli.out.deliver` does it: whoever reads it sees the old text or the whole
    new one. With *add*, the text is added to what the file has.

    Raises:
        Misuse: the file cannot be written; nothing of the text is left behind.
        OutputError: standard output cannot take the text.
    """
    if name is None:
        for text in _in_bulk(pieces):
            emit(text)
        return
    try:
        path = Path(name).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a null byte in a name, a circle of links
        raise _cannot(name, error, lang) from error
    whole = not path.exists() or path.is_file() or path.is_dir()
    try:
        (_replace if whole and not add else _append)(path, pieces)
    except OSError as error:
        raise _cannot(name, error, lang) from error


def _in_bulk(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for each in pieces:
        held.append(each)
        size += len(each)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def _append(path: Path, pieces: Iterable[str]) -> None:
    with path.open("ab") as file:
        for text in _in_bulk(pieces):
            file.write(text.encode("utf-8", "backslashreplace"))


def _replace(path: Path, pieces: Iterable[str]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            for text in _in_bulk(pieces):
                file.write(text.encode("utf-8", "backslashreplace"))
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _cannot(name: str, error: Exception, lang: Lang) -> Misuse:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Misuse(CANNOT_WRITE_FILE.within(lang).format(name=name, reason=reason))
