"""Checks of one node's names and values against the vocabulary and the policy: unknown ones, with what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, nearest
from policyengine.load.shape import head, walk
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.load.yaml_nodes import Document, Node
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.policy import Header
    from policyengine.model.vocabulary import FactType, Vocabulary

Path = tuple[int | str, ...]

TYPE_WORDS: Mapping[str, Wording] = {
    "boolean": Wording("true 或 false", "true or false"),
    "text": Wording("文本", "text"),
    "number": Wording("数字", "a number"),
}
ROLE_ATTRIBUTES = ("by", "to")
"""Attributes of every event, whose values are roles."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A node under check, with the names that it may use."""

    node: Node
    document: Document
    header: Header
    vocabulary: Vocabulary
    provisions: frozenset[str]

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where *path* leads in the node."""
        return walk(self.node, path, key=key)[1]

    def fault(self, code: str, path: Path, *, key: bool = False, **args: object) -> Diagnostic:
        """Return a diagnostic at *path*."""
        return self.document.fault(code, self.span(path, key=key), **args)  # type: ignore[arg-type]

    def unknown(self, code: str, name: str, known: Iterable[str], path: Path, *, key: bool = False) -> Diagnostic:
        """Return the diagnostic for a name that is not among *known*."""
        return self.fault(code, path, key=key, name=name, suggestion=nearest(name, known))

    def missing(self, name: str, path: Path) -> Diagnostic:
        """Return the diagnostic for a key that the mapping at *path* lacks."""
        return self.document.fault("PE114", head(self.span(path)), name=name)

    def event(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *name* is no event type."""
        if name not in self.vocabulary.event_types:
            yield self.unknown("PE205", name, self.vocabulary.event_types, path)

    def role(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *name* is no role of the policy or the vocabulary."""
        known = {**self.vocabulary.roles, **self.header.roles}
        if name not in known:
            yield self.unknown("PE203", name, known, path)

    def provision(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if the policy has no provision *name*."""
        if name not in self.provisions:
            yield self.unknown("PE211", name, self.provisions, path)

    def value(self, name: str, kind: FactType, value: Atom, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *value* is not one that the fact or attribute *name* can have."""
        allowed = self.vocabulary.values(kind)
        if allowed is not None:
            if value not in allowed:
                yield self.fault(
                    "PE207",
                    path,
                    fact=name,
                    value=value,
                    allowed=", ".join(allowed),
                    suggestion=nearest(str(value), allowed),
                )
        elif not kind.holds(value):
            yield self.fault("PE301", path, fact=name, expected=TYPE_WORDS[kind.type or "text"], found=f"`{value}`")


def condition_faults(scope: Scope, condition: Condition, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the names, values and comparisons of *condition*, which stands at *path*."""
    if not any((condition.facts, condition.any_, condition.all_, condition.not_, condition.happened)):
        yield scope.fault("PE304", path)
    for test in condition.facts:
        yield from _test_faults(scope, test, (*path, test.fact))
    for place, name in enumerate(condition.happened or ()):
        yield from scope.event(name, (*path, "happened", place))
    for word, inner in (("any", condition.any_), ("all", condition.all_)):
        for place, each in enumerate(inner or ()):
            yield from condition_faults(scope, each, (*path, word, place))
    if condition.not_ is not None:
        yield from condition_faults(scope, condition.not_, (*path, "not"))


def _test_faults(scope: Scope, test: FactTest, path: Path) -> Iterator[Diagnostic]:
    kind = scope.vocabulary.facts.get(test.fact)
    if kind is None:
        yield scope.unknown("PE206", test.fact, scope.vocabulary.facts, path, key=True)
        return
    if test.one_of is None and test.contains is None and not test.orders():
        yield scope.fault("PE304", path)
    for place, value in enumerate(test.one_of or ()):
        yield from scope.value(test.fact, kind, value, (*path, place))
    for operator, value in test.orders():
        if kind.many or (kind.scale is None and kind.type != "number"):
            yield scope.fault("PE302", (*path, operator), key=True, fact=test.fact, operator=operator)
        else:
            yield from scope.value(test.fact, kind, value, (*path, operator))
    if test.contains is not None:
        if not kind.many:
            yield scope.fault("PE303", (*path, "contains"), key=True, fact=test.fact)
        yield from scope.value(test.fact, kind, test.contains, (*path, "contains"))
    if kind.many and test.one_of is not None:
        yield scope.fault("PE305", path, fact=test.fact)
