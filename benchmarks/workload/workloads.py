"""The workloads by the name of their policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.workload import graded
from benchmarks.workload.cases import Case, columns, dictionaries
from benchmarks.workload.plain import Row, plain


@dataclass(frozen=True, slots=True)
class Workload:
    """Cases to be judged by one policy, and plain Python that judges them.

    Args:
        cases: draws cases, from how many and a seed.
        plain: the duties of a case as rows, by hand.
    """

    cases: Callable[[int, int], list[Case]]
    plain: Callable[[Case], list[Row]]


WORKLOADS: Mapping[str, Workload] = MappingProxyType(
    {
        "benchmark-steady": Workload(lambda n, seed: dictionaries(columns(n, seed)), plain),
        "benchmark-graded": Workload(graded.cases, graded.graded),
    }
)
