"""The script of the page on Spark, run by `spark-submit` as the page has it, says what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.spark import environment, needs_spark

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
_BLOCK = re.compile(r"^```(\w+)(?: +([\w./-]+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@needs_spark
@pytest.mark.parametrize("page", ["run-on-spark.md", "run-on-spark.zh.md"])
def test_the_script_says_what_the_page_shows(page: str, tmp_path: Path) -> None:
    shown = []
    for language, name, text in _BLOCK.findall((HOW_TO / page).read_text(encoding="utf-8")):
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif language == "text":
            shown.append(text)
    submit = Path(sys.executable).with_name("spark-submit")
    command = [str(submit), "--master", "local[2]", "--conf", "spark.ui.enabled=false", "judge_cases.py"]
    env = {**os.environ, **environment(), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert [done.stdout.decode()] == shown
