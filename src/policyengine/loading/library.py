"""Where the packaged regulations, vocabularies and calendars are, and what they are called."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

KINDS = ("vocabulary", "calendars")


def is_file(path: str | Path) -> bool:
    """Tell whether *path* is a file that is there; a name that no file can have is none (`Path.is_file` raises)."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_directory(path: str | Path) -> bool:
    """Tell likewise whether *path* is a directory."""
    return os.path.isdir(path)  # noqa: PTH112 - see above


@cache
def home() -> Path:
    """Return the directory of packaged policies.

    An installed wheel carries it inside the package; a checkout, editable installs included, has it at the top.
    """
    packed = Path(__file__).parents[1] / "policies"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "policies"


def packaged_policies() -> dict[str, Path]:
    """Return the packaged policies: file name without ending -> path, in order."""
    return _files(home())


def packaged(kind: str) -> dict[str, Path]:
    """Return the packaged vocabularies or calendars by name."""
    return _files(home() / kind)


def find(kind: str, name: str, beside: Path | None) -> Path | None:
    """Return the file of a vocabulary or calendar: in the directory *kind* beside the policy, else a packaged one."""
    places = [] if beside is None else [beside / kind / f"{name}.yaml"]
    return next((path for path in (*places, home() / kind / f"{name}.yaml") if is_file(path)), None)


def find_policy(name: str, beside: Path | None) -> Path | None:
    """Return the file of the policy *name*: in the directory *beside*, else a packaged one; whole names only."""
    places = [] if beside is None else [beside / f"{name}.yaml"]
    return next((path for path in (*places, home() / f"{name}.yaml") if is_file(path)), None)


def _files(directory: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(directory.glob("*.yaml"))}
