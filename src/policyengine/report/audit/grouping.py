"""The findings of an audit in groups: gravest first, then by what they are about; a few of each, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policyengine.checks.audit.finding import Kind
from policyengine.report.audit.telling import state_of
from policyengine.report.audit.words import State

if TYPE_CHECKING:
    from policyengine.checks.audit.finding import Finding


class Subject(NamedTuple):
    """What several findings have in common."""

    kind: Kind
    policy: str | None
    """``None`` for a fault, whatever it is about."""
    about: str | None
    """A provision or a gap; of a fault its code."""


@dataclass(slots=True)
class Group:
    """Findings about one subject.

    Args:
        found: how many there are.
        shown: the first of them, as many as are to be shown.
    """

    found: int = 0
    shown: list[Finding] = field(default_factory=list)


def grouped(findings: Iterable[Finding], most: int) -> Mapping[State, Mapping[Subject, Group]]:
    """Return *findings* by whether they are news and by what they are about, at most *most* of each group.

    Kinds come gravest first, and within one those subjects about which most was found.
    """
    groups: dict[State, dict[Subject, Group]] = {each: {} for each in State}
    for each in findings:
        group = groups[state_of(each)].setdefault(_subject(each), Group())
        group.found += 1
        if len(group.shown) < most:
            group.shown.append(each)
    order = list(Kind)
    return {
        state: dict(sorted(found.items(), key=lambda pair: (order.index(pair[0].kind), -pair[1].found)))
        for state, found in groups.items()
    }


def _subject(finding: Finding) -> Subject:
    if finding.fault is not None:
        return Subject(finding.kind, None, finding.fault.code)
    return Subject(finding.kind, finding.policy, finding.subject)
