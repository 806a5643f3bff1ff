"""Checks of the days on which something is in force, within the versions of the text (S6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.places import reach
from policyengine.loading.yaml_nodes import Sequence
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.model.provision import Gap, InForce, Provision

Days = tuple[datetime.date, datetime.date]


def days(life: InForce) -> Days:
    """Return the first day of *life* and the first day no longer in it; an open side is the calendar's own end."""
    return life.from_ or datetime.date.min, life.to or datetime.date.max


def versions(scope: Scope) -> tuple[InForce, ...] | None:
    """Return when the versions of the text are in force, or ``None`` where the file does not say it soundly."""
    section = None if scope.document.root is None else reach(scope.document.root, ("versions",))
    found = tuple(each.in_force for each in scope.header.versions)
    if not isinstance(section, Sequence) or len(section.items) != len(found):
        return None
    # What is unsound of a header has been replaced: then it has not the sides that the file gives it.
    told = [{side: reach(item, ("in_force", side)) is not None for side in ("from", "to")} for item in section.items]
    taken = [{"from": each.from_ is not None, "to": each.to is not None} for each in found]
    return found if told == taken else None


def life_faults(scope: Scope, owner: Provision | Gap) -> Iterator[Diagnostic]:
    """Yield what is wrong with the days of a provision or gap of its own."""
    if owner.in_force is None:
        return
    start, end = days(owner.in_force)
    known = versions(scope)
    if start >= end:
        yield scope.fault("PE407", ("in_force",), start=start, end=end, first="from", last="to")
    elif known is not None and not any(max(start, first) < min(end, last) for first, last in map(days, known)):
        yield scope.fault("PE415", ("in_force",), name=owner.id, period=_said(owner.in_force))


def _said(life: InForce) -> Wording:
    if life.from_ is None:
        return Wording(f" {life.to} 之前", f"before {life.to}")
    if life.to is None:
        return Wording(f" {life.from_} 起", f"from {life.from_} on")
    return Wording(f" {life.from_} 至 {life.to} ", f"from {life.from_} up to {life.to}")
