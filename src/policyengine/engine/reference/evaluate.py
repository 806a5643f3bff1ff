"""The reference evaluator: SEMANTICS written down as plainly as Python allows, without optimisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.engine.reference.inquiry import Inquiry
from policyengine.engine.reference.questions import ask
from policyengine.engine.reference.rows import choices, missing_facts
from policyengine.engine.reference.tables import with_derived
from policyengine.engine.reference.timeline import Origin, snapshots
from policyengine.model.assessment import Assessment, Choice, GapKind, GapRow, Terms
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.model.assessment import Occurrence
    from policyengine.model.provision import Gap
    from policyengine.prepare.prepared import Prepared


def evaluate(prepared: Prepared, matcher: Matcher | None = None) -> Assessment:
    """Return the answer to *prepared*. Pure: no I/O, no clock; the same input gives the same answer.

    Args:
        prepared: the plain policy and log.
        matcher: decides triggers and conditions; the reference's own unless given.
    """
    return assess(inquire(prepared, matcher))


def inquire(
    prepared: Prepared, matcher: Matcher | None = None, *, awaited_beside: frozenset[str] = frozenset()
) -> Inquiry:
    """Return what is asked, with everything that the matcher decided; see `Inquiry` for `awaited_beside`."""
    decider = matcher or ReferenceMatcher(prepared.policy.vocabulary)
    moments = with_derived(decider, prepared.tables, snapshots(prepared))
    return Inquiry(prepared, moments, ask(decider, prepared, moments), awaited_beside)


def assess(inquiry: Inquiry) -> Assessment:
    """Return the answer to *inquiry*."""
    # On use: who only asks what a policy asks about, as the compiled evaluator does, needs none of it.
    from policyengine.engine.reference.duties import duties

    prepared, last = inquiry.prepared, inquiry.snapshots[-1]
    used = facts_used(prepared)
    presumed = {name: last.record.values[name] for name in used if last.origins[name] is Origin.PRESUMED}
    return Assessment(
        policy=prepared.policy.id,
        digest=prepared.policy.digest,
        case=prepared.case,
        as_of=prepared.as_of,
        readings=tuple(Choice(name, option) for name, option in prepared.readings.items()),
        facts=FrozenMap({name: last.record.values[name] for name in used if name in last.record.values}),
        presumed=FrozenMap(presumed),
        duties=tuple(duties(inquiry)),
        gaps=tuple(gaps(inquiry)),
        known_at=prepared.known_at,
        known_until=prepared.known_until if prepared.known_until < prepared.as_of else None,
    )


def gaps(inquiry: Inquiry) -> Iterator[GapRow]:
    """Yield the gaps and referrals that the case meets, in the order of the policy."""
    yield from (found for each in inquiry.prepared.gaps if (found := _gap(inquiry, each)) is not None)


def _gap(inquiry: Inquiry, gap: Gap) -> GapRow | None:
    """Return the row of a gap or referral that the case meets at `as_of`; ``None`` when it does not (S30)."""
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.worlds import explore

    triggers, _ = explore(lambda world: Scenario(inquiry, world).first_trigger(gap))
    triggered = [_alive(inquiry, gap, each) for each in triggers]
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


def _alive(inquiry: Inquiry, gap: Gap, trigger: Occurrence | None) -> bool:
    """Tell whether *gap* is brought up, and was in force when it was (S6)."""
    if gap.upon is not None and trigger is None:
        return False
    judged_at = inquiry.prepared.as_of if trigger is None else trigger.at
    return inquiry.lives[gap.id].at(judged_at) is Truth.TRUE


def facts_used(prepared: Prepared) -> tuple[str, ...]:
    """Return the facts that the policy asks about, graded ones first."""
    conditions = [each.when for each in prepared.provisions if each.when is not None]
    conditions += [each.when for each in prepared.gaps if each.when is not None]
    conditions += [each.unless for each in prepared.provisions if each.unless is not None]
    deadlines = [each.deadline for each in prepared.provisions if each.deadline is not None]
    conditions += [single.when for each in deadlines for single in each.singles() if single.when is not None]
    conditions += [row.when for table in prepared.tables for row in table.rows]
    graded = [each.fact for each in prepared.policy.header.severities]
    return tuple(dict.fromkeys([*graded, *(name for each in conditions for name in each.facts_asked())]))


def terms(prepared: Prepared) -> Terms:
    """Return what a worklist asks of the policy besides its duties."""
    words = prepared.policy.vocabulary
    forbidden = (each.must_not for each in prepared.provisions if each.must_not is not None)
    return Terms(
        words.vocabulary,
        FrozenMap({act: words.kinds(act) for act in forbidden}),
        FrozenMap({each.id: each.means for each in prepared.provisions if each.means is not None}),
    )
