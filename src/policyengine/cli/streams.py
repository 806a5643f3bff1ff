"""Standard input, output and error: always UTF-8, bounded on the way in, quiet when nobody reads on."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from policyengine.loading.text import MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable


class OutputError(Exception):
    """Standard output cannot take what is written; the text is the system's reason."""


def use_utf8(streams: Iterable[TextIO | None]) -> None:
    """Make *streams* write UTF-8, whatever the locale says; what UTF-8 cannot write shows as an escape."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def emit(text: str) -> None:
    """Write data to standard output. A reader that has gone away (`| head -1`) has what it wanted.

    Raises:
        OutputError: the disk is full, or the like.
    """
    if sys.stdout is None:  # closed by the caller (`>&-`)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError(error.strerror) from error


def tell(text: str) -> None:
    """Write talk to standard error, if anybody listens."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def standard_input() -> bytes:
    """Return what stands on standard input, cut one byte past what a file may hold."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_FILE_BYTES + 1)


def _discard(stream: TextIO) -> None:
    """Let *stream* go nowhere, so that the interpreter does not fail on flushing it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
