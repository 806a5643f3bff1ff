"""The log that evaluators see: checked, without repetitions, in order, up to `as_of` (S3, S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, diagnostic, nearest, ordered
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    vocabulary = policy.vocabulary
    yield from _value_faults(vocabulary, vocabulary.facts, case.facts, case.spans)
    roles = {**policy.header.roles, **vocabulary.roles}
    for event in case.events:
        if event.type not in vocabulary.event_types:
            yield _unknown("PE205", event.type, vocabulary.event_types, event.span)
        for role in (*event.to, *((event.by,) if event.by else ())):
            if role not in roles:
                yield _unknown("PE203", role, roles, event.span)
        if not FIRST_YEAR <= event.at.utc().year <= LAST_YEAR:
            yield diagnostic("PE410", event.span, text=event.at, first=FIRST_YEAR, last=LAST_YEAR)
        here = _Everywhere(event.span)
        yield from _value_faults(vocabulary, vocabulary.facts, event.sets, here)
        yield from _value_faults(vocabulary, vocabulary.attributes, event.attributes, here)
    yield from _repeated(case.events)


class _Everywhere:
    """One span for every name: an event's own."""

    def __init__(self, span: Span | None) -> None:
        self._span = span

    def get(self, _name: str) -> Span | None:
        return self._span


def _value_faults(
    vocabulary: Vocabulary,
    kinds: Mapping[str, FactType],
    values: Mapping[str, FactValue],
    spans: Mapping[str, Span] | _Everywhere,
) -> Iterator[Diagnostic]:
    for name, value in values.items():
        kind = kinds.get(name)
        if kind is None:
            yield _unknown("PE206", name, kinds, spans.get(name))
        elif value is not None:
            yield from _type_fault(vocabulary, name, kind, value, spans.get(name))


def _type_fault(
    vocabulary: Vocabulary, name: str, kind: FactType, value: FactValue, span: Span | None
) -> Iterator[Diagnostic]:
    if isinstance(value, tuple) is not kind.many:
        expected = "a list" if kind.many else "one value, not a list"
        yield diagnostic("PE602", span, fact=name, expected=expected, found=value)
        return
    allowed = vocabulary.values(kind)
    for each in value if isinstance(value, tuple) else (value,):
        if allowed is not None and each not in allowed:
            suggestion = nearest(str(each), allowed)
            yield diagnostic("PE207", span, fact=name, value=each, allowed=", ".join(allowed), suggestion=suggestion)
        elif allowed is None and not kind.holds(each):
            yield diagnostic("PE602", span, fact=name, expected=kind.type, found=each)


def _unknown(code: str, name: str, known: Iterable[str], span: Span | None) -> Diagnostic:
    return diagnostic(code, span, name=name, suggestion=nearest(name, known))


def _repeated(events: Iterable[Event]) -> Iterator[Diagnostic]:
    first: dict[str, Event] = {}
    for event in events:
        if first.setdefault(event.id, event) != event:
            yield diagnostic("PE601", event.span, id=event.id)
