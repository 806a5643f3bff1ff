"""Good files made wrong, byte by byte and node by node; nothing but diagnostics and answers may come of them.

Used by `tests/properties/test_bad_input.py`; on its own it tries as many as wanted, other ones for each seed::

    python -m tests.support.mutations --count 20000 --seed 1
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from policyengine.loading.library import home, packaged
from policyengine.loading.yaml_nodes import Source, parse, plain
from tests.support.byte_mutations import mutated_bytes
from tests.support.examination import Examined, examine
from tests.support.node_mutations import Tree, mutated_nodes

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "policies" / "good"
SMALL = (
    *("regrading", "outcomes", "prohibitions", "days"),
    *("occurrences", "recurring", "composites", "tables", "waivers"),
)
SMALL_CASE = {
    "case": "案件-1",
    "policy": ["prohibitions"],
    "time_zone": "Asia/Shanghai",
    "as_of": "2024-05-08 09:00",
    "facts": {"mode": "closed", "injured": 2.5, "tags": ["fire"], "exempt": None, "place": "hall"},
    "events": [
        {"id": "e1", "type": "opened", "at": "2024-05-06T10:00:00.5", "by": "keeper", "attributes": {"amount": 2}},
        {"id": "e2", "type": "alarm", "at": "2024-05-06T24:00", "sets": {"level": "low", "tags": ["fire", "water"]}},
        {
            "id": "e3",
            "type": "borrow",
            "at": "2024-05-07T10:00+08:00",
            "by": "owner",
            "attributes": {"means": ["paper"]},
        },
        {"id": "e4", "type": "tell", "at": "2024-05-07T03:00:00Z", "to": ["owner", "warden"], "note": "电话"},
        {"id": "e5", "type": "release", "at": "2024-05-07 11:00", "recorded_at": "2024-05-07 12:00"},
    ],
}
WEIGHTS = {"policy": 35, "vocabulary": 10, "calendar": 10, "case": 45}


class Sample(NamedTuple):
    """A file that is right: what it is, its name, its text, and the policy to read it with."""

    kind: str
    name: str
    text: str
    policy: Path

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


@cache
def samples() -> dict[str, tuple[Sample, ...]]:
    """Return, by kind, the packaged files, the small ones of the tests, and example cases."""
    policies = [*sorted(home().glob("*.yaml")), *(GOOD / f"{name}.yaml" for name in SMALL)]
    vocabularies = dict.fromkeys(packaged("vocabulary").values(), policies[0])
    vocabularies[GOOD / "vocabulary" / "workshop.yaml"] = GOOD / "outcomes.yaml"
    cases = [_sample("case", path, _asked(path)) for path in sorted((ROOT / "examples").glob("*.yaml"))]
    cases.append(Sample("case", "small.json", json.dumps(SMALL_CASE, ensure_ascii=False), GOOD / "prohibitions.yaml"))
    found = {
        "policy": [_sample("policy", path, path) for path in policies],
        "vocabulary": [_sample("vocabulary", path, policy) for path, policy in vocabularies.items()],
        "calendar": [_sample("calendar", path, GOOD / "days.yaml") for path in packaged("calendars").values()],
        "case": cases,
    }
    return {kind: tuple(each) for kind, each in found.items()}


def _asked(path: Path) -> Path:
    """Return the packaged policy that the case in the file *path* names first."""
    named = yaml.safe_load(path.read_text(encoding="utf-8"))["policy"]
    name = named[0] if isinstance(named, list) else named
    return next(each for each in sorted(home().glob("*.yaml")) if each.stem.startswith(name))


def _sample(kind: str, path: Path, policy: Path) -> Sample:
    return Sample(kind, path.name, path.read_text(encoding="utf-8"), policy)


def mutated(sample: Sample, chance: random.Random) -> Examined:
    """Return the file *sample* after one to four changes: of its bytes, of its nodes, or mild ones of its nodes."""
    count = chance.choice((1, 1, 1, 2, 2, 3, 4))
    way = chance.choice(("bytes", "nodes", "nodes", "mild"))
    name, data = sample.name, sample.text.encode()
    if way != "bytes":
        root = parse(Source(sample.name, sample.text)).root
        tree = {} if root is None else plain(root)
        assert isinstance(tree, dict | list)
        for _ in range(count):
            mutated_nodes(tree, chance, mild=way == "mild")
        name, data = _written(sample, tree, chance)
    if way == "bytes" or chance.random() < 0.05:
        data = mutated_bytes(data, chance)
    return Examined(sample.kind, name, data, sample.policy)


def _written(sample: Sample, found: Tree, chance: random.Random) -> tuple[str, bytes]:
    stem = Path(sample.name).stem
    if chance.random() < 0.3:
        ending = chance.choice(("yaml", "json", "jsonl")) if sample.kind == "case" else "json"
        return f"{stem}.{ending}", json.dumps(found, ensure_ascii=chance.random() < 0.5).encode()
    return f"{stem}.yaml", yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=120).encode()


def anything(chance: random.Random) -> Examined:
    """Return a wrong file of any kind."""
    kind = chance.choice([kind for kind, weight in WEIGHTS.items() for _ in range(weight)])
    return mutated(chance.choice(samples()[kind]), chance)


@dataclass
class Trial:
    """Many wrong files, what came of each, and those that broke a promise."""

    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: dict[str, tuple[Examined, str]] = field(default_factory=dict)

    def of(self, file: Examined, chance: random.Random) -> None:
        try:
            with tempfile.TemporaryDirectory() as folder:
                outcome = examine(file, Path(folder), chance)
        except Exception as error:  # noqa: BLE001 - to find every one is what this is for
            outcome, frames = "BROKEN", traceback.extract_tb(error.__traceback__)
            key = f"{type(error).__name__} in {Path(frames[-1].filename).name}:{frames[-1].lineno}"
            self.broken.setdefault(key, (file, "".join(traceback.format_exception(error)[-6:])))
        self.tally[file.kind, outcome] += 1

    def report(self, keep: Path) -> str:
        """Return the figures and the faults; the files that broke us are left in the folder *keep*."""
        lines = [f"{kind:11} {outcome:28} {count:7}" for (kind, outcome), count in sorted(self.tally.items())]
        for number, (key, (file, trace)) in enumerate(self.broken.items(), 1):
            keep.mkdir(exist_ok=True, parents=True)
            (keep / f"{number}-{file.kind}-{file.name}").write_bytes(file.data)
            lines.append(f"\n{number}: {key}, a {file.kind} for {file.policy.name}\n{trace}")
        return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Try wrong files, nearly half of them cases, and say what came of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.mutations", description=main.__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many files (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="other files for another seed (default: %(default)s)")
    parser.add_argument("--keep", default=".mutations", help="folder for files that broke us (default: %(default)s)")
    options = parser.parse_args(arguments)
    chance, start = random.Random(options.seed), time.monotonic()  # noqa: S311 - the same files for the same seed
    trial = Trial()
    for number in range(1, options.count + 1):
        trial.of(anything(chance), chance)
        if number % 100 == 0:
            sys.stderr.write(f"\r{number} of {options.count}, {len(trial.broken)} kinds of fault")
    sys.stderr.write("\n")
    sys.stdout.write(f"{trial.report(Path(options.keep))}\n{options.count} files in {time.monotonic() - start:.0f} s\n")
    return 1 if trial.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
