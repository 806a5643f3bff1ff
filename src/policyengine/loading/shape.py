"""Nodes -> a model, every fault of shape as a diagnostic at its place.

Pydantic finds the faults; :mod:`policyengine.loading.shape_faults` puts them in our words.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from collections.abc import Mapping as Items
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from policyengine.diagnostics import Diagnostic, ordered
from policyengine.loading.misfits import valueless_fault
from policyengine.loading.places import start, walk, written
from policyengine.loading.slips import titles
from policyengine.loading.words import KINDS
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, plain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from policyengine.diagnostics import Span
    from policyengine.loading.places import Path

Model = TypeVar("Model")

_MARKS = MappingProxyType(
    {
        "policy": frozenset({"provisions", "source", "versions"}),
        "vocabulary": frozenset({"acts", "scales"}),
        "calendar": frozenset({"weekend", "years"}),
        "case": frozenset({"case", "events", "as_of"}),
    }
)
"""The keys by which one sees what a file was meant to be, besides the one that names its kind."""


def as_json(node: Node) -> str:
    """Return what *node* holds as JSON text."""
    return json.dumps(plain(node), ensure_ascii=False)


def validate(
    kind: type[Model], node: Node, document: Document, *, beside: tuple[str, ...] = (), nulls: bool = False
) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """Return *node* as a *kind*, or ``None`` and everything that is wrong with its shape.

    Args:
        kind: the model.
        node: what the file holds.
        document: the file.
        beside: keys that the mapping may have besides those of *kind*, for suggestions.
        nulls: whether `null` may stand for "not given"; else nothing but a slip can have left a value out.
    """
    text = to_json(plain(node))
    nothing = () if nulls or b"null" not in text else tuple(_valueless(node, document))
    try:
        adapter = _adapter(kind)  # type: ignore[arg-type]  # a class is hashable
        value: Model = adapter.validate_json(text)
    except ValidationError as error:
        wrong = _shape_faults(error.errors(include_url=False), kind, node, document, beside=beside)
        unknown = {each.span for each in wrong if each.code == "PE113"}
        return None, (*(each for each in nothing if each.span not in unknown), *wrong)
    return (None if nothing else value), nothing


def _shape_faults(
    errors: list[ErrorDetails], kind: type[Model], node: Node, document: Document, *, beside: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    # On use: a file that fits needs no words for what does not.
    from policyengine.loading.shape_faults import ShapeFault

    said = {each["type"] for each in errors}
    known = titles(document.root) if "string_pattern_mismatch" in said else {}
    in_quotes = _in_quotes(kind, node, document, errors) if "string_type" in said else {}
    found = tuple(ShapeFault(each, kind, node, document, beside, known, in_quotes) for each in errors)
    misspelt = frozenset(place for each in found if (place := each.meant()) is not None)
    return tuple(each.diagnostic() for each in found if not each.follows(misspelt))


def _in_quotes(
    kind: type[Model], root: Node, document: Document, errors: Iterable[ErrorDetails]
) -> Items[Path, ErrorDetails]:
    """Return what would still be wrong in *root* if each number that stands for text stood in quotes, by its place."""
    numbers = {id(walk(root, each["loc"])[0]) for each in errors if each["type"] == "string_type"}
    text = as_json(_quoted(root, numbers, document))
    try:
        _adapter(kind).validate_json(text)  # type: ignore[arg-type]  # a class is hashable
    except ValidationError as error:
        return {each["loc"]: each for each in error.errors(include_url=False)}
    return {}


def _quoted(node: Node, numbers: Container[int], document: Document) -> Node:
    """Return *node* with the scalars whose identity is among *numbers* as the text that they are written as."""
    match node:
        case Mapping():
            return Mapping(tuple((key, _quoted(each, numbers, document)) for key, each in node.entries), node.span)
        case Sequence():
            return Sequence(tuple(_quoted(each, numbers, document) for each in node.items), node.span)
        case _:
            is_number = id(node) in numbers and node.value is not None
            return Scalar(written(node.span, document), node.span, plain=False) if is_number else node


def salvaged(kind: type[Model], root: Node, stub: Items[str, object], *, depths: Items[str, int]) -> Model:
    """Return a *kind* of what is sound at *root*, so that its faults hide none elsewhere.

    Args:
        kind: the model.
        root: what the file holds.
        stub: what stands for each key that is missing or unsound.
        depths: how many steps lead to what is sound or not by itself, where that is not the whole value of a key.
    """
    adapter = _adapter(kind)  # type: ignore[arg-type]  # a class is hashable
    written = plain(root)
    parts = dict(written) if isinstance(written, dict) else {}
    while True:
        try:
            value: Model = adapter.validate_json(json.dumps({**stub, **parts}))
        except ValidationError as error:
            # INVARIANT: each round removes something, and the stub alone is sound.
            for each in error.errors(include_url=False):
                _remove(parts, each["loc"][: depths.get(str(each["loc"][0]), 1)])
        else:
            return value


def _remove(parts: dict[str, Any], path: Path) -> None:
    """Remove what stands at *path*, or the whole key when there is nothing."""
    holder: object = parts
    for step in path[:-1]:
        holder = holder.get(step) if isinstance(holder, dict) else None
    if isinstance(holder, dict) and path[-1] in holder:
        del holder[path[-1]]
    else:
        parts.pop(str(path[0]), None)


def told(document: Document, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the faults of the text itself and those *found* in it, in order.

    What was found where the text itself is at fault only repeats that fault.
    """
    unsound = [each.span for each in document.diagnostics if each.span is not None]
    return ordered((*document.diagnostics, *(each for each in found if not _holds_any(each.span, unsound))))


def misplaced(document: Document, expected: str) -> Diagnostic | None:
    """Return the one fault of a file of another kind than *expected*, such as a case in the place of a policy."""
    root = document.root
    names = {str(key.value) for key, _ in root.entries} if isinstance(root, Mapping) else set()
    found = [kind for kind, marks in _MARKS.items() if kind in names and names & marks]
    if root is None or names & _MARKS[expected] or not found:
        return None
    return document.fault("PE131", start(root), found=KINDS[found[0]], expected=KINDS[expected])


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any model
    # The key is the model itself, so what is kept depends on nothing else.
    return TypeAdapter(kind)


def _valueless(node: Node, document: Document) -> Iterator[Diagnostic]:
    """Yield a fault for every key and list entry behind which nothing is written."""
    items = node.items if isinstance(node, Sequence) else ()
    for key, value in node.entries if isinstance(node, Mapping) else ((None, item) for item in items):
        if isinstance(value, Scalar) and value.value is None:
            yield valueless_fault(document, value.span if key is None else key.span, value.span)
        else:
            yield from _valueless(value, document)


def _holds_any(span: Span | None, others: Iterable[Span]) -> bool:
    """Tell whether any of *others* starts within *span*."""
    if span is None:
        return False
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    return any(each.file == span.file and start <= (each.line, each.column) < end for each in others)
