"""The script of the page on Spark, run by `spark-submit` as the page has it, says what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import policyengine as pe
from policyengine import batch
from tests.support.spark import environment, needs_spark

AS_OF = "2025-06-01T00:00:00+08:00"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
_BLOCK = re.compile(r"^```(\w+)(?: +([\w./-]+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@needs_spark
def test_the_script_says_what_the_page_shows(tmp_path: Path) -> None:
    files, shown = _page("run-on-spark.md")
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    submit = Path(sys.executable).with_name("spark-submit")
    command = [str(submit), "--master", "local[2]", "--conf", "spark.ui.enabled=false", "judge_cases.py"]
    env = {**os.environ, **environment(), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == shown


def test_both_pages_have_one_script_and_show_the_same_faults(tmp_path: Path) -> None:
    """But for the language; so that one of them need not be run on Spark."""
    files, shown = zip(*map(_page, ("run-on-spark.md", "run-on-spark.zh.md")), strict=True)
    assert _plain(files[0]["judge_cases.py"]) == _plain(files[1]["judge_cases.py"])
    for lang, tables, lines in zip(("en", "zh"), files, shown, strict=True):
        for name in ("cases.csv", "events.csv"):
            (tmp_path / name).write_text(tables[name], encoding="utf-8")
        paths = [tmp_path / name for name in ("cases.csv", "events.csv")]
        found = batch.evaluate(pe.load("changzhi"), *paths, as_of=AS_OF)
        first, *faults = lines.splitlines()
        told = found.faults.select(["table", "row", "code", f"message_{lang}"]).to_pylist()
        assert faults == [" ".join(map(str, row.values())) for row in told]
        counts = (found.coverage.cases, found.coverage.answered, found.coverage.kept_back)
        assert re.findall(r"\d+", first) == [*map(str, counts)]


def _page(name: str) -> tuple[dict[str, str], str]:
    """Return the files that a page has, and the text that it shows."""
    blocks = _BLOCK.findall((HOW_TO / name).read_text(encoding="utf-8"))
    (shown,) = (text for language, called, text in blocks if language == "text" and not called)
    return {called: text for _, called, text in blocks if called}, shown


def _plain(script: str) -> str:
    """Return *script* without the words that it prints."""
    return re.sub(r"message_\w+|f\".*?\"", "", script)
