"""A policy -> its mutants: everything that the operators make of it, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.every import OPERATORS
from policyengine.checks.mutation.operators.operator import Edit, Operator, Setting
from policyengine.checks.mutation.sites import Part, Path, Plain, Site, parts, sites
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy written otherwise in one place.

    Args:
        operator: the id of the slip.
        part: what it was made in, as the policy has it.
        path: where in the part.
        after: the part as it reads then; ``None`` where it is left out.
        note: what tells it from what else the operator makes of the same place.
        options: the options that lead to the place, by reading: under others nothing has changed.
    """

    operator: str
    part: Part
    path: Path
    after: Plain
    note: str = ""
    options: Mapping[str, str] = FrozenMap()

    @property
    def id(self) -> str:
        """Return its name, which stays as long as the place does: `part:operator:path`, `=` and what is new."""
        steps = ".".join(map(str, self.path))
        name = self.part.name if self.part.number == 1 else f"{self.part.name}#{self.part.number}"
        told = ":".join(each for each in (name, self.operator, steps) if each)
        return f"{told}={self.note}" if self.note else told

    @property
    def place(self) -> Path:
        """Return the path to what is written otherwise, in the policy's document."""
        return (*self.part.place, *self.path)


def mutants(policy: Policy) -> Iterator[Mutant]:
    """Yield the mutants of *policy*, part by part; none is the policy itself, and no two are the same."""
    document = json.loads(policy.document)
    setting = Setting(policy)
    for part in parts(document):
        found: dict[str, Mutant] = {}
        same = _written(part.value)
        for site in sites(part, policy.readings):
            for mutant in _at(site, setting):
                text = _written(mutant.after)
                if text != same:
                    found.setdefault(text, mutant)
        yield from sorted(found.values(), key=lambda each: _ORDER[each.operator])


def _at(site: Site, setting: Setting) -> Iterator[Mutant]:
    for operator in OPERATORS:
        if site.part.section in operator.sections:
            yield from (_mutant(operator, site, edit) for edit in operator.mutate(site, setting))


def _mutant(operator: Operator, site: Site, edit: Edit) -> Mutant:
    return Mutant(operator.id, site.part, edit.path, edit.part, edit.note, FrozenMap(dict(site.options)))


def _written(value: Plain) -> str:
    return json.dumps(value, ensure_ascii=False)


_ORDER = {operator.id: number for number, operator in enumerate(OPERATORS)}
