"""Which cases columns answered, and why others went to the evaluator of single cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from policyengine.model.frozen import FrozenMap
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.engine.columns.layout import Layout


class Why(StrEnum):
    """Why a case under a policy was judged on its own."""

    ASKED = "asked"
    FEW = "few"
    AMENDED = "amended"
    AGENCY = "agency"
    PROVISIONS = "provisions"
    DECLINED = "declined"


WHY: Mapping[Why, Wording] = MappingProxyType(
    {
        Why.ASKED: Wording("要求逐案判断", "it was asked for"),
        Why.FEW: Wording("案件较少，逐案判断更快", "there are so few cases that this is faster"),
        Why.AMENDED: Wording(
            "案件含有更正、撤回或重复的编号，或只判断当时已知的部分",
            "the case has corrections, retractions or repeated ids, or is judged by what was known then",
        ),
        Why.AGENCY: Wording("机关自身的记录", "it is the log of the agency itself"),
        Why.PROVISIONS: Wording(
            "涉及不能按列计算的条款", "the case may have duties of provisions that columns cannot answer"
        ),
        Why.DECLINED: Wording("案件的经过不能按列计算", "columns decline the course of the case"),
    }
)


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """How the cases were judged by one policy.

    Args:
        columnar: the provisions that columns can answer.
        others: those that they cannot, each with the reason.
        in_columns: how many cases columns answered whole.
        alone: how many cases were judged on their own, by the reason.
    """

    columnar: tuple[str, ...] = ()
    others: Mapping[str, Wording] = FrozenMap()
    in_columns: int = 0
    alone: Mapping[str, int] = FrozenMap()

    @classmethod
    def of(cls, layout: Layout) -> Self:
        """Return what columns can answer, before any case."""
        others = {each.provision.id: each.why for each in layout.columns if each.why is not None}
        return cls(tuple(each.id for each in layout.rows), FrozenMap(others))

    def plus(self, other: PolicyCoverage) -> PolicyCoverage:
        """Return both together."""
        alone = {why: self.alone.get(why, 0) + other.alone.get(why, 0) for why in Why}
        return PolicyCoverage(
            self.columnar or other.columnar,
            self.others or other.others,
            self.in_columns + other.in_columns,
            FrozenMap({why: count for why, count in alone.items() if count}),
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cases there were, and how they were judged.

    Args:
        cases: the rows of the table of cases.
        answered: those that every policy judged.
        kept_back: the others, for which `faults` says why.
        events: the events of all cases.
        faults: how many faults there are.
        policies: by policy, how its cases were judged.
    """

    cases: int = 0
    answered: int = 0
    kept_back: int = 0
    events: int = 0
    faults: int = 0
    policies: Mapping[str, PolicyCoverage] = field(default_factory=FrozenMap)

    def plus(self, other: Coverage) -> Coverage:
        """Return both together."""
        names = dict.fromkeys((*self.policies, *other.policies))
        none = PolicyCoverage()
        return Coverage(
            self.cases + other.cases,
            self.answered + other.answered,
            self.kept_back + other.kept_back,
            self.events + other.events,
            self.faults + other.faults,
            FrozenMap({each: self.policies.get(each, none).plus(other.policies.get(each, none)) for each in names}),
        )


def total(parts: Iterable[Coverage]) -> Coverage:
    """Return all *parts* together."""
    found = Coverage()
    for each in parts:
        found = found.plus(each)
    return found
