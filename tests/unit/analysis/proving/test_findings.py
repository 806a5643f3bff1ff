"""Every kind of finding: small policies that have it, and others as near as can be that have not."""

from __future__ import annotations

import pytest

from policyengine.analysis import possible
from policyengine.analysis.proving.finding import Chain, Dead, Finding, Proof, Rows, Slack
from policyengine.analysis.proving.proof import prove
from policyengine.analysis.proving.replay import shows
from policyengine.analysis.sides import DifferentVocabulariesError
from policyengine.errors import MissingExtraError
from tests.support.cases import policy_named
from tests.support.lab import policy


def proof(provisions: str, header: str = "") -> Proof:
    found = prove(policy(provisions, header), elsewhere=True)
    assert all(shows(found.side, each) for each in (*found.findings, *found.stated))
    return found


def told(found: Proof) -> list[tuple[str, ...]]:
    return [(each.kind.value, *each.subjects) for each in found.findings]


def only(found: Proof) -> Finding:
    (finding,) = (*found.findings, *found.stated)
    return finding


def values(finding: Finding) -> list[dict[str, list[object]]]:
    """Return the regions of a finding as the values of facts."""
    return [
        {name: [value for cell in cells for value in cell.values] for name, cells in region.facts}
        for region in finding.regions
    ]


READINGS = """
readings:
  r:
    question: {zh: 问, en: q}
    options: {yes: {zh: 是, en: y}, no: {zh: 否, en: n}}
    default: yes
    why: {zh: 因, en: w}
"""


@pytest.mark.parametrize(
    ("provisions", "expected"),
    [
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: speak}",
            [("contradiction", "a", "b")],
            id="what is owed is a kind of what is forbidden for good",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}\n{id: b, must_not: answer, upon: stop}",
            [("contradiction", "a", "b")],
            id="forbidden once something else has happened",
        ),
        pytest.param(
            "{id: a, must: speak, upon: start}\n{id: b, must_not: answer}", [], id="the wider act has other ways"
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: speak, until: stop}",
            [],
            id="until something happens",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: speak, bearer: chief}",
            [],
            id="somebody else is bound",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: answer, to: public}", [], id="towards somebody else"
        ),
        pytest.param(
            "{id: a, must: answer, to: public, upon: start}\n{id: b, must_not: answer, to: public}",
            [("contradiction", "a", "b")],
            id="towards the same",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, when: {flag: true}}\n{id: b, must_not: speak, when: {flag: false}}",
            [],
            id="nowhere together",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: answer, until: tell}\n{id: c, must_not: tell}",
            [("contradiction", "a", "b", "c")],
            id="what would end it is forbidden for good",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: answer, until: tell}\n"
            "{id: c, must_not: tell, until: answer}",
            [("impossible_order", "b", "c")],
            id="each waits for the other",
        ),
        pytest.param(
            "{id: a, must: tell, upon: start, deadline: {before: answer}}\n"
            "{id: b, must: answer, upon: start, deadline: {before: tell}}",
            [("impossible_order", "a", "b")],
            id="each before the other",
        ),
        pytest.param(
            "{id: a, must: tell, upon: start, deadline: {before: answer}}\n{id: b, must_not: tell, until: answer}",
            [("impossible_order", "a", "b")],
            id="before what it has to wait for",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, deadline: {before: speak}}",
            [("impossible_order", "a")],
            id="before itself",
        ),
        pytest.param(
            "{id: a, must: tell, upon: start, deadline: {before: answer}}\n{id: b, must_not: answer, until: tell}",
            [],
            id="said twice in one order",
        ),
        pytest.param(
            "{id: a, must: tell, upon: start, deadline: {before: answer}}\n"
            "{id: b, should: answer, upon: start, deadline: {before: tell}}",
            [],
            id="the other order in principle only",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start}\n{id: b, must_not: answer, until: {any: [tell, stop]}}\n"
            "{id: c, must_not: tell, until: answer}",
            [],
            id="another way out",
        ),
    ],
)
def test_acts_that_cannot_be_done(provisions: str, expected: list[tuple[str, ...]]) -> None:
    assert told(proof(provisions)) == expected


def test_where_it_is_contradictory() -> None:
    found = proof(
        "{id: a, must: answer, upon: start, when: {grade: {at_least: high}}}\n"
        "{id: b, must_not: speak, when: {flag: true}}"
    )
    finding = only(found)
    assert values(finding) == [{"grade": ["high", "top"], "flag": [True]}]
    assert finding.clauses == ("LAB:1",)
    assert [expected.check.value for each in finding.witnesses for expected in each.expected] == [
        "owed",
        "forbidding",
        "violated",
    ]


def test_under_which_readings_it_stays() -> None:
    text = "{id: a, must: answer, upon: start}\n{id: b, must_not: speak, reading: r, yes: {}, no: {until: stop}}"
    reach = only(proof(text, READINGS)).reach
    assert reach is not None
    assert (
        [(each.reading, each.option) for each in reach.gone]
        == [("r", "no")]
        == [(each.reading, each.option) for each in reach.asked]
    )
    other = prove(policy(text, READINGS), readings={"lab": {"r": "no"}}, elsewhere=True)
    assert other.findings == ()
    assert other.elsewhere is not None
    assert [(choice.option, each.subjects) for choice, each in other.elsewhere] == [("yes", ("a", "b"))]


CHAIN = """{id: a, must: answer, upon: start, deadline: {within: {hours: 48}}}
{id: b, must_not: answer, until: tell}
{id: c, must: tell, upon: start, deadline: {within: {%s}}}"""


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param("days: 5", True, id="days against hours"),
        pytest.param("hours: 48", None, id="both at the very end"),
        pytest.param("hours: 49", True, id="an hour more"),
        pytest.param("days: 1", None, id="always shorter"),
        pytest.param("days: 2", False, id="too long after all starts but midnight"),
        pytest.param("working_days: 1", False, id="too long over weekends only"),
    ],
)
def test_limits_that_what_comes_before_exceeds(length: str, expected: bool | None) -> None:
    found = proof(CHAIN % length)
    if expected is None:
        assert found.findings == ()
        return
    detail = only(found).detail
    assert isinstance(detail, Chain)
    assert (detail.always, [each.provision for each in detail.steps]) == (expected, ["c"])


@pytest.mark.parametrize(
    "provisions",
    [
        pytest.param(
            "{id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}\n"
            "{id: b, must: tell, upon: start, deadline: {within: {days: 5}}}",
            id="nothing makes it wait",
        ),
        pytest.param(
            "{id: a, must: answer, upon: tell, deadline: {within: {hours: 1}}}\n"
            "{id: b, must_not: answer, until: tell}\n"
            "{id: c, must: tell, upon: start, deadline: {within: {days: 5}}}",
            id="the limit itself begins only then",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}\n"
            "{id: b, must_not: answer, until: tell}\n"
            "{id: c, must: tell, upon: start, deadline: {promptly: true}}",
            id="no number before it",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}\n"
            "{id: b, must_not: answer, until: tell}\n"
            "{id: c, must: tell, upon: start, deadline: {within: {days: 5}}}\n"
            "{id: d, must: tell, upon: start, deadline: {within: {minutes: 5}}}",
            id="somebody else must be quicker",
        ),
    ],
)
def test_limits_that_can_be_kept(provisions: str) -> None:
    assert told(proof(provisions)) == []


def test_duties_upon_what_need_not_happen_make_nobody_quicker() -> None:
    other = "\n{id: d, must: tell, upon: %s, deadline: {within: {minutes: 5}}}"
    assert [each.subjects for each in proof(CHAIN % "days: 5" + other % "stop").findings] == [("a",)]
    assert proof(CHAIN % "days: 5" + other % "start").findings == ()


def test_a_chain_of_triggers_and_steps() -> None:
    found = proof(
        "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}\n"
        "{id: b, must_not: answer, until: forgive}\n"
        "{id: c, must: tell, upon: start, deadline: {within: {hours: 3}}}\n"
        "{id: d, must: forgive, upon: {performed: c}, deadline: {within: {hours: 3}}}"
    )
    detail = only(found).detail
    assert isinstance(detail, Chain)
    assert [each.provision for each in detail.steps] == ["c", "d"]
    assert detail.always
    assert not detail.announced_only


@pytest.mark.parametrize(
    ("provisions", "expected"),
    [
        pytest.param(
            "{id: a, must: answer, upon: start, when: {grade: low, not: {grade: {at_most: mid}}}}",
            ("dead_provision", "condition"),
            id="its condition is never true",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, when: {flag: true}, unless: {any: [{flag: true}, {other: true}]}}",
            ("dead_provision", "exception"),
            id="its exception always is",
        ),
        pytest.param(
            "{id: a, must: answer, upon: start, when: {flag: true}}\n{id: b, may: tell, defeats: a}",
            ("dead_provision", "defeated"),
            id="it is always defeated",
        ),
        pytest.param(
            "{id: a, must: punish, upon: {violated: b}, sanction: true}\n{id: b, must: answer, upon: start}",
            ("idle_sanction", "outcome"),
            id="what it punishes has no limit",
        ),
        pytest.param(
            "{id: a, must: tell, upon: {performed: b}}\n{id: b, must: answer, standing: true}",
            ("dead_provision", "outcome"),
            id="no act performs what stands",
        ),
        pytest.param(
            "{id: a, must_not: answer, until: speak}",
            ("dead_provision", "self_ended"),
            id="the act ends its prohibition",
        ),
    ],
)
def test_provisions_that_come_to_nothing(provisions: str, expected: tuple[str, str]) -> None:
    finding = only(proof(provisions))
    assert isinstance(finding.detail, Dead)
    assert (finding.kind.value, finding.detail.cause.value) == expected
    assert finding.subjects == ("a",)


@pytest.mark.parametrize(
    "provisions",
    [
        pytest.param(
            "{id: a, must: punish, upon: {violated: b}, sanction: true}\n"
            "{id: b, must: answer, upon: start, deadline: {within: {hours: 1}}}",
            id="a limit",
        ),
        pytest.param(
            "{id: a, must: punish, upon: [{violated: b}, stop], sanction: true}\n{id: b, must: answer, upon: start}",
            id="a finding besides",
        ),
        pytest.param("{id: a, must: punish, upon: {violated: b}}\n{id: b, must_not: answer}", id="a forbidden act"),
        pytest.param(
            "{id: a, must: answer, upon: start, when: {flag: true}}\n"
            "{id: b, may: tell, when: {other: true}, defeats: a}",
            id="defeated now and then",
        ),
    ],
)
def test_provisions_that_come_to_something(provisions: str) -> None:
    assert told(proof(provisions)) == []


def test_what_waits_for_the_dead_is_dead() -> None:
    found = proof(
        "{id: a, must: answer, upon: start, when: {flag: true, not: {flag: true}}, deadline: {within: {hours: 1}}}\n"
        "{id: b, must: punish, upon: {violated: a}, sanction: true}"
    )
    assert told(found) == [("dead_provision", "a"), ("idle_sanction", "b")]


TABLE = """
roles: {anybody: {title: {zh: 某人, en: anybody}}}
tables:
  - assigns: anybody
    clause: "LAB:1"
    hit: %s
    rows:
      - {when: %s, then: unit}
      - {when: %s, then: chief}
    else: %s
"""


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            ("first", "{grade: {at_least: mid}}", "{grade: high}", "unstated"),
            [("unreachable_row", "anybody", "1")],
            id="a row behind a wider one",
        ),
        pytest.param(
            ("first", "{grade: high}", "{grade: {at_least: mid}}", "unstated"), [], id="a row before a wider one"
        ),
        pytest.param(
            ("first", "{flag: true}", "{flag: false}", "deputy"),
            [("unreachable_row", "anybody", "2")],
            id="nothing is left for the else",
        ),
        pytest.param(("first", "{flag: true}", "{flag: false}", "unstated"), [], id="an else that says nothing"),
        pytest.param(
            ("unique", "{flag: true}", "{other: true}", "unstated"),
            [("overlapping_rows", "anybody")],
            id="rows that meet",
        ),
        pytest.param(("unique", "{flag: true}", "{flag: false}", "unstated"), [], id="rows that never meet"),
        pytest.param(("first", "{flag: true}", "{other: true}", "unstated"), [], id="the first one prevails"),
    ],
)
def test_tables(table: tuple[str, str, str, str], expected: list[tuple[str, ...]]) -> None:
    found = proof("{id: a, must: answer, upon: start, bearer: anybody}", TABLE % table)
    assert told(found) == expected


def test_a_table_of_facts() -> None:
    header = """
tables:
  - derives: class
    clause: "LAB:1"
    hit: unique
    rows: [{when: {flag: true}, then: low}, {when: {other: true}, then: top}]
    else: mid
"""
    finding = only(proof("{id: a, must: answer, upon: start, when: {class: top}}", header))
    assert (finding.kind.value, finding.detail) == ("overlapping_rows", Rows("class", (0, 1)))
    assert values(finding) == [{"flag": [True], "other": [True]}]


MILD = "{id: a, must: answer, upon: start, when: {grade: {at_most: mid}}, deadline: {within: {hours: 48}}}"


@pytest.mark.parametrize(
    ("graver", "expected"),
    [
        pytest.param("", (("high", "top"), ()), id="none"),
        pytest.param(
            "{id: b, must: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {days: 5}}}",
            (("high", "top"), ("b",)),
            id="a later one",
        ),
        pytest.param(
            "{id: b, must: answer, upon: start, when: {grade: high}, deadline: {within: {hours: 24}}}",
            (("top",), ()),
            id="none at the very top, told of the nearest",
        ),
        pytest.param(
            "{id: b, must: confer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 24}}}",
            None,
            id="an earlier one, for a kind of the act",
        ),
        pytest.param(
            "{id: b, must: speak, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 5}}}",
            None,
            id="an earlier one, for a wider act",
        ),
        pytest.param(
            "{id: b, should: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 5}}}",
            (("high", "top"), ()),
            id="in principle only",
        ),
        pytest.param(
            "{id: b, must: answer, upon: stop, when: {grade: {at_least: high}}, deadline: {within: {hours: 5}}}",
            (("high", "top"), ()),
            id="from another trigger on",
        ),
        pytest.param(
            "{id: b, must: tell, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 5}}}",
            (("high", "top"), ()),
            id="for something else",
        ),
    ],
)
def test_graver_cases(graver: str, expected: tuple[tuple[str, ...], tuple[str, ...]] | None) -> None:
    found = proof(f"{MILD}\n{graver}".strip())
    if expected is None:
        assert found.findings == ()
        return
    detail = only(found).detail
    assert isinstance(detail, Slack)
    milder = ("high",) if expected[0] == ("top",) else ("low", "mid")
    assert (detail.milder, detail.graver, detail.later) == (milder, *expected)


def test_a_gap_that_the_policy_states_is_no_finding() -> None:
    gaps = """
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1":
      {number: "1", digest: "0000000000000000", says: {zh: 试验, en: lab}, provisions: [a], gaps: [g]}
gaps:
  - id: g
    title: {zh: 空, en: g}
    clause: "LAB:1"
    missing: {zh: 缺, en: m}
    when: {grade: {at_least: high}}
    instead_of: a
"""
    found = prove(policy(MILD, gaps))
    assert found.findings == ()
    assert [each.stated for each in found.stated] == [("g",)]
    assert shows(found.side, found.stated[0])


def test_what_is_given_is_settled() -> None:
    assert prove(policy(MILD), given={"grade": "low"}).findings == ()
    text = "{id: a, must: answer, upon: start, when: {flag: true}}\n{id: b, must_not: answer}"
    assert prove(policy(text), given={"flag": True}).findings[0].witnesses[0].case.facts == {"flag": True}


MANY = ", ".join(f"{{tags: {{contains: t{number}}}}}" for number in range(9))
TOO_MUCH = f"{{id: a, must: answer, upon: start, when: {{any: [{MANY}]}}}}"


def test_what_is_too_much_to_enumerate_is_left_to_z3() -> None:
    found = prove(policy(TOO_MUCH))
    assert (found.findings, found.undecided) == ((), ())


def test_without_z3_it_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise MissingExtraError("solver")

    monkeypatch.setattr(possible, "possible", missing)
    found = prove(policy(TOO_MUCH))
    assert found.findings == ()
    assert [(each.kind.value, each.subjects) for each in found.undecided] == [("dead_provision", ("a",))]


def test_only_policies_of_one_vocabulary_stand_beside_one_another() -> None:
    with pytest.raises(DifferentVocabulariesError):
        prove(policy(MILD), beside=(policy_named("changzhi"),))
