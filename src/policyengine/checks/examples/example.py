"""What an example is: a case, what is asked of it, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant

Plain = object
"""A value as a file has it: text, number, truth value, ``None``, list (as a tuple) or mapping; an instant as one."""


class Subject(StrEnum):
    """What an expectation is about."""

    DUTY = "duty"
    GAP = "gap"
    ABSENT = "absent"
    """A provision that must have no duty."""
    WORKLIST = "worklist"
    """An entry that the merged worklist of several policies holds (S31)."""
    CONFLICTS = "conflicts"
    """All that is owed and forbidden at once (S31)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: only what matters of one row.

    Args:
        subject: what it is about.
        policy: the policy, by the name that `Ask.policies` has for it; empty where it is about all of them.
        name: the provision or the gap.
        instance: which of the provision's duties; ``None`` for the first.
        wanted: by key of the row, the value that it must have, as the file has it; empty where it says nothing yet.
        span: where the expectation stands: the name of the provision, else the first of its keys.
        spans: where each of its values stands, by key.
        why: why the law has it so, in the author's words.
    """

    subject: Subject
    policy: str
    name: str
    instance: str | None = None
    wanted: Mapping[str, Plain] = FrozenMap()
    span: Span | None = None
    spans: Mapping[str, Span] = field(default=FrozenMap(), compare=False, repr=False)
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about a case, with everything that is expected of its answer.

    Args:
        label: what tells it from the example's other questions; empty where there is one.
        case: the case, with the facts that are given for this question.
        policies: the names of the policies that judge it together, the first of them by default meant: the id of a
            packaged policy, or a path from where the command runs.
        as_of: the instant asked about.
        choose: options other than the defaults, by policy name.
        expected: the expectations.
        same: roles that are one in this case, for the merged worklist.
        span: where the question stands.
        spans: where its parts stand: `policy`, `choose/READING`, `same/ROLE`.
    """

    label: str
    case: Case
    policies: tuple[str, ...]
    as_of: Instant
    choose: Mapping[str, Mapping[str, str]] = FrozenMap()
    expected: tuple[Expected, ...] = ()
    same: Mapping[str, str] = FrozenMap()
    span: Span | None = None
    spans: Mapping[str, Span] = field(default=FrozenMap(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Example:
    """One case of a file, with all that is asked of it.

    Args:
        file: the file, as it was named.
        name: the case's id.
        title: for people.
        asks: the questions, in the order of the file; what other readings change is a question of its own.
        span: where the example stands.
    """

    file: str
    name: str
    title: str | None
    asks: tuple[Ask, ...]
    span: Span | None = None
