"""What engines need done in Python around them: none of them knows a history of events, working days or a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.workload.words import (
    ACTIVE,
    AFTER_DETECTION,
    AFTER_GRADING,
    DAY,
    ENDED,
    FULFILLED,
    HOUR,
    LATE,
    OVERDUE,
    PROVISIONS,
)
from benchmarks.workload.working_days import EPOCH, FIFTH

if TYPE_CHECKING:
    from collections.abc import Iterable

Flat = dict[str, Any]
Short = tuple[int, int, int]
"""Provision, due and status."""

ASKED = (
    "severity",
    "channel",
    "reach",
    "vital_interests",
    "other_agency",
    "illegal_rumour",
    "report_required",
    "detected",
    "classified",
)
"""What the conditions of the first eleven provisions ask about."""

_MOMENTS = ("detected", "classified", *sorted(AFTER_DETECTION), *sorted(AFTER_GRADING))


def flat(case: dict[str, Any]) -> Flat:
    """Return *case* as flat facts: the first instant of each kind of event from its trigger on, 0 for none.

    `fifth` is the end of the fifth working day, 0 without a detection; `notices` are all notices of criticism.
    """
    now = case["as_of"]
    found: Flat = dict.fromkeys(_MOMENTS, 0)
    found.update(case["facts"])
    found["now"] = now
    notices: list[int] = []
    for event in case["events"]:
        at = event["at"]
        if at > now:
            break
        kind = event["type"]
        if kind == "circulate_notice":
            notices.append(at)
        elif kind != "publish_update" and not found[kind]:
            needed = "detected" if kind in AFTER_DETECTION else "classified" if kind in AFTER_GRADING else kind
            if found[needed] or needed is kind:
                found[kind] = at
    found["notices"] = notices
    found["fifth"] = FIFTH[(found["detected"] - EPOCH) // DAY] if found["detected"] else 0
    return found


def asked(facts: Flat) -> Flat:
    """Return those of the flat *facts* that the conditions ask about."""
    return {name: facts[name] for name in ASKED}


_LENGTHS = {
    1: ("detected", HOUR),
    2: ("detected", HOUR),
    3: ("detected", 4 * HOUR),
    4: ("classified", HOUR),
    5: ("classified", 24 * HOUR),
    6: ("classified", 2 * HOUR),
    8: ("classified", 48 * HOUR),
    10: ("detected", 24 * HOUR),
}


def finish(facts: Flat, matched: Iterable[int]) -> list[Short]:
    """Return the duties from the numbers of the provisions 1 to 11 that apply, in their order."""
    now = facts["now"]
    rows: list[Short] = []
    missed: list[int] = []
    for rule in matched:
        if rule == 7:  # noqa: PLR2004 - the standing duty
            rows.append((7, 0, ENDED if facts["closed"] else ACTIVE))
            continue
        due, late = _limit(rule, facts)
        at = facts[PROVISIONS[rule][3]]
        status = (FULFILLED if at < late else LATE) if at else ACTIVE if now < late else OVERDUE
        if status >= LATE:
            missed.append(due)
        rows.append((rule, due, status))
    if missed:
        rows.append(criticism(min(missed), facts["notices"], now))
    return rows


def _limit(rule: int, facts: Flat) -> tuple[int, int]:
    """Return the limit and the first instant that is late."""
    if rule == 9:  # noqa: PLR2004 - before the release, within 24 hours
        due, released = facts["classified"] + 24 * HOUR, facts["released"]
        return (released, released) if released and released <= due else (due, due + 1)
    if rule == 11:  # noqa: PLR2004 - the fifth working day, whose end is exclusive
        return facts["fifth"], facts["fifth"]
    anchor, length = _LENGTHS[rule]
    due = facts[anchor] + length
    return due, due + 1


def criticism(missed: int, notices: Iterable[int], now: int) -> Short:
    """Return the duty upon the first limit that was *missed*."""
    due = missed + 24 * HOUR
    at = next((each for each in notices if each >= missed), 0)
    if at:
        return (12, due, FULFILLED if at <= due else LATE)
    return (12, due, ACTIVE if now <= due else OVERDUE)


def ended(rows: Iterable[Iterable[int]], facts: Flat) -> list[Short]:
    """Return *rows* of the provisions 1 to 11 with the duty upon the first limit that was missed."""
    found: list[Short] = [(rule, due, status) for rule, due, status in rows]
    missed = [due for _, due, status in found if status in {LATE, OVERDUE}]
    if missed:
        found.append(criticism(min(missed), facts["notices"], facts["now"]))
    return found
