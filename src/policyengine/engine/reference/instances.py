"""The duties that a provision can have in a case: one, or with `each` one for every occurrence of the trigger (S11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policyengine.engine.reference.timeline import event_record
from policyengine.model.condition import Truth
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.assessment import Occurrence
    from policyengine.model.case import Event, FactValue
    from policyengine.model.provision import Provision

Key = tuple["FactValue", ...]
"""The values of a provision's correlation key, in its order; ``None`` where an event lacks one."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One duty that a provision can have.

    Args:
        provision: the provision.
        label: what tells it from the provision's other instances; ``None`` for the only one.
        key: the values that correlated events must share.
        place: the place in the log of the event that triggers it.
        watched: the instance whose outcome triggers it.
        kind: which outcome of `watched`.
        period: the outcome itself, where `watched` recurs and has many.
    """

    provision: Provision
    label: str | None = None
    key: Key = field(default=(), compare=False)
    place: int | None = field(default=None, compare=False)
    watched: Instance | None = field(default=None, compare=False)
    kind: Outcome | None = field(default=None, compare=False)
    period: Occurrence | None = field(default=None, compare=False)

    @property
    def id(self) -> tuple[str, str | None]:
        """Return what names it in a case."""
        return self.provision.id, self.label


def candidates(inquiry: Inquiry, provision: Provision) -> tuple[Instance, ...]:
    """Return every duty that *provision* can have, whatever unknowns come out as.

    The outcomes of recurring duties are not among them: how many there are is known only when they are judged.
    """
    if not provision.each:
        return (Instance(provision),)
    return tuple(_told_apart((*_triggered(inquiry, provision), *_watching(inquiry, provision))))


def attributes(event: Event, names: Iterable[str]) -> Key:
    """Return the values of the attributes *names* of *event*; lists without their order."""
    values = event_record(event).values
    return tuple(_comparable(values.get(name)) for name in names)


def _comparable(value: FactValue) -> FactValue:
    return tuple(sorted(value, key=repr)) if isinstance(value, tuple) else value


def _triggered(inquiry: Inquiry, provision: Provision) -> Iterator[Instance]:
    parts = [f"upon {place}" for place, each in enumerate(provision.upon or ()) if each.event is not None]
    rows = [inquiry.answers.events(provision.id, part) for part in parts]
    for place, event in enumerate(inquiry.prepared.events):
        if any(row[place] is not Truth.FALSE for row in rows):
            yield Instance(provision, event.id, attributes(event, provision.key or ()), place=place)


def _watching(inquiry: Inquiry, provision: Provision) -> Iterator[Instance]:
    for happening in provision.upon or ():
        kind, names = happening.outcome() or (None, ())
        for name in names if kind is not None else ():
            other = inquiry.provisions.get(name)
            if other is not None and other.every is None:
                for watched in inquiry.instances(other):
                    yield from _outcomes_of(inquiry, provision, watched, kind)  # type: ignore[arg-type]


def _outcomes_of(inquiry: Inquiry, provision: Provision, watched: Instance, kind: Outcome) -> Iterator[Instance]:
    if kind is not Outcome.BREACHED:
        key = carried(provision, watched, None)
        yield Instance(provision, watched.label or watched.provision.id, key, watched=watched, kind=kind)
        return
    acts = inquiry.places(watched.provision, "act", watched.key)
    for place in sorted((*acts.certain, *acts.possible)):
        event = inquiry.prepared.events[place]
        key = carried(provision, watched, event)
        yield Instance(provision, event.id, key, place=place, watched=watched, kind=kind)


def carried(provision: Provision, watched: Instance, event: Event | None) -> Key:
    """Return the key that a duty of *provision* takes over from the duty it watches, or from the *event* of its act."""
    own = dict(zip(watched.provision.key or (), watched.key, strict=False))
    names = provision.key or ()
    lent = dict(zip(names, attributes(event, names), strict=True)) if event is not None else {}
    return tuple(own.get(name, lent.get(name)) for name in names)


def _told_apart(found: Iterable[Instance]) -> Iterator[Instance]:
    """Yield instances with distinct labels; where one event triggers in two ways, its duty is one."""
    seen: set[str | None] = set()
    for each in found:
        label = each.label
        if label in seen and each.watched is None:
            continue
        if label in seen and each.watched is not None:
            label = f"{label} {each.watched.provision.id}"
        if label not in seen:
            seen.add(label)
            yield replace(each, label=label)
