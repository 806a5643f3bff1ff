"""Batches give exactly the answers that each case has on its own, whatever way its tables are written and read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from pyarrow import csv, ipc

import policyengine as pe
from policyengine.batch import evaluate, stream, write
from policyengine.batch.columns import BatchColumns
from policyengine.model.case import Case, Event
from tests.support.batched import AS_OF, gap_rows, made_up, one_by_one, rows_of, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policyengine.batch.evaluating import Answers
    from policyengine.model.policy import Policy

ID = "changzhi-energy-bureau"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pe.load(ID)


@pytest.fixture(scope="module")
def cases(policy: Policy) -> list[Case]:
    return made_up(policy, 23)


def written(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def answered(found: Answers) -> tuple[bytes, bytes, bytes]:
    return written(found.duties), written(found.gaps), written(found.faults)


def normal(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: _utc(value) for name, value in row.items()} for row in rows]


def _utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@pytest.mark.parametrize("engine", ["columns", "compiled", "reference"])
@pytest.mark.parametrize("name", pe.packaged())
def test_long_tables_of_every_packaged_policy(name: str, engine: str) -> None:
    policy = pe.load(name)
    own = made_up(policy, 12, seed=7)
    table, events, columns = tables(policy, own)
    found = evaluate(policy, table, events, as_of=AS_OF, columns=columns, engine=engine)  # type: ignore[arg-type]
    duties, gaps = one_by_one(policy, own)
    assert (found.coverage.cases, found.coverage.answered, found.coverage.kept_back) == (12, 12, 0)
    assert found.faults.num_rows == 0
    assert normal(found.duties.to_pylist()) == normal(duties)
    assert found.gaps.to_pylist() == gaps


def wide(own: list[Case]) -> tuple[list[Case], pa.Table]:
    """Return the cases with the first event of each type alone, and as a table with a column for each type."""
    types = sorted({event.type for case in own for event in case.events if event.type})
    kept = []
    for case in own:
        first: dict[str, Event] = {}
        for event in case.events:
            if event.type:
                first.setdefault(event.type, Event(event.type, event.type, event.at))
        kept.append(Case(case.id, events=[first[name] for name in types if name in first]))
    times = {
        name: pa.array(
            [next((event.at.micros for event in case.events if event.type == name), None) for case in kept],
            pa.timestamp("us", "UTC"),
        )
        for name in types
    }
    return kept, pa.table({"case": [case.id for case in kept], **times})


@pytest.mark.parametrize("name", pe.packaged())
def test_wide_tables_of_every_packaged_policy(name: str) -> None:
    policy = pe.load(name)
    own, table = wide(made_up(policy, 12, seed=11))
    found = evaluate(policy, table, as_of=AS_OF)
    duties, gaps = one_by_one(policy, own)
    assert found.faults.num_rows == 0
    assert normal(found.duties.to_pylist()) == normal(duties)
    assert found.gaps.to_pylist() == gaps


def test_all_rows_have_one_for_each_provision(policy: Policy, cases: list[Case]) -> None:
    table, events, columns = tables(policy, cases)
    found = evaluate(policy, table, events, as_of=AS_OF, columns=columns, rows="all", engine="columns")
    answers = [pe.evaluate(policy, case, as_of=AS_OF, evaluator="reference") for case in cases]
    assert normal(found.duties.to_pylist()) == normal(
        [row for each in answers for row in rows_of(policy, each, every=True)]
    )


def test_several_policies_stand_case_by_case() -> None:
    policies = [pe.load(name) for name in (ID, "state-council-2016-80", "xincheng-petition-bureau")]
    own = made_up(policies[2], 12)
    table, events, columns = tables(policies[2], own)
    readings = {ID: {"starting_hour": "left_out"}}
    found = evaluate(policies, table, events, as_of=AS_OF, columns=columns, readings=readings, engine="columns")
    duties, gaps = [], []
    for case in own:
        for policy, answer in zip(policies, pe.evaluate(policies, case, as_of=AS_OF, readings=readings), strict=True):
            duties += rows_of(policy, answer)
            gaps += gap_rows(policy, answer)
    assert normal(found.duties.to_pylist()) == normal(duties)
    assert found.gaps.to_pylist() == gaps


def test_each_case_has_its_own_instants(policy: Policy, cases: list[Case]) -> None:
    table, events, columns = tables(policy, cases)
    moments = [f"2025-10-{10 + number % 9:02}T00:00:00+08:00" for number in range(len(cases))]
    known = [None if number % 3 else "2025-10-09T00:00:00+08:00" for number in range(len(cases))]
    table = table.append_column("as_of", pa.array(moments)).set_column(
        table.schema.get_field_index("known_until"), "known_until", pa.array(known)
    )
    found = evaluate(policy, table, events, columns=columns, engine="columns")
    duties = []
    for case, moment, until in zip(cases, moments, known, strict=True):
        own = Case(case.id, case.facts, case.events, known_until=until)
        duties += rows_of(policy, pe.evaluate(policy, own, as_of=moment, evaluator="reference"))
    assert normal(found.duties.to_pylist()) == normal(duties)


def test_known_at_leaves_out_what_was_recorded_later(policy: Policy, cases: list[Case]) -> None:
    table, events, columns = tables(policy, cases)
    known = "2025-10-06T00:00:00+08:00"
    found = evaluate(policy, table, events, as_of=AS_OF, known_at=known, columns=columns)
    answers = [pe.evaluate(policy, case, as_of=AS_OF, known_at=known) for case in cases]
    assert normal(found.duties.to_pylist()) == normal([row for each in answers for row in rows_of(policy, each)])


def test_an_agency_log_is_judged_by_agency_provisions() -> None:
    policy = pe.load(ID)
    own = Case("log", events=[Event("e", "detected", "2025-10-08T09:00:00+08:00")], scope="agency")
    table, events, columns = tables(policy, [own])
    found = evaluate(policy, table, events, as_of=AS_OF, columns=columns, engine="columns")
    duties, _ = one_by_one(policy, [own])
    assert normal(found.duties.to_pylist()) == normal(duties)
    assert dict(found.coverage.policies[ID].alone) == {"agency": 1}


# The same bytes


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 22, 23, 24, 1000])
def test_the_size_of_chunks_changes_nothing(policy: Policy, cases: list[Case], chunk: int) -> None:
    table, events, columns = tables(policy, cases)
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    other = evaluate(policy, table, events, as_of=AS_OF, columns=columns, chunk=chunk)
    assert answered(other) == answered(one)
    assert other.coverage == one.coverage


def test_the_number_of_workers_changes_nothing(policy: Policy, cases: list[Case]) -> None:
    table, events, columns = tables(policy, cases)
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns, engine="compiled")
    two = evaluate(policy, table, events, as_of=AS_OF, columns=columns, engine="compiled", workers=2, chunk=4)
    assert answered(two) == answered(one)
    assert two.coverage == one.coverage


@pytest.mark.parametrize("order", ["reversed", "by time", "another order of cases"])
def test_the_order_of_events_of_different_cases_changes_nothing(policy: Policy, cases: list[Case], order: str) -> None:
    table, events, columns = tables(policy, cases)
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    numbered = events.append_column("number", pa.array(range(events.num_rows)))
    by = {"reversed": [("case", "descending")], "by time": [("at", "ascending")]}.get(order, [("case", "ascending")])
    shuffled = numbered.sort_by([*by, ("number", "ascending")]).drop_columns(["number"])
    other = evaluate(policy, table, shuffled, as_of=AS_OF, columns=columns, chunk=7)
    assert answered(other) == answered(one)


def _encodings(table: pa.Table, make: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.Table:
    return pa.table({name: make(table.column(name)) for name in table.column_names})


ENCODINGS: dict[str, Callable[[pa.ChunkedArray], pa.ChunkedArray]] = {
    "large": lambda column: column.cast(pa.large_string()),
    "views": lambda column: column.cast(pa.string_view()),
    "dictionaries": lambda column: column.dictionary_encode(),
    "large dictionaries": lambda column: column.cast(pa.large_string()).dictionary_encode(),
    "many chunks": lambda column: pa.chunked_array(
        [each for start in range(len(column)) for each in column.slice(start, 1).chunks]
        + [column.slice(0, 0).combine_chunks()]
    ),
    "dictionaries that differ": lambda column: pa.chunked_array(
        [each.dictionary_encode() for start in range(0, len(column), 3) for each in column.slice(start, 3).chunks]
    ),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("clustered", [True, False], ids=["clustered", "scattered"])
def test_the_encoding_of_text_changes_nothing(
    policy: Policy, cases: list[Case], encoding: str, *, clustered: bool
) -> None:
    table, events, columns = tables(policy, cases)
    if not clustered:
        events = events.sort_by("at")
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    make = ENCODINGS[encoding]
    other = evaluate(policy, _encodings(table, make), _encodings(events, make), as_of=AS_OF, columns=columns, chunk=9)
    assert answered(other) == answered(one)


def _times(events: pa.Table, kind: pa.DataType) -> pa.Table:
    stamps = pa.array(
        [datetime.fromisoformat(each) for each in events.column("at").to_pylist()], pa.timestamp("us", "UTC")
    )
    place = events.schema.get_field_index("at")
    return events.set_column(place, "at", stamps.cast(kind, safe=False))


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "+08:00"])
def test_times_have_any_unit_and_zone(policy: Policy, cases: list[Case], unit: str, zone: str) -> None:
    own = [each for each in cases if all(event.type for event in each.events)]
    table, events, columns = tables(policy, own)
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    other = evaluate(policy, table, _times(events, pa.timestamp(unit, zone)), as_of=AS_OF, columns=columns)
    assert answered(other) == answered(one)


# The ways to give tables


def _as_parquet(table: pa.Table, folder: Path, name: str) -> object:
    pq.write_table(table, folder / f"{name}.parquet", row_group_size=5)
    return folder / f"{name}.parquet"


def _as_directory(table: pa.Table, folder: Path, name: str) -> object:
    (folder / name).mkdir()
    for number, start in enumerate(range(0, table.num_rows, 40)):
        pq.write_table(table.slice(start, 40), folder / name / f"part-{number:03}.parquet")
    return str(folder / name)


def _as_csv(table: pa.Table, folder: Path, name: str) -> object:
    csv.write_csv(table, folder / f"{name}.csv")
    return folder / f"{name}.csv"


def _as_arrow(table: pa.Table, folder: Path, name: str) -> object:
    with ipc.new_file(folder / f"{name}.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=6)
    return folder / f"{name}.arrow"


def _as_frame(table: pa.Table, _folder: Path, _name: str) -> object:
    return pl.from_arrow(table)


def _as_lazy_frame(table: pa.Table, _folder: Path, _name: str) -> object:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame.lazy()


def _as_categories(table: pa.Table, _folder: Path, _name: str) -> object:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame.with_columns(pl.all().cast(pl.Categorical))


def _as_reader(table: pa.Table, _folder: Path, _name: str) -> object:
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=4))


def _as_batch(table: pa.Table, _folder: Path, _name: str) -> object:
    return table.combine_chunks().to_batches()[0]


def _as_dataset(table: pa.Table, folder: Path, name: str) -> object:
    return ds.dataset(_as_directory(table, folder, name), format="parquet")


WAYS = (
    *(_as_parquet, _as_directory, _as_csv, _as_arrow, _as_frame, _as_lazy_frame, _as_categories, _as_reader),
    *(_as_batch, _as_dataset),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.__name__.removeprefix("_as_"))
def test_tables_come_in_many_ways(
    policy: Policy, cases: list[Case], tmp_path: Path, way: Callable[[pa.Table, Path, str], object]
) -> None:
    table, events, columns = tables(policy, cases)
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    given = (way(each, tmp_path, name) for each, name in ((table, "cases"), (events, "events")))
    assert answered(evaluate(policy, *given, as_of=AS_OF, columns=columns)) == answered(one)


def test_sets_and_attributes_may_be_structs_or_maps(policy: Policy) -> None:
    at = "2025-10-08T09:00:00+08:00"
    cases = pa.table({"case": ["a", "b"], "facts": pa.array([{"negative": True}, None])})
    plain = {"case": ["a", "b", "b"], "type": ["detected"] * 3, "at": [at] * 3}
    sets: list[dict[str, str | None]] = [
        {"event_severity": "major"},
        {"event_severity": None},
        {"event_severity": "larger"},
    ]
    struct = pa.array(sets)
    pairs = pa.array(
        [[*each.items()] if each["event_severity"] else [] for each in sets], pa.map_(pa.string(), pa.string())
    )
    flat = pa.array([each["event_severity"] for each in sets])
    found = [
        evaluate(policy, cases, pa.table({**plain, **more}), as_of=AS_OF, chunk=1)
        for more in ({"sets": struct}, {"sets": pairs}, {"sets.event_severity": flat})
    ]
    events = [
        Event(f"events:{row + 1}", "detected", at, sets={k: v for k, v in sets[row].items() if v}) for row in range(3)
    ]
    own = [Case("a", {"negative": True}, events[:1]), Case("b", {}, events[1:])]
    assert normal(found[0].duties.to_pylist()) == normal(one_by_one(policy, own)[0])
    assert answered(found[0]) == answered(found[1]) == answered(found[2])


def test_a_stream_gives_the_same_part_by_part(policy: Policy, cases: list[Case]) -> None:
    table, events, columns = tables(policy, cases)
    told: list[tuple[int, int]] = []
    with stream(
        policy, table, events, as_of=AS_OF, columns=columns, chunk=10, progress=lambda *each: told.append(each)
    ) as parts:
        found = list(parts)
        assert [each.coverage.cases for each in found] == [10, 10, 3]
    assert told == [(10, 23), (20, 23), (23, 23)]
    one = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    assert pa.concat_tables([each.duties for each in found]).combine_chunks() == one.duties


def test_files_are_the_same_for_any_chunk(policy: Policy, cases: list[Case], tmp_path: Path) -> None:
    table, events, columns = tables(policy, cases)
    for chunk in (2, 50):
        coverage = write(policy, table, events, out=tmp_path / str(chunk), as_of=AS_OF, columns=columns, chunk=chunk)
        assert coverage.answered == 23
    names = ("duties", "faults", "gaps")
    assert sorted(each.name for each in (tmp_path / "2").iterdir()) == [f"{name}.parquet" for name in names]
    for name in names:
        one, other = ((tmp_path / chunk / f"{name}.parquet").read_bytes() for chunk in ("2", "50"))
        assert one == other
    whole = evaluate(policy, table, events, as_of=AS_OF, columns=columns)
    assert pq.read_table(tmp_path / "2" / "duties.parquet").to_pylist() == whole.duties.to_pylist()


def test_columns_may_be_called_as_the_user_has_them() -> None:
    policy = pe.load(ID)
    columns = BatchColumns.model_validate(
        {
            "columns": {
                "case": "案件",
                "type": "事项",
                "at": "时间",
                "by": "经办",
                "sets": {"等级": {"name": "event_severity", "values": {"重大": "major"}}},
            },
            "cases": {"case": "编号", "as_of": "时点", "facts": {"负面": {"name": "negative", "type": "boolean"}}},
            "types": {"发现": "detected"},
            "roles": {"发布者": "publisher"},
            "booleans": {"是": True},
            "time_zone": "Asia/Shanghai",
        }
    )
    table = pa.table({"编号": [7], "时点": ["2025-10-12T00:00:00"], "负面": ["是"]})
    events = pa.table(
        {"案件": [7], "事项": ["发现"], "时间": ["2025-10-08 09:00"], "经办": ["发布者"], "等级": ["重大"]}
    )
    found = evaluate(policy, table, events, columns=columns)
    own = Case(
        "7",
        {"negative": True},
        [Event("events:1", "detected", "2025-10-08T09:00:00+08:00", by="publisher", sets={"event_severity": "major"})],
    )
    assert found.faults.num_rows == 0
    assert normal(found.duties.to_pylist()) == normal(one_by_one(policy, [own])[0])


def test_no_case_at_all_is_no_answer(policy: Policy) -> None:
    empty = pa.table({"case": pa.array([], pa.string())})
    found = evaluate(policy, empty, as_of=AS_OF)
    assert (found.coverage.cases, found.duties.num_rows, found.gaps.num_rows, found.faults.num_rows) == (0, 0, 0, 0)


def test_provisions_that_columns_cannot_answer_matter_only_where_something_triggers_them() -> None:
    policy = pe.load("xincheng-petition-bureau")
    first = Event("e", "detected", "2025-10-08T09:00:00+08:00", sets={"sentiment_severity": "ordinary"})
    second = Event("f", "enquiry_received", "2025-10-08T10:00:00+08:00")
    later = Event("g", "enquiry_received", "2025-10-20T10:00:00+08:00")
    own = [Case("a", events=[first]), Case("b", events=[first, second]), Case("c", events=[first, later])]
    table, events, columns = tables(policy, own)
    found = evaluate(policy, table, events, as_of=AS_OF, columns=columns, engine="columns")
    assert found.coverage.policies[policy.id].alone["provisions"] == 1
    assert set(found.coverage.policies[policy.id].others) == {"accept-enquiry", "contact-enquirer", "publish-the-truth"}
    duties, gaps = one_by_one(policy, own)
    assert normal(found.duties.to_pylist()) == normal(duties)
    assert found.gaps.to_pylist() == gaps
