"""Checks of what a duty waits for: events with their attributes, and outcomes of other provisions (S11, S16, S25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.names import ROLE_ATTRIBUTES, one_of
from policyengine.model.happening import Happening, Outcome

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.names import Scope
    from policyengine.loading.places import Path

_OUTCOMES = tuple(each.value for each in Outcome)
_KINDS = ("event", *_OUTCOMES)


def happening_faults(scope: Scope, happening: Happening, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with *happening*, which stands at *path*."""
    given = [kind for kind in _KINDS if getattr(happening, kind) is not None]
    yield from one_of(scope.document, scope.node, path, keys=_KINDS, given=given)
    if happening.event is not None:
        yield from scope.event(happening.event, (*path, "event"))
    for kind in _OUTCOMES:
        for place, name in enumerate(getattr(happening, kind) or ()):
            yield from scope.provision(name, (*path, kind, place))
    if not happening.where:
        return
    if happening.event is None and given:
        yield scope.fault("PE122", (*path, "where"), key=True, name="where", other=given[0])
    for name, values in happening.where.items():
        for place, value in enumerate(values):
            yield from attribute_faults(scope, name, value, (*path, "where", name, place))


def waiver_faults(scope: Scope, happening: Happening, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the event at *path* that waives a duty (S25); an outcome is nobody's waiver."""
    yield from happening_faults(scope, happening, path)
    for kind in _OUTCOMES:
        if getattr(happening, kind) is not None:
            yield scope.fault("PE518", (*path, kind), key=True, outcome=kind)


def attribute_faults(scope: Scope, name: str, value: object, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with one *value* of the attribute *name*, the value standing at *path*."""
    if name in ROLE_ATTRIBUTES:
        yield from scope.role(str(value), path)
    elif name in scope.vocabulary.attributes:
        yield from scope.value(name, scope.vocabulary.attributes[name], value, path)  # type: ignore[arg-type]
    else:
        yield unknown_attribute(scope, name, path[:-1], key=True)


def key_faults(scope: Scope, names: tuple[str, ...], path: Path) -> Iterator[Diagnostic]:
    """Yield a fault for each of *names*, listed at *path*, that is no attribute of an event."""
    for place, name in enumerate(names):
        if name not in ROLE_ATTRIBUTES and name not in scope.vocabulary.attributes:
            yield unknown_attribute(scope, name, (*path, place))


def unknown_attribute(scope: Scope, name: str, path: Path, *, key: bool = False) -> Diagnostic:
    """Return the diagnostic for an attribute that no event has."""
    return scope.unknown("PE221", name, (*ROLE_ATTRIBUTES, *scope.vocabulary.attributes), path, key=key)
