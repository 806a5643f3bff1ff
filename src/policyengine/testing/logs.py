"""Facts and event logs for a policy: what it asks about, what performs its duties, and what it never heard of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.loading.names import ROLE_ATTRIBUTES
from policyengine.loading.provisions import MEANS
from policyengine.model.case import Event
from policyengine.model.frozen import FrozenMap
from policyengine.testing import names
from policyengine.testing.moments import Step, instants, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant

FIRST_EVENTS, MORE_EVENTS = 2, 6
_OFTEN = 3
_TWO_TEXTS = ("一", "二")


@dataclass(frozen=True, slots=True)
class Outline:
    """An event as a policy expects it: its type, and the roles and attributes that make it match."""

    type: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[Atom, ...]] = FrozenMap()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event without its place in time, the step that leads there, and whether it is recorded twice."""

    step: Step
    type: str
    by: str | None
    to: tuple[str, ...]
    attributes: Mapping[str, FactValue]
    sets: Mapping[str, FactValue]
    partial: bool
    twice: bool

    def event(self, name: str, at: Instant) -> Event:
        """Return the event with the id *name*, that happened *at* an instant."""
        return Event(
            id=name,
            type=self.type,
            at=at,
            sets=self.sets,
            by=self.by,
            to=self.to,
            attributes=self.attributes,
            partial=self.partial,
        )


def fact_values(policy: Policy, fact: str) -> SearchStrategy[FactValue]:
    """Return values of *fact* by its type in the vocabulary, those that *policy* tells apart first, and ``None``."""
    return st.sampled_from((*names.values_of(policy, fact), None))


def facts(policy: Policy) -> SearchStrategy[dict[str, FactValue]]:
    """Return initial facts of a case: all facts of the vocabulary, or each known, unknown (``None``) or not there."""
    every = {name: st.sampled_from(names.values_of(policy, name)) for name in policy.vocabulary.facts}
    some = {name: fact_values(policy, name) for name in policy.vocabulary.facts}
    return st.fixed_dictionaries({}, optional=some) | st.fixed_dictionaries(every)


def event_logs(policy: Policy) -> SearchStrategy[tuple[Event, ...]]:
    """Return logs of up to eight events, in the order of recording, which is not always that of happening.

    Most are events that *policy* waits for and acts that perform its duties, their role, addressee and attributes as
    the policy wants them, otherwise, or missing. What duties are told apart by has one of two values, so that events
    meet. They set facts up and down, or make them unknown again, and stand at one another's instants and limits. Some
    are done in part only, some recorded twice.
    """
    first = st.lists(triggering(policy), min_size=1, max_size=FIRST_EVENTS)
    later = entries(policy)
    more = st.lists(later, max_size=MORE_EVENTS) | st.lists(later, min_size=MORE_EVENTS // 2, max_size=MORE_EVENTS)
    every = st.builds(lambda empty, some, rest: [] if empty else [*some, *rest], rarely(), first, more)
    return st.builds(lambda start, found: _log(policy, start, found), instants(policy), every)


def triggering(policy: Policy) -> SearchStrategy[Entry]:
    """Return single entries that put duties in force; any, where nothing does."""
    return _entries(policy, _triggers(policy) or _others(policy))


def entries(policy: Policy) -> SearchStrategy[Entry]:
    """Return single entries of a log: mostly acts that perform duties, then what triggers and ends them, and others."""
    return _entries(policy, (*_acts(policy) * _OFTEN, *_ends(policy), *_triggers(policy), *_others(policy)))


def rarely() -> SearchStrategy[bool]:
    """Return false, and true one time in twenty."""
    return st.integers(0, 19).map(lambda number: number == 19)  # noqa: PLR2004 - the last of twenty


def _entries(policy: Policy, outlines: Sequence[Outline]) -> SearchStrategy[Entry]:
    roles = (*names.named_roles(policy) * _OFTEN, *policy.header.roles, *policy.vocabulary.roles)
    pools = {name: _pool(policy, name) for name in names.key_attributes(policy)}
    outlines = tuple(replace(each, attributes=FrozenMap({**pools, **each.attributes})) for each in outlines)
    used = names.used_facts(policy)
    known = {name: fact_values(policy, name) for name in policy.vocabulary.facts}
    often = st.sampled_from((*used * len(known), *known)) if known else st.nothing()
    some = st.lists(often, max_size=2, unique=True) | st.lists(often, min_size=1, max_size=1)
    set_facts = some if known else st.just([])
    step, partial, twice = steps(policy), st.sampled_from((False,) * 7 + (True,)), rarely()

    @st.composite
    def entry(draw: DrawFn) -> Entry:
        outline = draw(st.sampled_from(outlines))
        kinds = policy.vocabulary.kinds(outline.type)
        other = draw(st.sampled_from(roles)) if roles else None
        return Entry(
            step=draw(step),
            type=draw(st.sampled_from((*(outline.type,) * len(kinds), *kinds))),
            by=draw(st.sampled_from((*(outline.by or (None,)), None, other))),
            to=draw(st.sampled_from(_addressees(outline.to, other))),
            attributes=dict(_given(draw, policy, outline)),
            sets={name: draw(known[name]) for name in draw(set_facts)},
            partial=draw(partial),
            twice=draw(twice),
        )

    return entry()


def _pool(policy: Policy, attribute: str) -> tuple[Atom, ...]:
    """Return two values for an attribute by which duties are told apart."""
    kind = policy.vocabulary.attributes[attribute]
    return _TWO_TEXTS if kind.type == "text" else names.representatives(policy, kind, ())[:2]


def _addressees(wanted: tuple[str, ...], other: str | None) -> tuple[tuple[str, ...], ...]:
    two = () if other is None else (other,)
    return (*((each,) for each in wanted), (), tuple(dict.fromkeys((*wanted, *two))), two)


def _given(draw: DrawFn, policy: Policy, outline: Outline) -> Iterator[tuple[str, FactValue]]:
    """Yield the attributes that an event has: those in *outline* as it says, otherwise, or unknown; and any other."""
    asked = dict(outline.attributes)
    if policy.vocabulary.attributes and draw(st.integers(0, 7)) == 1:
        asked.setdefault(draw(st.sampled_from(tuple(policy.vocabulary.attributes))), ())
    for name, wanted in asked.items():
        if draw(st.integers(0, 3)) != 1:
            kind = policy.vocabulary.attributes[name]
            value = draw(st.sampled_from((*wanted * 2, *names.representatives(policy, kind, wanted), None)))
            yield name, (value,) if kind.many and value is not None else value


def _log(policy: Policy, start: Instant, entries: Sequence[Entry]) -> tuple[Event, ...]:
    moments, events = [start], []
    for number, each in enumerate(entries, 1):
        moments.append(each.step.taken(moments, policy))
        events.append(each.event(f"e{number}", moments[-1]))
    repeated = (event for event, each in zip(events, entries, strict=True) if each.twice)
    return (*events, *repeated)


def _triggers(policy: Policy) -> tuple[Outline, ...]:
    """Return what puts duties in force, each event as often as a provision or gap waits for it."""
    return tuple(_expected(each) for each in names.triggers(policy))


def _acts(policy: Policy) -> tuple[Outline, ...]:
    return tuple(_act(policy, node) for node in names.provisions(policy))


def _ends(policy: Policy) -> tuple[Outline, ...]:
    """Return the events that end or waive duties, or must be preceded, each twice as often as it does so."""
    return tuple(_expected(each) for node in names.provisions(policy) for each in (*names.ends(node),) * 2)


def _others(policy: Policy) -> tuple[Outline, ...]:
    """Return whatever else the policy waits for, and each event type of the vocabulary."""
    awaited = (_expected(each) for each in names.happenings(policy) if each.event is not None)
    return (*awaited, *(Outline(name) for name in (*names.named_events(policy), *policy.vocabulary.event_types)))


def _act(policy: Policy, node: Provision) -> Outline:
    means = {} if node.means is None else {MEANS: node.means}
    addressee = () if node.to is None else (node.to,)
    return Outline(node.act, names.people(policy, node.bearer), addressee, FrozenMap(means))


def _expected(happening: Happening) -> Outline:
    where = dict(happening.where)
    by, to = (tuple(map(str, where.pop(name, ()))) for name in ROLE_ATTRIBUTES)
    return Outline(happening.event or "", by, to, FrozenMap(where))
