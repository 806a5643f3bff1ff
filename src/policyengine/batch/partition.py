"""One partition of rows of both tables, sorted by case -> answers, chunk by chunk, in bounded memory.

A partition comes as Arrow record batches, which begin and end anywhere: what follows the last whole case waits for the
next batch. Cases are judged by the :class:`Judge` that judges them on one machine. Nothing here knows of Spark.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policyengine.batch.coverage import Coverage, PolicyCoverage
from policyengine.batch.decoding import Rows
from policyengine.batch.faults import SCHEMA as FAULTS
from policyengine.batch.joining import Stray, stray_table
from policyengine.batch.judging import Judge, Part
from policyengine.batch.rows import DUTIES, GAPS
from policyengine.batch.texts import encoded, texts
from policyengine.errors import PolicyEngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyengine.batch.judging import Asking

_DISTRIBUTION = "regulatory-duties"
KEY = "key"
"""The column with the id of the case as text; null where there is none. Rows of one case stand together."""
CASES, EVENTS = "cases", "events"
"""The columns with the row of one table, as a struct; null in the rows of the other."""
ROW = "row"
"""The column with the place of the row in its table, from 0; within a case the events are sorted by it."""
CHUNK = 1 << 17
"""Rows that are judged at a time, of both tables; more only where one case has more."""
_EMITTED = 1 << 15
"""Rows of answers in one batch."""
OURS = "a fault of ours"
"""Stands in the text of an error that is one."""


def _plain(schema: Any) -> Any:  # noqa: ANN401 - a schema of pyarrow
    """Return *schema* with plain columns in place of dictionaries, which Spark does not read; anything may be null."""
    return pa.schema(
        (each.name, each.type.value_type if pa.types.is_dictionary(each.type) else each.type) for each in schema
    )


_TALLIES = pa.schema(
    [
        ("policy", pa.string()),
        *((name, pa.int64()) for name in ("cases", "answered", "kept_back", "events", "faults", "in_columns")),
        ("alone", pa.map_(pa.string(), pa.int64())),
    ]
)
"""How some cases were judged by one policy: the counts of `Coverage`, the same in the rows of all policies."""
KINDS = {"duty": _plain(DUTIES), "gap": _plain(GAPS), "fault": _plain(FAULTS), "tally": _TALLIES}
"""The columns of the answers, in each row of which one is a struct with these columns, and the others are null."""
_ANSWERS = pa.schema((name, pa.struct(list(schema))) for name, schema in KINDS.items())


class PartitionError(PolicyEngineError):
    """A case could not be judged at all, which is no fault of its rows; or the workers have another release."""


def answers(asking: bytes, batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the answers for the rows in *batches*, as record batches with the columns of `KINDS`.

    Args:
        asking: what is asked, as :func:`packed` has it: a process that judges several partitions prepares it once.
        batches: record batches with the columns `KEY`, `ROW`, `CASES` and `EVENTS`, sorted by `KEY`.

    Raises:
        PartitionError: a fault of ours, with the case that shows it; or another release asks.
    """
    judge = _judge(asking)
    for table in whole_cases(batches, CHUNK):
        for part in _judged(judge, table):
            yield from _emitted(part)


def packed(asking: Asking) -> bytes:
    """Return *asking* as it is sent to other machines, with the release of the library that asks."""
    return pickle.dumps((_release(), pickle.dumps(asking)))


@lru_cache(maxsize=1)
def _judge(asked: bytes) -> Judge:
    release, asking = pickle.loads(asked)  # noqa: S301 - made by ourselves, and sent by Spark as our own code is
    if release != _release():
        raise PartitionError(f"the library is {release} where the job was described, and {_release()} on a worker")
    found: Asking = pickle.loads(asking)  # noqa: S301 - likewise
    return Judge(found)


def _release() -> str | None:
    """Return which release is installed; `None` for files that were merely put on the path."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return None


def whole_cases(batches: Iterable[Any], least: int) -> Iterator[Any]:
    """Yield the rows of *batches* in their order, *least* of them or more at a time, and no case in two parts.

    Rows without a case belong to none together, so that any number of them is yielded in parts.
    """
    held: list[Any] = []
    count, wanted = 0, least
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count < wanted:
            continue
        table = pa.Table.from_batches(held)
        cut = _end_of_whole(table)
        if cut:
            yield table.slice(0, cut)
        held = table.slice(cut).to_batches()
        count -= cut
        # A case that is longer than a chunk is looked through anew only when it has doubled.
        wanted = max(least, 2 * count)
    if count:
        yield pa.Table.from_batches(held)


def _end_of_whole(table: Any) -> int:  # noqa: ANN401 - a table of pyarrow
    """Return how many rows stand before those of the last case, which may go on; all of them if it has no case."""
    keys = table.column(KEY)
    last = keys[-1]
    if not last.is_valid:
        return len(keys)
    return len(keys) - (pc.sum(pc.equal(keys, last)).as_py() or 0)


def _judged(judge: Judge, table: Any) -> Iterator[Part]:  # noqa: ANN401 - likewise
    """Yield the answers for whole cases, and the faults of the events that have none.

    Raises:
        PartitionError: a fault of ours, with the case that shows it.
    """
    rows, strays = _met(judge, table)
    try:
        yield judge.part(rows)
    except Exception as error:
        raise _named(judge, table, error) from error
    if len(strays.rows):
        faults = stray_table(strays, judge.asking.events)
        yield Part(DUTIES.empty_table(), GAPS.empty_table(), faults, Coverage(faults=len(strays.rows)))


def _named(judge: Judge, table: Any, error: Exception) -> PartitionError:  # noqa: ANN401 - likewise
    """Return *error* with the first case that shows it alone."""
    keys = table.column(KEY)
    for key in pc.unique(keys.drop_null()):
        try:
            judge.part(_met(judge, table.filter(pc.equal(keys, key)))[0])
        except Exception as found:  # noqa: BLE001 - whatever it is, it is told
            return PartitionError(f"the case {key.as_py()!r} cannot be judged, {OURS}: {found!r}")
    return PartitionError(f"{len(keys)} rows cannot be judged together, {OURS}: {error!r}")


def _met(judge: Judge, table: Any) -> tuple[Rows, Stray]:  # noqa: ANN401 - likewise
    """Return the cases of *table* with their events, and the events that have none."""
    shapes = judge.asking.cases, judge.asking.events
    cases, case_rows = _side(table, CASES)
    ids = texts(cases.column(shapes[0].case))
    copies = _copies(ids)
    if shapes[1] is None:
        nothing = np.empty(0, np.int64)
        return Rows(cases, case_rows, None, nothing, nothing, copies), Stray(nothing, pa.array([], pa.large_string()))
    events, event_rows = _side(table, EVENTS)
    named = texts(events.column(shapes[1].case))
    owner = np.asarray(pc.index_in(named, value_set=ids, skip_nulls=True).fill_null(-1)).astype(np.int64)
    lost = np.flatnonzero(owner < 0)
    return Rows(cases, case_rows, events, event_rows, owner, copies), Stray(
        event_rows[lost], named.take(pa.array(lost))
    )


def _copies(ids: Any) -> Any:  # noqa: ANN401 - arrays of pyarrow and of numpy
    """Return how many of the rows have the id of each; a row without one is alone."""
    places, values = encoded(ids)
    counts = np.append(np.bincount(places + 1, minlength=len(values) + 1)[1:], 1)
    return counts[places]


def _side(table: Any, name: str) -> tuple[Any, Any]:  # noqa: ANN401 - likewise
    """Return the rows of one table, and their places in it."""
    mine = table.filter(table.column(name).is_valid())
    return pa.Table.from_struct_array(mine.column(name)), np.asarray(mine.column(ROW))


def _emitted(part: Part) -> Iterator[Any]:
    """Yield the rows of the answers in batches, all of the same columns."""
    for (name, schema), table in zip(KINDS.items(), (*part[:3], _tallies(part.coverage)), strict=True):
        for batch in table.cast(schema).to_batches(max_chunksize=_EMITTED):
            mine = pa.StructArray.from_arrays(batch.columns, fields=list(schema))
            columns = [mine if each.name == name else pa.nulls(len(mine), each.type) for each in _ANSWERS]
            yield pa.RecordBatch.from_arrays(columns, schema=_ANSWERS)


def _tallies(coverage: Coverage) -> Any:  # noqa: ANN401 - a table of pyarrow
    counts = {name: getattr(coverage, name) for name in ("cases", "answered", "kept_back", "events", "faults")}
    # Faults of events without a case are of no policy.
    policies: list[tuple[str | None, PolicyCoverage]] = [*coverage.policies.items()]
    rows = [
        {
            "policy": policy,
            **counts,
            "in_columns": each.in_columns,
            "alone": [(str(why), n) for why, n in each.alone.items()],
        }
        for policy, each in policies or [(None, PolicyCoverage())]
    ]
    return pa.Table.from_pylist(rows, schema=_TALLIES)
