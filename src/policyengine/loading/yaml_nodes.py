"""Text -> nodes with positions: the one way in for YAML, JSON and JSON Lines.

Strict where PyYAML is lax: the YAML 1.2 core schema (`24:00`, `NO` and dates stay text), no key twice, no tags, one
document a file, and caps on depth, number of values (aliases counted at each use) and digits.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, ordered
from policyengine.loading.builder import MAX_DEPTH, MAX_VALUES, Builder, StoppedError
from policyengine.loading.fullwidth import fullwidth_hint
from policyengine.loading.nodes import Mapping, Node, Scalar, Sequence, locate, plain
from policyengine.loading.scalars import UNFIT, shown_character
from policyengine.loading.text import MAX_FILE_BYTES, Source, caret_column, decode, read_source
from policyengine.loading.yaml_events import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MAX_DEPTH",
    "MAX_FILE_BYTES",
    "MAX_VALUES",
    "Document",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "caret_column",
    "decode",
    "fullwidth_hint",
    "locate",
    "parse",
    "parse_lines",
    "plain",
    "read_source",
]

_JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_JSON_START = re.compile(r"\s*[\[{]")
_MAX_UNFIT = 10  # binary junk holds thousands
_SYNTAX = frozenset({"PE104", "PE119"})


@dataclass(frozen=True, slots=True)
class Document:
    """What one text, or one line of JSON Lines, holds.

    Args:
        source: the text.
        root: its nodes; ``None`` when nothing usable came out, and then a diagnostic says why. A root can stand
            beside errors: a refused key, tag or number leaves the rest readable, so that its faults are found too.
        diagnostics: what is wrong, in file order.
    """

    source: Source
    root: Node | None
    diagnostics: tuple[Diagnostic, ...]

    def fault(
        self,
        code: str,
        span: Span,
        *,
        suggestion: str | None = None,
        declared: Span | None = None,
        **args: object,
    ) -> Diagnostic:
        """Return the diagnostic *code* at *span*, with the line it starts in."""
        return self.source.fault(code, span, suggestion=suggestion, declared=declared, **args)


def parse(source: Source) -> Document:
    """Return the nodes of *source*, YAML or JSON, and everything that is wrong with its form.

    A file named `.json`, `.jsonl` or `.ndjson` must be JSON. Any other that starts with a bracket is read as JSON if
    it is JSON, so that tabs and surrogate pairs are as JSON has them, and else as YAML.

    >>> document = parse(Source("a.yaml", "open: 24:00"))
    >>> plain(document.root)
    {'open': '24:00'}
    """
    must_be_json = PurePath(source.file).suffix.lower() in _JSON_SUFFIXES
    faults, text = _fitted(source)
    if must_be_json or _JSON_START.match(text):
        from policyengine.loading.json_text import read_json

        builder = _built(source, read_json, text)
        if must_be_json or builder.stopped not in _SYNTAX:
            return _document(builder, faults)
    return _document(_built(source, read_yaml, text), faults)


def parse_lines(source: Source) -> tuple[Document, ...]:
    """Return a document for each line of *source* that is not blank, each line JSON on its own.

    Spans carry the line's real number, and a bad line leaves the others readable.
    """
    from policyengine.loading.json_text import read_json

    _, text = _fitted(source)
    documents = []
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].isspace():
            builder = _built(source, partial(read_json, start=line.start(), end=line.end()), text)
            documents.append(_document(builder, _unfit(source, *line.span())))
    return tuple(documents)


def _built(source: Source, read: Callable[[Builder, str], None], text: str) -> Builder:
    builder = Builder(source)
    with suppress(StoppedError):
        read(builder, text)
    return builder


def _document(builder: Builder, faults: list[Diagnostic]) -> Document:
    return Document(builder.source, builder.root, ordered([*faults, *builder.faults]))


def _fitted(source: Source) -> tuple[list[Diagnostic], str]:
    """Return what *source* holds that no text may hold, and its text without, of equal length."""
    text = source.text
    # What no text may hold is not printable, and this is soon seen.
    faults = [] if text.replace("\n", "").isprintable() else _unfit(source, 0, len(text))
    return faults, UNFIT.sub("\N{REPLACEMENT CHARACTER}", text) if faults else text


def _unfit(source: Source, start: int, end: int) -> list[Diagnostic]:
    found = islice(UNFIT.finditer(source.text, start, end), _MAX_UNFIT)
    return [source.fault("PE118", source.span(*each.span()), character=shown_character(each[0])) for each in found]
