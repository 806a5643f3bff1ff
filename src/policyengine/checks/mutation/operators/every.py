"""All operators, in the order in which a mutant is looked for: where two make the same of a node, the first counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.conditions import CONDITIONS
from policyengine.checks.mutation.operators.header import HEADER
from policyengine.checks.mutation.operators.lengths import LENGTHS
from policyengine.checks.mutation.operators.limits import LIMITS
from policyengine.checks.mutation.operators.norms import NORM_PARTS

if TYPE_CHECKING:
    from policyengine.checks.mutation.operators.operator import Operator

OPERATORS: tuple[Operator, ...] = (*LENGTHS, *LIMITS, *CONDITIONS, *NORM_PARTS, *HEADER)
BY_ID: Mapping[str, Operator] = MappingProxyType({each.id: each for each in OPERATORS})
