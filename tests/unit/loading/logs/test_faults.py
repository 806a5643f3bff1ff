"""Everything wrong with a log is told once, at its place, and the rest is read."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policyengine.loading.logs.reading import MAX_FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.unit.loading.logs.conftest import Read

HEAD = "case,id,type,at\n"
AT = "2025-10-08T23:30:00+08:00"
GOOD = f"good,e1,detected,{AT}\n"
YAML = f"case: c1\nevents:\n  - {{id: e1, type: detected, at: {AT}}}\n"

FAULTS: dict[str, tuple[Mapping[str, str | bytes], list[str]]] = {
    "a naive time": (
        {"a.csv": HEAD + "c1,e1,detected,2025-10-08T23:30:00\n" + GOOD},
        ["a.csv:2:16 PE642", "a.csv:2:1 PE621"],
    ),
    "an impossible time": (
        {"a.csv": HEAD + "c1,e1,detected,2025-02-30T23:30:00Z\n" + GOOD},
        ["a.csv:2:16 PE403", "a.csv:2:1 PE621"],
    ),
    "no time": ({"a.csv": HEAD + "c1,e1,detected,soon\n" + GOOD}, ["a.csv:2:16 PE402", "a.csv:2:1 PE621"]),
    "a time that is a number": (
        {"a.jsonl": f'{{"case": "c1", "type": "x", "at": 17}}\n{{"case": "good", "type": "x", "at": "{AT}"}}\n'},
        ["a.jsonl:1:35 PE402", "a.jsonl:1:1 PE621"],
    ),
    "a time left out": ({"a.csv": HEAD + "c1,e1,detected,\n" + GOOD}, ["a.csv:2:1 PE627", "a.csv:2:1 PE621"]),
    "type and time left out": (
        {"a.csv": HEAD + "c1,e1,,\n" + GOOD},
        ["a.csv:2:1 PE627", "a.csv:2:1 PE627", "a.csv:2:1 PE621"],
    ),
    "no case, rows together: those beside it are held back": (
        {"a.csv": HEAD + GOOD + f"c1,e1,detected,{AT}\n,e2,detected,{AT}\nc2,e1,detected,{AT}\n"},
        ["a.csv:4:1 PE627", "a.csv:3:1 PE621", "a.csv:4:1 PE621"],
    ),
    "no case, rows apart": (
        {"a.csv": HEAD + GOOD + f"c1,e1,detected,{AT}\n,e2,detected,{AT}\n{GOOD.replace('e1', 'e2')}"},
        ["a.csv:4:1 PE627", "a.csv:4:1 PE636"],
    ),
    "too few cells": ({"a.csv": HEAD + "c1,e1,detected\n" + GOOD}, ["a.csv:2:7 PE628", "a.csv:2:1 PE621"]),
    "too many cells": (
        {"a.csv": HEAD + f"c1,e1,detected,{AT},x,y\n" + GOOD},
        [f"a.csv:2:{16 + len(AT) + 1} PE628", "a.csv:2:1 PE621"],
    ),
    "a quote that never ends": (
        {"a.csv": "case,type,at,note\n" + f'c1,detected,{AT},"oh\n' + f"good,detected,{AT},\n" * 3},
        [f"a.csv:2:{12 + len(AT) + 2} PE629", "a.csv:2:1 PE621"],
    ),
    "a quote that ends in a later row": (
        {"a.csv": "case,type,at,note\n" + f'c1,detected,{AT},"oh\n' + f'good,detected,{AT},"ah"\n'},
        [f"a.csv:2:{12 + len(AT) + 2} PE629", "a.csv:2:1 PE621"],
    ),
    "a quote within a cell in quotes": (
        {"a.csv": "case,type,at,note\n" + f'c1,detected,{AT},"a "b" c"\n' + f"good,detected,{AT},\n"},
        [f"a.csv:2:{12 + len(AT) + 2} PE629", "a.csv:2:1 PE621"],
    ),
    "NUL": ({"a.csv": HEAD + f"c1,e\0,detected,{AT}\n" + GOOD}, ["a.csv:2:5 PE118", "a.csv:2:1 PE621"]),
    "a byte that is no UTF-8": (
        {"a.csv": (HEAD + f"发,e1,detected,{AT}\nc1,e").encode() + b"\xff" + f",detected,{AT}\n{GOOD}".encode()},
        ["a.csv:3:5 PE623", "a.csv:3:1 PE621"],
    ),
    "GB18030": ({"a.csv": (HEAD + f"案件一,e1,发现,{AT}\n").encode("gb18030")}, ["a.csv:1:1 PE622"]),
    "UTF-16": ({"a.csv": HEAD.encode("utf-16")}, ["a.csv:1:1 PE622"]),
    "UTF-16 without a mark": ({"a.jsonl": b"{\0}\0\n\0" * 50}, ["a.jsonl:1:1 PE622"]),
    "columns missing": ({"a.csv": "case,id,typ,at\n" + GOOD}, ["a.csv:1:1 PE625"]),
    "a column twice": ({"a.csv": "case,id,type,at,at\n"}, ["a.csv:1:17 PE626"]),
    "a column that is not read": (
        {"a.csv": f"case,type,at,recorded_att\ngood,x,{AT},\n"},
        ["a.csv:1:14 PE638"],
    ),
    "a line too long": (
        {"a.csv": HEAD + "c1," + "x" * (1 << 21) + f",detected,{AT}\n" + GOOD},
        ["a.csv:2:1 PE624", "a.csv:2:1 PE621"],
    ),
    "a malformed line": (
        {"a.jsonl": f'{{"case": "c1", "type"\n{{"case": "good", "type": "x", "at": "{AT}"}}\n'},
        ["a.jsonl:1:22 PE104", "a.jsonl:1:1 PE621"],
    ),
    "a key twice": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n{{"case": "c1", "case": "c1", "type": "x"}}\n'},
        ["a.jsonl:2:16 PE107", "a.jsonl:2:1 PE621"],
    ),
    "not a number": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n{{"case": "c1", "sets": {{"n": NaN}}}}\n'},
        ["a.jsonl:2:30 PE112", "a.jsonl:2:1 PE621"],
    ),
    "half a surrogate pair": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n{{"case": "c1", "note": "\\ud800"}}\n'},
        ["a.jsonl:2:24 PE118", "a.jsonl:2:1 PE621"],
    ),
    "half a surrogate pair in the case of a malformed line": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n{{"case": "c\\ud800", "type"\n'},
        ["a.jsonl:2:10 PE118", "a.jsonl:2:27 PE104", "a.jsonl:1:1 PE621"],
    ),
    "a list among events": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n[1]\n'},
        ["a.jsonl:2:1 PE630", "a.jsonl:1:1 PE621"],
    ),
    "deep nesting": (
        {"a.jsonl": f'{{"case": "good", "type": "x", "at": "{AT}"}}\n{{"case": "c1", "x": {"[" * 9000}\n'},
        ["a.jsonl:2:84 PE105", "a.jsonl:2:1 PE621"],
    ),
    "a value of no kind": (
        {"a.jsonl": f'{{"case": "c1", "type": "x", "at": "{AT}", "sets": {{"n": {{"m": 1}}}}}}\n'},
        ["a.jsonl:1:72 PE115", "a.jsonl:1:1 PE621"],
    ),
    "facts that differ": (
        {"a.csv": f"case,type,at,facts.major\nc1,x,{AT},true\nc1,x,{AT},false\n"},
        ["a.csv:3:32 PE631", "a.csv:2:1 PE621"],
    ),
    "true is not 1": (
        {"a.csv": f"case,type,at,facts.major\nc1,x,{AT},true\nc1,x,{AT},1\n"},
        ["a.csv:3:32 PE631", "a.csv:2:1 PE621"],
    ),
    "a scope": ({"a.csv": f"case,type,at,scope\nc1,x,{AT},town\n"}, ["a.csv:2:32 PE115", "a.csv:2:1 PE621"]),
    "partial": ({"a.csv": f"case,type,at,partial\nc1,x,{AT},half\n"}, ["a.csv:2:32 PE115", "a.csv:2:1 PE621"]),
    "a number too long": (
        {"a.csv": f"case,type,at,sets.n\nc1,x,{AT},1234567890123456789\n"},
        ["a.csv:2:32 PE115", "a.csv:2:1 PE621"],
    ),
    "a case twice": ({"a.yaml": YAML, "b.yaml": YAML}, ["b.yaml:1:1 PE620"]),
    "a case in a document and a table": ({"a.yaml": YAML, "a.csv": HEAD + f"c1,e1,x,{AT}\n"}, ["a.csv:2:1 PE620"]),
    "a case twice in lines": ({"a.jsonl": '{"case": "c1"}\n{"case": "c2"}\n{"case": "c1"}\n'}, ["a.jsonl:3:2 PE620"]),
    "a document that is none": ({"a.yaml": "case: [\n"}, ["a.yaml:1:8 PE104"]),
    "nothing": (
        {"a.csv": "", "b.jsonl": "\n", "c.csv": HEAD},
        ["b.jsonl:1:1 PE643", "a.csv:1:1 PE643", "c.csv:1:1 PE643"],
    ),
    "another ending": ({"a.txt": ""}, ["a.txt:1:1 PE641"]),
    "not Parquet": ({"a.parquet": b"PAR1 and no more"}, ["a.parquet:1:1 PE634"]),
    "a byte order mark within": ({"a.csv": HEAD + f"c1,e\ufeff,x,{AT}\n"}, ["a.csv:2:5 PE118", "a.csv:2:1 PE621"]),
}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_place_and_the_rest_is_read(
    read: Read, files: Mapping[str, str | bytes], expected: list[str]
) -> None:
    found = read(files)
    assert found.told == expected
    held_back = {dict(each.args)["case"] for each in found.faults if each.code == "PE621"}
    assert held_back.isdisjoint(found.cases)
    if any("good" in str(text) for text in files.values()) and "PE625" not in expected[0]:
        assert held_back | set(found.cases) >= {"good"}


def test_the_whole_table_is_refused_where_its_columns_are_not_there(read: Read) -> None:
    found = read({"a.csv": "case;type;at\n", "b.csv": HEAD + GOOD})
    assert (found.told, list(found.cases)) == (["a.csv:1:1 PE625"], ["good"])
    assert dict(found.faults[0].args)["columns"] == "case, type, at"


def test_a_case_with_a_row_that_cannot_be_read_is_not_judged_from_the_others(read: Read) -> None:
    rows = f"c1,e1,detected,{AT}\nc1,e2,reported,soon\nc1,e3,released,{AT}\nc1,e4,closed,later\n"
    found = read({"a.csv": HEAD + rows + GOOD})
    assert list(found.cases) == ["good"]
    last = found.faults[-1]
    assert (last.code, str(last.span)) == ("PE621", "a.csv:2:1")
    assert last.message() == "the case `c1` is not judged: 2 of its rows cannot be read, the first at a.csv:3:1"


def test_the_same_holds_where_rows_do_not_stand_together(read: Read) -> None:
    found = read({"a.csv": HEAD + f"c1,e1,detected,{AT}\n{GOOD}c1,e2,reported\nc1,e3,closed,{AT}\n"})
    assert found.told == ["a.csv:4:7 PE628", "a.csv:2:1 PE621"]
    assert list(found.cases) == ["good"]


def test_faults_of_one_file_are_told_up_to_a_number(read: Read) -> None:
    found = read({"a.csv": HEAD + "".join(f"c{n},e,x,soon\n" for n in range(500)), "b.csv": HEAD + "d,e,x,soon\n"})
    codes = Counter((each.span.file, each.code) for each in found.faults if each.span)
    assert codes["a.csv", "PE635"] == 1
    assert sum(count for (file, _), count in codes.items() if file == "a.csv") == MAX_FAULTS + 1
    assert codes["b.csv", "PE402"] == 1
    assert found.faults[-1].message() == f"{1000 - MAX_FAULTS} more faults in this file"


def test_a_case_that_is_too_long_is_not_judged(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyengine.loading.logs.cases.MAX_ROWS", 3)
    rows = [f"{case},e{n},x,{AT}\n" for case, count in (("c1", 4), ("good", 3)) for n in range(count)]
    found = read({"a.csv": HEAD + "".join(rows)})
    assert (found.told, list(found.cases)) == (["a.csv:2:1 PE637"], ["good"])


def test_many_open_quotes_take_no_more_than_one_look_each(read: Read) -> None:
    row = f'c1,detected,{AT},"oh\n'
    found = read({"a.csv": "case,type,at,note\n" + (row + f"good,detected,{AT},\n" * 40) * 200})
    assert "good" not in {dict(each.args).get("case") for each in found.faults}
    assert len(found.cases["good"].events) == 40 * 200


def test_the_line_at_fault_is_shown(read: Read) -> None:
    found = read({"a.csv": HEAD + "c1,e1,detected,soon\n"})
    assert found.faults[0].excerpt == "c1,e1,detected,soon"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_do_not_matter(read: Read, end: str) -> None:
    text = (HEAD + GOOD + "c1,e1,detected,soon\n").replace("\n", end)
    found = read({"a.csv": text, "b.csv": "\ufeff" + (HEAD + f"c2,e1,x,{AT}").replace("\n", end)})
    assert (found.told, list(found.cases)) == (["a.csv:3:16 PE402", "a.csv:3:1 PE621"], ["good", "c2"])


def test_a_file_that_ends_early_holds_back_the_case_it_ends_in(read: Read, tmp_path: Path) -> None:
    rows = {"case": [f"c{n // 10}" for n in range(30_000)], "type": ["x"] * 30_000, "at": [AT] * 30_000}
    path = tmp_path / "whole.parquet"
    pq.write_table(pa.table(rows), path, row_group_size=3_000, use_dictionary=False, compression="none")
    data = bytearray(path.read_bytes())
    place = pq.ParquetFile(path).metadata.row_group(5).column(0).data_page_offset
    data[place : place + 200] = b"\xff" * 200
    found = read({"a.parquet": bytes(data)})
    assert [each.code for each in found.faults] == ["PE634", "PE621"]
    assert found.faults[0].span is not None
    assert len(found.cases) == (found.faults[0].span.line - 1) // 10


def test_a_directory_without_a_log(read: Read, tmp_path: Path) -> None:
    (tmp_path / "logs" / "empty").mkdir(parents=True)
    (tmp_path / "logs" / "empty" / "notes.txt").write_text("", "utf-8")
    assert read({}, None, "empty", "nowhere.csv").told == ["empty:1:1 PE643", "nowhere.csv:1:1 PE101"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_is_no_file_is_not_waited_for(read: Read, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    os.mkfifo(tmp_path / "logs" / "a.csv")
    assert read({}, None, "a.csv").told == ["a.csv:1:1 PE101"]
