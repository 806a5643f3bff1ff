"""NumPy by hand for this policy, in chunks that stay in the cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload.words import AFTER_DETECTION, AFTER_GRADING, CODE, DAY, HOUR, REACH, TYPES
from benchmarks.workload.working_days import EPOCH, FIFTH
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Columns

_CHUNK = 1 << 15
_PROVISIONS = 12
_FAR = np.int64(1 << 62)
_NEEDED = np.array([1 if name in AFTER_DETECTION else 2 if name in AFTER_GRADING else 0 for name in TYPES], np.int8)
_FIFTH = np.array(FIFTH, np.int64)
_GRAVE, _LOUD = 2, 4


@dataclass(slots=True)
class _Out:
    """The rows of one chunk, and the first limit that each case missed."""

    due: Any
    status: Any
    now: Any
    missed: Any
    row: int = 0

    def put(self, on: Any, limit: Any, late: Any, act: Any) -> None:  # noqa: ANN401 - arrays
        """Set the next row."""
        status = np.where(act < _FAR, np.where(act < late, 1, 2), np.where(self.now < late, 0, 3)).astype(np.int8)
        np.copyto(status, -1, where=~on)
        self.due[self.row] = np.where(on, limit, -1)
        self.status[self.row] = status
        np.minimum(self.missed, limit, out=self.missed, where=status > 1)
        self.row += 1

    def hours(self, on: Any, anchor: Any, hours: int, act: Any) -> None:  # noqa: ANN401 - arrays
        """Set the next row, a limit in hours."""
        limit = anchor + hours * HOUR
        self.put(on, limit, limit + 1, act)


def _chunk(given: Columns, low: int, high: int, due: Any, status: Any) -> None:  # noqa: ANN401, PLR0915, PLR0917 - arrays
    n = high - low
    now = given.as_of[low:high]
    offsets = given.offsets[low : high + 1]
    case = np.repeat(np.arange(n, dtype=np.int32), np.diff(offsets))
    kind, at = given.types[offsets[0] : offsets[-1]], given.at[offsets[0] : offsets[-1]]
    seen = at <= now[case]
    case, kind, at = case[seen], kind[seen], at[seen]

    def first(name: str) -> Any:  # noqa: ANN401 - an array
        found = np.full(n, _FAR)
        places = np.flatnonzero(kind == CODE[name])[::-1]
        found[case[places]] = at[places]  # written backwards: the first one stays
        return found

    detected, graded = first("detected"), first("classified")
    counts = np.flatnonzero(at >= np.stack([np.zeros(n, np.int64), detected, graded])[_NEEDED[kind], case])[::-1]
    done = np.full((len(TYPES), n), _FAR)
    done[kind[counts], case[counts]] = at[counts]
    has, is_graded = detected < _FAR, graded < _FAR
    detected, graded = np.where(has, detected, 0), np.where(is_graded, graded, 0)
    grave = given.severity[low:high] >= _GRAVE
    out = _Out(due, status, now, np.full(n, _FAR))

    wide = (given.reach[low:high] >= REACH) | (given.channel[low:high] >= _LOUD) | given.vital_interests[low:high]
    out.hours(has, detected, 1, done[CODE["report_to_leader"]])
    out.hours(has, detected, 1, done[CODE["report_to_office"]])
    out.hours(has & wide, detected, 4, done[CODE["notify_network_office"]])
    on = is_graded & grave
    out.hours(on, graded, 1, done[CODE["publish_first_bulletin"]])
    out.hours(on, graded, 24, done[CODE["hold_press_conference"]])
    out.hours(on, graded, 2, done[CODE["take_the_lead"]])
    due[out.row] = np.where(on, 0, -1)
    status[out.row] = np.where(on, np.where(done[CODE["closed"]] < _FAR, 4, 0), -1)
    out.row += 1
    out.hours(is_graded & ~grave, graded, 48, done[CODE["respond"]])
    limit, released = graded + 24 * HOUR, done[CODE["released"]]
    sooner = released <= limit
    limit = np.where(sooner, released, limit)
    agency = is_graded & given.other_agency[low:high]
    out.put(agency, limit, limit + ~sooner, done[CODE["confirm_with_agency"]])
    out.hours(has & given.illegal_rumour[low:high], detected, 24, done[CODE["pass_on_leads"]])
    limit = _FIFTH[np.where(has, (detected - EPOCH) // DAY, 0)]
    out.put(has & given.report_required[low:high], limit, limit, done[CODE["file_report"]])
    missed = out.missed.copy()
    notice = np.full(n, _FAR)
    places = np.flatnonzero((kind == CODE["circulate_notice"]) & (at >= missed[case]))[::-1]
    notice[case[places]] = at[places]
    out.hours(missed < _FAR, np.where(missed < _FAR, missed, 0), 24, notice)


def _call(given: Columns) -> tuple[Any, Any]:
    due, status = np.empty((_PROVISIONS, given.n), np.int64), np.empty((_PROVISIONS, given.n), np.int8)
    for low in range(0, given.n, _CHUNK):
        part = slice(low, min(low + _CHUNK, given.n))
        _chunk(given, part.start, part.stop, due[:, part], status[:, part])
    return due, status


def make() -> Batch:
    """Return the peer."""
    return Batch(Mode.LIMIT, Wording("手写 NumPy，分块", "NumPy by hand, in chunks"), _call, packages=("numpy",))
