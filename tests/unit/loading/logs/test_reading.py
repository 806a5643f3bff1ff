"""Documents, lines and tables are one log, whose cases come one at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policyengine.errors import MissingExtraError
from policyengine.loading.logs.columns import Columns, Meaning, Names
from policyengine.loading.logs.reading import Logged, read_logs
from policyengine.prepare.log import case_faults
from policyengine.temporal.zone import UnknownZoneError

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.model.policy import Policy
    from tests.unit.loading.logs.conftest import Read

AT = "2025-10-08T23:30:00Z"
HEAD = "case,id,type,at\n"
YAML = f"case: {{}}\nevents:\n  - {{{{id: e1, type: detected, at: {AT}}}}}\n"


def row(case: str, event: str) -> str:
    return f"{case},{event},detected,{AT}\n"


def test_a_folder_is_read_in_the_order_of_its_names(read: Read) -> None:
    files = {
        "b/z.yaml": YAML.format("z"),
        "b/a.json": json.dumps({"case": "a"}),
        "a.yml": YAML.format("y"),
        ".hidden.yaml": "?",
        ".git/x.yaml": "?",
        "readme.txt": "?",
        "columns.yaml": "columns: {case: x}\n",
        "t.csv": HEAD + row("t", "e1"),
        "l.ndjson": '{"case": "l1"}\n\n{"case": "l2"}\n',
    }
    found = read(files, None, ".")
    assert (found.faults, list(found.cases)) == ([], ["y", "a", "z", "l1", "l2", "t"])
    assert [str(each.place) for each in found.logged] == [
        "a.yml:1:1",
        "b/a.json:1:2",
        "b/z.yaml:1:1",
        "l.ndjson:1:2",
        "l.ndjson:3:2",
        "t.csv:2:1",
    ]
    assert [each.source is None for each in found.logged] == [False] * 5 + [True]


def test_a_file_that_is_named_twice_is_read_once(read: Read) -> None:
    found = read({"a/t.csv": HEAD + row("t", "e1")}, None, "a", "a/t.csv", "./a/../a/t.csv")
    assert (found.faults, len(found.cases["t"].events)) == ([], 1)


@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
def test_a_case_goes_on_in_the_next_file(read: Read, apart: bool) -> None:
    first = HEAD + row("c1", "e1") + row("c2", "e1")
    second = HEAD + row("c2", "e2") + row("c1" if apart else "c3", "e2")
    found = read({"a.csv": first, "b.csv": second})
    assert found.faults == []
    expected = {"c1": ["e1", "e2"], "c2": ["e1", "e2"]} if apart else {"c1": ["e1"], "c2": ["e1", "e2"], "c3": ["e2"]}
    assert {case: [event.id for event in each.events] for case, each in found.cases.items()} == expected
    assert list(found.cases) == list(expected)


def test_events_without_an_id_have_the_number_of_their_row(read: Read) -> None:
    text = f"case,type,at\nc,x,{AT}\n"
    found = read({"a/t.csv": text, "b/t.csv": text, "u.csv": text})
    assert [event.id for event in found.cases["c"].events] == ["a/t.csv:2", "b/t.csv:2", "u.csv:2"]


def test_a_row_may_say_something_of_its_case_alone(read: Read) -> None:
    found = read({"t.csv": "case,type,at,facts.major,policy,scope\nc1,,,true,p;q,agency\nc2,,,,,\n"})
    assert found.faults == []
    case = found.cases["c1"]
    assert (dict(case.facts), case.policies, case.scope, case.events) == ({"major": True}, ("p", "q"), "agency", ())
    assert found.cases["c2"].events == ()


def test_events_in_lines_may_be_nested_as_in_a_case(read: Read) -> None:
    event = {
        "case": 7,
        "type": "x",
        "at": AT,
        "to": ["a", "b"],
        "sets": {"u": None, "n": [1]},
        "attributes.means": "tel",
    }
    found = read({"t.jsonl": json.dumps(event)})
    (said,) = found.cases["7"].events
    assert (dict(said.sets), dict(said.attributes), said.to) == ({"u": None, "n": (1,)}, {"means": "tel"}, ("a", "b"))


def test_what_says_nothing(read: Read) -> None:
    event = {"case": "c", "type": "x", "at": AT, "by": None, "note": "", "sets.u": None}
    found = read({"t.jsonl": json.dumps(event), "u.csv": f"case,type,at,by,note,sets.u\nd,x,{AT},NULL,~, null \n"})
    assert found.faults == []
    for case in found.cases.values():
        assert (case.events[0].by, case.events[0].note, dict(case.events[0].sets)) == (None, None, {})


def test_retractions_need_no_type(read: Read) -> None:
    found = read({"t.csv": f"case,id,type,at,recorded_at,retracts\nc,e,x,{AT},,\nc,r,,,{AT},e\n"})
    assert found.faults == []
    assert [event.retracts for event in found.cases["c"].events] == [None, "e"]


def test_cells_may_hold_line_ends(read: Read) -> None:
    found = read({"t.csv": f'case,note,type,at\nc,"one, ""two""\nthree",x,{AT}\nc,,x,soon\nd,,x,{AT}\n'})
    assert found.told == ["t.csv:4:6 PE402", "t.csv:2:1 PE621"]
    found = read({"t.csv": f'case,note,type,at\nc,"one, ""two""\nthree",x,soon\nd,"1\n2",x,{AT}\n'})
    assert found.told == ["t.csv:3:10 PE402", "t.csv:2:1 PE621"]
    assert found.cases["d"].events[0].note == "1\n2"


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"], ids=["U+0085", "U+2028", "U+2029"])
def test_what_ends_a_line_elsewhere_ends_none_in_a_table_out_of_order(read: Read, end: str) -> None:
    rows = [f'"x{end}y",{case},x{end}y,x,{AT}\n' for case in "cdc"]
    found = read({"t.csv": "note,case,by,type,at\n" + "".join(rows)})
    assert found.faults == []
    events = [event for case in found.cases.values() for event in case.events]
    assert [(event.note, event.by) for event in events] == [(f"x{end}y", f"x{end}y")] * 3


def test_parquet_holds_times_and_values_of_several_types(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    moment = 1_759_966_200_000_000
    table = {
        "case": pa.array([1, 1], pa.int64()),
        "type": pa.array(["x", "y"]).dictionary_encode(),
        "at": pa.array([moment, moment], pa.timestamp("us", "Asia/Shanghai")),
        "recorded_at": pa.array([moment * 1000 + 1, None], pa.timestamp("ns", "UTC")),
        "sets": pa.array([{"u": True, "n": None}, {"u": None, "n": 2.5}]),
        "attributes": pa.array([[("means", "tel")], None], pa.map_(pa.string(), pa.string())),
        "facts.d": pa.array([1.0, float("nan")]),
    }
    pq.write_table(pa.table(table), path)
    found = read({"t.parquet": path.read_bytes()})
    assert found.faults == []
    case = found.cases["1"]
    assert dict(case.facts) == {"d": 1.0}
    assert [str(event.at) for event in case.events] == ["2025-10-08T23:30:00Z"] * 2
    assert [str(event.recorded_at) for event in case.events] == ["2025-10-08T23:30:00Z", "None"]
    assert [dict(event.sets) for event in case.events] == [{"u": True}, {"n": 2.5}]
    assert [dict(event.attributes) for event in case.events] == [{"means": "tel"}, {}]
    assert [str(event.span) for event in case.events] == ["t.parquet:1:1", "t.parquet:2:1"]


@pytest.mark.parametrize("cases", [["c", "c", "d"], ["c", "d", "c"]], ids=["together", "out of order"])
def test_parquet_holds_times_and_numbers_within_a_cell(read: Read, tmp_path: Path, cases: list[str]) -> None:
    path = tmp_path / "t.parquet"
    within = {"day": date(2026, 3, 2), "time": datetime(2026, 3, 2, 9, tzinfo=UTC), "number": Decimal("1.5")}
    sets = pa.array([within] * 3)
    days = pa.array([[date(2026, 3, 2)]] * 3)
    table = pa.table({"case": cases, "type": ["x"] * 3, "at": [AT] * 3, "sets": sets, "attributes.days": days})
    pq.write_table(table, path)
    found = read({"t.parquet": path.read_bytes()})
    assert found.faults == []
    for event in (event for case in found.cases.values() for event in case.events):
        assert dict(event.sets) == {"day": "2026-03-02", "time": "2026-03-02T09:00:00+00:00", "number": 1.5}
        assert dict(event.attributes) == {"days": ("2026-03-02",)}


def test_a_time_within_a_cell_of_parquet_that_there_is_not(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    beyond = pa.array([[2**62]], pa.list_(pa.timestamp("us")))
    pq.write_table(pa.table({"case": ["c"], "type": ["x"], "at": [AT], "sets.when": beyond}), path)
    assert read({"t.parquet": path.read_bytes()}).told == ["t.parquet:1:1 PE634"]


def test_a_map_of_parquet_without_names(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    unnamed = pa.array([[({"a": 1}, "x")]], pa.map_(pa.struct([("a", pa.int64())]), pa.string()))
    pq.write_table(pa.table({"case": ["c"], "type": ["x"], "at": [AT], "sets": unnamed}), path)
    assert read({"t.parquet": path.read_bytes()}).told == ["t.parquet:1:1 PE633"]


def test_times_of_parquet_without_a_zone(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"case": ["c"], "type": ["x"], "at": pa.array([0], pa.timestamp("s"))}), path)
    assert read({"t.parquet": path.read_bytes()}).told == ["t.parquet:1:1 PE642", "t.parquet:1:1 PE621"]
    found = read({"t.parquet": path.read_bytes()}, Columns(time_zone="Asia/Shanghai"))
    assert str(found.cases["c"].events[0].at) == "1969-12-31T16:00:00Z"


def test_a_column_of_parquet_that_cannot_be_read(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"case": ["c"], "type": [b"x"], "at": [AT], "more": [b"x"]}), path)
    found = read({"t.parquet": path.read_bytes()})
    assert [(each.code, dict(each.args)["columns"]) for each in found.faults] == [
        ("PE633", "type (binary)"),
        ("PE638", "more"),
    ]


def test_without_pyarrow_there_is_a_kind_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "t.parquet").write_bytes(b"")
    with pytest.raises(MissingExtraError, match=r"regulatory-duties\[parquet\]"):
        list(read_logs([tmp_path], columns=Columns(), folder=tmp_path))


def test_pyarrow_is_imported_for_parquet_alone(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + row("c", "e"), "utf-8")
    program = (
        "import sys, pathlib\n"
        "from policyengine.loading.logs.reading import read_logs\n"
        "from policyengine.loading.logs.columns import Columns\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "assert len(list(read_logs([folder / 't.csv'], columns=Columns(), folder=folder))) == 1\n"
        "assert 'pyarrow' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)


def test_a_zone_that_is_none_is_a_misuse(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + row("c", "e"), "utf-8")
    with pytest.raises(UnknownZoneError):
        list(read_logs([tmp_path / "t.csv"], columns=Columns(time_zone="Asia/Peking"), folder=tmp_path))


def test_progress_is_told_up_to_the_end_and_not_too_often(tmp_path: Path) -> None:
    for name, apart in (("a", True), ("b", False)):
        rows = [row(f"c{n % 600 if apart else n}", f"e{n}") for n in range(4_000)]
        (tmp_path / f"{name}.csv").write_text(HEAD + "".join(rows), "utf-8")
        told: list[tuple[int, int]] = []
        (tmp_path / name).mkdir()
        progress = lambda done, total, told=told: told.append((done, total))  # noqa: E731
        list(read_logs([tmp_path / f"{name}.csv"], columns=Columns(), folder=tmp_path / name, progress=progress))
        size = (tmp_path / f"{name}.csv").stat().st_size
        assert told == sorted(told)
        assert (told[-1], len(told) <= 300) == ((size, size), True)


def test_cases_come_before_the_log_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + "".join(row(f"c{n}", "e") for n in range(30_000)), "utf-8")
    told: list[int] = []
    found = read_logs(
        [tmp_path / "t.csv"], columns=Columns(), folder=tmp_path, progress=lambda done, _: told.append(done)
    )
    assert isinstance(next(found), Logged)
    assert told[-1] < (tmp_path / "t.csv").stat().st_size / 2


MEMORY = """
import pathlib, resource, sys
from policyengine.loading.logs.columns import Columns
from policyengine.loading.logs.reading import Logged, read_logs
folder = pathlib.Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = read_logs([folder / "t.csv"], columns=Columns(), folder=folder)
count = sum(len(each.case.events) for each in found if isinstance(each, Logged))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts in another unit elsewhere")
def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    with (tmp_path / "t.csv").open("w", encoding="utf-8") as stream:
        stream.write("case,id,type,at,note\n")
        stream.writelines(f"c{n % 5_000},e{n},detected,{AT},{'x' * 5000}\n" for n in range(30_000))
    done = subprocess.run([sys.executable, "-c", MEMORY, str(tmp_path)], check=True, capture_output=True, text=True)
    count, grown = map(int, done.stdout.split())
    assert count == 30_000
    assert grown * 1024 < (tmp_path / "t.csv").stat().st_size / 2


def test_names_that_the_policy_lacks_are_told_at_their_cells(read: Read, sample: Policy) -> None:
    text = (
        "case,id,type,at,by,to,sets.urgnt,attributes.means,facts.severity\n"
        f"c,e1,detected,{AT},,,,,huge\n"
        f'c,e2,respnd,{AT},nobody,unit;none,true,"te""l",huge\n'
    )
    line = {
        "case": "d",
        "id": "e1",
        "type": "respnd",
        "at": AT,
        "by": "nobody",
        "sets": {"urgnt": True},
        "facts.mild": 1,
    }
    found = read({"t.csv": text, "t.jsonl": json.dumps(line)})
    assert found.faults == []
    places = {case: [f"{each.span} {each.code}" for each in case_faults(sample, found.cases[case])] for case in "cd"}
    assert places["c"] == [
        "t.csv:2:40 PE207",
        "t.csv:3:6 PE205",
        "t.csv:3:34 PE203",
        "t.csv:3:41 PE203",
        "t.csv:1:23 PE206",
        "t.csv:3:56 PE602",
    ]
    assert places["d"] == [
        "t.jsonl:1:116 PE206",
        "t.jsonl:1:35 PE205",
        "t.jsonl:1:81 PE203",
        "t.jsonl:1:100 PE206",
    ]


def test_places_can_be_listed_and_pickled(read: Read) -> None:
    import pickle

    found = read({"t.csv": f"case,id,type,at,sets.u,facts.f\nc,e1,x,{AT},true,1\n"})
    spans = found.cases["c"].spans
    again = pickle.loads(pickle.dumps(spans))  # noqa: S301 - our own
    assert dict(again) == dict(spans)
    assert {path: str(span) for path, span in spans.items() if not path.endswith(":")} == {
        "facts/f": f"t.csv:2:{14 + len(AT)}",
        "events/0/id": "t.csv:2:3",
        "events/0/type": "t.csv:2:6",
        "events/0/at": "t.csv:2:8",
        "events/0/sets/u": f"t.csv:2:{9 + len(AT)}",
    }
    assert len(spans) == 10
    assert "events/7/at" not in spans


def test_a_fact_in_a_column_of_its_own_name(read: Read) -> None:
    how = Columns(columns=Names(facts={"等级": Meaning(name="severity", values={"重大": "major"})}))
    found = read({"t.csv": f"case,type,at,等级\nc,x,{AT},重大\n"}, how)
    assert dict(found.cases["c"].facts) == {"severity": "major"}
