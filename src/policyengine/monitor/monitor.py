"""The monitor: what happens in many open cases, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast, overload

from policyengine.errors import CaseError, TimeError
from policyengine.model.assessment import Assessment
from policyengine.model.case import Case, Given, Moment, instant
from policyengine.model.frozen import FrozenMap
from policyengine.model.several import Assessments
from policyengine.monitor.docket import Docket
from policyengine.monitor.entries import event_of, value_faults
from policyengine.monitor.judging import judge
from policyengine.monitor.reach import FIRST, LAST
from policyengine.monitor.saving import restored, saved
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy
    from policyengine.monitor.entries import GivenEvent
    from policyengine.monitor.judging import Readings
    from policyengine.monitor.positions import Change, Position
    from policyengine.temporal.instant import Instant

Answer = TypeVar("Answer", Assessment, Assessments)


class Monitor(Generic[Answer]):
    """Follows open cases: takes their events one by one, and tells what is owed, what moved, and when that changes.

    An answer is what :func:`policyengine.evaluate` gives for the same case at the same instant. To record an event
    costs the same whatever the number of cases and the length of the log; a case is judged when it is asked about, and
    then only if something was recorded in it that can bear on its answer, or its time has come.

    All methods may be called from any thread, and each takes effect as a whole before the next. Nothing is read from a
    clock: time passes by `advance`. What is refused leaves the monitor as it was.

    >>> import policyengine as pe
    >>> monitor = Monitor(pe.load("changzhi"), as_of="2025-10-08T23:30:00+08:00")
    >>> event = {"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00", "sets": {"event_severity": "major"}}
    >>> monitor.record("case-1", event)
    True
    >>> [(each.provision, str(each.due)) for each in monitor.due_before("2025-10-09T01:00:00+08:00")]
    [('first-bulletin', '2025-10-08T16:30:00Z')]
    >>> str(monitor.next_change())
    '2025-10-08T16:30:00.000001Z'

    Args:
        policy: from :func:`policyengine.load`; or several, which judge each case side by side.
        as_of: the first instant asked about.
        readings: an option for each reading that is not to be answered by the policy's default; with several policies
            such options by the policy's id.

    Raises:
        ReadingError: an unknown reading or option, or all of them at once.
        TimeError: *as_of* is naive, malformed, impossible, or outside the years 1000 to 9000.
        ValueError: no policy at all, or two different ones with one id.
        TypeError: a policy's id or path in place of the policy.
    """

    @overload
    def __init__(
        self: Monitor[Assessment], policy: Policy, *, as_of: Moment, readings: Mapping[str, str] | None = None
    ) -> None: ...

    @overload
    def __init__(
        self: Monitor[Assessments],
        policy: Sequence[Policy],
        *,
        as_of: Moment,
        readings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None: ...

    def __init__(self, policy: Policy | Sequence[Policy], *, as_of: Moment, readings: Readings | None = None) -> None:
        """Follow no case yet."""
        self._lock = RLock()
        self._docket = Docket(judge(policy, readings), _askable(as_of))

    @overload
    @classmethod
    def restore(cls, policy: Policy, text: str) -> Monitor[Assessment]: ...

    @overload
    @classmethod
    def restore(cls, policy: Sequence[Policy], text: str) -> Monitor[Assessments]: ...

    @classmethod
    def restore(cls, policy: Policy | Sequence[Policy], text: str) -> Monitor[Assessment] | Monitor[Assessments]:
        """Return the monitor whose `state` is *text*: with its cases, its instant, its readings and what it has told.

        Args:
            policy: the policy or policies under which it was saved, unchanged.
            text: what `state` returned.

        Raises:
            LoadError: the text is not such a state, not all of it, or was changed, or is of another policy or version;
                holds every fault.
            TypeError: *text* is no text, or a policy's id or path in place of the policy.
        """
        docket = restored(judge(policy, None), text)
        found = cls(cast("Policy", policy), as_of=docket.as_of)  # or several policies
        found._docket = docket
        return found

    def __repr__(self) -> str:
        """Name what it follows: all of it would fill pages."""
        with self._lock:
            ids = [each.id for each in self._docket.judge.policies]
            return f"Monitor(policies={ids!r}, as_of={str(self._docket.as_of)!r}, cases={len(self._docket.cases)})"

    @property
    def as_of(self) -> Instant:
        """Return the instant asked about."""
        with self._lock:
            return self._docket.as_of

    @property
    def cases(self) -> tuple[str, ...]:
        """Return the ids of the open cases, in the order of opening."""
        with self._lock:
            return tuple(self._docket.cases)

    def open(
        self,
        case: str | Case,
        *,
        facts: Mapping[str, Given] = FrozenMap(),
        scope: Literal["case", "agency"] = "case",
        known_until: Moment | None = None,
    ) -> None:
        """Open a case; one without anything to say beforehand is opened by its first event just as well.

        Args:
            case: its id; or a case with all of its log, its facts and its scope, which are not given beside it then.
            facts: what is known from the start.
            scope: `agency` for the log of the agency itself.
            known_until: the log is complete up to then, and no further; up to `as_of` unless given (S8).

        Raises:
            CaseError: the id is that of an open or a closed case, or a policy refuses the facts or the log.
            TimeError: *known_until* is naive, malformed or impossible.
            TypeError: no id and no case, or a case with facts, a scope or an end of the log beside it.
        """
        if isinstance(case, Case):
            if facts or scope != "case" or known_until is not None:
                msg = "a case brings its own facts, scope and end of the log"
                raise TypeError(msg)
            found = replace(case, events=tuple(event_of(each) for each in case.events))
        else:
            found = Case(_name(case), facts, scope=scope, known_until=known_until)
        faults = tuple(value_faults(found.facts))
        if faults:
            raise CaseError(faults)
        with self._lock:
            self._docket.open(found)

    def record(self, case: str, event: GivenEvent) -> bool:
        """Take an event into the log of a case, and tell whether it was not there yet.

        It may have happened at any time. One later than `as_of` is kept, and seen when its time has come; one that is
        learned late counts from now on; a correction or retraction counts at once. The same event may come twice (S5).

        Args:
            case: the case's id; it is opened if it is not yet.
            event: an `Event`, or a mapping with the keys that an event has in a case file.

        Raises:
            CaseError: the case is closed; or a policy refuses the event, as `evaluate` would; or there is nothing under
                the id that it corrects or retracts. Holds every fault.
            TypeError: the event is no event at all.
        """
        found, given = event_of(event), Case(_name(case))
        with self._lock:
            return self._docket.record(given, found)

    def close(self, case: str) -> None:
        """Follow a case no longer. Its id is kept, so that a late event of it does not open another.

        Raises:
            CaseError: no such case is open.
        """
        with self._lock:
            self._docket.close(case)

    def advance(self, as_of: Moment) -> None:
        """Let time pass to *as_of*.

        Raises:
            TimeError: *as_of* is earlier than the one before, naive, malformed, impossible, or outside the years 1000
                to 9000.
        """
        moment = _askable(as_of)
        with self._lock:
            if moment < self._docket.as_of:
                msg = f"`as_of` moves forward only: {moment} is earlier than {self._docket.as_of}"
                raise TimeError(msg)
            self._docket.advance(moment)

    def answer(self, case: str) -> Answer:
        """Return the answer to a case at `as_of`: with one policy an `Assessment`, with several `Assessments`.

        Raises:
            CaseError: no such case is open, or it cannot be judged at this instant.
        """
        with self._lock:
            answers = self._docket.answers(case)
            alone = self._docket.judge.alone
        return cast("Answer", answers[0] if alone else Assessments(answers))

    def due_before(self, instant_: Moment) -> tuple[Position, ...]:
        """Return what is still owed in any case and comes too late at *instant_*, the nearest limit first.

        What is late already and still owed comes first. Limits at one instant are in the order of opening. What may be
        owed depending on missing facts is left out, unless it is owed whatever they are.
        """
        moment = instant(instant_)
        with self._lock:
            return self._docket.due_before(moment)

    def next_change(self, case: str | None = None) -> Instant | None:
        """Return the next instant after `as_of` at which an answer changes if nothing more is recorded.

        Up to the microsecond before it the answer says the same, but for `as_of` and the time that has elapsed; at it
        the answer says something else. ``None`` when none ever changes.

        Args:
            case: the case to ask about; all of them unless given.

        Raises:
            CaseError: no such case is open.
        """
        with self._lock:
            return self._docket.next_change(case)

    def changed(self) -> tuple[Change, ...]:
        """Return what has become of duties since this was last asked, in the order in which cases were opened.

        A duty has changed when its status, limit or bearer has, whether it is owed, or when it was violated. The duties
        of a case that was not there before are all new; those of a closed case are not told.
        """
        with self._lock:
            return tuple(self._docket.changed())

    def refused(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return by id the cases that cannot be judged at `as_of`, and why; nothing else is told of them."""
        with self._lock:
            return self._docket.refused()

    def state(self) -> str:
        """Return all that the monitor knows, for `restore`: JSON text in ASCII, the same for the same state."""
        with self._lock:
            return saved(self._docket)


def _askable(moment: Moment) -> Instant:
    found = instant(moment)
    if not FIRST <= found <= LAST:
        msg = f"`as_of` {found} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise TimeError(msg)
    return found


def _name(case: object) -> str:
    if not isinstance(case, str) or not case:
        msg = f"a case is named by its id, not {case!r}"
        raise TypeError(msg)
    return case
