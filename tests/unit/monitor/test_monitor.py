"""A monitor by example: opening, recording, what is due, what has changed, closing, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.monitor import Monitor, Position
from policyengine.monitor.judging import Judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.monitor.judging import Answers

POLICY, OTHER = pe.load("changzhi"), pe.load("hubei")
AT = pe.Instant.parse("2025-10-08T23:30:00+08:00")
HOUR = 3_600_000_000
SETTLED: dict[str, bool | str] = {"concerns_other_agency": False, "sentiment_severity": "major"}
"""With these nothing is undetermined, so that one evaluation says all there is to say of a case."""


def _detected(name: str = "e1", at: pe.Instant = AT, severity: str = "major") -> pe.Event:
    return pe.Event(id=name, type="detected", at=at, sets={"event_severity": severity})


def _monitor(*cases: str) -> Monitor[pe.Assessment]:
    monitor = Monitor(POLICY, as_of=AT)
    for name in cases:
        monitor.record(name, _detected())
    return monitor


def _code(call: Callable[[], object]) -> str:
    with pytest.raises(pe.CaseError) as refused:
        call()
    (fault,) = refused.value.diagnostics
    assert fault.message("zh") != fault.message("en")
    return fault.code


def test_the_first_event_opens_a_case() -> None:
    monitor = _monitor("a", "b")
    assert monitor.cases == ("a", "b")
    assert monitor.answer("a") == pe.evaluate(POLICY, pe.Case(id="a", events=[_detected()]), as_of=AT)


def test_a_case_is_opened_with_all_that_is_known_of_it() -> None:
    facts: dict[str, bool | str] = {"concerns_other_agency": False, "event_severity": "major"}
    monitor = Monitor(POLICY, as_of=AT)
    monitor.open("a", facts=facts, known_until=AT.plus(-1))
    asked = pe.Case(id="a", facts=facts, known_until=AT.plus(-1))
    assert monitor.answer("a") == pe.evaluate(POLICY, asked, as_of=AT)


@pytest.mark.parametrize("scope", ["case", "agency"])
def test_a_whole_case_is_taken_over_with_its_log(scope: str) -> None:
    log = [_detected(), pe.Event(id="e2", type="graded", at=AT.plus(HOUR), sets={"event_severity": "none"})]
    # The correction stands before what it corrects, and twice: a log that the evaluator takes.
    corrected = pe.Event(id="c", type="graded", at=AT, corrects="e2", sets={"event_severity": "major"})
    case = pe.Case.from_text(f'{{"case": "a", "scope": "{scope}", "known_at": "2026-01-01T00:00:00Z"}}')
    case = pe.Case(id="a", scope=case.scope, events=[corrected, *log, corrected], known_at=case.known_at, title="t")
    monitor = Monitor(POLICY, as_of=AT.plus(2 * HOUR))
    monitor.open(case)
    assert monitor.answer("a") == pe.evaluate(POLICY, case, as_of=AT.plus(2 * HOUR))
    assert Monitor.restore(POLICY, monitor.state()).answer("a") == monitor.answer("a")


def test_what_happens_later_is_seen_later() -> None:
    monitor = _monitor()
    monitor.record("a", _detected(at=AT.plus(HOUR)))
    assert monitor.due_before(AT.plus(100 * HOUR)) == ()
    monitor.advance(AT.plus(HOUR))
    assert monitor.due_before(AT.plus(100 * HOUR)) != ()


def test_what_is_learned_late_counts_from_when_it_happened() -> None:
    monitor = _monitor("a")
    monitor.advance(AT.plus(10 * HOUR))
    monitor.changed()
    first = pe.Event(id="e0", type="detected", at=AT.plus(-HOUR), recorded_at=AT.plus(10 * HOUR))
    assert monitor.record("a", first)
    moved = {each.provision for each in monitor.changed() if each.limit_moved}
    assert "press-conference" in moved


def test_what_is_due_comes_nearest_first_over_all_cases() -> None:
    monitor = _monitor("a")
    monitor.record("b", _detected(at=AT.plus(-2 * HOUR)))
    found = monitor.due_before(AT.plus(48 * HOUR))
    late = [each.late_from for each in found if each.late_from is not None]
    assert late == sorted(late)
    assert len(late) == len(found)
    assert {each.case for each in found} == {"a", "b"}
    assert all(each.owed for each in found)
    assert (found[0].case, found[0].status) == ("b", pe.Status.OVERDUE)


def test_an_act_at_an_inclusive_limit_is_in_time() -> None:
    monitor = _monitor("a")
    due = monitor.answer("a").duty("first-bulletin").limit
    assert due is not None
    assert due.due_inclusive
    assert monitor.due_before(due.due) == ()
    assert [each.provision for each in monitor.due_before(due.due.plus(1))] == ["first-bulletin"]


def test_what_is_done_is_due_no_more() -> None:
    monitor = _monitor("a", "b")
    before = monitor.due_before(AT.plus(25 * HOUR))
    monitor.record("a", pe.Event(id="e2", type="hold_press_conference", at=AT, by="responsible_unit"))
    gone = set(before) - set(monitor.due_before(AT.plus(25 * HOUR)))
    assert {each.case for each in gone} == {"a"}
    assert "press-conference" in {each.provision for each in gone}


def test_what_has_changed_is_told_once() -> None:
    monitor = _monitor("a")
    assert all(each.before is None and each.after is not None for each in monitor.changed())
    assert monitor.changed() == ()
    monitor.advance(AT.plus(HOUR + 1))
    (late,) = monitor.changed()
    assert isinstance(late.before, Position)
    assert isinstance(late.after, Position)
    assert (late.case, late.policy, late.provision, late.instance) == ("a", POLICY.id, "first-bulletin", None)
    assert (late.before.status, late.after.status) == (pe.Status.ACTIVE, pe.Status.OVERDUE)
    assert not late.limit_moved
    assert late.after.violated_at == AT.plus(HOUR + 1)


def test_what_was_taken_back_is_told_as_gone() -> None:
    monitor = _monitor("a")
    monitor.changed()
    monitor.record("a", pe.Event(id="r", retracts="e1", recorded_at=AT))
    found = monitor.changed()
    assert found
    assert all(each.after is None and each.before is not None for each in found)
    assert {each.case for each in found} == {"a"}
    assert not any(each.limit_moved for each in found)


def test_what_moved_there_and_back_has_not_changed() -> None:
    monitor = _monitor("a")
    monitor.changed()
    monitor.record("a", pe.Event(id="r", retracts="e1", recorded_at=AT))
    monitor.due_before(AT)
    monitor.record("a", pe.Event(id="s", retracts="r", recorded_at=AT))
    assert monitor.changed() == ()


def test_a_closed_case_is_followed_no_longer() -> None:
    monitor = _monitor("a", "b")
    monitor.changed()
    monitor.record("b", pe.Event(id="r", retracts="e1", recorded_at=AT))
    monitor.due_before(AT)
    monitor.close("b")
    assert monitor.cases == ("a",)
    assert {each.case for each in monitor.due_before(AT.plus(100 * HOUR))} == {"a"}
    assert monitor.changed() == ()
    assert monitor.next_change() == monitor.next_change("a")
    monitor.close("a")
    assert monitor.next_change() is None


def test_what_cannot_be_is_refused_in_both_languages() -> None:
    monitor = _monitor("a", "closed")
    monitor.close("closed")
    before = monitor.state()
    assert _code(lambda: monitor.answer("b")) == "PE800"
    assert _code(lambda: monitor.next_change("b")) == "PE800"
    assert _code(lambda: monitor.close("b")) == "PE800"
    assert _code(lambda: monitor.record("closed", _detected("e2"))) == "PE801"
    assert _code(lambda: monitor.open("closed")) == "PE801"
    assert _code(lambda: monitor.answer("closed")) == "PE801"
    assert _code(lambda: monitor.open("a")) == "PE802"
    assert _code(lambda: monitor.open("b", facts={"event_severity": "mayor"})) == "PE207"
    assert _code(lambda: monitor.open("b", facts={"event_severity": float("inf")})) == "PE112"
    assert _code(lambda: monitor.open("b", known_until="0500-01-01T00:00:00Z")) == "PE410"
    assert _code(lambda: monitor.record("a", _detected(severity="none"))) == "PE601"
    assert _code(lambda: monitor.record("a", pe.Event(id="r", retracts="e9", recorded_at=AT))) == "PE606"
    assert monitor.state() == before


def test_time_does_not_go_back() -> None:
    monitor = _monitor("a")
    with pytest.raises(pe.TimeError, match="moves forward only"):
        monitor.advance(AT.plus(-1))
    monitor.advance(AT)
    assert monitor.as_of == AT
    for moment in ("9001-01-01T00:00:00Z", "0999-12-31T23:59:59Z"):
        with pytest.raises(pe.TimeError, match="outside the years"):
            monitor.advance(moment)
        with pytest.raises(pe.TimeError, match="outside the years"):
            Monitor(POLICY, as_of=moment)


def test_misuse_raises() -> None:
    with pytest.raises(TypeError, match="has to be loaded"):
        Monitor("changzhi", as_of=AT)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="has to be loaded"):
        Monitor([POLICY, "hubei"], as_of=AT)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="no policy"):
        Monitor([], as_of=AT)
    with pytest.raises(pe.ReadingError, match="one option"):
        Monitor(POLICY, as_of=AT, readings="all")  # type: ignore[call-overload]
    with pytest.raises(pe.ReadingError, match="unknown reading"):
        Monitor(POLICY, as_of=AT, readings={"no_such": "one"})
    with pytest.raises(TypeError, match="named by its id"):
        _monitor().record("", _detected())
    with pytest.raises(TypeError, match="named by its id"):
        _monitor().open(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="brings its own"):
        _monitor().open(pe.Case(id="a"), facts={"event_severity": "major"})


def test_chosen_readings_are_those_of_the_answers() -> None:
    monitor = Monitor(POLICY, as_of=AT, readings={"in_principle": "both"})
    monitor.record("a", _detected())
    asked = pe.Case(id="a", events=[_detected()])
    assert monitor.answer("a") == pe.evaluate(POLICY, asked, as_of=AT, readings={"in_principle": "both"})
    assert Monitor.restore(POLICY, monitor.state()).answer("a") == monitor.answer("a")


def test_several_policies_judge_side_by_side() -> None:
    readings = {POLICY.id: {"in_principle": "both"}}
    monitor = Monitor([POLICY, OTHER], as_of=AT, readings=readings)
    monitor.record("a", _detected())
    found = monitor.answer("a")
    assert found == pe.evaluate([POLICY, OTHER], pe.Case(id="a", events=[_detected()]), as_of=AT, readings=readings)
    assert {each.policy for each in monitor.changed()} == {POLICY.id, OTHER.id}
    again = Monitor.restore([POLICY, OTHER], monitor.state())
    assert again.answer("a") == found
    assert again.next_change() == monitor.next_change()


def _every_day(as_of: str) -> Monitor[pe.Assessment]:
    monitor = Monitor(pe.load("tests/policies/good/recurring.yaml"), as_of=as_of)
    monitor.open("a", facts={"level": "high"})
    return monitor


def test_a_case_that_cannot_be_judged_is_told_apart() -> None:
    monitor = _every_day("2025-05-08T12:00:00+02:00")
    monitor.record("a", {"id": "e", "type": "alarm", "at": "2024-03-01T00:00:00+01:00", "attributes": {"amount": 1}})
    monitor.record("b", {"id": "e", "type": "alarm", "at": "2025-05-08T12:00:00+02:00", "attributes": {"amount": 1}})
    assert monitor.refused() == {}
    monitor.changed()
    monitor.advance("2090-01-01T00:00:00Z")  # more periods than a row each is given to
    assert {name: [each.code for each in faults] for name, faults in monitor.refused().items()} == {
        "a": ["PE616"],
        "b": ["PE616"],
    }
    assert _code(lambda: monitor.answer("a")) == "PE616"
    assert monitor.next_change() is None
    assert monitor.due_before("2090-01-02T00:00:00Z") == ()
    monitor.record("a", {"id": "r", "retracts": "e", "recorded_at": "2090-01-01T00:00:00Z"})
    assert list(monitor.refused()) == ["b"]
    assert monitor.answer("a").case == "a"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the cases that were judged, one for each evaluation."""
    found: list[str] = []
    plain = Judge.answers

    def counted(self: Judge, case: pe.Case, as_of: pe.Instant) -> Answers:
        found.append(case.id)
        return plain(self, case, as_of)

    monkeypatch.setattr(Judge, "answers", counted)
    return found


def test_only_what_is_concerned_is_judged(judged: list[str]) -> None:
    names = [f"c{number}" for number in range(50)]
    monitor = Monitor(POLICY, as_of=AT)
    for name in names:
        monitor.open(name, facts=SETTLED)
        monitor.record(name, _detected())
    assert judged == []
    monitor.due_before(AT)
    assert judged == names
    judged.clear()
    monitor.due_before(AT.plus(99 * HOUR))
    monitor.changed()
    monitor.advance(AT.plus(1))
    monitor.due_before(AT.plus(99 * HOUR))
    assert judged == []
    monitor.record("c7", pe.Event(id="e2", type="graded", at=AT, sets={"event_severity": "extraordinary"}))
    monitor.record("c9", pe.Event(id="e2", type="graded", at=AT, sets={"event_severity": "extraordinary"}))
    monitor.due_before(AT)
    assert judged == ["c7", "c9"]
    judged.clear()
    monitor.answer("c3")
    assert judged == ["c3"]


def test_what_bears_on_nothing_is_kept_and_judged_by_nobody(judged: list[str]) -> None:
    nothing = next(each for each in POLICY.vocabulary.event_types if each not in _named())
    monitor = _monitor("a")
    monitor.due_before(AT)
    judged.clear()
    for number in range(100):
        assert monitor.record("a", pe.Event(id=f"n{number}", type=nothing, at=AT))
    monitor.due_before(AT)
    assert judged == []
    assert monitor.state().count(nothing) == 100
    # Once it is corrected into something that does bear, it has its place in the log.
    monitor.record("a", pe.Event(id="c", type="hold_press_conference", at=AT, by="responsible_unit", corrects="n7"))
    performed = monitor.answer("a").duty("press-conference").performed
    assert performed is not None
    assert performed.event == "n7"


def _named() -> set[str]:
    from policyengine.monitor.bearing import bearing

    return set(bearing((POLICY,)).types)


def test_the_next_change_of_all_costs_no_more_than_that_of_one(judged: list[str]) -> None:
    monitor = Monitor(POLICY, as_of=AT)
    for number in range(50):
        monitor.record(f"c{number}", _detected(at=AT.plus(-number)))
    monitor.due_before(AT)
    judged.clear()
    first = monitor.next_change()
    assert first == monitor.next_change()
    assert len(judged) <= 4
    assert set(judged) == {"c49"}


def test_it_is_shown_by_what_it_follows() -> None:
    assert repr(_monitor("a", "b")) == (
        "Monitor(policies=['changzhi-energy-bureau'], as_of='2025-10-08T15:30:00Z', cases=2)"
    )
