"""A worklist as a page: what is next, what is to be done by when and on whose clauses, what is open, what conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.assessment import Status, urgency
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report import worklist_words as say
from policyengine.report.moments import Clock
from policyengine.report.names import Names, one_line
from policyengine.report.page import Line, Page, Section, Tone
from policyengine.report.plain import plain
from policyengine.report.worklist_entries import Entries
from policyengine.report.worklist_sheet import Sheet

if TYPE_CHECKING:
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments
    from policyengine.model.worklist import Entry, Worklist
    from policyengine.wording import Lang, Wording


def worklist_text(
    policies: Sequence[Policy], case: Case, found: Assessments, lang: Lang, *, same: Mapping[str, str] = FrozenMap()
) -> str:
    """Return the worklist of *found*, the answers of *policies* for *case*, for people to read; no line is wrapped.

    Args:
        policies: those that gave the answers, in any order.
        case: the case.
        found: the answers.
        lang: the language.
        same: roles of one policy that are roles of another here, as in `Assessments.worklist`.
    """
    return plain(worklist_page([Sheet(policies, case, found, found.worklist(same=same))], lang))


def worklist_page(sheets: Sequence[Sheet], lang: Lang, *, by_bearer: bool = False) -> Page:
    """Return the worklist of one case, or of several as one list in which everything tells its case.

    Args:
        sheets: one for each case, at least one; all of one instant.
        lang: the language.
        by_bearer: whether what is to be done stands under whoever is to do it, rather than in the order of urgency.
    """
    several_policies = len({answer.policy for sheet in sheets for answer in sheet.found}) > 1
    pages = [Entries(each, lang, names_case=len(sheets) > 1, names_policy=several_policies) for each in sheets]
    writer = _Writer(pages)
    return Page(writer.title(), tuple(writer.lead()), tuple(writer.sections(by_bearer=by_bearer)))


class _Told(NamedTuple):
    """An entry with what writes it."""

    by: Entries
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Writer:
    cases: Sequence[Entries]

    @property
    def _any(self) -> Names:
        return self.cases[0].first

    @property
    def _worklists(self) -> list[Worklist]:
        return [each.sheet.worklist for each in self.cases]

    def _all(self, which: Callable[[Worklist], Iterable[Entry]]) -> list[_Told]:
        """Return the entries of all cases, the most urgent first."""
        found = (_Told(each, entry) for each in self.cases for entry in which(each.sheet.worklist))
        return sorted(found, key=lambda told: told.entry.urgency)

    # What is told at a glance

    def title(self) -> str:
        names, case = self._any, self.cases[0].sheet.case
        of = [one_line(each) for each in (case.id, case.title) if each is not None]
        if len(self.cases) > 1:
            of = [names.say(say.OF_CASES, n=len(self.cases))]
        return names.say(words.COLON, word=names.say(say.WORKLIST), more=names.say(words.STOP).join(of))

    def lead(self) -> Iterator[Line]:
        names, worklists = self._any, self._worklists
        clock, as_of = Clock(names.policy.zone, names.lang), worklists[0].as_of
        zone, offset = names.policy.zone.name, clock.offset(as_of)
        yield Line(names.say(words.AS_OF, when=clock.show(as_of), zone=zone, offset=offset))
        yield Line(names.say(say.ACROSS, policies=names.listed(self._policies())), Tone.QUIET)
        role = worklists[0].role
        if role is not None:
            yield Line(names.say(say.FOR_ROLE, role=self.cases[0].role(role)))
        yield from (Line(each, Tone.OPEN) for each in self._premises())
        counts = list(self._counts())
        if counts:
            yield Line(names.say(words.IN_SHORT, parts=names.listed(counts)))
        yield from self._next()
        facts = [] if len(self.cases) > 1 else list(_lacking(self.cases[0]))
        if facts:
            yield Line(names.say(say.TO_FIND_OUT, facts=names.listed(facts)), Tone.OPEN)

    def _policies(self) -> Iterable[str]:
        names = (each for case in self.cases for each in case.names.values())
        return dict.fromkeys(each.more(each.say(each.policy.title), each.policy.id) for each in names)

    def _premises(self) -> Iterator[str]:
        """Yield how much of each log is there, and what is not read as the policies read it by default."""
        for each in self.cases:
            clock, answer = Clock(each.first.policy.zone, each.lang), each.first.assessment
            for wording, instant in ((words.KNOWN_AT, answer.known_at), (words.LOG_ENDS, answer.known_until)):
                if instant is not None:
                    yield each.in_case(each.first.say(wording, when=clock.show(instant)))
            yield from map(each.in_case, each.first.unseen())
        names = (each for case in self.cases for each in case.names.values())
        yield from dict.fromkeys(told for each in names for told in _other_readings(each))

    def _counts(self) -> Iterator[str]:
        found = self._worklists
        entries = [entry for each in found for entry in each.entries]
        counts = (
            (say.TO_DO_COUNT, entries),
            (say.LATE_COUNT, [each for each in entries if each.late]),
            (say.OPEN_COUNT, [each for worklist in found for each in worklist.undetermined]),
            (say.FORBIDDEN_COUNT, [each for worklist in found for each in worklist.forbidden]),
            (say.CONFLICT_COUNT, [each for worklist in found for each in worklist.conflicts]),
        )
        yield from (self._any.say(wording, n=len(each)) for wording, each in counts if each)

    def _next(self) -> Iterator[Line]:
        """Yield what is due next over all cases."""
        running = [(each, claim) for each in self.cases if (claim := each.sheet.worklist.next_due) is not None]
        if not any(each.entries for each in self._worklists):
            yield Line(self._any.say(say.NOTHING_TO_DO), Tone.GOOD)
        elif not running:
            yield Line(self._any.say(say.NO_NEXT))
        for by, claim in sorted(running, key=lambda found: urgency(found[1].duty))[:1]:
            entry = next(each for each in by.sheet.worklist.entries if claim in each.claims)
            due, left = by.due(claim) or ("", "")
            yield Line(self._any.say(say.NEXT_DUE, due=due, left=left, what=by.title(entry)), Tone.STRONG)

    # The lists

    def sections(self, *, by_bearer: bool) -> Iterator[Section]:
        told = self._all(lambda each: each.entries)
        placed = _placed(told, _bearer if by_bearer else lambda each: each.by.first.say(_heading(each.entry)))
        for heading, entries in placed.items():
            yield self._section(heading, [each.by.entry(each.entry, names_bearer=not by_bearer) for each in entries])
        conflicts = [each.conflict(found) for each in self.cases for found in each.sheet.worklist.conflicts]
        others = (
            (say.CONFLICTS, conflicts),
            (say.MAY_BE_OWED, self._entries(lambda each: _of_kind(each.undetermined, prohibitions=False))),
            (say.FORBIDDEN, self._entries(lambda each: each.forbidden)),
            (say.MAY_BE_FORBIDDEN, self._entries(lambda each: _of_kind(each.undetermined, prohibitions=True))),
        )
        yield from (self._section(self._any.say(heading), lines) for heading, lines in others if lines)

    def _entries(self, which: Callable[[Worklist], Iterable[Entry]]) -> list[Line]:
        return [each.by.entry(each.entry) for each in self._all(which)]

    def _section(self, heading: str, lines: Sequence[Line]) -> Section:
        return Section(self._any.say(words.HEAD, words=heading, n=len(lines)), tuple(lines))


def _placed(told: Iterable[_Told], heading: Callable[[_Told], str]) -> dict[str, list[_Told]]:
    """Return what is told under which heading, in order."""
    found: dict[str, list[_Told]] = {}
    for each in told:
        found.setdefault(heading(each), []).append(each)
    return found


def _bearer(told: _Told) -> str:
    bearer = told.entry.bearer
    return told.by.first.say(say.NOBODY_SETTLED) if bearer is None else told.by.role(bearer)


def _heading(entry: Entry) -> Wording:
    duty = entry.claims[0].duty
    if duty.limit is not None:
        return say.LATE if entry.late else say.DUE
    if duty.status is Status.NOT_STARTED:
        return words.NOT_STARTED
    return words.STANDING if duty.standing else say.WITHOUT_NUMBER


def _of_kind(entries: Iterable[Entry], *, prohibitions: bool) -> Iterator[Entry]:
    return (each for each in entries if (each.strengths == (Strength.MUST_NOT,)) is prohibitions)


def _lacking(case: Entries) -> Iterable[str]:
    """Return the facts that would settle what is undetermined, each once."""
    worklist = case.sheet.worklist
    claims = (claim for entry in (*worklist.entries, *worklist.undetermined) for claim in entry.claims)
    return dict.fromkeys(case.names[each.policy].fact(name) for each in claims for name in each.duty.missing_facts)


def _other_readings(names: Names) -> Iterator[str]:
    readings = names.policy.readings
    chosen = [each for each in names.assessment.readings if each.option != readings[each.reading].default]
    if chosen:
        listed = names.listed(f"{each.reading}={each.option}" for each in chosen)
        yield names.say(say.OTHER_READINGS, policy=names.policy.id, readings=listed)
