"""Generated questions are accepted by the policy, reach what they aim at, and read as Python when they fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.model.assessment import Status
from policyengine.temporal.zone import Zone
from policyengine.testing import names, strategies
from policyengine.testing.strategies import Question

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[2] / "policies" / "good"


def policy(name: str) -> Policy:
    return pe.load(GOOD / f"{name}.yaml")


OUTCOMES = policy("outcomes")
PROHIBITIONS = policy("prohibitions")
DAYS = policy("days")
# All but two that need several coincidences: a thousand questions may miss them.
REACHED = {
    *(Status.ACTIVE, Status.NOT_STARTED, Status.FULFILLED, Status.FULFILLED_LATE, Status.OVERDUE, Status.WITHDRAWN),
    *(Status.ENDED, Status.UNDETERMINED, Status.OBSERVED, Status.BREACHED, Status.AVAILABLE),
    *(Status.NOT_TRIGGERED, Status.NOT_APPLICABLE, Status.NOT_IN_FORCE),
}
searching = settings(database=None, derandomize=True, deadline=None, phases=(Phase.generate,))


def answers(policy: Policy, count: int) -> list[tuple[Question, pe.Assessment]]:
    """Return questions as they are generated, with their answers."""
    found = []

    @settings(searching, max_examples=count)
    @given(strategies.questions(policy))
    def collect(question: Question) -> None:
        answer = pe.evaluate(policy, question.case, as_of=question.as_of, readings=question.readings)
        found.append((question, answer))

    collect()
    return found


@pytest.mark.unmeasured
def test_questions_reach_nearly_every_status_and_fall_on_limits_and_beside_them() -> None:
    found = [*answers(OUTCOMES, 500), *answers(PROHIBITIONS, 500)]
    assert {duty.status for _, answer in found for duty in answer.duties} >= REACHED
    limits = [(question.as_of, duty.limit) for question, answer in found for duty in answer.duties if duty.limit]
    assert {-1, 0, 1} <= {as_of.micros - limit.due.micros for as_of, limit in limits}


@pytest.mark.unmeasured
def test_what_fails_shrinks_to_little() -> None:
    def failing(log: tuple[pe.Event, ...]) -> bool:
        return any(event.type == "repair" and "level" in event.sets for event in log)

    thrifty = settings(max_examples=500, database=None, derandomize=True, deadline=None)
    log = find(strategies.event_logs(OUTCOMES), failing, settings=thrifty)
    assert [event.type for event in log] == ["opened", "repair"]
    assert [event.sets for event in log] == [{}, {"level": "low"}]
    assert log[0].at == log[1].at


@given(strategies.questions(PROHIBITIONS))
def test_a_question_reads_as_python(question: Question) -> None:
    text = repr(question)
    assert "micros" not in text
    assert eval(text, {**vars(pe), "Case": pe.Case, "Event": pe.Event, "Question": Question})[:1] == question[:1]  # noqa: S307
    assert str(question.as_of) in text


@given(strategies.event_logs(PROHIBITIONS))
def test_logs_may_be_wild_but_fit_the_vocabulary(log: tuple[pe.Event, ...]) -> None:
    assert len({each.id for each in log}) <= 8
    pe.evaluate(PROHIBITIONS, pe.Case(id="c", events=log), as_of="2025-01-01T00:00:00Z")


@pytest.mark.unmeasured
def test_logs_tell_duties_apart_do_things_in_part_and_end_early() -> None:
    occurrences = policy("occurrences")
    found = drawn(strategies.event_logs(occurrences))
    events = {event for log in found for event in log}
    assert {each.attributes["amount"] for each in events if each.type == "opened" and "amount" in each.attributes} >= {
        *(0, 1, None)
    }
    assert any(each.partial for each in events)
    ends = drawn(strategies.cases(occurrences).map(lambda case: case.known_until is None))
    assert ends == {True, False}
    assert drawn(strategies.cases(occurrences, complete=True).map(lambda case: case.known_until)) == {None}


def test_what_is_left_open_is_said_nowhere() -> None:
    case = pe.Case(
        id="c",
        facts={"level": "low", "urgent": True},
        events=[pe.Event(id="e1", type="opened", at="2025-05-06T10:00:00Z", sets={"level": "high", "risk": "low"})],
    )
    found = strategies.left_open(Question(case, case.events[0].at, {}), ["level"])
    assert (found.case.facts, found.case.events[0].sets) == ({"urgent": True}, {"risk": "low"})


def test_acts_are_done_by_whoever_a_table_may_mean() -> None:
    tables = policy("tables")
    assert names.people(tables, "one_in_charge") == ("one_in_charge", "keeper", "warden", "owner")
    by = {event.by for log in drawn(strategies.event_logs(tables), count=1000) for event in log if event.type == "tell"}
    assert by >= {"one_in_charge", "keeper", "warden", "owner", None}


def test_agency_logs_come_where_a_policy_has_agency_provisions() -> None:
    scope = strategies.cases(pe.load("changzhi")).map(lambda case: case.scope)
    assert drawn(scope) == {"case", "agency"}
    assert drawn(strategies.cases(DAYS).map(lambda case: case.scope)) == {"case"}


@given(st.data())
def test_instants_need_no_policy(data: st.DataObject) -> None:
    first = data.draw(strategies.instants())
    assert date(2023, 12, 31) <= Zone("UTC").local_date(first) <= date(2028, 1, 2)
    near = data.draw(strategies.instants(around=[first]))
    assert near is not None


def test_instants_aim_at_limits_and_jumps_of_the_clock() -> None:
    anchor = pe.Instant.parse("2025-05-06T10:00:00Z")
    limits = ("2025-05-06T12:00:00Z", "2025-05-06T11:29:59.999999Z")
    jumps = ("2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z", "2025-03-30T01:00:00Z", "2026-10-25T01:00:00Z")
    found = drawn(strategies.instants(DAYS, around=[anchor]), 1000)
    assert found.issuperset(map(pe.Instant.parse, limits))
    assert not found.isdisjoint(map(pe.Instant.parse, jumps))


def test_facts_are_known_unknown_or_absent() -> None:
    facts = drawn(strategies.facts(OUTCOMES).map(lambda each: tuple(each.items())))
    for fact in ("level", "injured", "tags", "place"):
        wanted = {(fact, value) for value in (*names.values_of(OUTCOMES, fact), None)}
        assert wanted <= {item for each in facts for item in each}
        assert any(fact not in dict(each) for each in facts)


def drawn(strategy: st.SearchStrategy[Any], count: int = 300) -> set[Any]:
    """Return what *strategy* generates in *count* draws."""
    found = set()

    @settings(searching, max_examples=count)
    @given(strategy)
    def collect(value: object) -> None:
        found.add(value)

    collect()
    return found


def test_values_lie_on_both_sides_of_what_the_policy_asks() -> None:
    assert names.values_of(OUTCOMES, "injured") == (0, -1, 1, 3, 2, 4)
    assert names.values_of(OUTCOMES, "place") == ("hall", "-")
    assert names.values_of(OUTCOMES, "tags") == ((), ("fire",), ("water",), ("fire", "water"))
    assert names.values_of(OUTCOMES, "urgent") == (True, False)


def test_a_kind_of_what_is_named_is_not_irrelevant() -> None:
    unheard = names.irrelevant_events(OUTCOMES)
    assert "visited" in unheard
    assert not {"reopened", "shut_down", "tell_all"} & set(unheard)
