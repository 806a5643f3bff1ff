"""The plain input of every evaluator."""

from __future__ import annotations

from collections.abc import Mapping
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
    """One question, ready to be answered: what holds under the chosen readings, and what is seen at `as_of`."""

    policy: Policy
    case: str
    as_of: Instant
    readings: Mapping[str, str]
    counting: Counting
    tables: tuple[DecisionTable, ...]
    provisions: tuple[Provision, ...]
    gaps: tuple[Gap, ...]
    facts: Mapping[str, FactValue]
    events: tuple[Event, ...]


def prepare(policy: Policy, case: Case, as_of: Instant, readings: Mapping[str, str] | None = None) -> Prepared:
    """Resolve readings and the log. Agency provisions are left to agency logs, and the other way round (S11).

    Raises:
        CaseError: the case does not fit the vocabulary.
        ReadingError: an unknown reading or option.
        TimeError: *as_of* lies outside the years 1000 to 9000.
    """
    if not FIRST_YEAR <= as_of.utc().year <= LAST_YEAR:
        msg = f"`as_of` {as_of} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise TimeError(msg)
    chosen = choose(policy, readings)
    counting = policy.counting.under(chosen)
    provisions = tuple(node for each in policy.provisions if (node := each.under(chosen)) is not None)
    gaps = tuple(gap for each in policy.gaps if (gap := each.under(chosen)) is not None)
    events = seen_events(policy, case, as_of)
    if counting is None:  # pragma: no cover - the loader never withholds `counting`
        msg = "a policy without counting rules"
        raise AssertionError(msg)
    return Prepared(
        policy=policy,
        case=case.id,
        as_of=as_of,
        readings=chosen,
        counting=counting,
        tables=tuple(table for each in policy.tables if (table := each.under(chosen)) is not None),
        provisions=tuple(each for each in provisions if each.scope == case.scope),
        gaps=gaps if case.scope == "case" else (),
        facts=case.facts,
        events=events,
    )
