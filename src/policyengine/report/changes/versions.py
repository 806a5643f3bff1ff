"""The two versions in one language: their titles and phrases, as their readings have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind, Parts
from policyengine.report.changes import words as say
from policyengine.report.moments import Clock
from policyengine.report.regulation.told import Told

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Part
    from policyengine.analysis.changes import Change, Changes
    from policyengine.model.provision import Gap, Provision
    from policyengine.wording import Lang


@dataclass(frozen=True)
class Versions:
    """Two versions of a policy, as they are told.

    Args:
        changes: what the new one changes.
        lang: the language.
    """

    changes: Changes
    lang: Lang

    @cached_property
    def old(self) -> Told:
        """The phrases of the old version."""
        return Told(self.changes.old.policy, self.lang, self.changes.old.readings)

    @cached_property
    def new(self) -> Told:
        """The phrases of the new version."""
        return Told(self.changes.new.policy, self.lang, self.changes.new.readings)

    @property
    def clock(self) -> Clock:
        """The clock by which cases are told."""
        return Clock(self.changes.new.policy.zone, self.lang)

    @cached_property
    def parts(self) -> tuple[Parts, Parts]:
        """Both versions in parts, the new one with the names of the old."""
        names = {new: old for old, new in self.changes.renamed}
        return Parts(self.changes.old), Parts(self.changes.new, names)

    def title(self, change: Change) -> str:
        """Return the title of the provision or gap, as the new version has it if it does."""
        norm = change.new or change.old
        return change.name if norm is None else self.new.say(norm.title)

    def named(self, part: Part) -> str:
        """Return what a part of the policy is called."""
        return self.new.say(say.PART[part.kind], name=self._name(part))

    def provision(self, change: Change) -> str:
        """Return the title of a provision or gap with its id."""
        return self.new.more(self.title(change), change.name)

    def norm_title(self, part: Part) -> str:
        """Return the title of a provision or gap with its id, by its part."""
        return self.new.more(self._name(part), part.name)

    def _name(self, part: Part) -> str:
        if part.kind in {Kind.PROVISION, Kind.LIMIT, Kind.GAP}:
            found: tuple[Provision | Gap | None, ...] = tuple(each.norm(part) for each in reversed(self.parts))
            norm = next((each for each in found if each is not None), None)
            return part.name if norm is None else self.new.say(norm.title)
        if part.kind is Kind.PRESUMED:
            return self.new.fact(part.name)
        if part.kind is Kind.TABLE:
            return self._decided(part.name)
        return part.name

    def _decided(self, name: str) -> str:
        """Return the title of the role or fact that a table decides."""
        vocabulary = self.changes.new.policy.vocabulary
        if name in vocabulary.facts:
            return self.new.fact(name)
        known = (each for each in (self.new, self.old) if name in {**each.policy.header.roles, **vocabulary.roles})
        return next((each.role(name) for each in known), name)
