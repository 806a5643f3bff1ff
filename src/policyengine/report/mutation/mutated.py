"""What the writers are given of each policy: its mutants, and where its parts stand in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.every import BY_ID
from policyengine.loading.places import walk
from policyengine.report.mutation.example_files import ExampleFiles

if TYPE_CHECKING:
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.checks.mutation.operators.operator import Operator
    from policyengine.checks.mutation.verdict import Mutation, Tally
    from policyengine.diagnostics import Span
    from policyengine.loading.yaml_nodes import Node


@dataclass(frozen=True)
class Mutated:
    """One policy whose mutants were tried.

    Args:
        mutation: what became of them.
        root: the policy's file; ``None`` where it is not at hand.
        minimum: the score that is asked for, in percent; ``None`` where none is.
    """

    mutation: Mutation
    root: Node | None = None
    minimum: float | None = None

    @property
    def below(self) -> bool:
        """Tell whether the score is less than is asked for."""
        score = self.mutation.total.score
        return self.minimum is not None and score is not None and score < self.minimum

    @cached_property
    def files(self) -> ExampleFiles:
        """The example files that would notice the survivors."""
        return ExampleFiles(self.mutation)

    def span(self, mutant: Mutant) -> Span | None:
        """Return where the policy's file says what the mutant says otherwise, or the nearest thing around it."""
        return None if self.root is None else walk(self.root, mutant.place, key=True)[1]

    def operator(self, mutant: Mutant) -> Operator:
        """Return the slip that a mutant is."""
        return BY_ID[mutant.operator]

    @property
    def imperfect(self) -> Mapping[str, Tally]:
        """Return the tallies of the parts in which a mutant is alive, in the order of the file."""
        return {name: each for name, each in self.mutation.by_part().items() if each.alive}
