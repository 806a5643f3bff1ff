"""Checks of duties that recur, and of those that arise anew with every trigger (S11, S28)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.loading.deadlines import length_faults
from policyengine.loading.happenings import key_faults
from policyengine.loading.lifetimes import versions
from policyengine.loading.names import one_of
from policyengine.temporal.instant import MINUTE
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.model.deadline import Recurrence, Within
    from policyengine.model.provision import Provision

FORMS = ("period", "at", "since_last_act")
NEVER_RECURRING = ("deadline", "standing", "each", "may", "must_not", "sanction")
"""Keys that nothing that recurs can have: a period has its own end, and only what is owed is owed again."""
NEEDS = (("each", "upon"), ("key", "each"), ("late", "every"))
"""A key of a provision, and the one that it says nothing without."""

_UNITS = (*ELAPSED, Unit.DAYS)


def recurrence_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with how often the duty of *provision* arises."""
    for name, other in NEEDS:
        if getattr(provision, name) is not None and getattr(provision, other) is None:
            yield scope.fault("PE517", (name,), key=True, name=name, other=other)
    yield from key_faults(scope, provision.key or (), ("key",))
    if provision.every is not None:
        yield from _form_faults(scope, provision.every)
        yield from _beside_faults(scope, provision, provision.every)


def _form_faults(scope: Scope, every: Recurrence) -> Iterator[Diagnostic]:
    given = [form for form in FORMS if getattr(every, form) is not None]
    yield from one_of(scope.document, scope.node, ("every",), keys=FORMS, given=given)
    for place, (previous, time) in enumerate(pairwise(every.at or ()), start=1):
        if time <= previous:
            yield scope.fault("PE418", ("every", "at", place), time=time, previous=previous)
    if every.since_last_act is not None:
        yield from _interval_faults(scope, every.since_last_act)


def _interval_faults(scope: Scope, interval: Within) -> Iterator[Diagnostic]:
    path = ("every", "since_last_act")
    foreign = [unit for unit, _ in interval.parts() if unit not in _UNITS]
    for unit in foreign:
        shown = ", ".join(f"`{each}`" for each in _UNITS)
        yield scope.fault("PE417", (*path, unit), key=True, unit=unit, allowed=shown)
    if foreign:
        return
    yield from length_faults(scope, interval, path, units=_UNITS)
    for unit, number in interval.parts():
        if unit in ELAPSED and 0 < number * ELAPSED[Unit(unit)] < MINUTE:
            yield scope.fault("PE413", (*path, unit), length=f"`{unit}: {number}`")


def _beside_faults(scope: Scope, provision: Provision, every: Recurrence) -> Iterator[Diagnostic]:
    for other in NEVER_RECURRING:
        if getattr(provision, other) is not None:
            yield scope.fault("PE122", ("every",), key=True, name="every", other=other)
    if provision.late == "oldest_open" and every.since_last_act is not None:
        # Only one instance is ever open: each counts from the act that ended the last.
        yield scope.fault("PE122", ("late",), key=True, name="late: oldest_open", other="since_last_act")
    known = versions(scope)
    dated = provision.in_force is not None and provision.in_force.from_ is not None
    if provision.upon is None and not dated and known is not None and not all(each.from_ for each in known):
        yield scope.fault("PE414", ("every",), key=True, provision=provision.id)
