"""Measures, and writes the page of results: `python -m benchmarks [one-case|columns|cold|load|growth|memory|page ...]`.

Without a word it does all of these. Each writes its JSON file to `benchmarks/results/`; `page` makes the page of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from benchmarks import cold, growth_curves, load, memory, page
from benchmarks.harness.contest import contest
from benchmarks.peers import COLUMNS, GRADED, ONE_CASE
from benchmarks.results import Measured, saved

_CONTESTS = {
    "one-case": tuple(f"one_case.{name}" for name in (*ONE_CASE, *GRADED)),
    "columns": tuple(f"columns.{name}" for name in COLUMNS),
}
_COLD_ROUNDS = 21
_TABLES: Mapping[str, Callable[[], Measured]] = MappingProxyType(
    {
        "cold": lambda: cold.run(None, _COLD_ROUNDS),
        "load": lambda: load.run(None, _COLD_ROUNDS),
        "growth": lambda: growth_curves.curves(_tell),
        "memory": memory.table,
    }
)
_STEPS = (*_CONTESTS, *_TABLES, "page")


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the words ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("steps", nargs="*", choices=[*_STEPS, []], default=[], metavar="STEP", help=", ".join(_STEPS))
    parser.add_argument("--only", help="names of peers, such as one_case.zen_table, with commas; nothing is saved then")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.25, help="how long a round of one peer takes at least")
    asked = parser.parse_args(arguments)
    if asked.only:
        found = contest(asked.only.split(","), rounds=asked.rounds, seconds=asked.seconds, tell=_tell)
        sys.stdout.write("".join(f"{page.line(each)}\n" for each in found))
        return
    for step in asked.steps or _STEPS:
        if step in _CONTESTS:
            found = contest(_CONTESTS[step], rounds=asked.rounds, seconds=asked.seconds, tell=_tell)
            saved(step, {"rounds": asked.rounds, "results": found})
        elif step in _TABLES:
            saved(step, _TABLES[step]())
        else:
            page.write()


if __name__ == "__main__":
    main()
