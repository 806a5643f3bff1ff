"""Gaps are the compiled evaluator's own, asked for with the duties or without, also where an unknown brings them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.engine.compiled.evaluator import gaps
from policyengine.engine.question import Question
from policyengine.engine.reference import evaluate as reference
from tests.support.cases import examples
from tests.support.lab import at, log, policy

if TYPE_CHECKING:
    from policyengine.prepare.prepared import Prepared

UNKNOWN = "{id: a, must: answer, upon: start, when: {flag: true}, deadline: {within: {hours: 1}}}"
TWO_UNKNOWN = UNKNOWN + "\n{id: b, must: tell, upon: start, when: {other: true}, deadline: {within: {hours: 2}}}"
GAP = """\
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1":
      number: "1"
      digest: "0000000000000000"
      says: {zh: 试, en: t}
      provisions: [%s]
      gaps: [silence]
gaps:
  - {id: silence, title: {zh: 空白, en: silence}, clause: "LAB:1", missing: {zh: 无期限, en: no limit}, %s}
"""
ASKED = ("9:00", "9:30", "10:30", "12:00", "+3 0:00")


def untouched(*_: Prepared, **__: object) -> None:
    pytest.fail("the reference was asked")


def loaded(provisions: str, gap: str) -> pe.Policy:
    names = ", ".join(line[len("{id: ")] for line in provisions.splitlines())
    return policy(provisions, header=GAP % (names, gap))


@pytest.mark.parametrize(
    ("gap", "entries", "facts", "expected"),
    [
        pytest.param("upon: start", ("9:00 start",), {}, "gap", id="an event"),
        pytest.param("upon: {violated: a}", ("9:00 start",), {"flag": True}, "gap", id="a violation"),
        pytest.param("upon: {violated: a}", ("9:00 start",), {"flag": False}, None, id="no violation"),
        pytest.param("upon: {violated: a}", ("9:00 start",), {}, "undetermined", id="a violation if the fact holds"),
        pytest.param(
            "upon: {performed: a}", ("9:00 start", "9:10 answer"), {}, "undetermined", id="an act if the fact holds"
        ),
        pytest.param(
            "upon: [{violated: a}, anchor]", ("9:00 start", "9:10 anchor"), {}, "gap", id="a violation or an event"
        ),
        pytest.param(
            "upon: {violated: a}, in_force: {to: 2026-03-03}", ("9:00 start",), {}, "undetermined", id="in force then"
        ),
        pytest.param(
            "upon: {violated: a}, in_force: {from: 2026-03-03}", ("9:00 start",), {}, None, id="not in force then"
        ),
        pytest.param(
            "upon: {violated: a}, when: {other: true}", ("9:00 start",), {}, "undetermined", id="unknown twice over"
        ),
        pytest.param(
            "upon: {violated: a}, when: {other: true}", ("9:00 start",), {"other": False}, None, id="not so in any case"
        ),
    ],
)
def test_one_unknown_leaves_open_whether_a_gap_is_met(
    gap: str,
    entries: tuple[str, ...],
    facts: dict[str, object],
    expected: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, case = loaded(UNKNOWN, gap), log(*entries, **facts)
    kinds: list[str | None] = []
    for when in ASKED:
        known = pe.evaluate(made, case, as_of=at(when), evaluator="reference")
        kinds.append(next((each.kind.value for each in known.gaps), None))
        with monkeypatch.context() as without:
            without.setattr(reference, "inquire", untouched)
            assert gaps(made, case, at(when)) == known.gaps
            assert pe.evaluate(made, case, as_of=at(when)).gaps == known.gaps
    assert kinds[-1] == expected


def test_two_unknowns_are_left_to_the_reference() -> None:
    made = loaded(TWO_UNKNOWN, "upon: [{violated: a}, {violated: b}]")
    for facts, kind in (({}, "undetermined"), ({"flag": True}, "gap"), ({"flag": False, "other": False}, None)):
        case = log("9:00 start", **facts)
        known = pe.evaluate(made, case, as_of=at("12:00"), evaluator="reference")
        assert [each.kind.value for each in known.gaps] == ([] if kind is None else [kind])
        assert gaps(made, case, at("12:00")) == pe.evaluate(made, case, as_of=at("12:00")).gaps == known.gaps


def test_a_log_that_ends_early_leaves_open_what_it_may_leave_out() -> None:
    made = loaded(UNKNOWN, "upon: {violated: a}")
    case = pe.Case("one", {"flag": True}, log("9:00 start").events, known_until=at("9:30"))
    for when in ASKED:
        known = pe.evaluate(made, case, as_of=at(when), evaluator="reference")
        assert gaps(made, case, at(when)) == known.gaps


def test_of_worked_cases() -> None:
    met = 0
    for each in examples():
        for ask in each.asks:
            for made, chosen in ((each.bench.policies[name], ask.choose.get(name)) for name in ask.policies):
                beside = tuple(each.bench.policies[name] for name in ask.policies)
                whole = Question(ask.case, ask.as_of, None, "reference", beside).answer(made, chosen)
                assert gaps(made, ask.case, ask.as_of, chosen, beside=beside) == whole.gaps
                met += len(whole.gaps)
    assert met
