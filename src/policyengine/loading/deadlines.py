"""Checks of limits: one kind each, something to count from, and limbs that can be compared (S16-S21)."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.loading.happenings import happening_faults
from policyengine.loading.names import condition_faults, one_of
from policyengine.temporal.limit import CAPS, ELAPSED, Unit
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path
    from policyengine.model.deadline import Deadline, Within
    from policyengine.model.provision import Provision

COMPOSITES = ("earliest", "latest")
LIMB_KINDS = ("within", "before", *COMPOSITES)
KINDS = ("within", "before", "promptly", *COMPOSITES)
OF_ONE_LIMIT = ("when", "of", "hours", "roll", "ends")
"""Keys that say something of one limit, and nothing of several."""

_UNITS = tuple(Unit)
_DAYS = frozenset(Unit) - ELAPSED.keys()
_IN_DAYS = Wording("日、工作日、月或年", "days, working days, months or years")
_COUNTED = MappingProxyType(
    {
        "hours": (frozenset({Unit.HOURS}), Wording("小时", "hours")),
        "roll": (_DAYS, _IN_DAYS),
        "ends": (_DAYS, _IN_DAYS),
    }
)
"""Which lengths a way of counting has an effect on (S18, S19)."""


def deadline_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with the limit of *provision*, if it has one."""
    if provision.deadline is not None:
        yield from _limit_faults(scope, provision, provision.deadline, ("deadline",))


def length_faults(scope: Scope, within: Within, path: Path, *, units: tuple[Unit, ...]) -> Iterator[Diagnostic]:
    """Yield what is wrong with a length at *path*, of which one of *units* is to be given."""
    parts = within.parts()
    yield from one_of(scope.document, scope.node, path, keys=units, given=[unit for unit, _ in parts])
    for unit, number in parts:
        most = CAPS[Unit(unit)]
        if not 1 <= number <= most:
            yield scope.fault("PE405", (*path, unit), limit=most, found=f"`{number}`")


def _limit_faults(scope: Scope, provision: Provision, limit: Deadline, path: Path) -> Iterator[Diagnostic]:
    given = [kind for kind in KINDS if getattr(limit, kind) is not None]
    yield from _kind_faults(scope, given, path)
    if limit.within is not None:
        yield from length_faults(scope, limit.within, (*path, "within"), units=_UNITS)
        if provision.upon is None and limit.of is None:
            yield scope.fault("PE404", (*path, "within"), key=True, provision=provision.id)
    if limit.before is not None:
        yield from scope.event(limit.before, (*path, "before"))
        if limit.of is not None:
            yield scope.fault("PE122", (*path, "of"), key=True, name="of", other="before")
    if limit.of is not None:
        yield from happening_faults(scope, limit.of, (*path, "of"))
    if limit.when is not None:
        yield from condition_faults(scope, limit.when, (*path, "when"))
    if len(given) == 1:
        yield from _beside_faults(scope, limit, given[0], path)
    for word in COMPOSITES:
        for place, limb in enumerate(getattr(limit, word) or ()):
            yield from _limit_faults(scope, provision, limb, (*path, word, place))


def _kind_faults(scope: Scope, given: list[str], path: Path) -> Iterator[Diagnostic]:
    if not _is_limb(path):
        yield from one_of(scope.document, scope.node, path, keys=KINDS, given=given)
        return
    comparable = [kind for kind in given if kind in LIMB_KINDS]
    if comparable != given:
        yield scope.fault("PE519", (*path, "promptly"), key=True)
    if comparable == given or len(comparable) > 1:
        yield from one_of(scope.document, scope.node, path, keys=LIMB_KINDS, given=comparable)


def _beside_faults(scope: Scope, limit: Deadline, kind: str, path: Path) -> Iterator[Diagnostic]:
    """Yield the keys that mean nothing beside the one *kind* of limit that is given."""
    for key in OF_ONE_LIMIT:
        if getattr(limit, key) is not None and kind in COMPOSITES:
            yield scope.fault("PE521", (*path, key), key=True, name=key, other=kind)
    if limit.when is not None and kind not in COMPOSITES and not _is_limb(path):
        yield scope.fault("PE520", (*path, "when"), key=True)
    for key, (units, words) in _COUNTED.items():
        if getattr(limit, key) is not None and kind not in COMPOSITES:
            shown, unit = _shown(limit, kind)
            if unit not in units:
                yield scope.fault("PE416", (*path, key), key=True, name=key, limit=shown, units=words)


def _shown(limit: Deadline, kind: str) -> tuple[str, str]:
    """Return a single limit as a file writes it, and the unit of its length, if it has one."""
    if limit.within is None:
        return (f"before: {limit.before}" if limit.before else f"{kind}: true"), ""
    unit, number = next(iter(limit.within.parts()), ("", 0))
    return f"{unit}: {number}", unit


def _is_limb(path: Path) -> bool:
    return len(path) > 1
