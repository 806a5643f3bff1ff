"""Peers side by side: a process each, in turns, round by round."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness.worker import MARK, write_expected

TOP = Path(__file__).parents[2]
_THREADS = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")
Result = dict[str, Any]


class _Worker:
    """A peer's process."""

    def __init__(self, name: str, expected: Path, seconds: float) -> None:
        # PYTHONHASHSEED: what a set of texts is iterated in must not differ from run to run.
        alone = dict.fromkeys(_THREADS, "1") | {"PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
        command = (sys.executable, "-m", "benchmarks.harness.worker", name, "--expected", str(expected))
        self._errors = Path(expected.parent, f"{name.replace(':', '-')}.log").open("w+", encoding="utf-8")  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            (*command, "--seconds", str(seconds)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env=os.environ | alone,
            cwd=TOP,
        )

    def heard(self) -> Any:  # noqa: ANN401 - JSON
        """Return the worker's next word, past whatever its engine prints itself; nothing at its end."""
        if self._process.stdout is None:
            return None
        said = (line for line in self._process.stdout if line.startswith(MARK))
        return next((json.loads(line.removeprefix(MARK)) for line in said), None)

    def turn(self) -> Any:  # noqa: ANN401 - JSON
        """Let the worker time one round, and return the peer's time and that of plain Python beside it."""
        if self._process.stdin is None:
            return None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return self.heard()

    def end(self) -> str:
        """Let the process end, and return the last line that it wrote of an error."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().strip().splitlines()
        self._errors.close()
        return lines[-1] if lines else ""


def contest(names: Sequence[str], *, rounds: int, seconds: float, tell: Callable[[str], None]) -> list[Result]:
    """Return what each of the peers called *names* took, in microseconds a case; what was left out says why."""
    with TemporaryDirectory() as folder:
        expected = Path(folder, "expected.json")
        write_expected(str(expected))
        results: dict[str, Result] = {}
        live: dict[str, _Worker] = {}
        for name in names:
            worker = _Worker(name, expected, seconds)
            first = worker.heard()
            results[name] = first or {"name": name}
            if first is not None and "checked" in first:
                live[name] = worker
                tell(f"{name}: equal on {first['checked']} cases")
                continue
            error = worker.end()
            if "differs" not in results[name]:
                results[name].setdefault("absent", error or "it said nothing")
            tell(f"{name}: left out: {results[name].get('differs') or results[name]['absent']}")
        times = _times(live, rounds, tell)
    return [results[name] | _summary(times.get(name, ())) for name in names]


def _times(
    live: Mapping[str, _Worker], rounds: int, tell: Callable[[str], None]
) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in live}
    for number in range(rounds):
        for name, worker in live.items():
            own, beside = worker.turn()
            found[name].append((own, beside))
        tell(f"round {number + 1} of {rounds}")
    for worker in live.values():
        worker.end()
    return found


def _summary(pairs: Sequence[tuple[float, float]]) -> Result:
    """Return medians; the ratio is the median of the ratios of each round."""
    if not pairs:
        return {}
    own = [each for each, _ in pairs]
    return {
        "us": statistics.median(own),
        "us_min": min(own),
        "us_max": max(own),
        "ratio": statistics.median(each / beside for each, beside in pairs),
        "plain_us": statistics.median(beside for _, beside in pairs),
    }
