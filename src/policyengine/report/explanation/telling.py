"""What every part of an explanation in words needs: titles, phrases and the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap
from policyengine.report import words as common
from policyengine.report.everything import Everything
from policyengine.report.explanation import words
from policyengine.report.moments import Clock
from policyengine.report.names import Names
from policyengine.report.phrases import Phrases
from policyengine.report.rows import Rows

if TYPE_CHECKING:
    from datetime import date

    from policyengine.model.assessment import Duty, Occurrence
    from policyengine.model.base import Title
    from policyengine.model.explanation import Explanation
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Lang, Wording


class _Titles(Everything, Names):
    """Titles of everything, whatever reading admits it."""


@dataclass(frozen=True)
class Telling:
    """An explanation, and how to say what it holds.

    Args:
        explanation: what is told.
        lang: in which language.
        sentences: by clause, the sentence itself, where the text is at hand.
    """

    explanation: Explanation
    lang: Lang
    sentences: Mapping[str, str] | None = None

    @property
    def policy(self) -> Policy:
        """The policy that the case was judged by."""
        return self.explanation.policy

    @cached_property
    def names(self) -> Names:
        """Titles of what the answer names."""
        return _Titles(self.policy, self.lang, self.explanation.assessment, self.explanation.case)

    @cached_property
    def phrases(self) -> Phrases:
        """Conditions, triggers and limits in words."""
        chosen = {each.reading: each.option for each in self.explanation.assessment.readings}
        return Phrases(self.policy, self.lang, FrozenMap(chosen))

    @cached_property
    def clock(self) -> Clock:
        """The clock on the policy's wall."""
        return Clock(self.policy.zone, self.lang)

    @cached_property
    def rows(self) -> Rows:
        """Writes a row as the answer tells it."""
        return Rows(self.names, self.clock)

    def say(self, wording: Wording | Title, **parts: object) -> str:
        """Return *wording* in the language, filled with *parts*."""
        return self.names.say(wording, **parts)

    def when(self, instant: Instant) -> str:
        """Return *instant* as people read it."""
        return self.clock.show(instant)

    def since(self, instant: Instant | None) -> str:
        """Return "from" an instant; ``None`` is the start of the case."""
        return self.say(words.FROM_START) if instant is None else self.say(words.FROM, when=self.when(instant))

    def day(self, day: date) -> str:
        """Return a day with the day of the week."""
        weekday = self.say(common.WEEKDAYS[day.weekday()])
        return self.say(common.MOMENT, date=day, weekday=weekday, time="").strip()

    def occurred(self, what: Occurrence) -> str:
        """Return when something occurred, and what it was."""
        return self.say(words.FOUND, when=self.when(what.at), what=self.names.occurrence(what))

    def act(self, duty: Duty, act: str | None = None) -> str:
        """Return what *duty* demands, with its addressee; or another *act* than that."""
        shown = self.names.type(duty.act if act is None else act)
        if duty.to is None or act not in (None, duty.act):
            return shown
        return self.say(words.TOWARDS, act=shown, to=self.names.role(duty.to))

    def instance(self, provision: str, instance: str | None) -> str:
        """Return the title of a duty that the answer has a row for."""
        rows = self.explanation.assessment.duties
        found = next((each for each in rows if (each.provision, each.instance) == (provision, instance)), None)
        return self.names.provision(provision) if found is None else self.names.instance(found)
