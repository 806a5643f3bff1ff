"""The answers of several policies for one case (S31)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.worklist import Worklist
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Assessments:
    """What several policies say about one case at one instant: duties stay apart, each under its own policy.

    Args:
        answers: one for each policy, in the order in which they were given; at least one.
    """

    answers: tuple[Assessment, ...]

    def __post_init__(self) -> None:
        if not self.answers:
            msg = "no policy to judge by"
            raise ValueError(msg)

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)

    @property
    def case(self) -> str:
        """Return the case's id."""
        return self.answers[0].case

    @property
    def as_of(self) -> Instant:
        """Return the instant asked about."""
        return self.answers[0].as_of

    def of(self, policy: str) -> Assessment:
        """Return the answer of *policy*, by its id.

        Raises:
            LookupError: the case was not judged by such a policy.
        """
        for each in self.answers:
            if each.policy == policy:
                return each
        msg = f"the case {self.case!r} was not judged by {policy!r}"
        raise LookupError(msg)

    def worklist(self, role: str | None = None, *, same: Mapping[str, str] = FrozenMap()) -> Worklist:
        """Return what is to be done, duties of the same act, bearer and addressee merged, and what conflicts.

        Bearers are the same where they have one id. Two policies that call one body by different names are told so:
        `same={"department_involved": "responsible_unit"}`.

        Args:
            role: only what this role owes, or may owe.
            same: by a role of one policy the role of another that it is in this case, which no text says.
        """
        from policyengine.model.worklist import merged

        return merged(self.answers, role, same)
