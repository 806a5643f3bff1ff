"""Names that no file can have: however a command or a file comes to them, they are told of, and nothing breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.cli import out
from tests.support.command import call

if TYPE_CHECKING:
    from pathlib import Path

TOO_LONG = "x" * 300
CASE = """\
case: far
policy: {policy}
as_of: 2026-03-02T12:00:00+08:00
events: [{{id: e1, type: detected, at: 2026-03-02T11:00:00+08:00}}]
"""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", TOO_LONG], id="check"),
        pytest.param(["evaluate", TOO_LONG], id="evaluate"),
        pytest.param(["evaluate", "case.yaml", "--policy", TOO_LONG], id="evaluate by it"),
        pytest.param(["test", TOO_LONG], id="test"),
        pytest.param(["test", "example.yaml", "--policy", TOO_LONG], id="test by it"),
        pytest.param(["audit", TOO_LONG], id="audit"),
        pytest.param(["audit", "case.yaml", "--policy", TOO_LONG], id="audit by it"),
        pytest.param(["fuzz", TOO_LONG], id="fuzz"),
        pytest.param(["policies", TOO_LONG], id="policies"),
        pytest.param(["compare", TOO_LONG], id="compare"),
        pytest.param(["diff", TOO_LONG, "hubei"], id="diff"),
        pytest.param(["prove", TOO_LONG], id="prove"),
        pytest.param(["evaluate", "case.yaml"], id="named by a case"),
        pytest.param(["audit", "case.yaml"], id="named by a log"),
        pytest.param(["test", "example.yaml"], id="named by an example"),
        pytest.param(["check", "example.yaml", "case.yaml"], id="named by what is checked"),
    ],
)
def test_a_name_that_is_too_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    text = CASE.format(policy=TOO_LONG)
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "example.yaml").write_text(f"{text}absent: [respond]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = call(capsys, *arguments)
    said = done.stdout + done.stderr
    assert done.returncode in {1, 2, 3}, said
    assert "PE101" in said or "PE213" in said


def test_an_interruption_leaves_no_part_of_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        out.deliver("an answer", str(tmp_path / "answer.txt"), "en")
    assert list(tmp_path.iterdir()) == []
