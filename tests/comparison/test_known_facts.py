"""What a lawyer found by hand about the five regulations: computed here, and every case judged anew by `evaluate`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.analysis.degrees import Degree, answers, degree
from policyengine.analysis.sides import Side
from policyengine.analysis.standings import overall
from policyengine.analysis.strictness import Demand, Finding, between
from policyengine.model.provision import Strength
from policyengine.temporal.instant import HOUR
from tests.support.cases import policy_named

if TYPE_CHECKING:
    from policyengine.model.case import Case, FactValue
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant

NOTICE, RULES = "state-council-2016-61", "state-council-2016-80"
GRADES = ("event_severity", "sentiment_severity")


def graded(grade: str, **facts: FactValue) -> dict[str, FactValue]:
    """Return both grades as *grade*, within the agency's remit, and *facts*."""
    return {"in_remit": True, **dict.fromkeys(GRADES, grade), **facts}


def detected(facts: Mapping[str, FactValue]) -> pe.Case:
    """Return a case in which sentiment is detected on a Tuesday morning."""
    event = {"id": "e1", "type": "detected", "at": "2024-03-05T09:00:00+08:00"}
    return pe.Case.from_text(json.dumps({"case": "detected", "facts": dict(facts), "events": [event]}))


@cache
def relation(regulation: str, parent: str, act: str, grade: str) -> Relation | None:
    """Return how *regulation* stands to *parent* about *act* where both grades are *grade*."""
    policies = [policy_named(each) for each in (regulation, parent)]
    rows = compare(policies, against=[policies[1].id], topics=[act], grades=[grade]).rows
    return overall([each for row in rows for each in row.cells[0].standings])


def held(one: str, other: str, provision: str, given: Mapping[str, FactValue]) -> Demand:
    """Return what is found about *provision* of *other*, which *one* should cover where *given* is settled."""
    sides = (Side.of(policy_named(each)) for each in (one, other))
    (found,) = between(*sides, only=(provision,), given=given).demands
    return found


def judged(policy: str, demanded: Provision, case: Case, as_of: Instant, *, own: bool) -> Degree:
    """Return the most that `evaluate` finds in *case*: of *demanded* itself, or (*own*) about its act."""
    loaded = policy_named(policy)
    found = [
        degree(duty)
        for duty in pe.evaluate(loaded, case, as_of=as_of).duties
        if (own and answers(duty, demanded.act, demanded.strength, loaded.vocabulary))
        or (not own and duty.provision == demanded.id)
    ]
    return max(found, default=Degree.NOTHING)


def replayed(one: str, other: str, found: Demand) -> tuple[Degree, Degree]:
    """Return what *other* finds of its demand in the case that shows it, and what *one* finds about the act."""
    shown = found.counterexample
    assert found.finding is Finding.REFUTED
    assert shown is not None
    theirs = judged(other, found.provision, shown.case, shown.as_of, own=False)
    ours = judged(one, found.provision, shown.case, shown.as_of, own=True)
    assert (theirs, ours) == (shown.found, shown.instead)
    return theirs, ours


SILENT = [
    pytest.param("hold_press_conference", "press-conference", "major", 24, id="major: no press conference"),
    pytest.param("respond", "respond", "larger", 48, id="larger: no response"),
]


@pytest.mark.parametrize(("act", "provision", "grade", "hours"), SILENT)
def test_anshan_is_silent_on_the_middle_grades(act: str, provision: str, grade: str, hours: int) -> None:
    assert relation("anshan", NOTICE, act, grade) is Relation.GAP
    found = held("anshan", NOTICE, provision, graded(grade))
    assert replayed("anshan", NOTICE, found) == (Degree.VIOLATED, Degree.NOTHING)
    assert found.counterexample is not None
    events = found.counterexample.case.events
    assert [each.type for each in events] == ["detected"]
    assert found.counterexample.as_of.plus(-1) == events[0].at.plus(hours * HOUR)
    assert found.counterexample.rows == ()


def test_anshan_speaks_again_at_both_ends() -> None:
    assert relation("anshan", NOTICE, "respond", "ordinary") is Relation.EQUAL
    assert relation("anshan", NOTICE, "hold_press_conference", "extraordinary") is Relation.LOOSER


def test_anshan_owes_no_word_at_all_on_a_major_event() -> None:
    assert relation("anshan", RULES, "publish_authoritative_information", "major") is Relation.GAP
    found = held("anshan", RULES, "authoritative-information", graded("major"))
    assert replayed("anshan", RULES, found) == (Degree.VIOLATED, Degree.NOTHING)


def test_xincheng_has_no_public_limit_of_its_own() -> None:
    policy = policy_named("xincheng")
    public = {"respond", "publish", "hold_press_conference", "publish_authoritative_information", "publish_update"}
    kinds = {kind for act in public for kind in policy.vocabulary.kinds(act)}
    numbered = {
        node.act
        for each in policy.provisions
        for node in each.nodes()
        if node.strength is not Strength.MAY and node.deadline is not None and not node.deadline.promptly
        if any(single.within is not None for single in node.deadline.singles())
    }
    assert numbered == {"notify_units"}
    assert not numbered & kinds


PUBLIC = [
    pytest.param("ordinary", False, Relation.LOOSER, Degree.OWED, id="ordinary: owed without a number"),
    pytest.param("larger", False, Relation.REFERRED, Degree.OWED, id="larger, not online: owed without a number"),
    pytest.param("larger", True, Relation.REFERRED, Degree.NOTHING, id="larger, online and sudden: referred elsewhere"),
]


@pytest.mark.parametrize(("grade", "online", "expected", "finds"), PUBLIC)
def test_after_48_hours_nothing_is_late_in_xincheng(
    grade: str, online: bool, expected: Relation, finds: Degree
) -> None:
    assert relation("xincheng", NOTICE, "respond", grade) is expected
    found = held("xincheng", NOTICE, "respond", graded(grade, online_sudden_sensitive=online))
    assert replayed("xincheng", NOTICE, found) == (Degree.VIOLATED, finds)


def test_changzhis_hour_is_softer_in_force_than_the_five() -> None:
    assert relation("changzhi", RULES, "publish_authoritative_information", "major") is Relation.INCOMPARABLE
    found = held("changzhi", RULES, "authoritative-information", graded("major"))
    assert replayed("changzhi", RULES, found) == (Degree.VIOLATED, Degree.DEPARTED)
    assert found.counterexample is not None
    assert found.counterexample.as_of.plus(-1) == found.counterexample.case.events[0].at.plus(5 * HOUR)


def test_changzhis_hour_is_shorter_in_number_than_the_five() -> None:
    found = held(RULES, "changzhi", "first-bulletin", graded("major"))
    assert replayed(RULES, "changzhi", found) == (Degree.DEPARTED, Degree.OWED)
    assert found.counterexample is not None
    assert found.counterexample.as_of.plus(-1) == found.counterexample.case.events[0].at.plus(HOUR)


LIMITS = [
    pytest.param("press-conference", "extraordinary", 24, id="24 hours, extraordinary"),
    pytest.param("press-conference", "major", 24, id="24 hours, major"),
    pytest.param("respond", "larger", 48, id="48 hours, larger"),
    pytest.param("respond", "ordinary", 48, id="48 hours, ordinary"),
]


@pytest.mark.parametrize(("provision", "grade", "hours"), LIMITS)
def test_hubei_equals_the_notice_on_limits(provision: str, grade: str, hours: int) -> None:
    there = held("hubei", NOTICE, provision, graded(grade))
    back = held(NOTICE, "hubei", provision, graded(grade))
    assert (there.finding, back.finding) == (Finding.COVERED, Finding.COVERED)
    assert there.covered_in
    assert back.covered_in
    assert relation("hubei", NOTICE, there.provision.act, grade) is Relation.EQUAL
    case = detected(dict.fromkeys(GRADES, grade))
    due = case.events[0].at.plus(hours * HOUR)
    for as_of, expected in ((case.events[0].at, Degree.OWED), (due, Degree.OWED), (due.plus(1), Degree.VIOLATED)):
        both = [judged(each, there.provision, case, as_of, own=True) for each in ("hubei", NOTICE)]
        assert both == [expected, expected]


def test_meihekous_five_hours_leave_out_other_events() -> None:
    assert relation("meihekou", RULES, "publish_authoritative_information", "major") is Relation.LOOSER
    found = held("meihekou", RULES, "authoritative-information", graded("major"))
    assert replayed("meihekou", RULES, found) == (Degree.VIOLATED, Degree.OWED)
    assert found.counterexample is not None
    assert found.counterexample.case.facts["event_kind"] == "other_event"
    assert found.counterexample.as_of.plus(-1) == found.counterexample.case.events[0].at.plus(5 * HOUR)


@pytest.mark.parametrize("kind", ["safety_accident", "natural_disaster"])
def test_meihekous_five_hours_hold_for_safety_and_disasters(kind: str) -> None:
    given = graded("major", event_kind=kind)
    assert held("meihekou", RULES, "authoritative-information", given).finding is Finding.COVERED
    case = detected(given)
    late = case.events[0].at.plus(5 * HOUR + 1)
    demanded = held("meihekou", RULES, "authoritative-information", given).provision
    assert [judged(each, demanded, case, late, own=True) for each in ("meihekou", RULES)] == [Degree.VIOLATED] * 2
