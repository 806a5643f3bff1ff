"""Everything a matcher is asked for one case: conditions over snapshots, patterns over events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.spans import along
from policyengine.engine.reference.tables import decided
from policyengine.engine.reference.timeline import event_record
from policyengine.model.condition import Condition, FactTest
from policyengine.model.happening import Happening

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.reference.spans import Spans
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.base import Atom
    from policyengine.model.condition import Truth
    from policyengine.model.provision import Gap, Provision
    from policyengine.model.vocabulary import Vocabulary
    from policyengine.prepare.prepared import Prepared

Key = tuple[str, str]
"""(provision, gap or table, part of it): `when`, `unless`, `act`, or with a place `upon`, `of`, `limb`, `before`,
`until`, `waived`, `row`."""


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
    over_time = decided(matcher, tuple(conditions.values()), snapshots)
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
        for place, single in enumerate(provision.deadline.singles() if provision.deadline is not None else ()):
            if single.when is not None:
                yield (provision.id, f"limb {place}"), single.when
    for table in prepared.tables:
        if table.assigns is not None:
            for place, row in enumerate(table.rows):
                yield (table.id, f"row {place}"), row.when


def _patterns(prepared: Prepared) -> Iterator[tuple[Key, Condition]]:
    vocabulary = prepared.policy.vocabulary
    owners: tuple[Provision | Gap, ...] = (*prepared.provisions, *prepared.gaps)
    for each in owners:
        for place, happening in enumerate(each.upon or ()):
            if happening.event is not None:
                yield (each.id, f"upon {place}"), _event_pattern(happening, vocabulary)
    for provision in prepared.provisions:
        yield (provision.id, "act"), _act_pattern(provision, prepared)
        for part, happening in _awaited(provision):
            if happening.event is not None:
                yield (provision.id, part), _event_pattern(happening, vocabulary)


def _awaited(provision: Provision) -> Iterator[tuple[str, Happening]]:
    """Yield the events that a duty's limit, end and waiver wait for, by the part of the provision."""
    for place, single in enumerate(provision.deadline.singles() if provision.deadline is not None else ()):
        if single.of is not None:
            yield f"of {place}", single.of
        if single.before is not None:
            yield f"before {place}", Happening(event=single.before)
    until = provision.until
    for place, name in enumerate((until.any_ or until.all_ or ()) if until is not None else ()):
        yield f"until {place}", Happening(event=name)
    for place, happening in enumerate(provision.waived_by or ()):
        yield f"waived {place}", happening


def _event_pattern(happening: Happening, vocabulary: Vocabulary) -> Condition:
    tests = [_attribute(name, values, vocabulary) for name, values in happening.where.items()]
    return Condition(facts=(_type(happening.event or "", vocabulary),), all_=tuple(tests) or None)


def _act_pattern(provision: Provision, prepared: Prepared) -> Condition:
    vocabulary = prepared.policy.vocabulary
    assigned = {table.assigns for table in prepared.tables}
    tests = []
    if provision.to is not None:
        tests.append(_attribute("to", (provision.to,), vocabulary))
    if provision.means is not None:
        tests.append(_attribute("means", provision.means, vocabulary))
    personal = provision.must_not is not None or provision.in_person  # a prohibition binds its bearer (S27)
    if personal and provision.bearer is not None and provision.bearer not in assigned:
        tests.append(_attribute("by", (provision.bearer,), vocabulary))
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
