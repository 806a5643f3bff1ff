"""Any thread may do anything at any time; what comes out is what some order of the same steps gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import policyengine as pe
from policyengine.monitor import Change, Monitor

POLICY = pe.load("changzhi")
AT = pe.Instant.parse("2025-10-08T23:30:00+08:00")
MINUTE = 60_000_000
THREADS, CASES = 8, 12


def _events(case: int) -> list[pe.Event]:
    start = AT.plus(case * MINUTE)
    return [
        pe.Event(id="e1", type="detected", at=start, sets={"event_severity": "major"}),
        pe.Event(id="e2", type="publish_update", at=start.plus(MINUTE)),
        pe.Event(id="e3", type="graded", at=start.plus(2 * MINUTE), sets={"event_severity": "extraordinary"}),
        pe.Event(id="e4", retracts="e2", recorded_at=start.plus(3 * MINUTE)),
    ]


def test_events_of_all_threads_arrive_and_each_change_is_told_once() -> None:
    monitor, barrier = Monitor(POLICY, as_of=AT), Barrier(THREADS)

    def work(thread: int) -> list[Change]:
        heard: list[Change] = []
        barrier.wait()
        for case in range(CASES):
            for event in _events(case):
                # Two threads bring the same events of each case, and all of them look and listen meanwhile.
                if thread % 4 == case % 4:
                    monitor.record(f"c{case}", event)
                heard += monitor.changed()
                monitor.due_before(AT.plus(60 * MINUTE))
                monitor.next_change()
                if f"c{case}" in monitor.cases:
                    monitor.answer(f"c{case}")
        return heard

    with ThreadPoolExecutor(THREADS) as pool:
        heard = [change for found in pool.map(work, range(THREADS)) for change in found]
    monitor.advance(AT.plus(120 * MINUTE))
    heard += monitor.changed()
    for case in range(CASES):
        asked = pe.Case(id=f"c{case}", events=_events(case))
        answer = pe.evaluate(POLICY, asked, as_of=monitor.as_of)
        assert monitor.answer(asked.id) == answer
        rows = {(duty.provision, duty.instance): duty.status for duty in answer.duties if duty.exists}
        assert _ends(heard, asked.id) == rows
    assert Monitor.restore(POLICY, monitor.state()).state() == monitor.state()


def _ends(heard: list[Change], case: str) -> dict[tuple[str, str | None], pe.Status]:
    """Return where the changes of *case* lead, put together in the order in which each continues another."""
    found: dict[tuple[str, str | None], pe.Status] = {}
    for name in {(each.provision, each.instance) for each in heard if each.case == case}:
        chain = [each for each in heard if each.case == case and (each.provision, each.instance) == name]
        # Every position is left once more often than it is come to, but for the first and the last.
        left = [each.before for each in chain]
        for each in chain:
            if each.after in left:
                left.remove(each.after)
            elif each.after is not None:
                found[name] = each.after.status
    return found


def test_the_same_event_of_many_threads_is_new_once() -> None:
    monitor, barrier = Monitor(POLICY, as_of=AT), Barrier(THREADS)

    def work(_: int) -> bool:
        barrier.wait()
        return monitor.record("a", _events(0)[0])

    with ThreadPoolExecutor(THREADS) as pool:
        assert sorted(pool.map(work, range(THREADS))) == [False] * (THREADS - 1) + [True]
