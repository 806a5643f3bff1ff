"""One finding as CI services want it: a rule, a level, a message, and a line of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.report.json_values import Json


class Grade(StrEnum):
    """How an annotation strikes the eye; the names are those of SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of finding is, told once in a report.

    Args:
        id: its stable name: a code such as `PE203`, or a kind such as `violation`.
        title: a few words.
        help: what to do about it.
        grade: how grave its annotations are, unless they say otherwise.
    """

    id: str
    title: str
    help: str = ""
    grade: Grade = Grade.WARNING


@dataclass(frozen=True, slots=True)
class Annotation:
    """One finding at one place; all texts are in the language of the report.

    Args:
        rule: the id of its rule.
        grade: how grave it is.
        title: a few words that stand alone.
        message: one or more sentences.
        span: where it is; ``None`` where it has no place in a file.
        related: other places, such as the provision in the policy's file, each with what stands there.
        fingerprint: what stays the same from one run to the next.
        suppressed: why it does not count (a waiver's reason); ``None`` where it does.
        known: whether it was there before (a baseline).
        fault: whether it says that something could not be checked, rather than what came of checking it.
        properties: more, as data.
    """

    rule: str
    grade: Grade
    title: str
    message: str
    span: Span | None = None
    related: tuple[tuple[Span, str], ...] = ()
    fingerprint: str | None = None
    suppressed: str | None = None
    known: bool = False
    fault: bool = False
    properties: Mapping[str, Json] = FrozenMap()

    @property
    def counts(self) -> bool:
        """Tell whether it is news: nobody lets it stand, and it was not there before."""
        return self.suppressed is None and not self.known


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked, for services that count passes too (JUnit).

    Args:
        suite: what it belongs to: a policy, or a file. Checks of one suite come one after the other.
        name: what was checked: a case, or an expectation.
        annotations: what is wrong with it; none where it passed.
        span: where it stands.
        seconds: how long it took, if that was measured.
        group: what readers group it by, with `name` its identity from one run to the next; the suite unless given.
    """

    suite: str
    name: str
    annotations: tuple[Annotation, ...] = ()
    span: Span | None = None
    seconds: float | None = None
    group: str | None = None
