"""Checks of one node's names and values against the vocabulary and the policy: unknown ones, with what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from policyengine.diagnostics import Diagnostic, nearest
from policyengine.loading.places import Path, declared, reach, start, walk
from policyengine.loading.slips import compared, titles
from policyengine.loading.words import TYPE_WORDS, quoted, value_words
from policyengine.loading.yaml_nodes import Mapping as MappingNode
from policyengine.loading.yaml_nodes import Scalar, Sequence
from policyengine.model.condition import CONNECTIVES, ORDER_TESTS
from policyengine.temporal.zone import zone_names

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.yaml_nodes import Document, Node
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.policy import Header, Reading
    from policyengine.model.vocabulary import FactType, Vocabulary

ROLE_ATTRIBUTES = ("by", "to")
"""Attributes of every event, whose values are roles."""

_SECTIONS: Mapping[str, tuple[Path, ...]] = {
    "PE203": (("roles",),),
    "PE204": (("acts",),),
    "PE205": (("events",), ("acts",)),
    "PE206": (("facts",),),
    "PE208": (("readings",),),
    "PE210": (("source", "clauses"),),
    "PE211": (("provisions",),),
    "PE214": (("scales",),),
    "PE221": (("attributes",),),
    "PE222": (("gaps",),),
}
"""Where a policy or a vocabulary declares the names that a code finds unknown."""

_EVENTS_ALONE = frozenset({"before", "happened", "waived_by"})
"""Keys below which no outcome of a provision can stand."""
_INTERNAL = ("fact", "one_of")
_LONGEST = 80  # what is compared of a name
_SLIP = 0.84  # how like another a zone must be to be meant: `Asia/Beijing` is none of the many in Asia


class Scope(NamedTuple):
    """A node under check, with the names that it may use.

    Args:
        node: the node.
        document: the policy's file.
        header: the policy's header, as far as it is sound.
        vocabulary: the words that the policy may use.
        words: the vocabulary's file, to say where a name is declared.
        provisions: the ids of the policy's provisions; ``None`` when one of them cannot be read, or stands twice.
        gaps: likewise those of its gaps.
    """

    node: Node
    document: Document
    header: Header
    vocabulary: Vocabulary
    words: Document | None = None
    provisions: frozenset[str] | None = None
    gaps: frozenset[str] | None = None

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where *path* leads in the node."""
        return walk(self.node, path, key=key)[1]

    def fault(self, code: str, path: Path, *, key: bool = False, **args: object) -> Diagnostic:
        """Return a diagnostic at *path*."""
        return self.document.fault(code, self.span(path, key=key), **args)  # type: ignore[arg-type]

    def unknown(
        self, code: str, name: str, known: Iterable[str], path: Path, *, key: bool = False, meant: str | None = None
    ) -> Diagnostic:
        """Return the diagnostic for a name that is not among *known*; *meant* goes before what looks alike."""
        documents = [each for each in (self.document, self.words) if each is not None]
        if meant is not None:
            return self.document.fault(code, self.span(path, key=key), name=name, suggestion=meant)
        return unknown_name(code, name, known, self.span(path, key=key), documents=documents)

    def missing(self, name: str, path: Path) -> Diagnostic:
        """Return the diagnostic for a key that the mapping at *path* lacks."""
        return self.document.fault("PE114", start(walk(self.node, path)[0]), name=name)

    def event(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *name* is no event type."""
        if name not in self.vocabulary.acts and name not in self.vocabulary.events:
            yield self.unknown("PE205", name, self.vocabulary.event_types, path, meant=self._outcome(name, path))

    def _outcome(self, name: str, path: Path) -> str | None:
        """Return how the outcome of the provision *name* is written, if there is one and it may stand at *path*."""
        possible = name in (self.provisions or ()) and _EVENTS_ALONE.isdisjoint(path)
        return f"{{performed: {name}}}" if possible else None

    def role(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *name* is no role of the policy or the vocabulary."""
        if name in self.vocabulary.roles or name in self.header.roles:
            return
        own = self._own(("roles",))
        if own is not None and name not in own:
            yield self.unknown("PE203", name, {**self.vocabulary.roles, **own}, path)

    def own_role(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *name* is no role that the policy itself declares, with a title of its own."""
        own = self._own(("roles",))
        if name not in self.vocabulary.roles:
            yield from self.role(name, path)
        elif own is not None and name not in own:
            yield self.fault("PE226", path, name=name)

    def provision(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if the policy has no provision *name*."""
        if self.provisions is not None and name not in self.provisions:
            yield self.unknown("PE211", name, self.provisions, path)

    def clause(self, name: str, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if the text has no clause *name*."""
        if name in self.header.source.clauses:
            return
        known = self._own(("source", "clauses"))
        # Where a clause's own number is at fault, the names of others may mean that one.
        if known is not None and known.keys() == self.header.source.clauses.keys():
            # Every number is like some other one; only another short name of the text can be a slip.
            alike = [each for each in known if each.partition(":")[2] == name.partition(":")[2]]
            yield self.unknown("PE210", name, alike, path)

    def _own(self, section: Path) -> dict[str, Span] | None:
        """Return what the policy itself declares, if that can be told.

        It is taken from the file and not from the header: a role without a title is a fault, but not unknown.
        """
        root = self.document.root
        node = None if root is None else reach(root, section)
        readable = root is not None and (node is None or isinstance(node, MappingNode))
        return declared(root, section) if root is not None and readable else None

    def value(self, name: str, kind: FactType, value: Atom, path: Path) -> Iterator[Diagnostic]:
        """Yield a fault if *value* is not one that the fact or attribute *name* can have."""
        allowed = self.vocabulary.values(kind)
        if allowed is not None:
            if value not in allowed:
                suggestion = self._value_meant(str(value), allowed)
                yield self.document.fault(
                    "PE207",
                    self.span(path),
                    fact=name,
                    value=quoted(value),
                    allowed=", ".join(allowed),
                    suggestion=suggestion,
                    declared=declaration(suggestion, _values_of(name, kind), filter(None, [self.words])),
                )
        elif not kind.holds(value):
            expected = TYPE_WORDS[kind.type or "text"]
            yield self.fault("PE301", path, fact=name, expected=expected, found=value_words(value))

    def _value_meant(self, value: str, allowed: Iterable[str]) -> str | None:
        known = {} if self.words is None else titles(self.words.root)
        by_title = (each for each in known.get(value, ()) if each in allowed)
        return compared(value, allowed) or next(by_title, None) or nearest(value, allowed)


def unknown_name(
    code: str, name: str, known: Iterable[str], span: Span, *, documents: Iterable[Document]
) -> Diagnostic:
    """Return the diagnostic at *span* for a name that is not among *known*, which *documents* declare."""
    documents, suggestion = tuple(documents), nearest(name, known)
    place = declaration(suggestion, _SECTIONS[code], documents)
    return documents[0].fault(code, span, name=name, suggestion=suggestion, declared=place)


def unknown_option(name: str, reading: Reading, option: str, span: Span, *, document: Document) -> Diagnostic:
    """Return the diagnostic at *span* for an *option* that the reading *name* does not have."""
    suggestion = nearest(option, reading.options)
    place = declaration(suggestion, (("readings", name, "options"),), (document,))
    allowed = ", ".join(reading.options)
    return document.fault(
        "PE209", span, reading=name, option=option, allowed=allowed, suggestion=suggestion, declared=place
    )


def one_of(
    document: Document, node: Node, path: Path, *, keys: Iterable[str], given: list[str]
) -> Iterator[Diagnostic]:
    """Yield a fault unless one of *keys* alone is *given*: at the second, or at what lacks them all."""
    if len(given) == 1:
        return
    shown = ", ".join(f"`{each}`" for each in keys)
    if not given:
        named = bool(path) and isinstance(path[-1], str)
        span = walk(node, path, key=True)[1] if named else start(walk(node, path)[0])
        yield document.fault("PE130", span, keys=shown)
    else:
        found = ", ".join(f"`{each}`" for each in given)
        yield document.fault("PE120", walk(node, (*path, given[1]), key=True)[1], keys=shown, found=found)


def unknown_zone(name: str, span: Span, document: Document) -> Diagnostic:
    """Return the diagnostic at *span* for a time zone that does not exist."""
    from difflib import get_close_matches

    alike = get_close_matches(name[:_LONGEST], sorted(zone_names()), n=1, cutoff=_SLIP)
    return document.fault("PE215", span, name=name, suggestion=next(iter(alike), None))


def repeated(document: Document, *sections: Path, key: str = "id") -> Iterator[Diagnostic]:
    """Yield the names that two things in the lists at *sections* share; their *key* names them."""
    first: dict[object, Span] = {}
    for section in sections:
        node = None if document.root is None else reach(document.root, section)
        for item in node.items if isinstance(node, Sequence) else ():
            name = item.get(key) if isinstance(item, MappingNode) else None
            if isinstance(name, Scalar) and first.setdefault(name.value, name.span) is not name.span:
                yield document.fault("PE212", name.span, name=name.value, first=first[name.value])


def declaration(name: str | None, sections: tuple[Path, ...], documents: Iterable[Document]) -> Span | None:
    """Return where *name* is declared, in the first of *sections* and *documents* that does."""
    for document in documents:
        for section in sections:
            places = {} if document.root is None else declared(document.root, section)
            if name in places:
                return places[name]
    return None


def _values_of(name: str, kind: FactType) -> tuple[Path, ...]:
    if kind.scale is not None:
        return (("scales", kind.scale),)
    return (("facts", name, "choices"), ("attributes", name, "choices"))


def condition_faults(scope: Scope, condition: Condition, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the names, values and comparisons of *condition*, which stands at *path*."""
    if not any((condition.facts, condition.any_, condition.all_, condition.not_, condition.happened)):
        yield scope.fault("PE304", path)
    yield from _internal_faults(scope, path)
    for test in condition.facts:
        yield from _test_faults(scope, test, (*path, test.fact))
    for place, name in enumerate(condition.happened or ()):
        yield from scope.event(name, (*path, "happened", place))
    for word, inner in (("any", condition.any_), ("all", condition.all_)):
        for place, each in enumerate(inner or ()):
            yield from condition_faults(scope, each, (*path, word, place))
    if condition.not_ is not None:
        yield from condition_faults(scope, condition.not_, (*path, "not"))


def _internal_faults(scope: Scope, path: Path) -> Iterator[Diagnostic]:
    """Yield the keys in the tests of a condition that only our own form of it has."""
    node = walk(scope.node, path)[0]
    for name, test in node.entries if isinstance(node, MappingNode) else ():
        for key, _ in test.entries if isinstance(test, MappingNode) and name.value not in CONNECTIVES else ():
            if key.value in _INTERNAL:
                allowed = ", ".join((*ORDER_TESTS, "contains"))
                yield scope.document.fault("PE113", key.span, name=key.value, allowed=allowed)


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
