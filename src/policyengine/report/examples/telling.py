"""One failed expectation in words: what it is about, what came out otherwise, and why it came out so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Subject
from policyengine.checks.examples.judging import question
from policyengine.errors import DutyError
from policyengine.model.frozen import FrozenMap
from policyengine.report.examples import words
from policyengine.report.explanation import words as explaining
from policyengine.report.explanation.page import explanation_page
from policyengine.report.page import Line, Tone, item
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Expected, Plain
    from policyengine.checks.examples.judging import Difference
    from policyengine.checks.examples.running import Held
    from policyengine.model.explanation import Explanation
    from policyengine.model.policy import Policy
    from policyengine.report.json_values import Json
    from policyengine.temporal.zone import Zone
    from policyengine.wording import Lang, Wording

_ESSENTIAL = (
    explaining.ANSWER,
    explaining.ARISES,
    explaining.APPLIES,
    explaining.BEARER,
    explaining.IN_FORCE,
    explaining.LIMIT,
    explaining.ACTS,
    explaining.SETTLED_BY,
)
"""The parts of an explanation that say how it came out as it did."""


def plain_value(value: Plain, zone: Zone) -> Json:
    """Return a value as a file writes it, instants on the clock of *zone*."""
    if isinstance(value, Instant):
        return value.to_iso(zone)
    if isinstance(value, tuple):
        return [plain_value(each, zone) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(each, zone) for key, each in value.items()}
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, str | int | bool) else None


@dataclass(frozen=True, slots=True)
class Telling:
    """Failures in one language.

    Args:
        policies: the policies by the names that the examples have for them.
        lang: the language.
    """

    policies: Mapping[str, Policy]
    lang: Lang

    def about(self, held: Held) -> str:
        """Return what an expectation is about: the provision, the case, and the question."""
        expected, ask = held.outcome.expected, held.ask
        what = self._say(words.ABOUT[expected.subject], name=expected.name)
        if expected.instance is not None:
            what = self._say(words.INSTANCE, name=what, instance=expected.instance)
        what = self._say(words.OF_CASE, what=what, case=held.example.name)
        if expected.policy not in {"", ask.policies[0]}:
            what = self._say(words.UNDER_POLICY, what=what, policy=self.policies[expected.policy].id)
        return self._say(words.UNDER, what=what, label=ask.label) if ask.label else what

    def differences(self, held: Held) -> tuple[str, ...]:
        """Return a line for each key that came out otherwise."""
        zone = self.zone(held)
        return tuple(self._difference(each, held.outcome.expected, zone) for each in held.outcome.differences)

    def zone(self, held: Held) -> Zone:
        """Return the zone in which instants are shown: the policy's own."""
        return self.policies[held.outcome.expected.policy or held.ask.policies[0]].zone

    def derivation(self, held: Held) -> tuple[Line, ...]:
        """Return why it came out so, part by part; nothing for what is no duty of one policy."""
        found = self.explanation(held)
        if found is None:
            return ()
        wanted = {each.within(self.lang) for each in _ESSENTIAL}
        sections = explanation_page(found, self.lang).sections
        return tuple(Line(each.heading or "", Tone.STRONG, each.lines) for each in sections if each.heading in wanted)

    def explanation(self, held: Held) -> Explanation | None:
        """Return the explanation of the duty that an expectation is about."""
        expected, ask = held.outcome.expected, held.ask
        if expected.subject not in {Subject.DUTY, Subject.ABSENT}:
            return None
        asking, policy = question(ask, self.policies), self.policies[expected.policy]
        options = ask.choose.get(expected.policy)
        try:
            return asking.explanation(policy, (expected.name, expected.instance), options)
        except DutyError:  # the provision has other duties than the one that is expected
            return asking.explanation(policy, (expected.name, None), options)

    def lines(self, held: Held) -> Iterator[Line]:
        """Yield everything that is told of a failure, under what it is about."""
        for each in self.differences(held):
            yield Line(each, Tone.BAD)
        if held.outcome.expected.why is not None:
            yield Line(self._say(words.EXPECTED_WHY, why=" ".join(held.outcome.expected.why.split())), Tone.QUIET)
        derivation = self.derivation(held)
        if derivation:
            yield item(self._say(words.DERIVATION), derivation, Tone.STRONG)

    def _difference(self, found: Difference, expected: Expected, zone: Zone) -> str:
        if found.key == "row":
            return self._no_row(found, expected)
        if found.key == "absent":
            return self._say(words.ABSENT, status=found.found)
        shown, wanted = self._shown(found.found, zone), self._shown(found.wanted, zone)
        if found.key == "order":
            return self._say(words.ORDER, wanted=wanted, found=shown)
        if not found.said:
            return self._say(words.NOTHING_EXPECTED, key=found.key, found=shown)
        return self._say(words.DIFFERS, key=found.key, wanted=wanted, found=shown)

    def _no_row(self, found: Difference, expected: Expected) -> str:
        known = [str(each) for each in found.found if each is not None] if isinstance(found.found, tuple) else []
        if expected.subject is Subject.WORKLIST:
            wording = words.OTHER_BEARERS if known else words.NO_ENTRY
            return self._say(wording, wanted=found.wanted, known=", ".join(known))
        wording = words.NO_INSTANCE if known else words.ONE_DUTY if found.found else words.NO_ROW
        return self._say(wording, instance=found.wanted, known=", ".join(known))

    def _shown(self, value: Plain, zone: Zone) -> str:
        if value is None or value in {(), FrozenMap()}:
            return self._say(words.NULL if value is None else words.EMPTY)
        if isinstance(value, tuple):
            return "[" + ", ".join(self._shown(each, zone) for each in value) + "]"
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{key}: {self._shown(each, zone)}" for key, each in value.items()) + "}"
        plain = plain_value(value, zone)
        return str(plain).lower() if isinstance(plain, bool) else str(plain)

    def _say(self, wording: Wording, **parts: object) -> str:
        text = wording.within(self.lang)
        return text.format(**parts) if parts else text
