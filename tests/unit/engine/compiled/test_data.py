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
    ],
)
def test_bad_data_are_refused_as_the_loader_refuses_them(case: dict[str, Any], code: str) -> None:
    with pytest.raises(pe.CaseError) as caught:
        _ = compiled(pe.load("changzhi"))(case, WHEN).duties
    assert code in {each.code for each in caught.value.diagnostics}, caught.value


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
