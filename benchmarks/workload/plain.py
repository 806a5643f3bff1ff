"""What a programmer would write by hand for `benchmark-steady`, and for nothing else: the measure of everything.

A case is a dictionary whose events stand in the order of time. A row is `(provision, due, status, violated at, act)`:
instants in microseconds, 0 for none; for the standing duty *act* is the last one. Provisions without a duty have none.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from benchmarks.workload.words import (
    ACTIVE,
    AFTER_DETECTION,
    DAY,
    ENDED,
    FULFILLED,
    GRAVE,
    HOUR,
    LATE,
    LOUD,
    MICROS,
    OVERDUE,
    REACH,
)
from benchmarks.workload.working_days import EPOCH, FIFTH

Row = tuple[int, int, int, int, int]
_GRAVE_RULES = (
    (4, HOUR, "publish_first_bulletin"),
    (5, 24 * HOUR, "hold_press_conference"),
    (6, 2 * HOUR, "take_the_lead"),
)


def plain(case: dict[str, Any]) -> list[Row]:  # noqa: C901, PLR0912, PLR0915 - written out, as one would for speed
    """Return the duties of *case*, instants in microseconds, in the order of the policy."""
    now = case["as_of"]
    facts = case["facts"]
    detected = graded = updated = 0
    done: dict[str, int] = {}
    notices: list[int] = []
    for event in case["events"]:
        at = event["at"]
        if at > now:
            break
        kind = event["type"]
        if kind == "detected":
            if not detected:
                detected = at
        elif kind == "classified":
            if not graded:
                graded = at
        elif kind == "publish_update":
            if graded and "closed" not in done:
                updated = at
        elif kind in AFTER_DETECTION:
            if detected and kind not in done:
                done[kind] = at
        elif kind == "circulate_notice":
            notices.append(at)
        elif graded and kind not in done:
            done[kind] = at
    rows: list[Row] = []
    add = rows.append
    get = done.get
    worst = 0  # the earliest limit that was missed

    if detected:
        due = detected + HOUR
        for rule, kind in ((1, "report_to_leader"), (2, "report_to_office")):
            at = get(kind, 0)
            if at and at <= due:
                add((rule, due, FULFILLED, 0, at))
            elif at:
                add((rule, due, LATE, due + 1, at))
                worst = due
            elif now <= due:
                add((rule, due, ACTIVE, 0, 0))
            else:
                add((rule, due, OVERDUE, due + 1, 0))
                worst = due
        if facts["reach"] >= REACH or facts["channel"] in LOUD or facts["vital_interests"]:
            due = detected + 4 * HOUR
            at = get("notify_network_office", 0)
            if at and at <= due:
                add((3, due, FULFILLED, 0, at))
            elif at:
                add((3, due, LATE, due + 1, at))
                worst = worst or due
            elif now <= due:
                add((3, due, ACTIVE, 0, 0))
            else:
                add((3, due, OVERDUE, due + 1, 0))
                worst = worst or due
    if graded:
        if facts["severity"] in GRAVE:
            for rule, length, kind in _GRAVE_RULES:
                due = graded + length
                at = get(kind, 0)
                if at and at <= due:
                    add((rule, due, FULFILLED, 0, at))
                elif not at and now <= due:
                    add((rule, due, ACTIVE, 0, 0))
                else:
                    add((rule, due, LATE if at else OVERDUE, due + 1, at))
                    if not worst or due < worst:
                        worst = due
            add((7, 0, ENDED if "closed" in done else ACTIVE, 0, updated))
        else:
            due = graded + 48 * HOUR
            at = get("respond", 0)
            if at and at <= due:
                add((8, due, FULFILLED, 0, at))
            elif not at and now <= due:
                add((8, due, ACTIVE, 0, 0))
            else:
                add((8, due, LATE if at else OVERDUE, due + 1, at))
                if not worst or due < worst:
                    worst = due
        if facts["other_agency"]:
            due = graded + 24 * HOUR
            late = due + 1
            released = get("released", 0)
            if released and released <= due:
                due = late = released
            at = get("confirm_with_agency", 0)
            if at and at < late:
                add((9, due, FULFILLED, 0, at))
            elif not at and now < late:
                add((9, due, ACTIVE, 0, 0))
            else:
                add((9, due, LATE if at else OVERDUE, late, at))
                if not worst or due < worst:
                    worst = due
    if detected:
        if facts["illegal_rumour"]:
            due = detected + 24 * HOUR
            at = get("pass_on_leads", 0)
            if at and at <= due:
                add((10, due, FULFILLED, 0, at))
            elif not at and now <= due:
                add((10, due, ACTIVE, 0, 0))
            else:
                add((10, due, LATE if at else OVERDUE, due + 1, at))
                if not worst or due < worst:
                    worst = due
        if facts["report_required"]:
            due = FIFTH[(detected - EPOCH) // DAY]
            at = get("file_report", 0)
            if at and at < due:
                add((11, due, FULFILLED, 0, at))
            elif not at and now < due:
                add((11, due, ACTIVE, 0, 0))
            else:
                add((11, due, LATE if at else OVERDUE, due, at))
                if not worst or due < worst:
                    worst = due
    if worst:
        due = worst + 24 * HOUR
        at = next((each for each in notices if each >= worst), 0) if notices else 0
        if at and at <= due:
            add((12, due, FULFILLED, 0, at))
        elif not at and now <= due:
            add((12, due, ACTIVE, 0, 0))
        else:
            add((12, due, LATE if at else OVERDUE, due + 1, at))
    return rows


def plain_iso(case: dict[str, Any]) -> list[Row]:
    """Return the duties of *case*, whose instants are ISO 8601 text, parsed at every call."""
    return plain(
        {
            "as_of": micros(case["as_of"]),
            "facts": case["facts"],
            "events": [{"type": event["type"], "at": micros(event["at"])} for event in case["events"]],
        }
    )


def micros(text: str) -> int:
    """Return the instant *text* in microseconds; a double holds them exactly until the year 2255."""
    return round(datetime.fromisoformat(text).timestamp() * MICROS)
