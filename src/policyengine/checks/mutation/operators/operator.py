"""What an operator is: a slip of the pen by its name, and what it makes of a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policyengine.checks.mutation.sites import Path, Plain, Section, Site, put

if TYPE_CHECKING:
    from policyengine.model.policy import Policy, Reading
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import FactType, Vocabulary
    from policyengine.wording import Wording


class Edit(NamedTuple):
    """What an operator makes of a part.

    Args:
        path: where in the part it is written otherwise, for people and for the mutant's id.
        part: the whole part as it reads then; ``None`` where it is left out.
        note: what tells it from what else the operator makes of the same place.
    """

    path: Path
    part: Plain
    note: str = ""


@dataclass(frozen=True)
class Setting:
    """What a policy offers an operator to put in place of something."""

    policy: Policy

    @property
    def readings(self) -> Mapping[str, Reading]:
        """Return the policy's readings."""
        return self.policy.readings

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the policy's words."""
        return self.policy.vocabulary

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """The events that anything waits for, the most usual first."""
        gaps = (node for each in self.policy.gaps for node in each.nodes())
        waiting = (*(each.upon for each in self._provisions), *(each.upon for each in gaps))
        return _usual(each.event for upon in waiting for each in upon or ())

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """The events that limits count from, the most usual first, then those that duties wait for."""
        named = _usual(each.event for norm in self._provisions for each in norm.anchors())
        return tuple(dict.fromkeys((*named, *self.triggers)))

    @cached_property
    def bearers(self) -> tuple[str, ...]:
        """Whoever owes something, the most usual first."""
        return _usual(norm.bearer for norm in self._provisions)

    @cached_property
    def addressees(self) -> tuple[str, ...]:
        """Whoever something is owed to, the most usual first, then whoever owes."""
        return tuple(dict.fromkeys((*_usual(norm.to for norm in self._provisions), *self.bearers)))

    def fact(self, name: str) -> FactType | None:
        """Return the kind of a fact; ``None`` where the vocabulary has no such fact."""
        return self.vocabulary.facts.get(name)

    def scale(self, name: str) -> tuple[str, ...]:
        """Return the values of an ordered fact with named values, lowest first; none for another."""
        kind = self.fact(name)
        return (self.vocabulary.values(kind) or ()) if kind is not None and kind.scale is not None else ()

    def choices(self, name: str) -> tuple[str, ...]:
        """Return the values of a fact with named values and no order; none for another."""
        kind = self.fact(name)
        return (self.vocabulary.values(kind) or ()) if kind is not None and kind.choices is not None else ()

    @cached_property
    def _provisions(self) -> tuple[Provision, ...]:
        return tuple(node for each in self.policy.provisions for node in each.nodes())


def _usual(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return *names*, the most frequent first; of equally frequent ones, the first."""
    return tuple(name for name, _ in Counter(each for each in names if each is not None).most_common())


Mutate = Callable[[Site, Setting], Iterator[Edit]]
NORMS = frozenset({Section.PROVISION, Section.GAP})
EVERYWHERE = frozenset({*NORMS, Section.TABLE})


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of slip.

    Args:
        id: its name in ids of mutants.
        name: in a few words.
        slip: how it comes about that somebody writes so.
        mutate: what it makes of a node; nothing where the node is none of its kind.
        sections: the parts of a policy in which it looks.
    """

    id: str
    name: Wording
    slip: Wording
    mutate: Mutate
    sections: frozenset[Section] = NORMS


def at(site: Site, new: Plain, note: str = "", *, inside: Path = ()) -> Edit:
    """Return the edit that puts *new* in place of the node; *inside* is where in the node it differs."""
    return Edit((*site.path, *inside), put(site.part.value, site.path, new), note)


def another(names: Iterable[str], current: Plain, most: int = 1) -> tuple[str, ...]:
    """Return the first few of *names* other than the current one."""
    return tuple(each for each in names if each != current)[:most]
