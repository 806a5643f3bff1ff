"""Whether Spark is at hand, which needs pyspark, pandas and Java; and a session for the tests, one for each process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def _missing() -> str | None:
    """Return what is missing, if anything is."""
    lacking = [name for name in ("pyspark", "pandas", "pyarrow", "numpy") if find_spec(name) is None]
    if lacking:
        return f"{', '.join(lacking)} not installed"
    return None if java() else "no Java 17 or later"


def java() -> bool:
    """Tell whether there is a Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    command = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if command is None:
        return False
    try:
        said = subprocess.run([command, "-version"], capture_output=True, timeout=30, check=True).stderr.decode()
    except (OSError, subprocess.SubprocessError):
        return False
    version = said.partition('"')[2].partition(".")[0].partition('"')[0]
    return version.isdecimal() and int(version) >= 17


REQUIRED = os.environ.get("POLICYENGINE_REQUIRE_SPARK") == "1"
"""Set by CI, where the tests fail without Spark instead of being skipped."""
MISSING = _missing()

needs_spark = pytest.mark.skipif(MISSING is not None and not REQUIRED, reason=f"spark: {MISSING}")

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "3",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # By default Spark writes times in a form that others read as times of no zone.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # Small batches, so that cases lie across their ends.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
}


def environment() -> dict[str, str]:
    """Return what a process with Spark in it needs: its workers run this very Python, and compile no loops."""
    return {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "NUMBA_DISABLE_JIT": "1",
        # To compile well, and to collect garbage at leisure, takes Java longer than these jobs run.
        "SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }


def session(master: str = "local[2]") -> SparkSession:
    """Return a session of Spark on this machine, whose workers run this very Python."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("tests")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    # The workers have what the machine of Java had when it was started; the other tests shall not.
    with patch.dict(os.environ, environment()):
        return builder.getOrCreate()


def main() -> None:
    """Run a job as small as any, which fails where Spark does not start or its workers do not answer."""
    spark = session()
    try:
        (row,) = spark.range(1).mapInArrow(lambda tables: tables, "id long").collect()
        if row.id:
            sys.exit("Spark gave something else back")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
