"""An answer under every reading at once as a page: what depends on the reading, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from policyengine.model.assessment import NO_DUTY, Status
from policyengine.model.provision import Strength
from policyengine.model.ranges import AllReadings, Verdict
from policyengine.report import range_words, words
from policyengine.report.everything import Everything
from policyengine.report.lead import lead
from policyengine.report.moments import Clock
from policyengine.report.names import Names
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.plain import plain
from policyengine.report.rows import fault
from policyengine.report.text import no_duty

if TYPE_CHECKING:
    from policyengine.model.assessment import GapKind
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import Departure, DutyRange, GapRange, Range, Truths
    from policyengine.temporal.limit import Limit
    from policyengine.wording import Lang, Wording

Item = TypeVar("Item")

_MOST_SHOWN = 4
"""Of the combinations under which something is so, as many are shown; the value has them all."""


_UNSETTLED = frozenset({Verdict.SOME, Verdict.UNDETERMINED})
_ON_ONE_LINE = 2
"""So many values stand side by side; more stand one below the other."""


def readings_page(policy: Policy, case: Case, found: AllReadings, lang: Lang) -> Page:
    """Return *found*, what *policy* comes to for *case* under every reading, as a page for people to read."""
    return _Writer(_Titles(policy, lang, found.default, case), Clock(policy.zone, lang), found).page()


def readings_text(policy: Policy, case: Case, found: AllReadings, lang: Lang, *, width: int | None = None) -> str:
    """Return the page of *found* as text, in lines of at most *width* cells; unless given, none is broken."""
    return plain(readings_page(policy, case, found, lang), width=width)


class _Titles(Everything, Names):
    """Titles of everything, whatever reading admits it."""


@dataclass(frozen=True, slots=True)
class _Writer:
    names: _Titles
    clock: Clock
    found: AllReadings

    def page(self) -> Page:
        rows, names = self.found.duties, self.names
        open_ = [each for each in rows if not each.settled]
        settled = [each for each in rows if each.settled]
        live = [each for each in settled if each.statuses.default not in NO_DUTY]
        sections = (
            self._section(range_words.OPEN, map(self._open, open_), Tone.OPEN),
            self._section(range_words.SETTLED, map(self._settled, live)),
            self._section(words.GAPS, map(self._gap, self.found.gaps)),
            self._no_duty([each for each in settled if each.statuses.default in NO_DUTY]),
            self._readings(),
            self._others(),
        )
        title = names.more(names.say(names.policy.title), names.policy.id)
        return Page(title, tuple(self._lead(len(open_))), tuple(each for each in sections if each.lines))

    def _lead(self, open_: int) -> Iterator[Line]:
        names, found = self.names, self.found
        say = names.say
        yield from lead(names, self.clock)
        numbers = {"open": open_, "readings": len(found.readings), "n": found.combinations}
        text = say(range_words.IN_SHORT, total=len(found.duties), **numbers)
        yield Line(text, Tone.OPEN if open_ else Tone.STRONG)

    def _section(self, heading: Wording, rows: Iterable[Line], tone: Tone = Tone.STRONG) -> Section:
        lines = tuple(rows)
        return Section(self.names.say(words.HEAD, words=self.names.say(heading), n=len(lines)), lines, tone)

    def _open(self, row: DutyRange) -> Line:
        return item(self._title(row), self._open_lines(row), Tone.STRONG)

    def _open_lines(self, row: DutyRange) -> Iterator[Line]:
        yield self._values(range_words.STATUS, row.statuses, self._status)
        if row.limits.values != (None,):
            yield self._values(range_words.LIMIT, row.limits, self._limit)
        if len({*row.strengths.values} - {None}) > 1:
            yield self._values(range_words.STRENGTH, row.strengths, self._strength)
        if len({*row.bearers.values} - (set() if row.existing.settled else {None})) > 1:
            yield self._values(range_words.BEARER, row.bearers, self._bearer)
        truths = (
            (range_words.IS_DUTY, row.existing),
            (self._wrong(row), row.violated),
            (range_words.OWED, row.owed),
        )
        for word, truth in truths:
            yield self._verdict(word, truth)
        yield from (Line(self.names.clause(each), Tone.QUIET) for each in row.row.clauses)

    def _wrong(self, row: DutyRange) -> Wording:
        """Return what it is called to miss a duty; what binds in principle only is not flatly violated (S29)."""
        return range_words.DEPARTED if {*row.strengths.values} <= {Strength.SHOULD, None} else range_words.VIOLATED

    def _settled(self, row: DutyRange) -> Line:
        status = self._status(row.statuses.default)
        more = () if row.limits.default is None else (self._limit(row.limits.default),)
        tone = fault(row.row) if row.violated.verdict is Verdict.EVERY else Tone.PLAIN
        return item(self.names.say(words.COLON, word=self._title(row), more=self.names.more(status, *more)), tone=tone)

    def _gap(self, row: GapRange) -> Line:
        gap = self.names.gaps[row.gap]
        under = (
            self._values(range_words.STATUS, row.kinds, self._kind),
            Line(self.names.say(words.MISSING, what=self.names.say(gap.missing))),
            *(Line(self.names.clause(each), Tone.QUIET) for each in row.row.clauses),
        )
        return item(self.names.more(self.names.say(gap.title), row.gap), under, Tone.STRONG)

    def _no_duty(self, rows: list[DutyRange]) -> Section:
        by_status: dict[Status | None, list[str]] = {}
        for row in rows:
            by_status.setdefault(row.statuses.default, []).append(self._title(row))
        lines = tuple(no_duty(self.names, self._status(status), titles) for status, titles in by_status.items())
        heading = self.names.say(words.HEAD, words=self.names.say(range_words.NO_DUTY), n=len(rows))
        return Section(heading, lines, Tone.QUIET)

    def _readings(self) -> Section:
        return Section(self.names.say(range_words.READINGS), tuple(map(self._reading, self.found.readings)))

    def _reading(self, name: str) -> Line:
        say, reading = self.names.say, self.names.policy.readings[name]
        options = []
        for option, says in reading.options.items():
            marked = self.names.more(option, say(words.BY_DEFAULT) if option == reading.default else "")
            options.append(Line(say(words.COLON, word=marked, more=say(says))))
        return item(say(words.COLON, word=name, more=say(reading.question)), options, Tone.STRONG)

    def _others(self) -> Section:
        others = [name for name in self.names.policy.readings if name not in self.found.readings]
        text = self.names.say(range_words.OTHERS, names=self.names.listed(others))
        return Section(None, (Line(text, Tone.QUIET),) if others else ())

    def _title(self, row: DutyRange) -> str:
        return self.names.instance(row.row)

    def _values(self, word: Wording, found: Range[Item], show: Callable[[Item], str]) -> Line:
        """Return everything that something comes to, each with the least departures that bring it about."""
        say = self.names.say
        if found.settled:
            return Line(say(words.COLON, word=say(word), more=self.names.listed(map(show, found.values))))
        shown = [say(range_words.ONLY_WHEN, value=show(each), when=self._when(found, each)) for each in found.values]
        if len(shown) <= _ON_ONE_LINE:
            return Line(say(words.COLON, word=say(word), more=self.names.listed(shown)), Tone.OPEN)
        return Line(say(range_words.VALUES, word=say(word)), under=tuple(Line(each, Tone.OPEN) for each in shown))

    def _verdict(self, word: Wording, truths: Truths) -> Line:
        say, verdict = self.names.say, truths.verdict
        parts = {"when": self._when(truths, True)} if verdict is Verdict.SOME else {}  # noqa: FBT003 - the value asked for
        text = say(words.COLON, word=say(word), more=say(range_words.VERDICT[verdict], **parts))
        return Line(text, Tone.OPEN if verdict in _UNSETTLED else Tone.PLAIN)

    def _when(self, found: Range[Item], value: Item) -> str:
        least = found.least(value)
        shown = [self._departure(each) for each in least[:_MOST_SHOWN]]
        if len(least) > _MOST_SHOWN:
            shown.append(self.names.say(range_words.AND_SO_ON, n=len(least)))
        return self.names.listed(shown, words.OR if len(least) <= _MOST_SHOWN else words.STOP)

    def _departure(self, departure: Departure) -> str:
        if not departure:
            return self.names.say(range_words.BY_DEFAULT)
        return self.names.listed((f"{each.reading}={each.option}" for each in departure), words.AND)

    def _status(self, status: Status | None) -> str:
        return self.names.say(range_words.NOT_THERE if status is None else words.STATUS[status])

    def _limit(self, limit: Limit | None) -> str:
        if limit is None:
            return self.names.say(range_words.NO_LIMIT)
        due = self.clock.end(limit)
        return self.names.say(range_words.PROVISIONAL, due=due) if limit.provisional else due

    def _strength(self, strength: Strength | None) -> str:
        return self.names.say(range_words.NOT_THERE if strength is None else words.STRENGTH[strength])

    def _bearer(self, bearer: str | None) -> str:
        return self.names.say(range_words.NOBODY) if bearer is None else self.names.role(bearer)

    def _kind(self, kind: GapKind | None) -> str:
        return self.names.say(range_words.NOT_MET if kind is None else words.GAP[kind])
