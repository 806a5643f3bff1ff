"""An answer under every reading at once as text: what depends on the reading, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from policyengine.model.assessment import NO_DUTY, Status
from policyengine.model.ranges import AllReadings, Verdict
from policyengine.report import range_words, words
from policyengine.report.everything import Everything
from policyengine.report.moments import Clock
from policyengine.report.names import Names, one_line

if TYPE_CHECKING:
    from policyengine.model.assessment import GapKind
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Strength
    from policyengine.model.ranges import Departure, DutyRange, GapRange, Range, Truths
    from policyengine.temporal.limit import Limit
    from policyengine.wording import Lang, Wording

Item = TypeVar("Item")

_MOST_SHOWN = 4
"""Of the combinations under which something is so, as many are shown; the value has them all."""


def readings_text(policy: Policy, case: Case, found: AllReadings, lang: Lang) -> str:
    """Return *found*, what *policy* comes to for *case* under every reading, for people to read."""
    writer = _Writer(_Titles(policy, found.default, case, lang), Clock(policy.zone, lang), found)
    return "\n\n".join("\n".join(part) for part in map(tuple, writer.parts()) if part) + "\n"


class _Titles(Everything, Names):
    """Titles of everything, whatever reading admits it."""


@dataclass(frozen=True, slots=True)
class _Writer:
    names: _Titles
    clock: Clock
    found: AllReadings

    def parts(self) -> Iterator[Iterable[str]]:
        rows = self.found.duties
        open_ = [each for each in rows if not each.settled]
        settled = [each for each in rows if each.settled]
        live = [each for each in settled if each.statuses.default not in NO_DUTY]
        yield self._header(len(open_))
        yield self._section(range_words.OPEN, [self._open(each) for each in open_])
        yield self._section(range_words.SETTLED, [self._settled(each) for each in live])
        yield self._section(words.GAPS, [self._gap(each) for each in self.found.gaps])
        yield self._no_duty([each for each in settled if each.statuses.default in NO_DUTY])
        yield self._readings()

    def _header(self, open_: int) -> Iterator[str]:
        names, found = self.names, self.found
        policy, say = names.policy, names.say
        yield names.more(say(policy.title), policy.id)
        case = say(words.CASE, id=one_line(found.case))
        yield case if names.case.title is None else say(words.COLON, word=case, more=one_line(names.case.title))
        when, offset = self.clock.show(found.as_of), self.clock.offset(found.as_of)
        yield say(words.AS_OF, when=when, zone=policy.zone.name, offset=offset)
        numbers = {"open": open_, "readings": len(found.readings), "n": found.combinations}
        yield say(range_words.IN_SHORT, total=len(found.duties), **numbers)

    def _section(self, heading: Wording, rows: list[Iterator[str]]) -> Iterator[str]:
        if rows:
            yield self.names.say(words.HEAD, words=self.names.say(heading), n=len(rows))
        for title, *lines in rows:
            yield f"- {title}"
            yield from (f"    {line}" for line in lines)

    def _open(self, row: DutyRange) -> Iterator[str]:
        yield self._title(row)
        yield self._values(range_words.STATUS, row.statuses, self._status)
        if row.limits.values != (None,):
            yield self._values(range_words.LIMIT, row.limits, self._limit)
        if len({*row.strengths.values} - {None}) > 1:
            yield self._values(range_words.STRENGTH, row.strengths, self._strength)
        if len({*row.bearers.values} - (set() if row.existing.settled else {None})) > 1:
            yield self._values(range_words.BEARER, row.bearers, self._bearer)
        truths = (
            (range_words.IS_DUTY, row.existing),
            (range_words.VIOLATED, row.violated),
            (range_words.OWED, row.owed),
        )
        for word, truth in truths:
            yield self._verdict(word, truth)
        yield from (self.names.clause(each) for each in row.row.clauses)

    def _settled(self, row: DutyRange) -> Iterator[str]:
        status = self._status(row.statuses.default)
        more = () if row.limits.default is None else (self._limit(row.limits.default),)
        yield self.names.say(words.COLON, word=self._title(row), more=self.names.more(status, *more))

    def _gap(self, row: GapRange) -> Iterator[str]:
        gap = self.names.gaps[row.gap]
        yield self.names.more(self.names.say(gap.title), row.gap)
        yield self._values(range_words.STATUS, row.kinds, self._kind)
        yield self.names.say(words.MISSING, what=self.names.say(gap.missing))
        yield from (self.names.clause(each) for each in row.row.clauses)

    def _no_duty(self, rows: list[DutyRange]) -> Iterator[str]:
        by_status: dict[Status | None, list[str]] = {}
        for row in rows:
            by_status.setdefault(row.statuses.default, []).append(self._title(row))
        if rows:
            yield self.names.say(words.HEAD, words=self.names.say(range_words.NO_DUTY), n=len(rows))
        for status, titles in by_status.items():
            yield "- " + self.names.say(words.COLON, word=self._status(status), more=self.names.listed(titles))

    def _readings(self) -> Iterator[str]:
        say, policy = self.names.say, self.names.policy
        if self.found.readings:
            yield say(range_words.READINGS)
        for name in self.found.readings:
            reading = policy.readings[name]
            yield "- " + say(words.COLON, word=name, more=say(reading.question))
            for option, says in reading.options.items():
                marked = self.names.more(option, say(words.BY_DEFAULT) if option == reading.default else "")
                yield "    " + say(range_words.OPTION, option=marked, says=say(says))
        others = [name for name in policy.readings if name not in self.found.readings]
        if others:
            yield say(range_words.OTHERS, names=self.names.listed(others))

    def _title(self, row: DutyRange) -> str:
        return self.names.instance(row.row)

    def _values(self, word: Wording, found: Range[Item], show: Callable[[Item], str]) -> str:
        """Return everything that something comes to, each with the least departures that bring it about."""
        say = self.names.say
        shown = [show(each) for each in found.values]
        if not found.settled:
            shown = [
                say(range_words.ONLY_WHEN, value=show(each), when=self._when(found, each)) for each in found.values
            ]
        return say(words.COLON, word=say(word), more=self.names.listed(shown))

    def _verdict(self, word: Wording, truths: Truths) -> str:
        say, verdict = self.names.say, truths.verdict
        parts = {"when": self._when(truths, True)} if verdict is Verdict.SOME else {}  # noqa: FBT003 - the value asked for
        return say(words.COLON, word=say(word), more=say(range_words.VERDICT[verdict], **parts))

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
