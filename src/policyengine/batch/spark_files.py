"""Tables in files, judged under a Spark that is started and stopped for them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark import StorageLevel
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.sql import SparkSession

from policyengine.batch.columns import BatchColumns, read_batch_columns
from policyengine.batch.evaluating import SHOWN, Files, Written
from policyengine.batch.sources import CSV, PARQUET, unreadable
from policyengine.batch.spark import Given, MissingJavaError, answers
from policyengine.diagnostics import Span, diagnostic
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from policyengine.model.policy import Policy

_NAME = "policyengine"
_NO_JAVA = "JAVA_GATEWAY_EXITED"
_EACH = 4
_UNREAD = re.compile(r"\[(?:FAILED_READ_FILE|MALFORMED_RECORD_IN_PARSING|MALFORMED_CSV_RECORD)[\w.]*\] (.*)")
"""How Spark says that it cannot read a file any further."""
_UNTOLD = "python3"
"""The Python of the workers where nobody has said which one."""


def written(
    policies: Sequence[Policy],
    tables: tuple[str | Path, str | Path | None],
    files: Files,
    *,
    master: str | None,
    given: Given,
) -> Written:
    """Judge *tables*, cases and events, and write the answers to *files*."""
    columns = _columns(given.get("columns"))
    paths = [Path(each) for each in tables if each is not None]
    with _session(master) as spark, _read(paths):
        frames = [_frame(spark, each, columns) for each in paths]
        # A few for each core: what a session shuffles into by default is meant for clusters.
        partitions = given.get("partitions") or _EACH * spark.sparkContext.defaultParallelism
        asked: Given = {**given, "columns": columns, "partitions": partitions}
        found = answers(policies, frames, asked, [each.suffix.lower() in CSV for each in paths])
        # Judged once, for three files: what is kept meanwhile lies on the disks of the workers.
        found.together.persist(StorageLevel.DISK_ONLY)
        for name in ("duties", "gaps", "faults"):
            path: Path | None = getattr(files, name)
            if path is not None:
                getattr(found, name).write.mode("overwrite").parquet(_uri(path))
        shown = found.faults.orderBy("table", "row", "column").limit(SHOWN).collect()
        faults = tuple(each.asDict() for each in shown)
        return Written(found.coverage(), found.duties.count(), found.gaps.count(), faults, found.remarks)


@contextmanager
def _read(paths: Sequence[Path]) -> Iterator[None]:
    """Tell that one of *paths* cannot be read, where that is found out only while its rows are.

    Raises:
        CaseError: it cannot.
    """
    try:
        yield
    except Exception as error:  # of pyspark, or of the bridge to Java
        unread = _UNREAD.search(str(error))
        if unread is None:
            raise
        raise unreadable(", ".join(map(str, paths)), ValueError(unread[1])) from error


def _columns(given: Any) -> BatchColumns:  # noqa: ANN401 - as callers may give it
    if given is None or isinstance(given, BatchColumns):
        return given or BatchColumns()
    found, faults = read_batch_columns(given)
    if found is None:
        raise CaseError(faults)
    return found


@contextmanager
def _session(master: str | None) -> Iterator[SparkSession]:
    """Start Spark, and stop it again.

    Raises:
        MissingJavaError: there is no Java.
    """
    # By default Spark writes times in a form that others read as times of no zone.
    builder = SparkSession.builder.appName(_NAME).config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    try:
        found = (builder if master is None else builder.master(master)).getOrCreate()
    except PySparkRuntimeError as error:
        if error.getCondition() != _NO_JAVA:
            raise
        message = "Spark needs Java 17 or later: install it, or let JAVA_HOME name it"
        raise MissingJavaError(message) from error
    try:
        context = found.sparkContext
        context.setLogLevel("ERROR")
        if context.pythonExec == _UNTOLD and str(context.master).startswith("local"):
            context.pythonExec = sys.executable
        yield found
    finally:
        found.stop()


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
