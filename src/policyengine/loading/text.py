"""Bytes -> text: a file is read once, bounded, as UTF-8, and every fault of reading is a diagnostic."""

from __future__ import annotations

import codecs
import os
import re
import stat
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.problems import access_problem

MAX_FILE_BYTES = 8 * 1024 * 1024
EXCERPT_WIDTH = 200
_NEAR = 140  # an excerpt of a span that starts up to this column keeps the line's beginning
_LEAD = 60  # further right, this many characters stay before the span

_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# A FIFO or a terminal must be refused, not waited for; Windows has neither flag.
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


@dataclass(frozen=True, slots=True)
class Source:
    r"""A text and the name under which diagnostics show it.

    A leading byte order mark is dropped, and CRLF and CR become LF. Lines end at LF alone, as editors count them,
    although YAML would also break at U+0085, U+2028 and U+2029.

    >>> Source("a.yaml", "\ufeffa: 1\r\nb: 2").line(2)
    'b: 2'
    """

    file: str
    text: str
    _starts: array[int] = field(init=False, repr=False, compare=False)  # offset of each line, for bisection

    def __post_init__(self) -> None:
        text = self.text.removeprefix("\ufeff")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "_starts", array("Q", (0, *(end.end() for end in re.finditer("\n", text)))))

    def line(self, number: int) -> str:
        """Return line *number*, counted from 1, without its end; the empty text when there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 1, of the character at *offset*."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters from offset *start* up to, not including, offset *end*."""
        line = bisect_right(self._starts, start)
        before = self._starts[line - 1] - 1
        if line < len(self._starts) and end >= self._starts[line]:
            return Span(self.file, line, start - before, *self.position(end))
        return Span(self.file, line, start - before, line, end - before)

    def excerpt(self, span: Span) -> str:
        """Return the line that *span* starts in, each character in one place, at most `EXCERPT_WIDTH` of them.

        A long line is cut, which `…` shows; `caret_column` tells where the span starts in what is left.
        """
        line, skipped = self.line(span.line), span.column - caret_column(span)
        shown = line[skipped : skipped + EXCERPT_WIDTH]
        if skipped:
            shown = "…" + shown[1:]
        if len(line) > skipped + EXCERPT_WIDTH:
            shown = shown[:-1] + "…"
        return "".join(map(_visible, shown))

    def fault(
        self,
        code: str,
        span: Span,
        *,
        suggestion: str | None = None,
        declared: Span | None = None,
        **args: object,
    ) -> Diagnostic:
        """Return the diagnostic *code* at *span*, with the line it starts in."""
        return diagnostic(code, span, excerpt=self.excerpt(span), suggestion=suggestion, declared=declared, **args)


def caret_column(span: Span) -> int:
    """Return the column, counted from 1, at which *span* starts in its excerpt; not `span.column` in a cut line."""
    return span.column if span.column <= _NEAR else _LEAD + 1


def read_source(
    path: str | os.PathLike[str], *, limit: int = MAX_FILE_BYTES
) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read the file at *path*, at most *limit* bytes of it.

    Only a regular file is read: a directory, FIFO or device is refused at once and never waited for.

    Returns:
        The text and no diagnostic, or ``None`` and what keeps the file from being read.
    """
    file = _shown(path)
    try:
        size, data = _bounded(path, limit)
    except (OSError, ValueError) as error:
        return None, (diagnostic("PE101", Span(file, 1, 1, 1, 1), reason=access_problem(error)),)
    if size > limit:
        return None, (diagnostic("PE102", Span(file, 1, 1, 1, 1), size=size, limit=limit),)
    return decode(file, data)


def decode(file: str, data: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Return *data* as text shown under the name *file*, or ``None`` and why it is not UTF-8."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return None, (diagnostic("PE125", Span(file, 1, 1, 1, 1), encoding=encoding),)
    try:
        return Source(file, data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return None, (_undecodable(file, data, error.start),)


def _undecodable(file: str, data: bytes, offset: int) -> Diagnostic:
    # What precedes the bad byte is sound, so where it ends is where the fault is.
    before = Source(file, data[:offset].decode("utf-8"))
    line, column = before.position(len(before.text))
    lenient = Source(file, data.decode("utf-8", "replace"))
    return lenient.fault("PE103", Span(file, line, column, line, column + 1), offset=offset)


def _bounded(path: str | os.PathLike[str], limit: int) -> tuple[int, bytes]:
    """Return the size of a regular file and its bytes; no byte is read when there are more than *limit*."""
    # Asked before opening, since opening alone makes some devices act, and after, since the path may have changed.
    _require_regular(Path(path).stat())
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NEVER_WAIT)) as stream:
        status = os.fstat(stream.fileno())
        _require_regular(status)
        if status.st_size > limit:
            return status.st_size, b""
        # The file may have grown since; and what never waits may have nothing to give.
        data = stream.read(limit + 1) or b""
    return len(data), data


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(status.st_mode):
        message = "not a regular file"
        raise ValueError(message)


def _shown(path: str | os.PathLike[str]) -> str:
    # A name may hold bytes that are no text, or line ends; a diagnostic stays one printable line.
    name = os.fspath(path).encode("utf-8", "replace").decode("utf-8")
    return "".join(map(_visible, name))


def _visible(character: str) -> str:
    if character.isprintable() or character in "\u3000\xa0":
        return character
    return " " if character == "\t" else "\N{REPLACEMENT CHARACTER}"
