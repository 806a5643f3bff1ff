"""JSON text -> builder: RFC 8259, read by a small automaton of our own.

Much JSON is not quite YAML: escapes in surrogate pairs, tabs, keys beyond 1,024 characters, a colon on its own line.
"""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from policyengine.loading.fullwidth import MEANT, meant_words
from policyengine.loading.problems import json_problem

if TYPE_CHECKING:
    from policyengine.loading.builder import Builder

_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
    (?P<mark>[{}\[\],:])
    |(?P<text>"[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])
    |(?P<word>true|false|null)\b
    |(?P<wild>NaN|-?Infinity)\b
    )""",
    re.VERBOSE,
)
# The states: what may come next, in the words of the message.
_VALUE = "a value"
_ITEM = "a value or `]`"
_KEY = "a key in double quotes"
_MEMBER = "a key in double quotes or `}`"
_COLON = "`:`"
_AFTER = MappingProxyType({"]": "`,` or `]`", "}": "`,` or `}`", "": "the end of the text"})
_OPENING = MappingProxyType({"[": ("]", _ITEM), "{": ("}", _MEMBER)})
_CLOSABLE = frozenset({("]", _ITEM), ("]", _AFTER["]"]), ("}", _MEMBER), ("}", _AFTER["}"])})


def read_json(builder: Builder, text: str, *, start: int = 0, end: int | None = None) -> None:
    """Feed the one value that *text* holds from offset *start* up to offset *end* to *builder*.

    Raises:
        StoppedError: a fault ended the reading; the builder holds it.
    """
    _Reader(builder, text, len(text) if end is None else end).take_all(start)


class _Reader:
    """One pass over the tokens of one value."""

    def __init__(self, builder: Builder, text: str, end: int) -> None:
        self._builder = builder
        self._source = builder.source
        self._text = text
        self._end = end
        self._expected = _VALUE
        self._closers: list[str] = []  # of the open lists and mappings

    def take_all(self, start: int) -> None:
        """Feed every token from offset *start* on; refuse what is no token, and a value that is not complete."""
        at = start
        while (match := _TOKEN.match(self._text, at, self._end)) is not None:
            kind = match.lastgroup or ""
            self._take(kind, match[kind], match.start(kind))
            at = match.end()
        rest = self._text[at : self._end].lstrip(" \t\n")
        if rest:
            self._refuse(self._end - len(rest))
        if at == start:
            self._builder.stop("PE108", self._source.span(start, start))
        if self._expected != _AFTER[""]:
            self._stop(at, f"the text ends where {self._expected} is expected")

    def _take(self, kind: str, token: str, at: int) -> None:
        if kind == "mark":
            self._take_mark(token, at)
        else:
            self._take_scalar(kind, token, at)

    def _take_mark(self, mark: str, at: int) -> None:
        if mark in _OPENING and self._expected in (_VALUE, _ITEM):
            self._builder.open(self._source.span(at, at + 1), is_mapping=mark == "{")
            closer, self._expected = _OPENING[mark]
            self._closers.append(closer)
        elif (mark, self._expected) in _CLOSABLE:
            self._closers.pop()
            self._builder.close(self._source.position(at + 1))
            self._expect_more()
        elif mark == ":" and self._expected == _COLON:
            self._expected = _VALUE
        elif mark == "," and self._closers and self._expected == _AFTER[self._closers[-1]]:
            self._expected = _VALUE if self._closers[-1] == "]" else _KEY
        else:
            self._refuse(at)

    def _take_scalar(self, kind: str, token: str, at: int) -> None:
        is_key = self._expected in (_KEY, _MEMBER)
        if not (is_key and kind == "text") and self._expected not in (_VALUE, _ITEM):
            self._refuse(at)
        span = self._source.span(at, at + len(token))
        if kind == "wild":
            self._builder.fault("PE112", span, text=token)
        text = self._unquoted(token, at) if kind == "text" else token
        self._builder.scalar(text, span, plain=kind in ("number", "word"))
        if is_key:
            self._expected = _COLON
        else:
            self._expect_more()

    def _expect_more(self) -> None:
        self._expected = _AFTER[self._closers[-1] if self._closers else ""]

    def _unquoted(self, token: str, at: int) -> str:
        if "\\" not in token:
            return token[1:-1]
        try:
            text: str = json.loads(token)
        except json.JSONDecodeError as error:
            self._stop(at + error.pos, "an escape that JSON does not have")
        return text

    def _refuse(self, at: int) -> NoReturn:
        character = self._text[at]
        if character in MEANT:
            span = self._source.span(at, at + 1)
            self._builder.stop("PE119", span, found=character, meant=meant_words(MEANT[character]))
        if character == '"' and _TOKEN.match(self._text, at, self._end) is None:
            self._stop(at, "a quoted text without end, or with a tab or line end in it")
        self._stop(at, f"{self._expected} is expected here")

    def _stop(self, at: int, problem: str) -> NoReturn:
        found = json_problem(problem)
        span = self._source.span(at, min(at + 1, self._end))
        self._builder.stop("PE104", span, format="JSON", problem=found.problem, remedy=found.remedy)
