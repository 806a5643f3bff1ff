"""What flows in and out: UTF-8 everywhere, readers that go away, interruption, and faults of our own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from policyengine.cli import main, policies
from tests.support.command import COMMAND, EXAMPLE, environment, run, started


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030", "en_US.ISO-8859-1"])
def test_output_is_utf8_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    done = run("policies", "--lang", "zh", cwd=tmp_path, env={"LC_ALL": locale, "PYTHONCOERCECLOCALE": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "长治市能源局政务舆情回应机制" in done.stdout


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    with started("evaluate", EXAMPLE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_interruption(tmp_path: Path) -> None:
    with started("evaluate", "-", cwd=tmp_path, stdin=subprocess.PIPE) as process:
        time.sleep(2)  # until it waits for its input
        process.send_signal(signal.SIGINT)
        output, said = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, b"")
    assert b"Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "policies"], cwd=tmp_path, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.decode().startswith("cannot write the output: ")


def test_closed_output(tmp_path: Path) -> None:
    command = " ".join((*COMMAND, "policies", ">&-"))
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_our_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debug: str) -> None:
    def fail(_: Path) -> None:
        message = "two\nlines"
        raise RuntimeError(message)

    monkeypatch.setattr(policies, "load_policy", fail)
    monkeypatch.setenv("POLICYENGINE_DEBUG", debug)
    assert main(["policies", "--lang", "en"]) == 70
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith(
        "this is our own fault, please report it: RuntimeError: two lines (POLICYENGINE_DEBUG=1 shows more)\n"
    )
    assert ("Traceback" in captured.err) is bool(debug)
    assert debug or len(captured.err.splitlines()) == 1


def test_huge_standard_input(tmp_path: Path) -> None:
    done = run("evaluate", "-", cwd=tmp_path, stdin=os.urandom(1) * 9_000_000)
    assert (done.returncode, done.stdout) == (3, "")
    assert "<stdin>:1:1: error PE102: " in done.stderr
