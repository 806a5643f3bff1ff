"""`policyengine batch` as a real process: tables in, Parquet out, and what it says."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policyengine.batch import evaluate
from policyengine.loading.policy import load_policy
from tests.support.command import call, run, started

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

AS_OF = "2025-10-12T00:00:00+08:00"
AT = "2025-10-08T09:00:00+08:00"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    cases = pa.table({"case": ["a", "b"], "event_severity": ["major", "ordinary"]})
    pq.write_table(cases, tmp_path / "cases.parquet")
    pq.write_table(
        pa.table({"case": ["a", "b"], "type": ["detected"] * 2, "at": [AT] * 2}), tmp_path / "events.parquet"
    )
    return tmp_path


def batch(folder: Path, *more: str, cases: str = "cases.parquet") -> subprocess.CompletedProcess[str]:
    asked = ("changzhi", "--cases", cases, "--events", "events.parquet", "--as-of", AS_OF, "--out", "out")
    return run("batch", *asked, "--workers", "1", "--lang", "en", *more, cwd=folder)


def test_all_duties_are_written(tables: Path) -> None:
    done = batch(tables)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "cases: 2; answered 2, kept back 0; events: 2"
    assert sorted(each.name for each in (tables / "out").iterdir()) == [
        "duties.parquet",
        "faults.parquet",
        "gaps.parquet",
    ]
    found = evaluate(load_policy("changzhi"), tables / "cases.parquet", tables / "events.parquet", as_of=AS_OF)
    assert pq.read_table(tables / "out" / "duties.parquet").to_pylist() == found.duties.to_pylist()


def test_what_is_kept_back_is_told_and_makes_the_exit_code_3(tables: Path) -> None:
    rows = {"case": ["a", "b", "c"], "type": ["detected", "detectd", "detected"], "at": [AT] * 3}
    pq.write_table(pa.table(rows), tables / "events.parquet")
    done = batch(tables, "--faults", "faults.parquet")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "events:2 (`type`): error PE205: unknown event type `detectd`",
        "events:3 (`case`): error PE831: no row of the table of cases has the case `c`",
    ]
    assert pq.read_table(tables / "faults.parquet").column("code").to_pylist() == ["PE205", "PE831"]
    assert set(pq.read_table(tables / "out" / "duties.parquet").column("case").to_pylist()) == {"a"}
    assert batch(tables, "--quiet").stderr == ""


def test_a_table_that_is_wrong_as_a_whole_is_refused_and_nothing_is_written(tables: Path) -> None:
    pq.write_table(pa.table({"id": ["a"]}), tables / "other.parquet")
    done = batch(tables, cases="other.parquet")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "error PE625: the table lacks these columns: case" in done.stderr
    assert not (tables / "out").exists()


def test_a_directory_that_was_there_stays_where_nothing_is_written(tables: Path) -> None:
    (tables / "out").mkdir()
    pq.write_table(pa.table({"id": ["a"]}), tables / "other.parquet")
    assert batch(tables, cases="other.parquet").returncode == 3
    assert list((tables / "out").iterdir()) == []


def test_a_table_that_breaks_off_leaves_no_directory(tables: Path) -> None:
    (tables / "cases.csv").write_text("case,event_severity\na,major\nb\n", encoding="utf-8")
    done = batch(tables, cases="cases.csv")
    assert done.returncode == 3
    assert "PE833" in done.stderr
    assert not (tables / "out").exists()


def test_csv_and_one_file_for_the_duties(tables: Path) -> None:
    (tables / "cases.csv").write_text("case,detected\n7,2025-10-08 09:00\n", encoding="utf-8")
    (tables / "map.yaml").write_text("time_zone: Asia/Shanghai\n", encoding="utf-8")
    asked = ("changzhi", "--cases", "cases.csv", "--columns", "map.yaml", "--as-of", AS_OF, "--out", "duties.parquet")
    done = run("batch", *asked, "--workers", "1", "--lang", "zh", cwd=tables)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == ["批量判断", "案件：1；已判断 1，搁置 0；事件：1"]
    assert set(pq.read_table(tables / "duties.parquet").column("case").to_pylist()) == {"7"}
    assert not list(tables.glob("gaps*"))


def test_workers_change_nothing(tables: Path) -> None:
    batch(tables)
    one = (tables / "out" / "duties.parquet").read_bytes()
    done = batch(tables, "--workers", "2", "--chunk", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tables / "out" / "duties.parquet").read_bytes() == one


MISUSE = {
    "no cases": (("changzhi", "--out", "x"), "the option `--cases` is missing"),
    "no out": (("changzhi", "--cases", "cases.parquet"), "the option `--out` is missing"),
    "no policy": (("--cases", "cases.parquet", "--out", "x"), "the argument POLICY... is missing"),
    "no number": (
        ("changzhi", "--cases", "cases.parquet", "--out", "x", "--chunk", "many"),
        "a whole number from 1 on",
    ),
    "nothing at a time": (("changzhi", "--cases", "cases.parquet", "--out", "x", "--workers", "0"), "from 1 on"),
    "over a table": (("changzhi", "--cases", "cases.parquet", "--out", "cases.parquet"), "is a table to be judged"),
    "one file twice": (
        ("changzhi", "--cases", "cases.parquet", "--out", "x.parquet", "--faults", "x.parquet"),
        "is written to already",
    ),
    "no such directory": (
        ("changzhi", "--cases", "cases.parquet", "--out", "no/x.parquet"),
        "there is no such directory",
    ),
    "no such reading": (("changzhi", "--cases", "cases.parquet", "--out", "x", "--reading", "no=x"), "`no`"),
}


@pytest.mark.parametrize("what", MISUSE)
def test_misuse_is_told(
    tables: Path, what: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tables)
    arguments, said = MISUSE[what]
    done = call(capsys, "batch", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_policy_that_does_not_load_is_told(
    tables: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tables)
    done = call(capsys, "batch", "nowhere", "--cases", "cases.parquet", "--out", "x")
    assert done.returncode == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interruption_leaves_no_file_half_written(tables: Path, workers: str) -> None:
    count = 200_000
    pq.write_table(
        pa.table({"case": [str(each) for each in range(count)], "detected": [AT] * count}), tables / "many.parquet"
    )
    asked = ("changzhi", "--cases", "many.parquet", "--as-of", AS_OF, "--out", "out", "--workers", workers)
    out = tables / "out"
    with started("batch", *asked, "--chunk", "64", cwd=tables) as process:
        deadline = time.monotonic() + 50
        while not list(out.glob(".duties*")) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
        _, told = process.communicate(timeout=50)
    assert process.returncode == 130, told
    assert not out.exists()
    assert told.strip() == b""
