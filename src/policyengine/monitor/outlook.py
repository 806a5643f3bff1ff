"""When the answer to a case changes next if nothing more is recorded.

An answer moves with `as_of` only where a limit passes, a period of a recurring duty starts, a version or provision
comes into force or leaves it, an event comes to be seen, or the log ceases to be complete. All of these can be read off
an answer, the policy and the log, but for one: while something is undetermined, a limit may pass in one of the ways in
which the unknowns can come out, and the row shows another. Such limits are looked for by asking.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.errors import CaseError
from policyengine.model.assessment import GapKind, Status
from policyengine.monitor.judging import same
from policyengine.monitor.periods import next_start
from policyengine.monitor.reach import LAST, bounds, reach
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case
    from policyengine.model.deadline import Recurrence
    from policyengine.model.policy import Policy
    from policyengine.monitor.judging import Answers, Judge

_RUNNING = frozenset({Status.ACTIVE, Status.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class _View:
    """One policy, as far as time alone moves its answers.

    Args:
        policy: the policy.
        bounds: when a version, or a provision or gap of its own, comes into force or leaves it, in order.
        recurring: its recurring provisions.
        reach: so many microseconds after whatever is seen no limit can lie that counts from it.
    """

    policy: Policy
    bounds: tuple[Instant, ...]
    recurring: Mapping[str, Recurrence]
    reach: int

    def next(self, answer: Assessment, after: Instant) -> Iterator[Instant]:
        """Yield instants after *after* of which the first is not later than what can be read off *answer*."""
        place = bisect_right(self.bounds, after)
        yield from self.bounds[place : place + 1]
        going: set[str] = set()
        for row in answer.duties:
            if row.limit is not None and row.status in _RUNNING and row.limit.late_from > after:
                yield row.limit.late_from
            if row.provision in self.recurring and _goes_on(row):
                going.add(row.provision)
        starts = (next_start(self.policy, self.recurring[name], after) for name in going)
        yield from (each for each in starts if each is not None)


def _goes_on(row: Duty) -> bool:
    """Tell whether a recurring duty may have further periods."""
    return row.in_force is not False or Status.NOT_STARTED in (row.status, *row.possible)


class Outlook:
    """When answers change, for all cases of a monitor."""

    __slots__ = ("_judge", "_views")

    def __init__(self, judge: Judge) -> None:
        """Read the policies of *judge*."""
        self._judge = judge
        self._views = tuple(
            _View(policy, bounds(policy), _recurring(policy, chosen), reach(policy))
            for policy, chosen in zip(judge.policies, judge.chosen, strict=True)
        )

    def bound(self, case: Case, answers: Answers, at: Instant) -> Instant | None:
        """Return an instant before which the *answers* to *case* at *at* stay the same; ``None`` if they always do."""
        found = min(self._candidates(case, answers, at), default=None)
        if not _open(answers):
            return found
        horizon = min(at.micros + max(each.reach for each in self._views), LAST.micros)
        if found is not None:
            horizon = min(horizon, found.micros - 1)
        return self._hidden(case, answers, (at.micros, horizon)) or found

    def exact(self, case: Case, answers: Answers, bound: Instant) -> Instant | None:
        """Return the very instant at which *answers*, which stay the same until *bound*, change; ``None`` for never."""
        at: Instant | None = bound
        while at is not None:
            found = self._judge.tried(case, at)
            if not same(found, answers):
                return at
            if isinstance(found, CaseError):  # pragma: no cover - what can be judged is not the same as what cannot
                return None
            at = self.bound(case, found, at)
        return None

    def _candidates(self, case: Case, answers: Answers, at: Instant) -> Iterator[Instant]:
        found = (each for view, answer in zip(self._views, answers, strict=True) for each in view.next(answer, at))
        yield from (each for each in found if each <= LAST)
        yield from (event.at for event in case.events if event.at > at and event.retracts is None)
        ends = [each.plus(1) for each in (case.known_until, case.known_at) if each is not None]
        yield from (each for each in ends if each > at)

    def _hidden(self, case: Case, answers: Answers, between: tuple[int, int]) -> Instant | None:
        """Return the first instant, after the first and up to the second of *between*, at which *answers* change.

        INVARIANT: they have not changed at `low`, and have at `high`. What is late stays late as long as nothing else
        happens, so that an answer which has changed does not change back.
        """
        low, high = between
        if low >= high or self._stay(case, answers, high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._stay(case, answers, middle):
                low = middle
            else:
                high = middle
        return Instant(high)

    def _stay(self, case: Case, answers: Answers, at: int) -> bool:
        return same(self._judge.tried(case, Instant(at)), answers)


def _open(answers: Answers) -> bool:
    return any(each.status is Status.UNDETERMINED for answer in answers for each in answer.duties) or any(
        each.kind is GapKind.UNDETERMINED for answer in answers for each in answer.gaps
    )


def _recurring(policy: Policy, chosen: Mapping[str, str]) -> dict[str, Recurrence]:
    nodes = [node for each in policy.provisions if (node := each.under(chosen)) is not None]
    return {node.id: node.every for node in nodes if node.every is not None}
