"""Checks of decision tables: what they decide, their rows, what holds where no row does, and how they meet (S10)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from policyengine.loading.names import condition_faults, one_of
from policyengine.loading.order import circles
from policyengine.loading.places import key_named, mention, reach, start
from policyengine.loading.yaml_nodes import Sequence
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path
    from policyengine.loading.yaml_nodes import Document, Node
    from policyengine.model.base import Atom
    from policyengine.model.policy import Variants
    from policyengine.model.provision import DecisionTable

SUBJECTS = ("assigns", "derives")
_SUBJECTS, _OUTCOMES = frozenset(SUBJECTS), frozenset({"then", "else"})


def table_faults(scope: Scope, table: DecisionTable) -> Iterator[Diagnostic]:
    """Yield what is wrong with *table* beyond its shape."""
    for place, clause in enumerate(table.clause):
        yield from scope.clause(clause, ("clause", place))
    given = [each for each in SUBJECTS if getattr(table, each) is not None]
    yield from one_of(scope.document, scope.node, (), keys=SUBJECTS, given=given)
    if table.assigns is not None:
        yield from scope.own_role(table.assigns, ("assigns",))
    if table.derives is not None:
        yield from _fact_faults(scope, table.derives)
    for place, row in enumerate(table.rows):
        yield from condition_faults(scope, row.when, ("rows", place, "when"))
        for number, clause in enumerate(row.clause or ()):
            yield from scope.clause(clause, ("rows", place, "clause", number))
        if row.then == UNSTATED:
            yield scope.fault("PE527", ("rows", place, "then"), name=UNSTATED)
        else:
            yield from _outcome_faults(scope, table, row.then, ("rows", place, "then"))
    if table.else_ != UNSTATED:
        yield from _outcome_faults(scope, table, table.else_, ("else",))


def _fact_faults(scope: Scope, name: str) -> Iterator[Diagnostic]:
    kind = scope.vocabulary.facts.get(name)
    if kind is None:
        yield scope.unknown("PE206", name, scope.vocabulary.facts, ("derives",))
    elif kind.many:
        yield scope.fault("PE306", ("derives",), fact=name)
    graded = {each.fact for each in scope.header.severities}
    for section, names in (("presume", scope.header.presume), ("severities", graded)):
        if name in names:
            yield scope.fault("PE523", ("derives",), fact=name, section=section)


def _outcome_faults(scope: Scope, table: DecisionTable, value: Atom, path: Path) -> Iterator[Diagnostic]:
    if table.assigns is not None:
        yield from scope.role(str(value), path)
    elif table.id in scope.vocabulary.facts:
        yield from scope.value(table.id, scope.vocabulary.facts[table.id], value, path)


def meeting_faults(tables: tuple[Variants[DecisionTable], ...], document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with tables seen together: two for one thing, chains of roles, circles of facts."""
    section = None if document.root is None else reach(document.root, ("tables",))
    nodes = section.items if isinstance(section, Sequence) else ()
    placed = tuple(zip(nodes, tables, strict=True))
    for (first, one), (second, other) in combinations(placed, 2):
        for name in sorted({mine.id for mine, theirs in _together(one, other) if _same_subject(mine, theirs)}):
            yield document.fault("PE522", _subject(second, name), name=name, first=_subject(first, name))
    for (node, one), (_, other) in product(placed, placed):
        for name in sorted({theirs.id for mine, theirs in _together(one, other) if theirs.assigns in _results(mine)}):
            yield document.fault("PE526", mention(node, _OUTCOMES, name) or start(node), name=name)
    yield from _circle_faults(placed, document)


def _together(
    one: Variants[DecisionTable], other: Variants[DecisionTable]
) -> Iterator[tuple[DecisionTable, DecisionTable]]:
    """Yield both tables under every combination of options that admits both."""
    for options, mine in one.by_options:
        chosen = dict(zip(one.readings, options, strict=True))
        for others, theirs in other.by_options:
            agree = all(chosen.get(name, each) == each for name, each in zip(other.readings, others, strict=True))
            if agree and mine is not None and theirs is not None:
                yield mine, theirs


def _same_subject(one: DecisionTable, other: DecisionTable) -> bool:
    return bool(one.id) and (one.assigns, one.derives) == (other.assigns, other.derives)


def _results(table: DecisionTable) -> frozenset[Atom]:
    """Return the roles that a table of roles can come to."""
    return frozenset() if table.assigns is None else frozenset((*(row.then for row in table.rows), table.else_))


def _circle_faults(
    placed: tuple[tuple[Node, Variants[DecisionTable]], ...], document: Document
) -> Iterator[Diagnostic]:
    """Yield the circles of derived facts that there are under any combination of readings."""
    every = [(node, table) for node, each in placed for table in each.nodes() if table.derives is not None]
    waits: dict[str, set[str]] = {table.id: set() for _, table in every}
    for _, table in every:
        waits[table.id].update(_asked(table) & waits.keys())
    for cycle in circles(waits):
        one, other = cycle[0], cycle[1 % len(cycle)]
        node = next(node for node, table in every if table.id == one and other in _asked(table))
        span = key_named(reach(node, ("rows",)) or node, other) or start(node)
        yield document.fault("PE525", span, cycle=" -> ".join((*cycle, one)))


def _asked(table: DecisionTable) -> set[str]:
    return {fact for row in table.rows for fact in row.when.facts_asked()}


def _subject(node: Node, name: str) -> Span:
    return mention(node, _SUBJECTS, name) or start(node)
