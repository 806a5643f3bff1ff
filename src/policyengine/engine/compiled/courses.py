"""When a duty is in force: its trigger, its conditions along time, its end (S11-S14, S25, S26)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.engine.compiled.found import Run
from policyengine.engine.compiled.log import KNOWN
from policyengine.engine.compiled.truths import NO, OPEN, YES
from policyengine.model.assessment import Status
from policyengine.model.deadline import Regrading
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policyengine.engine.compiled.found import Arising, Point
    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.plan import Asking, Plan, PlannedProvision
    from policyengine.model.case import FactValue

AFRESH = (Regrading.CAPPED, Regrading.RESTART)
NOTHING: Mapping[str, FactValue] = MappingProxyType({})
Truth = tuple[int, int]
"""From when on, and which."""


@dataclass(slots=True, eq=False)
class Course:
    """Everything about one duty but its limits, in one world; as the reference's `Course`."""

    in_force: bool
    arising: Arising
    anchors: tuple[Point | None, ...]
    ended: int | None
    waived: int | None
    runs: list[Run]
    performed: int = -1
    performed_in: int = 0
    partial: tuple[int, ...] = ()

    @property
    def trigger(self) -> Point | None:
        """Return what put the duty in force."""
        return self.arising.trigger

    @property
    def anchor(self) -> Point | None:
        """Return what the duty counts from: the first of its anchors; without a limit its trigger."""
        known = [each for each in self.anchors if each is not None]
        return min(known, key=lambda each: each.anchor, default=None if self.anchors else self.trigger)

    @property
    def left(self) -> int | None:
        """Return when it left force for the last time; ``None`` while it is in force."""
        return self.runs[-1].end

    def run_at(self, moment: int) -> int | None:
        """Return the stretch that *moment* lies in, by its place."""
        for index, run in enumerate(self.runs):
            if run.start <= moment and (run.end is None or moment < run.end):
                return index
        return None


def running(course: Course, status: Status, left: int | None) -> Status:
    """Return *status* for a duty that is in force, else how it *left* (S25)."""
    if left is None:
        return status
    if left == course.waived:
        return Status.WAIVED
    return Status.ENDED if left == course.ended else Status.WITHDRAWN


def alive(lives: Sequence[tuple[int, bool]], moment: int) -> bool:
    """Tell whether what *lives* is in force at *moment*."""
    return [held for start, held in lives if start <= moment][-1]


def truths(log: Log, planned: PlannedProvision, start: int) -> list[Truth]:
    """Return `when` and not `unless` from *start* on, three-valued."""
    if not planned.conditions:
        return [(start, YES)]
    later = {at for each in planned.conditions for at in _moments(log, each) if at > start}
    if not later:
        return [(start, _own(log, planned, start))]
    return [(moment, _own(log, planned, moment)) for moment in (start, *sorted(later))]


def _moments(log: Log, asking: Asking) -> list[int]:
    found = [each[0] for name in asking.facts for each in log.history(name)[1:]]
    if asking.events:
        # Each question about events may change at the first of any of its types.
        found += [log.ats[log.by_type[name][0]] for name in asking.events if name in log.by_type]
    return found


def _own(log: Log, planned: PlannedProvision, moment: int) -> int:
    answers = [truth_at(log, each, moment) for each in planned.conditions]
    if planned.unless:
        answers[-1] = -answers[-1]
    return min(answers)


def truth_at(log: Log, asking: Asking, moment: int) -> int:
    """Return what the condition *asking* comes to at *moment*, the same whatever open derived facts may be (S10)."""
    possible = log.possible(asking.facts, moment)
    if not possible:
        return plainly(log, asking, moment)
    every = (zip(possible, chosen, strict=True) for chosen in product(*possible.values()))
    supposed = ({name: value for name, value in each if value != UNSTATED} for each in every)
    found = {plainly(log, asking, moment, each) for each in supposed}
    return found.pop() if len(found) == 1 else OPEN


def plainly(log: Log, asking: Asking, moment: int, supposed: Mapping[str, FactValue] = NOTHING) -> int:
    """Return what the condition *asking* comes to at *moment* with the facts as they are known, or *supposed* to be."""
    return asking.truth({**log.values(asking.facts, moment), **supposed}, lambda types: log.happened(types, moment))


def runs(plan: Plan, log: Log, planned: PlannedProvision, own: Sequence[Truth], *, ended: int | None) -> list[Run]:
    """Return the stretches in force until *ended*, when the conditions are as *own*, all of them decided."""
    if len(own) == 1 and _always(planned):
        start, holds = own[0]
        return [Run(start, ended)] if holds == YES and start <= log.as_of and (ended is None or start < ended) else []
    found: list[Run] = []
    since: int | None = None
    mode: Regrading | None = None
    beginning = own[0][0]
    for moment, holds in _changes(_living(planned, own)):
        if moment > log.as_of or (ended is not None and moment >= ended):
            break  # a version may begin or end after `as_of`; nothing is said of that yet
        in_force = holds == YES
        if in_force is (since is not None):
            continue
        change = None if moment == beginning else regrading(plan, log, planned, moment)
        if change is Regrading.FROZEN:
            continue
        if since is not None:
            found.append(Run(since, moment, mode))
        since, mode = (moment, change) if in_force else (None, None)
    if since is not None and (ended is None or since < ended):
        found.append(Run(since, ended, mode))
    return found


def _living(planned: PlannedProvision, own: Sequence[Truth]) -> Sequence[Truth]:
    """Return *own*, and false while no version is in force; only a duty without a trigger lives with them (S6)."""
    if _always(planned):
        return own
    start = own[0][0]
    moments = sorted({start, *(at for at, _ in own), *(at for at, _ in planned.lives if at > start)})
    return [(at, at_moment(own, at) if alive(planned.lives, at) else NO) for at in moments]


def _always(planned: PlannedProvision) -> bool:
    """Tell whether the duty does not end with a version."""
    return planned.upon is not None or (len(planned.lives) == 1 and planned.lives[0][1])


def _changes(own: Sequence[Truth]) -> Iterator[Truth]:
    """Yield the truths that are another than the one before: only a change can have a cause (S26)."""
    before: int | None = None
    for at, holds in own:
        if holds != before:
            yield at, holds
        before = holds


def at_moment(own: Sequence[Truth], moment: int) -> int:
    """Return what *own* comes to at *moment*."""
    return [holds for start, holds in own if start <= moment][-1]


def is_open(own: Sequence[Truth]) -> bool:
    """Tell whether any of the truths is not decided."""
    return any(holds == OPEN for _, holds in own)


def settled(own: Sequence[Truth], truth: int) -> list[Truth]:
    """Return *own* with every open truth taken as *truth*."""
    return [(at, truth if holds == OPEN else holds) for at, holds in own]


def regrading(plan: Plan, log: Log, planned: PlannedProvision, moment: int) -> Regrading | None:
    """Return the rule for a change at *moment* that a known fact caused; ``None`` for any other change (S26)."""
    if not log.is_moment(moment):
        return None
    changed = [name for name in _asked(planned) if _changed(log, name, moment)]
    decisive = [name for name in changed if any(_decides(log, each, name, moment) for each in planned.causes)]
    rules = plan.empty.counting.regrading
    directions = {_direction(plan, log, name, moment) for name in decisive or changed}
    for direction, rule in (("up", rules.up), ("down", rules.down), ("other", rules.other)):
        if direction in directions:
            return rule
    return None


def _asked(planned: PlannedProvision) -> list[str]:
    return list(dict.fromkeys(name for each in planned.causes for name in each.facts))


def _changed(log: Log, name: str, moment: int) -> bool:
    before, after = log.fact(name, moment - 1), log.fact(name, moment)
    return before[1] != after[1] and before[2] == after[2] == KNOWN


def _decides(log: Log, asking: Asking, name: str, moment: int) -> bool:
    """Tell whether the condition would have come out otherwise, had the fact *name* not changed."""
    values: dict[str, FactValue] = log.values(asking.facts, moment)
    reverted = {**values, name: log.fact(name, moment - 1)[1]}

    def happened(types: tuple[str, ...]) -> bool:
        return log.happened(types, moment)

    return asking.truth(reverted, happened) != asking.truth(values, happened)


def _direction(plan: Plan, log: Log, name: str, moment: int) -> str:
    words = plan.policy.vocabulary
    kind = words.facts[name]
    old, new = log.fact(name, moment - 1)[1], log.fact(name, moment)[1]
    if isinstance(old, tuple) or isinstance(new, tuple) or old is None or new is None:
        return "other"
    low, high = words.rank(kind, old), words.rank(kind, new)
    if low is None or high is None:
        return "other"
    return "up" if high > low else "down"


def with_acts(log: Log, planned: PlannedProvision, found: Course, earliest: int) -> None:
    """Set in *found* the first act that counts from *earliest* on, its stretch, and the partial acts (S24)."""
    node = planned.node
    if not found.runs or node.standing or node.must_not or node.may or node.every is not None:
        return  # nothing ends these by an act
    acts = log.matches(planned.act, found.arising.key)
    if not log.partial:
        _perform(log, found, acts, earliest)
        return
    partial = [place for place in acts if log.events[place].partial]
    _perform(log, found, [place for place in acts if not log.events[place].partial], earliest)
    found.partial = tuple(
        place
        for place in partial
        if (found.performed < 0 or place < found.performed) and _counts(found, log.ats[place], earliest)
    )


def _perform(log: Log, found: Course, acts: Sequence[int], earliest: int) -> None:
    for index, run in enumerate(found.runs):
        start = min(earliest, run.start) if index == 0 and run.mode not in AFRESH else run.start
        index_of = bisect_left(acts, start, key=lambda place: log.ats[place])
        if index_of < len(acts) and (run.end is None or log.ats[acts[index_of]] < run.end):
            found.performed, found.performed_in = acts[index_of], index
            return


def _counts(found: Course, at: int, earliest: int) -> bool:
    first = found.runs[0]
    return (earliest <= at < first.start and first.mode not in AFRESH) or found.run_at(at) is not None
