"""The file of survivors that are left alive for a reason: it names each mutant, so that others still stand out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from policyengine.diagnostics import Diagnostic, has_errors
from policyengine.loading.shape import told, validate
from policyengine.loading.text import read_source
from policyengine.loading.yaml_nodes import parse
from policyengine.model.base import Identifier, Value

if TYPE_CHECKING:
    from pathlib import Path


class Accepted(Value):
    """One survivor that is left alive.

    Args:
        policy: the policy's id.
        mutant: the mutant's id.
        reason: why no example has to notice it.
    """

    policy: Identifier
    mutant: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]


class _File(Value):
    accepted: tuple[Accepted, ...]


def read_accepted(path: str | Path) -> tuple[tuple[Accepted, ...], tuple[Diagnostic, ...]]:
    """Return the survivors that the file *path* accepts, none where there are faults, and everything wrong with it."""
    source, faults = read_source(path)
    if source is None:
        return (), faults
    document = parse(source)
    if document.root is None:
        return (), document.diagnostics
    found, more = validate(_File, document.root, document)
    faults = told(document, more)
    return (() if found is None or has_errors(faults) else found.accepted), faults


def reasons(accepted: Iterable[Accepted], policy: str) -> dict[str, str]:
    """Return by mutant the reasons that *accepted* has for survivors of *policy*."""
    return {each.mutant: each.reason for each in accepted if each.policy == policy}
