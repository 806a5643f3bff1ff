"""Packaged policies held against each other as the command does it: under what both presume, apart from grades."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import policyengine as pe
from policyengine.analysis.comparing import presumed, scale_of
from policyengine.analysis.every_reading import under_every_reading
from policyengine.analysis.sides import Side
from policyengine.report.strictness.both_ways import both_ways

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import StrictnessRange
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.report.strictness.both_ways import BothWays

REAL = (
    ("hubei", "state-council-2016-61"),
    ("changzhi", "state-council-2016-80"),
    ("anshan", "state-council-2016-61"),
    ("xincheng", "state-council-2016-61"),
    ("meihekou", "state-council-2016-80"),
)
"""Pairs of a policy and one that it implements."""


@cache
def load(name: str) -> Policy:
    """Return the packaged policy *name*, read once."""
    return pe.load(name)


@cache
def held(one: str, other: str, *acts: str) -> BothWays:
    """Return how policy *one* stands to policy *other*, about *acts* or everything."""
    policies = (load(one), load(other))
    return both_ways(*map(Side.of, policies), acts=acts or None, given=_given(policies))


@cache
def ranged(one: str, other: str, *acts: str) -> StrictnessRange:
    """Return the same under every way of reading both."""
    policies = (load(one), load(other))
    return under_every_reading(*policies, acts=acts or None, given=_given(policies))


def _given(policies: tuple[Policy, Policy]) -> dict[str, FactValue]:
    vocabulary = policies[0].vocabulary
    return presumed(policies, vocabulary, scale_of(vocabulary, policies))
