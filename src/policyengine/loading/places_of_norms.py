"""Where the norms of a policy stand in its file: the ids of its provisions and gaps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from policyengine.loading.places import declared
from policyengine.loading.yaml_nodes import parse, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policyengine.diagnostics import Span


def places_of_norms(path: Path) -> Mapping[str, Span]:
    """Return, by id, where each provision and gap of the policy in the file *path* stands; none if it cannot be read.

    The file is named without detours: `policies/own.yaml` for `logs/../policies/own.yaml`, where that is the same file.
    """
    source, _ = read_source(path)
    root = None if source is None else parse(source).root
    if root is None:
        return {}
    shown = _direct(path)
    found = {**declared(root, ("gaps",)), **declared(root, ("provisions",))}
    return {name: span._replace(file=shown) for name, span in found.items()}


def _direct(path: Path) -> str:
    """Return *path* without `..`, unless a link makes that another file."""
    shown = os.path.normpath(path)
    try:
        return shown if path.samefile(shown) else str(path)
    except OSError:
        return str(path)
