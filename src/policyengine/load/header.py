"""Checks of a policy's header: versions, presumed facts, grades, readings, and the clauses of its text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.load.names import Scope
    from policyengine.model.policy import Grading


def header_faults(scope: Scope, gaps: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the header beyond its shape."""
    header, vocabulary = scope.header, scope.vocabulary
    yield from _version_faults(scope)
    for name, value in header.presume.items():
        kind = vocabulary.facts.get(name)
        if kind is None:
            yield scope.unknown("PE206", name, vocabulary.facts, ("presume", name), key=True)
        else:
            yield from scope.value(name, kind, value, ("presume", name))
    for place, grading in enumerate(header.severities):
        yield from _grading_faults(scope, grading, place)
    for name, role in header.roles.items():
        if role.clause is not None and role.clause not in header.source.clauses:
            yield scope.unknown("PE210", role.clause, header.source.clauses, ("roles", name, "clause"))
    yield from _reading_faults(scope)
    yield from _clause_faults(scope, gaps)


def _version_faults(scope: Scope) -> Iterator[Diagnostic]:
    periods = [
        (each.in_force.from_ or datetime.date.min, each.in_force.to or datetime.date.max, place)
        for place, each in enumerate(scope.header.versions)
    ]
    for start, end, place in periods:
        if start >= end:
            yield scope.fault("PE407", ("versions", place, "in_force"), start=start, end=end)
    for (start, end, place), (other, other_end, _) in (
        (one, two) for one in periods for two in periods if two[2] < one[2]
    ):
        if max(start, other) < min(end, other_end):
            yield scope.fault("PE408", ("versions", place, "in_force"), date=max(start, other))


def _grading_faults(scope: Scope, grading: Grading, place: int) -> Iterator[Diagnostic]:
    path = ("severities", place)
    kind = scope.vocabulary.facts.get(grading.fact)
    if kind is None:
        yield scope.unknown("PE206", grading.fact, scope.vocabulary.facts, (*path, "fact"))
        return
    scale = scope.vocabulary.values(kind) or ()
    given: list[str] = []
    for index, grade in enumerate(grading.grades):
        for spot, value in enumerate(grade.reference):
            yield from scope.value(grading.fact, kind, value, (*path, "grades", index, "reference", spot))
        ranks = [scale.index(value) for value in (*given, *grade.reference) if value in scale]
        if ranks != sorted(set(ranks)):
            yield scope.fault("PE505", (*path, "grades", index), fact=grading.fact, grade=grade.id)
        given += grade.reference
    missing = [value for value in scale if value not in given]
    if missing:
        yield scope.fault("PE504", (*path, "fact"), fact=grading.fact, missing=", ".join(missing))


def _reading_faults(scope: Scope) -> Iterator[Diagnostic]:
    for name, reading in scope.header.readings.items():
        if reading.default not in reading.options:
            yield scope.fault(
                "PE209",
                ("readings", name, "default"),
                reading=name,
                option=reading.default,
                allowed=", ".join(reading.options),
            )


def _clause_faults(scope: Scope, gaps: frozenset[str]) -> Iterator[Diagnostic]:
    for name, clause in scope.header.source.clauses.items():
        path = ("source", "clauses", name)
        if clause.provisions is None and clause.gaps is None and clause.disposition is None:
            yield scope.fault("PE503", path, key=True, clause=name)
        for place, provision in enumerate(clause.provisions or ()):
            yield from scope.provision(provision, (*path, "provisions", place))
        for place, gap in enumerate(clause.gaps or ()):
            if gap not in gaps:
                yield scope.unknown("PE211", gap, gaps, (*path, "gaps", place))
