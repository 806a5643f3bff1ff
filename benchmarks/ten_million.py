"""Ten million synthetic cases under the five agencies' policies, batch by batch, in bounded memory.

`python -m benchmarks.ten_million [--cases N] [--workers N] [--save]` makes two Parquet files part by part, goes
through them with `policyengine.batch.stream`, counts what comes out and keeps none of it. With `--save` the page of
results shows the run.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

import policyengine as pe
from benchmarks.results import saved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from policyengine.batch.coverage import Coverage

POLICIES = ("anshan", "changzhi", "hubei", "meihekou", "xincheng")
_PART = 100_000
_MICROS = 1_000_000
_HOUR = 3_600
_FROM, _DAYS = 1_735_660_800, 600  # 2025-01-01 in Shanghai, in seconds
_GRADES = ("none", "ordinary", "larger", "major", "extraordinary")
_KINDS = ("safety_accident", "natural_disaster", "other_event")
_EVENTS = (
    ("occurred", 0.5, -2),
    ("detected", 1.0, 0),
    ("report", 0.9, 0.5),
    ("gather_information", 0.4, 1),
    ("publish_first_bulletin", 0.6, 3),
    ("respond", 0.6, 30),
    ("hold_press_conference", 0.2, 20),
    ("publish_update", 0.5, 20),
    ("confirm_with_agency", 0.2, 5),
    ("misunderstanding_found", 0.1, 10),
    ("passivity_found", 0.05, 90),
    ("closed", 0.6, 80),
)
"""By event: the share of the cases that have one, and the hours from the detection to it in the mean."""
_TO = ("city_government", "city_government_office", "party_committee", "propaganda_department", "network_office")
"""To whom a report goes, each as often as another."""
_YES = {
    "concerns_other_agency": 0.2,
    "affects_vital_interests": 0.3,
    "important": 0.2,
    "negative": 0.5,
    "sensitive": 0.1,
    "online_sudden_sensitive": 0.05,
    "serious_social_impact": 0.05,
    "in_remit": 0.9,
    "needs_reply": 0.5,
    "response_demanded": 0.3,
    "concerns_several_units": 0.2,
    "needs_other_agencies": 0.1,
    "vertical_management": 0.02,
    "calls_for_experts": 0.05,
    "report_necessary": 0.05,
}
"""By fact: the share of the cases in which it is so."""
_UNKNOWN = 0.005
"""The share of the facts of a case that is not known."""


def part(first: int, n: int) -> tuple[Any, Any]:
    """Return *n* cases from number *first* on, and their events, as tables of Arrow."""
    pa: Any = import_module("pyarrow")
    draw = np.random.default_rng(first)
    start = _FROM + draw.integers(0, _DAYS * 24 * _HOUR, n)
    as_of = start + np.minimum(draw.exponential(72 * _HOUR, n), 20 * 24 * _HOUR).astype(np.int64)
    there, waits = [], []
    for _, share, hours in _EVENTS:
        there.append(draw.random(n) < share)
        waits.append((draw.exponential(abs(hours) * _HOUR, n) * np.sign(hours)).astype(np.int64))
    case, kind = np.nonzero(np.stack(there, axis=1))
    at = start[case] + np.stack(waits, axis=1)[case, kind]
    ids = pa.array(np.char.add("c", np.arange(first, first + n).astype(str)))
    cases = pa.table({"case": ids, "as_of": _moments(as_of), **_facts(draw, n)})
    names = pa.array([name for name, *_ in _EVENTS])
    reports = kind == [name for name, *_ in _EVENTS].index("report")
    to = pa.array(draw.integers(0, len(_TO), len(kind)).astype(np.int8), mask=~reports)
    events = {
        "case": ids.take(pa.array(case)),
        "type": pa.DictionaryArray.from_arrays(pa.array(kind.astype(np.int8)), names),
        "at": _moments(at),
        "to": pa.DictionaryArray.from_arrays(to, pa.array(_TO)),
    }
    return cases, pa.table(events)


def _moments(seconds: NDArray[np.int64]) -> Any:  # noqa: ANN401 - an array of Arrow
    pa: Any = import_module("pyarrow")
    return pa.array(seconds * _MICROS).cast(pa.timestamp("us", tz="UTC"))


def _facts(draw: np.random.Generator, n: int) -> dict[str, Any]:
    """Return facts, some of them not known."""
    pa: Any = import_module("pyarrow")
    grades, kinds = pa.array(_GRADES), pa.array(_KINDS)

    def chosen(words: Any, weights: Sequence[float]) -> Any:  # noqa: ANN401 - arrays of Arrow
        codes = pa.array(draw.choice(len(weights), n, p=weights).astype(np.int8), mask=draw.random(n) < _UNKNOWN)
        return pa.DictionaryArray.from_arrays(codes, words)

    found = {
        "event_severity": chosen(grades, (0.6, 0.2, 0.1, 0.07, 0.03)),
        "sentiment_severity": chosen(grades, (0.1, 0.5, 0.25, 0.1, 0.05)),
        "event_kind": chosen(kinds, (0.3, 0.2, 0.5)),
    }
    for name, share in _YES.items():
        found[name] = pa.array(draw.random(n) < share, mask=draw.random(n) < _UNKNOWN)
    return found


def made(folder: Path, n: int) -> tuple[Path, Path]:
    """Write *n* cases and their events to two files in *folder*, part by part."""
    parquet: Any = import_module("pyarrow.parquet")
    files = folder / "cases.parquet", folder / "events.parquet"
    writers: list[Any] = []
    for first in range(0, n, _PART):
        tables = part(first, min(_PART, n - first))
        if not writers:
            writers = [parquet.ParquetWriter(file, table.schema) for file, table in zip(files, tables, strict=True)]
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table)
    for writer in writers:
        writer.close()
    return files


def run(n: int, workers: int) -> dict[str, Any]:
    """Make *n* cases, judge them, and return what it took."""
    from policyengine import batch

    policies = [pe.load(name) for name in POLICIES]
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        files = made(Path(folder), n)
        making = time.perf_counter() - start
        statuses: Counter[str] = Counter()
        start = time.perf_counter()
        with batch.stream(policies, *files, engine="columns", workers=workers, progress=_tell) as parts:
            for each in parts:
                for found in each.duties["status"].value_counts().to_pylist():
                    statuses[found["values"]] += found["counts"]
            coverage: Coverage = parts.coverage
        seconds = time.perf_counter() - start
    alone: Counter[str] = Counter()
    for judged in coverage.policies.values():
        alone.update({str(why): count for why, count in judged.alone.items()})
    return {
        "cases": coverage.cases,
        "answered": coverage.answered,
        "events": coverage.events,
        "policies": len(policies),
        "duties": sum(statuses.values()),
        "statuses": dict(sorted(statuses.items())),
        "alone": dict(sorted(alone.items())),
        "declined": alone.total() / max(1, coverage.answered * len(policies)),
        "making": making,
        "seconds": seconds,
        "workers": workers,
        "peak_mib": _peak(workers),
    }


def _peak(workers: int) -> int:
    """Return the most memory that was held: by this process, and by as many others as large as the largest of them."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if workers > 1 else 0
    return (own + workers * child) // 1024


def _tell(done: int, total: int) -> None:
    if done % _PART < 1 << 14:
        sys.stderr.write(f"{done:,} of {total:,}\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the words ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ten_million", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the figures for the page of results")
    asked = parser.parse_args(arguments)
    found = run(asked.cases, asked.workers)
    if asked.save:
        saved("ten-million", found)
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in found.items()))


if __name__ == "__main__":
    main()
