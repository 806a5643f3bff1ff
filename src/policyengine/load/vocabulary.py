"""A vocabulary file -> a vocabulary, checked: every name declared once, kinds that lead upwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, has_errors, nearest, ordered
from policyengine.load.shape import validate, walk
from policyengine.load.yaml_nodes import Document, Node, parse, read_source
from policyengine.model.vocabulary import EventType, FactType, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def read_vocabulary(path: Path) -> tuple[Vocabulary | None, tuple[Diagnostic, ...]]:
    """Return the vocabulary in the file *path*, or ``None``, and everything that is wrong with it."""
    source, faults = read_source(path)
    if source is None:
        return None, faults
    document = parse(source)
    if document.root is None or has_errors(document.diagnostics):
        return None, ordered((*faults, *document.diagnostics))
    vocabulary, shape = validate(Vocabulary, document.root, document)
    found = list(shape)
    if vocabulary is not None:
        found += _faults(vocabulary, document.root, document)
    return (None if has_errors(found) else vocabulary), ordered(found)


def _faults(vocabulary: Vocabulary, root: Node, document: Document) -> Iterator[Diagnostic]:
    for name in vocabulary.acts:
        if name in vocabulary.events:
            _, span = walk(root, ("acts", name), key=True)
            _, first = walk(root, ("events", name), key=True)
            yield document.fault("PE212", span, name=name, first=first)
    for section in ("events", "acts"):
        for name, kind in getattr(vocabulary, section).items():
            yield from _kind_faults(vocabulary, name, kind, (section, name), root, document)
    for section in ("facts", "attributes"):
        for name, fact in getattr(vocabulary, section).items():
            yield from _type_faults(vocabulary, fact, (section, name), root, document)
    for name, choices in vocabulary.scales.items():
        yield from _repeated([choice.id for choice in choices], ("scales", name), root, document)


def _kind_faults(
    vocabulary: Vocabulary, name: str, kind: EventType, path: tuple[str, ...], root: Node, document: Document
) -> Iterator[Diagnostic]:
    known = vocabulary.event_types
    for place, wide in enumerate(kind.kind_of):
        if wide not in known:
            _, span = walk(root, (*path, "kind_of", place))
            yield document.fault("PE205", span, name=wide, suggestion=nearest(wide, known))
    if _leads_to_itself(vocabulary, name):
        _, span = walk(root, path, key=True)
        yield document.fault("PE219", span, name=name)


def _leads_to_itself(vocabulary: Vocabulary, name: str) -> bool:
    above = [wide for wide in vocabulary.event_types[name].kind_of if wide in vocabulary.event_types]
    for wide in above:  # grows while it is read
        above += [
            each
            for each in vocabulary.event_types[wide].kind_of
            if each in vocabulary.event_types and each not in above
        ]
    return name in above


def _type_faults(
    vocabulary: Vocabulary, fact: FactType, path: tuple[str, ...], root: Node, document: Document
) -> Iterator[Diagnostic]:
    kinds = ("type", "scale", "choices")
    given = [kind for kind in kinds if getattr(fact, kind) is not None]
    if len(given) != 1:
        _, span = walk(root, path, key=True)
        shown = ", ".join(f"`{each}`" for each in given) or "-"
        yield document.fault("PE120", span, keys=", ".join(f"`{each}`" for each in kinds), found=shown)
    if fact.scale is not None and fact.scale not in vocabulary.scales:
        _, span = walk(root, (*path, "scale"))
        yield document.fault("PE214", span, name=fact.scale, suggestion=nearest(fact.scale, vocabulary.scales))
    yield from _repeated([choice.id for choice in fact.choices or ()], (*path, "choices"), root, document)


def _repeated(names: list[str], path: tuple[str, ...], root: Node, document: Document) -> Iterator[Diagnostic]:
    for place, name in enumerate(names):
        if name in names[:place]:
            _, span = walk(root, (*path, place, "id"))
            _, first = walk(root, (*path, names.index(name), "id"))
            yield document.fault("PE212", span, name=name, first=first)
