"""From a comparison to the sheet that every writer shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.analysis.comparing import about, graded, silences
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Provision
from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.comparison.placing import Placing
from policyengine.report.comparison.sheet import Cell, Column, Part, Row, Sheet
from policyengine.report.comparison.short_names import short_names
from policyengine.report.comparison.telling import Telling
from policyengine.report.comparison.verdicts import Naming, verdict
from policyengine.report.region_words import stretch_words

if TYPE_CHECKING:
    from policyengine.analysis import comparison as values
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap
    from policyengine.report.titles import Titles
    from policyengine.wording import Lang


def comparison_sheet(comparison: values.Comparison, lang: Lang) -> Sheet:
    """Return everything that is shown of *comparison*, in the words of *lang*."""
    builder = _Builder(comparison, lang)
    rows = tuple(map(builder.row, comparison.rows))
    return Sheet(
        lang=lang,
        title=builder.title(),
        columns=tuple(builder.columns()),
        rows=rows,
        grades=builder.grades,
        grade_title=builder.grade_title(),
        given=tuple(builder.given()),
        usual_trigger=builder.usual_trigger,
        remarks=tuple(builder.remarks(rows)),
    )


@dataclass(frozen=True)
class _Builder:
    comparison: values.Comparison
    lang: Lang

    @cached_property
    def titles(self) -> Titles:
        """Return the titles of the vocabulary, which are the same in every policy."""
        return Telling(self.comparison.sides[0], self.lang).phrases

    @cached_property
    def telling(self) -> Mapping[str, Telling]:
        """Return by policy the words for its norms."""
        return {each.policy.id: Telling(each, self.lang, self.usual_trigger) for each in self.comparison.sides}

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Return by policy a name of a few characters."""
        return short_names([each.policy for each in self.comparison.sides], self.lang)

    @cached_property
    def grades(self) -> Mapping[str, str]:
        """Return the titles of the grades, lowest first."""
        scale = self.comparison.scale
        choices = () if scale is None else self.titles.policy.vocabulary.scales[scale]
        return FrozenMap({each.id: self.titles.say(each.title) for each in choices})

    @cached_property
    def usual_trigger(self) -> str:
        """Return what most of the provisions wait for; nothing where no two wait for the same."""
        plain = {each.policy.id: Telling(each, self.lang) for each in self.comparison.sides}
        provisions = {
            (cell.policy, provision)
            for row in self.comparison.rows
            for cell in row.cells
            for part in cell.parts
            for provision in part.provisions
        }
        found = Counter(trigger for policy, each in provisions if (trigger := plain[policy].trigger(each)))
        often = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return often[0][0] if often and often[0][1] > 1 else ""

    def title(self) -> str:
        if len(self.comparison.sides) > 1:
            return self.titles.say(words.COMPARISON)
        only = self.comparison.sides[0].policy
        return self.titles.say(words.ONE_POLICY, title=self.titles.say(only.title), policy=only.id)

    def columns(self) -> Iterator[Column]:
        for side in self.comparison.sides:
            policy = side.policy
            chosen = (f"{name}={option}" for name, option in side.readings.items() if _chosen(side, name, option))
            against = tuple(self.comparison.against.get(policy.id, ()))
            yield Column(policy.id, self.short[policy.id], self.titles.say(policy.title), against, tuple(chosen))

    def grade_title(self) -> str:
        facts = graded(self.titles.policy.vocabulary, self.comparison.scale)
        return self.titles.listed(map(self.titles.fact, facts), words.TOGETHER)

    def given(self) -> Iterator[str]:
        for name, value in self.comparison.given.items():
            shown = self.titles.value(name, value)
            yield self.titles.say(answer_words.COLON, word=self.titles.fact(name), more=shown)

    def remarks(self, rows: tuple[Row, ...]) -> Iterator[str]:
        if not rows:
            yield self.titles.say(words.NOTHING_SAID)
        if len(self.comparison.sides) == 1:
            yield self.titles.say(words.ALONE)
            return
        if rows and not any(len(each.speaking) > 1 for each in rows):
            yield self.titles.say(words.NOTHING_COMMON)
        if not any(self.comparison.against.values()):
            yield self.titles.say(words.AGAINST_NOBODY)

    def row(self, row: values.Row) -> Row:
        placing = Placing(self.telling, self.settled(row))
        topics = self.titles.policy.vocabulary.topics
        return Row(
            topic=row.topic.id,
            title=self.titles.say(row.topic.title),
            named=not topics or any(each.id == row.topic.id for each in topics),
            acts=tuple(map(self.titles.type, row.topic.acts)),
            grades=row.grades,
            stretch=stretch_words(row.grades, self.grades, self.lang),
            cells=tuple(
                Cell(
                    each.policy,
                    tuple(self.parts(row, each, placing)),
                    verdict(each, Naming(row.topic, self.telling, self.short, placing)),
                )
                for each in row.cells
            ),
        )

    def parts(self, row: values.Row, cell: values.Cell, placing: Placing) -> Iterator[Part]:
        """Yield what the policy says by the condition under which it says it, what always applies first."""
        told, topic = self.telling[cell.policy], row.topic
        said = {each.id for part in cell.parts for each in (*part.provisions, *part.doubtful)}
        said |= {each.id for part in cell.parts for each in part.gaps}
        by_place: dict[str, list[tuple[Provision | Gap, bool]]] = {"": []}
        every: tuple[Provision | Gap, ...] = (*about(topic, told.side), *silences(topic, told.side))
        for norm in every:
            for place, doubtful in placing.places(cell.policy, norm) if norm.id in said else ():
                by_place.setdefault(place, []).append((norm, doubtful))
        for place, norms in by_place.items():
            demands = ((each, doubtful) for each, doubtful in norms if isinstance(each, Provision))
            gaps = (each for each, _ in norms if not isinstance(each, Provision))
            if norms:
                yield Part(
                    place,
                    tuple(told.demand(each, topic, doubtful=doubtful) for each, doubtful in demands),
                    tuple(map(told.silence, gaps)),
                )

    def settled(self, row: values.Row) -> Mapping[str, FactValue]:
        """Return what is settled in *row*; in all of its grades everything is alike."""
        facts = graded(self.titles.policy.vocabulary, self.comparison.scale) if row.grades else ()
        return {**self.comparison.given, **dict.fromkeys(facts, row.grades[0])} if facts else self.comparison.given


def _chosen(side: Side, name: str, option: str) -> bool:
    return option != side.policy.readings[name].default
