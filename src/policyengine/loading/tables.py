"""Checks of decision tables: what they decide, their rows, what holds where no row does (S10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.names import condition_faults, one_of
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path
    from policyengine.model.base import Atom
    from policyengine.model.provision import DecisionTable


def table_faults(scope: Scope, table: DecisionTable) -> Iterator[Diagnostic]:
    """Yield what is wrong with *table* beyond its shape."""
    for place, clause in enumerate(table.clause):
        yield from scope.clause(clause, ("clause", place))
    kinds = ("assigns", "derives")
    given = [kind for kind in kinds if getattr(table, kind) is not None]
    yield from one_of(scope.document, scope.node, (), keys=kinds, given=given)
    if table.assigns is not None:
        yield from scope.role(table.assigns, ("assigns",))
    elif table.derives is not None and table.derives not in scope.vocabulary.facts:
        yield scope.unknown("PE206", table.derives, scope.vocabulary.facts, ("derives",))
    for place, row in enumerate(table.rows):
        yield from condition_faults(scope, row.when, ("rows", place, "when"))
        yield from _outcome_faults(scope, table, row.then, ("rows", place, "then"))
        for number, clause in enumerate(row.clause or ()):
            yield from scope.clause(clause, ("rows", place, "clause", number))
    if table.else_ != UNSTATED:
        yield from _outcome_faults(scope, table, table.else_, ("else",))


def _outcome_faults(scope: Scope, table: DecisionTable, value: Atom, path: Path) -> Iterator[Diagnostic]:
    if table.assigns is not None:
        yield from scope.role(str(value), path)
    elif table.id in scope.vocabulary.facts:
        yield from scope.value(table.id, scope.vocabulary.facts[table.id], value, path)
