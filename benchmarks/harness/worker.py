"""One peer in its own process: `python -m benchmarks.harness.worker NAME`.

It checks the peer, says so, and then for every line of its input times plain Python, the peer, and plain Python again,
so that each ratio is of one process and one moment. Times are processor time of the whole process, in which other work
on the machine shows little.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.harness.machine import versions
from benchmarks.peers import peer
from benchmarks.peers.kinds import Batch, NotAvailableError, OneCase
from benchmarks.workload.answers import expected
from benchmarks.workload.cases import columns
from benchmarks.workload.workloads import WORKLOADS

MARK = "@@ "
CHECKED = 1000
SEED = 11
_POOL = 4096
_BESIDE = 2000
_WARM = 0.2
_LEAST = 3
Timed = Callable[[], float]


class Differs(Exception):  # noqa: N818 - what is wrong with the peer
    """A peer gives another answer."""


class Set(NamedTuple):
    """What times the peer, and what times the plain Python beside it; both in microseconds a case."""

    peer: Timed
    beside: Timed


def main(arguments: Sequence[str] | None = None) -> None:
    """Check the peer, and time it for every line of the input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--expected", required=True, help="a JSON file of the rows of every checked case")
    parser.add_argument("--seconds", type=float, default=0.25)
    asked = parser.parse_args(arguments)
    try:
        found = peer(asked.name)
    except (NotAvailableError, ImportError) as error:
        _say({"name": asked.name, "absent": str(error)})
        return
    said: dict[str, object] = {"name": asked.name, "mode": found.mode, "zh": found.what.zh, "en": found.what.en}
    policy = found.policy if isinstance(found, OneCase) else "benchmark-steady"
    with open(asked.expected, encoding="utf-8") as file:  # noqa: PTH123
        wanted = json.load(file)[policy]
    try:
        times = _one_case(found, wanted, asked.seconds) if isinstance(found, OneCase) else _batch(found, wanted)
    except Differs as error:
        _say({**said, "differs": str(error)})
        return
    if isinstance(found, Batch):
        said |= {"cases": found.cases, "covers": len(found.covers)}
    _say({**said, "policy": policy, "checked": CHECKED, "versions": versions(found.packages)})
    for _ in sys.stdin:
        before, own, after = times.beside(), times.peer(), times.beside()
        _say([own, (before + after) / 2])


def _say(what: object) -> None:
    sys.stdout.write(f"{MARK}{json.dumps(what, ensure_ascii=False)}\n")
    sys.stdout.flush()


def _one_case(found: OneCase, wanted: list[list[list[int]]], seconds: float) -> Set:
    workload = WORKLOADS[found.policy]
    for number, (case, rows) in enumerate(zip(workload.cases(CHECKED, SEED), wanted, strict=True)):
        _check(number, [list(row) for row in found.rows(found.call(found.prepared(case)))], rows)
    cases = [found.prepared(case) for case in workload.cases(_POOL, SEED + 1)]
    call, number, start = found.call, 0, time.process_time()
    while time.process_time() - start < _WARM:
        call(cases[number % _POOL])
        number += 1
    turns = max(10, int(seconds / _WARM * number))

    def own() -> float:
        start = time.process_time()
        for number in range(turns):
            call(cases[number % _POOL])
        return (time.process_time() - start) / turns * 1e6

    return Set(own, _plain(found.policy))


def _check(number: int, got: list[list[int]], wanted: list[list[int]]) -> None:
    """Compare as much of each row as the peer gives: at least provision, limit and status."""
    width = max(_LEAST, len(got[0])) if got else _LEAST
    if got != [row[:width] for row in wanted]:
        raise Differs(f"case {number}: {got} in place of {wanted}")


def _batch(found: Batch, wanted: list[list[list[int]]]) -> Set:
    some = columns(CHECKED, SEED)
    due, status = found.outputs(found.call(found.prepared(some)))
    for number, rows in enumerate(wanted):
        covered = [row for row in rows if row[0] in found.covers]
        _check(number, list(_row_by_row(found.covers, due, status, number)), covered)
    state = found.prepared(columns(found.cases))
    found.call(state)

    def own() -> float:
        start = time.process_time()
        found.call(state)
        return (time.process_time() - start) / found.cases * 1e6

    return Set(own, _plain("benchmark-steady"))


def _row_by_row(covers: Sequence[int], due: Any, status: Any, case: int) -> Iterator[list[int]]:  # noqa: ANN401 - arrays
    for rule, limits, statuses in zip(covers, due, status, strict=True):
        if statuses[case] >= 0:
            yield [rule, int(limits[case]), int(statuses[case])]


def _plain(policy: str) -> Timed:
    workload = WORKLOADS[policy]
    cases, plain = workload.cases(_BESIDE, SEED + 1), workload.plain

    def beside() -> float:
        start = time.process_time()
        for case in cases:
            plain(case)
        return (time.process_time() - start) / _BESIDE * 1e6

    beside()
    return beside


def write_expected(path: str) -> None:
    """Write what our reference evaluator says of the checked cases of every workload to *path*."""
    found = {name: expected(name, workload.cases(CHECKED, SEED)) for name, workload in WORKLOADS.items()}
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(found, file)


if __name__ == "__main__":
    main()
