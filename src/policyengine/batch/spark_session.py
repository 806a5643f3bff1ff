"""A Spark that is started for one job and stopped after it, and why it gave up."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from policyengine.batch.spark import MissingJavaError, SparkStartError

_NAME = "policyengine"
_NO_JAVA = "JAVA_GATEWAY_EXITED"
_UNTOLD = "python3"
"""The Python of the workers where nobody has said which one."""
_CAUSE = re.compile(r"^(?:Caused by: |: )?[\w.$]+(?:Error|Exception): (.+)$", re.MULTILINE)
"""A line of a trace of Java or of Python that says what went wrong; the last one is where it began."""


@contextmanager
def session(master: str | None, *, progress: bool) -> Iterator[SparkSession]:
    """Start Spark, and stop it again.

    Raises:
        MissingJavaError: there is no Java.
        SparkStartError: it does not start for another reason.
    """
    # By default Spark writes times in a form that others read as times of no zone.
    builder = SparkSession.builder.appName(_NAME).config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    builder = builder.config("spark.ui.showConsoleProgress", str(progress).lower())
    try:
        found = (builder if master is None else builder.master(master)).getOrCreate()
    except (PySparkException, Py4JError) as error:
        if not isinstance(error, PySparkException) or error.getCondition() != _NO_JAVA:
            raise SparkStartError(reason(error)) from error
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


def reason(error: Exception) -> str:
    """Return in one line what began *error*, which Spark tells with all that it led to."""
    causes = _CAUSE.findall(str(error))
    return causes[-1] if causes else str(error).strip().partition("\n")[0]
