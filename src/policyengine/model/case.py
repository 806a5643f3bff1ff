"""What a case is: facts and time-stamped events about one incident, or about the agency itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from policyengine.model.base import Atom
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.diagnostics import Span

FactValue = Atom | tuple[Atom, ...] | None
"""A value, a list of values, or ``None``: not known."""

Moment = Instant | datetime.datetime | str
"""How callers may give an instant: ours, an aware datetime, or text such as `2025-10-08T23:30:00+08:00`."""


Given = Atom | Sequence[Atom] | None
"""How callers may give the value of a fact: lists as well as tuples."""


def instant(moment: Moment) -> Instant:
    """Return *moment* as an instant.

    Raises:
        TimeError: a naive, impossible or malformed time.
        TypeError: nothing that is a time at all, such as a number of seconds.
    """
    if isinstance(moment, Instant):
        return moment
    given: object = moment  # callers without a type checker
    if not isinstance(given, str | datetime.datetime):
        msg = f"a time is an Instant, an aware datetime or text, not {given!r}"
        raise TypeError(msg)
    return Instant.parse(moment) if isinstance(moment, str) else Instant.from_datetime(moment)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or what the log was later found to have got wrong: a correction or a retraction (S4).

    A correction is the corrected event as it should have been written, under an id of its own. A retraction is no
    happening: it needs no `type`, and sets and says nothing.

    >>> str(Event(id="r1", retracts="e1", recorded_at="2025-10-09T00:00:00Z").at)
    '2025-10-09T00:00:00Z'

    Args:
        id: unique within the case; the same event may be repeated with the same content (S5).
        type: an event or act of the vocabulary; empty for a retraction without one.
        at: when it happened; for a retraction `recorded_at` unless given.
        recorded_at: when it was learned; `at` unless given.
        sets: facts that the event makes known; ``None`` makes a fact unknown again (S8).
        by: the role that acted.
        to: the roles told or addressed.
        attributes: the vocabulary's further attributes, such as the means.
        note: for people; no answer depends on it.
        corrects: the id of the event, or correction, in whose place it stands.
        retracts: the id of the event, correction or retraction that is taken back.
        partial: whether it does only a part of what it is, so that it ends no duty (S24).
        span: where it stands in its file.

    Raises:
        TypeError: no `at`, and for a retraction no `recorded_at` either.
        TimeError: a naive, impossible or malformed time.
    """

    id: str
    type: str = ""
    at: Instant = None  # type: ignore[assignment]  # a retraction's is filled in below, and any other has one
    recorded_at: Instant | None = None
    sets: Mapping[str, FactValue] = FrozenMap()
    by: str | None = None
    to: Sequence[str] = ()
    attributes: Mapping[str, FactValue] = FrozenMap()
    note: str | None = None
    corrects: str | None = None
    retracts: str | None = None
    partial: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)

    if TYPE_CHECKING:  # what callers may write, which `__post_init__` makes into what is held

        def __init__(  # noqa: PLR0913, PLR0917 - a field each
            self,
            id: str,  # noqa: A002 - the field's name
            type: str = "",  # noqa: A002 - likewise
            at: Moment | None = None,
            recorded_at: Moment | None = None,
            sets: Mapping[str, Given] = ...,
            by: str | None = None,
            to: str | Sequence[str] = (),
            attributes: Mapping[str, Given] = ...,
            note: str | None = None,
            corrects: str | None = None,
            retracts: str | None = None,
            partial: bool = False,  # noqa: FBT001, FBT002 - the field's own
            span: Span | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Accept plain values: text or datetimes for instants, dictionaries and lists."""
        put = object.__setattr__
        at = cast("Moment | None", self.at) or (self.recorded_at if self.retracts is not None else None)
        if at is None:
            msg = f"the event {self.id!r} has no 'at'"
            raise TypeError(msg)
        put(self, "at", instant(at))
        put(self, "recorded_at", None if self.recorded_at is None else instant(self.recorded_at))
        put(self, "sets", facts(self.sets))
        put(self, "attributes", facts(self.attributes))
        put(self, "to", (self.to,) if isinstance(self.to, str) else tuple(self.to))

    @property
    def recorded(self) -> Instant:
        """Return when it was learned, at once unless the event says otherwise (S4)."""
        return self.at if self.recorded_at is None else self.recorded_at

    @property
    def amends(self) -> str | None:
        """Return the id of what it corrects or retracts."""
        return self.retracts if self.corrects is None else self.corrects


def facts(values: Mapping[str, FactValue]) -> FrozenMap[FactValue]:
    """Return *values* as an immutable mapping, lists as tuples."""
    return FrozenMap({name: _value(value) for name, value in values.items()})


def _value(value: object) -> FactValue:
    """Return a fact's value as written by a caller; what is no value at all is refused later, with its name."""
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Case:
    """One incident: what was known from the start, and what happened.

    >>> case = Case(id="demo", events=[Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00")])
    >>> case.events[0].at.micros
    1759937400000000

    Args:
        id: the case's name.
        facts: initial values; an unnamed fact is presumed or unknown (S8).
        events: in the order of recording, which decides only among events at one instant (S5).
        scope: `case`, or `agency` for the log of the agency itself.
        policies: ids or paths of the policies that the file names.
        as_of: the instant that the file asks about.
        title: for people.
        known_at: only what was recorded by then is there at all (S4); everything unless given.
        known_until: the log is complete up to then: what it lacks did not happen (S8); `as_of` unless given.
        spans: where things stand in the file, by path, such as `events/0/by`; with a colon at the end, the key itself.
    """

    id: str
    facts: Mapping[str, FactValue] = FrozenMap()
    events: Sequence[Event] = ()
    scope: Literal["case", "agency"] = "case"
    policies: tuple[str, ...] = ()
    as_of: Instant | None = None
    title: str | None = None
    known_at: Instant | None = None
    known_until: Instant | None = None
    spans: Mapping[str, Span] = field(default=FrozenMap(), compare=False, repr=False)

    if TYPE_CHECKING:  # likewise

        def __init__(  # noqa: PLR0913, PLR0917 - a field each
            self,
            id: str,  # noqa: A002 - the field's name
            facts: Mapping[str, Given] = ...,
            events: Iterable[Event] = (),
            scope: Literal["case", "agency"] = "case",
            policies: Sequence[str] = (),
            as_of: Moment | None = None,
            title: str | None = None,
            known_at: Moment | None = None,
            known_until: Moment | None = None,
            spans: Mapping[str, Span] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Accept plain values: dictionaries, lists, text or datetimes for instants."""
        put = object.__setattr__
        put(self, "facts", facts(self.facts))
        put(self, "events", tuple(self.events))
        put(self, "policies", tuple(self.policies))
        for name in ("as_of", "known_at", "known_until"):
            given = getattr(self, name)
            put(self, name, None if given is None else instant(given))
        put(self, "spans", self.spans if isinstance(self.spans, FrozenMap) else FrozenMap(self.spans))
