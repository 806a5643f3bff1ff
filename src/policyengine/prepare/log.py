"""The log that evaluators see: checked, without repetitions, in order, up to `as_of` (S3, S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, diagnostic, nearest, ordered
from policyengine.errors import CaseError
from policyengine.loading.words import LIST, ONE_VALUE, TYPE_WORDS, quoted, value_words
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.model.base import Atom
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import FactType, Vocabulary
    from policyengine.temporal.instant import Instant

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""The years that an event may lie in: far enough from both ends of the calendar for every limit to exist."""


def seen_events(policy: Policy, case: Case, as_of: Instant) -> tuple[Event, ...]:
    """Return the events with `at <= as_of`, ordered by `at` and, at one instant, by position in the log.

    Raises:
        CaseError: names or values that the vocabulary lacks, or one id for two different events; holds all of them.
    """
    faults = ordered(case_faults(policy, case))
    if faults:
        raise CaseError(faults)
    once = {event.id: event for event in reversed(case.events)}
    first = [event for event in case.events if once.pop(event.id, None) is not None]
    return tuple(sorted((event for event in first if event.at <= as_of), key=lambda event: event.at))


def case_faults(policy: Policy, case: Case) -> Iterator[Diagnostic]:
    """Yield what keeps *case* from being judged by *policy*."""
    words = policy.vocabulary
    yield from _value_faults(words, "PE206", case.facts, _Place(case.spans, "facts"))
    for number, event in enumerate(case.events):
        yield from _event_faults(policy, event, _Place(case.spans, f"events/{number}", event.span))
    yield from _repeated(case)


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a case: where it and its own parts stand in the file, as far as it came from one."""

    spans: Mapping[str, Span]
    path: str
    whole: Span | None = None

    def span(self, *, key: bool = False) -> Span | None:
        return self.spans.get(f"{self.path}:" if key else self.path, self.whole)

    def part(self, name: str | int) -> _Place:
        return _Place(self.spans, f"{self.path}/{name}", self.whole)


def _event_faults(policy: Policy, event: Event, place: _Place) -> Iterator[Diagnostic]:
    words, roles = policy.vocabulary, {**policy.vocabulary.roles, **policy.header.roles}
    if event.type not in words.event_types:
        yield _unknown("PE205", event.type, words.event_types, place.part("type").span())
    if event.by is not None and event.by not in roles:
        yield _unknown("PE203", event.by, roles, place.part("by").span())
    to = place.part("to")
    for number, role in enumerate(event.to):
        if role not in roles:
            yield _unknown("PE203", role, roles, to.part(number).span() or to.span())
    if not FIRST_YEAR <= event.at.utc().year <= LAST_YEAR:
        yield diagnostic("PE410", place.part("at").span(), text=event.at, first=FIRST_YEAR, last=LAST_YEAR)
    yield from _value_faults(words, "PE206", event.sets, place.part("sets"))
    yield from _value_faults(words, "PE221", event.attributes, place.part("attributes"))


def _value_faults(words: Vocabulary, code: str, values: Mapping[str, FactValue], place: _Place) -> Iterator[Diagnostic]:
    """Yield the values of no fact or attribute, which *code* says, and those of the wrong type."""
    kinds = words.facts if code == "PE206" else words.attributes
    for name, value in values.items():
        here = place.part(name)
        if name not in kinds:
            yield _unknown(code, name, kinds, here.span(key=True))
        elif value is not None:
            yield from _value_fault(words, (name, kinds[name]), value, here)


def _value_fault(
    words: Vocabulary, fact: tuple[str, FactType], value: Atom | tuple[Atom, ...], place: _Place
) -> Iterator[Diagnostic]:
    name, kind = fact
    if isinstance(value, tuple) is not kind.many:
        yield _mismatch(name, LIST if kind.many else ONE_VALUE, value, place.span())
        return
    allowed = words.values(kind)
    for number, each in enumerate(value if isinstance(value, tuple) else (value,)):
        span = place.part(number).span() if kind.many else place.span()
        if allowed is not None and each not in allowed:
            suggestion, shown = nearest(str(each), allowed), ", ".join(allowed)
            yield diagnostic("PE207", span, fact=name, value=quoted(each), allowed=shown, suggestion=suggestion)
        elif allowed is None and not kind.holds(each):
            yield _mismatch(name, TYPE_WORDS[kind.type or "text"], each, span)


def _mismatch(name: str, expected: Wording, value: Atom | tuple[Atom, ...], span: Span | None) -> Diagnostic:
    found = LIST if isinstance(value, tuple) else value_words(value)
    return diagnostic("PE602", span, fact=name, expected=expected, found=found)


def _unknown(code: str, name: str, known: Iterable[str], span: Span | None) -> Diagnostic:
    return diagnostic(code, span, name=name, suggestion=nearest(name, known))


def _repeated(case: Case) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for number, event in enumerate(case.events):
        before = first.setdefault(event.id, number)
        if case.events[before] != event:
            spans = [_Place(case.spans, f"events/{each}/id").span() for each in (before, number)]
            place = spans[0] or Wording(f"第 {before + 1} 个事件", f"event {before + 1}")
            yield diagnostic("PE601", spans[1] or event.span, id=event.id, first=place)
