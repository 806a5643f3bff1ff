"""Tables in files, judged under Spark, and their answers in files."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from py4j.protocol import Py4JError
from pyspark import StorageLevel
from pyspark.errors import PySparkException

from policyengine.batch.columns import BatchColumns, read_batch_columns
from policyengine.batch.evaluating import SHOWN, Files, Written
from policyengine.batch.partition import OURS
from policyengine.batch.sources import CSV, PARQUET, unreadable
from policyengine.batch.spark import Given, SparkJobError, answers
from policyengine.batch.spark_session import reason
from policyengine.batch.writing import made
from policyengine.diagnostics import Span, diagnostic
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from policyengine.model.policy import Policy

_EACH = 4
_UNREAD = re.compile(r"\[(?:FAILED_READ_FILE|MALFORMED_RECORD_IN_PARSING|MALFORMED_CSV_RECORD)[\w.]*\] (.*)")
"""How Spark says that it cannot read a file any further."""


def written(
    spark: SparkSession,
    policies: Sequence[Policy],
    tables: tuple[str | Path, str | Path | None],
    *,
    files: Files,
    given: Given,
) -> Written:
    """Judge *tables*, cases and events, and write the answers to *files*.

    Raises:
        CaseError: a table cannot be read.
        OSError: a file cannot be written.
        SparkJobError: Spark gives up.
    """
    columns = _columns(given.get("columns"))
    paths = [Path(each) for each in tables if each is not None]
    with _told(paths):
        frames = [_frame(spark, each, columns) for each in paths]
        # A few for each core: what a session shuffles into by default is meant for clusters.
        partitions = given.get("partitions") or _EACH * spark.sparkContext.defaultParallelism
        asked: Given = {**given, "columns": columns, "partitions": partitions}
        found = answers(policies, frames, asked, [each.suffix.lower() in CSV for each in paths])
        # Judged once, for three files: what is kept meanwhile lies on the disks of the workers.
        found.together.persist(StorageLevel.DISK_ONLY)
        targets = {files.duties: found.duties, files.gaps: found.gaps, files.faults: found.faults}
        with made(files.duties.parent):
            _write({path: frame for path, frame in targets.items() if path is not None})
        shown = found.faults.orderBy("table", "row", "column").limit(SHOWN).collect()
        faults = tuple(each.asDict() for each in shown)
        return Written(found.coverage(), found.duties.count(), found.gaps.count(), faults, found.remarks)


def _write(frames: Mapping[Path, DataFrame]) -> None:
    """Write *frames* beside their paths, and put them there once all are whole: else what was there stays."""
    with ExitStack() as stack:
        whole = {}
        for path, frame in frames.items():
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            stack.callback(shutil.rmtree, beside, ignore_errors=True)
            frame.write.mode("overwrite").parquet(_uri(beside))
            whole[beside] = path
        for beside, path in whole.items():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            beside.replace(path)


@contextmanager
def _told(paths: Sequence[Path]) -> Iterator[None]:
    """Tell whose fault it is that Spark gives up.

    Raises:
        CaseError: one of *paths* cannot be read, which may be found out only while its rows are.
        SparkJobError: Spark has a reason of its own.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        unread = _UNREAD.search(str(error))
        if unread is not None:
            raise unreadable(", ".join(map(str, paths)), ValueError(unread[1])) from error
        if OURS in str(error):
            raise
        raise SparkJobError(reason(error)) from error


def _columns(given: Any) -> BatchColumns:  # noqa: ANN401 - as callers may give it
    if given is None or isinstance(given, BatchColumns):
        return given or BatchColumns()
    found, faults = read_batch_columns(given)
    if found is None:
        raise CaseError(faults)
    return found


def _frame(spark: SparkSession, path: Path, columns: BatchColumns) -> DataFrame:
    """Return the table in a file.

    Raises:
        CaseError: it cannot be read.
    """
    ending = path.suffix.lower()
    try:
        if ending in CSV:
            return _csv(spark, path, columns, columns.delimiter or CSV[ending])
        if path.is_dir() or ending in PARQUET:
            return spark.read.parquet(_uri(path))
    except PySparkException as error:
        raise unreadable(str(path), error) from error
    known = ", ".join(sorted((*PARQUET, *CSV)))
    raise CaseError([diagnostic("PE641", Span(str(path), 1, 1, 1, 1), known=known)])


def _csv(spark: SparkSession, path: Path, columns: BatchColumns, delimiter: str) -> DataFrame:
    """Return a table of text; a row with too many cells or too few makes it unreadable, as on one machine."""
    options = {
        "header": "true",
        "sep": delimiter,
        "encoding": columns.encoding,
        "escape": '"',
        "multiLine": "true",
        "mode": "FAILFAST",
        "columnPruning": "false",
    }
    return spark.read.options(**options).csv(_uri(path))


def _uri(path: Path) -> str:
    """Return the path as one of this machine's, whatever file system Spark takes by default."""
    return path.absolute().as_uri()
