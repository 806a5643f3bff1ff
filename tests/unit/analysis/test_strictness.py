"""Which policy is at least as strict as which: proved, or refuted by cases that the reference has judged."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.degrees import Degree
from policyengine.analysis.sides import DifferentVocabulariesError, Side
from policyengine.analysis.strictness import Counterexample, Demand, Finding, Strictness, between, strictness
from tests.support.cases import policy_named
from tests.support.pairs import written

COVERED, REFUTED, OPEN = Finding.COVERED, Finding.REFUTED, Finding.OPEN
NOTHING, IN_PRINCIPLE, OWED, DEPARTED, VIOLATED = Degree
START = "must: answer, upon: start"
FORBIDDEN = "must_not: answer, upon: start"


def limit(text: str) -> str:
    return f"{START}, deadline: {{{text}}}"


HOUR = limit("within: {hours: 1}")


def held(one: str, other: str, headers: tuple[str, str] = ("", "")) -> Strictness:
    """Return how the provisions of *one*, one a line, stand to those of *other*."""
    return between(*(Side.of(written(text, head)) for text, head in zip((one, other), headers, strict=True)))


def demand(found: Strictness, name: str = "a") -> Demand:
    return next(each for each in found.demands if each.provision.id == name)


def shown(found: Strictness, name: str = "a") -> tuple[Degree, Degree]:
    """Return what both policies find in the case that refutes it, the other's first."""
    example = demand(found, name).counterexample
    assert example is not None
    return example.found, example.instead


def told(example: Counterexample) -> list[str]:
    """Return the events of a counterexample, in order, with who acted and how."""
    words = ((each.type, each.by, *each.to, *each.attributes.values()) for each in example.case.events)
    return [" ".join(str(word) for word in each if word is not None) for each in words]


@pytest.mark.parametrize(
    ("one", "other", "forth", "back"),
    [
        pytest.param("must: tell, upon: start", HOUR, (VIOLATED, NOTHING), (OWED, NOTHING), id="another act"),
        pytest.param("must: answer, upon: stop", HOUR, (VIOLATED, NOTHING), (OWED, NOTHING), id="another trigger"),
        pytest.param(
            "should: answer, upon: start, deadline: {within: {hours: 1}}",
            limit("within: {hours: 5}"),
            (VIOLATED, DEPARTED),
            (DEPARTED, OWED),
            id="should in 1 h, must in 5 h: incomparable",
        ),
        pytest.param(START, "should: answer, upon: start", None, (OWED, IN_PRINCIPLE), id="in principle"),
        pytest.param("must: confer, upon: start", START, None, (OWED, NOTHING), id="a kind of the act"),
        pytest.param(f"{HOUR}, means: [a]", f"{HOUR}, means: [a, b]", None, (VIOLATED, NOTHING), id="by fewer means"),
        pytest.param(f"{HOUR}, to: public", HOUR, None, (VIOLATED, NOTHING), id="to the public"),
        pytest.param(f"{HOUR}, in_person: true", HOUR, None, (VIOLATED, NOTHING), id="in person"),
        pytest.param(START, f"{START}, until: stop", None, (OWED, NOTHING), id="until"),
        pytest.param(
            f"{START}, until: {{all: [stop, halt]}}",
            f"{START}, until: [stop, halt]",
            None,
            (OWED, NOTHING),
            id="until both, until either",
        ),
        pytest.param(START, f"{START}, waived_by: forgive", None, (OWED, NOTHING), id="waived"),
        pytest.param(f"{HOUR}, each: true", HOUR, None, (VIOLATED, NOTHING), id="each time"),
        pytest.param(f"{START}, standing: true", START, None, (OWED, NOTHING), id="acting all along"),
        pytest.param(HOUR, limit("within: {hours: 5}"), None, (VIOLATED, OWED), id="1 h and 5 h"),
        pytest.param(HOUR, START, None, (VIOLATED, OWED), id="1 h and no limit"),
        pytest.param(HOUR, limit("promptly: true"), None, (VIOLATED, OWED), id="1 h and promptly"),
        pytest.param(
            HOUR,
            limit("within: {hours: 1}, of: anchor"),
            (VIOLATED, OWED),
            (VIOLATED, OWED),
            id="of another event, each way",
        ),
        pytest.param(limit("before: start"), limit("before: begin"), None, (VIOLATED, OWED), id="before a kind of it"),
        pytest.param(
            HOUR, limit("latest: [{within: {hours: 1}}, {within: {hours: 5}}]"), None, (VIOLATED, OWED), id="the later"
        ),
        pytest.param(
            limit("earliest: [{within: {hours: 1}}, {before: stop}]"), HOUR, None, (VIOLATED, OWED), id="the earlier"
        ),
        pytest.param(
            "must_not: speak, upon: start", FORBIDDEN, None, (VIOLATED, NOTHING), id="the wider act forbidden"
        ),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, bearer: chief", None, (VIOLATED, NOTHING), id="forbidden to everybody"),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, until: stop", None, (VIOLATED, NOTHING), id="forbidden until"),
        pytest.param(
            f"{HOUR}\nid: b, must: tell, upon: {{violated: a}}",
            f"{HOUR}\nid: b, must: answer, upon: {{violated: a}}, each: true",
            None,
            None,
            id="what a violation brings about is another demand",
        ),
    ],
)
def test_each_way_it_is_proved_or_a_case_shows_it(
    one: str, other: str, forth: tuple[Degree, Degree] | None, back: tuple[Degree, Degree] | None
) -> None:
    for found, expected in ((held(one, other), forth), (held(other, one), back)):
        assert demand(found).finding is (COVERED if expected is None else REFUTED)
        assert expected is None or shown(found) == expected


@pytest.mark.parametrize(
    ("one", "other", "forth", "back"),
    [
        pytest.param("hours: 24", "working_days: 1", True, False, id="24 h, a working day"),
        pytest.param("hours: 36", "days: 1", False, False, id="36 h, a day: a case each way"),
        pytest.param("hours: 48", "days: 1", False, True, id="48 h, inclusive, a day"),
        pytest.param("days: 5", "working_days: 5", True, False, id="5 days, 5 working days"),
        pytest.param("working_days: 1", "days: 3", False, False, id="a working day, 3 days: a case each way"),
        pytest.param("days: 31", "months: 1", False, True, id="31 days, a month"),
        pytest.param("days: 30", "months: 1", False, False, id="30 days, a month: a case each way"),
        pytest.param("minutes: 60", "hours: 1", True, True, id="60 min, 1 h"),
    ],
)
def test_limits_in_different_units(one: str, other: str, forth: bool, back: bool) -> None:
    first, second = (limit(f"within: {{{each}}}") for each in (one, other))
    assert (held(first, second).holds, held(second, first).holds) == (forth, back)


def test_limits_that_days_off_move_are_compared_as_far_as_they_are_announced() -> None:
    rolled, worked = limit("within: {days: 5}, roll: next_working_day"), limit("within: {working_days: 5}")
    assert held(rolled, worked).holds is True
    assert demand(held(rolled, worked)).announced_only
    assert held(worked, rolled).holds is False
    assert not demand(held(limit("within: {days: 5}"), rolled)).announced_only


def test_a_counterexample_says_no_more_than_it_takes() -> None:
    example = demand(held(f"{HOUR}, until: stop", HOUR)).counterexample
    assert example is not None
    assert told(example) == ["start", "stop"]
    assert example.shortfall is Shortfall.ENDING
    assert [each.status.value for each in (example.duty, *example.rows)] == ["overdue", "ended"]
    assert example.as_of.micros - example.case.events[0].at.micros == 3_600_000_001


CLASSED = "must: answer, upon: start, when: {class: top}"
DERIVED = """\
tables:
  - {{derives: class, clause: "LAB:1", rows: [{{when: {{grade: {{at_least: {least}}}}}, then: top}}], else: low}}
"""


@pytest.mark.parametrize(
    ("one", "other", "headers", "where"),
    [
        pytest.param(
            f"{START}, when: {{grade: {{at_least: high}}}}",
            START,
            ("", ""),
            {"grade": ("low", "mid")},
            id="where it does not apply",
        ),
        pytest.param(
            CLASSED,
            CLASSED,
            (DERIVED.format(least="top"), DERIVED.format(least="high")),
            {"grade": ("high",)},
            id="where tables derive otherwise",
        ),
        pytest.param(f"{START}, unless: {{flag: true}}", START, ("", ""), {"flag": (True,)}, id="where it is excepted"),
        pytest.param(
            f"{START}\nid: c, may: tell, when: {{flag: true}}, defeats: [a]",
            START,
            ("", ""),
            {"flag": (True,)},
            id="where it is defeated",
        ),
    ],
)
def test_where_it_is_not_covered(
    one: str, other: str, headers: tuple[str, str], where: dict[str, tuple[object, ...]]
) -> None:
    found = demand(held(one, other, headers))
    assert found.finding is REFUTED
    (region, shortfall), *others = found.where
    assert (shortfall, others) == (Shortfall.MISSING, [])
    assert {name: tuple(value for cell in cells for value in cell.values) for name, cells in region.facts} == where
    assert found.counterexample is not None
    assert set(found.counterexample.case.facts) == set(where)
    assert bool(found.covered_in)


@pytest.mark.parametrize(
    ("one", "other", "headers"),
    [
        pytest.param(
            "must: punish, upon: start", f"{HOUR}\nid: c, may: tell, upon: stop, defeats: [a]", ("", ""), id="upon"
        ),
        pytest.param(
            "must: punish, upon: start",
            f"{HOUR}\nid: c, may: tell, in_force: {{to: 2020-01-01}}, defeats: [a]",
            ("", ""),
            id="in force",
        ),
        pytest.param(
            "must: punish, upon: start",
            f"{HOUR}\nid: c, may: tell, scope: agency, defeats: [a]",
            ("", ""),
            id="of the agency",
        ),
    ],
)
def test_what_defeats_at_times_only_hides_no_demand(one: str, other: str, headers: tuple[str, str]) -> None:
    assert shown(held(one, other, headers)) == (VIOLATED, NOTHING)


@pytest.mark.parametrize(
    "provisions",
    [
        pytest.param(f"{HOUR}\nid: c, may: tell, upon: stop, defeats: [a]", id="a defeater with a trigger"),
        pytest.param(
            f"{HOUR}\nid: c, may: tell, defeats: [a]\nid: d, may: tell, when: {{flag: true}}, defeats: [c]",
            id="a defeater that is defeated",
        ),
        pytest.param(f"{HOUR}\nid: b, must: tell, upon: {{violated: a}}", id="a duty upon a violation"),
    ],
)
def test_a_policy_is_as_strict_as_itself(provisions: str) -> None:
    assert held(provisions, provisions).holds is True


READ = """\
readings:
  r:
    question: {zh: 几小时？, en: How many hours?}
    options: {short: {zh: 短, en: short}, long: {zh: 长, en: long}}
    default: short
    why: {zh: 试, en: t}
"""


def test_readings_of_one_policy_are_held_against_each_other() -> None:
    loaded = written(limit("within: {hours: {reading: r, short: 1, long: 5}}"), READ)
    short, long = (Side.of(loaded, {"r": option}) for option in ("short", "long"))
    assert [between(short, long).holds, between(long, short).holds] == [True, False]
    assert strictness(loaded, loaded).holds is True


def test_facts_taken_as_settled() -> None:
    one, other = written(f"{START}, when: {{flag: true}}"), written(START)
    assert strictness(one, other).holds is False
    assert strictness(one, other, given={"flag": True}).holds is True


def test_only_demands_of_the_acts_asked_about() -> None:
    one, other = written(START), written(f"{START}\nid: b, must: tell, upon: start\nid: c, may: punish, upon: start")
    assert [each.provision.id for each in strictness(one, other).demands] == ["a", "b"]
    found = strictness(one, other, acts=["answer"])
    assert ([each.provision.id for each in found.demands], found.holds, found.counterexamples) == (["a"], True, ())


def test_neither_proved_nor_refuted_is_neither() -> None:
    found = held(START, f"{START}\nid: x, must: tell\nid: b, must: answer, upon: {{performed: x}}")
    assert (demand(found).finding, demand(found, "b").finding) == (COVERED, REFUTED)
    kept = held(f"{FORBIDDEN}, each: true, key: [dept]", FORBIDDEN)
    assert (demand(kept).finding is not COVERED, kept.holds is not True) == (True, True)


def test_words_of_different_vocabularies_are_not_compared() -> None:
    with pytest.raises(DifferentVocabulariesError, match="one vocabulary"):
        strictness(written(START), policy_named("changzhi"))


def test_an_instance_of_the_law_itself() -> None:
    """Changzhi's press conference within 24 hours, held against no. 61, and what it has the other way round."""
    found = strictness(policy_named("changzhi"), policy_named("state-council-2016-61"))
    assert {each.finding for each in found.demands} <= {COVERED, REFUTED, OPEN}
    for example in found.counterexamples:
        answer = pe.evaluate(found.other.policy, example.case, as_of=example.as_of)
        assert example.duty in answer.duties
