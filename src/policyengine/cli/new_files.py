"""Files written into a directory: all of them or none, and none in place of another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.cli.help import Misuse
from policyengine.cli.out import CANNOT_WRITE_FILE
from policyengine.loading.library import is_file
from policyengine.loading.named_policies import is_path
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

THERE_ALREADY = Wording(
    "`{name}` 已存在，不予覆盖；没有写出任何文件", "`{name}` is there already and is not replaced; nothing was written"
)


def write_new(folder: Path, files: Iterable[tuple[str, str]], lang: Lang) -> None:
    """Write *files*, as (name, text), into *folder*, which is made if it is not there.

    Raises:
        Misuse: a file is there already, or cannot be written; then none of them is left behind.
    """
    path, done = folder, list[Path]()
    try:
        for name, text in files:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            with path.open("x", encoding="utf-8", newline="\n") as file:
                done.append(path)
                file.write(text)
    except BaseException as error:
        for each in done:
            with suppress(OSError):
                each.unlink()
        if not isinstance(error, OSError | ValueError):  # a null byte in a name is a ValueError
            raise
        if isinstance(error, FileExistsError) and path != folder:
            raise Misuse(THERE_ALREADY.within(lang).format(name=path)) from error
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Misuse(CANNOT_WRITE_FILE.within(lang).format(name=path, reason=reason)) from error


def named_from(folder: Path, name: str, policy: Policy) -> str:
    """Return how a case file in *folder* names *policy*, which the user called *name*: by its path, or by its id."""
    if is_path(name) or is_file(name):
        return Path(os.path.relpath(Path(name).resolve(), folder.resolve())).as_posix()
    return policy.id
