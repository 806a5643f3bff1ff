"""The rows of a timeline in time order: what happened, which limit ended, and the instant asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.report import words
from policyengine.report.moments import duration
from policyengine.report.page import Tone
from policyengine.report.timeline import words as say
from policyengine.report.timeline.making import TONES
from policyengine.report.timeline.values import Told

if TYPE_CHECKING:
    from policyengine.report.timeline.values import Happened, Limit, Timeline
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        day: the day and its weekday; of a limit that ends at 24:00 the day that ends.
        time: on the clock.
        elapsed: since the first event, with its sign; empty where there is no event.
        mark: in a word, what it is or how it stands.
        what: what happened, or what was to be done by then.
        tone: how the mark strikes the eye.
        clauses: the clauses that a limit rests on.
        remarks: what else is to be told about it.
    """

    day: str
    time: str
    elapsed: str
    mark: str
    what: str
    tone: Tone
    clauses: tuple[str, ...] = ()
    remarks: tuple[Told, ...] = ()


class _Placed(NamedTuple):
    at: Instant
    rank: int
    row: Row


def table(timeline: Timeline) -> tuple[Row, ...]:
    """Return the rows in time order.

    At one instant first come the limits that an act at that instant misses, then events, then the limits that it
    keeps, then the instant asked about.
    """
    placed = [_Placed(each.at, 1, _event(timeline, each)) for each in timeline.events]
    placed += [_Placed(each.at, 2 if each.inclusive else 0, _limit(timeline, each)) for each in timeline.limits]
    placed.append(_Placed(timeline.as_of, 3, _judged(timeline)))
    return tuple(each.row for each in sorted(placed, key=lambda each: (each.at, each.rank)))


def day_and_time(shown: str) -> tuple[str, str]:
    """Return the day with its weekday, and the time, of an instant as a clock shows it."""
    day, _, time = shown.rpartition(" ")
    return day, time


def elapsed(timeline: Timeline, at: Instant) -> str:
    """Return how long after the first event *at* is, with its sign; empty without any event."""
    if timeline.origin is None:
        return ""
    micros = at.micros - timeline.origin.micros
    sign = "-" if micros < 0 else "+"
    return sign + duration(abs(micros), timeline.clock.lang) if micros else "0"


def _event(timeline: Timeline, event: Happened) -> Row:
    word = (say.EVENT if event.seen else say.LATER).within(timeline.clock.lang)
    day, time = day_and_time(timeline.clock.show(event.at))
    tone = Tone.PLAIN if event.seen else Tone.QUIET
    return Row(day, time, elapsed(timeline, event.at), word, event.title, tone, remarks=event.remarks)


def _limit(timeline: Timeline, limit: Limit) -> Row:
    lane, lang = limit.lane, timeline.clock.lang
    doubt = say.PROVISIONAL.within(lang) if any(each.provisional for each in lane.stretches) else ""
    what = say.LIMIT.within(lang).format(what=lane.title)
    state = words.STOP.within(lang).join(each for each in (lane.state, doubt) if each)
    day, time = day_and_time(limit.ends)
    remarks = (Told(state, TONES[lane.mark]),)
    return Row(day, time, elapsed(timeline, limit.at), lane.word, what, TONES[lane.mark], lane.clauses, remarks)


def _judged(timeline: Timeline) -> Row:
    lang = timeline.clock.lang
    day, time = day_and_time(timeline.clock.show(timeline.as_of))
    what = say.JUDGED_HERE.within(lang)
    return Row(day, time, elapsed(timeline, timeline.as_of), say.NOW.within(lang), what, Tone.STRONG)
