"""The batch evaluation under Spark: the same answers from as many machines as there are (extra `spark`).

Rows of both tables become rows of one frame, are dealt by a hash of their case to partitions, sorted in each, and go
through `mapInArrow` to :mod:`policyengine.batch.partition`, which judges them by what judges them on one machine. A
partition is never whole in memory. Nothing of the session's configuration is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from policyengine.errors import MissingExtraError, PolicyEngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyspark.sql import Column, DataFrame

    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.coverage import Coverage
    from policyengine.batch.evaluating import Files, Written
    from policyengine.batch.judging import Asking, Engine, Which
    from policyengine.batch.shape import Shape
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.case import Moment
    from policyengine.model.policy import Policy

_NEEDED = ("pyspark", "pandas", "pyarrow", "numpy")
_SPACES = "".join(each for each in map(chr, range(0x3001)) if each.isspace())
"""What is no part of a case's id at its ends."""


class MissingJavaError(MissingExtraError):
    """Spark does not start: there is no Java that it runs on."""


class SparkStartError(PolicyEngineError):
    """Spark does not start for another reason, such as a master that does not answer; the text is that reason."""


class SparkJobError(PolicyEngineError):
    """Spark gave the job up, and neither a table nor our code is at fault; the text is its reason."""


class Given(TypedDict, total=False):
    """What :func:`evaluate` can be given besides the tables.

    Args:
        as_of, known_at, columns, readings, rows, gaps, engine: as in :class:`policyengine.batch.Given`; `auto` is
            `columns` here.
        number: the column of both tables with the number of the row, counted from 1: faults name rows by it, and it
            decides among events at one instant (S5). Unless given, rows are numbered as Spark reads them: in each of
            its partitions in order, with gaps between partitions.
        partitions: how many partitions of cases there are; unless given, as the session shuffles.
    """

    as_of: Moment | None
    known_at: Moment | None
    columns: BatchColumns | str | Path | None
    readings: Mapping[str, str] | Mapping[str, Mapping[str, str]] | None
    rows: Which
    gaps: bool
    engine: Engine
    number: str | None
    partitions: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a batch, none of them computed yet.

    Args:
        duties, gaps, faults: frames with the columns of their namesakes in :class:`policyengine.batch.Answers`.
        together: what the three are cut from. Each of them judges every case anew, unless this is persisted before.
        remarks: what is no fault, such as columns that are not read.
        asking: what is asked of every case.
    """

    duties: DataFrame
    gaps: DataFrame
    faults: DataFrame
    together: DataFrame
    remarks: tuple[Diagnostic, ...]
    asking: Asking

    def coverage(self) -> Coverage:
        """Return how many cases there were, and how they were judged: a job, as a count of `duties` is one."""
        from policyengine.batch.tallying import coverage

        rows = self.together.where("tally IS NOT NULL").select("tally.*").collect()
        return coverage(self.asking, (each.asDict() for each in rows))


def evaluate(
    policy: Policy | Sequence[Policy], cases: DataFrame, events: DataFrame | None = None, **given: Unpack[Given]
) -> Answers:
    """Return the answers for all cases, to be computed by Spark: the same rows as on one machine, in no order.

    The tables are looked at here, their rows when the answers are asked for. A row that cannot be read keeps back its
    own case and no other, and is a row of `faults`. A fault of ours fails the task, names the case, and is tried again
    by Spark as any failed task.

    Args:
        policy: from :func:`policyengine.load`, or several of them, which judge side by side.
        cases: the table of cases, as for :func:`policyengine.batch.evaluate`.
        events: the table of events likewise.
        given: see :class:`Given`.

    Raises:
        CaseError: a table, or the map of columns, is wrong as a whole; holds everything that is wrong with both.
        MissingExtraError: pyspark, pandas, pyarrow or numpy is not installed.
        ReadingError, TimeError, TypeError, ValueError: as for :func:`policyengine.evaluate`; or *number* is no column
            of whole numbers.
    """
    require()
    tables = [cases] if events is None else [cases, events]
    return answers(policy, tables, given, [False] * len(tables))


def answers(
    policy: Policy | Sequence[Policy], tables: Sequence[DataFrame], given: Given, is_text: Sequence[bool]
) -> Answers:
    """Return the answers for *tables*, cases and events; *is_text* tells which of them hold text alone, as CSV does."""
    from policyengine.batch.partition import KINDS, packed

    number, partitions = given.get("number"), given.get("partitions")
    asked = {name: value for name, value in given.items() if name not in {"number", "partitions"}}
    asking, remarks = _asked(policy, [_empty(each, number) for each in tables], asked)
    text_cases, *text_events = is_text
    asking = replace(asking, cases=replace(asking.cases, is_text=text_cases))
    sides = [_side(tables[0], asking.cases, number)]
    if asking.events is not None:
        events = replace(asking.events, is_text=text_events[0])
        asking = replace(asking, events=events)
        sides.append(_side(tables[1], events, number))
    together = _dealt(sides, partitions).mapInArrow(_judging(packed(asking)), _ddl())
    duties, gaps, faults = (together.where(f"{name} IS NOT NULL").select(f"{name}.*") for name in list(KINDS)[:3])
    return Answers(duties, gaps, faults, together, remarks, asking)


def require() -> None:
    """Make sure that what Spark needs on this side is installed.

    Raises:
        MissingExtraError: it is not.
    """
    from importlib import import_module

    try:
        for name in _NEEDED:
            import_module(name)
    except ImportError as error:
        message = (
            "batches under Spark need pyspark, pandas, pyarrow and numpy: install `regulatory-duties[batch,spark]`"
        )
        raise MissingExtraError(message) from error


def _asked(
    policy: Policy | Sequence[Policy], tables: Sequence[Any], given: Mapping[str, Any]
) -> tuple[Asking, tuple[Diagnostic, ...]]:
    """Return what is asked of tables with these columns, and what is to be said of them."""
    from policyengine.batch import stream

    with stream(policy, *tables, **given) as nothing:
        return nothing.asking, nothing.remarks


def _empty(table: DataFrame, number: str | None) -> Any:  # noqa: ANN401 - a table of pyarrow
    """Return the columns of *table* as Arrow has them, without its rows; not the one with their numbers.

    Raises:
        ValueError: *number* is no column of whole numbers.
    """
    from pyspark.sql.types import IntegralType

    if number is None:
        return table.limit(0).toArrow()
    if number not in table.columns or not isinstance(table.schema[number].dataType, IntegralType):
        msg = f"{number!r} is no column of whole numbers in a table with {', '.join(table.columns)}"
        raise ValueError(msg)
    return table.drop(_column(number)).limit(0).toArrow()


def _side(table: DataFrame, shape: Shape, number: str | None) -> DataFrame:
    """Return the rows of one table: the key of the case, the number from 0, and the columns that are read."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    from policyengine.batch.partition import KEY, ROW

    counted = F.monotonically_increasing_id() if number is None else _column(number).cast("bigint") - 1
    text = F.btrim(_column(shape.case).cast("string"), F.lit(_SPACES))
    row = F.struct(*map(_column, shape.columns))
    return table.select(F.when(text != "", text).alias(KEY), counted.alias(ROW), row.alias(shape.table))


def _dealt(sides: Sequence[DataFrame], partitions: int | None) -> DataFrame:
    """Return the rows of both tables in one frame: partitions of whole cases, the rows of each case together."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    from policyengine.batch.partition import CASES, KEY, ROW

    both = sides[0]
    for each in sides[1:]:
        both = both.unionByName(each, allowMissingColumns=True)
    # Rows without a case are nobody's, and may be many.
    spread = F.when(F.col(KEY).isNull(), F.col(ROW)).otherwise(F.xxhash64(KEY))
    dealt = both.repartition(spread) if partitions is None else both.repartition(partitions, spread)
    return dealt.sortWithinPartitions(KEY, F.col(CASES).isNull(), ROW)


def _judging(asking: bytes) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return what Spark sends to its workers: *asking* and the name of a function, of which each has its own copy."""

    def judged(batches: Iterable[Any]) -> Iterator[Any]:
        from policyengine.batch.partition import answers

        return answers(asking, batches)

    return judged


def _column(name: str) -> Column:
    """Return the column called *name*, whatever stands in the name."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    return F.col("`" + name.replace("`", "``") + "`")


def _ddl() -> str:
    """Return the columns of the answers, as Spark writes them."""
    from policyengine.batch.partition import KINDS

    return ", ".join(
        f"{name} struct<{', '.join(f'`{each.name}`: {_type(each.type)}' for each in schema)}>"
        for name, schema in KINDS.items()
    )


def _type(kind: Any) -> str:  # noqa: ANN401 - a type of pyarrow
    import pyarrow as pa

    if pa.types.is_list(kind):
        return f"array<{_type(kind.value_type)}>"
    if pa.types.is_map(kind):
        return f"map<{_type(kind.key_type)}, {_type(kind.item_type)}>"
    names = {pa.string(): "string", pa.bool_(): "boolean", pa.int64(): "bigint", pa.timestamp("us", "UTC"): "timestamp"}
    return names[kind]


def run(
    policies: Sequence[Policy],
    cases: str | Path,
    events: str | Path | None,
    *,
    files: Files,
    master: str | None = None,
    progress: bool = False,
    **given: Unpack[Given],
) -> Written:
    """Judge tables in files under a Spark of our own, and write the answers as directories of Parquet files.

    Args:
        policies: judge side by side.
        cases: a Parquet file, a directory of them, or CSV, on a disk that every worker sees.
        events: likewise.
        files: what is written, once all is judged; what was there before is replaced.
        master: where Spark runs, such as `local[4]`; unless given, as Spark is configured, else on all cores here.
        progress: whether Spark shows on standard error how far it is.
        given: see :class:`Given`.

    Raises:
        MissingJavaError, SparkStartError: Spark does not start.
        SparkJobError: Spark gives up. Besides that, what :func:`evaluate` raises.
    """
    require()
    from policyengine.batch.spark_files import written
    from policyengine.batch.spark_session import session

    with session(master, progress=progress) as spark:
        return written(spark, policies, (cases, events), files=files, given=given)
