"""What a policy demands in each region of the facts: which provisions about an act apply, and how they bind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.regions import partition
from policyengine.engine.reference.conditions import ReferenceMatcher, holds
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tables import with_derived
from policyengine.engine.reference.timeline import Origin, Snapshot
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from policyengine.analysis.regions import Region
    from policyengine.engine.matcher import Record
    from policyengine.model.condition import Condition
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Provision


class DifferentVocabulariesError(ValueError):
    """Policies whose acts and facts are words of different vocabularies cannot be laid side by side."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What several policies demand about one act in one region of the facts.

    Args:
        region: of the facts that matter for it.
        provisions: by policy the provisions that apply there, in the order of the file; none where it demands nothing.
    """

    region: Region
    provisions: Mapping[str, tuple[Provision, ...]]


def demands(
    policies: Sequence[Policy], act: str, readings: Mapping[str, Mapping[str, str]] = FrozenMap()
) -> tuple[Demands, ...]:
    """Return what *policies* demand about *act*, or kinds of it, in every region of the facts in which that differs.

    A provision applies where its condition is true, no exception is, and no provision that defeats it applies; by what
    it is triggered, and whether it is in force yet, is no matter of the facts.

    Args:
        policies: of one vocabulary.
        act: an act of it.
        readings: by policy options other than the defaults.

    Raises:
        DifferentVocabulariesError: the policies do not share one vocabulary.
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    vocabularies = {each.vocabulary.vocabulary for each in policies}
    if len(vocabularies) != 1:
        raise DifferentVocabulariesError(f"one vocabulary is needed, and there are: {', '.join(sorted(vocabularies))}")
    sides = [_Side.of(policy, act, readings.get(policy.id)) for policy in policies]
    conditions = [each for side in sides for each in side.conditions()]

    def ask(record: Record) -> tuple[tuple[str, ...], ...]:
        return tuple(side.applying(record) for side in sides)

    found = partition(policies[0].vocabulary, conditions, ask)
    return tuple(
        Demands(region, FrozenMap({side.policy.id: side.named(ids) for side, ids in zip(sides, applying, strict=True)}))
        for region, applying in found
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One policy, as it is read, with its provisions about the act."""

    policy: Policy
    provisions: tuple[Provision, ...]
    about: tuple[Provision, ...]
    tables: tuple[DecisionTable, ...]

    @classmethod
    def of(cls, policy: Policy, act: str, readings: Mapping[str, str] | None) -> _Side:
        chosen = choose(policy, readings)
        found = tuple(node for each in policy.provisions if (node := each.under(chosen)) is not None)
        kinds = policy.vocabulary.kinds(act)
        about = tuple(each for each in found if each.act in kinds)
        tables = tuple(table for each in policy.tables if (table := each.under(chosen)) is not None)
        return cls(policy, found, about, tuple(each for each in tables if each.derives is not None))

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition that decides which of the provisions apply; for derived facts those of their tables."""
        for each in self.about:
            for one in (each, *self._defeating(each)):
                yield from (part for part in (one.when, one.unless) if part is not None)
        yield from (row.when for table in self.tables for row in table.rows)

    def applying(self, record: Record) -> tuple[str, ...]:
        """Return the provisions that apply where the facts are as *record* has them."""
        facts = self._derived(record)
        return tuple(each.id for each in self.about if self._applies(each, facts))

    def named(self, ids: Sequence[str]) -> tuple[Provision, ...]:
        return tuple(each for each in self.about if each.id in ids)

    def _applies(self, provision: Provision, facts: Record) -> bool:
        if not self._holds(provision, facts):
            return False
        return not any(self._holds(each, facts) for each in self._defeating(provision))

    def _holds(self, provision: Provision, facts: Record) -> bool:
        words = self.policy.vocabulary
        when = provision.when is None or holds(provision.when, facts, words) is Truth.TRUE
        return when and (provision.unless is None or holds(provision.unless, facts, words) is not Truth.TRUE)

    def _defeating(self, provision: Provision) -> tuple[Provision, ...]:
        return tuple(each for each in self.provisions if provision.id in (each.defeats or ()))

    def _derived(self, record: Record) -> Record:
        """Return *record* with the facts that the policy's tables derive from it."""
        if not self.tables:
            return record
        origins = FrozenMap(dict.fromkeys(record.values, Origin.KNOWN))
        snapshot = Snapshot(BEGINNING, record, origins)
        (found,) = with_derived(ReferenceMatcher(self.policy.vocabulary), self.tables, (snapshot,))
        return found.record
