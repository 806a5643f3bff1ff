"""Checks of one provision or gap: names, exactly-one-of choices, limits that can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.deadlines import deadline_faults
from policyengine.loading.happenings import attribute_faults, happening_faults, waiver_faults
from policyengine.loading.lifetimes import life_faults
from policyengine.loading.names import condition_faults, one_of
from policyengine.loading.places import reach
from policyengine.loading.recurrence import recurrence_faults
from policyengine.loading.words import found_words
from policyengine.loading.yaml_nodes import Scalar
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.model.provision import Gap, Provision

MEANS = "means"
OF_WHAT_IS_OWED = ("deadline", "standing", "waived_by")
"""Keys that only an obligation has."""

_STRENGTHS = tuple(each.value for each in Strength)
_ONLY_TRUE: tuple[tuple[str, ...], ...] = (
    ("standing",),
    ("sanction",),
    ("each",),
    ("in_person",),
    ("deadline", "promptly"),
)


def provision_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with *provision* beyond its shape."""
    yield from common_faults(scope, provision)
    strengths = [each for each in _STRENGTHS if getattr(provision, each) is not None]
    yield from one_of(scope.document, scope.node, (), keys=_STRENGTHS, given=strengths)
    for strength in strengths:
        act = getattr(provision, strength)
        if act not in scope.vocabulary.acts:
            yield scope.unknown("PE204", act, scope.vocabulary.acts, (strength,))
    if provision.bearer is None and provision.must_not is None:
        yield scope.missing("bearer", ())
    for part in ("bearer", "to"):
        name = getattr(provision, part)
        if name is not None:
            yield from scope.role(name, (part,))
    if provision.unless is not None:
        yield from condition_faults(scope, provision.unless, ("unless",))
    yield from _means_faults(scope, provision)
    for place, name in enumerate(provision.defeats or ()):
        yield from scope.provision(name, ("defeats", place))
    yield from _end_faults(scope, provision)
    for place, happening in enumerate(provision.waived_by or ()):
        yield from waiver_faults(scope, happening, ("waived_by", place))
    yield from _contradictions(scope, provision)
    yield from deadline_faults(scope, provision)
    yield from recurrence_faults(scope, provision)


def common_faults(scope: Scope, owner: Provision | Gap) -> Iterator[Diagnostic]:
    """Yield what is wrong with the clauses, triggers, condition and days of a provision or gap."""
    for place, clause in enumerate(owner.clause):
        yield from scope.clause(clause, ("clause", place))
    for place, happening in enumerate(owner.upon or ()):
        yield from happening_faults(scope, happening, ("upon", place))
    if owner.when is not None:
        yield from condition_faults(scope, owner.when, ("when",))
    yield from life_faults(scope, owner)


def _means_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    for place, value in enumerate(provision.means or ()):
        yield from attribute_faults(scope, MEANS, value, (MEANS, place))


def _end_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with `until`, and with keys that can only be true."""
    if provision.until is not None:
        given = [word for word, names in (("any", provision.until.any_), ("all", provision.until.all_)) if names]
        yield from one_of(scope.document, scope.node, ("until",), keys=("any", "all"), given=given)
        for word, names in (("any", provision.until.any_), ("all", provision.until.all_)):
            for place, name in enumerate(names or ()):
                yield from scope.event(name, ("until", word, place))
    for path in _ONLY_TRUE:
        node = None if getattr(provision, path[0]) is None else reach(scope.node, path)
        # The model takes 1 for true; a file does not (S9).
        if isinstance(node, Scalar) and node.value is not True:
            yield scope.document.fault("PE129", node.span, name=path[-1], found=found_words(node))


def _contradictions(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield the keys that cannot stand beside others, or not without them."""
    owed = "must_not" if provision.must_not is not None else "may"
    owes = provision.must_not is None and provision.may is None
    for part in OF_WHAT_IS_OWED:
        if getattr(provision, part) is not None and not owes:
            yield scope.fault("PE122", (part,), key=True, name=part, other=owed)
    if provision.in_person and provision.bearer is None and provision.must_not is not None:
        # Of any other strength, the bearer is missing anyway.
        yield scope.fault("PE517", ("in_person",), key=True, name="in_person", other="bearer")
    if provision.standing and provision.deadline is not None:
        yield scope.fault("PE122", ("standing",), key=True, name="standing", other="deadline")
