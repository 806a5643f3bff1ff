"""A question that a way answers otherwise, as a policy file and a case file with the commands that show it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.loading.dump import dump
from policyengine.report.case_files import case_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policyengine.testing.differential.triple import Triple
    from policyengine.testing.differential.way import Way

_REFERENCE = ("--evaluator", "reference")


@dataclass(frozen=True, slots=True)
class Reproducer:
    """Two files that are not written yet.

    Args:
        policy, case: what each is to be called, and to hold.
        commands: what shows both answers, where both files stand beside each other.
    """

    policy: tuple[str, str]
    case: tuple[str, str]
    commands: tuple[str, ...]

    def written(self, folder: Path) -> tuple[Path, ...]:
        """Write both files into *folder*, in place of older ones, and return where they are."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = tuple(folder / name for name, _ in (self.policy, self.case))
        for path, (_, text) in zip(paths, (self.policy, self.case), strict=True):
            path.write_text(text, encoding="utf-8", newline="\n")
        return paths


def reproducer(asked: Triple, way: Way, name: str, *, told: tuple[str, ...] = ()) -> Reproducer:
    """Return the files that ask what *way* answers otherwise than the reference.

    Args:
        asked: the question.
        way: that answers it otherwise.
        name: what the files' names begin with.
        told: how the answers differ, as lines; they stand in the case file.
    """
    policy, case = f"{name}-policy.yaml", f"{name}-case.yaml"
    commands = tuple(_commands(asked, way, case))
    named = replace(asked.case, id=name, policies=(policy,), as_of=asked.as_of)
    text = case_file(named, asked.policy.zone, head=[*commands, *told])
    return Reproducer((policy, dump(asked.policy)), (case, text), commands)


def _commands(asked: Triple, way: Way, case: str) -> Iterator[str]:
    readings = asked.policy.readings
    departing = [(name, each) for name, each in asked.readings.items() if each != readings[name].default]
    chosen = [word for name, option in departing for word in ("--reading", f"{name}={option}")]
    for options in (_REFERENCE, way.options):
        if options is not None:
            yield shlex.join(["policyengine", "evaluate", case, *chosen, *options, "--format", "json"])
