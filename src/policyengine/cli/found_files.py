"""The files that a directory holds and that are ours by their keys."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.loading.library import is_file
from policyengine.loading.text import MAX_FILE_BYTES, read_source
from policyengine.loading.yaml_nodes import Mapping, parse

if TYPE_CHECKING:
    from collections.abc import Collection

    from policyengine.loading.text import Source

_SUFFIXES = frozenset({".yaml", ".yml"})
_NEVER = frozenset({"node_modules", "__pycache__"})


def found_files(folder: Path, kinds: Collection[str]) -> Iterator[Path]:
    """Yield the YAML files below *folder* that have a key of *kinds* at the top, in order of their names.

    Hidden directories are left out. A file that cannot be read as YAML is ours if a line of it starts with such a key.
    """
    return (path for path in _yaml_files(folder) if is_ours(path, kinds))


def is_ours(path: Path, kinds: Collection[str]) -> bool:
    """Tell whether *path* has a key of *kinds* at the top, or is no YAML: what that is nobody can tell."""
    if path.suffix.lower() not in _SUFFIXES:
        return True
    source, _ = read_source(path)
    keys = None if source is None else top_keys(source)
    if keys is not None:
        return not set(kinds).isdisjoint(keys)
    written = re.compile(rb"^[\"']?(?:" + "|".join(kinds).encode() + rb")[\"']?[ \t]*:", re.MULTILINE)
    return written.search(_bytes(path)) is not None


def top_keys(source: Source) -> tuple[str, ...] | None:
    """Return the keys at the top of *source*; ``None`` where it is no mapping that can be read to its end."""
    document = parse(source)
    if isinstance(document.root, Mapping):
        return tuple(str(name.value) for name, _ in document.root.entries)
    return None if document.diagnostics else ()


def _yaml_files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NEVER)
        for name in sorted(files):
            if Path(name).suffix.lower() in _SUFFIXES and not name.startswith("."):
                yield Path(place, name)


def _bytes(path: Path) -> bytes:
    data = b""
    with suppress(OSError):
        if is_file(path):
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES)
    return data
