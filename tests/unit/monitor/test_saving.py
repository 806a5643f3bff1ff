"""A saved state is restored as it was, or refused with everything that is wrong with it; it never breaks anything."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.monitor import Monitor
from tests.unit.monitor.lives import few

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY, OTHER = pe.load("changzhi"), pe.load("hubei")
AT = "2025-10-08T23:30:00+08:00"
EVENTS: tuple[dict[str, object], ...] = (
    {"id": "e1", "type": "detected", "at": AT, "sets": {"event_severity": "major"}, "note": "来电"},
    {
        "id": "e2",
        "type": "graded",
        "at": AT,
        "recorded_at": "2025-10-09T23:30:00+08:00",
        "sets": {"event_severity": None},
    },
    {"id": "e3", "type": "graded", "at": AT, "corrects": "e2", "by": "responsible_unit", "to": "responsible_unit"},
    {"id": "e4", "retracts": "e3", "recorded_at": "2025-10-09T23:30:00+08:00"},
    {"id": "e5", "type": "publish_update", "at": AT, "partial": True, "attributes": {"means": ["website"]}},
)


def _monitor() -> Monitor[pe.Assessment]:
    monitor = Monitor(POLICY, as_of=AT)
    monitor.open("a", facts={"concerns_other_agency": False}, known_until="2025-12-31T00:00:00Z")
    for event in EVENTS:
        monitor.record("a", event)
    monitor.changed()
    monitor.record("b", EVENTS[0])
    monitor.open("agency", scope="agency")
    monitor.record("closed", EVENTS[0])
    monitor.close("closed")
    return monitor


STATE = _monitor().state()


def _sealed(change: Callable[[dict[str, Any]], object]) -> str:
    """Return the state as changed, with the digest that belongs to it."""
    state = json.loads(STATE)
    change(state)
    del state["digest"]
    text = json.dumps(state, separators=(",", ":"))
    return json.dumps({**state, "digest": hashlib.sha256(text.encode()).hexdigest()})


def _faults(text: str, policy: pe.Policy | list[pe.Policy] = POLICY) -> list[tuple[str, str]]:
    with pytest.raises(pe.LoadError) as refused:
        Monitor.restore(policy, text)
    found = refused.value.diagnostics
    assert all(each.message("zh") and each.help("zh") for each in found)
    return [(each.code, each.message("en")) for each in found]


def test_what_was_saved_is_restored() -> None:
    monitor, again = _monitor(), Monitor.restore(POLICY, STATE)
    assert again.state() == STATE
    assert again.cases == monitor.cases
    assert again.as_of == monitor.as_of
    assert [again.answer(name) for name in again.cases] == [monitor.answer(name) for name in monitor.cases]
    assert again.changed() == monitor.changed() != ()
    assert again.next_change() == monitor.next_change()
    assert again.state() == monitor.state() != STATE
    with pytest.raises(pe.CaseError, match="PE801"):
        again.record("closed", EVENTS[1])


def test_what_was_told_before_is_not_told_again() -> None:
    monitor = _monitor()
    monitor.changed()
    again = Monitor.restore(POLICY, monitor.state())
    assert again.changed() == ()
    later = "2025-10-10T23:30:00+08:00"
    monitor.advance(later)
    once_more = Monitor.restore(POLICY, monitor.state())
    assert once_more.changed() == monitor.changed() != ()


def test_blanks_do_not_matter() -> None:
    assert Monitor.restore(POLICY, json.dumps(json.loads(STATE), indent=1)).state() == STATE


def test_a_text_of_any_other_kind_is_no_state() -> None:
    assert _faults("{}") == _faults('[{"format": 1}]') == [("PE804", "the text is not the saved state of a monitor")]
    assert [code for code, _ in _faults('{"case": "demo", "events": []}')] == ["PE804"]
    for text in ("", "case: demo", "\ud800", '{"format": NaN}', "[" * 200_000, f'{{"format": {"1" * 5000}}}'):
        assert [code for code, _ in _faults(text)] == ["PE803"]
    for nothing in (None, 7, b"{}"):
        with pytest.raises(TypeError, match="is a text"):
            Monitor.restore(POLICY, nothing)  # type: ignore[call-overload]


def test_a_state_of_another_version_is_refused() -> None:
    for version in (0, 2, "1", None, True, [1]):
        assert [code for code, _ in _faults(_sealed(lambda state, found=version: state.update(version=found)))] == [  # type: ignore[misc]
            "PE805"
        ]


def test_a_state_of_other_policies_is_refused() -> None:
    (found,) = _faults(STATE, OTHER)
    assert found[0] == "PE806"
    assert POLICY.id in found[1]
    assert OTHER.id in found[1]
    assert [code for code, _ in _faults(STATE, [POLICY])] == ["PE806"]
    both = Monitor([POLICY, OTHER], as_of=AT).state()
    assert [code for code, _ in _faults(both, [OTHER, POLICY])] == ["PE806"]
    assert [code for code, _ in _faults(_sealed(lambda state: state["policies"][0].update(digest="0" * 16)))] == [
        "PE806"
    ]
    assert [code for code, _ in _faults(_sealed(lambda state: state.update(policies=[1])))] == ["PE806"]


def test_a_state_that_was_changed_is_refused() -> None:
    (found,) = _faults(STATE.replace('"e1"', '"e9"', 1))
    assert found[0] == "PE807"
    assert [code for code, _ in _faults(STATE.replace('"digest":"', '"digest":"0'))] == ["PE806", "PE807"]


WRONG: tuple[tuple[str, Callable[[dict[str, Any]], object], str], ...] = (
    ("no instant", lambda state: state.pop("as_of"), "at `as_of`: expected an instant in the years 1000 to 9000"),
    ("a far instant", lambda state: state.update(as_of="0001-01-01T00:00:00Z"), "at `as_of`: expected an instant"),
    ("a key too many", lambda state: state.update(more=1), "at `/`: unknown key `more`"),
    ("cases by name", lambda state: state.update(cases={}), "at `cases`: expected a list"),
    ("no case", lambda state: state["cases"].append(7), "at `cases/3`: expected a mapping"),
    ("a case twice", lambda state: state["cases"].append(state["cases"][1]), "the case `b` is already open"),
    (
        "a closed case open",
        lambda state: state["closed_cases"].append("a"),
        "at `closed_cases/1`: the case `a` is there already",
    ),
    ("a closed case twice", lambda state: state["closed_cases"].append("closed"), "the case `closed` is there already"),
    ("closed by number", lambda state: state.update(closed_cases=[7]), "at `closed_cases/0`: expected text"),
    ("an unknown reading", lambda state: state["readings"][0].update(more="x"), "unknown reading 'more'"),
    ("readings of nothing", lambda state: state.update(readings=[]), "not as many of them as policies"),
    ("readings as a list", lambda state: state.update(readings=[[]]), "at `readings/0`: expected a mapping"),
    ("no id", lambda state: state["cases"][0].update(case=""), "at `cases/0/case`: expected text"),
    ("no scope", lambda state: state["cases"][0].update(scope="all"), "at `cases/0/scope`: expected case or agency"),
    ("no title", lambda state: state["cases"][0].update(title=7), "at `cases/0/title`: expected text"),
    ("no end", lambda state: state["cases"][0].update(known_until=7), "at `cases/0/known_until`: expected an instant"),
    ("facts as a list", lambda state: state["cases"][0].update(facts=[1]), "at `cases/0/facts`: expected a mapping"),
    ("an unknown fact", lambda state: state["cases"][0].update(facts={"x": 1}), "at `cases/0`: unknown fact `x`"),
    ("no events", lambda state: state["cases"][1].pop("events"), "at `cases/1/events`: expected a list"),
    ("no event", lambda state: state["cases"][0]["events"].append(7), "at `cases/0/events/5`: expected a mapping"),
    ("a bad time", lambda state: state["cases"][0]["events"][0].update(at="x"), "at `cases/0/events/0`: `x` is not"),
    ("a bad type", lambda state: state["cases"][0]["events"][0].update(type="x"), "unknown event type `x`"),
    ("told of more", lambda state: state["cases"][0]["told"].update(entries=6), "not so many entries in the log"),
    ("told by no number", lambda state: state["cases"][0]["told"].update(entries=-1), "expected a whole number"),
    ("told by a truth", lambda state: state["cases"][0]["told"].update(entries=True), "expected a whole number"),
    ("told at no time", lambda state: state["cases"][0]["told"].pop("at"), "at `cases/0/told/at`: expected an instant"),
    ("told nothing", lambda state: state["cases"][0].update(told=[]), "at `cases/0/told`: expected a mapping"),
)


@pytest.mark.parametrize(("change", "told"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_is_wrong_is_told_with_its_place(change: Callable[[dict[str, Any]], object], told: str) -> None:
    (found,) = _faults(_sealed(change))
    assert found[0] == "PE808"
    assert told in found[1]


def test_everything_that_is_wrong_is_told() -> None:
    def change(state: dict[str, Any]) -> None:
        for _, each, _ in (WRONG[1], WRONG[2], WRONG[13], WRONG[20]):
            each(state)

    assert [code for code, _ in _faults(_sealed(change))] == ["PE808"] * 4


@settings(few, max_examples=200)
@given(st.integers(0, len(STATE) - 1), st.characters(), st.sampled_from(("cut", "put", "drop")))
def test_a_damaged_state_is_refused_or_the_same(place: int, character: str, how: str) -> None:
    text = {
        "cut": STATE[:place],
        "put": STATE[:place] + character + STATE[place + 1 :],
        "drop": STATE[:place] + STATE[place + 1 :],
    }[how]
    try:
        found = Monitor.restore(POLICY, text)
    except pe.LoadError as error:
        assert error.diagnostics  # noqa: PT017 - the other way out is none
    else:
        assert found.state() == STATE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(("a", AT, "case", "detected")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
PLACES = (
    *((name,) for name in json.loads(STATE) if name != "digest"),
    *(("cases", 0, name) for name in ("case", "title", "facts", "scope", "known_at", "known_until", "told", "events")),
    *(("cases", 0, "events", 0, name) for name in (*EVENTS[0], *EVENTS[2], *EVENTS[4], "retracts", "recorded_at")),
)


@settings(few, max_examples=300)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_anywhere_is_taken_or_refused(place: tuple[str | int, ...], value: object) -> None:
    def change(state: dict[str, Any]) -> None:
        at: Any = state
        for name in place[:-1]:
            at = at[name]
        at[place[-1]] = value

    text = _sealed(change)
    try:
        found = Monitor.restore(POLICY, text)
    except pe.LoadError as error:
        assert error.diagnostics  # noqa: PT017 - the other way out is none
    else:
        again = found.state()
        assert Monitor.restore(POLICY, again).state() == again
        found.due_before("2026-01-01T00:00:00Z")
        found.changed()
