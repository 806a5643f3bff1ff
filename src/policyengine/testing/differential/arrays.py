"""The columns as a way: all cases of a group in one chunk, and what the arrays say of each provision that is columnar.

Of a provision that the columns leave to the evaluator of single cases nothing is asked; a case that they leave
altogether counts as declined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Assessment, Status
from policyengine.prepare.prepared import prepare
from policyengine.testing.differential.triple import Declined, Known, Refused, Triple

if TYPE_CHECKING:
    from policyengine.engine.columns import Judged, Layout
    from policyengine.model.assessment import Duty
    from policyengine.model.case import Event
    from policyengine.testing.differential.way import Given

REFUSED = "the case has a fault, which is found before there are columns"
LEFT = "left to the evaluator of single cases"
_STATUSES = tuple(Status)

Row = dict[str, object]


def need() -> None:
    """Look for what the columns need.

    Raises:
        ImportError: it is not installed.
    """
    if find_spec("numpy") is None:
        raise MissingExtraError("columns need NumPy: install `regulatory-duties[batch]`")


def judge_columns(asked: Sequence[Known]) -> Iterator[Given]:
    """Judge a group, the cases of each scope at once."""
    yield from ((each, Declined(REFUSED)) for each in asked if isinstance(each.answer, Refused))
    good = [each for each in asked if not isinstance(each.answer, Refused)]
    for scope in dict.fromkeys(each.triple.case.scope for each in good):
        yield from _judged([each for each in good if each.triple.case.scope == scope])


def rows(triple: Triple, answer: Assessment) -> dict[str, Row]:
    """Return what the reference says of every provision that is columnar, by its id."""
    return {each.id: _expected(answer.duty(each.id)) for each in _layout(triple).rows}


def _layout(triple: Triple) -> Layout:
    from policyengine.engine.columns import layout

    return layout(triple.policy, triple.readings, triple.case.scope)


def _judged(asked: Sequence[Known]) -> Iterator[Given]:
    from policyengine.engine.columns import chunk_of, judge

    laid = _layout(asked[0].triple)
    judged = judge(laid, chunk_of(laid, [(each.triple.case, each.triple.as_of) for each in asked]))
    log: list[Event] = []
    for each in asked:
        log += prepare(laid.policy, each.triple.case, each.triple.as_of, laid.readings).events
    for number, each in enumerate(asked):
        left = [bool(judged.left[row, number]) for row in range(len(laid.rows))]
        if all(left) or not isinstance(each.answer, Assessment):
            yield each, Declined(LEFT)
            continue
        said = rows(each.triple, each.answer)
        for row, provision in enumerate(laid.rows):
            if not left[row]:
                said[provision.id] = _Cell(laid, judged, log, (row, number)).row()
        yield each, said


class _Cell:
    """What the arrays say of one provision in one case."""

    def __init__(self, laid: Layout, judged: Judged, log: Sequence[Event], at: tuple[int, int]) -> None:
        self._laid, self._judged, self._log, self._at = laid, judged, log, at

    def row(self) -> Row:
        """Return it in the words of an answer."""
        from policyengine.engine.columns import Mark

        judged, marks = self._judged, Mark(int(self._judged.marks[self._at]))
        due = _moment(int(judged.due[self._at]))
        found: Row = {
            "status": _STATUSES[judged.status[self._at]].value,
            "due": due,
            "inclusive": due is not None and Mark.DUE_INCLUSIVE in marks,
            "provisional": Mark.PROVISIONAL in marks,
            "violated_at": _moment(int(judged.violated_at[self._at])),
            "late_activation": Mark.LATE_ACTIVATION in marks,
            "performed": self._happened(int(judged.performed[self._at])),
            "trigger": self._happened(int(judged.trigger[self._at])),
            "owed": None if Mark.OWED_OPEN in marks else Mark.OWED in marks,
            "in_force": None if Mark.IN_FORCE_OPEN in marks else Mark.IN_FORCE in marks,
        }
        row, number = self._at
        if row in judged.bearer:
            code = int(judged.bearer[row][number])
            found["bearer"] = None if code < 0 else self._laid.roles[code]
        return found

    def _happened(self, code: int) -> object:
        from policyengine.engine.columns.chunk import NO_EVENT

        if code == NO_EVENT:
            return None
        return self._log[code].id if code > NO_EVENT else self._laid.rows[NO_EVENT - 1 - code].id


def _moment(micros: int) -> int | None:
    from policyengine.engine.columns.chunk import NONE

    return None if micros == NONE else micros


def _expected(duty: Duty) -> Row:
    limit, violated = duty.limit, duty.violated_at
    found: Row = {
        "status": duty.status.value,
        "due": None if limit is None else limit.due.micros,
        "inclusive": limit is not None and limit.due_inclusive,
        "provisional": limit is not None and limit.provisional,
        "violated_at": None if violated is None else violated.micros,
        "late_activation": duty.late_activation,
        "performed": None if duty.performed is None else duty.performed.event,
        "trigger": None if duty.trigger is None else duty.trigger.provision or duty.trigger.event,
        "owed": duty.owed,
        "in_force": duty.in_force,
    }
    return found if duty.assigned is None else {**found, "bearer": duty.bearer}
