"""What columns answer, beside what the reference does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.engine.columns import Mark, chunk_of, layout
from policyengine.engine.columns.chunk import NO_EVENT, NONE
from policyengine.engine.reference.evaluate import evaluate
from policyengine.model.assessment import Status
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.engine.columns import Chunk, Judged, Layout
    from policyengine.model.assessment import Duty, Occurrence
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

Judge = Callable[["Layout", "Chunk"], "Judged"]
Row = dict[str, object]
STATUSES = tuple(Status)


def compared(
    policy: Policy, questions: Sequence[tuple[Case, Instant]], readings: Mapping[str, str], judge: Judge
) -> Iterator[tuple[str, Row | None, Row]]:
    """Yield for each columnar provision of each case (provision, what columns say or ``None``, the reference)."""
    laid = layout(policy, readings, questions[0][0].scope)
    judged = judge(laid, chunk_of(laid, questions))
    start = 0
    for number, (case, as_of) in enumerate(questions):
        prepared = prepare(policy, case, as_of, readings)
        places = {event.id: start + place for place, event in enumerate(prepared.events)}
        answer = evaluate(prepared)
        for row, provision in enumerate(laid.rows):
            expected = expected_row(laid, answer.duty(provision.id), places)
            left = bool(judged.left[row, number])
            yield provision.id, None if left else judged_row(laid, judged, row, number), expected
        start += len(prepared.events)


def judged_row(laid: Layout, judged: Judged, row: int, number: int) -> Row:
    """Return what columns say of one provision in one case."""
    marks, due = int(judged.marks[row, number]), int(judged.due[row, number])
    found: Row = {
        "status": STATUSES[judged.status[row, number]].value,
        "due": due,
        "late_from": int(judged.late_from[row, number]),
        "provisional": bool(marks & Mark.PROVISIONAL),
        "violated_at": int(judged.violated_at[row, number]),
        "late_activation": bool(marks & Mark.LATE_ACTIVATION),
        "performed": int(judged.performed[row, number]),
        "trigger": int(judged.trigger[row, number]),
        "owed": None if marks & Mark.OWED_OPEN else bool(marks & Mark.OWED),
        "in_force": None if marks & Mark.IN_FORCE_OPEN else bool(marks & Mark.IN_FORCE),
    }
    if row in judged.bearer:
        code = int(judged.bearer[row][number])
        found["bearer"] = None if code < 0 else laid.roles[code]
    return found


def expected_row(laid: Layout, duty: Duty, places: dict[str, int]) -> Row:
    """Return what the reference says, in the same words."""
    limit = duty.limit
    found: Row = {
        "status": duty.status.value,
        "due": NONE if limit is None else limit.due.micros,
        "late_from": NONE if limit is None else limit.late_from.micros,
        "provisional": limit is not None and limit.provisional,
        "violated_at": NONE if duty.violated_at is None else duty.violated_at.micros,
        "late_activation": duty.late_activation,
        "performed": NO_EVENT if duty.performed is None else places[duty.performed.event or ""],
        "trigger": _trigger(laid, duty.trigger, places),
        "owed": duty.owed,
        "in_force": duty.in_force,
    }
    if duty.assigned is not None:
        found["bearer"] = duty.bearer
    return found


def _trigger(laid: Layout, trigger: Occurrence | None, places: dict[str, int]) -> int:
    if trigger is None:
        return NO_EVENT
    if trigger.provision is None:
        return places[trigger.event or ""]
    return NO_EVENT - 1 - [each.id for each in laid.rows].index(trigger.provision)
