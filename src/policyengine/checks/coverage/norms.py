"""Provisions and gaps: what an example has asserted to be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from policyengine.checks.coverage.coverage import Kind
from policyengine.model.provision import Gap, Provision

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.model.policy import Policy, Variants

Norm = TypeVar("Norm", Provision, Gap)


def shown(trial: Trial) -> Iterator[Key]:
    """Yield the provisions whose duty is there, and the gaps that the case meets for certain, as an example says."""
    yield from ((Kind.PROVISIONS, name, None) for name in trial.certain)
    yield from ((Kind.GAPS, name, None) for name in trial.met)


def items(policy: Policy) -> Iterator[Key]:
    """Yield the provisions and the gaps of *policy*."""
    yield from ((Kind.PROVISIONS, name, None) for name in provisions_by_id(policy))
    yield from ((Kind.GAPS, name, None) for name in gaps_by_id(policy))


def provisions_by_id(policy: Policy) -> Mapping[str, tuple[Provision, ...]]:
    """Return by id every form that a provision has under any reading, each once."""
    return _by_id(policy.provisions)


def gaps_by_id(policy: Policy) -> Mapping[str, tuple[Gap, ...]]:
    """Return by id every form that a gap has under any reading, each once."""
    return _by_id(policy.gaps)


def norms_by_id(policy: Policy) -> Mapping[str, tuple[Provision | Gap, ...]]:
    """Return both."""
    return {**provisions_by_id(policy), **gaps_by_id(policy)}


def _by_id(found: Iterable[Variants[Norm]]) -> Mapping[str, tuple[Norm, ...]]:
    by_id: dict[str, dict[Norm, None]] = {}
    for variants in found:
        for node in variants.nodes():
            by_id.setdefault(node.id, {})[node] = None
    return {name: tuple(nodes) for name, nodes in by_id.items()}
