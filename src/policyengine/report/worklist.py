"""A worklist as text: what is to be done, by when, on whose clauses, and what conflicts (S31)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap
from policyengine.report import range_words, words
from policyengine.report.moments import Clock, duration
from policyengine.report.names import Names, one_line

if TYPE_CHECKING:
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments
    from policyengine.model.worklist import Claim, Conflict, Entry, Worklist
    from policyengine.temporal.limit import Limit
    from policyengine.wording import Lang, Wording


def worklist_text(
    policies: Sequence[Policy], case: Case, found: Assessments, lang: Lang, *, same: Mapping[str, str] = FrozenMap()
) -> str:
    """Return the worklist of *found*, the answers of *policies* for *case*, for people to read.

    Args:
        policies: those that gave the answers, in any order.
        case: the case.
        found: the answers.
        lang: the language.
        same: roles of one policy that are roles of another here, as in `Assessments.worklist`.
    """
    by_id = {each.id: each for each in policies}
    names = {each.policy: Names(by_id[each.policy], each, case, lang) for each in found}
    return "\n\n".join("\n".join(part) for part in _Writer(names, found.worklist(same=same)).parts()) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes a worklist; each policy gives the titles of its own provisions, and limits stand on its own zone."""

    names: dict[str, Names]
    worklist: Worklist

    def parts(self) -> Iterator[Iterator[str]]:
        yield self._header()
        if not self.worklist.entries:
            yield iter((self._any.say(range_words.NOTHING_TO_DO),))
        if self.worklist.entries:
            yield self._section(range_words.TO_DO, [self._entry(each) for each in self.worklist.entries])
        if self.worklist.conflicts:
            yield self._section(range_words.CONFLICTS, [self._conflict(each) for each in self.worklist.conflicts])

    @property
    def _any(self) -> Names:
        return next(iter(self.names.values()))

    def _header(self) -> Iterator[str]:
        names, clock = self._any, self._clock(self._any)
        zone, as_of = names.policy.zone.name, self.worklist.as_of
        yield names.say(words.COLON, word=names.say(range_words.WORKLIST), more=one_line(self.worklist.case))
        yield names.say(words.AS_OF, when=clock.show(as_of), zone=zone, offset=clock.offset(as_of))
        titles = (each.more(each.say(each.policy.title), each.policy.id) for each in self.names.values())
        yield names.say(range_words.ACROSS, policies=names.listed(titles))

    def _section(self, heading: Wording, rows: list[Iterator[str]]) -> Iterator[str]:
        yield self._any.say(words.HEAD, words=self._any.say(heading), n=len(rows))
        for title, *lines in rows:
            yield f"- {title}"
            yield from (f"    {line}" for line in lines)

    def _entry(self, entry: Entry) -> Iterator[str]:
        names = self.names[entry.claims[0].policy]
        yield self._act(entry)
        if entry.must is not None:
            yield self._due(names, range_words.MUST_BY, entry.must)
        if entry.should is not None:
            yield self._due(names, range_words.SHOULD_BY, entry.should)
        if entry.limit is None:
            yield names.say(range_words.NO_NUMBER)
        for claim in entry.claims:
            yield from self._claim(claim)

    def _act(self, entry: Entry) -> str:
        """Return who is to do what."""
        claim = entry.claims[0]
        names = self.names[claim.policy]
        who = names.bearer(claim.duty) if entry.bearer is None else self._role(entry.bearer)
        if entry.to is None:
            return names.say(range_words.DOES, bearer=who, act=names.type(entry.act))
        return names.say(range_words.DOES_TO, bearer=who, act=names.type(entry.act), to=self._role(entry.to))

    def _role(self, name: str) -> str:
        """Return the title of a role, which one of the policies knows."""
        knowing = (
            each for each in self.names.values() if name in {*each.policy.header.roles, *each.policy.vocabulary.roles}
        )
        return next((each.role(name) for each in knowing), name)

    def _due(self, names: Names, wording: Wording, limit: Limit) -> str:
        micros = limit.due.micros - self.worklist.as_of.micros
        left = range_words.LEFT if micros > 0 else range_words.NOW if micros == 0 else range_words.LATE
        shown = names.say(left, time=duration(abs(micros), names.lang))
        return names.say(wording, due=self._clock(names).end(limit), left=shown)

    def _claim(self, claim: Claim) -> Iterator[str]:
        names, duty = self.names[claim.policy], claim.duty
        limit = duty.limit
        yield names.say(
            range_words.DEMANDED,
            policy=names.policy.id,
            provision=names.instance(duty),
            strength=names.say(words.STRENGTH[duty.strength]),
            due="" if limit is None else names.say(range_words.DUE, due=self._clock(names).end(limit)),
        )
        if claim.means:
            yield "    " + names.say(words.BY_MEANS, means=names.means(claim.means))
        yield from ("    " + names.clause(each) for each in duty.clauses)

    def _conflict(self, conflict: Conflict) -> Iterator[str]:
        yield self._act(conflict.entry)
        yield self._any.say(range_words.IS_OWED)
        yield from (f"    {line}" for each in conflict.owed for line in self._claim(each))
        yield self._any.say(range_words.IS_FORBIDDEN)
        yield from (f"    {line}" for each in conflict.forbidden for line in self._forbids(each))

    def _forbids(self, claim: Claim) -> Iterator[str]:
        yield from self._claim(claim)
        names = self.names[claim.policy]
        until = names.provisions[claim.provision].until
        if until is not None and until.any_ is not None:
            yield "    " + names.say(words.UNTIL_ANY, events=names.types(until.any_))
        elif until is not None and until.all_ is not None:
            yield "    " + names.say(words.UNTIL_ALL, events=names.types(until.all_, words.AND))

    def _clock(self, names: Names) -> Clock:
        return Clock(names.policy.zone, names.lang)
