"""The command as a real process, with nothing of the caller's language or settings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING
from unittest.mock import patch

from policyengine.cli import main

if TYPE_CHECKING:
    import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "changzhi-grave-emergency.yaml"
_CALLERS = (
    *("LC_", "LANG", "POLICYENGINE_LANG", "POLICYENGINE_DEBUG", "PYTHONIOENCODING", "PYTHONUTF8"),
    *("COLUMNS", "LINES", "TERM", "NO_COLOR"),
)
COMMAND = (sys.executable, "-m", "policyengine")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment without the caller's language and terminal, in the C locale unless *more* has another."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_CALLERS)}
    return {**kept, "LC_ALL": "C", **(more or {})}


@contextmanager
def started(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: int | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the command in a session of its own, to be interrupted; it does not outlive the block, whatever happens."""
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment(env),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def run(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None, timeout: int = 60
) -> subprocess.CompletedProcess[str]:
    """Run the command in *cwd* and return its exit code and output, which must be UTF-8."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=environment(env),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command within this process, in English unless the arguments say otherwise: for long tables."""
    with patch.dict(os.environ, environment(), clear=True):
        code = main(["--lang", "en", *map(str, arguments)])
    return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())
