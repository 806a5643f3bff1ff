"""Laws of a log that was corrected (S1, S3, S4, S5): what is seen, as known then and as known now."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.model.case import Event
from policyengine.prepare.corrections import corrected
from policyengine.prepare.log import case_faults
from policyengine.testing import strategies
from policyengine.testing.rendering import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.temporal.instant import Instant

POLICY = pe.load(Path(__file__).parents[1] / "policies" / "good" / "outcomes.yaml")
LOGS = strategies.amended_logs(POLICY)
QUESTIONS = strategies.questions(POLICY, amended=True)
INSTANTS = strategies.instants(POLICY)


def by_hand(log: Iterable[Event]) -> tuple[Event, ...]:
    """Return the log as somebody would rewrite it who takes one entry after the other at its word."""
    entries: dict[str, Event] = {}
    for event in log:
        entries.setdefault(event.id, event)

    @cache
    def now(name: str) -> Event | None:
        about = [each for each in entries.values() if each.amends == name and now(each.id) is not None]
        if not about:
            return entries[name]
        latest = max(each.recorded for each in about)
        last = [each for each in about if each.recorded == latest][-1]
        return None if last.retracts is not None else now(last.id)

    found = ((event.id, now(event.id)) for event in entries.values() if event.amends is None)
    return tuple(replace(each, id=name, corrects=None) for name, each in found if each is not None)


def known(log: Iterable[Event], moment: Instant) -> tuple[Event, ...]:
    """Return what was recorded by *moment*, without what is about nothing that was."""
    left = [event for event in log if event.recorded <= moment]
    while dangling := [
        each for each in left if each.amends is not None and each.amends not in {one.id for one in left}
    ]:
        left = [event for event in left if event not in dangling]
    return tuple(left)


def answer(question: strategies.Question, log: Iterable[Event], known_at: Instant | None = None) -> str:
    case, as_of, readings = question
    changed = replace(case, events=tuple(log))
    return canonical(pe.evaluate(POLICY, changed, as_of=as_of, readings=readings, known_at=known_at))


def moments(log: Iterable[Event]) -> st.SearchStrategy[Instant]:
    recorded = sorted({event.recorded for event in log})
    return st.sampled_from(recorded) | INSTANTS if recorded else INSTANTS


@given(LOGS)
def test_every_generated_log_is_sound(log: tuple[Event, ...]) -> None:
    assert tuple(case_faults(POLICY, pe.Case(id="case", events=log))) == ()


@given(LOGS)
def test_a_corrected_log_is_the_log_rewritten_by_hand(log: tuple[Event, ...]) -> None:
    assert corrected(log) == by_hand(log)


@given(QUESTIONS)
def test_it_is_answered_as_the_log_rewritten_by_hand(question: strategies.Question) -> None:
    log = question.case.events
    assert answer(question, log) == answer(question, by_hand(log))


@given(QUESTIONS, st.data())
def test_as_known_then_is_the_log_of_then(question: strategies.Question, data: st.DataObject) -> None:
    log = question.case.events
    then = data.draw(moments(log))
    assert corrected(log, then) == corrected(known(log, then))
    later = [event for event in log if event.recorded > then]
    assert answer(question, log, then) == answer(question, known(log, then), then)
    earlier = [event for event in log if event.recorded <= then]  # some of it about what was recorded later only
    assert answer(question, (*later, *earlier), then) == answer(question, known(log, then), then)


@given(QUESTIONS)
def test_as_known_at_the_end_is_everything(question: strategies.Question) -> None:
    log, as_of = question.case.events, question.as_of
    last = max((as_of, *(event.recorded for event in log)))
    # Nothing but the instant itself is told apart, should the answer say as of when it was known.
    assert answer(question, log, last) == answer(question, by_hand(log), last)


@given(QUESTIONS, st.data())
def test_the_order_of_the_log_does_not_matter(question: strategies.Question, data: st.DataObject) -> None:
    log = question.case.events
    assume(len({(event.amends, event.recorded) for event in log if event.amends}) == sum(bool(e.amends) for e in log))
    standing = corrected(log)
    assume(len({event.at for event in standing}) == len(standing))
    shuffled = data.draw(st.permutations(log))
    assert sorted(corrected(shuffled), key=lambda event: event.id) == sorted(standing, key=lambda event: event.id)
    assert answer(question, shuffled) == answer(question, log)


@given(QUESTIONS)
def test_a_retracted_event_is_as_if_never_written(question: strategies.Question) -> None:
    log = question.case.events
    left = {event.id for event in corrected(log)}
    gone = {event.id for event in log if event.amends is None} - left
    while more := {event.id for event in log if event.amends in gone} - gone:
        gone |= more
    assert answer(question, log) == answer(question, [event for event in log if event.id not in gone])


@given(QUESTIONS)
def test_what_is_written_twice_counts_once(question: strategies.Question) -> None:
    log = question.case.events
    assert answer(question, (*log, *log)) == answer(question, log)


@given(QUESTIONS)
def test_events_later_than_as_of_change_nothing_unless_they_correct_the_log(question: strategies.Question) -> None:
    log, as_of = question.case.events, question.as_of
    about = {event.amends for event in log}
    seen = [event for event in log if event.at <= as_of or event.amends is not None or event.id in about]
    assert answer(question, seen) == answer(question, log)


@given(QUESTIONS, st.data())
def test_as_known_then_later_corrections_change_nothing(question: strategies.Question, data: st.DataObject) -> None:
    log = question.case.events
    assume(log)
    then = data.draw(moments(log))
    target = data.draw(st.sampled_from(log))
    later = Event(id="late", retracts=target.id, recorded_at=then.plus(1))
    assert answer(question, (*log, later), then) == answer(question, log, then)
