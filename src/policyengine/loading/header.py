"""Checks of a policy's header: versions, presumed facts, grades, readings, and the clauses of its text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from collections.abc import Mapping as Items
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.diagnostics import nearest
from policyengine.loading import library
from policyengine.loading.lifetimes import days
from policyengine.loading.misfits import misfit
from policyengine.loading.names import repeated, unknown_option
from policyengine.loading.places import reach, walk
from policyengine.loading.shape import salvaged
from policyengine.loading.yaml_nodes import Mapping, Scalar
from policyengine.model.policy import Header
from policyengine.model.provision import UNSTATED
from policyengine.model.source import Clause
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path
    from policyengine.loading.yaml_nodes import Node
    from policyengine.model.policy import Grading


_TITLE = {"zh": "-", "en": "-"}
_CLAUSE = {"number": "-", "digest": "0" * 16, "says": _TITLE, "disposition": "heading"}
_SOURCE = {"title": _TITLE, "clauses": {"X:1": _CLAUSE}}
_STUB: Items[str, object] = {
    "policy": "stub",
    "title": _TITLE,
    "vocabulary": "stub",
    "time_zone": "UTC",
    "calendar": "stub",
    "versions": [{"in_force": {}}],
    "source": _SOURCE,
}
"""A header that says nothing, in place of what is missing or unsound in a file's own."""

_OPTIONS = Wording("一个或多个选项", "one option or more")
_NO_DIGEST = Wording("没有摘要值", "has no digest")
_DIGEST_OF_NOTHING = Wording("的原文不在手，却写有摘要值", "has a digest, although its text is not at hand")
_DEPTHS = MappingProxyType({"roles": 2, "readings": 2, "presume": 2, "source": 3})


def salvaged_header(root: Node) -> Header:
    """Return what is sound of the header at *root*, so that its faults hide none elsewhere."""
    return salvaged(Header, root, _STUB, depths=_DEPTHS)


def header_faults(scope: Scope, beside: FilePath | None = None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the header beyond its shape, the vocabulary's words apart.

    Superior documents are looked for *beside* the policy, then among the packaged ones.
    """
    yield from _version_faults(scope)
    yield from _superior_faults(scope, beside)
    for name, role in scope.header.roles.items():
        if role.clause is not None:
            yield from scope.clause(role.clause, ("roles", name, "clause"))
        if name == UNSTATED:
            yield scope.fault("PE516", ("roles", name), key=True, name=name)
    yield from _reading_faults(scope)
    yield from _clause_faults(scope)


def word_faults(scope: Scope) -> Iterator[Diagnostic]:
    """Yield what is wrong with the header's facts and their values."""
    header, vocabulary = scope.header, scope.vocabulary
    for name, value in header.presume.items():
        kind = vocabulary.facts.get(name)
        if kind is None:
            yield scope.unknown("PE206", name, vocabulary.facts, ("presume", name), key=True)
        else:
            yield from scope.value(name, kind, value, ("presume", name))
    yield from repeated(scope.document, ("severities",), key="fact")
    for place, grading in enumerate(header.severities):
        yield from _grading_faults(scope, grading, ("severities", place))


def _version_faults(scope: Scope) -> Iterator[Diagnostic]:
    periods = [(*days(each.in_force), place) for place, each in enumerate(scope.header.versions)]
    for start, end, place in periods:
        if start >= end:
            yield scope.fault("PE407", ("versions", place, "in_force"), start=start, end=end, first="from", last="to")
    for (start, end, place), (other, other_end, _) in (
        (one, two) for one in periods for two in periods if two[2] < one[2]
    ):
        if max(start, other) < min(end, other_end):
            date = _day_within(max(start, other), min(end, other_end))
            yield scope.fault("PE408", ("versions", place, "in_force"), date=date)


def _day_within(start: datetime.date, end: datetime.date) -> Wording:
    """Return a day of the period from *start* up to, not including, *end*, as "on ..."."""
    if start == datetime.date.min:
        if end == datetime.date.max:
            return Wording("任何时候都", "at all times")
        start = end - datetime.timedelta(days=1)
    return Wording(f"{start} ", f"on {start}")


def _superior_faults(scope: Scope, beside: FilePath | None) -> Iterator[Diagnostic]:
    # A superior document that does not load must not keep this one from loading: whether it is there is all we ask.
    for place, name in enumerate(scope.header.implements or ()):
        path = ("implements", place)
        if name == scope.header.policy:
            yield scope.fault("PE225", path, name=name)
        elif library.find_policy(name, beside) is None:
            known = library.packaged_policies()
            suggestion = nearest(name, known.keys() - {scope.header.policy})
            yield scope.fault("PE224", path, name=name, known=", ".join(known), suggestion=suggestion)


def _grading_faults(scope: Scope, grading: Grading, path: Path) -> Iterator[Diagnostic]:
    kind = scope.vocabulary.facts.get(grading.fact)
    if kind is None:
        yield scope.unknown("PE206", grading.fact, scope.vocabulary.facts, (*path, "fact"))
        return
    if kind.scale is None:
        yield scope.fault("PE507", (*path, "fact"), fact=grading.fact)
        return
    yield from repeated(scope.document, (*path, "grades"))
    scale = scope.vocabulary.values(kind) or ()
    yield from _order_faults(scope, grading, scale, path)
    given = {value for grade in grading.grades for value in grade.reference}
    missing = [value for value in scale if value not in given]
    if missing and given <= set(scale):
        shown = ", ".join(f"`{each}`" for each in missing)
        yield scope.fault("PE504", (*path, "fact"), fact=grading.fact, missing=shown)


def _order_faults(scope: Scope, grading: Grading, scale: tuple[str, ...], path: Path) -> Iterator[Diagnostic]:
    """Yield the values that the scale does not have, and those that do not stand above all before them."""
    highest = -1
    for index, grade in enumerate(grading.grades):
        for spot, value in enumerate(grade.reference):
            place = (*path, "grades", index, "reference", spot)
            yield from scope.value(grading.fact, scope.vocabulary.facts[grading.fact], value, place)
            if value in scale:
                if scale.index(value) <= highest:
                    yield scope.fault("PE505", place, fact=grading.fact, value=value)
                highest = scale.index(value)


def _reading_faults(scope: Scope) -> Iterator[Diagnostic]:
    for name, reading in scope.header.readings.items():
        if not reading.options:
            node, span = walk(scope.node, ("readings", name, "options"))
            yield misfit(node, span, _OPTIONS, scope.document)
        elif reading.default not in reading.options:
            span = scope.span(("readings", name, "default"))
            yield unknown_option(name, reading, reading.default, span, document=scope.document)


def _clause_faults(scope: Scope) -> Iterator[Diagnostic]:
    for name, clause in scope.header.source.clauses.items():
        path = ("source", "clauses", name)
        if clause.provisions is None and clause.gaps is None and clause.disposition is None:
            yield scope.fault("PE503", path, key=True, clause=name)
        yield from _text_faults(scope, name, clause)
        for place, provision in enumerate(clause.provisions or ()):
            yield from scope.provision(provision, (*path, "provisions", place))
        for place, gap in enumerate(clause.gaps or ()):
            if scope.gaps is not None and gap not in scope.gaps:
                yield scope.unknown("PE222", gap, scope.gaps, (*path, "gaps", place))


def _text_faults(scope: Scope, name: str, clause: Clause) -> Iterator[Diagnostic]:
    """Yield what is wrong with how *clause* accounts for its sentence."""
    path = ("source", "clauses", name)
    entry = reach(scope.node, path)
    if not isinstance(entry, Mapping):
        return
    # Asked of the file: a digest that is there but malformed is a fault of shape, and not missing.
    digest, at_hand = entry.get("digest"), entry.get("at_hand")
    away = isinstance(at_hand, Scalar) and at_hand.value is not True
    misspelt = nearest("digest", {str(key.value) for key, _ in entry.entries} - Clause.model_fields.keys())
    if (digest is not None) == away and misspelt is None:
        problem = _DIGEST_OF_NOTHING if away else _NO_DIGEST
        yield scope.fault("PE530", path, key=True, clause=name, problem=problem)
    if clause.disposition == "non_operational" and clause.note is None:
        yield scope.fault("PE531", (*path, "disposition"), clause=name)
