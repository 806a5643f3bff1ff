"""Random cases of `benchmark-steady`, the same ones as columns, as dictionaries and as `policyengine.Case`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.workload.words import CHANNELS, CODE, DAY, HOUR, MICROS, REGIONS, SEVERITIES, TYPES
from benchmarks.workload.working_days import EPOCH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    import policyengine as pe

Case = dict[str, Any]
_NEVER = np.int64(1) << 40  # seconds after the detection
_GRAVE_FROM = 2
_BOOLEANS = ("vital_interests", "other_agency", "illegal_rumour", "report_required")


@dataclass(frozen=True, slots=True)
class Columns:
    """Cases in columns: codes for words, microseconds for instants.

    The events of case *i*, in the order of time, are `types[offsets[i]:offsets[i + 1]]` and `at[...]` likewise.
    """

    n: int
    as_of: NDArray[np.int64]
    severity: NDArray[np.int8]
    channel: NDArray[np.int8]
    reach: NDArray[np.int64]
    region: NDArray[np.int8]
    vital_interests: NDArray[np.bool_]
    other_agency: NDArray[np.bool_]
    illegal_rumour: NDArray[np.bool_]
    report_required: NDArray[np.bool_]
    offsets: NDArray[np.int64]
    types: NDArray[np.int8]
    at: NDArray[np.int64]


class _Log:
    """Events drawn type by type: whether each case has one, and how many seconds after its detection."""

    def __init__(self, draw: np.random.Generator, n: int) -> None:
        self.draw, self.n = draw, n
        self.codes: list[int] = []
        self.seconds: list[NDArray[np.int64]] = []

    def after(self, hours: float) -> NDArray[np.float64]:
        """Return waits of *hours* in the mean, in seconds."""
        return self.draw.exponential(hours * HOUR / MICROS, self.n)

    def add(self, name: str, share: float, wait: NDArray[np.float64], *, only: NDArray[np.bool_] | None = None) -> None:
        """Let *share* of the cases, *only* some if given, have the event; each event of a case has its own second."""
        there = self.draw.random(self.n) < share
        if only is not None:
            there &= only
        second = np.maximum(wait, 0).astype(np.int64) // 32 * 32 + len(self.codes)
        self.codes.append(CODE[name])
        self.seconds.append(np.where(there, second, _NEVER))


def columns(n: int, seed: int = 7) -> Columns:
    """Return *n* random cases: about eight events each, of which six and a half before the instant asked about."""
    draw = np.random.default_rng(seed)
    severity = draw.choice(len(SEVERITIES), n, p=[0.5, 0.25, 0.18, 0.07]).astype(np.int8)
    channel = draw.integers(0, len(CHANNELS), n).astype(np.int8)
    reach = np.minimum(draw.lognormal(9.5, 2.0, n), 2e9).astype(np.int64)
    region = draw.integers(0, len(REGIONS), n).astype(np.int8)
    flags = {name: draw.random(n) < share for name, share in zip(_BOOLEANS, (0.1, 0.25, 0.2, 0.3), strict=True)}
    start = EPOCH + draw.integers(14 * DAY // MICROS, 330 * DAY // MICROS, n) * MICROS
    asked = np.minimum(draw.exponential(60 * HOUR // MICROS, n), 12 * DAY // MICROS).astype(np.int64) * MICROS
    log = _Log(draw, n)
    _happen(log, severity >= _GRAVE_FROM, flags)
    seconds = np.stack(log.seconds, axis=1)
    order = np.argsort(seconds, axis=1)
    seconds = np.take_along_axis(seconds, order, 1)
    there = seconds < _NEVER
    offsets = np.zeros(n + 1, np.int64)
    np.cumsum(there.sum(1), out=offsets[1:])
    return Columns(
        n,
        start + asked,
        severity,
        channel,
        reach,
        region,
        **flags,
        offsets=offsets,
        types=np.array(log.codes, np.int8)[order][there],
        at=(start[:, None] + seconds * MICROS)[there],
    )


def _happen(log: _Log, grave: NDArray[np.bool_], flags: Mapping[str, NDArray[np.bool_]]) -> None:
    """Draw what happens; a twentieth of the bulletins come before the grading, and so for nothing."""
    graded = log.after(3)
    log.add("detected", 1.0, np.zeros(log.n))
    log.add("report_to_leader", 0.92, log.after(0.6))
    log.add("report_to_office", 0.88, log.after(0.7))
    log.add("notify_network_office", 0.35, log.after(3))
    log.add("classified", 0.93, graded)
    early = log.draw.random(log.n) < 0.05  # noqa: PLR2004 - said above
    log.add("publish_first_bulletin", 0.9, graded + np.where(early, -0.5 * graded, log.after(0.8)), only=grave)
    log.add("hold_press_conference", 0.75, graded + log.after(18), only=grave)
    log.add("take_the_lead", 0.85, graded + log.after(1.5), only=grave)
    for number in range(1, 5):
        hours = 12 * (number - log.draw.random(log.n) * 1.1)
        log.add("publish_update", 0.7, graded + hours * HOUR / MICROS, only=grave)
    log.add("respond", 0.75, graded + log.after(30), only=~grave)
    log.add("confirm_with_agency", 0.75, graded + log.after(12), only=flags["other_agency"])
    log.add("released", 0.5, graded + log.after(20))
    log.add("pass_on_leads", 0.75, log.after(16), only=flags["illegal_rumour"])
    log.add("file_report", 0.7, log.after(110), only=flags["report_required"])
    log.add("closed", 0.6, graded + log.after(60))
    log.add("circulate_notice", 0.2, log.after(40))


def dictionaries(given: Columns, first: int = 0, last: int | None = None) -> list[Case]:
    """Return the cases from *first* to before *last* as dictionaries: words as text, instants in microseconds."""
    last = given.n if last is None else last
    offsets = given.offsets[first : last + 1].tolist()
    types = [TYPES[code] for code in given.types[offsets[0] : offsets[-1]].tolist()]
    moments = given.at[offsets[0] : offsets[-1]].tolist()
    events = [
        {"id": f"e{number}", "type": name, "at": at}
        for number, (name, at) in enumerate(zip(types, moments, strict=True))
    ]
    facts = zip(
        (SEVERITIES[code] for code in given.severity[first:last].tolist()),
        (CHANNELS[code] for code in given.channel[first:last].tolist()),
        given.reach[first:last].tolist(),
        (REGIONS[code] for code in given.region[first:last].tolist()),
        *(getattr(given, name)[first:last].tolist() for name in _BOOLEANS),
        strict=True,
    )
    names = ("severity", "channel", "reach", "region", *_BOOLEANS)
    return [
        {
            "case": f"case {first + number}",
            "as_of": as_of,
            "facts": dict(zip(names, values, strict=True)),
            "events": events[begin - offsets[0] : end - offsets[0]],
        }
        for number, (as_of, values, begin, end) in enumerate(
            zip(given.as_of[first:last].tolist(), facts, offsets, offsets[1:], strict=False)
        )
    ]


_SHANGHAI = timezone(timedelta(hours=8))
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def iso(micros: int) -> str:
    """Return an instant as text, with the offset of Shanghai."""
    return (_ZERO + timedelta(microseconds=micros)).astimezone(_SHANGHAI).isoformat()


def with_text(case: Case) -> Case:
    """Return *case* with every instant as text, as an application has it that reads JSON."""
    events = [{**event, "at": iso(event["at"])} for event in case["events"]]
    return {**case, "as_of": iso(case["as_of"]), "events": events}


def as_case(case: Case) -> pe.Case:
    """Return *case* as the library's own value; what an event `sets` is kept."""
    import policyengine as pe

    events = [
        pe.Event(id=each["id"], type=each["type"], at=pe.Instant(each["at"]), sets=each.get("sets", {}))
        for each in case["events"]
    ]
    return pe.Case(id=case["case"], facts=case["facts"], events=events)
