"""`policyengine sources clauses`: the skeleton that an author fills in, and what cannot be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.loading.sources import digest
from tests.support.command import call

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND, THIRD = (
    "值班员应于当日发布通报。",
    "原则上1小时内发布;",
    "办公室负责督促、检查、通报以及其他一切与本规定有关的日常工作。",
)
SKELETON = f"""\
# of each: say it in your own words (says); then write provisions: [ids], or gaps: [ids], or else disposition:
clauses:
  "WL:1":  # line 1: {FIRST}
    number: "1"
    digest: "{digest(FIRST)}"
    says: {{zh: , en: }}
  "WL:2":  # line 3: {SECOND}
    number: "2"
    digest: "{digest(SECOND)}"
    says: {{zh: , en: }}
  "WL:3":  # line 3: {THIRD[:24]}…
    number: "3"
    digest: "{digest(THIRD)}"
    says: {{zh: , en: }}
"""
HEAD = """\
policy: office
title: {zh: 某局, en: An office}
vocabulary: public-sentiment
time_zone: Asia/Shanghai
calendar: cn
versions: [{in_force: {}}]
provisions: []
source:
  title: {zh: 某局规定, en: The rules}
  """


def text_file(directory: Path) -> Path:
    path = directory / "rules.txt"
    path.write_text(f"{FIRST}\n\n{SECOND}{THIRD}\n", encoding="utf-8")
    return path


def test_the_skeleton(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    done = call(capsys, "sources", "clauses", "--text", text_file(tmp_path), "--prefix", "WL")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == SKELETON


def test_filled_in_it_accounts_for_every_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = text_file(tmp_path)
    skeleton = call(capsys, "sources", "clauses", "--text", text).stdout
    policy = tmp_path / "office.yaml"
    policy.write_text(HEAD + skeleton.replace("\n", "\n  "), encoding="utf-8")
    unfilled = call(capsys, "check", policy)
    assert unfilled.returncode == 1
    assert "6 errors" in unfilled.stdout  # both languages of each summary
    filled = skeleton.replace("says: {zh: , en: }", "says: {zh: 摘要, en: summary}\n    disposition: principle")
    policy.write_text(HEAD + filled.replace("\n", "\n  "), encoding="utf-8")
    assert call(capsys, "check", policy).returncode == 0
    assert call(capsys, "sources", "verify", policy, "--text", text).returncode == 0


def test_a_text_without_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text(" \n\n")
    done = call(capsys, "sources", "clauses", "--text", tmp_path / "rules.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds no sentence" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param((), 2, "the option `--text` is missing", id="no text"),
        pytest.param(("--text", "none.txt"), 3, "PE101", id="no such file"),
        pytest.param(("--text", "none.txt", "--prefix", "wl"), 2, "`--prefix` cannot be `wl`", id="small letters"),
    ],
)
def test_refused(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str) -> None:
    done = call(capsys, "sources", "clauses", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
