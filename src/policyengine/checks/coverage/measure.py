"""Examples and policies -> what the examples hold each policy to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.coverage import boundaries, branches, norms, readings, tables
from policyengine.checks.coverage.coverage import Branch, Coverage, Item, Kind, Parts, Row
from policyengine.checks.coverage.covered import covered
from policyengine.checks.coverage.impossible import never_applies, never_comes_out, never_taken
from policyengine.checks.coverage.places import Places
from policyengine.checks.coverage.trials import trials
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.covered import Covered
    from policyengine.checks.coverage.trials import Trial
    from policyengine.checks.examples.example import Example
    from policyengine.loading.yaml_nodes import Source
    from policyengine.model.policy import Policy


def coverage(
    examples: Iterable[Example], policies: Mapping[str, Policy], sources: Mapping[str, Source] = FrozenMap()
) -> tuple[Coverage, ...]:
    """Return what *examples* hold each of *policies* to, in the order of the policies.

    That an example passes is not asked: what it says about an answer counts, be it right or wrong.

    Args:
        examples: from the reader of example files.
        policies: by the names that the examples have for them; several names of one policy are one.
        sources: the texts of the policies' files, by the same names, for the places of items.
    """
    return tuple(
        measured(name, policy, tried, Places(sources.get(name)))
        for name, (policy, tried) in trials(examples, policies).items()
    )


def measured(name: str, policy: Policy, tried: tuple[Trial, ...], places: Places = Places()) -> Coverage:  # noqa: B008
    """Return what the questions *tried* hold *policy* to."""
    measure = _Measure(policy, covered(tried), places)
    items = tuple(measure.items())
    return Coverage(policy, name, tried, (*items, *measure.clauses(items)))


@dataclass(frozen=True)
class _Measure:
    """What one policy is held to, on its way."""

    policy: Policy
    covered: Covered
    places: Places

    def items(self) -> Iterator[Item]:
        """Yield everything but clauses."""
        for part in (norms, tables, branches, boundaries, readings):
            yield from map(self._item, part.items(self.policy))

    def clauses(self, found: Iterable[Item]) -> Iterator[Item]:
        """Yield each clause with provisions or gaps, which is covered when all of them in *found* are."""
        by_name = {each.owner: each for each in found if each.kind in (Kind.PROVISIONS, Kind.GAPS)}
        for name, clause in self.policy.header.source.clauses.items():
            own = [by_name[each] for each in (*(clause.provisions or ()), *(clause.gaps or ())) if each in by_name]
            if own:
                yield self._clause(name, own)

    def _clause(self, name: str, own: list[Item]) -> Item:
        demanded = [each for each in own if each.demanded]
        missing = tuple(each.owner for each in demanded if not each.covered)
        asked = dict.fromkeys(asked for each in demanded for asked in each.covered_by)
        return Item(
            Kind.CLAUSES,
            name,
            Parts(tuple(each.owner for each in own), missing),
            (name,),
            self.places.clause(name),
            () if missing else tuple(asked),
            impossible=not demanded,
        )

    def _item(self, key: Key) -> Item:
        kind, owner, detail = key
        found = self.covered.by(key)
        return Item(
            kind,
            owner,
            detail,
            self._clauses.get(owner, ()),
            self.places.of(key),
            found,
            self.covered.absent.get(owner, ()) if detail is None else (),
            impossible=not found and self._impossible(key),
        )

    def _impossible(self, key: Key) -> bool:
        """Tell whether it is proved that no case covers an item."""
        kind, owner, detail = key
        if isinstance(detail, Branch):
            return never_comes_out(self.policy, owner, detail)
        if isinstance(detail, Row):
            return never_taken(self.policy, owner, detail)
        return kind in (Kind.PROVISIONS, Kind.GAPS) and never_applies(self.policy, owner)

    @cached_property
    def _clauses(self) -> Mapping[str, tuple[str, ...]]:
        """The clauses that provisions, gaps and tables rest on in any of their forms."""
        named = (*norms.norms_by_id(self.policy).items(), *tables.tables_by_id(self.policy).items())
        return {name: tuple(dict.fromkeys(clause for each in nodes for clause in each.clause)) for name, nodes in named}
