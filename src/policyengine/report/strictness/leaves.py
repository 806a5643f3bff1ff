"""Ways of reading two policies that come to the same: how the policies are read in the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.analysis.sides import Side

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import Leaf, Options, StrictnessRange
    from policyengine.model.policy import Policy


def sides_of(found: StrictnessRange, leaf: Leaf) -> tuple[Side, Side]:
    """Return both policies as they are read in the first of the ways of *leaf*: for the rest by their defaults."""
    return _side(found.one, leaf.one), _side(found.other, leaf.other)


def _side(policy: Policy, options: Options) -> Side:
    return Side.of(policy, {reading: chosen[0] for reading, chosen in options})
