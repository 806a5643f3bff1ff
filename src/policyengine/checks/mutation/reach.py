"""What a mutant can bear on: soundly, by what each answer looks at (`policyengine.analysis.change_scope`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind, Part, Parts
from policyengine.analysis.sides import Side
from policyengine.checks.examples.example import Subject
from policyengine.checks.mutation.sites import Section

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Expected
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.policy import Policy

_Chosen = tuple[tuple[str, str], ...]
_SAID: Mapping[Section, tuple[Kind, ...]] = {
    Section.PROVISION: (Kind.PROVISION, Kind.LIMIT),
    Section.GAP: (Kind.GAP,),
    Section.TABLE: (Kind.TABLE,),
    Section.PRESUME: (Kind.PRESUMED,),
    Section.COUNTING: (Kind.HOURS, Kind.DAYS, Kind.REGRADING),
    Section.VERSIONS: (Kind.VERSIONS,),
}
_NAMED = frozenset({Section.PROVISION, Section.GAP, Section.TABLE, Section.PRESUME})
_KINDS: Mapping[Subject, Kind] = {
    Subject.DUTY: Kind.PROVISION,
    Subject.ABSENT: Kind.PROVISION,
    Subject.GAP: Kind.GAP,
}


def changed(mutant: Mutant) -> frozenset[Part] | None:
    """Return the parts that *mutant* can make say another thing; ``None`` where that may be all of them."""
    section = mutant.part.section
    if section is Section.READING:
        return None
    name = str(mutant.path[0]) if section is Section.PRESUME and mutant.path else mutant.part.name
    return frozenset(Part(kind, name if section in _NAMED else "") for kind in _SAID[section])


@dataclass(frozen=True)
class Reach:
    """What the answers of a policy look at, under one choice of readings or another."""

    policy: Policy
    _parts: dict[_Chosen, Parts] = field(default_factory=dict, init=False, repr=False)
    _behind: dict[tuple[_Chosen, Part], frozenset[Part]] = field(default_factory=dict, init=False, repr=False)

    def behind(self, chosen: Mapping[str, str], part: Part) -> frozenset[Part]:
        """Return *part* and everything that its answer looks at under the options *chosen*, the defaults elsewhere."""
        readings = tuple(sorted(chosen.items()))
        key = (readings, part)
        if key not in self._behind:
            if readings not in self._parts:
                self._parts[readings] = Parts(Side.of(self.policy, dict(readings)))
            self._behind[key] = self._parts[readings].behind(part)
        return self._behind[key]


@dataclass(frozen=True)
class Bearing:
    """Whether a mutant bears on what an example asks.

    Args:
        old: the policy.
        new: the mutant as a policy.
        changed: what the mutant makes say another thing; ``None`` for anything.
        names: what the examples call the policy.
    """

    old: Reach
    new: Reach
    changed: frozenset[Part] | None
    names: frozenset[str]

    def on(self, ask: Ask) -> bool:
        """Tell whether the answer to *ask* may fail because of the mutant; never wrongly that it cannot."""
        return self.changed is None or any(self._on(ask, each, self.changed) for each in ask.expected)

    def _on(self, ask: Ask, expected: Expected, parts: frozenset[Part]) -> bool:
        kind = _KINDS.get(expected.subject)
        if kind is None:  # a merged worklist may hold any duty
            return True
        if expected.policy not in self.names:
            return False
        chosen, part = ask.choose.get(expected.policy, {}), Part(kind, expected.name)
        return not all(each.behind(chosen, part).isdisjoint(parts) for each in (self.old, self.new))
