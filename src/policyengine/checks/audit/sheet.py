"""What an audit holds of one case: that it was judged, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.audit.finding import Finding
    from policyengine.diagnostics import Span
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Judged:
    """A case that was read.

    Args:
        case: its id.
        policies: the ids of the policies that judged it; none where it could not be judged.
        as_of: the instant asked about; ``None`` where there is none.
        events: how many entries of the log it has.
        span: where it stands in the log.
    """

    case: str
    policies: tuple[str, ...]
    as_of: Instant | None
    events: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case with its findings, of which a clean one has none.

    Args:
        judged: the case; ``None`` for what is not about one that was read: faults of the log, policies that do not
            load, waivers.
        findings: gravest first, then in the order of the policies and their provisions.
    """

    judged: Judged | None
    findings: tuple[Finding, ...] = ()
