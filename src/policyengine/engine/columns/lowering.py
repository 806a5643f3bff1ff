"""From a policy under chosen readings to the tables of integers that the kernels run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from policyengine.engine.columns import reasons
from policyengine.engine.columns.clock import clock
from policyengine.engine.columns.coding import Coding
from policyengine.engine.columns.codings import codings
from policyengine.engine.columns.fitness import unfit
from policyengine.engine.columns.patterns import BITS, Patterns, TooManyValuesError
from policyengine.engine.columns.programs import Programs
from policyengine.engine.columns.rows import Rows
from policyengine.engine.columns.source import awaited, own_conditions, sourced
from policyengine.engine.columns.tabling import tabled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.source import Source
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.wording import Wording


@dataclass(frozen=True, slots=True)
class Lowered:
    """What a layout is made of; `asked` are all provisions, `provisions` those that are columnar."""

    types: Mapping[str, int]
    facts: Mapping[str, Coding]
    roles: tuple[str, ...]
    bits: tuple[tuple[str, Atom | None], ...]
    asked: tuple[Provision, ...]
    provisions: tuple[Provision, ...]
    why: Mapping[str, Wording]
    program: npt.NDArray[np.int64]
    clock: npt.NDArray[np.int64]


def lower(policy: Policy, readings: Mapping[str, str], scope: str) -> Lowered:
    """Return *policy* under *readings*, which name an option for each, as tables."""
    source = sourced(policy, readings, scope)
    facts = codings(policy, _conditions(source, source.provisions))
    why = unfit(source, facts)
    try:
        rows = _rows(source, facts, tuple(each for each in source.provisions if each.id not in why))
    except TooManyValuesError:
        why = dict.fromkeys((each.id for each in source.provisions), reasons.MANY_ATTRIBUTES) | why
        rows = _rows(source, facts, ())
    return Lowered(
        types=rows.patterns.codes,
        facts=rows.programs.codings,
        roles=tuple(rows.roles),
        bits=tuple(rows.patterns.bits),
        asked=source.provisions,
        provisions=rows.provisions,
        why=why,
        program=tabled(rows, _order(rows.provisions)),
        clock=clock(policy.zone, policy.calendar, tuple(rows.closes)),
    )


def _rows(source: Source, facts: Mapping[str, Coding | Wording], provisions: tuple[Provision, ...]) -> Rows:
    vocabulary = source.policy.vocabulary
    types = {name: code for code, name in enumerate(vocabulary.event_types)}
    names = {name for each in _conditions(source, provisions) for name in each.facts_asked()}
    asked = {name: each for name, each in facts.items() if name in names and isinstance(each, Coding)}
    if len(asked) > BITS:
        raise TooManyValuesError
    rows = Rows(source, provisions, Patterns(vocabulary, types), Programs(vocabulary, asked, types))
    rows.lower()
    return rows


def _conditions(source: Source, provisions: Iterable[Provision]) -> Iterable[Condition]:
    """Yield every condition of *provisions*, those that say who owes them included."""
    roles: dict[str | None, None] = {}
    for each in provisions:
        yield from own_conditions(each)
        if each.bearer in source.assigned:
            roles[each.bearer] = None
    for role in roles:
        yield from (row.when for row in source.assigned[role or ""].rows)


def _order(provisions: tuple[Provision, ...]) -> tuple[int, ...]:
    """Return the rows, what is awaited before what waits for it (S15)."""
    rows = {each.id: row for row, each in enumerate(provisions)}
    graph = {rows[each.id]: [rows[name] for name in awaited(each) if name in rows] for each in provisions}
    return tuple(TopologicalSorter(graph).static_order())
