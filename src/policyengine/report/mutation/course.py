"""A question that notices a survivor, in words: what is so, what happens when, and what has to come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Subject
from policyengine.report import words as common
from policyengine.report.changes import words as say
from policyengine.report.examples.telling import plain_value
from policyengine.report.moments import Clock
from policyengine.report.mutation import words
from policyengine.report.names import one_line
from policyengine.report.phrases import Phrases
from policyengine.temporal.instant import MINUTE

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Expected
    from policyengine.model.case import Event
    from policyengine.model.policy import Policy
    from policyengine.report.json_values import Json
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Lang, Wording


@dataclass(frozen=True)
class Courses:
    """Questions about one policy, in one language.

    Args:
        policy: the policy.
        lang: the language.
    """

    policy: Policy
    lang: Lang

    def told(self, ask: Ask) -> str:
        """Return the course of the case, when it is judged, and what is expected, in one line."""
        course = self.phrases.listed(self._course(ask), say.GOES_ON)
        expected = self.phrases.listed((self._expected(each) for each in ask.expected), say.GOES_ON)
        when = self._say(say.AT, when=self._moment(ask.as_of))
        return self._say(words.NOTICED_BY, course=course, at=when, expected=expected)

    @cached_property
    def phrases(self) -> Phrases:
        """The phrases of the policy, as its defaults read it."""
        return Phrases(self.policy, self.lang)

    @cached_property
    def _clock(self) -> Clock:
        return Clock(self.policy.zone, self.lang)

    def _course(self, ask: Ask) -> Iterator[str]:
        chosen = [f"{name}={option}" for found in ask.choose.values() for name, option in found.items()]
        yield from (self._say(words.UNDER, options=self.phrases.listed(chosen)),) if chosen else ()
        yield from (self._say(say.AGENCY_LOG),) if ask.case.scope == "agency" else ()
        for name, value in ask.case.facts.items():
            yield self._say(say.FACT_IS, fact=self.phrases.fact(name), value=self.phrases.value(name, value))
        yield from map(self._event, ask.case.events)
        if not ask.case.events:
            yield self._say(say.NOTHING_HAPPENS)

    def _event(self, event: Event) -> str:
        phrases = self.phrases
        more = [self._say(common.COLON, word=self._say(common.BY), more=phrases.role(event.by))] if event.by else []
        if event.to:
            more.append(
                self._say(common.COLON, word=self._say(common.TO), more=phrases.listed(map(phrases.role, event.to)))
            )
        for name, value in event.attributes.items():
            values = value if isinstance(value, tuple) else (value,)
            shown = phrases.listed(phrases.attribute_value(name, each) for each in values)
            more.append(self._say(common.COLON, word=phrases.attribute(name), more=shown))
        more += [
            self._say(say.SETS, fact=phrases.fact(name), value=phrases.value(name, each))
            for name, each in event.sets.items()
        ]
        more += [self._say(say.PARTIAL)] if event.partial else []
        what = phrases.more(phrases.named(phrases.type(event.type)), *more)
        return self._say(say.HAPPENS, when=self._clock.show(event.at), what=what)

    def _moment(self, at: Instant) -> str:
        """Return the instant in words; limits are over one microsecond after their end."""
        if at.micros % MINUTE != 1:
            return self._clock.show(at)
        return self._say(say.JUST_AFTER, when=self._clock.show(at.plus(-1)))

    def _expected(self, expected: Expected) -> str:
        name = expected.name
        if expected.subject is Subject.ABSENT:
            return self._say(words.NO_DUTY, name=name)
        if expected.wanted == {"kind": None}:
            return self._say(words.NO_GAP, name=name)
        if expected.wanted == {"exists": False}:
            return self._say(words.NO_INSTANCE, name=name, instance=one_line(expected.instance or ""))
        keys = (
            self._say(words.KEY, key=key, value=_shown(plain_value(value, self.policy.zone)))
            for key, value in expected.wanted.items()
        )
        return self._say(words.ROW, name=name, row=self.phrases.listed(keys))

    def _say(self, wording: Wording, **parts: object) -> str:
        return self.phrases.say(wording, **parts)


def _shown(value: Json) -> str:
    """Return a value on one line, about as a file would have it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_shown(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)
