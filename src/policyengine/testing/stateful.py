"""A machine that lives through cases: things happen, are learned late, are corrected, and time passes.

What has to hold on the way is checked after every step, and the laws at the end::

    import policyengine as pe
    from policyengine.testing import stateful

    TestMine = stateful.machine(pe.load("changzhi")).TestCase

One life has at most `steps` steps, and there are as many lives as the Hypothesis profile has examples. A subclass may
set `steps`, and add rules and invariants of its own, for which there are `case`, `as_of` and `answer`; what fails
within `told()` is told with the case::

    from hypothesis.stateful import invariant

    class Mine(stateful.machine(pe.load("changzhi"))):
        @invariant()
        def nobody_is_interviewed_before_there_is_an_event(self):
            with self.told():
                assert self.case.events or not self.answer.required_actions()

    TestMine = Mine.TestCase
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from policyengine.api import Case, evaluate
from policyengine.model.assessment import Status, is_obligation
from policyengine.model.case import Event
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import Instant
from policyengine.testing import laws
from policyengine.testing.logs import entries, triggering
from policyengine.testing.moments import instants, steps
from policyengine.testing.names import used_facts, values_of
from policyengine.testing.rendering import rows
from policyengine.testing.strategies import Question
from policyengine.testing.witnesses import witness

if TYPE_CHECKING:
    from typing import Literal

    from hypothesis.strategies import SearchStrategy

    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.testing.logs import Entry
    from policyengine.testing.moments import Step

_DONE = frozenset({Status.FULFILLED, Status.FULFILLED_LATE})
_OWED = frozenset({Status.ACTIVE, Status.NOT_STARTED, Status.OVERDUE})


class _Moment(NamedTuple):
    """What was answered at an instant, and how much of the log was there."""

    answer: Assessment
    events: int


class CaseMachine(RuleBasedStateMachine):
    """One case under one policy as it goes on; :func:`machine` gives it its policy and what can happen.

    Attributes:
        policy: the policy.
        readings: options other than the defaults.
        scope: `case` or `agency`.
        witness: the directory that a case which breaks something is written to.
        steps: how many things happen in one life at most.
        case: the case as it stands, with everything that was ever recorded.
        as_of: how far time has passed.
    """

    policy: ClassVar[Policy]
    readings: ClassVar[Mapping[str, str]]
    scope: ClassVar[Literal["case", "agency"]]
    witness: ClassVar[Path | None]
    steps: ClassVar[int] = 12

    def __init_subclass__(cls, **more: object) -> None:
        """Let a life be no longer than it needs to be, and spare what would only tell which lines of ours it ran."""
        super().__init_subclass__(**more)
        phases = tuple(each for each in settings().phases if each is not Phase.explain)
        cls.TestCase.settings = settings(cls.TestCase.settings, stateful_step_count=cls.steps, phases=phases)

    def __init__(self) -> None:
        super().__init__()
        self.case, self.as_of = Case(id="case", scope=self.scope), Instant(0)
        self._answer: tuple[Case, Instant, Assessment] | None = None
        self._before: _Moment | None = None
        self._known: dict[Instant, Assessment] = {}
        self._failed = False

    @property
    def answer(self) -> Assessment:
        """Return the answer as things stand."""
        if self._answer is None or self._answer[0] is not self.case or self._answer[1] != self.as_of:
            found = evaluate(self.policy, self.case, as_of=self.as_of, readings=self.readings)
            self._answer = self.case, self.as_of, found
        return self._answer[2]

    @property
    def amended(self) -> bool:
        """Tell whether anything in the log was corrected or retracted."""
        return any(event.amends is not None for event in self.case.events)

    def begin(self, known: Mapping[str, FactValue], start: Instant) -> None:
        """Begin a case with the facts that are *known* at its *start*."""
        self.case, self.as_of = replace(self.case, facts=known), start

    def record(self, entry: Entry, *, corrects: str | None = None) -> None:
        """Record *entry*, learned now, whenever it happened."""
        number = len(self.case.events) + 1
        event = entry.event(f"e{number}", self._after(entry.step))
        self._append(replace(event, recorded_at=self.as_of, corrects=corrects))

    def retract(self, name: str) -> None:
        """Take back the entry with the id *name*."""
        self._append(Event(id=f"e{len(self.case.events) + 1}", retracts=name, recorded_at=self.as_of))

    def wait(self, step: Step) -> None:
        """Let time pass to where *step* leads, if that lies ahead."""
        self.as_of = max(self.as_of, self._after(step))

    def _append(self, event: Event) -> None:
        self._known.pop(self.as_of, None)  # what is learned at an instant is known at it
        self.case = replace(self.case, events=(*self.case.events, event))

    def _after(self, step: Step) -> Instant:
        return step.taken([self.as_of, *(event.at for event in self.case.events), self.as_of], self.policy)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Add the case, as a file, to what is raised within."""
        try:
            yield
        except AssertionError as error:
            self._failed = True
            asked = Question(self.case, self.as_of, self.readings)
            found = witness(self.policy, asked, "stateful", told=str(error))
            error.add_note(found.note() if self.witness is None else found.written(self.witness))
            raise

    @invariant()
    def all_is_well(self) -> None:
        """Hold the answer to everything; in one, so that a failure is told in as many lines as things happened."""
        with self.told():
            self.what_is_owed_agrees_with_the_rows()
            self.what_is_done_stays_done()
            self.what_was_known_stays_known()

    def teardown(self) -> None:
        """Hold the whole life to the laws: L1, L7, and L2 and L3, which speak of logs without corrections.

        Once is enough, as they are about any question; and it is most of the work.
        """
        if self._failed:
            return
        question = (self.policy, self.case, self.as_of, self.readings)
        with self.told():
            laws.law_deterministic(*question)
            laws.law_limit_after_anchor(*question)
            if not self.amended:
                laws.law_prefix(*question)
                laws.law_recording_order(*question)

    def what_is_owed_agrees_with_the_rows(self) -> None:
        """What is required is owed and not done, every running duty is required, and the next limit lies ahead."""
        answer = self.answer
        required = answer.required_actions()
        wrong = [each for each in required if each.status not in _OWED or not each.owed]
        active = [each for each in answer.duties if each.status is Status.ACTIVE and is_obligation(each)]
        missing = [each for each in active if each not in required]
        _require(not wrong, f"required although it is not owed: {_named(wrong)}")
        _require(not missing, f"active and not required: {_named(missing)}")
        following = answer.next_due
        passed = following is not None and following.limit is not None and following.limit.late_from <= answer.as_of
        _require(not passed, f"the next limit has passed: {following}")

    def what_is_done_stays_done(self) -> None:
        """Violations and performances stay, unless something was learned late or amended."""
        answer, before = self.answer, self._before
        self._before = _Moment(answer, len(self.case.events))
        if before is None or self.amended:
            return
        if any(event.at <= before.answer.as_of for event in self.case.events[before.events :]):
            return
        for name, row in rows(before.answer).items():
            there = rows(answer).get(name)
            _require(_settled(row, there), f"{_named([row])}: {_state(row)} became {_state(there)}")

    def what_was_known_stays_known(self) -> None:
        """What could be answered at an earlier instant is answered still, as known then (S4)."""
        self._known[self.as_of] = self._as_known(self.as_of)
        earlier = [moment for moment in self._known if moment < self.as_of]
        for moment in earlier[-1:]:
            found = self._as_known(moment) == self._known[moment]
            _require(found, f"what was known at {moment} has changed")

    def _as_known(self, moment: Instant) -> Assessment:
        return evaluate(self.policy, self.case, as_of=moment, known_at=moment, readings=self.readings)


def machine(
    policy: Policy,
    *,
    readings: Mapping[str, str] = FrozenMap(),
    scope: Literal["case", "agency"] = "case",
    witness: Path | str | None = None,
) -> type[CaseMachine]:
    """Return a machine that lives through cases under *policy*; its `TestCase` is what pytest and unittest run.

    Things happen in any order and are recorded in any other: late, or before they happen. Entries are corrected and
    retracted, and time passes, to limits and beside them. After every step what is owed agrees with the rows, what was
    done stays done, and what was known at an earlier instant is what was known then; in the end the laws hold. When
    something is broken, the case stands in the failure as a case file.

    Args:
        policy: from `load`.
        readings: options other than the defaults.
        scope: `case`, or `agency` for the log of the agency itself.
        witness: the directory that the case is written to besides, in place of an older one.
    """
    first, happening, waiting = triggering(policy), entries(policy), steps(policy)
    which = st.integers(0, CaseMachine.steps)

    class Machine(CaseMachine):
        @initialize(known=_known(policy), start=instants(policy))
        def begins(self, known: Mapping[str, FactValue], start: Instant) -> None:
            self.begin(known, start)

        @rule(entry=first)
        def begins_a_duty(self, entry: Entry) -> None:
            self.record(entry)

        @rule(entry=happening)
        def happens(self, entry: Entry) -> None:
            self.record(entry)

        @rule(step=waiting)
        def time_passes(self, step: Step) -> None:
            self.wait(step)

        @precondition(lambda self: any(each.retracts is None for each in self.case.events))
        @rule(place=which, entry=happening)
        def is_corrected(self, place: int, entry: Entry) -> None:
            told = [each for each in self.case.events if each.retracts is None]
            self.record(entry, corrects=told[place % len(told)].id)

        @precondition(lambda self: self.case.events)
        @rule(place=which)
        def is_retracted(self, place: int) -> None:
            self.retract(self.case.events[place % len(self.case.events)].id)

    Machine.policy, Machine.readings, Machine.scope = policy, FrozenMap(readings), scope
    Machine.witness = None if witness is None else Path(witness)
    Machine.__name__ = Machine.__qualname__ = "".join(part.capitalize() for part in policy.id.split("-"))
    return Machine


def _known(policy: Policy) -> SearchStrategy[dict[str, FactValue]]:
    """Return facts that the policy asks about; a list of them, since lists are easily made smaller."""
    pairs = [(name, value) for name in used_facts(policy) for value in values_of(policy, name)]
    return st.lists(st.sampled_from(pairs), max_size=len(pairs)).map(dict) if pairs else st.just({})


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - it is what is asserted
    if not holds:
        raise AssertionError(message)


def _settled(row: Duty, there: Duty | None) -> bool:
    """Tell whether what was certain in *row* is so *there*, later."""
    if row.violated and (there is None or there.violated_at != row.violated_at):
        return False
    return row.status not in _DONE or (there is not None and _state(there) == _state(row))


def _state(row: Duty | None) -> tuple[object, ...]:
    if row is None:
        return ("no duty",)
    performed = None if row.performed is None else str(row.performed.at)
    return (row.status.value, performed, None if row.violated_at is None else str(row.violated_at))


def _named(found: list[Duty]) -> str:
    return ", ".join(each.provision if each.instance is None else f"{each.provision} {each.instance}" for each in found)
