"""What an answer says of one provision or gap: what two answers have to differ in for a case to show a change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind
from policyengine.analysis.degrees import Degree, degree
from policyengine.model.assessment import Duty, Status

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Part
    from policyengine.model.assessment import Assessment, GapRow, Occurrence

_WORDS = frozenset({"provision", "clauses", "wording", "readings", "candidates", "limit"})
"""What two rows may differ in and still say the same to whoever is bound: clauses, wording, options."""
_SETS = frozenset({"possible", "missing_facts", "missing_attributes", "presumed"})
_OCCURRENCES = frozenset({"trigger", "performed", "last_act"})
_LISTS = frozenset({"breaches", "partial_acts"})


class Direction(StrEnum):
    """Whither the new version goes in one case, or over all."""

    STRICTER = "stricter"
    """It finds more: something owed, departed from or violated, where the old one finds less."""
    LOOSER = "looser"
    """It finds less."""
    BOTH = "both"
    """It finds more in one case, and less in another."""
    OTHER = "other"
    """It finds as much, and says otherwise of it: who, towards whom, by when, on what it hangs."""


class Weight(IntEnum):
    """How plainly a case shows a change."""

    NOTHING = 0
    DETAIL = 1
    LIMIT = 2
    STATUS = 3
    DUTY = 4
    """There is a duty under one version only."""
    DEGREE = 5
    """More is found under one version."""


def rows(assessment: Assessment, part: Part) -> tuple[Duty, ...] | tuple[GapRow, ...]:
    """Return the duties of a provision, or the row of a gap, that are there at all.

    Args:
        assessment: of the version to whose ids the name of *part* belongs.
        part: the provision or gap.
    """
    if part.kind is Kind.GAP:
        return tuple(each for each in assessment.gaps if each.gap == part.name)
    return tuple(each for each in assessment.duties if each.provision == part.name and each.exists)


def says(assessment: Assessment, part: Part, names: Mapping[str, str]) -> Hashable:
    """Return what *assessment* says of *part*, apart from words; the ways of having no duty are one.

    Args:
        assessment: of one version.
        part: the provision or gap, by its id in that version.
        names: other names for provisions, by which answers of two versions can be held against each other.
    """
    return frozenset(_row(each, names) for each in rows(assessment, part))


def weighed(before: Assessment, after: Assessment, parts: tuple[Part, Part]) -> tuple[tuple[Weight, int], Direction]:
    """Return how plainly two answers that differ show it, by weight and by what is found, and whither the second goes.

    Args:
        before: the answer of the old version.
        after: the answer of the new one.
        parts: the provision or gap, by its id in each of them.
    """
    old, new = rows(before, parts[0]), rows(after, parts[1])
    duties = [[each for each in found if isinstance(each, Duty)] for found in (old, new)]
    settled = not any(each.status is Status.UNDETERMINED for found in duties for each in found)
    found = [max((degree(each) for each in one), default=Degree.NOTHING) for one in duties]
    if settled and found[0] != found[1]:
        most = max(found) if old and new else 0
        return (Weight.DEGREE, most), Direction.STRICTER if found[0] < found[1] else Direction.LOOSER
    if bool(old) != bool(new):
        return (Weight.DUTY, 0), Direction.OTHER
    if [_standing(each) for each in duties[0]] != [_standing(each) for each in duties[1]]:
        return (Weight.STATUS, 0), Direction.OTHER
    limits = [[each.limit.due if each.limit is not None else None for each in one] for one in duties]
    return (Weight.LIMIT if limits[0] != limits[1] else Weight.DETAIL, 0), Direction.OTHER


def _standing(duty: Duty) -> Hashable:
    return (duty.status, duty.strength, duty.act, duty.bearer, duty.to)


def _row(row: Duty | GapRow, names: Mapping[str, str]) -> Hashable:
    if not isinstance(row, Duty):
        return (row.kind, frozenset(names.get(each, each) for each in row.instead_of), frozenset(row.missing_facts))
    limit = row.limit
    counted = None if limit is None else (limit.anchor, limit.due, limit.late_from, limit.provisional)
    candidates = frozenset(each.role for each in row.candidates)
    kept = (each.name for each in fields(Duty) if each.name not in _WORDS)
    return (counted, candidates, *(_value(name, getattr(row, name), names) for name in kept))


def _value(name: str, value: object, names: Mapping[str, str]) -> Hashable:
    if name in _SETS and isinstance(value, tuple):
        return frozenset(value)
    if name in _OCCURRENCES:
        return _named(value, names)
    if name in _LISTS and isinstance(value, tuple):
        return tuple(_named(each, names) for each in value)
    return value


def _named(what: object, names: Mapping[str, str]) -> Hashable:
    if what is None:
        return None
    occurrence: Occurrence = what  # type: ignore[assignment]  # the field's own type
    name = occurrence.provision
    return replace(occurrence, provision=None if name is None else names.get(name, name))
