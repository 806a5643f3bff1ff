"""Cases given as data: read in one pass if they are as most are, else by the loader, which says what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

import policyengine as pe
from policyengine.engine.compiled.compiled import compiled

WHEN = "2025-10-09T00:45:00+08:00"
MICROS = pe.Instant.parse(WHEN).micros
EVENT = {"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00"}
CASE: dict[str, Any] = {"case": "demo", "facts": {"event_severity": "major"}, "events": [EVENT]}


def changed(**keys: object) -> dict[str, Any]:
    """Return the case with *keys* of its only event changed."""
    return {**CASE, "events": [{**EVENT, **keys}]}


def test_text_and_whole_numbers_are_the_same_instants() -> None:
    judge = compiled(pe.load("changzhi"))
    number = changed(at=pe.Instant.parse(EVENT["at"]).micros)
    assert judge(CASE, WHEN) == judge(number, MICROS) == judge(number, pe.Instant(MICROS))


def several(*ids: object, **keys: object) -> list[dict[str, Any]]:
    """Return the event once for each of *ids*."""
    return [{**EVENT, "id": each, **keys} for each in ids]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(CASE, id="as most are"),
        pytest.param({"case": "demo", "events": [EVENT]}, id="no facts"),
        pytest.param({"case": "demo", "events": []}, id="nothing at all"),
        pytest.param(changed(at="2025-10-08T15:30:00Z"), id="UTC"),
        pytest.param(changed(at="2025-10-08 23:30+08:00"), id="written otherwise"),
        pytest.param(changed(at="2025-10-08T24:00:00+08:00"), id="24:00"),
        pytest.param(changed(sets={"event_severity": "larger"}), id="an event that sets a fact"),
        pytest.param(changed(sets={"event_severity": None}), id="an event that makes a fact unknown"),
        pytest.param(changed(by="bureau_office", to="police", note="words"), id="more keys"),
        pytest.param(changed(at="2025-10-10T00:00:00+08:00"), id="later than asked about"),
        pytest.param({**CASE, "events": [EVENT, EVENT]}, id="the same event twice"),
        pytest.param({**CASE, "events": [EVENT, {**EVENT, "id": "e0", "at": "2025-10-01T00:00Z"}]}, id="out of order"),
        pytest.param({**CASE, "events": [EVENT, {"id": "r", "retracts": "e1", "at": WHEN}]}, id="a retraction"),
        pytest.param({**CASE, "known_until": "2025-10-08T23:59:00+08:00"}, id="a log known up to some instant"),
        pytest.param({**CASE, "facts": {"event_severity": None}}, id="an unknown fact"),
        pytest.param({**CASE, "scope": "agency"}, id="the agency's own log"),
        pytest.param({"case": "demo", "scope": "agency", "events": [EVENT]}, id="the agency's own log, no facts"),
        pytest.param({"case": "demo", "known_until": WHEN, "events": [EVENT]}, id="a log known up to then, no facts"),
        pytest.param({**CASE, "events": several("e1", "e2", "e3")}, id="ids that rise"),
        pytest.param({**CASE, "events": several("e9", "e10", "e11")}, id="ids that do not"),
        pytest.param({**CASE, "events": [EVENT, *several("e2", "e3", at="2025-10-10T00:00Z")]}, id="again, later"),
        pytest.param({**CASE, "events": [*several("a", "b"), {**EVENT, "id": "c", "by": "police"}]}, id="a role"),
    ],
)
def test_data_are_judged_as_the_case_that_they_are(case: dict[str, Any]) -> None:
    policy, written = pe.load("changzhi"), pe.Case.from_text(json.dumps(case))
    answer = compiled(policy)(case, WHEN)
    expected = pe.evaluate(policy, written, as_of=WHEN, evaluator="reference")
    assert answer.standings == expected.standings
    assert answer == expected


@pytest.mark.parametrize(
    ("case", "code"),
    [
        pytest.param(changed(type="deteced"), "PE205", id="an unknown type"),
        pytest.param(changed(type="deteced", at="2030-01-01T00:00:00Z"), "PE205", id="an unknown type, later"),
        pytest.param(changed(at="2025-10-08T23:30:00"), "PE401", id="a naive time"),
        pytest.param(changed(at="2025-13-08T23:30:00+08:00"), "PE403", id="no such month"),
        pytest.param(changed(at="0999-01-01T00:00:00+08:00"), "PE410", id="too early"),
        pytest.param(changed(at="2025-W41-3T23:30:00+08:00"), "PE402", id="a week"),
        pytest.param(changed(at="20251008T233000.1+08:00"), "PE402", id="no marks between"),
        pytest.param(changed(typ="detected"), "PE113", id="a misspelt key"),
        pytest.param(changed(sets={"event_severity": "huge"}), "PE207", id="a value that there is not"),
        pytest.param({**CASE, "facts": {"event_severity": 3}}, "PE207", id="a number for a grade"),
        pytest.param({**CASE, "facts": {"concerns_other_agency": 1}}, "PE602", id="1 is not true"),
        pytest.param({**CASE, "facts": {"severity": "major"}}, "PE206", id="an unknown fact"),
        pytest.param({**CASE, "events": [EVENT, changed(type="respond")["events"][0]]}, "PE601", id="one id twice"),
        pytest.param({**CASE, "case": ""}, "PE115", id="no name"),
        pytest.param({"facts": {}, "events": [EVENT]}, "PE114", id="no case"),
        pytest.param(changed(id=7), "PE126", id="a number for an id"),
        pytest.param({**CASE, "facts": None}, "PE128", id="no mapping of facts"),
        pytest.param({**CASE, "facts": False}, "PE115", id="false for facts"),
        pytest.param({**CASE, "facts": []}, "PE115", id="a list for facts"),
        pytest.param({"case": "demo", "events": [EVENT], "fact": {}}, "PE113", id="facts misspelt"),
        pytest.param({"case": 5, "events": [EVENT]}, "PE126", id="a number for a name"),
        pytest.param({"case": None, "events": [EVENT]}, "PE128", id="nothing for a name"),
        pytest.param({**CASE, "events": {}}, "PE115", id="an empty mapping for events"),
        pytest.param({**CASE, "events": ""}, "PE115", id="an empty text for events"),
        pytest.param({**CASE, "events": None}, "PE128", id="nothing for events"),
        pytest.param({**CASE, "events": [["id", "type", "at"]]}, "PE115", id="a list for an event"),
        pytest.param({**CASE, "events": ["abc"]}, "PE115", id="a text for an event"),
        pytest.param(
            {**CASE, "events": [*several("e1", "e2"), {**EVENT, "by": "police"}]}, "PE601", id="one id twice, apart"
        ),
        pytest.param({**CASE, "events": several("e1", "")}, "PE115", id="an empty id, last"),
        pytest.param({**CASE, "events": several("", "e1")}, "PE115", id="an empty id, first"),
        pytest.param({**CASE, "events": several("e2", "", "e1")}, "PE115", id="an empty id, between"),
        pytest.param({**CASE, "events": several("e1", 7)}, "PE126", id="a number for an id, later"),
        pytest.param({**CASE, "events": several(1, 2, 3)}, "PE126", id="numbers for ids"),
        pytest.param({**CASE, "events": several("e2", None, "e1")}, "PE128", id="nothing for an id"),
        pytest.param({**CASE, "events": several("e1", ["e2"])}, "PE115", id="a list for an id"),
        pytest.param(changed(type=None), "PE128", id="nothing for a type"),
        pytest.param(changed(type=["detected"]), "PE115", id="a list for a type"),
        pytest.param(changed(type=5), "PE115", id="a number for a type"),
        pytest.param(changed(type="Detected!"), "PE115", id="no name for a type"),
        pytest.param(changed(at=True), "PE402", id="true for a time"),
        pytest.param(changed(at=1.5), "PE402", id="half a microsecond"),
        pytest.param(changed(at=None), "PE128", id="nothing for a time"),
        pytest.param(changed(to={"police": 1}), "PE115", id="a mapping for roles"),
        pytest.param(changed(sets=[]), "PE115", id="a list for what is set"),
        pytest.param(changed(sets={"event_severity": True}), "PE207", id="true for a grade"),
        pytest.param(changed(sets={"severity": "major"}), "PE206", id="an unknown fact is set"),
        pytest.param(changed(by="Bureau!"), "PE115", id="no name for a role"),
    ],
)
def test_bad_data_are_refused_as_the_loader_refuses_them(case: dict[str, Any], code: str) -> None:
    policy = pe.load("changzhi")
    with pytest.raises(pe.CaseError) as caught:
        compiled(policy)(case, WHEN)
    with pytest.raises(pe.CaseError) as wanted:
        pe.evaluate(policy, pe.Case.from_text(json.dumps(case, ensure_ascii=False, indent=1)), as_of=WHEN)
    assert str(caught.value) == str(wanted.value)
    assert code in {each.code for each in caught.value.diagnostics}, caught.value


@pytest.mark.parametrize("at", ["0999-12-31T23:59:59Z", "9001-01-01T00:00:00Z"], ids=["early", "late"])
def test_whole_numbers_are_held_to_the_years_too(at: str) -> None:
    with pytest.raises(pe.CaseError) as caught:
        compiled(pe.load("changzhi"))(changed(at=pe.Instant.parse(at).micros), WHEN)
    assert [each.code for each in caught.value.diagnostics] == ["PE410"]


def test_events_may_come_in_any_list_and_are_read_once() -> None:
    judge = compiled(pe.load("changzhi"))
    expected = judge(CASE, WHEN)
    assert judge({**CASE, "events": (EVENT,)}, WHEN) == expected
    assert judge({**CASE, "events": {"e1": EVENT}.values()}, WHEN) == expected
    assert judge({**CASE, "events": iter([EVENT])}, WHEN) == expected


def test_nothing_of_a_case_is_kept() -> None:
    judge = compiled(pe.load("changzhi"))
    alone = judge(CASE, WHEN).standings
    judge({**CASE, "facts": {"event_severity": "larger"}, "events": several("e1", "e2", "e3")}, WHEN)
    assert judge(CASE, WHEN).standings == alone


def test_a_line_of_json_is_read_and_judged() -> None:
    policy, line = pe.load("changzhi"), json.dumps(CASE)
    assert compiled(policy)(json.loads(line), WHEN) == pe.evaluate(policy, pe.Case.from_text(line), as_of=WHEN)


def test_what_is_no_case_at_all_is_a_misuse() -> None:
    with pytest.raises(TypeError, match="mapping with the keys of a case file"):
        compiled(pe.load("changzhi"))(["events"], WHEN)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [{1, 2}, b"major", object()], ids=["a set", "bytes", "anything"])
def test_what_no_file_can_hold_is_a_misuse(value: object) -> None:
    with pytest.raises(TypeError, match="what a case file can hold"):
        compiled(pe.load("changzhi"))(changed(sets={"event_severity": value}), WHEN)


@pytest.mark.parametrize("as_of", [0.5, True, None])
def test_what_is_no_instant_is_a_misuse(as_of: object) -> None:
    with pytest.raises(TypeError, match="a time is"):
        compiled(pe.load("changzhi"))(CASE, as_of)  # type: ignore[arg-type]


def test_an_instant_beyond_the_years_is_refused() -> None:
    with pytest.raises(pe.TimeError, match="years"):
        compiled(pe.load("changzhi"))(CASE, pe.Instant.parse("9500-01-01T00:00Z").micros)


def test_microseconds_beyond_every_calendar_are_refused_at_their_place() -> None:
    with pytest.raises(pe.CaseError) as refused:
        compiled(pe.load("changzhi"))(changed(at=10**30), WHEN)
    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.span is not None) == ("PE402", True)
