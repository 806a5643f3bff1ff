"""Policies by name, as users and files write them: which file is meant, if any that the user can open."""

from __future__ import annotations

from pathlib import Path, PurePath

from policyengine.loading.library import is_file


def is_path(name: str | Path) -> bool:
    """Tell whether *name* is written as a path, not as an id."""
    return len(PurePath(name).parts) > 1 or PurePath(name).suffix != ""


def located(name: str | Path, beside: Path | None = None) -> str | Path:
    """Return what :func:`~policyengine.loading.policy.read_policy` is to read for *name*.

    Args:
        name: the id of a packaged policy, a prefix of it, or a path.
        beside: the directory that a path is relative to; the current one unless given.
    """
    if beside is None:
        return name
    return beside / name if is_path(name) or is_file(beside / name) else name


def own_file(name: str | Path) -> Path | None:
    """Return the file that *name*, from :func:`located`, means; ``None`` for a packaged policy, which has none."""
    path = Path(name)
    return path if isinstance(name, Path) or is_path(name) or is_file(path) else None
