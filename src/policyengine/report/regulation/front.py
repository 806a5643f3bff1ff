"""What the regulation is: title, text, versions, parents; and the facts that it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policyengine.report.regulation import words
from policyengine.report.regulation.markup import code, heading, inline, items, table
from policyengine.report.regulation.periods import in_force

if TYPE_CHECKING:
    from policyengine.model.condition import Condition
    from policyengine.model.policy import Version
    from policyengine.model.vocabulary import FactType
    from policyengine.report.regulation.told import Told


def front(told: Told) -> Iterator[str]:
    """Yield the title of the page, and what the regulation is."""
    policy = told.policy
    header = policy.header
    yield from heading(1, inline(told.say(policy.title)))
    yield from (told.say(words.GENERATED), "")
    yield from heading(2, told.say(words.WHAT_IT_IS))
    yield from items([told.md(words.ID, id=code(policy.id))])
    yield from items([told.plain(words.SOURCE, title=told.say(header.source.title))])
    yield from items(_version(told, each) for each in header.versions)
    parents = told.ids(header.implements or ())
    yield from items([told.md(words.IMPLEMENTS, parents=parents) if parents else told.say(words.NO_PARENTS)])
    vocabulary = told.titled(told.say(policy.vocabulary.title), header.vocabulary)
    yield from items([told.md(words.VOCABULARY, title=vocabulary)])
    yield from items([told.plain(words.ABOUT, note=told.say(header.note))] if header.note else [])
    counts = {"provisions": len(policy.provisions), "readings": len(policy.readings), "gaps": len(policy.gaps)}
    yield from items([told.say(words.CONTENTS, **counts, clauses=len(header.source.clauses))])
    yield ""


def _version(told: Told, version: Version) -> str:
    text = told.say(words.VERSION, period=in_force(told, version.in_force))
    if version.note is not None:
        text = told.say(words.WITH_NOTE, text=text, note=told.say(version.note))
    return inline(text)


def facts(told: Told) -> Iterator[str]:
    """Yield the section on the facts that the policy asks under any reading, with what is presumed of them."""
    presumed = told.policy.header.presume
    names = tuple(dict.fromkeys((*_asked(told), *presumed)))
    if not names:
        return
    head = (words.FACT, words.ROLE_ID, words.VALUES, words.PRESUMED)
    kinds = told.policy.vocabulary.facts
    rows = (
        (
            *(inline(told.fact(each)), code(each), inline(_values(told, kinds[each]))),
            inline(told.value(each, presumed[each])) if each in presumed else "",
        )
        for each in names
    )
    yield from heading(2, told.say(words.FACTS))
    yield from table([told.say(each) for each in head], rows)
    if presumed:
        yield from (told.say(words.PRESUMPTION), "")


def _asked(told: Told) -> Iterator[str]:
    policy = told.policy
    for node in (node for each in policy.provisions for node in each.nodes()):
        singles = () if node.deadline is None else node.deadline.singles()
        yield from _facts((node.when, node.unless, *(each.when for each in singles)))
    yield from _facts(node.when for each in policy.gaps for node in each.nodes())
    yield from _facts(row.when for each in policy.tables for node in each.nodes() for row in node.rows)
    yield from (node.derives for each in policy.tables for node in each.nodes() if node.derives is not None)


def _facts(conditions: Iterable[Condition | None]) -> Iterator[str]:
    yield from (name for each in conditions if each is not None for name in each.facts_asked())


def _values(told: Told, kind: FactType) -> str:
    if kind.type is not None:
        plain = {"boolean": words.YES_OR_NO, "number": words.NUMBER, "text": words.TEXT}
        return told.say(plain[kind.type])
    values = told.listed(told.value_of(kind, each) for each in told.policy.vocabulary.values(kind) or ())
    if kind.many:
        return told.say(words.SEVERAL, values=values)
    return told.say(words.SCALE, values=values) if kind.scale is not None else values
