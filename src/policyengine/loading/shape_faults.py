"""Pydantic's errors -> diagnostics: where each stands in the file, in our words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from policyengine.diagnostics import Diagnostic, nearest
from policyengine.loading.fullwidth import meant_words
from policyengine.loading.misfits import valueless_fault
from policyengine.loading.places import Path, start, walk, written
from policyengine.loading.slips import dated, entry_meant, fitting, length_in_words, length_meant
from policyengine.loading.words import NUMBER, TRUTH, expected_words, found_words, quoted, resolved, value_words
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, fullwidth_hint
from policyengine.model.condition import CONNECTIVES, ORDER_TESTS, Condition, FactTest
from policyengine.temporal.instant import ImpossibleTimeError, Instant
from policyengine.temporal.limit import CAPS, Unit
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping as Items

    from pydantic_core import ErrorDetails

    from policyengine.diagnostics import Span

RESERVED = frozenset(
    {
        *("stop", "hold", "restart", "extend", "working_hours", "limit_of", "end_of", "no_later_than", "on_day_off"),
    }
)
"""Keys that the semantics reserve; they are refused until they mean something, never approximated."""

_INTERNAL = MappingProxyType({Condition: frozenset({"facts"}), FactTest: frozenset({"fact", "one_of"})})
"""Keys of our own form of a condition; in a file the facts themselves are keys."""
_ELSE = "else"
"""The key of a decision table whose absence says more than that a key is missing."""
_LENGTHS = (("within",), ("since_last_act",))
_PUNCTUATED = frozenset({"model_type", "mapping_type", "dict_type", "tuple_type", "string_pattern_mismatch"})
"""Faults that full-width punctuation can have brought about."""
_ALIKE = 0.8  # how like another a comparison must be to be meant
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """One error of pydantic's, on its way to a diagnostic.

    Args:
        error: the error.
        model: what was expected at the root.
        root: the node that was read.
        document: its file.
        beside: keys that the mapping at the root may have besides those of the model.
        titles: the names of things by what the file calls them.
        in_quotes: what would still be wrong where numbers stand for text, if they stood in quotes.
    """

    error: ErrorDetails
    model: object
    root: Node
    document: Document
    beside: tuple[str, ...]
    titles: Items[str, tuple[str, ...]]
    in_quotes: Items[Path, ErrorDetails]

    @property
    def location(self) -> Path:
        """Return the path of keys and places at which pydantic met it."""
        return self.error["loc"]

    @property
    def kind(self) -> str:
        """Return pydantic's name for it."""
        return self.error["type"]

    @property
    def context(self) -> dict[str, Any]:
        """Return what pydantic says besides, such as bounds."""
        return self.error.get("ctx", {})

    @property
    def node(self) -> Node:
        """Return the node that it is about, or the deepest one on the way there."""
        return walk(self.root, self.location)[0]

    def span(self, *, key: bool = False) -> Span:
        """Return where that node stands, or the key that leads to it."""
        return walk(self.root, self.location, key=key)[1]

    def meant(self) -> Path | None:
        """Return where the key would stand that an unknown one was probably meant to be."""
        if self.kind != "extra_forbidden":
            return None
        name = self._suggestion()
        return None if name is None else (*self.location[:-1], name)

    def follows(self, misspelt: frozenset[Path]) -> bool:
        """Tell whether the fault only repeats another: a misspelt key, or faults of the entries of a list."""
        if self.kind == "missing":
            return self.location in misspelt
        return self.kind == "too_short" and len(_parts(self.node)) >= int(self.context["min_length"])

    def allowed(self) -> tuple[str, ...]:
        """Return the keys that the mapping may have, as a file writes them."""
        names = tuple(each for each in _fields(self.model, self.location[:-1]) if each not in self._refused())
        return names if len(self.location) > 1 else (*names, *self.beside)

    def _refused(self) -> tuple[str, ...]:
        """Return the keys of a limit that the loader takes only, or never, within a composite (S20)."""
        if "deadline" not in self.location:
            return ()
        return ("promptly",) if {"earliest", "latest"}.intersection(self.location) else ("when",)

    def diagnostic(self) -> Diagnostic:
        """Return the fault in our words."""
        if self.kind == "missing":
            return self._missing_key()
        if self.kind == "extra_forbidden":
            return self._unknown_key()
        if self.location[-1:] in {("[key]",), ("fact",)}:
            return self._unexpected(self.span(key=True), quoted(str(self.error["input"])))
        if self.location[-1:] == ("facts",) and self.kind == "tuple_type":
            keys = ", ".join(CONNECTIVES)
            allowed = Wording(f"词汇表中的事实，{keys}", f"facts of the vocabulary, {keys}")
            return self.document.fault("PE113", self.span(key=True), name="facts", allowed=allowed)
        node = self.node
        found = self._of_place(node) or self._of_kind(node) if isinstance(node, Scalar) else None
        if self.kind in {"literal_error", "enum"}:
            found = found or self._of_choice(node)
        return found or self._unexpected(start(node) if _is_long(node) else self.span(), self._found(node))

    def _found(self, node: Node) -> str | Wording:
        if self.kind not in {"too_short", "too_long"} or isinstance(node, Scalar):
            return found_words(node)
        return str(len(_parts(node)))

    @property
    def expected(self) -> Wording:
        """Return what should stand there."""
        return expected_words(self.kind, self.context)

    def _unexpected(self, span: Span, found: str | Wording) -> Diagnostic:
        written, pattern = self.error["input"], self.context.get("pattern")
        suggestion = None
        if isinstance(written, str) and isinstance(pattern, str):
            suggestion = fitting(written, pattern) or self._titled(written, pattern)
        if isinstance(written, str) and self.location[-1:] in _LENGTHS:
            suggestion = length_in_words(written)
        return self.document.fault("PE115", span, expected=self.expected, found=found, suggestion=suggestion)

    def _titled(self, title: str, pattern: str) -> str | None:
        """Return the name of what the file itself calls *title*."""
        return next((each for each in self.titles.get(title, ()) if re.search(pattern, each)), None)

    def _missing_key(self) -> Diagnostic:
        if self.location[-1] == _ELSE:
            return self.document.fault("PE524", start(self.node))
        return self.document.fault("PE114", start(self.node), name=self.location[-1])

    def _unknown_key(self) -> Diagnostic:
        key, allowed, span = str(self.location[-1]), self.allowed(), self.span(key=True)
        if key in RESERVED:
            return self.document.fault("PE117", span, name=key)
        shown = ", ".join(allowed)
        return self.document.fault(
            "PE113", span, name=key, allowed=Wording(shown, shown), suggestion=self._suggestion()
        )

    def _suggestion(self) -> str | None:
        """Return the key that an unknown one was probably meant to be: one that the mapping may have and has not."""
        node, name = walk(self.root, self.location[:-1])[0], str(self.location[-1])
        given = {key.value for key, _ in node.entries} if isinstance(node, Mapping) else set()
        allowed = [each for each in self.allowed() if each not in given]
        if "within" in allowed and (length := length_meant(node, name)) is not None:
            return length
        if isinstance(self.node, Scalar) and self.node.value is None:
            return entry_meant(node, name) or nearest(name, allowed)
        # Of two comparisons, the one that looks alike may be the opposite: `lower_than` is not `more_than`.
        compares = not set(ORDER_TESTS).isdisjoint(self.allowed())
        return next(iter(get_close_matches(name, allowed, cutoff=_ALIKE)), None) if compares else nearest(name, allowed)

    def _of_place(self, node: Scalar) -> Diagnostic | None:
        """Return the fault of a value that says more by where or how it stands than by what was expected."""
        if node.value is None:
            return valueless_fault(self.document, self.span(key=True), node.span)
        if self.location[-2:-1] in _LENGTHS:
            most = CAPS[Unit(str(self.location[-1]))]
            return self.document.fault("PE405", node.span, limit=most, found=found_words(node))
        hint = fullwidth_hint(node) if self.kind in _PUNCTUATED else None
        if hint is None:
            return None
        column = node.span.column + str(node.value).index(hint[0])
        span = node.span._replace(column=column, end_column=column + 1)
        return self.document.fault("PE119", span, found=hint[0], meant=meant_words(hint[1]))

    def _of_kind(self, node: Scalar) -> Diagnostic | None:
        """Return the fault of a value whose kind has words of its own."""
        return _date_fault(node, self.document) if self.kind.startswith("date_") else self._of_quotes(node)

    def _of_choice(self, node: Node) -> Diagnostic:
        allowed = re.findall("'([^']*)'", str(self.context.get("expected", "")))
        span, found = start(node) if _is_long(node) else node.span, found_words(node)
        if not allowed:
            return self.document.fault("PE129", span, name=self.location[-1], found=found)
        suggestion = nearest(str(node.value), allowed) if isinstance(node, Scalar) else None
        suggestion = suggestion or length_meant(walk(self.root, self.location[:-1])[0], str(self.location[-1]))
        shown = ", ".join(f"`{each}`" for each in allowed)
        return self.document.fault("PE116", span, found=found, allowed=shown, suggestion=suggestion)

    def _of_quotes(self, node: Scalar) -> Diagnostic | None:
        """Return the fault of a number that wants quotes, or of a number in quotes that wants none."""
        text = written(node.span, self.document)
        if self.kind == "string_type" and (unfit := self.in_quotes.get(self.location)) is not None:
            expected = expected_words(unfit["type"], unfit.get("ctx", {}))
            found = value_words(node.value) if node.value is not None else text
            return self.document.fault("PE115", node.span, expected=expected, found=found)
        if self.kind == "string_type":
            kind = TRUTH if isinstance(node.value, bool) else NUMBER
            return self.document.fault("PE126", node.span, found=text, kind=kind)
        wanted = {"int_type": int, "bool_type": bool}.get(self.kind)
        if wanted is not None and isinstance(node.value, str) and type(resolved(node.value)) is wanted:
            expected = self.expected
            return self.document.fault("PE127", node.span, found=text, value=node.value, expected=expected)
        return None


def _is_long(node: Node) -> bool:
    return node.span.line != node.span.end_line


def _parts(node: Node) -> tuple[object, ...]:
    if isinstance(node, Scalar):
        return ()
    return node.items if isinstance(node, Sequence) else node.entries


def _date_fault(node: Scalar, document: Document) -> Diagnostic:
    """Return the diagnostic for what is no date: not written as one, or not in the calendar."""
    text = str(node.value)
    if _DATE.fullmatch(text):
        try:
            Instant.parse(f"{text}T00:00Z")
        except ImpossibleTimeError as error:
            return document.fault("PE403", node.span, text=text, problem=error.problem)
    return document.fault("PE406", node.span, text=written(node.span, document), suggestion=dated(text))


def _fields(kind: object, location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the model at the end of *location* has, as a file writes them."""
    for step in location:
        for model in _models(kind):
            if isinstance(step, str) and step in (names := _keys(model)):
                kind = names[step]
                break
    shown = (name for model in _models(kind) for name in _keys(model) if name not in _INTERNAL.get(model, ()))
    return tuple(dict.fromkeys(shown))


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(kind: object) -> tuple[type[BaseModel], ...]:
    """Return the models named anywhere in an annotation such as `tuple[Model, ...] | None`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return (kind,)
    return tuple(model for part in get_args(kind) for model in _models(part))
