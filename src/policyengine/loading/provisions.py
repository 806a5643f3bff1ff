"""Checks of one provision or gap: names, exactly-one-of choices, limits that can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.names import ROLE_ATTRIBUTES, condition_faults, one_of
from policyengine.loading.places import reach
from policyengine.loading.words import found_words
from policyengine.loading.yaml_nodes import Scalar
from policyengine.model.happening import Happening, Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.limit import CAPS, Unit

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path
    from policyengine.model.deadline import Deadline
    from policyengine.model.provision import Gap, Provision

MEANS = "means"
_ONLY_TRUE: tuple[tuple[str, ...], ...] = (("standing",), ("sanction",), ("deadline", "promptly"))


def provision_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with *provision* beyond its shape."""
    yield from common_faults(scope, provision)
    strengths = [each.value for each in Strength if getattr(provision, each.value) is not None]
    yield from one_of(scope.document, scope.node, (), keys=tuple(Strength), given=strengths)
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
    if provision.deadline is not None:
        yield from _deadline_faults(scope, provision, provision.deadline)


def common_faults(scope: Scope, owner: Provision | Gap) -> Iterator[Diagnostic]:
    """Yield what is wrong with the clauses, triggers and condition of a provision or gap."""
    for place, clause in enumerate(owner.clause):
        yield from scope.clause(clause, ("clause", place))
    for place, happening in enumerate(owner.upon or ()):
        yield from _happening_faults(scope, happening, ("upon", place))
    if owner.when is not None:
        yield from condition_faults(scope, owner.when, ("when",))


def _happening_faults(scope: Scope, happening: Happening, path: Path) -> Iterator[Diagnostic]:
    kinds = ("event", *Outcome)
    given = [kind for kind in kinds if getattr(happening, kind) is not None]
    yield from one_of(scope.document, scope.node, path, keys=kinds, given=given)
    if happening.event is not None:
        yield from scope.event(happening.event, (*path, "event"))
    for kind in Outcome:
        for place, name in enumerate(getattr(happening, kind) or ()):
            yield from scope.provision(name, (*path, kind, place))
    if happening.where and happening.event is None and given:
        yield scope.fault("PE122", (*path, "where"), key=True, name="where", other=given[0])
    for name, values in happening.where.items():
        for place, value in enumerate(values):
            yield from _attribute_faults(scope, name, value, (*path, "where", name, place))


def _attribute_faults(scope: Scope, name: str, value: object, path: Path) -> Iterator[Diagnostic]:
    if name in ROLE_ATTRIBUTES:
        yield from scope.role(str(value), path)
    elif name in scope.vocabulary.attributes:
        yield from scope.value(name, scope.vocabulary.attributes[name], value, path)  # type: ignore[arg-type]
    else:
        known = (*ROLE_ATTRIBUTES, *scope.vocabulary.attributes)
        yield scope.unknown("PE221", name, known, path[:-1], key=True)


def _means_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    for place, value in enumerate(provision.means or ()):
        yield from _attribute_faults(scope, MEANS, value, (MEANS, place))


def _end_faults(scope: Scope, provision: Provision) -> Iterator[Diagnostic]:
    """Yield what is wrong with `until`, and with keys that contradict one another."""
    if provision.until is not None:
        given = [word for word, names in (("any", provision.until.any_), ("all", provision.until.all_)) if names]
        yield from one_of(scope.document, scope.node, ("until",), keys=("any", "all"), given=given)
        for word, names in (("any", provision.until.any_), ("all", provision.until.all_)):
            for place, name in enumerate(names or ()):
                yield from scope.event(name, ("until", word, place))
    for path in _ONLY_TRUE:
        node = reach(scope.node, path)
        # The model takes 1 for true; a file does not (S9).
        if isinstance(node, Scalar) and node.value is not True:
            yield scope.document.fault("PE129", node.span, name=path[-1], found=found_words(node))
    owed = "must_not" if provision.must_not is not None else "may"
    owes = provision.must_not is None and provision.may is None
    for part in ("deadline", "standing"):
        if getattr(provision, part) is not None and not owes:
            yield scope.fault("PE122", (part,), key=True, name=part, other=owed)
    if provision.standing and provision.deadline is not None:
        yield scope.fault("PE122", ("standing",), key=True, name="standing", other="deadline")


def _deadline_faults(scope: Scope, provision: Provision, deadline: Deadline) -> Iterator[Diagnostic]:
    kinds = ("within", "before", "promptly")
    given = [kind for kind in kinds if getattr(deadline, kind) is not None]
    yield from one_of(scope.document, scope.node, ("deadline",), keys=kinds, given=given)
    if deadline.within is not None:
        yield from _length_faults(scope, deadline)
        if provision.upon is None and deadline.of is None:
            yield scope.fault("PE404", ("deadline", "within"), key=True, provision=provision.id)
    if deadline.before is not None:
        yield from scope.event(deadline.before, ("deadline", "before"))
        if deadline.of is not None:
            yield scope.fault("PE122", ("deadline", "of"), key=True, name="of", other="before")
    if deadline.of is not None:
        yield from _happening_faults(scope, deadline.of, ("deadline", "of"))


def _length_faults(scope: Scope, deadline: Deadline) -> Iterator[Diagnostic]:
    parts = deadline.within.parts() if deadline.within is not None else ()
    units = [unit for unit, _ in parts]
    yield from one_of(scope.document, scope.node, ("deadline", "within"), keys=tuple(Unit), given=units)
    for unit, number in parts:
        most = CAPS[Unit(unit)]
        if not 1 <= number <= most:
            yield scope.fault("PE405", ("deadline", "within", unit), limit=most, found=f"`{number}`")
