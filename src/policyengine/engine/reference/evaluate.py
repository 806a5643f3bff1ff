"""The reference evaluator: SEMANTICS written down as plainly as Python allows, without optimisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.engine.reference.inquiry import Inquiry
from policyengine.engine.reference.questions import ask
from policyengine.engine.reference.rows import choices, missing_facts, row
from policyengine.engine.reference.scenario import Scenario
from policyengine.engine.reference.timeline import Origin, snapshots
from policyengine.engine.reference.worlds import World, explore
from policyengine.model.assessment import Assessment, Choice, Duty, GapKind, GapRow
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.model.provision import Gap
    from policyengine.prepare.prepared import Prepared


def evaluate(prepared: Prepared, matcher: Matcher | None = None) -> Assessment:
    """Return the answer to *prepared*. Pure: no I/O, no clock; the same input gives the same answer.

    Args:
        prepared: the plain policy and log.
        matcher: decides triggers and conditions; the reference's own unless given.
    """
    moments = snapshots(prepared)
    decider = matcher or ReferenceMatcher(prepared.policy.vocabulary)
    inquiry = Inquiry(prepared, moments, ask(decider, prepared, moments))
    last = moments[-1]
    used = _facts_used(prepared)
    presumed = {name: last.record.values[name] for name in used if last.origins[name] is Origin.PRESUMED}
    return Assessment(
        policy=prepared.policy.id,
        digest=prepared.policy.digest,
        case=prepared.case,
        as_of=prepared.as_of,
        readings=tuple(Choice(name, option) for name, option in prepared.readings.items()),
        facts=FrozenMap({name: last.record.values[name] for name in used if name in last.record.values}),
        presumed=FrozenMap(presumed),
        duties=tuple(_duties(inquiry)),
        gaps=tuple(found for each in prepared.gaps if (found := _gap(inquiry, each)) is not None),
    )


def _duties(inquiry: Inquiry) -> Iterator[Duty]:
    # A scenario is shared as long as nothing unknown was met in it; after that each provision explores its own worlds.
    shared = Scenario(inquiry, World())
    for provision in inquiry.prepared.provisions:
        found = shared.result(provision)
        if not shared.world.taken:
            yield row(inquiry, provision, (found,), complete=True)
            continue
        results, complete = explore(lambda world, each=provision: Scenario(inquiry, world).result(each))  # type: ignore[misc]
        yield row(inquiry, provision, results, complete=complete)
        shared = Scenario(inquiry, World())


def _gap(inquiry: Inquiry, gap: Gap) -> GapRow | None:
    """Return the row of a gap or referral that the case meets at `as_of`; ``None`` when it does not (S30)."""
    triggered, _ = explore(lambda world: gap.upon is None or Scenario(inquiry, world).trigger(gap) is not None)
    when = inquiry.answers.condition(gap.id, "when")
    truth = Truth.TRUE if when is None else when.at(inquiry.snapshots[-1].start)
    if not any(triggered) or truth is Truth.FALSE:
        return None
    kind = GapKind.GAP if gap.refers_to is None else GapKind.REFERRAL
    open_ = truth is Truth.UNKNOWN or not all(triggered)
    return GapRow(
        gap=gap.id,
        kind=GapKind.UNDETERMINED if open_ else kind,
        clauses=gap.clause,
        instead_of=gap.instead_of or (),
        missing_facts=missing_facts(inquiry, gap, inquiry.snapshots[-1].start) if open_ else (),
        readings=choices(inquiry, gap),
    )


def _facts_used(prepared: Prepared) -> tuple[str, ...]:
    conditions = [each.when for each in prepared.provisions if each.when is not None]
    conditions += [each.when for each in prepared.gaps if each.when is not None]
    conditions += [each.unless for each in prepared.provisions if each.unless is not None]
    graded = [each.fact for each in prepared.policy.header.severities]
    return tuple(dict.fromkeys([*graded, *(name for each in conditions for name in each.facts_asked())]))
