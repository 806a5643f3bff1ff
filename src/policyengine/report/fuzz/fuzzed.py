"""What was found when the laws were tried on generated cases of one policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Wording


class Verdict(StrEnum):
    """What became of a law."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Broken:
    """The smallest case found that breaks a law.

    Args:
        told: how, in English, in lines.
        case: the case; ``None`` for a law about policies alone.
        as_of: the instant asked about.
        readings: the options chosen, the defaults of the other readings left out.
    """

    told: str
    case: Case | None = None
    as_of: Instant | None = None
    readings: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """One law.

    Args:
        law: its number, such as `L6`.
        says: the law in a sentence.
        verdict: what became of it.
        cases: how many it was tried on, up to the first that breaks it; none for a law about policies alone.
        broken: where it is.
        why: where it was not tried.
    """

    law: str
    says: Wording
    verdict: Verdict
    cases: int = 0
    broken: Broken | None = None
    why: Wording | None = None


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """Everything that was found.

    Args:
        policy: what the laws were tried on.
        seed: from which all cases were made.
        examples: for how many cases each law was asked.
        fixed: options under which every question was asked; those of other readings were chosen anew for each.
        tried: the laws, in order.
        looked_at: in how many cases it was looked which provisions have a duty.
        idle: the provisions that had none in any of them, by id, in the order of the file.
    """

    policy: Policy
    seed: int
    examples: int
    fixed: Mapping[str, str]
    tried: tuple[Tried, ...]
    looked_at: int
    idle: tuple[str, ...]

    @property
    def broken(self) -> tuple[Tried, ...]:
        """Return the laws that are broken."""
        return tuple(each for each in self.tried if each.verdict is Verdict.BROKEN)
