"""The harder workload: random cases of `benchmark-graded`, and plain Python for it and for nothing else.

Gradings come several times, take the place of a presumed grade, and go up and down; whether another agency is
concerned and whether a report is required may never be known. Rows are those of `benchmarks.workload.plain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.workload.cases import Case, columns, dictionaries
from benchmarks.workload.words import (
    ACTIVE,
    DAY,
    ENDED,
    FULFILLED,
    HOUR,
    LATE,
    MICROS,
    OVERDUE,
    SEVERITIES,
    UNDETERMINED,
    WITHDRAWN,
)
from benchmarks.workload.working_days import EPOCH, FIFTH

if TYPE_CHECKING:
    from benchmarks.workload.plain import Row

_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}
_GRAVE, _GRAVEST = 2, 3
_GRADINGS = (0.1, 0.5, 0.25, 0.15)


def cases(n: int, seed: int) -> list[Case]:
    """Return *n* random cases."""
    draw = np.random.default_rng(seed + 1)
    return [_graded(case, draw) for case in dictionaries(columns(n, seed))]


def _graded(case: Case, draw: np.random.Generator) -> Case:
    """Return *case* with gradings of its own, some before anything else is known, and without some of its facts."""
    facts = dict(case["facts"])
    start = case["events"][0]["at"]
    events = [each for each in case["events"] if each["type"] != "classified"]
    late_word = {}
    if draw.random() < 0.7:  # noqa: PLR2004 - the grade is presumed
        del facts["severity"]
    if draw.random() < 0.4:  # noqa: PLR2004 - unknown, and half of the time the first grading says it
        late_word["other_agency"] = facts.pop("other_agency")
    if draw.random() < 0.3:  # noqa: PLR2004 - unknown for good
        facts["report_required"] = None
    after = 0
    for number in range(int(draw.choice(len(_GRADINGS), p=_GRADINGS))):
        after += int(draw.exponential(6 * HOUR / MICROS)) * MICROS + 1
        sets: dict[str, Any] = {"severity": SEVERITIES[int(draw.integers(len(SEVERITIES)))]}
        if number == 0 and draw.random() < 0.5:  # noqa: PLR2004 - said above
            sets |= late_word
        events.append({"id": f"g{number}", "type": "classified", "at": start + after, "sets": sets})
    return {**case, "facts": facts, "events": sorted(events, key=lambda each: each["at"])}


class _Stretch(NamedTuple):
    """When a duty is in force; *afresh* where a higher grade in place of a known one brought it about."""

    start: int
    end: int
    afresh: bool


class _Found(NamedTuple):
    due: int
    status: int
    violated_at: int
    act: int


_OPEN = 1 << 62
Limit = tuple[int, int]
"""When it ends, and the first instant that is late."""


class _Log(NamedTuple):
    """What happened up to the instant asked about; `grades` holds the first one, and every change with its instant."""

    now: int
    detected: int
    closed: int
    first: int
    known: bool
    grades: Sequence[tuple[int, int]]
    acts: dict[str, list[int]]


def graded(case: Case) -> list[Row]:
    """Return the duties of *case*."""
    facts = case["facts"]
    other, report = facts.get("other_agency"), facts.get("report_required")
    log, said = _read(case)
    if other is None:
        other = said
    if not log.detected:
        return []
    leader = _lived(log, [_Stretch(log.detected, _OPEN, afresh=False)], _hours(1), "report_to_leader")
    grave, light = _stretches(log, lambda grade: grade >= _GRAVE), _stretches(log, lambda grade: grade < _GRAVE)
    response = _lived(log, light, _hours(48), "respond")
    found = {
        1: leader,
        2: _lived(log, grave, _hours(2), "publish_first_bulletin"),
        3: _lived(log, grave, _hours(24), "respond", running=_running(log, response)),
        4: response,
    }
    rows = [(number, *each) for number, each in found.items() if each]
    rows += _rolling(log)
    always = [_Stretch(log.detected, _OPEN, afresh=False)]
    rows += _row(6, _possible(log, other, always, [], _hours(24), "confirm_with_agency"))
    gravest = _stretches(log, lambda grade: grade == _GRAVEST)
    rows += _row(7, _possible(log, report, always, gravest, _fifth, "file_report"))
    rows += _criticism(log, [each for each in found.values() if each and each.violated_at])
    return rows


def _read(case: Case) -> tuple[_Log, bool | None]:
    """Return the log, and what a grading says of another agency."""
    now, facts = case["as_of"], case["facts"]
    detected = closed = 0
    said = None
    grades: list[tuple[int, int]] = []
    acts: dict[str, list[int]] = {}
    for event in case["events"]:
        at, kind = event["at"], event["type"]
        if at > now:
            break
        if kind == "detected":
            detected = detected or at
        elif kind == "closed":
            closed = closed or at
        elif kind == "classified":
            grades.append((at, _RANK[event["sets"]["severity"]]))
            said = event["sets"].get("other_agency", said)
        else:
            acts.setdefault(kind, []).append(at)
    grade = facts.get("severity")
    return _Log(now, detected, closed, _RANK[grade or SEVERITIES[0]], grade is not None, grades, acts), said


def _hours(hours: int) -> Callable[[int], Limit]:
    return lambda anchor: (anchor + hours * HOUR, anchor + hours * HOUR + 1)


def _fifth(anchor: int) -> Limit:
    due = FIFTH[(anchor - EPOCH) // DAY]
    return due, due


def _stretches(log: _Log, holds: Callable[[int], bool]) -> list[_Stretch]:
    """Return when a duty is in force whose condition on the grade *holds*."""
    found: list[_Stretch] = []
    grade, known = log.first, log.known
    since, afresh = (log.detected if holds(grade) else 0), False
    for at, other in log.grades:
        if holds(other) and not since:
            since, afresh = at, known and other > grade
        elif since and not holds(other):
            found.append(_Stretch(since, at, afresh))
            since = 0
        grade, known = other, True
    if since:
        found.append(_Stretch(since, _OPEN, afresh))
    return found


def _lived(
    log: _Log,
    stretches: Sequence[_Stretch],
    length: Callable[[int], Limit],
    act: str,
    *,
    running: Callable[[int], Limit | None] = lambda _: None,
) -> _Found | None:
    """Return what has become of a duty; *running* gives a limit for the same act that caps one counted afresh."""
    if not stretches:
        return None
    done, served = _performed(stretches, log.acts.get(act, ()), log.detected)
    limits = list(_limits(log.detected, stretches, length, running))
    for number, stretch in enumerate(stretches[: served + 1]):
        due, late = limits[number]
        if done and number == served and done < late:
            continue
        at = max(late, stretch.start)
        if at <= log.now and at < stretch.end:
            return _Found(due, LATE if done else OVERDUE, at, done)
    due, late = limits[served]
    if done:
        return _Found(due, FULFILLED if done < late else LATE, 0, done)
    return _Found(due, ACTIVE if stretches[-1].end == _OPEN else WITHDRAWN, 0, 0)


def _performed(stretches: Sequence[_Stretch], acts: Sequence[int], detected: int) -> tuple[int, int]:
    """Return the act that performs the duty, and the place of the stretch that it serves: without one, of the last."""
    for number, (begin, end, afresh) in enumerate(stretches):
        start = detected if number == 0 and not afresh else begin
        at = next((each for each in acts if each >= start), 0)
        if at and at < end:
            return at, number
    return 0, len(stretches) - 1


def _limits(
    detected: int,
    stretches: Sequence[_Stretch],
    length: Callable[[int], Limit],
    running: Callable[[int], Limit | None],
) -> Iterator[Limit]:
    """Yield the limit of each stretch, never later than the one before."""
    before: Limit | None = None
    for stretch in stretches:
        found = length(stretch.start if stretch.afresh else detected)
        capping = running(stretch.start) if stretch.afresh else None
        found = min((each for each in (found, capping, before) if each is not None), key=lambda each: each[1])
        yield found
        before = found


def _running(log: _Log, response: _Found | None) -> Callable[[int], Limit | None]:
    """Return what gives the slower limit for the response, where it was running just before some instant."""
    due, late = _hours(48)(log.detected)
    done = response.act if response else 0

    def running(at: int) -> Limit | None:
        return None if at >= late or (done and done < at) else (due, late)

    return running


def _rolling(log: _Log) -> Iterator[Row]:
    """Yield an instance from the detection and from each publication on, until the closing."""
    end = log.closed or _OPEN
    start = log.detected
    for at in (*(each for each in log.acts.get("publish_update", ()) if log.detected <= each < end), 0):
        due = start + 12 * HOUR
        overrun = due < (at or log.now) and due + 1 < end
        if at:
            yield 5, due, LATE if at > due else FULFILLED, due + 1 if overrun else 0, at
        elif overrun:
            yield 5, due, OVERDUE, due + 1, 0
        else:
            yield 5, due, ENDED if log.closed else ACTIVE, 0, 0
        start = at


def _possible(  # noqa: PLR0917 - what it asks twice
    log: _Log,
    value: object,
    with_it: Sequence[_Stretch],
    without: Sequence[_Stretch],
    length: Callable[[int], Limit],
    act: str,
) -> list[_Found | None]:
    """Return what a duty may have become: once where *value* is known, else as if it held and as if it did not."""
    chosen = [with_it] if value else [without] if value is not None else [with_it, without]
    return [_lived(log, each, length, act) for each in chosen]


def _row(number: int, possible: Sequence[_Found | None]) -> Iterator[Row]:
    """Yield the row of a duty, undetermined where it may have become different things."""
    first, last = possible[0], possible[-1]
    if first == last:
        if first:
            yield (number, *first)
        return
    due = first.due if first else last.due if last else 0
    violated_at = {each.violated_at if each else 0 for each in possible}
    acts = {each.act if each else 0 for each in possible}
    yield (
        number,
        due,
        UNDETERMINED,
        violated_at.pop() if len(violated_at) == 1 else 0,
        acts.pop() if len(acts) == 1 else 0,
    )


def _criticism(log: _Log, violations: Sequence[_Found]) -> Iterator[Row]:
    """Yield the duty upon the first violation."""
    if not violations:
        return
    first = min(violations, key=lambda each: each.violated_at)
    due = first.due + 24 * HOUR
    start = min(first.violated_at, first.due)
    at = next((each for each in log.acts.get("circulate_notice", ()) if each >= start), 0)
    late = max(due + 1, first.violated_at)
    if at and at <= due:
        yield 8, due, FULFILLED, 0, at
    elif not at and log.now <= due:
        yield 8, due, ACTIVE, 0, 0
    else:
        yield 8, due, LATE if at else OVERDUE, late, at
