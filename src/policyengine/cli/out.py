"""`--out FILE`: an answer written to a file, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.cli.frame import Option
from policyengine.cli.help import Misuse
from policyengine.cli.streams import emit
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.wording import Lang

CANNOT_WRITE_FILE = Wording("`{name}` 无法写入：{reason}", "cannot write `{name}`: {reason}")


def out_option() -> Option:
    """Return the option that names the file to write to; :func:`deliver` does it."""
    says = Wording(
        "写入该文件，而不是标准输出；已有的文件会被替换",
        "write to this file rather than to standard output;\na file that is there already is replaced",
    )
    return Option("--out", says, Wording("文件", "FILE"))


def deliver(text: str, name: str | None, lang: Lang) -> None:
    """Write *text* to the file *name*, or to standard output where it is ``None``.

    The text goes to a new file beside the one that is meant, which it then replaces: whoever reads that one sees the
    old text or the whole new one. A device or a pipe is written to as it is.

    Raises:
        Misuse: the file cannot be written; nothing of the text is left behind.
        OutputError: standard output cannot take the text.
    """
    if name is None:
        emit(text)
        return
    try:
        _written(Path(name).resolve(), text)
    except (OSError, ValueError, RuntimeError) as error:  # a null byte in a name, a circle of links
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Misuse(CANNOT_WRITE_FILE.within(lang).format(name=name, reason=reason)) from error


def _written(path: Path, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(data)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:  # an interruption too
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
