"""The text sentence by sentence: what each says in our words, what became of it, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report.regulation import words
from policyengine.report.regulation.markup import code, heading, inline, items, table
from policyengine.report.regulation.norms import clause

if TYPE_CHECKING:
    from policyengine.model.source import Clause
    from policyengine.report.regulation.told import Told


def oddities(told: Told) -> Iterator[str]:
    """Yield the section of notes on the text itself, if there are any."""
    found = [(name, each.note) for name, each in told.policy.header.source.clauses.items() if each.note is not None]
    if not found:
        return
    yield from heading(2, told.say(words.ODDITIES))
    for name, note in found:
        yield from items([clause(told, name)])
        yield from items([inline(told.say(note))], depth=1)
    yield ""


def clauses(told: Told) -> Iterator[str]:
    """Yield the section with every sentence of the text."""
    source = told.policy.header.source
    yield from heading(2, told.say(words.ALL_CLAUSES))
    head = (words.CLAUSE, words.CLAUSE_NUMBER, words.SAYS, words.BECAME)
    rows = (
        (code(name), inline(each.number), inline(told.say(each.says)), _became(told, each))
        for name, each in source.clauses.items()
    )
    yield from table([told.say(each) for each in head], rows)
    extent = source.extent
    copies = told.say(words.EXTENT, copies=extent.copies) if extent.copies > 1 else ""
    furniture = told.say(words.FURNITURE, n=len(extent.furniture)) if extent.furniture else ""
    yield from items([copies, furniture])
    if copies or furniture:
        yield ""


def _became(told: Told, found: Clause) -> str:
    parts = [
        told.ids(found.provisions or ()),
        told.md(words.GAP_OF, gaps=told.ids(found.gaps)) if found.gaps else "",
        told.say(words.DISPOSITION[found.disposition]) if found.disposition is not None else "",
        "" if found.at_hand else told.say(words.NOT_AT_HAND),
    ]
    return told.listed(each for each in parts if each)
