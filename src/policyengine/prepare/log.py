"""The log that evaluators see: checked, without repetitions, in order, up to `as_of` (S3, S5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, diagnostic, nearest, ordered
from policyengine.errors import CaseError
from policyengine.loading.words import LIST, ONE_VALUE, TYPE_WORDS, quoted, value_words
from policyengine.prepare.amendments import amendment_faults
from policyengine.prepare.corrections import corrected
from policyengine.prepare.places import Place, place_of
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


def seen_events(
    policy: Policy, case: Case, as_of: Instant, known_at: Instant | None = None, *, beside: Collection[Policy] = ()
) -> tuple[Event, ...]:
    """Return the events with `at <= as_of`, ordered by `at` and, at one instant, by position in the log.

    What was corrected is as it should have been written, what was retracted is left out (S4).

    Raises:
        CaseError: names or values that the vocabulary lacks, or one id for two different events; holds all of them.
    """
    faults = ordered(case_faults(policy, case, beside))
    if faults:
        raise CaseError(faults)
    standing = corrected(case.events, known_at)
    return tuple(sorted((event for event in standing if event.at <= as_of), key=lambda event: event.at))


def case_faults(policy: Policy, case: Case, beside: Collection[Policy] = ()) -> Iterator[Diagnostic]:
    """Yield what keeps *case* from being judged by *policy*.

    Args:
        policy: judges the case.
        case: facts and events.
        beside: other policies that judge the same case; a name that one of them knows may stand in it (S31).
    """
    faults = _case_faults(policy, case)
    yield from (each for each in faults if not any(_knows(other, each) for other in beside))


def _knows(policy: Policy, fault: Diagnostic) -> bool:
    """Tell whether *fault* is about a name that *policy* knows."""
    words = policy.vocabulary
    roles = {**words.roles, **policy.header.roles}
    known = {"PE203": roles, "PE205": words.event_types, "PE206": words.facts, "PE221": words.attributes}
    return dict(fault.args).get("name") in known.get(fault.code, ())


def _case_faults(policy: Policy, case: Case) -> Iterator[Diagnostic]:
    words, roles = policy.vocabulary, frozenset((*policy.vocabulary.roles, *policy.header.roles))
    yield from _value_faults(words, "PE206", case.facts, Place(case.spans, "facts"))
    for key in ("known_at", "known_until"):
        yield from _year_faults(getattr(case, key), Place(case.spans, key))
    for number, event in enumerate(case.events):
        yield from _event_faults(words, roles, event, place_of(case, number, event))
    yield from _repeated(case)
    yield from amendment_faults(case)


def _event_faults(words: Vocabulary, roles: Collection[str], event: Event, place: Place) -> Iterator[Diagnostic]:
    if event.type not in words.event_types and (event.type or event.retracts is None):
        yield _unknown("PE205", event.type, words.event_types, place.part("type").span())
    if event.by is not None and event.by not in roles:
        yield _unknown("PE203", event.by, roles, place.part("by").span())
    to = place.part("to")
    for number, role in enumerate(event.to):
        if role not in roles:
            yield _unknown("PE203", role, roles, to.part(number).span() or to.span())
    yield from _year_faults(event.recorded_at, place.part("recorded_at"))
    if event.at != event.recorded_at:
        yield from _year_faults(event.at, place.part("at"))
    yield from _value_faults(words, "PE206", event.sets, place.part("sets"))
    yield from _value_faults(words, "PE221", event.attributes, place.part("attributes"))


def _year_faults(moment: Instant | None, place: Place) -> Iterator[Diagnostic]:
    if moment is not None and not FIRST_YEAR <= moment.utc().year <= LAST_YEAR:
        yield diagnostic("PE410", place.span(), text=moment, first=FIRST_YEAR, last=LAST_YEAR)


def _value_faults(words: Vocabulary, code: str, values: Mapping[str, FactValue], place: Place) -> Iterator[Diagnostic]:
    """Yield the values of no fact or attribute, which *code* says, and those of the wrong type."""
    kinds = words.facts if code == "PE206" else words.attributes
    for name, value in values.items():
        here = place.part(name)
        if name not in kinds:
            yield _unknown(code, name, kinds, here.span(key=True))
        elif value is not None:
            yield from _value_fault(words, (name, kinds[name]), value, here)


def _value_fault(
    words: Vocabulary, fact: tuple[str, FactType], value: Atom | tuple[Atom, ...], place: Place
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
        # An entry about its own id is told as that alone.
        if before != number and event.amends != event.id and _content(case.events[before]) != _content(event):
            spans = [Place(case.spans, f"events/{each}/id").span() for each in (before, number)]
            place = spans[0] or Wording(f"第 {before + 1} 个事件", f"event {before + 1}")
            yield diagnostic("PE601", spans[1] or event.span, id=event.id, first=place)


def _content(event: Event) -> Event:
    """Return *event* as S5 compares it: what is left out is the same as its default written out."""
    return event if event.recorded_at is not None else replace(event, recorded_at=event.recorded)
