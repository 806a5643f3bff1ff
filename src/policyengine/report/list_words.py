"""What a list of values contains and lacks, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

from policyengine.report import phrase_words as say
from policyengine.report import words
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.report.titles import Titles

LACKS = Wording("{fact}不包括{value}", "“{fact}” is without {value}")
NOT_ALL = Wording("{fact}未同时包括{value}", "not all of {value} are among “{fact}”")
EXACTLY = Wording("{fact}在{asked}中恰为{value}", "of {asked}, exactly these are among “{fact}”: {value}")
OF_NONE = Wording("无", "none")
ALSO = Wording("，且", ", and ")

Contents = frozenset[frozenset["Atom"]]


def contents_words(name: str, contents: Contents, asked: Sequence[Atom], titles: Titles) -> str:
    """Return what a list may contain, nothing where it may contain anything.

    Args:
        name: the fact.
        contents: every set of the values in *asked* that it may contain.
        asked: the values that are told apart.
        titles: of any policy of the vocabulary.
    """
    always = [each for each in asked if all(each in content for content in contents)]
    never = [each for each in asked if not any(each in content for content in contents)]
    rest = [each for each in asked if each not in always and each not in never]
    free = {content - set(always) for content in contents}
    every = {frozenset(each) for each in _subsets(rest)}
    told = [titles.say(say.INCLUDES, fact=titles.fact(name), value=value) for value in _each(name, always, titles)]
    told += _told(LACKS, name, never, titles)
    if free == every - {frozenset()}:
        told += _told(say.INCLUDES, name, rest, titles)
    elif free == every - {frozenset(rest)}:
        told += _told(NOT_ALL, name, rest, titles)
    elif free != every:
        return titles.listed(_one_by_one(name, contents, asked, titles), say.ANY_OF)
    return titles.listed(told, ALSO)


def _told(wording: Wording, name: str, values: Sequence[Atom], titles: Titles) -> list[str]:
    value = titles.listed(_each(name, values, titles), words.AND if wording is NOT_ALL else words.OR)
    return [titles.say(wording, fact=titles.fact(name), value=value)] if values else []


def _one_by_one(name: str, contents: Contents, asked: Sequence[Atom], titles: Titles) -> Iterator[str]:
    among = titles.listed(_each(name, asked, titles), say.TOGETHER)
    for found in _subsets(asked):
        if frozenset(found) in contents:
            value = titles.listed(_each(name, found, titles), words.AND) or titles.say(OF_NONE)
            yield titles.say(EXACTLY, fact=titles.fact(name), asked=among, value=value)


def _each(name: str, values: Iterable[Atom], titles: Titles) -> Iterator[str]:
    kind = titles.policy.vocabulary.facts[name]
    return (titles.named(titles.value_of(kind, each)) for each in values)


def _subsets(values: Sequence[Atom]) -> Iterable[tuple[Atom, ...]]:
    return chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))
