"""The first page: what it comes to for each regulation, the table of relations, and how to read all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.analysis.comparing import graded
from policyengine.model.vocabulary import Topic
from policyengine.report.comparison import words as compared
from policyengine.report.regulation.markup import capital, code, heading, inline, items, table
from policyengine.report.side_by_side import words
from policyengine.report.side_by_side.telling import SYNOPSIS, anchor_of, argument_of, page_of
from policyengine.report.strictness.both_ways import numbered

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Cell, Row
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.report.side_by_side.telling import Telling
    from policyengine.report.side_by_side.values import Held, Stretch


def overview(told: Telling) -> str:
    """Return the page as Markdown that ends with a line end."""
    numbers = iter(words.NUMBERS)
    lines = [*_front(told), *_in_short(told)]
    for parent in told.found.parents:
        lines += _Table(told, told.found.against(parent)).lines(told.say(next(numbers)))
    lines += _besides(told, told.say(next(numbers)))
    lines += _how_to_read(told, told.say(next(numbers)))
    return "\n".join(lines).rstrip("\n") + "\n"


def _front(told: Telling) -> Iterator[str]:
    parents = told.phrases.listed((told.short[each] for each in told.found.parents), compared.TOGETHER)
    yield from heading(1, told.say(words.TITLE))
    yield from (told.say(words.GENERATED), "")
    yield from (inline(told.say(words.ABOUT, n=len(told.found.regulations), parents=parents)), "")
    page = page_of(SYNOPSIS, told.lang)
    yield from items([told.say(words.SYNOPSIS_LINK, title=told.say(words.SYNOPSIS), page=page)])
    for each in told.found.regulations:
        title = inline(told.say(told.policy(each).title))
        link = told.say(words.REGULATION_LINK, title=title, page=page_of(argument_of(each), told.lang))
        yield from items([link])
    yield ""


def _in_short(told: Telling) -> Iterator[str]:
    yield from heading(2, told.say(words.IN_SHORT))
    yield from (told.say(words.IN_SHORT_ABOUT), "")
    for name in told.found.regulations:
        yield from items([f"[{inline(told.short[name])}]({page_of(argument_of(name), told.lang)})"])
        for held in told.found.of(name):
            if held.basis:
                parent = inline(told.short[held.parent.policy.id])
                yield from items([told.say(words.COUNTED, parent=parent, **told.counts(held))], depth=1)
                yield from items([_numbers(told, held)], depth=2)
        yield from items([_own_text(told, name)], depth=1)
    yield ""


def _numbers(told: Telling, held: Held) -> str:
    """Return which demands with a number are not met, and for which grades, as Markdown."""
    grades: dict[str, tuple[Provision, str, list[str]]] = {}
    for point in held.points:
        for stretch in point.stretches:
            for each in (one for shown in stretch.unmet for one in shown.provisions if numbered(one)):
                grades.setdefault(each.id, (each, point.act, []))[2].extend(stretch.grades)
    page, parent = page_of(argument_of(held.own.policy.id), told.lang), held.parent.policy.id
    found = (
        told.say(
            words.NUMBER_UNMET,
            title=f"[{inline(told.say(each.title))}]({page}#{anchor_of(parent, act)})",
            where=told.grades(stretch),
        )
        for each, act, stretch in grades.values()
    )
    demands = told.phrases.listed(found)
    return told.say(words.NUMBERS_UNMET, demands=demands) if demands else told.say(words.NUMBERS_MET)


def _own_text(told: Telling, name: str) -> str:
    proof = told.found.proofs[name]
    counts = [
        told.say(wording, n=len(found))
        for wording, found in ((words.FOUND_COUNT, proof.findings), (words.STATED_COUNT, proof.stated))
        if found
    ]
    return told.say(words.TENSIONS, counts=told.phrases.listed(counts) or told.say(words.NOTHING_FOUND))


@dataclass(frozen=True)
class _Table:
    """All regulations against one parent."""

    told: Telling
    held: Sequence[Held]

    def lines(self, number: str) -> Iterator[str]:
        told, parent = self.told, self.held[0].parent.policy.id
        short = inline(told.short[parent])
        yield from heading(2, told.say(words.TABLE_OF, number=number, parent=short))
        if not all(each.basis for each in self.held):
            yield from (told.say(words.FOR_REFERENCE, parent=short), "")
        head = [told.say(words.DEMAND), told.say(words.GRADES), *map(self._column, self.held)]
        yield from table(head, (row for place in range(len(self.held[0].points)) for row in self._rows(place)))

    def _column(self, held: Held) -> str:
        short = inline(self.told.short[held.own.policy.id])
        return short if held.basis else self.told.say(words.REFERENCE, short=short)

    def _rows(self, place: int) -> Iterator[list[str]]:
        """Yield the rows of one act: grades of which all columns say the same together."""
        points = [each.points[place] for each in self.held]
        scale = [each for point in points for stretch in point.stretches for each in stretch.grades]
        known = [each for each in self._scale() if each in scale]
        above = ""
        cells = [(grade, tuple(_at(point.stretches, grade) for point in points)) for grade in known]
        for _, same in groupby(cells, key=lambda pair: self._words(pair[1])):
            grades, stretches = zip(*same, strict=True)
            row = stretches[-1]
            demanded = next((each.demanded for each in row if each is not None), ())
            shown = [self._cell(held, points[0].act, each) for held, each in zip(self.held, row, strict=True)]
            demand = self._demand(points[0].act, demanded)
            yield [self.told.say(compared.AS_ABOVE) if demand == above else demand, self.told.grades(grades), *shown]
            above = demand

    def _scale(self) -> tuple[str, ...]:
        scale = self.told.found.whole.scale
        return tuple(each.id for each in self.told.phrases.policy.vocabulary.scales[scale]) if scale else ()

    def _words(self, row: Sequence[Stretch | None]) -> object:
        demanded = next((each.demanded for each in row if each is not None), ())
        return [each and (each.relation, each.everywhere) for each in row], [each.id for each in demanded]

    def _demand(self, act: str, demanded: Sequence[Provision]) -> str:
        told, parent = self.told, self.held[0].parent.policy.id
        title = inline(told.phrases.type(act))
        if not demanded:
            return told.say(words.SHORT_OF, act=title, limits=told.say(words.NO_DEMAND))
        named = told.named(parent, told.found.whole.given)
        limits = dict.fromkeys(named.telling.demand(each, _topic(each)).limit for each in demanded)
        clauses = dict.fromkeys(name for each in demanded for name in each.clause)
        text = told.say(words.SHORT_OF, act=title, limits=inline(told.phrases.listed(limits)))
        return told.say(words.CLAUSED, norm=text, clauses=told.phrases.listed(map(code, clauses)))

    def _cell(self, held: Held, act: str, stretch: Stretch | None) -> str:
        if stretch is None:
            return ""
        word = self.told.relation(stretch.relation, everywhere=stretch.everywhere)
        page = page_of(argument_of(held.own.policy.id), self.told.lang)
        return f"[{word}]({page}#{anchor_of(held.parent.policy.id, act)})"


def _topic(provision: Provision) -> Topic:
    return Topic(id=provision.act, title=provision.title, acts=(provision.act,))


def _at(stretches: Sequence[Stretch], grade: str) -> Stretch | None:
    return next((each for each in stretches if grade in each.grades), None)


def _besides(told: Telling, number: str) -> Iterator[str]:
    """Yield the table of what the vocabulary names and no parent demands."""
    yield from heading(2, told.say(words.BESIDES, number=number))
    yield from (told.say(words.BESIDES_ABOUT), "")
    head = [
        told.say(words.TOPIC),
        told.say(words.GRADES),
        *(inline(told.short[each]) for each in told.found.regulations),
    ]
    rows = []
    for _, several in groupby(told.found.besides.rows, key=lambda row: (row.topic.id, _relations(told, row))):
        same = list(several)
        grades = [grade for row in same for grade in row.grades]
        page = f"{page_of(SYNOPSIS, told.lang)}#{same[0].topic.id.replace('_', '-')}"
        relations = _relations(told, same[0])
        if any(relations):
            title = inline(told.say(same[0].topic.title))
            rows.append(
                [capital(title), told.grades(grades), *(f"[{each}]({page})" if each else "" for each in relations)]
            )
    yield from table(head, rows)


def _relations(told: Telling, row: Row) -> tuple[str, ...]:
    cells = {each.policy: each for each in row.cells}
    return tuple(_word(told, cells[name]) for name in told.found.regulations)


def _word(told: Telling, cell: Cell) -> str:
    return "" if cell.relation is None else told.relation(cell.relation, everywhere=True)


def _how_to_read(told: Telling, number: str) -> Iterator[str]:
    yield from heading(2, told.say(words.HOW_TO_READ, number=number))
    rows = ((told.say(compared.RELATION[each]), told.say(means)) for each, means in words.RELATION.items())
    yield from table([told.say(words.LEGEND), told.say(words.MEANS)], rows)
    if told.found.whole.given:
        yield from items([told.say(words.GIVEN, facts=inline(told.given()))])
    if facts := graded(told.phrases.policy.vocabulary, told.found.whole.scale):
        names = told.phrases.listed(map(told.phrases.fact, facts), compared.TOGETHER)
        yield from items([told.say(words.GRADED, facts=inline(names))])
    yield from items(told.say(each) for each in words.CLAIMS)
    if unseen := [name for name, side in told.sides.items() if not _at_hand(side.policy)]:
        short = told.phrases.listed((told.short[each] for each in unseen), compared.TOGETHER)
        yield from items([told.say(words.NOT_AT_HAND, short=inline(short))])
    yield from ("", told.say(words.DEFINED), "")


def _at_hand(policy: Policy) -> bool:
    return all(each.at_hand for each in policy.header.source.clauses.values())
