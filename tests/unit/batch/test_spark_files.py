"""Tables in files under a Spark of our own: the files of one machine, and what is said where Spark cannot start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import policyengine as pe
from tests.support.spark import MISSING, REQUIRED, environment, needs_spark

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.wording import Lang

if MISSING is None or REQUIRED:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from policyengine import batch

AS_OF = "2025-06-01T00:00:00+08:00"
CASES = 'case,event_severity,note\na,major,"two\nlines, and ""more"""\nb,null,\nc,huge,x\n,major,\n'
EVENTS = "case,type,at\na,detected,2025-03-07T17:30:00+08:00\nnobody's,detected,2025-03-07T17:30:00+08:00\n"
SCRIPT = """
import json, sys
from pathlib import Path
import policyengine as pe
from policyengine.batch.evaluating import Files
from policyengine.batch.spark import run
from policyengine.errors import LoadError, MissingExtraError

for cases, events in json.loads(sys.argv[1]):
    out = Path("out", cases)
    files = Files(*(out / f"{name}.parquet" for name in ("duties", "gaps", "faults")))
    try:
        found = run([pe.load("changzhi")], cases, events, files=files, master="local[1]", as_of=sys.argv[2])
        said = [found.duties, found.gaps, found.coverage.faults, len(found.faults), len(found.remarks)]
    except LoadError as error:
        said = [each.code for each in error.diagnostics]
    except MissingExtraError as error:
        said = [type(error).__name__, str(error)]
    print(json.dumps(said))
"""


def _run(tables: list[tuple[str, str | None]], folder: Path, **more: str) -> list[Any]:
    """Run tables one after the other, each under a Spark of its own, in a process of their own."""
    command = [sys.executable, "-c", SCRIPT, json.dumps(tables), AS_OF]
    env = {**os.environ, **environment(), **more}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@needs_spark
def test_files_are_those_of_one_machine(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    for name in ("cases", "events"):
        plain = {"case": [None], "type": ["detected"], "at": [AS_OF], "event_severity": ["major"]}
        wanted = ("case", "event_severity") if name == "cases" else ("case", "type", "at")
        pq.write_table(
            pa.table({each: pa.array(plain[each], pa.string()) for each in wanted}), tmp_path / f"{name}.parquet"
        )
    (tmp_path / "uneven.csv").write_text("case,event_severity\na,major\nb\n", encoding="utf-8")
    (tmp_path / "cases.txt").write_text("case\na\n", encoding="utf-8")
    good: list[tuple[str, str | None]] = [("cases.csv", "events.csv"), ("cases.parquet", "events.parquet")]
    bad: list[tuple[str, str | None]] = [("uneven.csv", None), ("cases.txt", None), ("gone.parquet", None)]
    said = _run([*good, *bad], tmp_path)
    for (cases, events), found in zip(good, said, strict=False):
        here = batch.evaluate(pe.load("changzhi"), tmp_path / cases, tmp_path / str(events), as_of=AS_OF)
        counts = [here.duties.num_rows, here.gaps.num_rows, here.faults.num_rows, here.faults.num_rows]
        assert found == [*counts, len(here.remarks)]
        for name in ("duties", "gaps", "faults"):
            written = pq.read_table(tmp_path / "out" / cases / f"{name}.parquet").to_pylist()
            assert sorted(map(repr, written)) == sorted(map(repr, getattr(here, name).to_pylist())), name
    assert said[2:] == [["PE833"], ["PE641"], ["PE833"]]


@needs_spark
def test_without_java_it_is_said_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    (said,) = _run([("cases.csv", None)], tmp_path, JAVA_HOME=str(tmp_path))
    assert said == ["MissingJavaError", "Spark needs Java 17 or later: install it, or let JAVA_HOME name it"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "Spark 需要 Java 17 或更新版本"), ("en", "Spark needs Java 17 or")])
def test_the_command_says_so_in_both_languages(lang: Lang, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from policyengine.batch import spark
    from policyengine.cli import batch_spark
    from policyengine.cli.help import Misuse

    def refuse(*_: object, **asked: object) -> None:
        assert asked["rows"] == "all"
        assert not {"workers", "chunk"} & {*asked}
        raise spark.MissingJavaError

    monkeypatch.setattr(spark, "run", refuse)
    monkeypatch.setattr(batch_spark, "spoken", lambda: lang)
    given: dict[str, Any] = {"rows": "all", "workers": 2, "chunk": 5}
    files: Any = None
    with pytest.raises(Misuse) as told:
        batch_spark.run([], ("cases.csv", None), files, master=None, given=given)
    assert str(told.value.message).startswith(words)
