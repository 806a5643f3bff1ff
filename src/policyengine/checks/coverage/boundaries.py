"""Limits in numbers: the instants just before, at and just after each of them.

A question covers a side of a limit if it asserts what the limit decides (the status, the violation or the finding), if
this very limit is the one that decided, uncapped, and if the decisive instant lies there: that of the act which
performed the duty, or else the instant asked about.

*At* is `due` itself, be it in time or late: the last instant in time of a limit in hours, the first late one of a limit
that ends at 24:00. *Just before* is the minute before `due`. *Just after* is whatever is later than `due`, up to a
minute after the first late instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Boundary, Kind, Side
from policyengine.checks.coverage.norms import provisions_by_id
from policyengine.engine.reference.counting import count
from policyengine.engine.reference.limits import counting, length
from policyengine.model.assessment import Status
from policyengine.model.deadline import Deadline, Recurrence
from policyengine.temporal.instant import MINUTE
from policyengine.temporal.limit import StepKind

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.checks.examples.example import Expected
    from policyengine.model.assessment import Duty
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit

NumberedLimit = Deadline | Recurrence

DECIDED = frozenset({"status", "violated_at", "finding"})
"""The keys of an expectation that say which side of its limit a duty is on; `due` alone does not."""

JUDGED = frozenset({Status.ACTIVE, Status.OVERDUE, Status.FULFILLED, Status.FULFILLED_LATE})
"""The statuses that the limit decides; others do not depend on it."""


def shown(trial: Trial) -> Iterator[Key]:
    """Yield the sides of limits that *trial* covers."""
    for name, asserted in trial.asserted.items():
        for expected, duty in asserted:
            side = _side(expected, duty, trial)
            if side is not None:
                yield from ((Kind.BOUNDARIES, name, Boundary(limit, side)) for limit in deciding(trial, duty))


def items(policy: Policy) -> Iterator[Key]:
    """Yield three sides of each limit in numbers, in any form that a provision has."""
    for name, nodes in provisions_by_id(policy).items():
        for limit in limits(nodes):
            yield from ((Kind.BOUNDARIES, name, Boundary(limit, side)) for side in Side)


def limits(forms: Iterable[Provision]) -> tuple[NumberedLimit, ...]:
    """Return the limits in numbers of a provision in any of its *forms*, each once."""
    return tuple(dict.fromkeys(limit for each in forms for limit in _numbered(each)))


def _numbered(provision: Provision) -> tuple[NumberedLimit, ...]:
    if provision.every is not None:
        return (provision.every,)
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    return tuple(each for each in singles if each.within is not None)


def _side(expected: Expected, duty: Duty, trial: Trial) -> Side | None:
    if duty.limit is None or duty.status not in JUDGED or DECIDED.isdisjoint(expected.wanted):
        return None
    return side_of(duty.limit, decisive(duty, trial.ask.as_of))


def decisive(duty: Duty, as_of: Instant) -> Instant:
    """Return the instant at which it is decided whether *duty* is performed in time."""
    return as_of if duty.performed is None else duty.performed.at


def side_of(limit: Limit, at: Instant) -> Side | None:
    """Return on which side of *limit* the instant *at* lies; ``None`` where it is further away.

    >>> from policyengine.temporal.instant import Instant
    >>> from policyengine.temporal.limit import Limit
    >>> midnight = Limit(Instant.parse("2025-05-01T09:00:00Z"), Instant.parse("2025-05-04T00:00:00Z"), False)
    >>> [side_of(midnight, midnight.due.plus(1_000_000 * seconds)) for seconds in (-61, -1, 0, 1, 61)]
    [None, <Side.BEFORE: 'before'>, <Side.AT: 'at'>, <Side.AFTER: 'after'>, None]
    """
    if at == limit.due:
        return Side.AT
    if at < limit.due:
        return Side.BEFORE if limit.due.micros - at.micros <= MINUTE else None
    return Side.AFTER if at.micros - limit.late_from.micros <= MINUTE else None


def deciding(trial: Trial, duty: Duty) -> tuple[NumberedLimit, ...]:
    """Return the limits of its provision that *duty* has the limit of; several where they come to the very same."""
    limit, provision = duty.limit, trial.inquiry.provisions[duty.provision]
    if limit is None or any(each.kind is StepKind.CAPPED for each in limit.steps):
        return ()
    if provision.every is not None:
        return (provision.every,)
    singles = (each for each in _numbered(provision) if isinstance(each, Deadline))
    found = tuple(each for each in singles if _comes_to(each, limit, trial))
    # Counted afresh from a regrading, a limit begins at nothing that it names.
    return tuple(each for each in found if _begins(each, limit, duty, trial)) or found


def _comes_to(single: Deadline, limit: Limit, trial: Trial) -> bool:
    """Tell whether *single*, counted from where *limit* was, ends where it does."""
    prepared, own = trial.inquiry.prepared, length(single.within)
    if all(each.length != own for each in limit.steps):
        return False
    rules, policy = counting(prepared, single), prepared.policy
    return count(own, limit.anchor, counting=rules, calendar=policy.calendar, zone=policy.zone).due == limit.due


def _begins(single: Deadline, limit: Limit, duty: Duty, trial: Trial) -> bool:
    """Tell whether *single* counts from something that happened where *limit* begins."""
    if single.of is None:
        return duty.trigger is not None and duty.trigger.anchor == limit.anchor
    kinds = trial.policy.vocabulary.kinds(single.of.event) if single.of.event is not None else ()
    return any(each.at == limit.anchor and each.type in kinds for each in trial.inquiry.prepared.events)
