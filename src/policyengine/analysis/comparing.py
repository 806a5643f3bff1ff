"""Policies laid side by side: topic by topic, grade by grade, region by region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.analysis.comparison import Cell, Comparison, Part, Row
from policyengine.analysis.sides import Side, applying, same_vocabulary
from policyengine.analysis.standings import overall, standings
from policyengine.diagnostics import nearest
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Provision
from policyengine.model.vocabulary import Topic

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap
    from policyengine.model.vocabulary import Vocabulary


class UnknownNameError(ValueError):
    """A topic, act or grade that the policies' vocabulary does not have."""


def compare(
    policies: Sequence[Policy],
    *,
    readings: Mapping[str, Mapping[str, str]] = FrozenMap(),
    against: Sequence[str] | None = None,
    topics: Sequence[str] | None = None,
    grades: Sequence[str] | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Comparison:
    """Return what *policies* demand, side by side.

    Args:
        policies: of one vocabulary, each once.
        readings: by policy options other than the defaults.
        against: the policies that the others are held against, by id; unless given, each is held against those of
            *policies* that it implements.
        topics: the topics or acts to look at; unless given, all.
        grades: the grades to look at; unless given, all.
        given: facts taken as settled; unless given, what the policies presume, apart from grades.

    Raises:
        DifferentVocabulariesError: the policies do not share one vocabulary.
        UnknownNameError: a topic, act, grade or policy that is not there.
        ReadingError: an unknown reading or option.
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    vocabulary = same_vocabulary(policies)
    sides = tuple(Side.of(each, readings.get(each.id)) for each in policies)
    superiors = {each.policy.id: _superiors(each, sides, against) for each in sides}
    scale = scale_of(vocabulary, policies)
    settled = FrozenMap(presumed(policies, vocabulary, scale) if given is None else given)
    asking = _Asking(
        sides, FrozenMap(superiors), settled, graded(vocabulary, scale), _grades(vocabulary, scale, grades)
    )
    found: list[Row] = []
    for topic in _topics(vocabulary, policies, topics):
        found += [row for row in asking.rows(topic) if not row.empty]
    return Comparison(sides, FrozenMap(superiors), scale, settled, tuple(found))


def scale_of(vocabulary: Vocabulary, policies: Sequence[Policy]) -> str | None:
    """Return the scale by which the policies grade cases: the one that most of their gradings are on."""
    facts = [grading.fact for each in policies for grading in each.header.severities]
    scales = [scale for fact in facts if (scale := vocabulary.facts[fact].scale) is not None]
    scales = scales or [scale for each in vocabulary.facts.values() if (scale := each.scale) is not None]
    return max(dict.fromkeys(scales), key=scales.count) if scales else None


def graded(vocabulary: Vocabulary, scale: str | None) -> tuple[str, ...]:
    """Return the facts whose values are grades of *scale*."""
    return tuple(name for name, kind in vocabulary.facts.items() if scale is not None and kind.scale == scale)


def presumed(policies: Sequence[Policy], vocabulary: Vocabulary, scale: str | None) -> dict[str, FactValue]:
    """Return what all of *policies* that presume a value of a fact presume, apart from grades."""
    found: dict[str, set[FactValue]] = {}
    for policy in policies:
        for name, value in policy.header.presume.items():
            found.setdefault(name, set()).add(value)
    apart = graded(vocabulary, scale)
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1 and name not in apart}


def _superiors(side: Side, sides: Sequence[Side], against: Sequence[str] | None) -> tuple[str, ...]:
    known = [each.policy.id for each in sides]
    for name in against or ():
        if name not in known:
            raise unknown("policy", name, known)
    own = side.policy.id
    if against is not None:
        return tuple(name for name in known if name in against and own not in against)
    return tuple(name for name in known if name in (side.policy.header.implements or ()))


def _topics(vocabulary: Vocabulary, policies: Sequence[Policy], asked: Sequence[str] | None) -> Iterator[Topic]:
    """Yield the topics that are looked at: the vocabulary's, and each other act of the policies as one."""
    named = {each.id: each for each in vocabulary.topics}
    inside = {act for each in vocabulary.topics for act in each.acts}
    acts = {node.act for policy in policies for each in policy.provisions for node in each.nodes()}
    alone = {
        act: Topic(id=act, title=vocabulary.event_types[act].title, acts=(act,))
        for act in vocabulary.event_types
        if act in acts and act not in inside
    }
    known = {**named, **alone}
    for name in asked or ():
        if name not in known and name not in vocabulary.acts:
            raise unknown("topic or act", name, (*known, *vocabulary.acts))
    for topic in known.values():
        if asked is None or topic.id in asked:
            yield topic
    for name in asked or ():
        if name not in known:
            yield Topic(id=name, title=vocabulary.acts[name].title, acts=(name,))


def _grades(vocabulary: Vocabulary, scale: str | None, asked: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(each.id for each in vocabulary.scales[scale]) if scale is not None else ()
    for name in asked or ():
        if name not in known:
            raise unknown("grade", name, known)
    return tuple(each for each in known if asked is None or each in asked)


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Return the error that there is no *name*, with the nearest of the names that there are."""
    near = nearest(name, tuple(known))
    return UnknownNameError(f"no {kind} {name!r}" + (f"; did you mean {near!r}?" if near else ""))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of every topic."""

    sides: tuple[Side, ...]
    superiors: Mapping[str, tuple[str, ...]]
    settled: Mapping[str, FactValue]
    graded: tuple[str, ...]
    grades: tuple[str, ...]

    def rows(self, topic: Topic) -> tuple[Row, ...]:
        """Return the rows of *topic*, neighbouring grades that come to the same together."""
        if not self._graded(topic):
            return (Row(topic, self.grades, self._cells(topic, self.settled)),)
        rows = (
            Row(topic, (grade,), self._cells(topic, FrozenMap({**self.settled, **dict.fromkeys(self.graded, grade)})))
            for grade in self.grades
        )
        return tuple(
            Row(topic, (first.grades[0], *(each.grades[0] for each in more)), first.cells)
            for first, *more in (tuple(same) for _, same in groupby(rows, key=lambda row: row.cells))
        )

    def _graded(self, topic: Topic) -> bool:
        """Tell whether a grade bears on anything that is said of *topic*."""
        norms = ((side, norm) for side in self.sides for norm in _everything(topic, side))
        return any(name in self.graded for side, norm in norms for name in side.facts(norm))

    def _cells(self, topic: Topic, given: Mapping[str, FactValue]) -> tuple[Cell, ...]:
        return tuple(self._cell(topic, side, given) for side in self.sides)

    def _cell(self, topic: Topic, side: Side, given: Mapping[str, FactValue]) -> Cell:
        held = tuple(each for each in self.sides if each.policy.id in self.superiors[side.policy.id])
        found = standings(topic, side, held, given) if held else ()
        return Cell(side.policy.id, parts(topic, side, given), overall(found), found)


def _everything(topic: Topic, side: Side) -> tuple[Provision | Gap, ...]:
    """Return all that can bear on *topic* for *side*, also by acts that are wider or narrower."""
    vocabulary = side.vocabulary
    related = {each for act in topic.acts for each in (*vocabulary.kinds(act), *vocabulary.wider(act))}
    return (*(each for each in side.provisions if each.act in related), *silences(topic, side))


def parts(topic: Topic, side: Side, given: Mapping[str, FactValue]) -> tuple[Part, ...]:
    """Return what *side* demands about *topic* in every region of the facts beyond *given*."""
    norms: tuple[Provision | Gap, ...] = (*about(topic, side), *silences(topic, side))
    found = applying(side.vocabulary, tuple((side, each) for each in norms), given)
    return tuple(
        Part(
            region,
            tuple(each for each, truth in _provisions(norms, truths) if truth is Truth.TRUE),
            tuple(each for each, truth in _provisions(norms, truths) if truth is Truth.UNKNOWN),
            tuple(
                each
                for each, truth in zip(norms, truths, strict=True)
                if truth is Truth.TRUE and not isinstance(each, Provision)
            ),
        )
        for region, truths in found
    )


def _provisions(norms: Sequence[Provision | Gap], truths: Sequence[Truth]) -> Iterator[tuple[Provision, Truth]]:
    for each, truth in zip(norms, truths, strict=True):
        if isinstance(each, Provision):
            yield each, truth


def about(topic: Topic, side: Side) -> tuple[Provision, ...]:
    """Return the provisions of *side* about the acts of *topic*."""
    return tuple(each for each in side.provisions if each.act in topic.acts)


def silences(topic: Topic, side: Side) -> tuple[Gap, ...]:
    """Return the gaps and referrals that stand instead of provisions about *topic*, or about wider or narrower acts."""
    related = {each for act in topic.acts for each in (*side.vocabulary.kinds(act), *side.vocabulary.wider(act))}
    return tuple(
        each for each in side.gaps if side.stands_for(each) & related or set(each.acts or ()) & set(topic.acts)
    )
