"""What triples reach: counted from the questions and the reference's answers, to see that nothing is left untried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.model.assessment import GapKind, Status
from policyengine.model.deadline import Regrading
from policyengine.prepare.readings import choose
from policyengine.temporal.limit import StepKind
from policyengine.testing.differential.triple import Refused
from policyengine.testing.names import provisions

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant
    from policyengine.testing.differential.triple import Known, Triple

OF_ROWS: Mapping[str, Callable[[Duty], bool]] = MappingProxyType(
    {
        "violated": lambda row: row.violated,
        "violated and undetermined": lambda row: row.violated and row.status is Status.UNDETERMINED,
        "came into force too late": lambda row: row.late_activation,
        "overdue and no longer owed": lambda row: row.status is Status.OVERDUE and row.owed is False,
        "owed or not, depending": lambda row: row.owed is None,
        "provisional limit": lambda row: row.limit is not None and row.limit.provisional,
        "limit at close of business or the like": lambda row: row.limit is not None and row.limit.due_inclusive,
        "undetermined with a limit": lambda row: row.status is Status.UNDETERMINED and row.limit is not None,
        "missing attributes": lambda row: bool(row.missing_attributes),
        "presumed facts": lambda row: bool(row.presumed),
        "an instance of several": lambda row: row.instance is not None,
        "a period of a recurring duty": lambda row: row.starts is not None,
        "a key": lambda row: bool(row.key),
        "an assigned bearer": lambda row: row.assigned is not None,
        "candidates for the bearer": lambda row: bool(row.candidates),
        "two rows conflict": lambda row: row.conflict,
        "triggered by an outcome": lambda row: row.trigger is not None and row.trigger.provision is not None,
        "counted from a missed limit": lambda row: row.trigger is not None and row.trigger.counts_from is not None,
        "done in part": lambda row: bool(row.partial_acts),
        "several breaches": lambda row: len(row.breaches) > 1,
        "elapsed, without a number": lambda row: row.elapsed is not None,
        "standing, acted upon": lambda row: row.standing and row.last_act is not None,
    }
)
OF_PROVISIONS: Mapping[str, Callable[[Provision], bool]] = MappingProxyType(
    {
        "each": lambda node: node.each is not None,
        "key": lambda node: node.key is not None,
        "defeats": lambda node: node.defeats is not None,
        "waived by": lambda node: node.waived_by is not None,
        "in person": lambda node: node.in_person is not None,
        "until all": lambda node: node.until is not None and node.until.all_ is not None,
        "every period": lambda node: node.every is not None and node.every.period is not None,
        "every, at times of day": lambda node: node.every is not None and node.every.at is not None,
        "every, since the last act": lambda node: node.every is not None and node.every.since_last_act is not None,
        "late: oldest open": lambda node: node.late == "oldest_open",
        "composite": lambda node: node.deadline is not None and bool(node.deadline.limbs),
        "limb with a condition": lambda node: (
            node.deadline is not None and any(each.when is not None for each in node.deadline.singles())
        ),
        "a life of its own": lambda node: node.in_force is not None,
    }
)
OF_CASES: Mapping[str, Callable[[Triple], bool]] = MappingProxyType(
    {
        "corrections": lambda asked: any(each.corrects is not None for each in asked.case.events),
        "retractions": lambda asked: any(each.retracts is not None for each in asked.case.events),
        "learned later": lambda asked: any(each.recorded > each.at for each in asked.case.events),
        "known at": lambda asked: asked.case.known_at is not None,
        "log ends early": lambda asked: asked.case.known_until is not None and asked.case.known_until < asked.as_of,
        "agency log": lambda asked: asked.case.scope == "agency",
        "other readings": lambda asked: any(
            each != asked.policy.readings[name].default for name, each in asked.readings.items()
        ),
        "several versions": lambda asked: len(asked.policy.header.versions) > 1,
        "events after as_of": lambda asked: any(each.at > asked.as_of for each in asked.case.events),
        "events at one instant": lambda asked: (
            len({each.at for each in asked.case.events}) < len({each.id for each in asked.case.events})
        ),
        "a fact made unknown again": lambda asked: any(None in each.sets.values() for each in asked.case.events),
    }
)
DST = "a limit beyond a jump of the clock"
REFUSED = "refused"


def everything() -> tuple[str, ...]:
    """Return the name of everything that is counted, in order."""
    statuses = (f"status {each}" for each in Status)
    steps = (f"step {each}" for each in StepKind)
    kinds = (f"gap row {each}" for each in GapKind)
    regraded = (f"regraded {way}: {each}" for way in ("up", "down", "other") for each in Regrading)
    return (*statuses, *steps, *kinds, *regraded, DST, REFUSED, *OF_ROWS, *OF_PROVISIONS, *OF_CASES)


def reached(found: Known) -> Counter[str]:
    """Return what one triple reaches; how often matters only within rows of the answer."""
    asked, answer = found.triple, found.answer
    counts = Counter(name for name, holds in OF_CASES.items() if holds(asked))
    if isinstance(answer, Refused):
        return counts + Counter({REFUSED: 1})
    counts.update(_of_answer(asked, answer))
    counts.update(_regradings(asked, answer))
    there = {each.provision for each in answer.duties if each.exists}
    nodes = [node for node in provisions(asked.policy) if node.id in there]
    counts.update(name for name, holds in OF_PROVISIONS.items() if any(map(holds, nodes)))
    return counts


def _of_answer(asked: Triple, answer: Assessment) -> Iterator[str]:
    offset = asked.policy.zone.offset
    for row in answer.duties:
        yield f"status {row.status}"
        yield from (name for name, holds in OF_ROWS.items() if holds(row))
        if row.limit is not None:
            yield from (f"step {each.kind}" for each in row.limit.steps)
            if offset(row.limit.anchor) != offset(row.limit.due):
                yield DST
    yield from (f"gap row {each.kind}" for each in answer.gaps)


def _regradings(asked: Triple, answer: Assessment) -> Iterator[str]:
    """Yield the ways in which a known fact, of which a duty's condition asks, changed after its trigger (S26)."""
    counting = asked.policy.counting.under(choose(asked.policy, asked.readings))
    changes = tuple(_changes(asked))
    if counting is None or not changes:
        return
    conditions = {node.id: node.when for node in provisions(asked.policy)}
    for row in answer.duties:
        when, since = conditions[row.provision], row.trigger
        if when is not None and since is not None and row.exists:
            asks = when.facts_asked()
            ways = [way for name, at, way in changes if name in asks and at > since.at]
            yield from (f"regraded {way}: {getattr(counting.regrading, way)}" for way in ways)


def _changes(asked: Triple) -> Iterator[tuple[str, Instant, str]]:
    known = dict(asked.case.facts)
    for event in sorted(asked.case.events, key=lambda each: each.at):
        for name, value in event.sets.items():
            before = known.get(name)
            if event.at <= asked.as_of and None not in (before, value) and before != value:
                yield name, event.at, _way(asked.policy, name, before, value)
            known[name] = value


def _way(policy: Policy, name: str, before: object, after: object) -> str:
    named = policy.vocabulary.values(policy.vocabulary.facts[name]) if policy.vocabulary.facts[name].scale else None
    if named is not None:
        order = list(named)
        return "up" if order.index(after) > order.index(before) else "down"  # type: ignore[arg-type]
    numbers = [each for each in (before, after) if isinstance(each, int | float) and not isinstance(each, bool)]
    return "other" if len(numbers) < 2 else ("up" if numbers[1] > numbers[0] else "down")  # noqa: PLR2004 - both
