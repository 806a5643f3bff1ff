"""Single values changed in a text of YAML or JSON, byte for byte as it was elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.loading.nodes import Mapping as NodeMapping
from policyengine.loading.nodes import Node
from policyengine.loading.nodes import Sequence as NodeSequence
from policyengine.loading.scalars import resolve

if TYPE_CHECKING:
    from policyengine.diagnostics import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})")
"""Texts that need no quotes wherever they stand, unless they mean something else."""
_COMMENT = re.compile(r"(?:^|\s)#")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One change: the characters from offset *start* up to *end* give way to *text*."""

    start: int
    end: int
    text: str


class Text:
    """A text whose values can be changed; offsets are those of the text as its file has it, line ends included."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._end = next((found[0] for found in _LINE_END.finditer(text)), "\n")
        self._is_json = text.lstrip(f"{_MARK} \t\r\n")[:1] in {"{", "["}

    def edited(self, edits: Sequence[Edit]) -> str:
        """Return the text with all *edits* made; later ones at one place stand behind earlier ones."""
        parts, at = [], 0
        for each in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            parts += [self._text[at : each.start], each.text]
            at = max(at, each.end)
        return "".join((*parts, self._text[at:]))

    def replacement(self, node: Node, value: object) -> Edit | None:
        """Return the edit that puts *value* in the place of *node*; nothing where a comment would be lost."""
        begin, end = self._offset(node.span), self._offset(node.span, end=True)
        old = self._text[begin:end]
        if begin == end:  # nothing was written behind the colon
            return Edit(begin, end, f" {rendered(value, '', quoted=self._is_json)}")
        if not isinstance(node, NodeSequence) or old.startswith("["):
            is_lost = not old.startswith(("'", '"')) and _COMMENT.search(old)
            return None if is_lost else Edit(begin, end, rendered(value, old, quoted=self._is_json))
        if _COMMENT.search(old):
            return None
        if isinstance(value, list) and value:
            indent = self._end + " " * (node.span.column - 1)
            style = old.removeprefix("-").lstrip()
            return Edit(begin, end, indent.join(f"- {rendered(each, style, quoted=False)}" for each in value))
        colon = self._text.rfind(":", 0, begin)
        between = self._text[colon + 1 : begin]
        return None if between.strip() else Edit(colon + 1, end, f" {rendered(value, '', quoted=False)}")

    def addition(self, node: NodeMapping, key: str, value: object) -> Edit:
        """Return the edit that adds a *key* with its *value* to a mapping."""
        name, last = next((each for each in node.entries if each[0].value in {"provision", "gap"}), node.entries[-1])
        after = self._offset(last.span, end=True)
        told = f"{json.dumps(key) if self._is_json else key}: {rendered(value, '', quoted=self._is_json)}"
        if self._text[self._offset(node.span)] == "{":
            return Edit(after, after, f", {told}")
        line = _LINE_END.search(self._text, after)
        after = len(self._text) if line is None else line.start()
        return Edit(after, after, f"{self._end}{' ' * (name.span.column - 1)}{told}")

    def _offset(self, span: Span, *, end: bool = False) -> int:
        line, column = (span.end_line, span.end_column) if end else (span.line, span.column)
        mark = line == 1 and self._text.startswith(_MARK)
        return self._lines[line - 1] + column - 1 + mark


def rendered(value: object, old: str, *, quoted: bool) -> str:
    """Return *value* as YAML writes it on one line, in quotes where *old*, which it takes the place of, had them.

    >>> rendered(["CZH:17", "e1"], "", quoted=False)
    '["CZH:17", e1]'

    Args:
        value: text, number, truth value, nothing, a list or a mapping.
        old: what stood there.
        quoted: whether every text needs quotes, as in JSON.
    """
    if isinstance(value, list):
        style = old.removeprefix("[").lstrip()
        return "[" + ", ".join(rendered(each, style, quoted=quoted) for each in value) + "]"
    if isinstance(value, Mapping):
        pairs = ((_text(str(key), "", quoted=quoted), rendered(each, "", quoted=quoted)) for key, each in value.items())
        return "{" + ", ".join(map(": ".join, pairs)) + "}"
    return _text(value, old, quoted=quoted) if isinstance(value, str) else json.dumps(value)


def _text(value: str, old: str, *, quoted: bool) -> str:
    if old.startswith("'") and not quoted and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if quoted or old.startswith('"') or not _BARE.fullmatch(value) or resolve(value) != value:
        return json.dumps(value, ensure_ascii=False)
    return value
