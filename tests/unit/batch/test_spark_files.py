"""Tables in files under Spark: the files of one machine, whole or not at all, and what is said where Spark gives up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

import policyengine as pe
from policyengine.errors import CaseError, PolicyEngineError
from tests.support.command import run
from tests.support.spark import MISSING, REQUIRED, environment, needs_spark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyspark.sql import SparkSession

    from policyengine.batch.evaluating import Written
    from policyengine.wording import Lang

if MISSING is None or REQUIRED:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from py4j.protocol import Py4JError

    from policyengine import batch
    from policyengine.batch import spark_files, spark_session
    from policyengine.batch.evaluating import files_in
    from policyengine.batch.spark import SparkJobError

AS_OF = "2025-06-01T00:00:00+08:00"
CASES = 'case,event_severity,note\na,major,"two\nlines, and ""more"""\nb,null,\nc,huge,x\n,major,\n'
EVENTS = "case,type,at\na,detected,2025-03-07T17:30:00+08:00\nnobody's,detected,2025-03-07T17:30:00+08:00\n"
NAMES = ("duties", "gaps", "faults")


def _written(spark: SparkSession, folder: Path, cases: str, events: str | None = None) -> Written:
    paths = (folder / cases, None if events is None else folder / events)
    asked: Any = {"as_of": AS_OF, "partitions": 2}
    return spark_files.written(spark, [pe.load("changzhi")], paths, files=files_in(folder / "out"), given=asked)


def _csv(folder: Path) -> tuple[str, str]:
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    return "cases.csv", "events.csv"


def _parquet(folder: Path) -> tuple[str, str]:
    text = pa.string()
    cases = {"case": pa.array([None], text), "event_severity": ["major"]}
    pq.write_table(pa.table(cases), folder / "cases.parquet")
    events = {"case": pa.array([None], text), "type": ["detected"], "at": [AS_OF]}
    pq.write_table(pa.table(events), folder / "events.parquet")
    return "cases.parquet", "events.parquet"


@needs_spark
@pytest.mark.parametrize("tables", [_csv, _parquet], ids=["CSV", "Parquet"])
def test_files_are_those_of_one_machine(
    spark: SparkSession, tmp_path: Path, tables: Callable[[Path], tuple[str, str]]
) -> None:
    cases, events = tables(tmp_path)
    found = _written(spark, tmp_path, cases, events)
    here = batch.evaluate(pe.load("changzhi"), tmp_path / cases, tmp_path / events, as_of=AS_OF)
    counts = [here.duties.num_rows, here.gaps.num_rows, here.faults.num_rows, here.faults.num_rows]
    assert [found.duties, found.gaps, found.coverage.faults, len(found.faults)] == counts
    assert found.remarks == here.remarks
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == sorted(f"{name}.parquet" for name in NAMES)
    for name in NAMES:
        written = pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist()
        assert sorted(map(repr, written)) == sorted(map(repr, getattr(here, name).to_pylist())), name


@needs_spark
@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("uneven.csv", "case,event_severity\na,major\nb\n", "PE833"),
        ("cases.txt", "case\na\n", "PE641"),
        ("gone.parquet", None, "PE833"),
        ("other.csv", "id\na\n", "PE625"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_and_nothing_is_written(
    spark: SparkSession, tmp_path: Path, name: str, text: str | None, code: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as told:
        _written(spark, tmp_path, name)
    assert [each.code for each in told.value.diagnostics] == [code]
    assert not (tmp_path / "out").exists()


@needs_spark
def test_where_a_file_cannot_be_written_those_of_before_stay(spark: SparkSession, tmp_path: Path) -> None:
    cases, _ = _csv(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "duties.parquet").write_text("of before", encoding="utf-8")
    (out / f".gaps.parquet.{os.getpid()}").symlink_to("nowhere/at/all")
    with pytest.raises(SparkJobError):
        _written(spark, tmp_path, cases)
    assert (out / "duties.parquet").read_text(encoding="utf-8") == "of before"
    assert not list(out.glob("*duties*/*"))


@needs_spark
def test_of_what_java_tells_the_reason_is_the_last() -> None:
    told = "An error occurred\n: org.apache.spark.SparkException: At last\n\tat x\nCaused by: a.IOException: so\n"
    assert spark_session.reason(Py4JError(told)) == "so"
    assert spark_session.reason(Py4JError("nothing of the kind\nat all")) == "nothing of the kind"


@needs_spark
def test_the_command_writes_what_it_writes_without_spark(tmp_path: Path) -> None:
    """As a process of its own, twice into one place: Spark's files are directories."""
    cases, events = _csv(tmp_path)
    asked = ("batch", "changzhi", "--cases", cases, "--events", events, "--as-of", AS_OF, "--lang", "en")
    (tmp_path / "there.parquet").mkdir()
    (tmp_path / "there.parquet" / "_SUCCESS").touch()
    under = ("--engine", "spark", "--master", "local[1]", "--out", "there.parquet")
    there = run(*asked, *under, cwd=tmp_path, env=environment(), timeout=240)
    here = run(*asked, "--out", "here.parquet", cwd=tmp_path)
    assert (there.returncode, here.returncode) == (3, 3), there.stderr
    counts = [each.stdout.splitlines()[1:3] for each in (there, here)]
    assert counts[0] == counts[1]
    assert there.stderr.endswith(here.stderr)
    tables = [pq.read_table(tmp_path / f"{name}.parquet").to_pylist() for name in ("there", "here")]
    assert sorted(map(repr, tables[0])) == sorted(map(repr, tables[1]))


@needs_spark
def test_without_java_the_command_says_what_is_missing(tmp_path: Path) -> None:
    cases, _ = _csv(tmp_path)
    asked = ("batch", "changzhi", "--cases", cases, "--as-of", AS_OF, "--engine", "spark", "--out", "out")
    done = run(*asked, "--lang", "en", cwd=tmp_path, env={**environment(), "JAVA_HOME": str(tmp_path)}, timeout=240)
    assert done.returncode == 2
    assert "error: Spark needs Java 17 or later: install it, or let the variable JAVA_HOME name it" in done.stderr
    assert not (tmp_path / "out").exists()


FAILURES = {
    "MissingJavaError": ("Spark 需要 Java 17 或更新版本", "Spark needs Java 17 or"),
    "SparkStartError": ("Spark 未能启动：so", "Spark does not start: so"),
    "SparkJobError": ("Spark 放弃了任务：so", "Spark gave up: so"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("error", FAILURES)
def test_the_command_tells_in_both_languages_why_there_is_no_answer(
    error: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policyengine.batch import spark
    from policyengine.cli import batch_spark
    from policyengine.cli.help import Misuse
    from policyengine.cli.streams import OutputError

    def refuse(*_: object, **asked: object) -> None:
        assert asked["rows"] == "all"
        assert not {"workers", "chunk"} & {*asked}
        kind: type[PolicyEngineError] = getattr(spark, error)
        raise kind("so")

    monkeypatch.setattr(spark, "run", refuse)
    monkeypatch.setattr(batch_spark, "spoken", lambda: lang)
    given: dict[str, Any] = {"rows": "all", "workers": 2, "chunk": 5}
    files: Any = None
    with pytest.raises((Misuse, OutputError)) as told:
        batch_spark.run([], ("cases.csv", None), files, master=None, given=given, progress=False)
    assert told.type is (OutputError if error == "SparkJobError" else Misuse)
    said = getattr(told.value, "message", None) or str(told.value)
    assert said.startswith(FAILURES[error][lang == "en"])


@pytest.mark.parametrize("master", ["nonsense", "local[many]", "", "spark:", "mesos://x:5050"])
def test_what_is_no_master_is_refused_before_spark_is_asked(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from policyengine.cli import batch_spark
    from policyengine.cli.help import Misuse

    monkeypatch.setattr(batch_spark, "spoken", lambda: "en")
    files: Any = None
    with pytest.raises(Misuse, match=r"--master is local, local\[4\], spark://HOST:7077"):
        batch_spark.run([], ("cases.csv", None), files, master=master, given={}, progress=False)
