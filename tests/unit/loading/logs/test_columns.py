"""A map of columns is read like any other file, and says what cells mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.loading.logs.columns import Columns, Meaning, Names, read_columns

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.loading.logs.conftest import Read

MAP = """\
columns:
  case: 案件编号
  type: 事项
  at: 发生时间
  by: 经办
  to: 报送
  sets:
    紧急: urgent
    等级: {name: severity, values: {重大: major, 不明: null}}
    文号: {name: number, type: text}
    渠道: {name: channels, many: true}
time_zone: Asia/Shanghai
separator: 、
types: {发现: detected}
roles: {值班室: duty-room}
booleans: {是: true, 否: false}
ignore: 序号
"""
TABLE = """\
序号,案件编号,事项,发生时间,经办,报送,紧急,等级,文号,渠道
1,甲,发现,2025-10-08 23:30,值班室,值班室、领导,是,重大,007,网站、电话
2,甲,回应,2025-10-09T00:30:00Z,,,,不明,,
"""


def columns(text: str, folder: Path) -> Columns:
    path = folder / "columns.yaml"
    path.write_text(text, "utf-8")
    found, faults = read_columns(path)
    assert faults == ()
    assert found is not None
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_table_is_read_as_its_map_has_it(read: Read, tmp_path: Path, encoding: str) -> None:
    how = columns(f"{MAP}encoding: {encoding}\n", tmp_path)
    found = read({"a.csv": TABLE.encode(encoding)}, how)
    assert found.faults == []
    first, second = found.cases["甲"].events
    assert (first.id, first.type, str(first.at), first.by) == (
        "a.csv:2",
        "detected",
        "2025-10-08T15:30:00Z",
        "duty-room",
    )
    assert first.to == ("duty-room", "领导")
    assert dict(first.sets) == {"urgent": True, "severity": "major", "number": "007", "channels": ("网站", "电话")}
    assert (second.type, str(second.at), second.by, second.to) == ("回应", "2025-10-09T00:30:00Z", None, ())
    assert dict(second.sets) == {"severity": None}


def test_a_map_for_gb18030_does_not_read_utf_8(read: Read) -> None:
    assert read({"a.csv": TABLE}, Columns(encoding="gb18030")).told == ["a.csv:1:1 PE622"]


def test_columns_of_the_map_must_be_there(read: Read) -> None:
    found = read({"a.csv": "case,type,at\n"}, Columns(columns=Names(by="经办", sets={"紧急": Meaning(name="urgent")})))
    assert dict(found.faults[0].args)["columns"] == "经办, 紧急"


def test_columns_of_the_map_that_no_line_has_are_told(read: Read) -> None:
    how = Columns(columns=Names(by="经办"))
    found = read({"a.jsonl": '{"case": "c", "type": "x", "at": "2025-10-08T23:30:00Z", "extra": 1}\n'}, how)
    assert [(each.code, dict(each.args)["columns"]) for each in found.faults] == [("PE639", "经办"), ("PE638", "extra")]
    assert list(found.cases) == ["c"]


@pytest.mark.parametrize("ignore", [("extra", "more"), ("*",)])
def test_columns_may_be_left_unread_on_purpose(read: Read, ignore: tuple[str, ...]) -> None:
    assert read({"a.csv": "case,type,at,extra,more\nc,x,2025-10-08T23:30:00Z,,\n"}, Columns(ignore=ignore)).faults == []


def test_a_column_may_say_two_things(read: Read) -> None:
    how = Columns(columns=Names(recorded_at="at"))
    found = read({"a.csv": "case,type,at\nc,x,2025-10-08T23:30:00Z\n"}, how)
    event = found.cases["c"].events[0]
    assert event.at == event.recorded_at


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_cells_stand_apart_by_the_delimiter(read: Read, delimiter: str) -> None:
    text = "case,type,at\nc,x,2025-10-08T23:30:00Z\n".replace(",", delimiter)
    assert list(read({"a.csv": text}, Columns(delimiter=delimiter)).cases) == ["c"]


FAULTS = {
    "an unknown key": ("columns: {cases: x}\n", ["columns.yaml:1:11 PE113"]),
    "an unknown zone": ("time_zone: Asia/Peking\n", ["columns.yaml:1:12 PE215"]),
    "an unknown encoding": ("encoding: big5\n", ["columns.yaml:1:11 PE116"]),
    "two columns for one fact": ("columns:\n  sets: {a: x, b: x}\n", ["columns.yaml:2:16 PE640"]),
    "a name that is none": ("columns:\n  sets: {a: 重大}\n", ["columns.yaml:2:13 PE115"]),
    "not YAML": ("columns: [\n", ["columns.yaml:1:11 PE104"]),
    "empty": ("", ["columns.yaml:1:1 PE108"]),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_a_map_is_told(
    text: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "columns.yaml").write_text(text, "utf-8")
    found, faults = read_columns("columns.yaml")
    assert found is None
    assert [f"{each.span} {each.code}" for each in faults] == expected


def test_a_map_that_is_not_there(tmp_path: Path) -> None:
    found, faults = read_columns(tmp_path / "columns.yaml")
    assert (found, [each.code for each in faults]) == (None, ["PE101"])
