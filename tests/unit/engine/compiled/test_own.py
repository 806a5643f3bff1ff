"""What the compiled evaluator judges without the reference comes to what the reference comes to, brief and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.engine.compiled.compiled import compiled
from policyengine.engine.reference import evaluate as reference
from policyengine.model.assessment import in_brief
from tests.support.lab import at, log, policy

if TYPE_CHECKING:
    from policyengine.prepare.prepared import Prepared

EVERY = "{id: a, must: answer, upon: start, every: "
CHAINED = EVERY + "{since_last_act: {hours: 4}}}"
OLDEST = EVERY + "day, late: oldest_open}"
TIMES = EVERY + '{at: ["09:00", "17:00"]}}'
EACH = "{id: a, must: answer, upon: start, each: true, deadline: {within: {hours: 2}}}"
KEYED = "{id: a, must: answer, upon: start, each: true, key: dept, deadline: {within: {hours: 2}}, until: stop}"
UNKNOWN = "{id: a, must: answer, upon: start, when: {flag: true}, deadline: {within: {hours: 1}}}"
GRADED = """\
{id: a, must: answer, upon: start, when: {grade: low}, deadline: {within: {hours: 3}}}
{id: b, must: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 6}}}
"""
BY_GRADE = """\
counting:
  regrading: {up: capped, down: retroactive, other: retroactive}
"""
CHANGED = ("9:00 start", "10:00 change grade=high")
ASKED = ("9:00", "10:00", "12:30", "+2 0:00", "+4 12:00", "+40 8:00", "+400 8:00")
TWO_VERSIONS = "versions: [{in_force: {to: 2026-03-03}}, {in_force: {from: 2026-03-03}}]\n"
DEFEAT = "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}\n"
ON_CLASS = "{id: a, must: answer, upon: start, when: {class: {at_least: mid}}, deadline: {within: {hours: 2}}}"
CLASS_CHANGES = "\n{id: b, must: tell, upon: start, unless: {class: low}, deadline: {within: {hours: 1}}}"
CLASS = """\
tables:
  - derives: class
    clause: "LAB:1"
    rows:
      - {when: {flag: true}, then: high}
      - {when: {amount: {at_least: 10}}, then: mid}
    else: low
"""
BREACH = "{id: b, must_not: tell, upon: start, bearer: unit}\n{id: a, must: punish, upon: {breached: b}, each: true}"
LATER_DEFEAT = """\
{id: b, may: tell, upon: [{event: tell, where: {means: x}}, start], each: true, in_person: true, defeats: a}
{id: a, may: answer, when: {flag: true}}
"""
LATER = """\
{id: a, must: answer, upon: start, deadline: {latest: [{within: {hours: 24}}, {within: {days: 6}, of: {performed: b}}]}}
{id: b, must_not: tell, upon: {event: tell, where: {means: x}}, each: true, bearer: unit}
{id: c, may: tell, means: y, defeats: a}
"""


def untouched(_: Prepared) -> None:
    """Stand for the reference where it must not be asked."""
    pytest.fail("the reference was asked")


def given(case: pe.Case) -> dict[str, object]:
    """Return *case* as data."""
    parts = ("sets", "attributes", "by", "to")
    events = [
        {"id": each.id, "type": each.type, "at": each.at.micros}
        | {name: value for name in parts if (value := getattr(each, name))}
        for each in case.events
    ]
    return {"case": case.id, "facts": dict(case.facts), "events": events}


def same(loaded: pe.Policy, case: pe.Case, when: str) -> pe.Assessment:
    """Return the reference's answer, which is the compiled one, given as a case or as data, in brief or in full."""
    expected = pe.evaluate(loaded, case, as_of=at(when), evaluator="reference")
    brief = tuple(in_brief(each) for each in expected.duties if each.exists)
    found = pe.evaluate(loaded, case, as_of=at(when))
    assert (found.standings, found) == (brief, expected)
    if not any(each.partial for each in case.events):
        data = compiled(loaded)(given(case), at(when))
        assert (data.standings, data) == (brief, expected)
    return expected


@pytest.mark.parametrize(
    ("loaded", "entries", "facts"),
    [
        pytest.param((EVERY + "day}",), ("9:00 start", "+1 8:00 answer", "+3 9:00 answer"), {}, id="every day"),
        pytest.param((EVERY + "day}",), ("0:00 start", "0:00 answer"), {}, id="every day, from midnight on"),
        pytest.param((EVERY + "working_day}",), ("0:00 start", "+5 9:00 answer"), {}, id="every working day"),
        pytest.param((EVERY + "week}",), ("9:00 start",), {}, id="every week, the first of it not begun"),
        pytest.param((EVERY + "month}",), ("9:00 start", "+70 9:00 answer"), {}, id="every month of years"),
        pytest.param((TIMES,), ("8:00 start", "9:00 answer", "+1 9:01 answer"), {}, id="at times of day"),
        pytest.param((TIMES,), ("17:00 start",), {}, id="at times of day, over the turn of a year"),
        pytest.param((CHAINED,), ("8:00 start", "11:00 answer", "16:00 answer"), {}, id="since the last act"),
        pytest.param((OLDEST,), ("9:00 start", "+3 8:00 answer", "+3 9:00 answer"), {}, id="late acts, for the oldest"),
        pytest.param(
            (EVERY + "day, until: stop, waived_by: halt}",),
            ("0:00 start", "+1 9:00 answer", "+2 9:00 halt", "+3 9:00 stop"),
            {},
            id="recurring, waived",
        ),
        pytest.param(
            (EVERY + "day, when: {flag: true}, unless: {other: true}}",),
            ("0:00 start", "+1 9:00 change flag=false", "+3 9:00 change flag=true"),
            {"flag": True, "other": False},
            id="recurring, out of force for a time",
        ),
        pytest.param((EVERY + "day, when: {flag: true}}",), ("0:00 start", "9:00 answer"), {}, id="recurring, unknown"),
        pytest.param(
            (EVERY + "day}\n{id: b, must: tell, upon: {violated: a}, deadline: {within: {hours: 2}}}",),
            ("0:00 start",),
            {},
            id="upon a period missed",
        ),
        pytest.param(
            (EVERY + "day}\n{id: b, must: tell, upon: {violated: a}, each: true}",), ("0:00 start",), {}, id="upon each"
        ),
        pytest.param((EACH,), ("9:00 start", "9:30 begin", "10:00 answer"), {}, id="each"),
        pytest.param((EACH,), ("9:00 stop",), {}, id="each, of which there is none"),
        pytest.param(
            (KEYED,),
            ("9:00 start dept:x", "9:30 start dept:y", "10:00 answer dept:y", "10:30 stop dept:x"),
            {},
            id="told apart by a key",
        ),
        pytest.param(
            (EACH + "\n{id: b, must: tell, upon: {violated: a}, each: true, deadline: {within: {days: 1}}}",),
            ("9:00 start", "9:30 start", "10:00 answer", "18:00 tell"),
            {},
            id="each, upon each",
        ),
        pytest.param((BREACH,), ("9:00 start", "9:30 tell @unit", "10:00 tell @chief"), {}, id="upon each breach"),
        pytest.param((GRADED, BY_GRADE), CHANGED, {"grade": "low"}, id="capped by what was running"),
        pytest.param(
            (GRADED, BY_GRADE),
            ("9:00 start", "9:30 answer", "10:00 change grade=top"),
            {"grade": "low"},
            id="not capped",
        ),
        pytest.param(
            (DEFEAT + "{id: b, must: tell, upon: anchor, until: stop, defeats: a}",),
            ("9:00 start", "10:00 anchor", "10:30 stop"),
            {},
            id="defeated for a time",
        ),
        pytest.param((DEFEAT + "{id: b, must: tell, defeats: a}",), ("9:00 start",), {}, id="defeated throughout"),
        pytest.param(
            (UNKNOWN + "\n{id: b, must: tell, upon: {violated: a}}",), ("9:00 start",), {}, id="upon what is unknown"
        ),
        pytest.param(
            (UNKNOWN + "\n{id: b, must: tell, upon: start, deadline: {within: {hours: 2}, of: {performed: a}}}",),
            ("9:00 start", "9:10 answer"),
            {},
            id="counted from what is unknown",
        ),
        pytest.param((ON_CLASS, CLASS), ("9:00 start", "9:30 change amount=12"), {"flag": False}, id="a derived fact"),
        pytest.param((ON_CLASS, CLASS), ("9:00 start",), {"amount": 12}, id="a derived fact, open and yet decided"),
        pytest.param((ON_CLASS, CLASS), ("9:00 start",), {"amount": 2}, id="a derived fact that is open"),
        pytest.param(
            (ON_CLASS + CLASS_CHANGES, CLASS),
            ("9:00 start", "9:30 change amount=2", "10:00 change flag=true"),
            {"flag": False, "amount": 12},
            id="regraded by a derived fact",
        ),
        pytest.param(
            (DEFEAT, TWO_VERSIONS), ("+2 9:00 start",), {}, id="one version takes over from another without a break"
        ),
        pytest.param(
            ("{id: a, must: answer, upon: start, to: chief, deadline: {within: {hours: 2}}}",),
            ("9:00 start", "9:10 answer >unit", "9:20 answer >chief"),
            {},
            id="an act that has to reach somebody",
        ),
        pytest.param(
            ("{id: a, must: answer, upon: {event: start, where: {dept: x}}, deadline: {within: {hours: 2}}}",),
            ("9:00 start dept:y", "9:30 start dept:x"),
            {},
            id="a trigger with an attribute",
        ),
        pytest.param(
            ("{id: a, must: answer, upon: start, when: {tags: {contains: x}}}",),
            ("9:00 start",),
            {"tags": ("y", "x")},
            id="a fact with several values",
        ),
    ],
)
def test_it_is_judged_without_the_reference(
    loaded: tuple[str, ...], entries: tuple[str, ...], facts: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, case = policy(*loaded), log(*entries, **facts)
    for when in ASKED:
        expected = pe.evaluate(made, case, as_of=at(when), evaluator="reference")
        with monkeypatch.context() as without:
            without.setattr(reference, "inquire", untouched)
            without.setattr(reference, "evaluate", untouched)
            found = pe.evaluate(made, case, as_of=at(when))
            assert (found.standings, found.duties) == (expected.standings, expected.duties)
        assert same(made, case, when) == expected


@pytest.mark.parametrize(
    ("loaded", "entries", "facts"),
    [
        pytest.param(
            ("{id: a, must: answer, upon: start, to: chief}",), ("9:00 start", "9:10 answer"), {}, id="an act to nobody"
        ),
        pytest.param(
            ("{id: a, must: answer, when: {flag: true}, to: chief, waived_by: halt}",),
            ("9:00 halt", "9:10 answer", "9:20 change flag=null"),
            {"flag": False},
            id="an act to nobody, of a duty that was waived or never was",
        ),
        pytest.param((KEYED,), ("9:00 start", "9:30 start dept:y"), {}, id="a trigger without its key"),
        pytest.param((KEYED,), ("9:00 start dept:y", "9:30 answer"), {}, id="an act without its key"),
        pytest.param(
            (UNKNOWN + "\n{id: b, must: tell, upon: {violated: a}, when: {other: true}}",),
            ("9:00 start",),
            {},
            id="two unknowns",
        ),
        pytest.param(
            (UNKNOWN + "\n{id: b, must: tell, upon: start, defeats: a, when: {other: true}}",),
            ("9:00 start",),
            {"flag": True},
            id="defeated or not",
        ),
        pytest.param((BREACH,), ("9:00 start", "9:30 tell"), {}, id="a breach by nobody knows whom"),
        pytest.param(
            (LATER,), ("9:00 tell", "10:00 tell", "11:00 tell"), {}, id="too many worlds of what stands further down"
        ),
        pytest.param(
            (LATER_DEFEAT,),
            ("8:00 start", "9:00 tell", "10:00 start", "11:00 tell", "11:30 tell"),
            {"flag": False},
            id="too many worlds of what defeats, of what does not apply",
        ),
    ],
)
def test_what_is_left_to_the_reference_comes_to_the_same(
    loaded: tuple[str, ...], entries: tuple[str, ...], facts: dict[str, object]
) -> None:
    made, case = policy(*loaded), log(*entries, **facts)
    for when in ASKED:
        assert same(made, case, when).duties


def test_more_periods_than_are_listed_are_refused() -> None:
    made = policy(EVERY + '{at: ["00:00", "06:00", "12:00", "18:00"]}}')
    case = log("9:00 start")
    for evaluator in ("reference", "compiled"):
        with pytest.raises(pe.CaseError, match="PE616"):
            _ = pe.evaluate(made, case, as_of="2050-01-01T00:00:00+08:00", evaluator=evaluator).duties
