"""How long a new process takes to its first answer, against bare Python. `python -m benchmarks.cold` prints the table.

Measured in an environment of its own into which the wheel is installed, byte code included, or with the `--python`
that is given. A round starts every program once, in turn, so that whatever else the machine does falls on all alike;
read the differences from bare Python, and how many times `import pydantic` with one model they are: that much every
program pays that has a model at all.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import MappingProxyType

from benchmarks.results import Measured, saved

ROOT = Path(__file__).parents[1]

FIRST_ANSWER = """
import policyengine as pe
policy = pe.load("changzhi")
log = [pe.Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
answer = pe.evaluate(policy, pe.Case(id="demo", events=log), as_of="2025-10-09T00:45:00+08:00")
answer.duty("press-conference").limit.due
"""

PROGRAMS = MappingProxyType(
    {
        "bare Python": "pass",
        "import policyengine": "import policyengine",
        "one pydantic model": "import pydantic\nclass One(pydantic.BaseModel):\n    one: int",
        "names of the library": "import policyengine as pe\npe.load, pe.evaluate, pe.Case",
        "a packaged policy": "import policyengine as pe\npe.load('changzhi')",
        "a first answer": FIRST_ANSWER,
    }
)


def installed(directory: Path) -> Path:
    """Return the Python of a new environment below *directory*, into which the wheel of this checkout is installed."""
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(directory), str(ROOT))
    _run(sys.executable, "-m", "venv", str(directory / "venv"))
    python = directory / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheel = next(directory.glob("*.whl"))
    _run(str(python), "-m", "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel))
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own commands


def milliseconds(python: Path, program: str, directory: str) -> float:
    """Return how long *python* takes to run *program* from start to end, in a directory without any module."""
    start = time.perf_counter()
    subprocess.run([python, "-c", program], check=True, cwd=directory)  # noqa: S603 - our own program
    return 1000 * (time.perf_counter() - start)


def measured(python: Path, rounds: int) -> dict[str, list[float]]:
    """Return the times of every program, one a round; a first round, which fills the caches, is not among them."""
    found: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as directory:
        for number in range(rounds + 1):
            for name, program in PROGRAMS.items():
                taken = milliseconds(python, program, directory)
                if number:
                    found[name].append(taken)
    return found


def asked(description: str | None) -> argparse.Namespace:
    """Return the arguments of a measurement: the Python to run, how many rounds, and whether to keep the figures."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--python", type=Path, help="the Python of an environment with the wheel; else one is made")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--save", action="store_true", help="keep the figures for the page of results")
    return parser.parse_args()


def table(found: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Return by program the median and the least milliseconds, those over bare Python, and as models of pydantic."""
    medians = {name: statistics.median(times) for name, times in found.items()}
    bare, one = medians["bare Python"], medians["one pydantic model"]
    return {
        name: {
            "median": medians[name],
            "least": min(times),
            "over": medians[name] - bare,
            "models": (medians[name] - bare) / (one - bare),
        }
        for name, times in found.items()
    }


def run(python: Path | None, rounds: int) -> Measured:
    """Return what each program takes, in *python* or in an environment that is made for it."""
    with tempfile.TemporaryDirectory() as directory:
        found = measured(python or installed(Path(directory)), rounds)
    return {"rounds": rounds, "programs": table(found)}


def main() -> None:
    """Print a line for each program."""
    arguments = asked(__doc__)
    found = run(arguments.python, arguments.rounds)
    print(f"{'program':22} {'median ms':>9} {'least ms':>9} {'over bare':>9} {'x pydantic':>10}")
    for name, each in found["programs"].items():
        print(f"{name:22} {each['median']:9.1f} {each['least']:9.1f} {each['over']:+9.1f} {each['models']:10.2f}")
    if arguments.save:
        saved("cold", found)


if __name__ == "__main__":
    main()
