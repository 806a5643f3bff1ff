"""The plain input of every evaluator."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.errors import TimeError
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR, seen_events
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.model.deadline import Counting
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap, Provision
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Prepared:
    """One question, ready to be answered: what holds under the chosen readings, and what is seen at `as_of`.

    The log is complete up to `known_until`, never later than `as_of`: past it nobody knows what did not happen (S8).
    """

    policy: Policy
    case: str
    as_of: Instant
    known_until: Instant
    known_at: Instant | None
    readings: Mapping[str, str]
    counting: Counting
    tables: tuple[DecisionTable, ...]
    provisions: tuple[Provision, ...]
    gaps: tuple[Gap, ...]
    facts: Mapping[str, FactValue]
    events: tuple[Event, ...]


def prepare(
    policy: Policy,
    case: Case,
    as_of: Instant,
    readings: Mapping[str, str] | None = None,
    *,
    known_at: Instant | None = None,
    beside: Collection[Policy] = (),
) -> Prepared:
    """Resolve readings and the log. Agency provisions are left to agency logs, and the other way round (S11).

    The case may hold names that only the policies *beside* know, which judge it too (S31).

    Raises:
        CaseError: the case does not fit the vocabulary.
        ReadingError: an unknown reading or option.
        TimeError: *as_of* or *known_at* lies outside the years 1000 to 9000.
    """
    known_at = case.known_at if known_at is None else known_at
    for name, moment in (("as_of", as_of), ("known_at", known_at)):
        if moment is not None and not FIRST_YEAR <= moment.utc().year <= LAST_YEAR:
            msg = f"`{name}` {moment} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
            raise TimeError(msg)
    chosen = choose(policy, readings)
    counting = policy.counting.under(chosen)
    provisions = tuple(node for each in policy.provisions if (node := each.under(chosen)) is not None)
    gaps = tuple(gap for each in policy.gaps if (gap := each.under(chosen)) is not None)
    events = seen_events(policy, case, as_of, known_at, beside=beside)
    if counting is None:  # pragma: no cover - the loader never withholds `counting`
        msg = "a policy without counting rules"
        raise AssertionError(msg)
    return Prepared(
        policy=policy,
        case=case.id,
        as_of=as_of,
        known_until=_known_until(case, as_of, known_at),
        known_at=known_at,
        readings=chosen,
        counting=counting,
        tables=tuple(table for each in policy.tables if (table := each.under(chosen)) is not None),
        provisions=tuple(each for each in provisions if each.scope == case.scope),
        gaps=gaps if case.scope == "case" else (),
        facts=case.facts,
        events=events,
    )


def _known_until(case: Case, as_of: Instant, known_at: Instant | None) -> Instant:
    """Return up to when the log is complete: as known at an instant, it cannot be so any further (S4, S8)."""
    return min(moment for moment in (as_of, case.known_until, known_at) if moment is not None)
