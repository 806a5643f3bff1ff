"""A vocabulary file -> a vocabulary, checked: every name declared once, kinds that lead upwards."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policyengine.diagnostics import Diagnostic, has_errors
from policyengine.loading.memory import remembered
from policyengine.loading.names import one_of, repeated, unknown_name
from policyengine.loading.places import declared, walk
from policyengine.loading.shape import as_json, misplaced, salvaged, told, validate
from policyengine.loading.yaml_nodes import Document, Node, Source, parse, read_source
from policyengine.model.provision import UNSTATED
from policyengine.model.vocabulary import EventType, FactType, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from policyengine.loading.places import Path
    from policyengine.model.vocabulary import Choice


_KINDS = ("type", "scale", "choices")
_STUB = MappingProxyType({"vocabulary": "stub", "title": {"zh": "-", "en": "-"}})
_DEPTHS = MappingProxyType(dict.fromkeys(("scales", "facts", "attributes", "events", "acts", "roles"), 2))


class Words(NamedTuple):
    """A vocabulary; its file, which says where each word is declared; and what the file holds, as JSON."""

    vocabulary: Vocabulary
    document: Document
    text: str


def read_vocabulary(path: FilePath) -> tuple[Vocabulary | None, tuple[Diagnostic, ...]]:
    """Return the vocabulary in the file *path*, or ``None``, and everything that is wrong with it."""
    words, faults = read_words(path)
    return (None if words is None else words.vocabulary), faults


def read_words(path: FilePath) -> tuple[Words | None, tuple[Diagnostic, ...]]:
    """Return the vocabulary in the file *path* with its places, or ``None``, and everything that is wrong with it."""
    source, faults = read_source(path)
    return (None, faults) if source is None else _words(source)


@remembered
def _words(source: Source) -> tuple[Words | None, tuple[Diagnostic, ...]]:
    document = parse(source)
    if document.root is None:
        return None, document.diagnostics
    other = misplaced(document, "vocabulary")
    if other is not None:
        return None, told(document, [other])
    vocabulary, shape = validate(Vocabulary, document.root, document)
    sound = vocabulary or salvaged(Vocabulary, document.root, _STUB, depths=_DEPTHS)
    words = Words(sound, document, as_json(document.root))
    found = told(document, (*shape, *_faults(words, document.root)))
    return (None if has_errors(found) else words), found


def _faults(words: Words, root: Node) -> Iterator[Diagnostic]:
    vocabulary, document = words.vocabulary, words.document
    for name in vocabulary.acts:
        if name in vocabulary.events:
            span, first = (walk(root, (section, name), key=True)[1] for section in ("acts", "events"))
            yield document.fault("PE212", span, name=name, first=first)
    for section in ("events", "acts"):
        for name, kind in getattr(vocabulary, section).items():
            yield from _kind_faults(words, root, kind, (section, name))
    yield from _circles(words, root)
    for section in ("facts", "attributes"):
        for name, fact in getattr(vocabulary, section).items():
            yield from _type_faults(words, root, fact, (section, name))
            yield from repeated(document, (section, name, "choices"))
    for name in vocabulary.scales:
        yield from repeated(document, ("scales", name))
    yield from repeated(document, ("topics",))
    yield from _topic_faults(words, root)
    yield from _reserved_faults(words, root)


def _topic_faults(words: Words, root: Node) -> Iterator[Diagnostic]:
    """Yield the acts of topics that nobody declares."""
    known = declared(root, ("acts",))
    for place, topic in enumerate(words.vocabulary.topics):
        for number, act in enumerate(topic.acts):
            if act not in known:
                span = walk(root, ("topics", place, "acts", number))[1]
                yield unknown_name("PE204", act, known, span, documents=(words.document,))


def _reserved_faults(words: Words, root: Node) -> Iterator[Diagnostic]:
    """Yield the roles and the values of facts that have the name by which tables say that the text names none."""
    vocabulary = words.vocabulary
    named: dict[Path, tuple[Choice, ...]] = {("scales", name): each for name, each in vocabulary.scales.items()}
    named |= {("facts", name, "choices"): each.choices or () for name, each in vocabulary.facts.items()}
    found = [("roles", name) for name in vocabulary.roles if name == UNSTATED]
    listed: list[Path] = [
        (*path, place, "id")
        for path, choices in named.items()
        for place, each in enumerate(choices)
        if each.id == UNSTATED
    ]
    for path in (*found, *listed):
        yield words.document.fault("PE516", walk(root, path, key=path[0] == "roles")[1], name=UNSTATED)


def _kind_faults(words: Words, root: Node, kind: EventType, path: Path) -> Iterator[Diagnostic]:
    for place, wide in enumerate(kind.kind_of):
        if wide in words.vocabulary.event_types:
            continue
        # As the file has them: one without a title is a fault, but not unknown.
        known = {**declared(root, ("events",)), **declared(root, ("acts",))}
        if wide not in known:
            span = walk(root, (*path, "kind_of", place))[1]
            yield unknown_name("PE205", wide, known, span, documents=(words.document,))


def _circles(words: Words, root: Node) -> Iterator[Diagnostic]:
    """Yield each circle of `kind_of` once, at the first of its names."""
    vocabulary, told_of = words.vocabulary, set[str]()
    for section in ("events", "acts"):
        for name in getattr(vocabulary, section):
            above = _above(vocabulary, name)
            if name not in above or name in told_of:
                continue
            circle = [wide for wide in above if name in _above(vocabulary, wide)]
            told_of.update(circle)
            span = walk(root, (section, name, "kind_of"))[1]
            yield words.document.fault("PE219", span, name=name, circle=_chain(vocabulary, name, circle))


def _chain(vocabulary: Vocabulary, name: str, circle: list[str]) -> str:
    """Return a way round the *circle* from *name* back to itself."""
    chain = [name]
    while (wider := next(each for each in vocabulary.event_types[chain[-1]].kind_of if each in circle)) not in chain:
        chain.append(wider)
    return " -> ".join((*chain, wider))


def _above(vocabulary: Vocabulary, name: str) -> list[str]:
    """Return the wider types of *name*, directly or by way of others."""
    known = vocabulary.event_types
    above = [wide for wide in known[name].kind_of if wide in known]
    for wide in above:  # grows while it is read
        above += [each for each in known[wide].kind_of if each in known and each not in above]
    return above


def _type_faults(words: Words, root: Node, fact: FactType, path: Path) -> Iterator[Diagnostic]:
    document = words.document
    given = [kind for kind in _KINDS if getattr(fact, kind) is not None]
    yield from one_of(document, root, path, keys=_KINDS, given=given)
    known = declared(root, ("scales",))
    if fact.scale is not None and fact.scale not in known:
        span = walk(root, (*path, "scale"))[1]
        yield unknown_name("PE214", fact.scale, known, span, documents=(document,))
