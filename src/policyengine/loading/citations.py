"""Whether clauses and what rests on them name one another: a reader may start from either side."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.loading.places import walk
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Gap, Provision

_KINDS = MappingProxyType({"provisions": Wording("规定", "provision"), "gaps": Wording("空白", "gap")})

Parts = tuple["Variants[Provision] | Variants[Gap]", ...]


def citation_faults(scope: Scope, section: str, parts: Parts, misspelt: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield the provisions or gaps of a *section* that their own clause does not name, and the other way round.

    Args:
        scope: the whole policy.
        section: `provisions` or `gaps`.
        parts: what stands there, in file order.
        misspelt: the names that a clause means by a misspelt one, of which has been told already.
    """
    clauses = scope.header.source.clauses
    for place, node in ((place, node) for place, each in enumerate(parts) for node in each.nodes()):
        for index, name in enumerate(node.clause):
            if name in clauses and node.id not in {*(getattr(clauses[name], section) or ()), *misspelt}:
                span = walk(scope.node, (section, place, "clause", index))[1]
                yield scope.document.fault(
                    "PE220", span, clause=name, name=node.id, kind=_KINDS[section], section=section
                )
    cited: dict[str, set[str]] = {}
    for node in (node for each in parts for node in each.nodes()):
        cited.setdefault(node.id, set()).update(node.clause)
    for clause, entry in clauses.items():
        for place, name in enumerate(getattr(entry, section) or ()):
            citing = cited.get(name, set())
            # One that cites what is no clause has been told of: it probably means this one.
            if citing and clause not in citing and citing <= clauses.keys():
                path = ("source", "clauses", clause, section, place)
                yield scope.fault("PE515", path, clause=clause, name=name, kind=_KINDS[section])
