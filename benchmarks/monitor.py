"""What following open cases costs, event by event: `python -m benchmarks.monitor [POLICY [CASES [EVENTS]]] [--save]`.

A stream of events goes over all cases, in the order in which they happen; one in fifty is learned late, one in a
hundred is taken back. Time passes with it, and every so often all that has changed is asked for, and what is due next.
Read the ratios between the lines, not the microseconds: no line should grow with the cases open or the events past.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

import policyengine as pe
from benchmarks.results import saved
from policyengine.engine.question import Question
from policyengine.monitor import Monitor

SECOND = 1_000_000
START = pe.Instant.parse("2025-01-06T09:00:00+08:00")
TYPES = ("detected", "graded", "publish_update", "report", "respond", "hold_press_conference")
REPORT, REPORTED_TO = TYPES[3], ("city_government",)
GRADES = ("none", "ordinary", "major", "extraordinary")
FACTS: dict[str, bool | str] = {"concerns_other_agency": False, "sentiment_severity": "major"}
ASKED_EVERY = 1_000
SAMPLE = 200
LATE, TAKEN_BACK = 50, 100

Said = tuple[str, pe.Event]
Line = dict[str, float]


def stream(cases: int, events: int) -> Iterator[Said]:
    """Yield *events* events, of which each of *cases* has its share; the same ones every time."""
    chosen = random.Random(1)  # noqa: S311 - the same cases every time, and no secret
    gap = max(1, 30 * 86_400 * SECOND // events)
    for number in range(events):
        at, case = START.plus(number * gap), f"c{number if number < cases else chosen.randrange(cases)}"
        kind = TYPES[0] if number < cases else chosen.choice(TYPES)
        if number >= cases and number % TAKEN_BACK == 0:
            yield case, pe.Event(id=f"r{number}", retracts="first", recorded_at=at)
            continue
        happened = at.plus(-3_600 * SECOND) if number % LATE == 0 else at
        sets = {"event_severity": chosen.choice(GRADES)} if kind in TYPES[:2] else {}
        name, to = "first" if number < cases else f"e{number}", REPORTED_TO if kind == REPORT else ()
        yield case, pe.Event(id=name, type=kind, at=happened, recorded_at=at, sets=sets, to=to)


def follow(monitor: Monitor[pe.Assessment], events: list[Said]) -> tuple[float, float, int]:
    """Take *events* in, and return the seconds spent on recording, those on all else, and how much has changed."""
    recording, asking, changed = 0.0, 0.0, 0
    for number, (case, event) in enumerate(events, 1):
        start = time.process_time()
        monitor.record(case, event)
        recording += time.process_time() - start
        if number % ASKED_EVERY == 0:
            start = time.process_time()
            if event.recorded > monitor.as_of:
                monitor.advance(event.recorded)
            changed += len(monitor.changed())
            monitor.due_before(monitor.as_of.plus(60 * SECOND))
            monitor.next_change()
            asking += time.process_time() - start
    return recording, asking, changed


def opened(policy: pe.Policy, cases: int) -> Monitor[pe.Assessment]:
    """Return a monitor with *cases* open cases, without events yet."""
    monitor = Monitor(policy, as_of=START)
    for number in range(cases):
        monitor.open(f"c{number}", facts=FACTS)
    return monitor


def line(name: str, events: int, spent: tuple[float, float, int]) -> Line:
    """Print and return what an event costs: microseconds to record and to follow it, and the changes that it brings."""
    recording, asking, changed = (1e6 * each / events for each in spent)
    print(f"{name:44} {recording:10.1f} {asking:10.1f} {changed / 1e6:10.2f}", flush=True)
    return {"record": recording, "follow": asking, "changes": changed / 1e6}


def by_cases(policy: pe.Policy, sizes: tuple[int, ...], events: int) -> dict[int, Line]:
    """Print and return the cost of an event by the number of open cases: of those after each case has had its first."""
    found = {}
    for cases in sizes:
        monitor, said = opened(policy, cases), stream(cases, cases + events)
        follow(monitor, list(islice(said, cases)))
        monitor.changed()
        found[cases] = line(f"{cases:,} cases open, {events:,} events", events, follow(monitor, list(said)))
    return found


def by_age(policy: pe.Policy, cases: int, events: int) -> tuple[Monitor[pe.Assessment], list[Line]]:
    """Print and return the cost of each tenth of many events, with the monitor after all of them."""
    monitor, said, tenth = opened(policy, cases), stream(cases, events), events // 10
    found = []
    for number in range(10):
        spent = follow(monitor, list(islice(said, tenth)))
        found.append(line(f"{cases:,} cases, events {number * tenth + 1:,} to {(number + 1) * tenth:,}", tenth, spent))
    return monitor, found


def compared(monitor: Monitor[pe.Assessment], policy: pe.Policy, cases: int, events: int) -> int:
    """Return how many answers, of a sample, are those of the reference evaluator; stop at the first that is not."""
    names = set(random.Random(2).sample(monitor.cases, min(SAMPLE, cases)))  # noqa: S311 - likewise
    logs: dict[str, list[pe.Event]] = {name: [] for name in names}
    for case, event in stream(cases, events):
        if case in names:
            logs[case].append(event)
    for name, log in logs.items():
        asked = Question(pe.Case(name, FACTS, log), monitor.as_of, None, "reference", evaluator="reference")
        if monitor.answer(name) != asked.answer(policy):
            msg = f"the answer to {name} is not that of a fresh evaluation"
            raise AssertionError(msg)
    return len(logs)


def main() -> None:
    """Print a line for each number of cases and each stretch of events, then memory, the sample and the state."""
    words = [each for each in sys.argv[1:] if each != "--save"]
    name, cases, events = (*words, *("changzhi", "100000", "1000000")[len(words) :])
    policy, most, total = pe.load(name), int(cases), int(events)
    print(f"{policy.id:44} {'record us':>10} {'follow us':>10} {'changes':>10}")
    sizes = tuple(size for size in (1_000, 10_000, 100_000) if size <= most)
    found: dict[str, Any] = {"policy": policy.id, "cases": most, "events": total, "asked_every": ASKED_EVERY}
    found["by_cases"] = by_cases(policy, sizes, max(ASKED_EVERY, total // 50))
    monitor, found["by_age"] = by_age(policy, most, total)
    found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory at the most: {found['peak_mib']:,} MiB")
    found["compared"] = compared(monitor, policy, most, total)
    print(f"answers compared with the reference: {found['compared']}, all equal")
    start = time.process_time()
    text = monitor.state()
    middle = time.process_time()
    again = Monitor.restore(policy, text)
    found |= {"state_mib": len(text) / 2**20, "saving": middle - start, "restoring": time.process_time() - middle}
    print(
        f"state: {found['state_mib']:,.0f} MiB, saved in {found['saving']:.1f} s, restored in "
        f"{found['restoring']:.1f} s, equal: {again.state() == text}"
    )
    if "--save" in sys.argv:
        saved("monitor", found)


if __name__ == "__main__":
    main()
