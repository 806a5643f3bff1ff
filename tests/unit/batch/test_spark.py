"""The batch evaluation under Spark, on a real one: the same rows as on one machine, whatever the partitions."""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

import pytest

import policyengine as pe
from policyengine.errors import CaseError, MissingExtraError, ReadingError
from tests.support.spark import MISSING, REQUIRED, needs_spark

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

    from policyengine.batch.coverage import Coverage
    from policyengine.batch.spark import Answers

if MISSING is None or REQUIRED:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.errors import PythonException

    from policyengine import batch
    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.spark import evaluate

AS_OF = "2025-10-10T00:00:00+08:00"
NUMBER = "number"
ZONE = {"time_zone": "Asia/Shanghai"}


@pytest.fixture(scope="module")
def policies() -> list[pe.Policy]:
    return [pe.load(each) for each in ("changzhi", "hubei")]


def messy() -> tuple[pa.Table, pa.Table]:
    """Return tables with whatever can be wrong with a row, among rows that are in order."""
    cases: list[tuple[str | None, str | None, str | None]] = [
        ("c-1", "major", AS_OF),
        ("c-2", "ordinary", "2025-10-20T00:00:00+08:00"),
        ("  c-3\u3000", None, AS_OF),
        ("no such grade", "huge", AS_OF),
        (None, "major", AS_OF),
        ("", "major", AS_OF),
        ("twice", "major", AS_OF),
        (" twice", "major", AS_OF),
        ("no instant", "major", None),
        ("no such instant", "major", "2025-02-30T00:00:00+08:00"),
        ("naive instant", "major", "2025-10-10T00:00:00"),
        ("far instant", "major", "9999-12-31T00:00:00+08:00"),
        ("no events", "major", AS_OF),
        ("bad type", "major", AS_OF),
        ("bad time", "major", AS_OF),
        ("no type", "major", AS_OF),
        ("no time", "major", AS_OF),
        ("bad role", "major", AS_OF),
        ("bad fact", None, AS_OF),
        ("corrected", None, AS_OF),
        ("corrects nothing", None, AS_OF),
        ("two of one id", None, AS_OF),
        ("many", "larger", AS_OF),
    ]
    start, later = "2025-10-08T23:30:00+08:00", "2025-10-09T12:00:00+08:00"
    events: list[dict[str, Any]] = [
        {"case": "c-1", "id": "e1", "type": "detected", "at": start},
        {"case": "c-1", "id": "e2", "type": "hold_press_conference", "at": later, "by": "propaganda_department"},
        {"case": "c-2 ", "type": "detected", "at": start},
        {"case": "c-3", "type": "detected", "at": start, "sets.event_severity": "grave"},
        {"case": "c-3", "type": "graded", "at": start, "sets.event_severity": "larger"},
        {"case": "nobody's", "type": "detected", "at": start},
        {"case": None, "type": "detected", "at": start},
        {"case": None, "type": "detected", "at": "not even a time"},
        {"case": "no such grade", "type": "detected", "at": start},
        {"case": "bad type", "type": "detcted", "at": start},
        {"case": "bad time", "type": "detected", "at": "2025-10-08T25:30:00+08:00"},
        {"case": "bad time", "type": "detected", "at": "2025-10-08"},
        {"case": "no type", "at": start},
        {"case": "no time", "type": "detected"},
        {"case": "bad role", "type": "detected", "at": start, "by": "janitor"},
        {"case": "bad fact", "type": "detected", "at": start, "sets.event_severity": "huge"},
        {"case": "corrected", "id": "e1", "type": "detected", "at": start},
        {"case": "corrected", "id": "e2", "type": "detected", "at": later, "corrects": "e1"},
        {"case": "corrects nothing", "id": "e2", "type": "detected", "at": later, "corrects": "e1"},
        {"case": "two of one id", "id": "e1", "type": "detected", "at": start},
        {"case": "two of one id", "id": "e1", "type": "detected", "at": later},
        {"case": "twice", "type": "detected", "at": start},
        *({"case": "many", "type": "detected", "at": f"2025-10-08T23:30:{second:02}+08:00"} for second in range(40)),
    ]
    names = ("case", "id", "type", "at", "by", "sets.event_severity", "corrects")
    columns = {name: pa.array([each.get(name) for each in events], pa.string()) for name in names}
    return (
        pa.table(dict(zip(("case", "event_severity", "as_of"), map(list, zip(*cases, strict=True)), strict=True))),
        pa.table(columns),
    )


def framed(spark: SparkSession, table: pa.Table, *, turned: bool = False) -> DataFrame:
    """Return *table* with the numbers of its rows, as a frame; *turned*, with the last row first."""
    table = table.append_column(NUMBER, pa.array(range(1, table.num_rows + 1), pa.int64()))
    return spark.createDataFrame(table.take(list(reversed(range(table.num_rows)))) if turned else table)


def _stored(spark: SparkSession, table: pa.Table, folder: Path) -> DataFrame:
    """Return *table* as Spark reads it from a file: made from memory, times of day would be instants of the session."""
    pq.write_table(
        table.append_column(NUMBER, pa.array(range(1, table.num_rows + 1), pa.int64())), folder / "t.parquet"
    )
    return spark.read.parquet(str(folder / "t.parquet"))


def _same(here: batch.evaluating.Answers, there: Answers) -> None:
    """Hold the answers of Spark to those of one machine: the same rows, and the same types but for dictionaries."""
    there.together.persist()  # else the cases are judged four times
    for name in ("duties", "gaps", "faults"):
        expected = getattr(here, name)
        found = getattr(there, name).toArrow()
        assert found.column_names == expected.column_names
        plain = [each.value_type if pa.types.is_dictionary(each) else each for each in expected.schema.types]
        found = found.cast(pa.schema(zip(expected.column_names, plain, strict=True)))
        assert _rows(found) == _rows(expected), name
    assert _counts(there.coverage()) == _counts(here.coverage)
    there.together.unpersist()


def _counts(coverage: Coverage) -> Coverage:
    """Return *coverage* without the ways in which cases were judged: one machine judges a few cases one by one."""
    return replace(coverage, policies={})


def _rows(table: pa.Table) -> list[str]:
    return sorted(map(repr, table.to_pylist()))


@needs_spark
@pytest.mark.parametrize(
    ("partitions", "turned"),
    [(None, False), (1, True), (2, False), (9, True)],
    ids=["as the session shuffles", "1, turned", "2", "9, turned"],
)
def test_messy_tables_give_the_rows_of_one_machine(
    spark: SparkSession, policies: list[pe.Policy], partitions: int | None, *, turned: bool
) -> None:
    cases, events = messy()
    here = batch.evaluate(policies, cases, events)
    assert here.faults.num_rows >= 20
    assert here.duties.num_rows >= 100
    frames = (framed(spark, each, turned=turned) for each in (cases, events))
    _same(here, evaluate(policies, *frames, number=NUMBER, partitions=partitions))


@needs_spark
@pytest.mark.parametrize("spread", [1, 5])
def test_without_numbers_the_answers_are_the_same(spark: SparkSession, policies: list[pe.Policy], spread: int) -> None:
    """Only the rows that faults name differ, where a table has several partitions."""
    cases, events = messy()
    frames = [spark.createDataFrame(each).repartition(spread, "case") for each in (cases, events)]
    here, there = batch.evaluate(policies, cases, events), evaluate(policies, *frames)
    assert _rows(there.duties.toArrow()) == _rows(here.duties)
    codes = sorted(here.faults["code"].to_pylist())
    assert sorted(row.code for row in there.faults.select("code").collect()) == codes
    assert _counts(there.coverage()) == _counts(here.coverage)


@needs_spark
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"rows": "all"},
        {"engine": "reference"},
        {"gaps": False},
        {"known_at": "2025-10-09T00:00:00+08:00"},
        {"readings": {"changzhi-energy-bureau": {}}},
    ],
    ids=lambda given: "-".join(given) or "nothing",
)
def test_what_is_asked_is_what_one_machine_is_asked(
    spark: SparkSession, policies: list[pe.Policy], given: dict[str, Any]
) -> None:
    cases, events = messy()
    cases = cases.drop_columns(["as_of"])
    there = evaluate(policies, framed(spark, cases), framed(spark, events), as_of=AS_OF, number=NUMBER, **given)
    _same(batch.evaluate(policies, cases, events, as_of=AS_OF, **given), there)


@needs_spark
@pytest.mark.parametrize("engine", ["columns", "reference"])
def test_coverage_tells_how_the_cases_were_judged(
    spark: SparkSession, policies: list[pe.Policy], engine: Literal["columns", "reference"]
) -> None:
    cases, events = messy()
    there = evaluate(policies, framed(spark, cases), framed(spark, events), engine=engine)
    expected = batch.evaluate(policies, cases, events, engine=engine).coverage
    assert {each.in_columns > 0 for each in expected.policies.values()} == {engine == "columns"}
    assert there.coverage() == expected


@needs_spark
def test_times_of_events_in_the_table_of_cases(spark: SparkSession, policies: list[pe.Policy]) -> None:
    start = datetime(2025, 10, 8, 15, 30, 0, 123456, tzinfo=UTC)
    cases = pa.table(
        {
            "case": pa.array([1, 2, 3, None]),
            "facts.event_severity": ["major", None, "larger", "major"],
            "detected": pa.array([start, start, None, start], pa.timestamp("us", "UTC")),
        }
    )
    there = evaluate(policies[0], framed(spark, cases), as_of=AS_OF, number=NUMBER)
    _same(batch.evaluate(policies[0], cases, as_of=AS_OF), there)


@needs_spark
def test_a_column_with_several_facts(spark: SparkSession, policies: list[pe.Policy]) -> None:
    several = [[("event_severity", "major")], [], [("event_severity", "huge")], None, [("no_such_fact", "x")]]
    cases = pa.table({"case": list("abcde"), "facts": pa.array(several, pa.map_(pa.string(), pa.string()))})
    there = evaluate(policies[0], framed(spark, cases), as_of=AS_OF, number=NUMBER)
    _same(batch.evaluate(policies[0], cases, as_of=AS_OF), there)


@needs_spark
@pytest.mark.parametrize("rows", [0, 1])
def test_tables_with_hardly_a_row(spark: SparkSession, policies: list[pe.Policy], rows: int) -> None:
    cases, events = (each.slice(0, rows) for each in messy())
    there = evaluate(policies, framed(spark, cases), framed(spark, events), number=NUMBER)
    _same(batch.evaluate(policies, cases, events), there)


@needs_spark
@pytest.mark.parametrize("kind", ["instants", "times of day"])
@pytest.mark.parametrize(
    ("zone", "ansi"),
    [("UTC", "true"), ("America/New_York", "true"), ("America/New_York", "false"), ("+05:45", "true")],
    ids=["UTC", "New York", "not ANSI", "an offset"],
)
def test_settings_of_the_session_change_nothing(
    spark: SparkSession, policies: list[pe.Policy], tmp_path: Path, zone: str, kind: str, ansi: str
) -> None:
    """The last night of summer time in New York: an hour there is twice."""
    stamp = pa.timestamp("us", "UTC") if kind == "instants" else pa.timestamp("us")
    at = pa.array([datetime(2025, 11, 2, 5, minute, tzinfo=UTC) for minute in (0, 59)], pa.timestamp("us", "UTC"))
    cases = pa.table({"case": ["a", "b"], "event_severity": ["major"] * 2, "detected": at.cast(stamp)})
    given: Any = {"as_of": "2026-01-01T00:00:00+08:00", "columns": BatchColumns.model_validate(ZONE)}
    frame = _stored(spark, cases, tmp_path)
    assert dict(frame.dtypes)["detected"] == ("timestamp" if kind == "instants" else "timestamp_ntz")
    before = {name: str(spark.conf.get(name)) for name in ("spark.sql.session.timeZone", "spark.sql.ansi.enabled")}
    try:
        for name, value in zip(before, (zone, ansi), strict=True):
            spark.conf.set(name, value)
        there = evaluate(policies[0], frame, number=NUMBER, **given)
        instants = there.duties.selectExpr("provision", "unix_micros(due) AS due", "unix_micros(violated_at) AS late")
        found = sorted(map(repr, instants.collect()))
        coverage = there.coverage()
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)
    here = batch.evaluate(policies[0], cases, **given)
    assert _counts(coverage) == _counts(here.coverage)
    expected = zip(
        here.duties["provision"].to_pylist(),
        here.duties["due"].cast(pa.int64()).to_pylist(),
        here.duties["violated_at"].cast(pa.int64()).to_pylist(),
        strict=True,
    )
    assert found == sorted(f"Row(provision={name!r}, due={due}, late={late})" for name, due, late in expected)


@needs_spark
def test_nothing_of_the_session_is_changed(spark: SparkSession, policies: list[pe.Policy]) -> None:
    before = dict(spark.conf.getAll)
    cases, events = messy()
    evaluate(policies, framed(spark, cases), framed(spark, events), number=NUMBER).duties.count()
    assert dict(spark.conf.getAll) == before


@needs_spark
def test_persisted_the_cases_are_judged_once(spark: SparkSession, policies: list[pe.Policy]) -> None:
    cases, events = messy()
    there = evaluate(policies, framed(spark, cases), framed(spark, events), number=NUMBER)
    there.together.persist()
    try:
        for each in (there.duties, there.gaps, there.faults):
            plan = each._jdf.queryExecution().executedPlan().toString()  # noqa: SLF001 - Spark has no other way
            assert "InMemoryTableScan" in plan
        _same(batch.evaluate(policies, cases, events), there)
    finally:
        there.together.unpersist()


@needs_spark
def test_a_fault_of_ours_fails_the_task_and_names_the_case(spark: SparkSession, policies: list[pe.Policy]) -> None:
    """By a map of words that only takes the remainder: of `%.0sdetected` it is `detected`, of `detected` an error."""
    cases = pa.table({"case": ["a", "the culprit", "z"], "event_severity": ["major"] * 3})
    types = ["%.0sdetected", "detected", "%.0sdetected"]
    events = pa.table({"case": cases["case"], "type": types, "at": [AS_OF] * 3})
    columns = BatchColumns().model_copy(update={"types": SimpleNamespace(get=operator.mod)})
    given: Any = {"as_of": AS_OF, "columns": columns}
    sound = [0, 2]
    there = evaluate(policies, framed(spark, cases.take(sound)), framed(spark, events.take(sound)), **given)
    assert there.faults.count() == 0
    there = evaluate(policies, framed(spark, cases), framed(spark, events), partitions=1, **given)
    with pytest.raises(PythonException, match=r"the case 'the culprit' cannot be judged, a fault of ours: TypeError"):
        there.duties.count()


@needs_spark
@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"id": ["a"]}, "PE625"),
        ({"case": ["a"], "event_severity": [datetime(2025, 1, 1, tzinfo=UTC)]}, "PE633"),
        ({"case": ["a"], "detected": [datetime(2025, 1, 1)]}, "PE832"),  # noqa: DTZ001 - without a zone, that is the point
        ({"case": ["a"], "facts.no_such_fact": ["x"]}, "PE206"),
    ],
    ids=["no case", "unfit type", "no zone", "unknown fact"],
)
def test_a_table_that_is_wrong_as_a_whole_is_refused_at_once(
    spark: SparkSession, policies: list[pe.Policy], tmp_path: Path, columns: dict[str, Any], code: str
) -> None:
    with pytest.raises(CaseError) as told:
        evaluate(policies, _stored(spark, pa.table(columns), tmp_path), number=NUMBER, as_of=AS_OF)
    assert [each.code for each in told.value.diagnostics] == [code]


@needs_spark
@pytest.mark.parametrize("number", ["case", "no such column"])
def test_numbers_of_rows_are_whole(spark: SparkSession, policies: list[pe.Policy], number: str) -> None:
    with pytest.raises(ValueError, match=f"'{number}' is no column of whole numbers"):
        evaluate(policies, framed(spark, messy()[0]), number=number)


@needs_spark
def test_misuse_is_refused_as_on_one_machine(spark: SparkSession, policies: list[pe.Policy]) -> None:
    with pytest.raises(ReadingError):
        evaluate(policies[0], framed(spark, messy()[0]), readings={"no-such-reading": "x"})
    with pytest.raises(TypeError, match="loaded"):
        evaluate("changzhi", framed(spark, messy()[0]))  # type: ignore[arg-type]  # as callers without a checker might


@pytest.mark.parametrize("missing", ["pyspark", "pandas", "pyarrow", "numpy"])
def test_without_the_extra_it_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from policyengine.batch import spark as module

    monkeypatch.setitem(__import__("sys").modules, missing, None)
    with pytest.raises(MissingExtraError, match=r"regulatory-duties\[batch,spark\]"):
        module.require()
