"""What an answer says, kind of row by kind of row. Days are in March and October 2025, in Shanghai."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.model.assessment import GapKind, GapRow
from policyengine.report import assessment_text
from policyengine.temporal.limit import Step, StepKind

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.wording import Lang

GOOD = Path(__file__).parents[2] / "policies" / "good"


def at(when: str) -> pe.Instant:
    return pe.Instant.parse(f"2025-{when}:00+08:00")


def said(
    policy: pe.Policy,
    as_of: str,
    *log: tuple[str, str],
    lang: Lang = "en",
    facts: Mapping[str, FactValue] = MappingProxyType({}),
) -> dict[str, list[str]]:
    """Return the lines of an answer below each of its headings, without indentation; the header's below none."""
    events = [pe.Event(id=f"e{n}", type=kind, at=at(when)) for n, (when, kind) in enumerate(log, start=1)]
    case = pe.Case(id="one", facts=facts, events=events)
    return sections(assessment_text(policy, case, pe.evaluate(policy, case, as_of=at(as_of)), lang))


def sections(text: str) -> dict[str, list[str]]:
    assert text.endswith("\n")
    head, *parts = text.removesuffix("\n").split("\n\n")
    found = {"": head.splitlines()}
    for part in parts:
        heading, *lines = part.splitlines()
        found[heading] = [line.strip() for line in lines]
    return found


def test_facts_grades_and_presumptions() -> None:
    found = said(pe.load("changzhi"), "10-08 12:00", ("10-08 10:00", "detected"))
    assert "Grade of the sudden event: other sentiment (none, presumed)" in found[""]
    assert "- grade of the sudden event: other sentiment (none, presumed)" in found["Facts that the answer rests on"]
    owed = found["Owed now, the most urgent first (1)"]
    assert owed[0] == "- respond within 48 hours (respond)"
    assert "due Fri 2025-10-10 10:00, in 46 h" in owed
    assert "rests on presumed facts: grade of the sudden event" in owed


def test_undetermined_names_the_facts_by_title() -> None:
    found = said(pe.load("changzhi"), "10-08 12:00", ("10-08 10:00", "detected"), ("10-08 11:00", "publish"))
    rows = found["Undetermined: facts are missing (6)"]
    start = rows.index("- confirm with the other agency before publishing (confirm-with-agency)")
    assert rows[start + 1] == "these facts would settle it: the information concerns another agency"
    assert rows[start + 2].startswith("possible statuses: ")
    assert rows[start + 3 : start + 5] == [
        "if it holds, due Wed 2025-10-08 11:00",
        "must come before: publish information",
    ]
    facts = found["Facts that the answer rests on"]
    assert "- the information concerns another agency: not known" in facts


def test_in_time_late_and_just_now() -> None:
    policy = pe.load("changzhi")
    grave: dict[str, FactValue] = {"event_severity": "major"}
    log = ("10-08 10:00", "detected")
    now = said(policy, "10-08 11:00", log, facts=grave)
    assert "due Wed 2025-10-08 11:00, this very instant" in now["Owed now, the most urgent first (2)"]
    done = said(policy, "10-10 12:00", log, ("10-08 10:30", "publish_first_bulletin"), facts=grave)
    assert (
        "performed Wed 2025-10-08 10:30 by “publish first information” (e2), in time (due Wed 2025-10-08 11:00)"
        in (done["Done (2)"])
    )
    violated = done["Violations (1)"]
    assert violated == [
        "- press conference within 24 hours (press-conference)",
        "26 h late, still owed, details below",
    ]
    assert "overdue since Thu 2025-10-09 10:00, 26 h late" in done["Owed now, the most urgent first (1)"]
    late = said(policy, "10-10 12:00", log, ("10-09 10:01", "hold_press_conference"), facts=grave)
    assert (
        "performed Thu 2025-10-09 10:01 by “hold a press conference” (e2), 1 min late (due Thu 2025-10-09 10:00)"
        in late["Violations (1)"]
    )


def test_overdue_and_no_longer_owed() -> None:
    policy = pe.load("changzhi")
    events = [
        pe.Event(id="e1", type="detected", at=at("10-08 10:00"), sets={"event_severity": "major"}),
        pe.Event(id="e2", type="graded", at=at("10-09 12:00"), sets={"event_severity": "ordinary"}),
    ]
    case = pe.Case(id="one", events=events)
    found = sections(assessment_text(policy, case, pe.evaluate(policy, case, as_of=at("10-09 13:00")), "en"))
    violated = found["Violations (1)"]
    assert violated[1] == "overdue since Thu 2025-10-09 10:00, 3 h late"
    assert "no longer owed" in violated
    assert "- withdrawn" not in violated
    assert any(line.startswith("- the head of the bureau leads") for line in found["Withdrawn, waived or ended (2)"])


def test_prohibitions_permissions_and_standing_duties() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    facts: dict[str, FactValue] = {"mode": "closed", "level": "low", "urgent": True, "injured": 1, "tags": ("fire",)}
    log = (("03-03 09:00", "opened"), ("03-03 10:00", "alarm"), ("03-03 11:00", "release"), ("03-03 12:00", "approved"))
    found = said(policy, "03-03 13:00", *log, facts=facts)
    violations = found["Violations (2)"]
    assert "breached Mon 2025-03-03 11:00 by “release” (e3)" in violations
    assert "nobody may release" in violations
    assert "2 h late, still owed, details below" in violations
    prohibited = [line for heading, lines in found.items() if heading.startswith("Prohibitions") for line in lines]
    assert "until all of these: heard and approved" in prohibited
    assert "owner must not borrow" in prohibited
    assert "by: paper; phone" in prohibited
    allowed = found["Permissions (1)"]
    assert allowed[1:5] == ["available", "no act on record", "until: closed or alarm", "owner may borrow"]
    standing = found["Standing duties (1)"]
    assert standing[1:3] == ["no act on record", "keeper must watch"]
    assert (
        "last act: Mon 2025-03-03 12:30, “watch” (e5)"
        in said(policy, "03-03 13:00", *log, ("03-03 12:30", "watch"), facts=facts)["Standing duties (1)"]
    )


def test_what_a_duty_waits_for_and_who_did_not_say_so() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    facts: dict[str, FactValue] = {"injured": 1, "tags": ("fire",)}
    found = said(policy, "03-03 13:00", ("03-03 09:00", "opened"), ("03-03 10:00", "alarm"), facts=facts)
    assert found["Not started (1)"][1] == (
        "starts once this is performed: inspect before closing (inspect-before-closing)"
    )
    undetermined = [line for heading, lines in found.items() if heading.startswith("Undetermined") for line in lines]
    assert any("who acted in “opened” (e1)" in line for line in undetermined)
    waits = said(pe.load(GOOD / "days.yaml"), "03-03 13:00", ("03-03 09:00", "opened"), facts={"exempt": False})
    assert "starts with this event: alarm" in [line for lines in waits.values() for line in lines]


def test_gaps_and_referrals() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    found = said(policy, "03-03 13:00", ("03-03 09:00", "opened"), facts={"injured": 3})
    assert found["Where the text is silent or refers elsewhere (1)"] == [
        "- gap: many injured (many-injured)",
        "the text does not say: a limit",
        "stands instead of: repair at once (mend-at-once)",
        "PB:5 五: silence",
    ]
    case = pe.Case(id="one", events=[])
    answer = pe.evaluate(policy, case, as_of=at("03-03 13:00"), readings={"in_silence": "elsewhere"})
    referral = GapRow("other-rules", GapKind.REFERRAL, ("PB:5",), missing_facts=("injured",))
    text = assessment_text(policy, case, replace(answer, gaps=(referral,)), "zh")
    assert "- 援引：另见其他规定（other-rules）" in text
    assert "见《借用办法》（未收录）" in text
    assert "确定以下事实后可得出结论：受伤人数" in text


def test_a_provisional_limit_says_so() -> None:
    policy = pe.load("changzhi")
    case = pe.Case(id="one", events=[pe.Event(id="e1", type="detected", at=at("10-08 10:00"))])
    answer = pe.evaluate(policy, case, as_of=at("10-08 12:00"))
    row = answer.duty("respond")
    assert row.limit is not None
    unannounced = Step(StepKind.UNANNOUNCED, dates=(date(2027, 12, 31), date(2028, 1, 3)))
    for steps, years in (((unannounced,), "2027-2028"), ((), "2025")):
        limit = replace(row.limit, provisional=True, steps=steps)
        duties = tuple(replace(row, limit=limit) if each is row else each for each in answer.duties)
        changed = replace(answer, duties=duties)
        expected = f"provisional: the holidays of {years} are not announced yet, only weekends are counted"
        assert expected in assessment_text(policy, case, changed, "en")
        assert f"暂定：{years}年的节假日尚未公布" in assessment_text(policy, case, changed, "zh")


def test_sanctions_are_marked() -> None:
    policy = pe.load("changzhi")
    found = said(policy, "10-08 12:00", ("10-08 10:00", "passivity_found"), facts={"rectification": "inadequate"})
    rows = found["Owed now, the text gives no number (2)"]
    assert "- circular about passivity that was not put right (circular-for-inactivity) (a sanction)" in rows
    assert "the text sets no time limit, 2 h so far, since Wed 2025-10-08 10:00" in rows


def test_other_readings_are_offered() -> None:
    policy = pe.load("changzhi")
    case = pe.Case(id="one")
    answer = pe.evaluate(policy, case, as_of=at("10-08 12:00"), readings={"inactivity": "missed_limit"})
    text = assessment_text(policy, case, answer, "en")
    assert "Readings in force (to ask under another: --reading NAME=OPTION)" in text
    assert (
        "- inactivity=missed_limit: a missed limit is enough\n"
        '    Is a missed limit by itself "passivity or inaction"?\n'
        "    other options: recorded_finding (only a recorded finding is)\n"
    ) in text
    assert "- clock_start=detection (default): " in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_case(lang: Lang) -> None:
    found = said(pe.load("changzhi"), "10-08 12:00", lang=lang)
    assert "0" in found[""][-1]


def test_line_ends_in_the_users_own_texts() -> None:
    policy = pe.load("changzhi")
    event = pe.Event(id="e\n1", type="detected", at=at("10-08 10:00"))
    case = pe.Case(id="a\nb", title="c\r\nd", events=[event])
    answer = pe.evaluate(policy, case, as_of=at("10-08 12:00"))
    assert "Case a b: c d\n" in assessment_text(policy, case, answer, "en")
