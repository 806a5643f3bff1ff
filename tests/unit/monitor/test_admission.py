"""An event is refused at once, with the evaluator's own words, where the evaluator refuses the case with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.monitor import Monitor
from policyengine.monitor.judging import judge
from policyengine.prepare import log
from tests.unit.monitor.lives import few

if TYPE_CHECKING:
    from collections.abc import Sequence

POLICY, OTHER = pe.load("changzhi"), pe.load("hubei")
AT = "2025-10-08T23:30:00+08:00"
IDS = st.sampled_from(("e1", "e2", "e3", "e4"))
VALUES = st.sampled_from(("major", "mayor", True, 1, None)) | st.just(("major",))
FACTS = st.dictionaries(
    st.sampled_from(("event_severity", "concerns_other_agency", "nothing_known")), VALUES, max_size=2
)
ROLES = st.sampled_from(("responsible_unit", "nobody_known"))
EVENTS = st.builds(
    pe.Event,
    id=IDS,
    type=st.sampled_from(("detected", "graded", "unheard_of", "")),
    at=st.sampled_from((AT, "0999-12-31T00:00:00Z", "2025-10-09T00:00:00Z")),
    recorded_at=st.sampled_from((None, AT, "9001-01-01T00:00:00Z")),
    sets=FACTS,
    by=st.none() | ROLES,
    to=st.lists(ROLES, max_size=2),
    attributes=st.dictionaries(st.sampled_from(("means", "colour")), VALUES, max_size=1),
    corrects=st.none() | st.none() | IDS,
    retracts=st.none() | st.none() | IDS,
    partial=st.booleans(),
)
PLAIN = st.builds(
    pe.Event,
    id=IDS,
    type=st.sampled_from(("detected", "graded")),
    at=st.just(AT),
    corrects=st.none() | IDS,
)
TAKEN_BACK = st.builds(pe.Event, id=IDS, recorded_at=st.just(AT), retracts=IDS)


def _codes(faults: Sequence[pe.Diagnostic]) -> list[tuple[str, str, str]]:
    return [(each.code, each.message("en"), each.message("zh")) for each in faults]


@settings(few, max_examples=120)
@given(st.lists(PLAIN | TAKEN_BACK | EVENTS, max_size=8))
def test_what_the_evaluator_refuses_is_refused(events: list[pe.Event]) -> None:
    monitor, case = Monitor(POLICY, as_of="2025-10-10T00:00:00+08:00"), pe.Case(id="a")
    for event in events:
        longer, before = replace(case, events=(*case.events, event)), monitor.state()
        answer = judge(POLICY, None).tried(longer, monitor.as_of)
        if isinstance(answer, pe.CaseError):
            with pytest.raises(pe.CaseError) as refused:
                monitor.record("a", event)
            assert _codes(refused.value.diagnostics) == _codes(answer.diagnostics)
            assert monitor.state() == before
        else:
            new = event.id not in {each.id for each in case.events}
            assert monitor.record("a", event) is new
            case = longer if new else case
            assert (monitor.answer("a"),) == answer


@settings(few, max_examples=50)
@given(st.lists(PLAIN | EVENTS, max_size=4))
def test_names_that_one_of_several_policies_knows_are_taken(events: list[pe.Event]) -> None:
    monitor, case = Monitor((POLICY, OTHER), as_of="2025-10-10T00:00:00+08:00"), pe.Case(id="a")
    for event in events:
        longer = replace(case, events=(*case.events, event))
        answer = judge((POLICY, OTHER), None).tried(longer, monitor.as_of)
        if isinstance(answer, pe.CaseError):
            with pytest.raises(pe.CaseError) as refused:
                monitor.record("a", event)
            assert _codes(refused.value.diagnostics) == _codes(answer.diagnostics)
        else:
            monitor.record("a", event)
            case = longer if event.id not in {each.id for each in case.events} else case
            assert monitor.answer("a").answers == answer


def test_the_length_of_the_log_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monitor, seen = Monitor(POLICY, as_of=AT), list[int]()
    monitor.record("a", pe.Event(id="first", type="detected", at=AT))
    for number in range(200):
        monitor.record(
            "a", pe.Event(id=f"e{number}", type="graded", at=AT, corrects=f"e{number - 1}" if number else None)
        )
    told = log.case_faults

    def counted(policy: pe.Policy, case: pe.Case, beside: Sequence[pe.Policy] = ()) -> object:
        seen.append(len(case.events))
        return told(policy, case, beside)

    monkeypatch.setattr("policyengine.monitor.admission.case_faults", counted)
    monitor.record("a", pe.Event(id="plain", type="graded", at=AT))
    monitor.record("a", pe.Event(id="amends", type="graded", at=AT, corrects="e199"))
    monitor.record("a", pe.Event(id="back", retracts="amends", recorded_at=AT))
    monitor.record("a", pe.Event(id="forth", retracts="back", recorded_at=AT))
    assert seen == [1, 2, 2, 3]


MAPPINGS: tuple[tuple[dict[object, object], list[str]], ...] = (
    ({}, ["PE114", "PE114", "PE114"]),
    ({"id": "e", "type": "detected", "at": AT, "where": "here"}, ["PE113"]),
    ({"id": "e", "type": "detected", "at": "2025-10-08T23:30:00"}, ["PE401"]),
    ({"id": "e", "type": "detected", "at": "yesterday"}, ["PE402"]),
    ({"id": "e", "type": "detected", "at": "2025-02-30T23:30:00Z"}, ["PE403"]),
    ({"id": "e", "type": "detected", "at": 1759937400}, ["PE115"]),
    ({"id": 7, "type": ["detected"], "at": AT, "to": 7, "partial": "yes", "sets": [], "attributes": 1}, ["PE115"] * 6),
    ({"id": "e", "type": "detected", "at": AT, "sets": {"event_severity": {"a": 1}, 7: 1}}, ["PE115", "PE115"]),
    ({"id": "e", "type": "detected", "at": AT, "sets": {"event_severity": float("nan")}}, ["PE112"]),
    ({"id": "e", "type": "detected", "at": AT, "sets": {"event_severity": 10**5000}}, ["PE112"]),
    ({"id": "e", "type": "detected", "at": AT, "to": ["nobody", 7]}, ["PE115"]),
    ({"id": "e", "retracts": "e"}, ["PE114"]),
    ({7: "e", "id": "e", "type": "detected", "at": AT}, ["PE113"]),
)


@pytest.mark.parametrize(("given_", "codes"), MAPPINGS)
def test_a_mapping_that_is_no_event_is_refused_with_all_its_faults(given_: dict[str, object], codes: list[str]) -> None:
    monitor = Monitor(POLICY, as_of=AT)
    with pytest.raises(pe.CaseError) as refused:
        monitor.record("a", given_)
    assert [each.code for each in refused.value.diagnostics] == codes
    assert monitor.cases == ()


def test_a_mapping_is_the_event_that_it_says() -> None:
    monitor, other = Monitor(POLICY, as_of=AT), Monitor(POLICY, as_of=AT)
    said: dict[str, object] = {
        "id": "e",
        "type": "detected",
        "at": AT,
        "recorded_at": None,
        "sets": {"event_severity": "major"},
        "to": [],
    }
    monitor.record("a", said)
    other.record("a", pe.Event(id="e", type="detected", at=AT, sets={"event_severity": "major"}))
    assert monitor.state() == other.state()
    assert not monitor.record(
        "a", pe.Event(id="e", type="detected", at=AT, recorded_at=AT, sets={"event_severity": "major"})
    )


@pytest.mark.parametrize("event", ["e1", 7, None, ["e1"]])
def test_what_is_no_event_at_all_is_a_mistake_of_the_caller(event: object) -> None:
    with pytest.raises(TypeError, match="an Event or a mapping"):
        Monitor(POLICY, as_of=AT).record("a", event)  # type: ignore[arg-type]


def test_an_event_with_a_part_of_another_kind_is_one_too() -> None:
    with pytest.raises(TypeError, match="expected text"):
        Monitor(POLICY, as_of=AT).record("a", pe.Event(id=7, type="detected", at=AT))  # type: ignore[arg-type]
    with pytest.raises(pe.CaseError, match="PE112"):
        Monitor(POLICY, as_of=AT).record("a", pe.Event(id="e", type="detected", at=AT, sets={"x": float("inf")}))
