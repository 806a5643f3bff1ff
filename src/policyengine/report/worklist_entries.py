"""The entries and conflicts of one case's worklist as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.model.assessment import Status
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report import worklist_words as say
from policyengine.report.moments import Clock, duration
from policyengine.report.names import Names, one_line
from policyengine.report.page import Line, Tone, item
from policyengine.report.rows import Rows, fault

if TYPE_CHECKING:
    from policyengine.model.worklist import Claim, Conflict, Entry
    from policyengine.report.worklist_sheet import Sheet
    from policyengine.wording import Lang


class _Rows(Rows):
    """Writes the duties of one policy."""

    def rests_on(self, claim: Claim) -> Iterator[Line]:
        """Yield the means that will do, the clauses, and the readings and presumptions that it all depends on."""
        names, duty = self.names, claim.duty
        if claim.means:
            yield Line(names.say(words.BY_MEANS, means=names.means(claim.means)))
        yield from (Line(names.clause(each), Tone.QUIET) for each in claim.clauses)
        if duty.readings:
            chosen = names.listed(f"{each.reading}={each.option}" for each in duty.readings)
            yield Line(names.say(say.AS_READ, readings=chosen), Tone.QUIET)
        if duty.presumed:
            yield Line(names.say(words.REASON_PRESUMED, facts=names.facts(duty.presumed)), Tone.OPEN)


@dataclass(frozen=True)
class Entries:
    """Writes what stands on one sheet; each policy gives the titles of its own provisions, and the zone of its limits.

    Args:
        sheet: the worklist.
        lang: the language.
        names_case: whether everything tells which case it is of.
        names_policy: whether claims tell which policy makes them.
    """

    sheet: Sheet
    lang: Lang
    names_case: bool
    names_policy: bool

    @cached_property
    def names(self) -> dict[str, Names]:
        """What gives titles, by policy."""
        return {each.policy: Names(policy, self.lang, each, self.sheet.case) for policy, each in self.sheet.answers}

    @property
    def first(self) -> Names:
        """Return what gives the titles of the first policy."""
        return next(iter(self.names.values()))

    def entry(self, entry: Entry, *, names_bearer: bool = True) -> Line:
        """Return something to be done, or not to be done, with the limits and clauses that demand it."""
        title = self.title(entry, names_bearer=names_bearer)
        if len(entry.claims) > 1:
            return item(title, (*self._tightest(entry), *map(self._claim, entry.claims)))
        (claim,) = entry.claims
        rows = self._rows(claim)
        return item(title, (*rows.times(claim.duty), Line(self._demand(claim)), *rows.rests_on(claim)))

    def conflict(self, conflict: Conflict) -> Line:
        """Return what is owed and forbidden at once, with both sides."""
        sides = ((say.IS_OWED, conflict.owed), (say.IS_FORBIDDEN, conflict.forbidden))
        under = (Line(self.first.say(wording), under=tuple(map(self._claim, claims))) for wording, claims in sides)
        return item(self.title(conflict.entry), under, Tone.BAD)

    def title(self, entry: Entry, *, names_bearer: bool = True) -> str:
        """Return who is to do what, or not to do; a bearer that is not settled is told whatever is asked."""
        claim = entry.claims[0]
        names = self.names[claim.policy]
        who = names.bearer(claim.duty) if entry.bearer is None else self.role(entry.bearer)
        to = "" if entry.to is None else self.role(entry.to)
        act = names.type(entry.act)
        if claim.duty.strength is Strength.MUST_NOT:
            nobody = entry.bearer is None and claim.duty.assigned is None
            form = (words.NOBODY_MAY_TO if to else words.NOBODY_MAY) if nobody else words.OWES_TO if to else words.OWES
            strength = names.say(words.STRENGTH[Strength.MUST_NOT])
            return self.in_case(names.say(form, bearer=who, strength=strength, word="", act=act, to=to))
        if names_bearer or entry.bearer is None:
            form = say.DOES_TO if to else say.DOES
        else:
            form = say.ACT_TO if to else say.ACT
        return self.in_case(names.say(form, bearer=who, act=act, to=to))

    def role(self, name: str) -> str:
        """Return the title of a role, which one of the policies knows."""
        knowing = (
            each for each in self.names.values() if name in {*each.policy.header.roles, *each.policy.vocabulary.roles}
        )
        return next((each.role(name) for each in knowing), name)

    def in_case(self, text: str) -> str:
        """Return *text* with the case, where there are several."""
        case = one_line(self.sheet.case.id)
        return self.first.say(say.IN_CASE, case=case, what=text) if self.names_case else text

    def due(self, claim: Claim) -> tuple[str, str] | None:
        """Return when the limit of *claim* ends, and how long that is from now; ``None`` without a number."""
        names, limit, left = self.names[claim.policy], claim.duty.limit, claim.left
        if limit is None or left is None:
            return None
        doubts = (
            names.say(say.UNSETTLED) if claim.duty.status is Status.UNDETERMINED else "",
            names.say(say.PROVISIONAL) if limit.provisional else "",
        )
        wording = say.PASSED if claim.late else say.LEFT if left else say.NOW
        end = names.more(Clock(names.policy.zone, self.lang).end(limit), *doubts)
        return end, names.say(wording, time=duration(abs(left), self.lang))

    def _tightest(self, entry: Entry) -> Iterator[Line]:
        """Yield the tightest limit of each strength."""
        for strength in entry.strengths:
            claim = next(each for each in entry.claims if each.duty.strength is strength)
            found = self.due(claim)
            if found is not None:
                due, left = found
                shown = self.first.say(words.STRENGTH[strength])
                tone = fault(claim.duty) if claim.duty.violated else Tone.STRONG
                yield Line(self.first.say(say.TIGHTEST, strength=shown, due=due, left=left), tone)

    def _claim(self, claim: Claim) -> Line:
        """Return one of several duties behind an entry, or one side of a conflict."""
        rows = self._rows(claim)
        return Line(self._demand(claim), under=(*rows.times(claim.duty), *rows.rests_on(claim)))

    def _demand(self, claim: Claim) -> str:
        """Return how strongly which provision demands or forbids the act, with the text's own word."""
        names, duty = self.names[claim.policy], claim.duty
        strength = names.say(words.STRENGTH[duty.strength])
        word = "" if duty.wording is None else names.say(words.QUOTED, word=duty.wording)
        told = names.say(words.COLON, word=f"{strength}{word}", more=self._rows(claim).title(duty))
        return names.say(say.UNDER, claim=told, policy=names.policy.id) if self.names_policy else told

    def _rows(self, claim: Claim) -> _Rows:
        names = self.names[claim.policy]
        return _Rows(names, Clock(names.policy.zone, self.lang))
