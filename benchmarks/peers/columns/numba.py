"""One pass in Numba, one thread, into arrays made before."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload.words import DAY, HOUR
from benchmarks.workload.working_days import EPOCH, FIFTH
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Columns

_PROVISIONS = 12
_FAR = np.int64(1 << 62)


def _put(due: Any, status: Any, place: Any, limits: Any, act: Any, now: Any, missed: Any) -> Any:  # noqa: ANN401, PLR0913, PLR0917
    """Set one duty, and return the first limit that was missed."""
    row, i, on = place
    limit, late = limits
    if not on:
        due[row, i] = -1
        status[row, i] = -1
        return missed
    found = (1 if act < late else 2) if act else (0 if now < late else 3)
    due[row, i] = limit
    status[row, i] = found
    return min(missed, limit) if found > 1 else missed


def _judge(given: Any, fifth: Any, due: Any, status: Any, put: Any) -> None:  # noqa: ANN401, C901, PLR0912, PLR0915, PLR0917
    as_of, severity, channel, reach, vital, agency, rumour, report, offsets, types, moments = given
    done = np.zeros(16, np.int64)
    for i in range(len(as_of)):
        now = as_of[i]
        detected = graded = np.int64(0)
        done[:] = 0
        end = offsets[i + 1]
        for j in range(offsets[i], offsets[i + 1]):
            at = moments[j]
            if at > now:
                end = j
                break
            kind = types[j]
            if kind == 0:
                if detected == 0:
                    detected = at
            elif kind == 4:  # noqa: PLR2004 - codes of events, here and below
                if graded == 0:
                    graded = at
            elif kind <= 3 or kind == 12 or kind == 13:  # noqa: PLR1714, PLR2004
                if detected and done[kind] == 0:
                    done[kind] = at
            elif kind not in (8, 15) and graded and done[kind] == 0:
                done[kind] = at
        missed = _FAR
        has = detected != 0
        grave = graded != 0 and severity[i] >= 2  # noqa: PLR2004
        wide = reach[i] >= 100_000 or channel[i] >= 4 or vital[i]  # noqa: PLR2004
        one, four, day = detected + HOUR, detected + 4 * HOUR, detected + 24 * HOUR
        missed = put(due, status, (0, i, has), (one, one + 1), done[1], now, missed)
        missed = put(due, status, (1, i, has), (one, one + 1), done[2], now, missed)
        missed = put(due, status, (2, i, has and wide), (four, four + 1), done[3], now, missed)
        limit = graded + HOUR
        missed = put(due, status, (3, i, grave), (limit, limit + 1), done[5], now, missed)
        limit = graded + 24 * HOUR
        missed = put(due, status, (4, i, grave), (limit, limit + 1), done[6], now, missed)
        limit = graded + 2 * HOUR
        missed = put(due, status, (5, i, grave), (limit, limit + 1), done[7], now, missed)
        due[6, i] = 0 if grave else -1
        status[6, i] = -1 if not grave else 4 if done[14] else 0
        limit = graded + 48 * HOUR
        other = graded != 0 and severity[i] < 2  # noqa: PLR2004
        missed = put(due, status, (7, i, other), (limit, limit + 1), done[9], now, missed)
        limit = graded + 24 * HOUR
        late = limit + 1
        if done[11] and done[11] <= limit:
            limit = late = done[11]
        missed = put(due, status, (8, i, graded != 0 and agency[i]), (limit, late), done[10], now, missed)
        missed = put(due, status, (9, i, has and rumour[i]), (day, day + 1), done[12], now, missed)
        on = has and report[i]
        limit = fifth[(detected - EPOCH) // DAY] if on else np.int64(0)
        missed = put(due, status, (10, i, on), (limit, limit), done[13], now, missed)
        notice = np.int64(0)
        if missed != _FAR:
            for j in range(offsets[i], end):
                if types[j] == 15 and moments[j] >= missed:  # noqa: PLR2004
                    notice = moments[j]
                    break
        limit = missed + 24 * HOUR
        put(due, status, (11, i, missed != _FAR), (limit, limit + 1), notice, now, missed)


def make() -> Batch:
    """Return the peer."""
    numba = import_module("numba")
    put, judge = numba.njit(_put), numba.njit(_judge)
    fifth = np.array(FIFTH, np.int64)

    def prepared(given: Columns) -> tuple[Any, ...]:
        inputs = (
            *(given.as_of, given.severity, given.channel, given.reach, given.vital_interests, given.other_agency),
            *(given.illegal_rumour, given.report_required, given.offsets, given.types, given.at),
        )
        return inputs, np.empty((_PROVISIONS, given.n), np.int64), np.empty((_PROVISIONS, given.n), np.int8)

    def call(state: tuple[Any, ...]) -> tuple[Any, Any]:
        inputs, due, status = state
        judge(inputs, fifth, due, status, put)
        return due, status

    return Batch(Mode.LIMIT, Wording("Numba，一遍扫描", "Numba, one pass"), call, prepared, packages=("numba",))
