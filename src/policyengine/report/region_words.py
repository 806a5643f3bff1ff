"""Regions of the facts in words: what has to be so of a case, told by the titles of the vocabulary.

>>> from policyengine import load
>>> from policyengine.analysis.cells import Cell
>>> from policyengine.analysis.regions import Region
>>> from policyengine.report.titles import Titles
>>> graded = Region((("event_severity", (Cell("major", ("major",)), Cell("extraordinary", ("extraordinary",)))),))
>>> region_words(graded, Titles(load("changzhi"), "en"))
'“grade of the sudden event” is major or higher'
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.report import phrase_words as say
from policyengine.report import words
from policyengine.report.list_words import contents_words
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.analysis.cells import Cell
    from policyengine.analysis.regions import Region
    from policyengine.model.base import Atom
    from policyengine.model.vocabulary import FactType
    from policyengine.report.titles import Titles
    from policyengine.wording import Lang

HIGHER = Wording("{value}及以上", "{value} or higher")
LOWER = Wording("{value}及以下", "{value} or lower")
BETWEEN = Wording("{low}至{high}", "{low} to {high}")
NOT_SO = Wording("并非“{fact}”", "not “{fact}”")
IS_NOT = Wording("{fact}不是{value}", "“{fact}” is not {value}")
IS_OTHER = Wording("{fact}为其他内容", "“{fact}” is something else")
IS_NUMBER = Wording("{fact}{stretch}", "“{fact}” is {stretch}")
EXACTLY = Wording("为{low}", "{low}")
AT_LEAST = Wording("不少于{low}", "{low} or more")
MORE = Wording("多于{low}", "more than {low}")
AT_MOST = Wording("不多于{high}", "{high} or less")
LESS = Wording("少于{high}", "less than {high}")
BOTH = Wording("{low}且{high}", "{low} and {high}")
WHERE = Wording("{region}的", "where {region}")
SUCH_AS = Wording("某些情形（例如{region}的）", "in some cases, such as where {region}")
ALL_OF = Wording("，且", ", and ")
ANY_OF = Wording("；或者", "; or ")

_MANY = 3
"""Of so many values all but one are told by the one that is missing."""


def region_words(region: Region, titles: Titles, among: Iterable[Region] = ()) -> str:
    """Return what is so of the cases in *region*, as part of a sentence; nothing where that is every case.

    Args:
        region: to be told.
        titles: of any policy of the vocabulary.
        among: the regions that it was found with, itself among them or not. What a list of values lacks, and what a
            text is other than, is known only from what else was asked for.
    """
    near = (region, *among)
    told = [_fact(name, found, titles, near) for name, found in region.facts]
    told += [_happened(name, truths, titles) for name, truths in region.happened]
    return titles.listed((each for each in told if each), ALL_OF)


def where(regions: Sequence[Region], titles: Titles, among: Iterable[Region] = ()) -> str:
    """Return "where ...", of several regions any; nothing where one of them is every case, or there is none."""
    near = (*regions, *among)
    told = [region_words(each, titles, near) for each in regions]
    wording = SUCH_AS if any(each.example for each in regions) else WHERE
    return titles.say(wording, region=titles.listed(told, ANY_OF)) if told and all(told) else ""


def grades_words(scale: str, grades: Container[str], titles: Titles) -> str:
    """Return the *grades* of *scale* as stretches such as "major or higher"; nothing where all are."""
    choices = titles.policy.vocabulary.scales[scale]
    return stretch_words(grades, {each.id: titles.say(each.title) for each in choices}, titles.lang)


def stretch_words(grades: Container[str], scale: Mapping[str, str], lang: Lang) -> str:
    """Return *grades* as stretches such as "major or higher"; nothing where all of the scale are among them.

    Args:
        grades: ids.
        scale: the titles by id, lowest first.
        lang: the language of the titles.
    """
    places = [place for place, each in enumerate(scale) if each in grades]
    if len(places) == len(scale):
        return ""
    return words.OR.within(lang).join(_stretches(places, tuple(scale.values()), lang))


def _fact(name: str, found: Sequence[Cell], titles: Titles, near: Sequence[Region]) -> str:
    kind, fact = titles.policy.vocabulary.facts[name], titles.fact(name)
    values = [value for each in found for value in each.values]
    if kind.many:
        return contents_words(name, _contents(values), _asked(name, near), titles)
    if kind.type == "boolean":
        return "" if len(values) > 1 else fact if values[0] else titles.say(NOT_SO, fact=fact)
    if kind.type == "number":
        return _number(found, fact, titles)
    single = [value for value in values if value is not None and not isinstance(value, tuple)]
    if kind.type == "text":
        return _text(name, single, titles, near)
    return _member(kind, fact, single, titles)


def _happened(name: str, truths: Sequence[bool], titles: Titles) -> str:
    if len(truths) > 1:
        return ""
    what = titles.named(titles.type(name))
    return titles.say(say.HAS_HAPPENED if truths[0] else say.HAS_NOT_HAPPENED, what=what)


def _member(kind: FactType, fact: str, values: Sequence[Atom], titles: Titles) -> str:
    """Return which of the named values of a fact it has."""
    known = titles.policy.vocabulary.values(kind) or ()
    missing = [each for each in known if each not in values]
    if not missing:
        return ""
    shown = [titles.value_of(kind, each) for each in known]
    if kind.scale is not None:
        places = [place for place, each in enumerate(known) if each in values]
        return titles.say(say.IS, fact=fact, value=titles.listed(_stretches(places, shown, titles.lang), words.OR))
    if len(missing) == 1 and len(values) >= _MANY:
        return titles.say(IS_NOT, fact=fact, value=titles.named(titles.value_of(kind, missing[0])))
    chosen = (titles.named(one) for one, each in zip(shown, known, strict=True) if each in values)
    return titles.say(say.IS, fact=fact, value=titles.listed(chosen, words.OR))


def _stretches(places: Sequence[int], shown: Sequence[str], lang: Lang) -> Iterator[str]:
    """Yield the runs of neighbours among *places* of an ordered scale."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        low, *more = (place for _, place in run)
        high = more[-1] if more else low
        if low == high:
            yield shown[low]
        elif high == len(shown) - 1:
            yield HIGHER.within(lang).format(value=shown[low])
        elif low == 0:
            yield LOWER.within(lang).format(value=shown[high])
        else:
            yield BETWEEN.within(lang).format(low=shown[low], high=shown[high])


def _text(name: str, values: Sequence[Atom], titles: Titles, near: Sequence[Region]) -> str:
    """Return which text it is; the one that stands for all that nobody asks for is told by those asked for."""
    asked = {str(value) for each in _found(name, near) for value in each.values}
    other = max((each for each in asked if set(each) == {"-"}), key=len, default=None)
    wanted = [str(each) for each in values]
    if other not in wanted:
        value = titles.listed(map(titles.named, wanted), words.OR)
        return titles.say(say.IS, fact=titles.fact(name), value=value)
    excluded = sorted(asked - set(wanted))
    if not excluded:
        return titles.say(IS_OTHER, fact=titles.fact(name))
    value = titles.listed(map(titles.named, excluded), words.OR)
    return titles.say(IS_NOT, fact=titles.fact(name), value=value)


def _number(found: Sequence[Cell], fact: str, titles: Titles) -> str:
    """Return the stretches that a number lies in, neighbours as one."""
    told = [_interval(low, high, titles) for low, high in _joined(found)]
    return titles.say(IS_NUMBER, fact=fact, stretch=titles.listed(told, words.OR)) if all(told) else ""


_End = tuple[float | None, bool]


def _joined(found: Sequence[Cell]) -> list[tuple[_End, _End]]:
    merged: list[tuple[_End, _End]] = []
    for each in found:
        low, high = (each.low, each.low_in), (each.high, each.high_in)
        if merged and merged[-1][1][0] == each.low and (merged[-1][1][1] or each.low_in):
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _interval(low: _End, high: _End, titles: Titles) -> str:
    if low == high and low[0] is not None:
        return titles.say(EXACTLY, low=f"{low[0]:g}")
    below = "" if low[0] is None else titles.say(AT_LEAST if low[1] else MORE, low=f"{low[0]:g}")
    above = "" if high[0] is None else titles.say(AT_MOST if high[1] else LESS, high=f"{high[0]:g}")
    return titles.say(BOTH, low=below, high=above) if below and above else below or above


def _contents(values: Iterable[object]) -> frozenset[frozenset[Atom]]:
    return frozenset(frozenset(each) for each in values if isinstance(each, tuple))


def _asked(name: str, near: Sequence[Region]) -> tuple[Atom, ...]:
    """Return the values that lists are asked to contain, in the order in which they come."""
    lists = (value for each in _found(name, near) for value in each.values if isinstance(value, tuple))
    return tuple(dict.fromkeys(one for value in lists for one in value))


def _found(name: str, near: Sequence[Region]) -> Iterator[Cell]:
    return (cell for region in near for fact, found in region.facts if fact == name for cell in found)
