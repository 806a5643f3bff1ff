"""The open cases of a monitor, and what is known of when they change; without words for users, and without a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.diagnostics import diagnostic
from policyengine.errors import CaseError
from policyengine.monitor.admission import Admission
from policyengine.monitor.agenda import Agenda
from policyengine.monitor.bearing import bearing
from policyengine.monitor.open_case import OpenCase, Told
from policyengine.monitor.outlook import Outlook
from policyengine.monitor.positions import changes, owed, positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.diagnostics import Diagnostic
    from policyengine.model.case import Case, Event
    from policyengine.monitor.judging import Answers, Judge
    from policyengine.monitor.positions import Change, Position, Positions
    from policyengine.temporal.instant import Instant


class Docket:
    """Open cases, each judged no sooner than it has to be.

    INVARIANT: a case that is not in `unjudged` stands as it did when it was last judged: nothing was recorded in it
    since that can bear on its answer, and its bound has not come.

    Attributes:
        judge: what the policies say.
        as_of: the instant asked about.
        cases: the open ones by id, in the order of opening.
        closed: the ids of the closed ones.
    """

    def __init__(self, judge: Judge, as_of: Instant) -> None:
        self.judge = judge
        self.as_of = as_of
        self.cases: dict[str, OpenCase] = {}
        self.closed: dict[str, None] = {}
        self._by_number: dict[int, OpenCase] = {}
        self._opened = 0
        self._unjudged: dict[int, None] = {}
        self._moved: set[int] = set()
        self._refused: set[int] = set()
        self._bounds, self._limits = Agenda(), Agenda()
        self._admission, self._bearing, self._outlook = Admission(judge), bearing(judge.policies), Outlook(judge)

    def open(self, case: Case, told: Told | None = None) -> None:
        """Open *case*, of which changes were last *told* at some time or never.

        Raises:
            CaseError: its id is taken, or a policy refuses it.
        """
        if case.id in self.closed:
            raise CaseError((diagnostic("PE801", case=case.id),))
        if case.id in self.cases:
            raise CaseError((diagnostic("PE802", case=case.id),))
        self._admission.require(case)
        found = OpenCase.opened(self._opened, case, self._bearing)
        if told is not None:
            found.told, found.stood = told, None
        self._opened += 1
        self.cases[case.id] = self._by_number[found.number] = found
        self._unjudged[found.number] = None

    def record(self, case: Case, event: Event) -> bool:
        """Take *event* into the log of *case*, which is opened if it is not yet; tell whether it was not there.

        Raises:
            CaseError: the case is closed, or a policy refuses the event.
        """
        if case.id in self.closed:
            raise CaseError((diagnostic("PE801", case=case.id),))
        known = self.cases.get(case.id)
        if not self._admission.is_new({} if known is None else known.log, event):
            return False
        if known is None:
            self.open(case)
            known = self.cases[case.id]
        if known.take(event, self._bearing):
            self._unjudged[known.number] = None
        return True

    def close(self, name: str) -> None:
        """Close the case *name*.

        Raises:
            CaseError: no such case is open.
        """
        found = self.found(name)
        del self.cases[name], self._by_number[found.number]
        self.closed[name] = None
        self._unjudged.pop(found.number, None)
        self._moved.discard(found.number)
        self._refused.discard(found.number)
        self._bounds.put(found.number, None)
        self._limits.put(found.number, None)

    def found(self, name: str) -> OpenCase:
        """Return the open case *name*.

        Raises:
            CaseError: no such case is open.
        """
        if name not in self.cases:
            raise CaseError((diagnostic("PE801" if name in self.closed else "PE800", case=name),))
        return self.cases[name]

    def advance(self, as_of: Instant) -> None:
        """Let *as_of*, which is not earlier than the one before, be the instant asked about."""
        self.as_of = as_of
        self._unjudged.update(dict.fromkeys(self._bounds.take(as_of.micros)))

    def answers(self, name: str) -> Answers:
        """Return what a fresh evaluation of the case *name* gives.

        Raises:
            CaseError: no such case is open, or it cannot be judged at this instant.
        """
        found = self.found(name)
        answers = self._settled(found) if found.number in self._unjudged else self._asked(found)
        if isinstance(answers, CaseError):
            raise answers
        return answers

    def due_before(self, instant: Instant) -> tuple[Position, ...]:
        """Return what is owed by a limit that an act at *instant* misses, the nearest limit first."""
        self._settle()
        numbers = sorted(self._limits.until(instant.micros))
        found = [each for number in numbers for each in owed(self._by_number[number].stand)]
        return tuple(each for limit, each in sorted(found, key=lambda pair: pair[0]) if limit <= instant.micros)

    def next_change(self, name: str | None = None) -> Instant | None:
        """Return when the answer to the case *name* changes next, or that to any case; ``None`` for never."""
        if name is not None:
            found = self.found(name)
            if found.number in self._unjudged:
                self._settled(found)
            return self._certain(found)
        self._settle()
        while (first := self._bounds.first()) is not None:
            found = self._by_number[first[1]]
            if found.certain:
                return found.bound
            self._certain(found)
        return None

    def changed(self) -> Iterator[Change]:
        """Yield what moved since this was last asked, in the order in which cases were opened."""
        self._settle()
        for number in sorted(self._moved):
            found = self._by_number[number]
            yield from changes(found.stood or (), found.stand)
            found.stood, found.told = found.stand, Told(len(found.log), self.as_of)
        self._moved.clear()

    def refused(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return the cases that cannot be judged at this instant, and why."""
        self._settle()
        found = (self._by_number[number] for number in sorted(self._refused))
        return {each.id: each.refused for each in found}

    def _settle(self) -> None:
        for number in tuple(self._unjudged):
            self._settled(self._by_number[number])

    def _settled(self, found: OpenCase) -> Answers | CaseError:
        """Judge a case, and keep what follows from it until something happens in it or its bound comes."""
        case = found.case()
        answers = self.judge.tried(case, self.as_of)
        if found.stood is None:
            found.stood = self._stood(found)
        if isinstance(answers, CaseError):
            found.stand, found.bound, found.refused = (), None, answers.diagnostics
            self._refused.add(found.number)
        else:
            found.stand, found.bound, found.refused = (
                positions(answers, found.stand or found.stood),
                self._outlook.bound(case, answers, self.as_of),
                (),
            )
            self._refused.discard(found.number)
        self._keep(found)
        self._unjudged.pop(found.number, None)
        return answers

    def _keep(self, found: OpenCase) -> None:
        found.certain = found.bound is None
        self._bounds.put(found.number, None if found.bound is None else found.bound.micros)
        self._limits.put(found.number, min((limit for limit, _ in owed(found.stand)), default=None))
        if found.stand == found.stood:
            self._moved.discard(found.number)
        else:
            self._moved.add(found.number)

    def _stood(self, found: OpenCase) -> Positions:
        """Return how a restored case stood when changes were last told; the same as then, from the same log."""
        if found.told is None:  # pragma: no cover - only what was told has to be found out again
            return ()
        answers = self.judge.tried(found.as_told(self._bearing), found.told.at)
        return () if isinstance(answers, CaseError) else positions(answers)

    def _certain(self, found: OpenCase) -> Instant | None:
        """Return when the answer to a judged case changes next, and keep it."""
        if not found.certain and found.bound is not None:
            case = found.case()
            found.bound = self._outlook.exact(case, self.judge.answers(case, self.as_of), found.bound)
            found.certain = True
            self._bounds.put(found.number, None if found.bound is None else found.bound.micros)
        return found.bound

    def _asked(self, found: OpenCase) -> Answers | CaseError:
        return self.judge.tried(found.case(), self.as_of)
