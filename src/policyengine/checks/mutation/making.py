"""A mutant -> a policy, by the loader's own rules; what they refuse is no mutant that examples have to notice.

Loading a policy anew for each of its mutants would take longer than judging all its examples. A changed provision is
therefore read alone, by the functions that the loader reads it with, and put among the others, which have not changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.mutation.sites import Plain, Section, put
from policyengine.diagnostics import has_errors
from policyengine.loading.names import Scope
from policyengine.loading.omissions import omissions
from policyengine.loading.order import order_faults
from policyengine.loading.policy import read_policy_text
from policyengine.loading.provisions import provision_faults
from policyengine.loading.shape import validate
from policyengine.loading.text import Source
from policyengine.loading.variants import (
    admitted,
    combinations,
    reading_faults,
    readings_met,
    resolved,
    without_under,
)
from policyengine.loading.yaml_nodes import parse
from policyengine.model.policy import Variants
from policyengine.model.provision import Provision

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.loading.yaml_nodes import Document, Node
    from policyengine.model.policy import Policy

_NAME = "<mutant>.json"


@dataclass(frozen=True)
class Maker:
    """Makes the mutants of one policy.

    Args:
        policy: the policy.
        beside: the directory where its vocabulary and calendar are looked for; ``None`` for the packaged ones alone.
    """

    policy: Policy
    beside: Path | None = None
    _read: Document = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the policy's own document once."""
        object.__setattr__(self, "_read", parse(Source(_NAME, self.policy.document)))

    def made(self, mutant: Mutant) -> Policy | None:
        """Return the mutant as a policy of the same id; ``None`` where the loader refuses it."""
        if mutant.after is None:
            return self._without(mutant)
        if mutant.part.section is Section.PROVISION:
            return self._with_provision(mutant)
        return self.loaded(mutant)

    def loaded(self, mutant: Mutant) -> Policy | None:
        """Return the same by loading the whole document anew."""
        document = put(json.loads(self.policy.document), mutant.part.place, mutant.after)
        source = Source(_NAME, json.dumps(document, ensure_ascii=False))
        found, _ = read_policy_text(source, self.beside)
        return None if found is None else replace(found, digest=self._digest(mutant))

    def _without(self, mutant: Mutant) -> Policy:
        """Leave out a provision or gap, as if no reading admitted it: what refers to it finds nothing there."""
        section, place = mutant.part.section, mutant.part.place[-1]
        if section is Section.PROVISION:
            left = tuple(each for number, each in enumerate(self.policy.provisions) if number != place)
            return replace(self.policy, digest=self._digest(mutant), provisions=left)
        gaps = tuple(each for number, each in enumerate(self.policy.gaps) if number != place)
        return replace(self.policy, digest=self._digest(mutant), gaps=gaps)

    def _with_provision(self, mutant: Mutant) -> Policy | None:
        found = self._variants(mutant.after, mutant.part.name)
        if found is None:
            return None
        place = mutant.part.place[-1]
        provisions = tuple(found if number == place else each for number, each in enumerate(self.policy.provisions))
        if has_errors(order_faults(provisions, self._read)):
            return None
        return replace(self.policy, digest=self._digest(mutant), provisions=provisions)

    def _variants(self, value: Plain, name: str) -> Variants[Provision] | None:
        """Return a provision laid out for each combination of its readings; ``None`` where it has faults."""
        node = parse(Source(_NAME, json.dumps(value, ensure_ascii=False))).root
        readings = self.policy.readings
        if node is None or has_errors(reading_faults(node, name, readings, self._read)):
            return None
        met = readings_met(node)
        every = [(chosen, admitted(node, chosen)) for chosen in combinations(met, readings)]
        there = [chosen for chosen, is_there in every if is_there]
        if any(map(has_errors, omissions(node, name, there, readings=readings, document=self._read).values())):
            return None
        found: list[tuple[tuple[str, ...], Provision | None]] = []
        for chosen, is_there in every:
            part = self._provision(without_under(resolved(node, chosen, readings))) if is_there else None
            if is_there and part is None:
                return None
            found.append((tuple(chosen.values()), part))
        return Variants(met, tuple(found))

    def _provision(self, node: Node) -> Provision | None:
        value, faults = validate(Provision, node, self._read)
        if value is None or has_errors(faults):
            return None
        return None if has_errors(provision_faults(self._scope._replace(node=node), value)) else value

    @cached_property
    def _scope(self) -> Scope:
        root, policy = self._read.root, self.policy
        if root is None:  # pragma: no cover - the document of a policy that was loaded
            raise TypeError
        gaps = frozenset(node.id for each in policy.gaps for node in each.nodes())
        return Scope(root, self._read, policy.header, policy.vocabulary, None, frozenset(policy.provision_ids), gaps)

    def _digest(self, mutant: Mutant) -> str:
        return hashlib.sha256(f"{self.policy.digest}\n{mutant.id}".encode()).hexdigest()[:16]
