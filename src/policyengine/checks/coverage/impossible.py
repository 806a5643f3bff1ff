"""What no case can cover, where that is cheap to prove; what is not proved stays demanded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.analysis.proving.examination import condition_norm
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side, enumerated
from policyengine.checks.coverage.conditions import conditions_of, tests
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import holds
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Branch, Row
    from policyengine.model.policy import Policy, Variants
    from policyengine.model.provision import DecisionTable, Gap, Provision

MOST_COMBINED = 64
"""Under so many combinations of options a proof is attempted."""


def never_applies(policy: Policy, name: str) -> bool:
    """Tell whether it is proved that the provision or gap *name* applies in no case, however the policy is read."""
    own = [each for each in _norms(policy) if any(node.id == name for node in each.nodes())]
    return _in_every_side(policy, [*own, *_bearing(policy, name)], lambda side: _dead(side, name))


def never_taken(policy: Policy, name: str, row: Row) -> bool:
    """Tell whether it is proved that *row* of the table *name* decides in no case, however the policy is read."""
    own = [each for each in policy.tables if any(node.id == name for node in each.nodes())]
    return _in_every_side(policy, [*own, *_deriving(policy)], lambda side: _untaken(side, name, row))


def never_comes_out(policy: Policy, owner: str, branch: Branch) -> bool:
    """Tell whether it is proved that the test of *branch* never comes out as wanted, for no value that its fact has."""
    vocabulary = policy.vocabulary
    if branch.test.happened is not None:
        return branch.wanted is Truth.FALSE and _has_happened_by_then(policy, owner, branch)
    test = branch.test.facts[0]
    derived = [node for each in policy.tables for node in each.nodes() if node.derives == test.fact]
    try:
        values = (
            [value for table in derived for value in (*(row.then for row in table.rows), table.else_)]
            if derived
            else [each.witness for each in cells(test.fact, (test,), vocabulary)]
        )
    except TooManyContentsError:
        return False
    records = (Record(FrozenMap({test.fact: value})) for value in values if value != UNSTATED)
    return all(holds(branch.test, each, vocabulary) is not branch.wanted for each in records)


def _has_happened_by_then(policy: Policy, owner: str, branch: Branch) -> bool:
    """Tell whether every form of *owner* that has the test is triggered only by what the test asks for."""
    kinds = {kind for name in branch.test.happened or () for kind in policy.vocabulary.kinds(name)}
    nodes = [node for each in _norms(policy) for node in each.nodes() if node.id == owner]
    asking = [node for node in nodes if any(branch.test in tests(each) for _, each in conditions_of(node))]
    triggers = [happening for node in asking for happening in node.upon or (None,)]
    return bool(triggers) and all(
        each is not None and each.event is not None and kinds.issuperset(policy.vocabulary.kinds(each.event))
        for each in triggers
    )


def _in_every_side(policy: Policy, bearing: Iterable[Variants[Any]], is_so: Callable[[Side], bool]) -> bool:
    """Tell whether something is so under every combination of the options that *bearing* depends on."""
    names = dict.fromkeys(name for each in bearing for name in each.readings)
    options = [tuple(policy.readings[name].options) for name in names]
    if prod(map(len, options)) > MOST_COMBINED:
        return False
    combinations = (dict(zip(names, chosen, strict=True)) for chosen in product(*options))
    try:
        return all(is_so(Side.of(policy, chosen)) for chosen in combinations)
    except (TooManyRegionsError, TooManyContentsError):
        return False


def _dead(side: Side, name: str) -> bool:
    own: tuple[Provision | Gap, ...] = (*side.provisions, *side.gaps)
    norms = [each for each in own if each.id == name]
    found = [enumerated(side.vocabulary, ((side, each),), lambda truths: truths[0]) for each in norms]
    return all(truth is Truth.FALSE for each in found for _, truth in each)


def _untaken(side: Side, name: str, row: Row) -> bool:
    table = side.tables.get(name) or side.assigning.get(name)
    number = None if table is None else _number(table, row)
    if table is None or number is None:
        return True
    unique = table.unique_hit
    norms: tuple[tuple[Side, Provision | Gap], ...] = tuple(
        (side, condition_norm(table.id, f"row {place}", each.when)) for place, each in enumerate(table.rows)
    )

    def takes(truths: tuple[Truth, ...]) -> bool:
        true_before = Truth.TRUE in (truths if number == len(truths) else truths[:number])
        decides = number == len(truths) or truths[number] is not Truth.FALSE
        return decides and not (true_before and (number == len(truths) or not unique))

    return not any(outcome for _, outcome in enumerated(side.vocabulary, norms, takes))


def _number(table: DecisionTable, row: Row) -> int | None:
    """Return the place of *row* in *table*, behind the last row for the `else`; ``None`` where it is not in it."""
    if row.place is None:
        return len(table.rows) if table.else_ == row.then else None
    own = table.rows[row.place] if row.place < len(table.rows) else None
    return row.place if own is not None and (own.then, own.when) == (row.then, row.when) else None


def _norms(policy: Policy) -> tuple[Variants[Any], ...]:
    return (*policy.provisions, *policy.gaps)


def _bearing(policy: Policy, name: str) -> Iterator[Variants[Any]]:
    """Yield what decides whether the norm *name* applies: the tables of derived facts, and what defeats it."""
    yield from _deriving(policy)
    for each in policy.provisions:
        if any(name in (node.defeats or ()) for node in each.nodes()):
            yield each


def _deriving(policy: Policy) -> Iterator[Variants[DecisionTable]]:
    return (each for each in policy.tables if any(node.derives is not None for node in each.nodes()))
