"""Hold an implementation to the tables: `python conformance/run.py -- COMMAND`. Plain Python, nothing else needed.

COMMAND reads questions from its standard input, one JSON object on each line, and prints for each an answer as the
tables have it under `expected`, on one line, in the same order. README.md says what both hold. Exit code 0: everything
agrees; 1: something does not, and is told; 2: the command broke down.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Json = Any
"""What `json` reads and writes."""

HERE = Path(__file__).parent


def main(words: Sequence[str] | None = None) -> int:
    """Ask the command about every case, and tell where it answers otherwise."""
    asked = _parser().parse_args(words)
    cases = [each for each in every_case() if asked.only in each["id"] or asked.only in each["table"]]
    lines = "".join(json.dumps(question(each), ensure_ascii=False) + "\n" for each in cases)
    done = subprocess.run(asked.command, input=lines, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - the user's own command
    answers = done.stdout.splitlines()
    if done.returncode or len(answers) != len(cases):
        counts = f"{len(answers)} answers to {len(cases)} questions, exit code {done.returncode}"
        print(f"{counts}\n{done.stderr}", file=sys.stderr)
        return 2
    wrong = 0
    for each, line in zip(cases, answers, strict=True):
        told = list(differences("", each["expected"], json.loads(line)))
        wrong += bool(told)
        for place in told:
            print(f"{each['table']}: {each['id']}: {place}")
    print(f"{len(cases) - wrong} of {len(cases)} cases agree")
    return int(wrong > 0)


def every_case() -> Iterator[Json]:
    """Yield every case of every table with the documents that it needs, and the name of its table."""
    for path in sorted((HERE / "cases").rglob("*.json")):
        table = read(path)
        name = path.relative_to(HERE / "cases").as_posix()
        for each in table["cases"]:
            own = table["policies"].get(each["policy"])
            policy = own or read(HERE / "policies" / f"{each['policy']}.json")
            yield {**each, "table": name, "document": policy}


def question(case: Json) -> Json:
    """Return what the command reads: everything that the answer depends on."""
    policy = case["document"]
    return {
        "id": case["id"],
        "policy": policy,
        "vocabulary": read(HERE / "vocabulary" / f"{policy['vocabulary']}.json"),
        "calendar": read(HERE / "calendars" / f"{policy['calendar']}.json"),
        "as_of": case["as_of"],
        "readings": case["readings"],
        "case": case["case"],
    }


def differences(place: str, expected: Json, found: Json) -> Iterator[str]:
    """Yield a line for each place at which two answers differ; why a case is refused is everybody's own."""
    if place == "refused" and expected and found:
        return
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in dict.fromkeys((*expected, *found)):
            yield from differences(f"{place}.{name}" if place else name, expected.get(name), found.get(name))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(f"{place}[{number}]", one, other)
    elif type(expected) is not type(found) or expected != found:
        wanted, given = (json.dumps(each, ensure_ascii=False) for each in (expected, found))
        yield f"{place}: expected {wanted}, found {given}"


@cache
def read(path: Path) -> Json:
    """Return what a JSON file holds, read once."""
    return json.loads(path.read_text(encoding="utf-8"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Hold an implementation to the tables.")
    parser.add_argument("--only", default="", help="cases whose id, or whose table's name, holds this")
    parser.add_argument("command", nargs="+", help="what reads questions and prints answers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
