"""The same duties from one machine and from a local Spark: random cases under the five packaged regulations.

`python benchmarks/spark_equal.py [CASES]` needs the extras `batch` and `spark`, and Java. It exits with 1 unless
duties, gaps and faults are the same rows and the counts of cases agree.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import policyengine as pe
from policyengine import batch

if TYPE_CHECKING:
    from policyengine.batch.evaluating import Answers

CASES = 100_000
SEED = 20261122
START = 1_750_000_000_000_000
SPAN = 30 * 86_400_000_000
AS_OF = "2025-08-15T12:00:00+08:00"
_WORDS = {True: "equal", False: "DIFFERENT"}
WRONG = 500
"""One in so many cells is a word that no policy knows."""


def tables(policies: tuple[pe.Policy, ...], cases: int) -> tuple[pa.Table, pa.Table]:
    """Return random cases and their events: facts of every kind, events of every type, now and then a wrong word."""
    words, draw = policies[0].vocabulary, np.random.default_rng(SEED)
    ids = pa.array([f"case-{number:07}" for number in draw.permutation(cases)])
    columns = {"case": ids, "number": pa.array(np.arange(1, cases + 1))}
    for name, kind in words.facts.items():
        if kind.many:
            continue
        if kind.type == "boolean":
            columns[name] = pa.array(draw.integers(0, 2, cases) == 1, mask=_half(cases, draw))
        elif kind.type == "number":
            columns[name] = pa.array(draw.integers(0, 20, cases), mask=_half(cases, draw))
        elif kind.scale is not None:
            columns[name] = _chosen([each.id for each in words.scales[kind.scale]], cases, draw)
        elif kind.choices is not None:
            columns[name] = _chosen([each.id for each in kind.choices], cases, draw)
    return pa.table(columns), _events(list(words.event_types), ids, draw)


def _half(count: int, draw: np.random.Generator) -> Any:  # noqa: ANN401 - an array of numpy
    return draw.integers(0, 2, count) == 1


def _chosen(words: list[str], count: int, draw: np.random.Generator) -> Any:  # noqa: ANN401 - an array of pyarrow
    places = draw.integers(0, len(words), count)
    places[draw.integers(0, WRONG, count) == 0] = len(words)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=_half(count, draw)), [*words, "unheard of"]).cast(
        pa.string()
    )


def _events(types: list[str], ids: Any, draw: np.random.Generator) -> Any:  # noqa: ANN401 - both pyarrow's
    """Return up to nine events for each case, in no order, a third of them `detected`; some of no case."""
    counts = draw.integers(0, 10, len(ids))
    owner = np.repeat(np.arange(len(ids)), counts)
    count = len(owner)
    draw.shuffle(owner)
    case = ids.take(pa.array(owner, mask=draw.integers(0, WRONG * 10, count) == 0))
    type_ = pa.array(types).take(pa.array(draw.integers(0, len(types), count)))
    first = draw.integers(0, 3, count) == 0
    at = START + draw.integers(0, SPAN // 60_000_000, count) * 60_000_000
    return pa.table(
        {
            "case": case,
            "number": pa.array(np.arange(1, count + 1)),
            "type": pa.compute.if_else(pa.array(first), types[0], type_),
            "at": pa.array(at).cast(pa.timestamp("us", "UTC")),
        }
    )


def _sorted(table: Any) -> Any:  # noqa: ANN401 - tables of pyarrow
    """Return the rows in one order, and words as plain text."""
    plain = [each.type.value_type if pa.types.is_dictionary(each.type) else each.type for each in table.schema]
    table = table.cast(pa.schema(zip(table.column_names, plain, strict=True)))
    keys = [name for name, kind in zip(table.column_names, plain, strict=True) if not pa.types.is_nested(kind)]
    return table.sort_by([(name, "ascending") for name in keys]).combine_chunks()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Judge the same cases twice, and compare."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    # The five regulations, without the documents of the State Council that they carry out.
    policies = tuple(pe.load(each) for each in pe.packaged() if not each.startswith("state-council"))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with TemporaryDirectory() as folder:
        cases, events = (Path(folder) / f"{name}.parquet" for name in ("cases", "events"))
        for path, table in zip((cases, events), tables(policies, count), strict=True):
            pq.write_table(table, path, row_group_size=1 << 14)
        _say(f"{count:,} cases, {pq.read_metadata(events).num_rows:,} events, {len(policies)} policies")
        start = time.perf_counter()
        here = batch.evaluate(policies, cases, events, as_of=AS_OF, engine="columns")
        _say(f"one machine: {time.perf_counter() - start:.1f} s; {here.coverage.answered:,} cases answered")
        return 0 if _equal(policies, (cases, events), here) else 1


def _equal(policies: tuple[pe.Policy, ...], paths: tuple[Path, Path], here: Answers) -> bool:
    """Judge the same files under Spark, and tell whether the answers are the same."""
    from pyspark import StorageLevel
    from pyspark.sql import SparkSession

    from policyengine.batch.spark import evaluate

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frames = (spark.read.parquet(str(each)) for each in paths)
    start = time.perf_counter()
    there = evaluate(policies, *frames, as_of=AS_OF, number="number")
    there.together.persist(StorageLevel.DISK_ONLY)
    there.together.count()
    _say(f"Spark {spark.version}, local[2]: {time.perf_counter() - start:.1f} s")
    equal = [there.coverage() == here.coverage]
    _say(f"coverage: {_WORDS[equal[0]]}")
    for name in ("duties", "gaps", "faults"):
        expected, found = _sorted(getattr(here, name)), _sorted(getattr(there, name).toArrow())
        equal.append(found.cast(expected.schema).equals(expected))
        _say(f"{name}: {expected.num_rows:,} and {found.num_rows:,} rows, {_WORDS[equal[-1]]}")
    spark.stop()
    return all(equal)


if __name__ == "__main__":
    sys.exit(main())
