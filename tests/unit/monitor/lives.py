"""Machines that live through several open cases at once, and hold a monitor to fresh evaluations after every step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import policyengine as pe
from policyengine.monitor import Monitor
from policyengine.testing import strategies
from policyengine.testing.logs import entries, triggering
from policyengine.testing.moments import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.model.case import FactValue
    from policyengine.monitor.positions import Position
    from policyengine.testing.logs import Entry
    from policyengine.testing.moments import Step

NAMES = st.sampled_from(("a", "b", "c"))
PLACES = st.integers(0, 20)
SCOPES: st.SearchStrategy[Literal["case", "agency"]] = st.sampled_from(("case", "case", "case", "agency"))
DAY = 86_400_000_000
few = settings(
    deadline=None,
    database=None,
    suppress_health_check=tuple(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


def timeless(answer: pe.Assessment) -> pe.Assessment:
    """Return *answer* without what moves with time itself."""
    duties = tuple(each if each.elapsed is None else replace(each, elapsed=0) for each in answer.duties)
    return replace(answer, as_of=pe.Instant(0), duties=duties)


class Lives(RuleBasedStateMachine):
    """Cases under one policy, kept as plain logs beside the monitor; :func:`machine` says what can happen in them."""

    policy: ClassVar[pe.Policy]

    def __init__(self) -> None:
        super().__init__()
        self.monitor = Monitor(self.policy, as_of=pe.Instant(0))
        self.cases: dict[str, pe.Case] = {}
        self.closed: set[str] = set()
        self.as_of = pe.Instant(0)
        self.told: dict[str, pe.Assessment] = {}
        self.step: Step | None = None

    def begin(self, start: pe.Instant) -> None:
        """Begin at *start* without any case."""
        self.monitor.advance(start)
        self.as_of = start

    def open(
        self, name: str, known: Mapping[str, FactValue], until: int | None, scope: Literal["case", "agency"] = "case"
    ) -> None:
        """Open a case, of which the log may be complete only so long."""
        if name in self.cases or name in self.closed:
            return
        ends = None if until is None else self.as_of.plus(until)
        self.monitor.open(name, facts=known, known_until=ends, scope=scope)
        self.cases[name] = pe.Case(id=name, facts=known, known_until=ends, scope=scope)

    def record(self, name: str, entry: Entry, corrects: str | None = None) -> None:
        """Record *entry*, and hold the monitor to what the evaluator takes and refuses."""
        if name in self.closed:
            return
        case = self.cases.get(name, pe.Case(id=name))
        at = entry.step.taken([self.as_of, *(each.at for each in case.events), self.as_of], self.policy)
        event = replace(entry.event(f"e{len(case.events) + 1}", at), recorded_at=self.as_of, corrects=corrects)
        self._record(replace(case, events=(*case.events, event)))

    def again(self, name: str, place: int) -> None:
        """Record something once more."""
        case = self.cases[name]
        event = case.events[place % len(case.events)]
        assert not self.monitor.record(name, event)

    def correct(self, name: str, place: int, entry: Entry) -> None:
        """Correct something that is no retraction."""
        told = [each for each in self.cases[name].events if each.retracts is None]
        if told:
            self.record(name, entry, told[place % len(told)].id)

    def retract(self, name: str, place: int) -> None:
        """Take something back."""
        case = self.cases[name]
        event = pe.Event(
            id=f"e{len(case.events) + 1}", retracts=case.events[place % len(case.events)].id, recorded_at=self.as_of
        )
        self._record(replace(case, events=(*case.events, event)))

    def wait(self, step: Step) -> None:
        """Let time pass to where *step* leads, if that lies ahead."""
        events = [each.at for case in self.cases.values() for each in case.events]
        self.as_of = max(self.as_of, step.taken([self.as_of, *events, self.as_of], self.policy))
        self.monitor.advance(self.as_of)

    def wait_for_change(self) -> None:
        """Let time pass to the next change."""
        found = self.monitor.next_change()
        if found is not None and found.micros < self.as_of.micros + 400 * DAY:
            self.as_of = found
            self.monitor.advance(found)

    def restart(self) -> None:
        """Save the state, and go on from it."""
        text = self.monitor.state()
        self.monitor = Monitor.restore(self.policy, text)
        assert self.monitor.state() == text

    def close(self, name: str) -> None:
        """Close a case."""
        self.monitor.close(name)
        del self.cases[name]
        self.closed.add(name)
        self.told.pop(name, None)

    def hear(self) -> None:
        """Hold what has changed to the rows of fresh answers, then and now."""
        now = {name: self.fresh(name) for name in self.cases}
        found = {
            (each.case, each.provision, each.instance): (_said(each.before), _said(each.after))
            for each in self.monitor.changed()
        }
        expected = {}
        for name, answer in now.items():
            before, after = _rows(self.told.get(name)), _rows(answer)
            for row in {**before, **after}:
                if before.get(row) != after.get(row):
                    expected[name, *row] = before.get(row), after.get(row)
        assert found == expected
        assert self.monitor.changed() == ()
        self.told = now

    def fresh(self, name: str, at: pe.Instant | None = None) -> pe.Assessment:
        """Return what the evaluator says of a case."""
        return pe.evaluate(self.policy, self.cases[name], as_of=at or self.as_of)

    def answers_are_fresh(self) -> None:
        """Hold each answer to a fresh evaluation."""
        for name in self.cases:
            assert self.monitor.answer(name) == self.fresh(name)

    def what_is_due_is_due(self) -> None:
        """Hold the list of what is due to the fresh answers."""
        until = self.as_of.plus(30 * DAY)
        expected = [
            (row.limit.late_from, name, row.provision, row.instance, row.status)
            for name in self.cases
            for row in self.fresh(name).duties
            if row.owed and row.limit is not None and row.limit.is_late(until)
        ]
        found = [
            (each.late_from, each.case, each.provision, each.instance, each.status)
            for each in self.monitor.due_before(until)
        ]
        assert found == sorted(expected, key=lambda each: each[0])

    def changes_come_when_told(self) -> None:
        """Hold the next changes to fresh answers: nothing before, something at them."""
        found = {name: self.monitor.next_change(name) for name in self.cases}
        assert self.monitor.next_change() == min((each for each in found.values() if each), default=None)
        for name, at in found.items():
            now = timeless(self.fresh(name))
            if at is not None:
                assert timeless(self.fresh(name, at)) != now
            last = self.as_of.plus(40 * DAY) if at is None else at.plus(-1)
            for moment in {last, pe.Instant((self.as_of.micros + last.micros) // 2), *self._limits(last)}:
                assert timeless(self.fresh(name, moment)) == now

    def _limits(self, last: pe.Instant) -> list[pe.Instant]:
        """Return an instant where a length of the policy ends that counts from something, if one lies before *last*."""
        if self.step is None:
            return []
        events = [each.at for case in self.cases.values() for each in case.events]
        found = self.step.taken([self.as_of, *events], self.policy)
        return [found] if self.as_of < found < last else []

    def _record(self, case: pe.Case) -> None:
        before = self.monitor.state()
        try:
            pe.evaluate(self.policy, case, as_of=self.as_of)
        except pe.CaseError as error:
            _refused(self.monitor, case, error)
            assert self.monitor.state() == before
        else:
            assert self.monitor.record(case.id, case.events[-1])
            self.cases[case.id] = case


def _refused(monitor: Monitor[pe.Assessment], case: pe.Case, error: pe.CaseError) -> None:
    try:
        monitor.record(case.id, case.events[-1])
    except pe.CaseError as found:
        assert found.diagnostics == error.diagnostics  # noqa: PT017 - held to another error
    else:
        raise AssertionError(str(error))


def _rows(answer: pe.Assessment | None) -> dict[tuple[str, str | None], tuple[object, ...]]:
    rows = () if answer is None else answer.duties
    return {
        (row.provision, row.instance): (
            row.status,
            row.bearer,
            row.owed,
            row.violated_at,
            None if row.limit is None else (row.limit.due, row.limit.due_inclusive, row.limit.provisional),
        )
        for row in rows
        if row.exists
    }


def _said(found: Position | None) -> tuple[object, ...] | None:
    if found is None:
        return None
    limit = None if found.due is None else (found.due, found.due_inclusive, found.provisional)
    return found.status, found.bearer, found.owed, found.violated_at, limit


def machine(policy: pe.Policy) -> type[Lives]:  # noqa: C901 - a rule for each thing that can happen
    """Return a machine that lives through cases under *policy*."""
    first, happening, waiting = triggering(policy), entries(policy), steps(policy)
    ends = st.none() | st.integers(0, 3).map(lambda days: days * DAY)

    class Machine(Lives):
        @initialize(start=strategies.instants(policy))
        def begins(self, start: pe.Instant) -> None:
            self.begin(start)

        @rule(name=NAMES, known=strategies.facts(policy), until=ends, scope=SCOPES)
        def opens(
            self, name: str, known: Mapping[str, FactValue], until: int | None, scope: Literal["case", "agency"]
        ) -> None:
            self.open(name, known, until, scope)

        @rule(name=NAMES, entry=first)
        def begins_a_duty(self, name: str, entry: Entry) -> None:
            self.record(name, entry)

        @rule(name=NAMES, entry=happening)
        def happens(self, name: str, entry: Entry) -> None:
            self.record(name, entry)

        @precondition(lambda self: self.logged())
        @rule(number=PLACES, place=PLACES, entry=happening)
        def is_corrected(self, number: int, place: int, entry: Entry) -> None:
            self.correct(self.one(number), place, entry)

        @precondition(lambda self: self.logged())
        @rule(number=PLACES, place=PLACES)
        def is_retracted(self, number: int, place: int) -> None:
            self.retract(self.one(number), place)

        @precondition(lambda self: self.logged())
        @rule(number=PLACES, place=PLACES)
        def is_told_again(self, number: int, place: int) -> None:
            self.again(self.one(number), place)

        @rule(step=waiting)
        def time_passes(self, step: Step) -> None:
            self.wait(step)

        @rule()
        def time_passes_to_the_next_change(self) -> None:
            self.wait_for_change()

        @rule()
        def is_heard(self) -> None:
            self.hear()

        @rule()
        def is_restarted(self) -> None:
            self.restart()

        @precondition(lambda self: self.logged())
        @rule(number=PLACES)
        def is_closed(self, number: int) -> None:
            self.close(self.one(number))

        @rule(step=waiting)
        def is_looked_at_elsewhere(self, step: Step) -> None:
            self.step = step

        @invariant()
        def all_is_well(self) -> None:
            self.answers_are_fresh()
            self.what_is_due_is_due()
            self.changes_come_when_told()

        def logged(self) -> list[str]:
            return [name for name, case in self.cases.items() if case.events]

        def one(self, number: int) -> str:
            found = self.logged()
            return found[number % len(found)]

    Machine.policy = policy
    return Machine
