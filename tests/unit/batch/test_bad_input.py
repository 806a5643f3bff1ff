"""What is wrong with a row keeps back its case and is listed; what is wrong with a table refuses it, all at once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import policyengine as pe
from policyengine.batch import evaluate, stream
from policyengine.batch.cells import Columnar, Numbers, unnamed
from policyengine.batch.checking import Checker
from policyengine.batch.columns import BatchColumns
from policyengine.errors import CaseError, ReadingError, TimeError
from policyengine.wording import LANGUAGES
from tests.support import lab

if TYPE_CHECKING:
    from policyengine.batch.evaluating import Answers
    from policyengine.model.policy import Policy

AS_OF = "2025-10-12T00:00:00+08:00"
AT = "2025-10-08T09:00:00+08:00"
POLICIES = Path(__file__).parents[2] / "policies"
ZONED = BatchColumns(time_zone="Asia/Shanghai")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pe.load("changzhi")


def cases(*ids: str | None, **more: list[Any] | pa.Array) -> pa.Table:
    return pa.table({"case": pa.array(ids, pa.string()), **more})


def events(*rows: tuple[str | None, ...], **more: list[Any] | pa.Array) -> pa.Table:
    """Return rows of case, type and time, and further columns."""
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    named = {name: pa.array(each, pa.string()) for name, each in zip(("case", "type", "at"), columns, strict=True)}
    return pa.table({**named, **more})


def faults(found: Answers) -> list[tuple[str, int, str | None, str | None, str]]:
    return [(row["table"], row["row"], row["column"], row["case"], row["code"]) for row in found.faults.to_pylist()]


def counted(found: Answers) -> tuple[int, int, int]:
    coverage = found.coverage
    assert coverage.cases == coverage.answered + coverage.kept_back
    assert coverage.faults == found.faults.num_rows
    return coverage.cases, coverage.answered, coverage.kept_back


GOOD = ("good", "detected", AT)

# Rows of the table of events: the row that is wrong, and what is said of it; the case `good` is judged all the same.
EVENT_ROWS = {
    "no time": (("bad", "detected", None), "at", "PE627"),
    "no type": (("bad", None, AT), "type", "PE627"),
    "an unknown type": (("bad", "detectd", AT), "type", "PE205"),
    "no instant": (("bad", "detected", "yesterday"), "at", "PE402"),
    "no such day": (("bad", "detected", "2025-02-30T09:00:00+08:00"), "at", "PE403"),
    "no such hour": (("bad", "detected", "2025-02-20T25:00:00+08:00"), "at", "PE403"),
    "no such offset": (("bad", "detected", "2025-02-20T09:00:00+25:00"), "at", "PE403"),
    "a time without a zone": (("bad", "detected", "2025-10-08T09:00:00"), "at", "PE642"),
    "too early": (("bad", "detected", "0999-12-31T23:59:59Z"), "at", "PE410"),
    "too late": (("bad", "detected", "9001-01-01T00:00:00Z"), "at", "PE410"),
}


@pytest.mark.parametrize("what", EVENT_ROWS)
@pytest.mark.parametrize("engine", ["columns", "compiled"])
def test_a_bad_event_keeps_back_its_case_alone(policy: Policy, what: str, engine: str) -> None:
    row, column, code = EVENT_ROWS[what]
    found = evaluate(policy, cases("bad", "good"), events(row, GOOD), as_of=AS_OF, engine=engine)  # type: ignore[arg-type]
    assert faults(found) == [("events", 1, column, "bad", code)]
    assert counted(found) == (2, 1, 1)
    assert set(found.duties.column("case").to_pylist()) == {"good"}


# Further columns of the table of events: the cell, and what is said of it.
EVENT_CELLS = {
    "a value that the scale lacks": ("sets.event_severity", "grave", "PE207"),
    "text for true or false": ("sets.negative", "true", "PE602"),
    "a number for true or false": ("sets.negative", 1, "PE602"),
    "one value for a list": ("sets.matter_scope", "province_policy", "PE602"),
    "a list for one value": ("sets.event_severity", ["major"], "PE602"),
    "a list with a value that is none": ("sets.matter_scope", ["elsewhere"], "PE207"),
    "an unknown role": ("by", "somebody", "PE203"),
    "an unknown addressee": ("to", "publisher;somebody", "PE203"),
    "neither true nor false": ("partial", "partly", "PE115"),
    "a recording that is no instant": ("recorded_at", "later", "PE402"),
    "an attribute that lacks the value": ("attributes.means", ["pigeon"], "PE207"),
    "a correction of nothing": ("corrects", "e9", "PE606"),
}


@pytest.mark.parametrize("what", EVENT_CELLS)
def test_a_bad_cell_keeps_back_its_case_alone(policy: Policy, what: str) -> None:
    column, value, code = EVENT_CELLS[what]
    table = events(("bad", "detected", AT), GOOD, **{column: pa.array([value, None])})
    found = evaluate(policy, cases("good", "bad"), table, as_of=AS_OF, engine="columns")
    assert [(row[0], row[1], row[3], row[4]) for row in faults(found)] == [("events", 1, "bad", code)]
    assert counted(found) == (2, 1, 1)


# Further columns of the table of cases, likewise.
CASE_CELLS = {
    "a value that is none": ("event_severity", "grave", "PE207"),
    "no instant": ("known_at", "later", "PE402"),
    "an instant out of range": ("known_until", "0500-01-01T00:00:00Z", "PE410"),
    "neither a case nor an agency": ("scope", "office", "PE115"),
    "a happening that is no instant": ("detected", "soon", "PE402"),
}


@pytest.mark.parametrize("what", CASE_CELLS)
def test_a_bad_row_of_a_case_keeps_it_back(policy: Policy, what: str) -> None:
    column, value, code = CASE_CELLS[what]
    found = evaluate(policy, cases("good", "bad", **{column: [None, value]}), as_of=AS_OF, engine="columns")
    assert faults(found) == [("cases", 2, column, "bad", code)]
    assert counted(found) == (2, 1, 1)


def test_a_case_without_an_instant_is_kept_back(policy: Policy) -> None:
    found = evaluate(policy, cases("a", "b", as_of=[AS_OF, None]), events(("b", "detected", AT)))
    assert faults(found) == [("cases", 2, None, "b", "PE603")]
    assert counted(found) == (2, 1, 1)


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_a_repeated_case_is_judged_in_none_of_its_rows(policy: Policy, chunk: int) -> None:
    table = events(("a", "detected", AT), ("b", "detected", AT))
    found = evaluate(policy, cases("a", "b", "a"), table, as_of=AS_OF, chunk=chunk)
    assert faults(found) == [("cases", 1, "case", "a", "PE830"), ("cases", 3, "case", "a", "PE830")]
    assert counted(found) == (3, 1, 2)
    assert set(found.duties.column("case").to_pylist()) == {"b"}


def test_a_row_without_a_case_is_told_wherever_it_stands(policy: Policy) -> None:
    found = evaluate(policy, cases("a", None, " ", "b"), events((None, "detected", AT), GOOD), as_of=AS_OF)
    assert faults(found) == [
        ("cases", 2, "case", None, "PE627"),
        ("cases", 3, "case", None, "PE627"),
        ("events", 1, "case", None, "PE627"),
        ("events", 2, "case", None, "PE831"),
    ]
    assert counted(found) == (4, 2, 2)


STRAYS = {
    "before all": (("0", "detected", AT), ("a", "detected", AT), ("b", "detected", AT)),
    "between": (("a", "detected", AT), ("aa", "detected", AT), ("b", "detected", AT)),
    "after all": (("a", "detected", AT), ("b", "detected", AT), ("c", "detected", AT)),
    "scattered": (("b", "detected", AT), ("c", "detected", AT), ("a", "detected", AT)),
}


@pytest.mark.parametrize("chunk", [1, 2, 9])
@pytest.mark.parametrize("where", STRAYS)
def test_events_without_a_case_are_counted_and_listed(policy: Policy, where: str, chunk: int) -> None:
    rows = STRAYS[where]
    found = evaluate(policy, cases("a", "b"), events(*rows), as_of=AS_OF, chunk=chunk)
    lost = next(number for number, row in enumerate(rows, 1) if row[0] not in {"a", "b"})
    assert faults(found) == [("events", lost, "case", None, "PE831")]
    assert counted(found) == (2, 2, 0)
    alone = evaluate(policy, cases("a", "b"), events(*(row for row in rows if row[0] in {"a", "b"})), as_of=AS_OF)
    assert found.duties == alone.duties


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)], ids=str)
def test_one_id_for_two_different_events_keeps_the_case_back(policy: Policy, order: tuple[int, ...]) -> None:
    rows = [("a", "detected", AT), ("a", "report", AT), ("b", "detected", AT)]
    ids = ["e1", "e1", "e1"]
    table = events(*(rows[each] for each in order), id=[ids[each] for each in order])
    found = evaluate(policy, cases("a", "b"), table, as_of=AS_OF, engine="columns")
    assert [(row[0], row[3], row[4]) for row in faults(found)] == [("events", "a", "PE601")]
    assert counted(found) == (2, 1, 1)


def test_one_id_for_the_same_event_twice_counts_once(policy: Policy) -> None:
    rows = [("a", "detected", AT), ("a", "detected", AT)]
    twice = evaluate(policy, cases("a"), events(*rows, id=["e1", "e1"]), as_of=AS_OF, engine="columns")
    once = evaluate(policy, cases("a"), events(rows[0], id=["e1"]), as_of=AS_OF, engine="columns")
    assert twice.duties == once.duties
    assert dict(twice.coverage.policies[policy.id].alone) == {"amended": 1}


def test_cases_without_events_are_answered(policy: Policy) -> None:
    found = evaluate(policy, cases("a", "b"), events(("b", "detected", AT)), as_of=AS_OF)
    assert counted(found) == (2, 2, 0)


def test_rows_of_nothing_are_nothing(policy: Policy) -> None:
    found = evaluate(policy, cases("a"), events(("a", None, None), ("a", "detected", AT)), as_of=AS_OF)
    assert counted(found) == (1, 1, 0)
    assert found.coverage.events == 1


def test_several_faults_of_one_case_are_all_told(policy: Policy) -> None:
    table = events(("a", "detectd", AT), ("a", "detected", None), ("a", "detected", "soon"))
    found = evaluate(policy, cases("a", negative=["?"]), table, as_of=AS_OF)
    assert [row[4] for row in faults(found)] == ["PE602", "PE205", "PE627", "PE402"]
    for lang in LANGUAGES:
        assert all(found.faults.column(f"message_{lang}").to_pylist())


def test_the_same_fault_of_many_rows_is_told_of_each(policy: Policy) -> None:
    ids = [f"c{number:04}" for number in range(500)]
    found = evaluate(policy, cases(*ids), events(*((each, "detectd", AT) for each in ids)), as_of=AS_OF, chunk=64)
    assert [row[1] for row in faults(found)] == list(range(1, 501))
    assert counted(found) == (500, 0, 500)
    assert found.duties.num_rows == 0


# Numbers


def test_numbers_are_held_to_be_finite_and_not_too_long(tmp_path: Path) -> None:
    shutil.copyfile(POLICIES / "good" / "sample.yaml", tmp_path / "sample.yaml")
    for name in ("vocabulary", "calendars"):
        shutil.copytree(POLICIES / "bad" / name, tmp_path / name)
    policy = pe.load(str(tmp_path / "sample.yaml"))
    read = Columnar(BatchColumns(), Checker([policy]), is_text=False)
    column = pa.array([1.5, float("nan"), None, float("inf"), -2.0])
    values, wrong = read.facts("facts", unnamed("injured"), column)
    assert isinstance(values, Numbers)
    assert values.there.tolist() == [True, False, False, False, True]
    assert [(row, fault.code) for row, fault in wrong] == [(3, "PE115")]
    assert (values.value(0), values.value(4)) == (1.5, -2.0)
    whole, wrong = read.facts("facts", unnamed("injured"), pa.array([7, 10**18, None, 1 << 60, -(10**18) + 1]))
    assert whole.there.tolist() == [True, False, False, False, True]
    assert [(row, fault.code) for row, fault in wrong] == [(1, "PE115"), (3, "PE115")]
    assert isinstance(whole.value(0), int)
    assert whole.inexact is not None
    assert whole.inexact[whole.there].tolist() == [False, True]


# Tables as a whole


def refused(policy: Policy, table: object, log: object = None, **given: object) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as caught:
        evaluate(policy, table, log, **{"as_of": AS_OF, **given})  # type: ignore[arg-type]
    return [(each.span.file if each.span else "", each.code) for each in caught.value.diagnostics]


def test_every_fault_of_both_tables_is_told_at_once(policy: Policy) -> None:
    table = pa.table({"id": ["a"], "known_at": [7], "event_severity": pa.array([b"x"])})
    log = pa.table({"case": ["a"], "kind": ["x"], "at": [5], "sets.severty": ["x"]})
    assert refused(policy, table, log) == [
        ("cases", "PE625"),
        ("cases", "PE633"),
        ("events", "PE206"),
        ("events", "PE625"),
        ("events", "PE633"),
    ]


def test_an_instant_is_asked_for(policy: Policy) -> None:
    assert refused(policy, cases("a"), as_of=None) == [("cases", "PE625")]


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_times_without_a_zone_are_refused_unless_one_is_declared(policy: Policy, unit: str) -> None:
    stamps = pa.array([datetime(2025, 10, 8, 9, tzinfo=UTC)]).cast(pa.timestamp(unit))
    assert refused(policy, cases("a", detected=stamps)) == [("cases", "PE832")]
    found = evaluate(policy, cases("a", detected=stamps), as_of=AS_OF, columns=ZONED)
    text = evaluate(policy, cases("a", detected=[AT]), as_of=AS_OF)
    assert found.duties == text.duties


def test_times_in_a_gap_or_a_fold_are_read_as_everywhere(policy: Policy) -> None:
    walls = ["2025-03-09T02:30:00", "2025-11-02T01:30:00", "2025-11-02T12:00:00"]
    zone = BatchColumns(time_zone="America/New_York")
    read = [
        evaluate(policy, cases("a", "b", "c", detected=column), as_of="2026-01-01T00:00:00Z", columns=zone)
        for column in (pa.array(walls), pa.array([datetime.fromisoformat(each) for each in walls], pa.timestamp("us")))
    ]
    exact = ["2025-03-09T03:00:00-04:00", "2025-11-02T01:30:00-05:00", "2025-11-02T12:00:00-05:00"]
    one = evaluate(policy, cases("a", "b", "c", detected=exact), as_of="2026-01-01T00:00:00Z")
    assert read[0].duties == one.duties
    assert read[1].duties == one.duties


def test_a_column_twice_is_refused(policy: Policy) -> None:
    table = pa.Table.from_arrays([pa.array(["a"])] * 3, names=["case", "negative", "negative"])
    assert refused(policy, table) == [("cases", "PE626")]


def test_two_columns_for_one_fact_are_refused(policy: Policy) -> None:
    table = cases("a", negative=[True], **{"facts.negative": [True]})
    assert refused(policy, table) == [("cases", "PE640")]


def test_an_event_that_no_policy_knows_is_refused(policy: Policy) -> None:
    columns = BatchColumns.model_validate({"cases": {"events": {"found": "detectd"}}})
    assert refused(policy, cases("a", found=[AT]), columns=columns) == [("cases", "PE834")]


def test_columns_that_are_not_read_are_a_remark(policy: Policy) -> None:
    found = evaluate(policy, cases("a", negativ=[True]), events(("a", "detected", AT), remark=["x"]), as_of=AS_OF)
    assert [(each.code, each.suggestion) for each in found.remarks] == [("PE638", "negative"), ("PE638", None)]


def test_a_file_that_is_cut_off_or_none_at_all_is_refused(policy: Policy, tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    pq.write_table(cases("a"), whole)
    (tmp_path / "cut.parquet").write_bytes(whole.read_bytes()[:-20])
    (tmp_path / "ragged.csv").write_text("case,negative\na\n", encoding="utf-8")
    (tmp_path / "cases.txt").write_text("a", encoding="utf-8")
    assert refused(policy, tmp_path / "cut.parquet") == [("cases", "PE833")]
    assert refused(policy, tmp_path / "ragged.csv") == [("cases", "PE833")]
    assert refused(policy, tmp_path / "gone.parquet") == [("cases", "PE833")]
    assert [code for _, code in refused(policy, tmp_path / "cases.txt")] == ["PE641"]


def test_a_bad_map_is_refused(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("cases: {fact: x}\ntime_zone: Mars\n", encoding="utf-8")
    assert len(refused(policy, cases("a"), columns=tmp_path / "map.yaml")) == 2


def test_misuse_raises(policy: Policy) -> None:
    table = cases("a")
    with pytest.raises(TypeError, match="loaded"):
        evaluate("changzhi", table, as_of=AS_OF)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="table"):
        evaluate(policy, [{"case": "a"}], as_of=AS_OF)
    with pytest.raises(ValueError, match="chunk"):
        evaluate(policy, table, as_of=AS_OF, chunk=0)
    with pytest.raises(ValueError, match="rows"):
        evaluate(policy, table, as_of=AS_OF, rows="some")  # type: ignore[arg-type]
    with pytest.raises(ReadingError):
        evaluate(policy, table, as_of=AS_OF, readings={"nothing": "x"})
    with pytest.raises(TimeError):
        evaluate(policy, table, as_of="0500-01-01T00:00:00Z")
    with pytest.raises(ValueError, match="context"):
        next(iter(stream(policy, table, as_of=AS_OF)))


def test_a_case_of_too_many_events_is_kept_back(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyengine.batch.decoding.MAX_ROWS", 2)
    table = events(*(("a", "detected", AT) for _ in range(3)), ("b", "detected", AT))
    found = evaluate(policy, cases("a", "b"), table, as_of=AS_OF)
    assert faults(found) == [("cases", 1, None, "a", "PE637")]


def test_what_a_case_that_is_kept_back_meets_under_another_policy_is_not_told() -> None:
    gap = '{id: silence, title: {zh: 空白, en: silence}, clause: "LAB:1", missing: {zh: 无, en: none}, upon: start}'
    clauses = (
        '"LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: t}, provisions: [a], gaps: [silence]}'
    )
    source = f"source: {{title: {{zh: 试, en: lab}}, clauses: {{{clauses}}}}}\n"
    silent = lab.policy("{id: a, must: answer, upon: start}", header=f"{source}gaps: [{gap}]\n")
    often = '{id: a, must: answer, upon: start, every: {at: ["00:00", "06:00", "12:00", "18:00"]}}'
    recurring = lab.policy(often, header="policy: recurring\n")
    table = events(("one", "start", "2026-03-02T09:00:00+08:00"), ("two", "stop", "2026-03-02T09:00:00+08:00"))
    asked = (cases("one", "two"), table)
    alone = evaluate([silent], *asked, as_of="2050-01-01T00:00:00+08:00")
    assert [row["case"] for row in alone.gaps.to_pylist()] == ["one"]
    found = evaluate([silent, recurring], *asked, as_of="2050-01-01T00:00:00+08:00", engine="columns")
    assert [each[-1] for each in faults(found)] == ["PE616"]
    assert counted(found) == (2, 1, 1)
    assert found.gaps.num_rows == 0
    assert {row["case"] for row in found.duties.to_pylist()} <= {"two"}
