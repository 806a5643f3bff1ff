"""One regulation against its parents, act by act: clause against clause, with cases and readings; then its own text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.provision import Provision
from policyengine.report.comparison import words as compared
from policyengine.report.region_words import where
from policyengine.report.regulation.markup import code, heading, inline, items
from policyengine.report.side_by_side import words
from policyengine.report.side_by_side.own_text import own_text
from policyengine.report.side_by_side.telling import OVERVIEW, SYNOPSIS, anchor_of, bullets, page_of
from policyengine.report.strictness.both_ways import numbered
from policyengine.report.strictness.example import Example

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Relation
    from policyengine.analysis.regions import Region
    from policyengine.analysis.strictness import Finding
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap
    from policyengine.report.side_by_side.telling import Telling
    from policyengine.report.side_by_side.values import Asked, Held, Point, Shown, Stretch, Turn
    from policyengine.report.strictness.naming import Named

    _Naming = Callable[[Mapping[str, FactValue]], Named]

_MOST_NORMS, _MOST_WIDER = 3, 1


def argument(told: Telling, policy: str) -> str:
    """Return the page on *policy* as Markdown that ends with a line end."""
    lines = [*_front(told, policy)]
    for held in told.found.of(policy):
        lines += _Argument(told, held).lines()
    lines += own_text(told, policy)
    return "\n".join(lines).rstrip("\n") + "\n"


def _front(told: Telling, policy: str) -> Iterator[str]:
    title = inline(told.say(told.policy(policy).title))
    yield from heading(1, told.say(words.AGAINST_TITLE, title=title))
    pages = {"overview": OVERVIEW, "synopsis": SYNOPSIS, "policy": policy}
    links = {name: page_of(each, told.lang) for name, each in pages.items()}
    yield from (told.say(words.BACK, **links), "", told.say(words.GENERATED), "")
    if told.found.whole.given:
        yield told.say(words.GIVEN, facts=inline(told.given()))
    yield from (told.say(words.USUAL, trigger=inline(told.usual_trigger)), "")


@dataclass(frozen=True)
class _Argument:
    """One regulation held against one parent."""

    told: Telling
    held: Held

    def lines(self) -> Iterator[str]:
        told, held = self.told, self.held
        parent = inline(told.short[held.parent.policy.id])
        yield from heading(2, told.say(words.HELD_AGAINST if held.basis else words.HELD_FOR_REFERENCE, parent=parent))
        if held.basis:
            yield from (told.say(words.OVERVIEW, **told.counts(held)), "")
        else:
            yield from (told.say(words.REFERENCE_ABOUT), "")
        for point in held.points:
            if point.stretches:
                yield from self._point(point)

    def _point(self, point: Point) -> Iterator[str]:
        told = self.told
        yield from (f'<a id="{anchor_of(self.held.parent.policy.id, point.act)}"></a>', "")
        yield from heading(3, inline(told.phrases.type(point.act)))
        parent = self._parent(told.found.whole.given)
        for each in point.asked:
            yield from items([told.norm(parent, each.provision, point.act)])
        for stretch in point.stretches:
            yield from self._stretch(point, stretch)
        yield from items(self._readings(each, alone=len(point.asked) == 1) for each in point.asked)
        yield ""

    def _stretch(self, point: Point, stretch: Stretch) -> Iterator[str]:
        word = self.told.relation(stretch.relation, everywhere=stretch.everywhere)
        yield from items([self.told.say(words.HEAD, grades=self.told.grades(stretch.grades), word=word)])
        if not self.held.basis and not any(map(numbered, stretch.demanded)):
            return
        yield from items(self._parts(stretch), depth=1)
        yield from items(self._own(point, stretch), depth=1)
        for shown in stretch.unmet:
            yield from self._case(shown, self._parent, self._regulation)
        for shown in stretch.beyond:
            title = self.told.say(shown.provisions[0].title)
            text = self.told.claused(title, self.held.own.policy.id, shown.provisions[0])
            yield from items([self.told.say(words.BEYOND, norm=text)], depth=1)
            yield from self._case(shown, self._regulation, self._parent)

    def _parts(self, stretch: Stretch) -> Iterator[str]:
        """Yield where it stands how, if not everywhere alike."""
        told, among = self.told, [region for region, _ in stretch.parts]
        alike: dict[tuple[Relation, ...], list[Region]] = {}
        for region, relations in stretch.parts:
            alike.setdefault(relations, []).append(region)
        for relations, regions in alike.items():
            word = told.phrases.listed((told.relation(each, everywhere=True) for each in relations), compared.TOGETHER)
            place = where(regions, told.phrases, among) or told.say(words.ELSEWHERE)
            yield inline(told.say(words.SAYS, head=word, more=place))

    def _own(self, point: Point, stretch: Stretch) -> Iterator[str]:
        """Yield what the regulation says there; of what is only wider than the act, less."""
        named, told = self._regulation(stretch.given), self.told
        if not stretch.own:
            yield inline(told.say(words.NO_WORDS, short=named.short))
        provisions: list[Provision] = [each for each in stretch.own if isinstance(each, Provision)]
        gaps: list[Gap] = [each for each in stretch.own if not isinstance(each, Provision)]
        near = any(each.act in named.side.vocabulary.kinds(point.act) for each in provisions)
        shown = provisions[: _MOST_NORMS if near else _MOST_WIDER]
        yield from (told.norm(named, each, point.act) for each in shown)
        yield from (told.norm(named, each, point.act) for each in gaps)
        if len(shown) < len(provisions):
            yield told.say(words.MORE, n=len(provisions) - len(shown))

    def _case(self, shown: Shown, theirs: _Naming, ours: _Naming) -> Iterator[str]:
        """Yield the case that shows that what one side demands the other does not match."""
        first, *more = shown.provisions
        if shown.case is None:
            yield from items([self.told.say(words.NO_CASE)], depth=1)
            return
        given = self.told.found.whole.given
        yield from bullets(Example(theirs(given), ours(given), first.act).lines(shown.case), depth=1)
        if more:
            titles = self.told.phrases.listed(self.told.say(each.title) for each in more)
            yield from items([inline(self.told.say(words.ALSO, titles=titles))], depth=1)

    def _parent(self, given: Mapping[str, FactValue]) -> Named:
        return self.told.named(self.held.parent.policy.id, given)

    def _regulation(self, given: Mapping[str, FactValue]) -> Named:
        return self.told.named(self.held.own.policy.id, given)

    def _readings(self, asked: Asked, *, alone: bool) -> str:
        """Return under which readings a demand is met, as Markdown."""
        told = self.told
        if not asked.turns:
            return ""
        head = told.say(words.READINGS) if alone else told.say(words.OF_DEMAND, title=self._title(asked.provision))
        return told.say(words.SAYS, head=head, more=self._found(asked, asked.turns))

    def _found(self, asked: Asked, turns: Sequence[Turn]) -> str:
        told, found = self.told, self.told.say(words.DEFAULT[asked.finding])
        if not asked.changing:
            return told.say(words.SAME, found=found, n=len(turns))
        changed: dict[Finding | None, list[str]] = {}
        for each in asked.changing:
            changed.setdefault(each.finding, []).append(self._option(each))
        parts = (
            told.say(words.TURNED[finding], options=told.phrases.listed(options, compared.TOGETHER))
            for finding, options in changed.items()
        )
        return told.say(words.CHANGES, found=found, n=len(turns), turns=told.phrases.listed(parts))

    def _option(self, turn: Turn) -> str:
        choice, policy = turn.choice, self.told.policy(turn.policies[0])
        says = self.told.say(policy.readings[choice.reading].options[choice.option])
        return self.told.say(words.OPTION, option=code(f"{choice.reading}={choice.option}"), says=inline(says))

    def _title(self, provision: Provision) -> str:
        return inline(self.told.say(provision.title))
