"""A case under a plan: the answer that the reference gives (L9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policyengine.engine.compiled.courses import alive, truth_at
from policyengine.engine.compiled.judging import Judging
from policyengine.engine.compiled.log import PRESUMED, Left, Log
from policyengine.engine.compiled.plan import plan
from policyengine.engine.compiled.reach import Reach
from policyengine.engine.compiled.rows import row, unknown_at
from policyengine.engine.compiled.standing import standings
from policyengine.engine.compiled.truths import NO, OPEN, YES
from policyengine.engine.reference import evaluate as reference
from policyengine.model.assessment import Assessment, GapKind, GapRow, in_brief
from policyengine.model.frozen import FrozenMap
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policyengine.engine.compiled.plan import Plan, PlannedGap, Waited
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.assessment import Duty, Standing
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant

NO_READINGS: FrozenMap[str] = FrozenMap()


def evaluate(
    policy: Policy,
    case: Case,
    as_of: Instant,
    readings: Mapping[str, str] | None = None,
    *,
    known_at: Instant | None = None,
    beside: Collection[Policy] = (),
) -> Assessment:
    """Return the answer of *policy*; the arguments, and what they raise, are those of `prepare`."""
    planned = plan(policy, NO_READINGS if not readings else FrozenMap(readings), case.scope)
    return answer(planned, asked(planned, case, as_of, known_at=known_at, beside=beside))


def gaps(
    policy: Policy,
    case: Case,
    as_of: Instant,
    readings: Mapping[str, str] | None = None,
    *,
    known_at: Instant | None = None,
    beside: Collection[Policy] = (),
) -> tuple[GapRow, ...]:
    """Return the gaps of what `evaluate` returns, without the duties that none of them watches."""
    planned = plan(policy, NO_READINGS if not readings else FrozenMap(readings), case.scope)
    prepared = asked(planned, case, as_of, known_at=known_at, beside=beside)
    if prepared.known_until < prepared.as_of:
        return tuple(reference.gaps(reference.inquire(prepared)))
    judging = Judging(planned, Log(prepared.events, as_of.micros, prepared.facts, policy.header.presume))
    watched = restricted(planned, frozenset(), frozenset(each.node.id for each in planned.gaps)).provisions
    names = {each.id for each in watched}
    for name in planned.order:
        if name in names:
            judging.judge(name)
    return _gaps(planned, prepared, judging)


def asked(
    plan: Plan, case: Case, as_of: Instant, *, known_at: Instant | None = None, beside: Collection[Policy] = ()
) -> Prepared:
    """Return what *case* asks of *plan*, as `prepare` does."""
    events = None if known_at is not None else plan.fitting.seen(case, as_of.micros)
    if events is None:
        return prepare(plan.policy, case, as_of, plan.empty.readings, known_at=known_at, beside=beside)
    log = tuple(events)
    return replace(plan.empty, case=case.id, as_of=as_of, known_until=as_of, facts=case.facts, events=log)


def answer(plan: Plan, prepared: Prepared) -> Assessment:
    """Return the answer to *prepared*, a case under the policy and the readings of *plan*.

    Where the plan leaves nothing to the reference beforehand, the duties are known in brief at once, and spelled out
    when somebody first reads them.
    """
    if prepared.known_until < prepared.as_of:
        # A log that is complete only up to some instant makes any part unknown.
        return replace(reference.evaluate(prepared), terms=plan.terms)
    log = Log(prepared.events, prepared.as_of.micros, prepared.facts, plan.policy.header.presume)
    if not plan.whole:
        return _spelled(plan, prepared, log)
    brief = standings(plan, log, prepared.facts, lambda name: referred(plan, prepared, name))
    return Assessment.later(_spelled, (plan, prepared, log), brief)


def referred(plan: Plan, prepared: Prepared, name: str) -> tuple[Standing, ...]:
    """Return the duties of the provision *name* in brief, as the reference has them."""
    from policyengine.engine.reference.duties import duties

    wanted = frozenset((name,))
    rows = duties(_inquired(plan, prepared, provisions=wanted), wanted)
    return tuple(in_brief(each) for each in rows if each.exists)


def _spelled(plan: Plan, prepared: Prepared, log: Log) -> Assessment:
    judging = Judging(plan, log)
    for name in plan.order:
        judging.judge(name)
    known = {name: log.fact(name, log.as_of) for name in plan.facts}
    return Assessment(
        policy=plan.policy.id,
        digest=plan.policy.digest,
        case=prepared.case,
        as_of=prepared.as_of,
        readings=plan.choices,
        facts=FrozenMap({name: value for name, (_, value, _) in known.items() if value is not None}),
        presumed=FrozenMap({name: value for name, (_, value, origin) in known.items() if origin == PRESUMED}),
        duties=_duties(plan, prepared, judging),
        gaps=_gaps(plan, prepared, judging),
        known_at=prepared.known_at,
        terms=plan.terms,
    )


def _duties(plan: Plan, prepared: Prepared, judging: Judging) -> tuple[Duty, ...]:
    left = frozenset(name for name in plan.provisions if judging.found.get(name) is None)
    rows: dict[str, list[Duty]] = {}
    if left:
        from policyengine.engine.reference.duties import duties

        for each in duties(_inquired(plan, prepared, provisions=left), left):
            rows.setdefault(each.provision, []).append(each)
    for name, found in judging.found.items():
        if found is not None:
            rows[name] = [row(judging, plan.provisions[name], each) for each in found]
    return tuple(each for name in plan.provisions for each in rows[name])


def _inquired(
    plan: Plan, prepared: Prepared, *, provisions: frozenset[str] = frozenset(), gaps: frozenset[str] = frozenset()
) -> Inquiry:
    """Return *prepared* as the reference is asked it where only some provisions or gaps are left."""
    part = restricted(plan, provisions, gaps)
    asked = replace(prepared, provisions=part.provisions, gaps=part.gaps)
    return reference.inquire(asked, awaited_beside=plan.inquiry.awaited)


@lru_cache(maxsize=1024)
def restricted(plan: Plan, provisions: frozenset[str], gaps: frozenset[str]) -> Prepared:
    """Return what the reference needs for *provisions* and *gaps*: them, what they wait for, and what may cap a limit.

    No other provision can make a difference to them (S15, S26).
    """
    inquiry = plan.inquiry
    waiting = [inquiry.provisions[name] for name in plan.provisions if name in provisions]
    asked = tuple(each for each in plan.empty.gaps if each.id in gaps)
    names = [name for gap in asked for each in gap.upon or () for name in (each.outcome() or ("", ()))[1]]
    waiting += [inquiry.provisions[name] for name in names if name in inquiry.provisions]
    found: set[str] = set()
    for each in waiting:  # grows while it is read
        if each.id not in found:
            found.add(each.id)
            waiting += (*inquiry.waits_for(each), *inquiry.related(each))
    return replace(plan.empty, provisions=tuple(each for each in plan.empty.provisions if each.id in found), gaps=asked)


def _gaps(plan: Plan, prepared: Prepared, judging: Judging) -> tuple[GapRow, ...]:
    rows: dict[str, GapRow | None] = {}
    left: set[str] = set()
    for each in plan.gaps:
        try:
            if each.reach is not Reach.OWN:
                raise Left  # noqa: TRY301 - the same way out for the gap and for the case
            rows[each.node.id] = _gap(judging, each)
        except Left:
            left.add(each.node.id)
    if left:
        inquiry = _inquired(plan, prepared, gaps=frozenset(left))
        rows.update((each.gap, each) for each in reference.gaps(inquiry))
    return tuple(found for each in plan.gaps if (found := rows.get(each.node.id)) is not None)


def _gap(judging: Judging, planned: PlannedGap) -> GapRow | None:
    """Return the row of a gap or referral that the case meets at `as_of`; ``None`` when it does not (S30).

    Raises:
        Left: several unknowns, or an outcome that was left, leave open whether it is brought up.
    """
    log, node = judging.log, planned.node
    raised = _raised(judging, planned)
    if not any(raised):
        return None
    truth = YES if planned.when is None else truth_at(log, planned.when, log.as_of)
    if truth == NO:
        return None
    kind = GapKind.GAP if node.refers_to is None else GapKind.REFERRAL
    return GapRow(
        gap=node.id,
        kind=GapKind.UNDETERMINED if truth == OPEN or not all(raised) else kind,
        clauses=node.clause,
        instead_of=node.instead_of or (),
        missing_facts=unknown_at(judging, planned.when, log.as_of) if truth == OPEN and planned.when else (),
        readings=planned.readings,
    )


def _raised(judging: Judging, planned: PlannedGap) -> tuple[bool, ...]:
    """Tell whether a gap is brought up, and was in force when it was (S6); twice where one unknown decides (S13)."""
    if planned.upon is None:
        return (alive(planned.lives, judging.log.as_of),)
    for each in planned.upon:
        for name in each.provisions:
            judging.explored((name, *judging.plan.provisions[name].behind))
    unknown = judging.unknown_behind(planned.upon)
    if unknown is None:
        return (_raised_by(judging, planned, planned.upon),)
    found = []
    for truth in (YES, NO):
        with judging.supposed((unknown, truth)):
            found.append(_raised_by(judging, planned, planned.upon))
    return tuple(found)


def _raised_by(judging: Judging, planned: PlannedGap, upon: Sequence[Waited]) -> bool:
    trigger = judging.first_of(upon)
    return trigger is not None and alive(planned.lives, trigger.at)
