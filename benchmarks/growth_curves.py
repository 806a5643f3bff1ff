"""How time grows: with the events of a case, the provisions of a policy, and the number of cases in columns."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import policyengine as pe
from benchmarks.growth import case as long_case
from benchmarks.peers import peer
from benchmarks.peers.kinds import Batch, NotAvailableError
from benchmarks.workload import HERE
from benchmarks.workload.cases import Columns, as_case, columns, dictionaries
from benchmarks.workload.words import HOUR

EVENTS = (10, 100, 1_000, 10_000, 100_000)
PROVISIONS = (10, 30, 100, 300, 1_000)
CASES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_SEED = 11
_ENOUGH = 0.3
_SLOW = 5.0
Point = tuple[int, float]
Tell = Callable[[str], None]


def curves(tell: Tell) -> dict[str, Any]:
    """Return the points `(size, seconds)` of every curve."""
    found: dict[str, Any] = {}
    for name, points in (
        ("events, steady", _events(regraded=False)),
        ("events, regraded", _events(regraded=True)),
        ("provisions, evaluate", _provisions(_judging)),
        ("provisions, load", _provisions(_loading)),
        *(
            (f"cases, {each}", _cases(f"columns.{each}"))
            for each in ("ours:kernel", "ours:evaluate", "numba", "rust", "numpy")
        ),
    ):
        found[name] = _until_slow(points)
        tell(f"{name}: {found[name]}")
    return {"curves": found}


def _until_slow(points: Iterator[Point]) -> list[Point]:
    """Return the points, and no more after one that took long; none at all where the thing is not there."""
    found: list[Point] = []
    try:
        for point in points:
            found.append(point)
            if point[1] > _SLOW:
                break
    except (NotAvailableError, ImportError):
        return []
    return found


def seconds(call: Callable[[], object]) -> float:
    """Return the median processor time of one call; of one alone, where it is slow."""
    taken: list[float] = []
    while not taken or (sum(taken) < _ENOUGH and len(taken) < 1_000):  # noqa: PLR2004 - enough for a median
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _events(*, regraded: bool) -> Iterator[Point]:
    policy = pe.load("changzhi")
    for size in EVENTS:
        case = long_case(size, regraded=regraded)
        as_of = case.events[-1].at.plus(HOUR)
        yield size, seconds(lambda case=case, as_of=as_of: pe.evaluate(policy, case, as_of=as_of).duties)  # type: ignore[misc]


def _provisions(measured: Callable[[Path], float]) -> Iterator[Point]:
    with TemporaryDirectory() as folder:
        shutil.copytree(HERE / "vocabulary", Path(folder, "vocabulary"))
        file = Path(folder, "benchmark-steady.yaml")
        for size in PROVISIONS:
            file.write_text(grown(size), encoding="utf-8")
            yield size, measured(file)


def grown(size: int) -> str:
    """Return the text of a policy like `benchmark-steady` with *size* provisions."""
    text = (HERE / "benchmark-steady.yaml").read_text(encoding="utf-8")
    head, rest = text.split("provisions:\n", 1)
    body, tail = rest.split("\nsource:\n", 1)
    blocks = [f"  - id: {each}" for each in body.split("  - id: ")[1:-1]]  # without the duty upon violations
    many = [_numbered(blocks[number % len(blocks)], number) for number in range(size)]
    title, _ = tail.split("  clauses:\n", 1)
    clauses = [
        f'    "BMS:{number + 1}": {{number: "{number + 1}", at_hand: false, says: {{zh: 条款, en: clause}}, '
        f"provisions: p{number}}}\n"
        for number in range(size)
    ]
    return f"{head}provisions:\n{''.join(many)}\nsource:\n{title}  clauses:\n{''.join(clauses)}"


def _numbered(block: str, number: int) -> str:
    first, *lines = block.splitlines()
    named = [
        f"  - id: p{number}",
        *(f'    clause: "BMS:{number + 1}"' if "clause:" in line else line for line in lines),
    ]
    return "".join(f"{line}\n" for line in (named if first else []))


def _loading(file: Path) -> float:
    return seconds(lambda: pe.load(file))


def _judging(file: Path) -> float:
    policy = pe.load(file)
    drawn = [(as_case(each), pe.Instant(each["as_of"])) for each in dictionaries(columns(20, _SEED))]

    def every() -> None:
        for case, as_of in drawn:
            len(pe.evaluate(policy, case, as_of=as_of).duties)

    every()
    return seconds(every) / len(drawn)


def _cases(name: str) -> Iterator[Point]:
    found = peer(name)
    if not isinstance(found, Batch):
        raise TypeError(name)
    for size in CASES:
        state = found.prepared(repeated(columns(min(size, 1_000_000)), size))
        found.call(state)
        yield size, seconds(lambda state=state: found.call(state))  # type: ignore[misc]


def repeated(given: Columns, size: int) -> Columns:
    """Return *given* over and over, *size* cases in all, a multiple of those given."""
    import numpy as np

    times, rest = divmod(size, given.n)
    if rest:
        raise ValueError(size)
    if times == 1:
        return given
    lengths = np.tile(np.diff(given.offsets), times)
    same: Sequence[str] = [name for name in Columns.__slots__ if name not in {"n", "offsets"}]
    return Columns(
        n=size,
        offsets=np.concatenate([[0], np.cumsum(lengths)]),
        **{name: np.tile(getattr(given, name), times) for name in same},
    )
