"""Everything a matcher is asked for one case: conditions over snapshots, patterns over events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.spans import along
from policyengine.engine.reference.timeline import event_record
from policyengine.model.condition import Condition, FactTest

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.reference.spans import Spans
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.base import Atom
    from policyengine.model.condition import Truth
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Gap, Provision
    from policyengine.model.vocabulary import Vocabulary
    from policyengine.prepare.prepared import Prepared

Key = tuple[str, str]
"""(provision or gap, part of it): `when`, `unless`, `act`, `of`, or `upon` with its place in the list."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the matcher decided: truths along time, and one truth for each event of the log."""

    along_time: Mapping[Key, Spans]
    on_events: Mapping[Key, tuple[Truth, ...]]
    patterns: Mapping[Key, Condition]

    def condition(self, owner: str, part: str) -> Spans | None:
        """Return the truth of a condition along time; ``None`` when the provision has no such condition."""
        return self.along_time.get((owner, part))

    def events(self, owner: str, part: str) -> tuple[Truth, ...]:
        """Return for each event, in order, whether it matches."""
        return self.on_events[(owner, part)]

    def asked_of(self, owner: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each pattern of *owner* with the attributes that it asks for."""
        for (name, part), pattern in self.patterns.items():
            if name == owner:
                yield part, pattern.facts_asked()


def ask(matcher: Matcher, prepared: Prepared, snapshots: tuple[Snapshot, ...]) -> Answers:
    """Ask *matcher* everything that the evaluation needs, in two rounds."""
    conditions = dict(_conditions(prepared))
    patterns = dict(_patterns(prepared))
    over_time = matcher.decide(tuple(conditions.values()), tuple(each.record for each in snapshots))
    over_events = matcher.decide(tuple(patterns.values()), tuple(event_record(each) for each in prepared.events))
    starts = tuple(each.start for each in snapshots)
    return Answers(
        {key: along(starts, row) for key, row in zip(conditions, over_time, strict=True)},
        dict(zip(patterns, over_events, strict=True)),
        patterns,
    )


def _conditions(prepared: Prepared) -> Iterator[tuple[Key, Condition]]:
    owners: tuple[Provision | Gap, ...] = (*prepared.provisions, *prepared.gaps)
    for each in owners:
        if each.when is not None:
            yield (each.id, "when"), each.when
    for provision in prepared.provisions:
        if provision.unless is not None:
            yield (provision.id, "unless"), provision.unless


def _patterns(prepared: Prepared) -> Iterator[tuple[Key, Condition]]:
    vocabulary = prepared.policy.vocabulary
    owners: tuple[Provision | Gap, ...] = (*prepared.provisions, *prepared.gaps)
    for each in owners:
        for place, happening in enumerate(each.upon or ()):
            if happening.event is not None:
                yield (each.id, f"upon {place}"), _event_pattern(happening, vocabulary)
    for provision in prepared.provisions:
        yield (provision.id, "act"), _act_pattern(provision, vocabulary)
        anchor = provision.deadline.of if provision.deadline is not None else None
        if anchor is not None and anchor.event is not None:
            yield (provision.id, "of"), _event_pattern(anchor, vocabulary)


def _event_pattern(happening: Happening, vocabulary: Vocabulary) -> Condition:
    tests = [_attribute(name, values, vocabulary) for name, values in happening.where.items()]
    return Condition(facts=(_type(happening.event or "", vocabulary),), all_=tuple(tests) or None)


def _act_pattern(provision: Provision, vocabulary: Vocabulary) -> Condition:
    tests = []
    if provision.to is not None:
        tests.append(_attribute("to", (provision.to,), vocabulary))
    if provision.means is not None:
        tests.append(_attribute("means", provision.means, vocabulary))
    if provision.must_not is not None and provision.bearer is not None:
        tests.append(_attribute("by", (provision.bearer,), vocabulary))  # a prohibition binds its bearer (S27)
    return Condition(facts=(_type(provision.act, vocabulary),), all_=tuple(tests) or None)


def _type(name: str, vocabulary: Vocabulary) -> FactTest:
    return FactTest(fact="type", one_of=vocabulary.kinds(name))


def _attribute(name: str, values: tuple[Atom, ...], vocabulary: Vocabulary) -> Condition:
    kind = vocabulary.attributes.get(name)
    if name == "to" or (kind is not None and kind.many):
        return Condition(
            facts=(), any_=tuple(Condition(facts=(FactTest(fact=name, contains=value),)) for value in values)
        )
    return Condition(facts=(FactTest(fact=name, one_of=values),))
