"""The cases behind an answer about strictness: as files that `policyengine evaluate` reads, and as commands."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.proving.finding import Witness
from policyengine.loading.dump import dumped
from policyengine.report.proof.case_file import case_json
from policyengine.report.strictness.leaves import sides_of

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import StrictnessRange
    from policyengine.analysis.sides import Side
    from policyengine.analysis.strictness import Counterexample, Demand
    from policyengine.report.json_values import Json
    from policyengine.report.strictness.both_ways import BothWays

Names = tuple[str, str]
"""How the one policy and the other are named: by id, prefix or path."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that shows that a demand is not met.

    Args:
        name: of its file, without an ending; different for each case of an answer.
        found: the case.
        sides: the one policy and the other as they are read in it, in the order in which they were asked about.
        beyond: whether it is the one policy's provision that is not met by the other.
    """

    name: str
    found: Counterexample
    sides: tuple[Side, Side]
    beyond: bool = False

    def text(self, names: Names) -> str:
        """Return the file; *names* are the policies' as seen from where it stands."""
        ours, theirs = (each.policy.id for each in (reversed(self.sides) if self.beyond else self.sides))
        found = self.found
        head = f"{theirs} {found.duty.provision}: {found.found.name.lower()}; {ours}: {found.instead.name.lower()}"
        told = "".join(f"# {each}\n" for each in (head, *self.commands(f"{self.name}.yaml", names)))
        return told + dumped(counterexample_case(found, self.sides, self.name, names))

    def commands(self, file: str, names: Names) -> tuple[str, ...]:
        """Return what judges the case in *file* anew: one command for both policies, or one for each.

        It takes one for each where no single command can say how to read them, or both have one id.

        Args:
            file: its path.
            names: the policies' as seen from where the commands are given.
        """
        together = _together(self.sides)
        if together is not None:
            return (_command(file, (), together),)
        pairs = zip(names, self.sides, strict=True)
        return tuple(_command(file, ("--policy", name), _departures(side)) for name, side in pairs)


def counterexample_case(found: Counterexample, sides: tuple[Side, Side], name: str, names: Names) -> Mapping[str, Json]:
    """Return the case as its file has it, under both policies."""
    case = case_json(sides[1], Witness(found.case, found.as_of, ()), name, "")
    return {**case, "policy": list(dict.fromkeys(names))}


def shown_both_ways(found: BothWays) -> tuple[Shown, ...]:
    """Return the cases of demands that are not met, then those that show what goes beyond."""
    there = found.there
    sides = (there.one, there.other)
    every = [(each, sides, False) for each in there.demands] + [(each, sides, True) for each in found.told_back()]
    return tuple(_numbered(every))


def shown_under_readings(found: StrictnessRange) -> tuple[Shown, ...]:
    """Return the cases of demands that are not met, one for each group of readings that comes to the same."""
    leaves = [leaf for each in found.demands for leaf in each.leaves]
    every = [(each.demand, sides_of(found, each), False) for each in leaves if each.demand is not None]
    return tuple(_numbered(every))


def _numbered(every: Iterable[tuple[Demand, tuple[Side, Side], bool]]) -> Iterator[Shown]:
    number = 0
    for demand, sides, beyond in every:
        if demand.counterexample is not None:
            number += 1
            name = f"{number:02}-{demand.provision.id}{'-beyond' * beyond}"
            yield Shown(name, demand.counterexample, sides, beyond)


def _together(sides: Sequence[Side]) -> Mapping[str, str] | None:
    """Return the options that make one command read both policies right; ``None`` where none does."""
    one, other = sides
    asked = {**_departures(one), **_departures(other)}
    clash = any(side.readings.get(name, option) != option for name, option in asked.items() for side in sides)
    alike = one.policy == other.policy
    return None if clash or (one.policy.id == other.policy.id and not alike) else asked


def _departures(side: Side) -> Mapping[str, str]:
    readings = side.policy.readings
    return {name: option for name, option in side.readings.items() if option != readings[name].default}


def _command(file: str, policy: Sequence[str], readings: Mapping[str, str]) -> str:
    options = [word for name, option in readings.items() for word in ("--reading", f"{name}={option}")]
    return shlex.join(["policyengine", "evaluate", file, *policy, *options])
