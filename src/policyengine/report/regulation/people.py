"""Grades, roles, and the tables that say who is meant or what a fact is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import UNSTATED, DecisionTable, Provision, Row
from policyengine.report.regulation import words
from policyengine.report.regulation.markup import capital, code, heading, inline, items, table

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Gap
    from policyengine.report.regulation.told import Aspects, Told


def grades(told: Told) -> Iterator[str]:
    """Yield the section on the text's own grades."""
    yield from heading(2, told.say(words.SEVERITIES))
    if not told.policy.header.severities:
        yield from (told.say(words.NO_SEVERITIES), "")
    for grading in told.policy.header.severities:
        head = (words.OWN_GRADE, words.ROLE_ID, words.REFERENCE)
        yield from heading(3, told.titled(told.fact(grading.fact), grading.fact))
        yield from table(
            [told.say(each) for each in head],
            (
                (
                    inline(told.say(grade.title)),
                    code(grade.id),
                    inline(told.listed((told.value(grading.fact, each) for each in grade.reference), words.COMMA)),
                )
                for grade in grading.grades
            ),
        )


def roles(told: Told) -> Iterator[str]:
    """Yield the section on roles: who they are, where the text names them, which provisions concern them."""
    header = told.policy.header
    concerned = _concerned(told)
    decided = {told.base(each).assigns for each in told.policy.tables}
    head = (words.ROLE, words.ROLE_ID, words.FROM_CLAUSE, words.ACTS_IN)
    rows = []
    for name in dict.fromkeys((*header.roles, *concerned)):
        clause = told.policy.role(name).clause
        origin = code(clause) if clause is not None else "" if name in header.roles else told.say(words.SHARED_ROLE)
        title = told.more(told.role(name), told.say(words.BY_TABLE) if name in decided else "")
        rows.append((inline(title), code(name), origin, told.ids(concerned.get(name, ()))))
    yield from heading(2, told.say(words.ROLES))
    yield from table([told.say(each) for each in head], rows)


def _concerned(told: Told) -> dict[str, dict[str, None]]:
    """Return by role the provisions and gaps in which it bears, is addressed or acts, under any reading."""
    found: dict[str, dict[str, None]] = {}
    nodes: list[Provision | Gap] = [node for each in told.policy.provisions for node in each.nodes()]
    nodes += [node for gap in told.policy.gaps for node in gap.nodes()]
    for node in nodes:
        for role in _roles_of(node):
            found.setdefault(role, {})[node.id] = None
    tables = (node for each in told.policy.tables for node in each.nodes() if node.assigns is not None)
    for decided in (value for node in tables for value in (*(row.then for row in node.rows), node.else_)):
        if decided != UNSTATED:
            found.setdefault(str(decided), {})
    return found


def _roles_of(node: Provision | Gap) -> Iterator[str]:
    happenings: list[Happening] = [*(node.upon or ())]
    if isinstance(node, Provision):
        happenings += [*node.anchors(), *(node.waived_by or ())]
        yield from (each for each in (node.bearer, node.to) if each is not None)
    for each in happenings:
        yield from (str(value) for name in ("by", "to") for value in each.where.get(name, ()))


def tables(told: Told) -> Iterator[str]:
    """Yield the decision tables, each as a Markdown table."""
    for variants in told.policy.tables:
        yield from _table(told, variants)


def _table(told: Told, variants: Variants[DecisionTable]) -> Iterator[str]:
    node = told.base(variants)
    wording = words.ASSIGNS if node.assigns is not None else words.DERIVES
    title = told.say(wording, role=_decided(told, node), fact=_decided(told, node))
    yield from heading(3, told.titled(title, node.id))
    head = (told.say(words.NUMBER_OF_ROW), told.say(words.IF), told.say(words.THEN), told.say(words.CLAUSE))
    rows = [
        (
            str(place),
            inline(told.condition(row.when)),
            inline(_then(told, node, row.then)),
            told.ids(row.clause or ()),
        )
        for place, row in enumerate(node.rows, start=1)
    ]
    yield from table(head, [*rows, ("", told.say(words.ELSE), inline(_then(told, node, node.else_)), "")])
    yield from items([told.plain(words.COLON, word=capital(told.say(words.HIT)), more=_hit(told, node))])
    yield from items([told.md(words.ON_CLAUSE, clause=told.ids(node.clause))])
    yield from items([told.plain(words.NOTED, note=told.say(node.note))] if node.note else [])
    yield from items(told.differences(variants, lambda each: _aspects(told, each)))
    yield ""


def _aspects(told: Told, node: DecisionTable) -> Aspects:
    return {
        **{words.row(place): _row(told, node, row) for place, row in enumerate(node.rows, start=1)},
        words.ELSE: _then(told, node, node.else_),
        words.HIT: _hit(told, node),
        words.CLAUSES: told.listed(node.clause, words.COMMA),
        words.NOTE: "" if node.note is None else told.say(node.note),
    }


def _row(told: Told, node: DecisionTable, row: Row) -> str:
    clauses = told.listed(row.clause or node.clause, words.COMMA)
    return told.say(words.ROW_TEXT, when=told.condition(row.when), then=_then(told, node, row.then), clauses=clauses)


def _decided(told: Told, node: DecisionTable) -> str:
    return told.role(node.assigns) if node.assigns is not None else told.fact(node.derives or "")


def _then(told: Told, node: DecisionTable, value: Atom) -> str:
    if value == UNSTATED:
        return told.say(words.UNSTATED)
    return told.role(str(value)) if node.assigns is not None else told.value(node.derives or "", value)


def _hit(told: Told, node: DecisionTable) -> str:
    return told.say(words.UNIQUE_HIT if node.unique_hit else words.FIRST_HIT)
