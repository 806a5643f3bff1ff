"""YAML text -> builder, over PyYAML's event stream.

`yaml.compose` recurses and `yaml.load` resolves by YAML 1.1; the events alone do neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, cast

import yaml

from policyengine.diagnostics import Span
from policyengine.loading.fullwidth import MEANT, fullwidth_hint, is_lone_key, meant_words, mistyped, shown
from policyengine.loading.nodes import Scalar
from policyengine.loading.problems import (
    INDENTED_TOO_FAR,
    NO_SPACE_AFTER_DASH,
    UNCLOSED_BRACKET,
    UNCLOSED_QUOTE,
    SyntaxProblem,
    yaml_problem,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.loading.builder import Builder

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCKS = frozenset("|>")
_CORE_TAG = "tag:yaml.org,2002:"
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)
_TAG = re.compile(r"(?:&\S+\s+)?(\S+)")
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")
"""What ends a line for YAML, but not for an editor, nor for `Source`."""


def read_yaml(builder: Builder, text: str) -> None:
    """Feed the one document that *text* holds to *builder*.

    Raises:
        StoppedError: a fault ended the reading; the builder holds it.
    """
    # A tag can only be refused, and libyaml needs quadratic time to take note of many declarations of tags.
    if "%TAG" in text and (directive := _TAG_DIRECTIVE.search(text)) is not None:
        builder.stop("PE110", builder.source.span(*directive.span()), tag="%TAG")
    reader = _Reader(builder, text)
    try:
        reader.take_all()
    except yaml.MarkedYAMLError as error:
        reader.refuse(error)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Without libyaml, an escape beyond Unicode or a version of 5,000 digits surfaces as Python's own error.
        reader.refuse(yaml.MarkedYAMLError(problem=str(error)))
    reader.judge_root()


class _Mark(Protocol):
    index: int
    line: int
    column: int


class _Event(Protocol):
    """What is read of PyYAML's events, whichever loader made them."""

    start_mark: _Mark
    end_mark: _Mark
    value: str
    style: str | None
    flow_style: bool
    tag: str | None
    anchor: str


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, builder: Builder, text: str) -> None:
        self._builder = builder
        self._source = builder.source
        self._text = text
        self._flow: list[bool] = []  # for each open collection, whether it is written in brackets
        self._last: _Event | None = None  # the latest event that was understood
        self._file = self._source.file
        # So many lines the parser counts as we do; at the end of a text it counts one more than there is.
        self._agreed = 0 if any(each in text for each in _OTHER_BREAKS) else text.count("\n")

    def take_all(self) -> None:
        """Feed every event up to the end of the first document."""
        take: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
        }
        loader, handlers = LOADER(self._text), take.get
        for event in iter(loader.get_event, None):
            handler = handlers(type(event))
            if handler is not None:
                self._last = event
                handler(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self._builder.root is not None:
                self._builder.fault("PE109", self._span(cast("_Event", event)))
                return

    def judge_root(self) -> None:
        """Refuse a document that holds nothing, or text that was meant to be a mapping."""
        root = self._builder.root
        if root is None or (isinstance(root, Scalar) and root.value is None and _is_empty(root.span)):
            self._builder.stop("PE108", self._source.span(0, 0))
        if isinstance(root, Scalar) and fullwidth_hint(root) == ("：", ":"):
            self._refuse_fullwidth(root.span.line, root.span.column - 1)

    def refuse(self, error: yaml.MarkedYAMLError) -> NoReturn:
        """End with the syntax error, at the place a person would look at."""
        offset, above = self._place(error)
        span = self._source.span(offset, min(offset + 1, len(self._text)))
        character = self._text[offset : offset + 1]
        if character in MEANT:
            self._refuse_character(span, character, MEANT[character])
        for number in (span.line, above):
            if fullwidth_hint(self._source.line(number)) is not None:
                self._refuse_fullwidth(number, 0)
            self._refuse_mistyped(number, span.column - 1)
        problem = error.problem or ""
        if "tab character" in problem or (character == "\t" and "cannot start any token" in problem):
            self._builder.stop("PE124", span)
        unclosed = self._unclosed(error, span)
        if unclosed is not None:
            self._refuse_syntax(*unclosed)
        self._refuse_syntax(span, self._problem(problem, offset))

    def _problem(self, problem: str, offset: int) -> SyntaxProblem:
        """Return what the parser calls *problem*, more exactly where the text at *offset* says more."""
        line, column = self._source.position(offset)
        if self._text[offset : offset + 1] == "-" and not self._text[offset + 1 : offset + 2].isspace():
            return NO_SPACE_AFTER_DASH
        if problem.startswith("mapping values") and is_lone_key(self._source.line(line)[: column - 1]):
            return INDENTED_TOO_FAR
        return yaml_problem(problem)

    def _refuse_syntax(self, span: Span, found: SyntaxProblem) -> NoReturn:
        self._builder.stop("PE104", span, format="YAML", problem=found.problem, remedy=found.remedy)

    def _refuse_fullwidth(self, line: int, skip: int) -> NoReturn:
        column = self._source.line(line).index("：", skip) + 1
        self._refuse_character(Span(self._source.file, line, column, line, column + 1), "：", ":")

    def _refuse_mistyped(self, number: int, end: int) -> None:
        found = mistyped(self._source.line(number), end)
        if found is not None:
            column = found[0] + 1
            self._refuse_character(Span(self._source.file, number, column, number, column + 1), *found[1:])

    def _refuse_character(self, span: Span, found: str, meant: str) -> NoReturn:
        self._builder.stop("PE119", span, found=shown(found), meant=meant_words(meant))

    def _unclosed(self, error: yaml.MarkedYAMLError, span: Span) -> tuple[Span, SyntaxProblem] | None:
        """Return the quote or bracket that was left open on a line above, if that explains *error* at *span*."""
        last = self._last
        if (
            last is not None
            and getattr(last, "style", None) in {"'", '"'}
            and last.end_mark.index == self._offset(error)
        ):
            quote = self._source.span(last.start_mark.index, last.start_mark.index + 1)
            return (quote, UNCLOSED_QUOTE) if quote.line < span.line else None
        if error.context_mark is None or not str(error.context).startswith("while parsing a flow"):
            return None
        bracket = self._source.span(error.context_mark.index, error.context_mark.index + 1)
        # A bracket that goes over several lines has them indented further than its own.
        if bracket.line < span.line and _indent(self._source.line(span.line)) <= _indent(
            self._source.line(bracket.line)
        ):
            return bracket, UNCLOSED_BRACKET
        return None

    def _offset(self, error: yaml.MarkedYAMLError) -> int:
        return -1 if error.problem_mark is None else error.problem_mark.index

    def _place(self, error: yaml.MarkedYAMLError) -> tuple[int, int]:
        """Return the offset of *error*, and the number of a further line that may have caused it."""
        mark, context = error.problem_mark, error.context_mark
        content_end = len(self._text.rstrip())
        understood = content_end if self._last is None else self._last.end_mark.index
        offset = min(understood if mark is None else mark.index, content_end)
        # A key without colon and a quote or bracket without end are noticed far below where they stand.
        if context is not None and (offset == content_end or error.context == "while scanning a simple key"):
            return min(context.index, offset), 0
        line, column = self._source.position(offset)
        above = self._line_above(line) if is_lone_key(self._source.line(line)[: column - 1]) else 0
        return offset, above

    def _line_above(self, number: int) -> int:
        return next((above for above in range(number - 1, 0, -1) if self._source.line(above).strip()), 0)

    def _span(self, event: _Event) -> Span:
        start, end = event.start_mark, event.end_mark
        last = end.line
        if last < self._agreed:
            return Span(self._file, start.line + 1, start.column + 1, last + 1, end.column + 1)
        return self._source.span(start.index, end.index)

    def _exact_span(self, event: _Event) -> Span:
        """Return the span of a scalar at the end of a text, or in a block, without the blank lines that follow it."""
        if event.style not in _BLOCKS:
            return self._span(event)
        start = event.start_mark.index
        return self._source.span(start, start + len(self._text[start : event.end_mark.index].rstrip()))

    def _scalar(self, event: _Event) -> None:
        start, end, style, tag = event.start_mark, event.end_mark, event.style, event.tag
        last = end.line
        if last >= self._agreed or style in _BLOCKS:
            span = self._exact_span(event)
        else:  # of most values in a file; the call of `Span` itself would take twice as long
            span = tuple.__new__(Span, (self._file, start.line + 1, start.column + 1, last + 1, end.column + 1))
        if tag is not None:
            self._refuse_tag(event)
        # The non-specific tag `!` says: text.
        self._builder.scalar(event.value, span, plain=not style and tag != "!", anchor=event.anchor)

    def _open(self, event: _Event) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        self._flow.append(bool(event.flow_style))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._builder.open(self._span(event), is_mapping=is_mapping, anchor=event.anchor)

    def _close(self, event: _Event) -> None:
        # Only a bracket is an end of its own; `[a: b]` holds a mapping without one.
        if not self._flow.pop() or event.start_mark.index == event.end_mark.index:
            self._builder.close()
        else:
            self._builder.close(self._span(event)[3:])

    def _alias(self, event: _Event) -> None:
        self._builder.alias(event.anchor or "", self._span(event))

    def _refuse_tag(self, event: _Event) -> None:
        if event.tag is None or event.tag == "!":
            return
        written = _TAG.match(self._text, event.start_mark.index)
        span = self._span(event) if written is None else self._source.span(*written.span(1))
        self._builder.fault("PE110", span, tag=event.tag.replace(_CORE_TAG, "!!", 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_empty(span: Span) -> bool:
    return (span.line, span.column) == (span.end_line, span.end_column)
