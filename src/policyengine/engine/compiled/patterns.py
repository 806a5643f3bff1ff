"""What events a provision waits for, as types and tests of attributes (S11, S24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.truths import NO, OPEN, YES
from policyengine.engine.reference.conditions import same

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import Event, FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import Vocabulary


class AttributeTest(NamedTuple):
    """What is asked of one attribute of an event: to be one of *values*, or for a list to hold one of them."""

    name: str
    values: tuple[Atom, ...]
    listed: bool

    def on(self, event: Event) -> int:
        """Return whether *event* passes; unknown where it lacks the attribute."""
        value = attribute(event, self.name)
        if value is None:
            return OPEN
        found = value if self.listed and isinstance(value, tuple) else (value,)
        return YES if any(same(one, each) for one in found for each in self.values) else NO


@dataclass(frozen=True, slots=True)
class Pattern:
    """Events of any of *types* that pass *tests*; *key* has the attributes that tell a provision's duties apart."""

    types: tuple[str, ...]
    tests: tuple[AttributeTest, ...] = ()
    key: tuple[str, ...] = ()

    def on(self, event: Event) -> int:
        """Return whether *event*, of one of the types, matches."""
        return min((each.on(event) for each in self.tests), default=YES)


def attribute(event: Event, name: str) -> FactValue:
    """Return what *event* says about the attribute *name*; ``None`` when it says nothing."""
    if name == "by" and event.by is not None:
        return event.by
    if name == "to" and event.to:
        return tuple(event.to)
    return event.attributes.get(name)


def event_pattern(happening: Happening, vocabulary: Vocabulary, key: tuple[str, ...] = ()) -> Pattern:
    """Return the events that *happening*, which waits for an event, is about."""
    tests = tuple(_test(name, values, vocabulary) for name, values in happening.where.items())
    return Pattern(vocabulary.kinds(happening.event or ""), tests, key)


def act_pattern(provision: Provision, vocabulary: Vocabulary) -> Pattern:
    """Return the acts that *provision*, whose bearer no table assigns, is about."""
    tests = []
    if provision.to is not None:
        tests.append(_test("to", (provision.to,), vocabulary))
    if provision.means is not None:
        tests.append(_test("means", provision.means, vocabulary))
    if (provision.must_not is not None or provision.in_person) and provision.bearer is not None:
        tests.append(_test("by", (provision.bearer,), vocabulary))
    return Pattern(vocabulary.kinds(provision.act), tuple(tests), provision.key or ())


def _test(name: str, values: tuple[Atom, ...], vocabulary: Vocabulary) -> AttributeTest:
    kind = vocabulary.attributes.get(name)
    return AttributeTest(name, values, listed=name == "to" or (kind is not None and kind.many))
