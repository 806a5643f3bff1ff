"""A file of any length -> its lines, one at a time: bounded, decoded, and each with what is wrong with it."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.problems import access_problem
from policyengine.loading.scalars import UNFIT, shown_character
from policyengine.loading.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policyengine.loading.logs.columns import Encoding

Item = TypeVar("Item")

MAX_LINE = 1 << 20  # bytes; a line of a log has some hundreds
CHUNK = 1 << 18
SAMPLE = 1 << 16
_KEPT = 4096  # bytes of a line that is too long, to tell its case
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class LineSource(Source):
    """A few lines out of a file, which keep their numbers.

    >>> LineSource("a.jsonl", "{}", first=7).span(0, 2).line
    7
    """

    first: int = 1

    def line(self, number: int) -> str:
        """Return line *number* of the file; the empty text when it is none of these."""
        return Source.line(self, number - self.first + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 1, of the character at *offset*."""
        line, column = Source.position(self, offset)
        return line + self.first - 1, column

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters from offset *start* up to, not including, offset *end*."""
        return Span(self.file, *self.position(start), *self.position(end))


class Line(NamedTuple):
    """One line.

    Args:
        number: counted from 1.
        text: without its end; as far as it can be read, where there is a fault.
        fault: what is wrong with it as text.
    """

    number: int
    text: str
    fault: Diagnostic | None = None


def open_regular(path: Path) -> IO[bytes]:
    """Open a regular file; a directory, FIFO or device is refused at once and never waited for.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is none, or its name is no name of a file.
    """
    _require_regular(path.stat())
    stream = open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NEVER_WAIT))  # noqa: SIM115 - returned
    try:
        _require_regular(os.fstat(stream.fileno()))
    except BaseException:
        stream.close()
        raise
    return stream


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(status.st_mode):
        message = "not a regular file"
        raise ValueError(message)


def unreadable(file: str, error: OSError | ValueError, line: int = 1) -> Diagnostic:
    """Return the diagnostic of a file that cannot be read, or not beyond *line*."""
    return diagnostic("PE101", Span(file, line, 1, line, 1), reason=access_problem(error))


def empty(file: str) -> Diagnostic:
    """Return the warning that a file or directory holds no case and no event."""
    return diagnostic("PE643", Span(file, 1, 1, 1, 1), file=file)


def guarded(found: Iterator[Item], file: str) -> Iterator[Item | Diagnostic]:
    """Yield what is *found* in a file as far as it can be read, and then why no further."""
    try:
        yield from found
    except (OSError, ValueError) as error:
        yield unreadable(file, error)


def look(path: Path, file: str, encoding: Encoding) -> tuple[bytes, Diagnostic | None]:
    """Return the beginning of the file at *path*, and why it cannot be read in *encoding*, if that shows there."""
    try:
        with open_regular(path) as stream:
            sample = stream.read(SAMPLE) or b""
    except (OSError, ValueError) as error:
        return b"", unreadable(file, error)
    found = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
    sample = sample.removeprefix(codecs.BOM_UTF8)
    found = found or _looks_like(sample, encoding)
    if found is None:
        return sample, None
    return sample, diagnostic("PE622", Span(file, 1, 1, 1, 1), encoding=found)


def _looks_like(sample: bytes, encoding: Encoding) -> str | None:
    """Return the encoding that a text has, if it is clearly not in *encoding*.

    A text with one line that is UTF-8 beyond ASCII is in UTF-8, whatever other lines hold.
    """
    lines = [line for line in sample.split(b"\n")[: -1 if len(sample) > SAMPLE - 4 else None] if not line.isascii()]
    if sample[:200].count(0) > len(sample[:200]) // 4:
        return "UTF-16"
    if not lines or any(_is(line, "utf-8") for line in lines):
        return "UTF-8" if lines and encoding != "utf-8" and all(_is(line, "utf-8") for line in lines) else None
    return "GB18030" if encoding == "utf-8" and all(_is(line, "gb18030") for line in lines) else None


def _is(line: bytes, encoding: str) -> bool:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return UNFIT.search(text.rstrip("\r")) is None


def lines(path: Path, file: str, encoding: Encoding, done: Callable[[int], None]) -> Iterator[Line]:
    """Yield the lines of the file at *path*, which end with LF, CRLF or CR.

    Args:
        path: the file.
        file: its name in diagnostics.
        encoding: how it is saved.
        done: told the number of bytes that were read.

    Raises:
        OSError: it cannot be read any further.
    """
    with open_regular(path) as stream:
        for number, raw in enumerate(_raw(stream, done), 1):
            if number == 1:
                raw = raw.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901 - the mark is no part of the line
            yield _line(file, number, raw, encoding)


def _raw(stream: IO[bytes], done: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the lines with their ends; of one that is too long only its beginning, more than `MAX_LINE` bytes."""
    rest, dropping = b"", False
    while chunk := stream.read(CHUNK):
        done(len(chunk))
        parts = (rest + chunk).splitlines(keepends=True)
        # The last one may go on in the next chunk, and a CR at its end may be half of a CRLF.
        rest = parts.pop()
        if dropping and parts:
            parts, dropping = parts[1:], False
        yield from parts
        if dropping:
            rest = rest[-1:]
        elif len(rest) > MAX_LINE:
            yield rest
            rest, dropping = rest[-1:], True
    if rest and not dropping:
        yield rest


def _line(file: str, number: int, raw: bytes, encoding: Encoding) -> Line:
    if len(raw) > MAX_LINE:
        fault = diagnostic("PE624", Span(file, number, 1, number, 2), limit=MAX_LINE)
        return Line(number, _lenient(raw[:_KEPT], encoding), fault)
    try:
        text = raw.rstrip(b"\r\n").decode(encoding)
    except UnicodeDecodeError as error:
        text = _lenient(raw, encoding)
        at = len(raw[: error.start].decode(encoding))
        source = LineSource(file, text, first=number)
        return Line(number, text, _fault(source, at, at + 1, code="PE623", encoding=encoding.upper()))
    # Hardly any line holds a character that cannot be shown; a tab is none that matters.
    if not text.isprintable() and (found := UNFIT.search(text)):
        text = UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
        source = LineSource(file, text, first=number)
        return Line(number, text, _fault(source, *found.span(), code="PE118", character=shown_character(found[0])))
    return Line(number, text)


def _lenient(raw: bytes, encoding: Encoding) -> str:
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", raw.rstrip(b"\r\n").decode(encoding, "replace"))


def _fault(source: LineSource, start: int, end: int, *, code: str, **args: str) -> Diagnostic:
    return source.fault(code, source.span(start, end), suggestion=None, declared=None, **args)
