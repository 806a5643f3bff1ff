"""Logs that were corrected: events learned late, corrections and retractions of them and of one another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.model.case import Event
from policyengine.temporal.instant import HOUR
from policyengine.testing.logs import event_logs
from policyengine.testing.moments import nudges, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

MOST = 5


def amended_logs(policy: Policy) -> SearchStrategy[tuple[Event, ...]]:
    """Return logs as :func:`event_logs` does, with up to five corrections and retractions anywhere among the events.

    They are about events and about one another, but never in a circle. A correction has the content of any event of
    the log, its time that of any, a limit counted from one, or beside it. Some are recorded at one instant, some
    before what they are about; most events are learned when they happen.
    """
    logs, later, step = event_logs(policy), _delays(), steps(policy)
    count = st.integers(0, MOST)

    @st.composite
    def log(draw: DrawFn) -> tuple[Event, ...]:
        events = list(draw(logs))
        late = {event.id: draw(later) for event in events}
        events = [_learned(event, late[event.id]) for event in events]
        for number in range(1, draw(count) + 1 if events else 0):
            at = draw(step).taken([event.at for event in events], policy)
            amendment = _amendment(draw, f"c{number}", events, at)
            events.insert(draw(st.integers(0, len(events))), amendment)
        return tuple(events)

    return log()


def _amendment(draw: DrawFn, name: str, log: Sequence[Event], at: Instant) -> Event:
    target = draw(st.sampled_from(log))
    recorded = target.recorded.plus(draw(_delays()))
    if target.retracts is not None or draw(st.integers(0, 2)) == 1:
        return Event(id=name, retracts=target.id, recorded_at=recorded)
    content = draw(st.sampled_from([event for event in log if event.retracts is None]))
    at = draw(st.sampled_from((content.at, at)))
    return replace(content, id=name, at=at, recorded_at=recorded, corrects=target.id)


def _learned(event: Event, later: int) -> Event:
    return replace(event, recorded_at=event.at.plus(later)) if later else event


def _delays() -> SearchStrategy[int]:
    """Return how long after it happened something is learned, in microseconds; announced events come before."""
    return st.just(0) | nudges() | st.sampled_from((-HOUR, HOUR, 30 * HOUR))
