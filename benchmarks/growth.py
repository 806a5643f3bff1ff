"""How the time of one evaluation grows with the events of a case. `make bench` prints the table.

Each line is the median of several runs in one process; read the ratios, not the seconds. Linear is a ratio of ten.
"""

from __future__ import annotations

import statistics
import sys
import time

import policyengine as pe

MINUTE = 60_000_000
START = pe.Instant.parse("2025-01-01T00:00:00+08:00")
TYPES = ("detected", "publish_update", "graded", "report", "respond")
GRADES = ("ordinary", "major")


def case(events: int, *, regraded: bool) -> pe.Case:
    """Return a case with an event every seven minutes; with *regraded*, every fifth of them changes the grade."""
    log = []
    for number in range(events):
        kind = TYPES[number % len(TYPES)]
        graded = kind == "graded" and (regraded or number < len(TYPES))
        sets = {"event_severity": GRADES[number // len(TYPES) % 2]} if graded else {}
        log.append(pe.Event(id=f"e{number}", type=kind, at=START.plus(number * 7 * MINUTE), sets=sets))
    facts: dict[str, bool | str] = {"concerns_other_agency": False, "sentiment_severity": "major"}
    return pe.Case(id=f"{events} events", facts=facts, events=log)


def seconds(policy: pe.Policy, asked: pe.Case, runs: int) -> float:
    """Return the median time of *runs* evaluations an hour after the last event."""
    as_of = asked.events[-1].at.plus(60 * MINUTE)
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        pe.evaluate(policy, asked, as_of=as_of)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Print a line for each policy and size."""
    print(f"{'policy':34} {'grades':9} {'events':>8} {'seconds':>8} {'ratio':>6}")
    for name in sys.argv[1:] or ("changzhi", "hubei"):
        policy = pe.load(name)
        for regraded in (False, True):
            before = None
            for size in sizes:
                took = seconds(policy, case(size, regraded=regraded), 3 if size < max(sizes) else 1)
                ratio = "" if before is None else f"{took / before:.1f}"
                grades = "changing" if regraded else "steady"
                print(f"{policy.id:34} {grades:9} {size:8} {took:8.2f} {ratio:>6}", flush=True)
                before = took


if __name__ == "__main__":
    main()
