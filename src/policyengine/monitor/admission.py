"""Whether an event can be taken into the log of a case: what the evaluator refuses is refused, at once (S4, S5).

An entry is held to the vocabularies and to what it corrects or retracts, and to nothing else of the log, however long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.diagnostics import diagnostic, ordered
from policyengine.errors import CaseError
from policyengine.model.case import Case, Event
from policyengine.prepare.log import case_faults
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.monitor.judging import Judge


class Admission:
    """What the policies of a monitor accept."""

    __slots__ = ("_judge",)

    def __init__(self, judge: Judge) -> None:
        """Hold cases and events to the policies of *judge*."""
        self._judge = judge

    def require(self, case: Case) -> None:
        """Refuse *case* with its log where a policy refuses it.

        Raises:
            CaseError: holds every fault.
        """
        _raise(self._faults(case))

    def is_new(self, log: Mapping[str, Event], event: Event) -> bool:
        """Tell whether *event* comes to *log* as a new entry, rather than as one that is there already (S5).

        Raises:
            CaseError: the log cannot take it; holds every fault.
        """
        before = log.get(event.id)
        if before is not None and _content(before) == _content(event):
            return False
        around: dict[str, Event] = {event.id: event}
        for each in self._targets(log, event):
            around.setdefault(each.id, each)
        case = Case(id="", events=around.values())
        found = [*self._faults(case)]
        if before is not None and event.amends != event.id:
            found.append(_two_contents(log, before))
        _raise(found)
        return True

    def _targets(self, log: Mapping[str, Event], event: Event) -> Iterator[Event]:
        """Yield what *event* is about, as entries that are in order: they were held to their own when they came."""
        targets = [log[name] for name in (event.corrects, event.retracts) if name is not None and name in log]
        yield from (each if each.corrects is None else replace(each, corrects=None) for each in targets)
        for each in targets:
            if each.retracts is not None:
                any_type = next(iter(self._judge.policies[0].vocabulary.event_types))
                yield Event(id=each.retracts, type=any_type, at=each.at)

    def _faults(self, case: Case) -> Iterator[Diagnostic]:
        for policy in self._judge.policies:
            yield from case_faults(policy, case, self._judge.beside)


def _raise(found: Iterable[Diagnostic]) -> None:
    faults = ordered(found)
    if faults:
        raise CaseError(faults)


def _two_contents(log: Mapping[str, Event], before: Event) -> Diagnostic:
    number = list(log).index(before.id) + 1
    first = before.span or Wording(f"第 {number} 个事件", f"event {number}")
    return diagnostic("PE601", before.span, id=before.id, first=first)


def _content(event: Event) -> Event:
    """Return *event* as S5 compares it: what is left out is the same as its default written out."""
    return event if event.recorded_at is not None else replace(event, recorded_at=event.recorded)
