"""One finding in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.analysis.proving.finding import Chain, Check, Dead, FindingKind, Rows, Slack, Unowed
from policyengine.model.provision import UNSTATED
from policyengine.report import phrase_words
from policyengine.report import words as answer_words
from policyengine.report.moments import Clock
from policyengine.report.page import Line, Tone, item
from policyengine.report.phrases import Phrases
from policyengine.report.proof import words as say
from policyengine.report.region_words import grades_words, where

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Expected, Finding, Reach, Step, Waits, Witness
    from policyengine.analysis.sides import Side
    from policyengine.model.assessment import Choice
    from policyengine.model.case import Event
    from policyengine.wording import Lang


class Telling:
    """Turns findings about one policy into lines."""

    def __init__(self, side: Side, lang: Lang, beside: Iterable[Side] = ()) -> None:
        """Tell findings about *side* in *lang*, some of which rest on the policies *beside*."""
        self.titles = {(each.policy.id, name): title for each in beside for name, title in _titles(each, lang)}
        self.side = side
        self.phrases = Phrases(side.policy, lang, side.readings)
        self.clock = Clock(side.policy.zone, lang)

    def finding(self, finding: Finding) -> Line:
        """Return a finding with where it holds, its grounds and its cases."""
        return item(self.headline(finding), self._under(finding), Tone.STRONG)

    def headline(self, finding: Finding) -> str:
        """Return what was found as one phrase."""
        detail = finding.detail
        if isinstance(detail, Chain):
            return self._too_short(finding.subjects[0], detail)
        if isinstance(detail, Dead):
            return self._dead(finding.subjects[0], detail)
        if isinstance(detail, Rows):
            return self._rows(finding.kind, detail)
        if isinstance(detail, Slack):
            return self._slack(finding.subjects[0], detail)
        if isinstance(detail, Unowed):
            return self._unowed(detail)
        return self._waiting(finding, detail)

    def choice(self, choice: Choice) -> str:
        """Return an option of a reading, with what it says."""
        says = self.side.policy.readings[choice.reading].options[choice.option]
        return self.phrases.more(f"{choice.reading}={choice.option}", self.phrases.say(says))

    def _unowed(self, unowed: Unowed) -> str:
        title = self.titles.get((unowed.policy, unowed.provision), unowed.provision)
        policy, clauses = self.titles.get((unowed.policy, ""), unowed.policy), self.phrases.listed(unowed.clauses)
        act = self._act(unowed.act)
        return self.phrases.say(say.UNOWED, policy=policy, act=act, provision=title, clauses=clauses)

    # What was found

    def _waiting(self, finding: Finding, waits: Sequence[Waits]) -> str:
        owed = self.phrases.provision(finding.provisions[0])
        if finding.kind is FindingKind.CONTRADICTION and len(waits) == 1:
            act, forbidding = self._act(waits[0].act), self.phrases.provision(waits[0].provision)
            return self.phrases.say(say.OWED_AND_FORBIDDEN, owed=owed, act=act, forbidding=forbidding)
        circle = self.phrases.listed(map(self._waits, waits), say.CIRCLE)
        return self.phrases.say(say.WAITING, owed=owed, circle=circle)

    def _waits(self, waits: Waits) -> str:
        provision, act = self.phrases.provision(waits.provision), self._act(waits.act)
        if not waits.first:
            return self.phrases.say(say.NEVER_FREE, act=act, provision=provision)
        first = self.phrases.listed(map(self._act, waits.first), answer_words.AND if waits.every else answer_words.OR)
        return self.phrases.say(say.WAITS_FOR, act=act, first=first, provision=provision)

    def _too_short(self, due: str, chain: Chain) -> str:
        legs = (
            self.phrases.say(say.ONE_LEG, length=self.phrases.length(each.within), provision=self._named(each))
            for each in chain.steps
            if each.within is not None
        )
        name = self.phrases.provision(due)
        return self.phrases.say(say.TOO_SHORT, due=name, limit=self._limit(due), steps=self.phrases.listed(legs))

    def _dead(self, name: str, dead: Dead) -> str:
        others = self.phrases.provisions_named(dead.others)
        why = self.phrases.say(say.CAUSE[dead.cause], others=others)
        return self.phrases.say(say.DEAD, provision=self.phrases.provision(name), why=why)

    def _rows(self, kind: FindingKind, rows: Rows) -> str:
        table = self._table(rows.table)
        if kind is FindingKind.OVERLAPPING_ROWS:
            return self.phrases.say(say.MEET, table=table, n=len(rows.rows))
        return self.phrases.say(say.NEVER, table=table, row=self._row(rows.table, rows.rows[0]))

    def _slack(self, name: str, slack: Slack) -> str:
        scale = self.phrases.policy.vocabulary.facts[slack.fact].scale or ""
        limits = (
            self.phrases.say(say.ONE_LIMIT, limit=self._limit(each), provision=self.phrases.provision(each))
            for each in slack.later
        )
        then = say.LATER_LIMIT if slack.later else say.NO_LIMIT
        return self.phrases.say(
            say.SLACK,
            fact=self.phrases.fact(slack.fact),
            milder=grades_words(scale, slack.milder, self.phrases),
            graver=grades_words(scale, slack.graver, self.phrases),
            act=self._act(slack.act),
            limit=self._limit(name),
            provision=self.phrases.provision(name),
            then=self.phrases.say(then, limits=self.phrases.listed(limits)),
        )

    def _act(self, name: str) -> str:
        return self.phrases.named(self.phrases.type(name))

    def _named(self, step: Step) -> str:
        return "" if step.provision is None else self.phrases.provision(step.provision)

    def _limit(self, name: str) -> str:
        provision = self.side.provision(name)
        if provision is None or provision.deadline is None:
            return self.phrases.say(say.NO_LIMIT)
        return self.phrases.deadline(provision.deadline, provision.upon or ())

    # Decision tables

    def _table(self, name: str) -> str:
        facts = self.phrases.policy.vocabulary.facts
        return self.phrases.fact(name) if name in facts else self.phrases.role(name)

    def _row(self, name: str, place: int) -> str:
        table = next(
            found for each in self.side.policy.tables if (found := each.under(self.side.readings)) and found.id == name
        )
        value = table.rows[place].then if place < len(table.rows) else table.else_
        if value == UNSTATED:
            shown = self.phrases.say(answer_words.UNKNOWN)
        else:
            shown = self.phrases.role(str(value)) if table.assigns is not None else self.phrases.value(name, value)
        if place == len(table.rows):
            return self.phrases.say(say.ELSE_ROW, value=shown)
        return self.phrases.say(say.ROW, n=place + 1, when=self.phrases.condition(table.rows[place].when), value=shown)

    # Where it holds, and what shows it

    def _under(self, finding: Finding) -> Iterator[Line]:
        if isinstance(finding.detail, Rows) and finding.kind is FindingKind.OVERLAPPING_ROWS:
            rows = tuple(Line(self._row(finding.detail.table, each)) for each in finding.detail.rows)
            yield Line(self.phrases.say(say.WHERE_TWO), under=rows)
        else:
            yield Line(where(finding.regions, self.phrases) or self.phrases.say(say.EVERYWHERE))
        if isinstance(finding.detail, Chain):
            yield from self._chain(finding.detail)
        if finding.stated:
            gaps = {each.id: each for each in self.side.gaps}
            named = (self.phrases.more(self.phrases.say(gaps[each].title), each) for each in finding.stated)
            yield Line(self.phrases.say(say.STATED_BY, gaps=self.phrases.listed(named)), Tone.GOOD)
        yield from (Line(self.phrases.clause(each), Tone.QUIET) for each in finding.clauses)
        if finding.reach is not None:
            yield Line(self._reach(finding.reach), Tone.OPEN if finding.reach.gone else Tone.QUIET)
        for number, each in enumerate(finding.witnesses, start=1):
            yield self._witness(number, each)

    def _chain(self, chain: Chain) -> Iterator[Line]:
        when = self.phrases.say(say.ALWAYS if chain.always else say.SOMETIMES)
        yield Line(when + (self.phrases.say(say.AS_ANNOUNCED) if chain.announced_only else ""))
        yield Line(self.phrases.say(say.STEPS), under=tuple(Line(self._step(each)) for each in chain.steps))

    def _step(self, step: Step) -> str:
        act, provision = self._act(step.act), self._named(step)
        if step.within is not None:
            return self.phrases.say(
                say.STEP_LIMIT, act=act, length=self.phrases.length(step.within), provision=provision
            )
        return self.phrases.say(say.STEP_UNTIMED if provision else say.STEP_FREE, act=act, provision=provision)

    def _reach(self, reach: Reach) -> str:
        if not reach.asked:
            return self.phrases.say(say.NO_READING)
        if not reach.gone:
            return self.phrases.say(say.EVERY_READING, n=len(reach.asked))
        if len(reach.gone) == len(reach.asked):
            return self.phrases.say(say.ONLY_THIS, n=len(reach.asked))
        gone = self.phrases.listed(map(self.choice, reach.gone))
        return self.phrases.say(say.SOME_READINGS, gone=gone, n=len(reach.asked))

    def _witness(self, number: int, witness: Witness) -> Line:
        expected = self.phrases.listed(self._expected(witness.expected)) or self.phrases.say(say.NOBODY_OWES)
        text = self.phrases.say(say.SHOWN, n=number, when=self.clock.show(witness.as_of), expected=expected)
        facts = [
            self.phrases.say(answer_words.COLON, word=self.phrases.fact(name), more=self.phrases.value(name, value))
            for name, value in witness.case.facts.items()
        ]
        events = [self._event(each) for each in witness.case.events] or [self.phrases.say(say.NO_EVENTS)]
        return Line(text, under=tuple(Line(each, Tone.QUIET) for each in (*facts, *events)))

    def _expected(self, expected: Iterable[Expected]) -> Iterator[str]:
        """Yield what the reference says, together what it says alike."""
        alike: dict[Check, dict[str, None]] = {}
        for each in expected:
            alike.setdefault(each.check, {})[self._subject(each)] = None
        for check, names in alike.items():
            yield self.phrases.say(say.CHECK[check], name=self.phrases.listed(names, phrase_words.TOGETHER))

    def _subject(self, expected: Expected) -> str:
        if expected.check in {Check.OTHER_VALUE, Check.NO_VALUE}:
            return self.phrases.named(self.phrases.fact(expected.name))
        return self.phrases.provision(expected.name)

    def _event(self, event: Event) -> str:
        by = [] if event.by is None else [self.phrases.say(say.BY, role=self.phrases.role(event.by))]
        to = [self.phrases.say(say.TO, role=self.phrases.role(each)) for each in event.to]
        what = self.phrases.more(self._act(event.type), *by, *to, *self._attributes(event))
        return self.phrases.say(say.EVENT, when=self.clock.show(event.at), type=what)

    def _attributes(self, event: Event) -> Iterable[str]:
        for name, value in event.attributes.items():
            values = value if isinstance(value, tuple) else (value,)
            shown = self.phrases.listed(self.phrases.attribute_value(name, each) for each in values)
            yield self.phrases.say(answer_words.COLON, word=self.phrases.attribute(name), more=shown)


def _titles(side: Side, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the titles of the provisions of *side*, and that of the policy under no name."""
    phrases = Phrases(side.policy, lang, side.readings)
    yield "", phrases.say(side.policy.title)
    for each in side.provisions:
        yield each.id, phrases.provision(each.id)
