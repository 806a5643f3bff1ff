"""Which findings fail a build."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.audit.finding import Kind

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Totals


class FailOn(StrEnum):
    """From what on findings fail a build; what is told before the chosen word fails it too."""

    VIOLATION = "violation"
    ADVISORY = "advisory"
    UNDETERMINED = "undetermined"
    """Here belongs too what is violated, or departed from, under some readings of the text only: whether it is wrong is
    open until somebody chooses one."""
    NEVER = "never"


_FAILING: Mapping[FailOn, frozenset[Kind]] = MappingProxyType(
    {
        FailOn.VIOLATION: frozenset({Kind.VIOLATION}),
        FailOn.ADVISORY: frozenset({Kind.VIOLATION, Kind.ADVISORY}),
        FailOn.UNDETERMINED: frozenset({Kind.VIOLATION, Kind.ADVISORY, Kind.UNDETERMINED}),
        FailOn.NEVER: frozenset(),
    }
)


def fails(kind: Kind, on: FailOn, *, only_some: bool = False) -> bool:
    """Tell whether a finding of this *kind* fails a build, where it is neither waived nor known.

    Limits that are provisional, silences of the text, and what is said of waivers never do; what could not be read does
    whatever is asked, and is no matter of this function (:attr:`policyengine.checks.audit.audit.Audit.unread`).

    Args:
        kind: what it is.
        on: from what on findings fail.
        only_some: it stands under some readings of the text only.
    """
    return kind in _FAILING[on] and (not only_some or on is FailOn.UNDETERMINED)


def failing(totals: Totals, on: FailOn) -> int:
    """Return how many of the findings that *totals* adds up fail a build."""
    counts = ((kind, tally, some) for kind, tally in totals.kinds.items() for some in (False, True))
    return sum(tally.some if some else tally.new for kind, tally, some in counts if fails(kind, on, only_some=some))
