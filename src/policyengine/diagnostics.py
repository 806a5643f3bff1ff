"""What is wrong with a file: a value with a code, a place, and a way out.

Everything wrong in a *file* is a :class:`Diagnostic`; all of them are collected and none is raised one by one.
Misuse of the *API* raises (see :mod:`policyengine.errors`). The words of a diagnostic stand in
:mod:`policyengine.codes`, in English and Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.codes.code import Code

Argument = str | Wording
"""What fills a template: the user's own words, or ours in both languages."""


LONGEST_SHOWN = 117


class Level(StrEnum):
    """How grave a diagnostic is; only an error keeps a file from being used."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):  # cheap to make: every value of a file has one
    """A stretch of text in a file. Lines and columns count characters from 1; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of one file.

    Args:
        code: a key of :data:`policyengine.codes.CODES`, never reused for another fault.
        span: where it is; ``None`` when the fault is not in a text (an unreadable file, a case made in Python).
        args: what fills the code's templates, as name-value pairs.
        excerpt: the source line that `span` starts in, without its line end.
        suggestion: a name that was probably meant.
        declared: where that name is declared.
        set_level: the level that a configuration gives it, in place of the code's own.
    """

    code: str
    span: Span | None = None
    args: tuple[tuple[str, Argument], ...] = ()
    excerpt: str | None = None
    suggestion: str | None = None
    declared: Span | None = None
    set_level: Level | None = None

    @property
    def level(self) -> Level:
        """Return the level that a configuration gives it, else the one that belongs to the code."""
        return self.set_level or Level(_code(self.code).level)

    def message(self, lang: Lang = "en") -> str:
        """Return the one sentence that says what is wrong, without place and code."""
        return _fill(getattr(_code(self.code), lang), self.args, lang)

    def help(self, lang: Lang = "en") -> str | None:
        """Return the way out: the suggestion if there is one, else the code's general remedy."""
        if self.suggestion is not None:
            from policyengine.codes import DECLARED_AT, DID_YOU_MEAN

            place = "" if self.declared is None else DECLARED_AT[lang].format(place=self.declared)
            return DID_YOU_MEAN[lang].format(suggestion=self.suggestion, place=place)
        template = getattr(_code(self.code), f"help_{lang}")
        return _fill(template, self.args, lang) if template else None

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order diagnostics by file, place, code and words, so that equal inputs give equal output."""
        if self.span is None:
            return ("", 0, 0, self.code, self.message())
        return (self.span.file, self.span.line, self.span.column, self.code, self.message())


def diagnostic(
    code: str,
    span: Span | None = None,
    *,
    excerpt: str | None = None,
    suggestion: str | None = None,
    declared: Span | None = None,
    **args: object,
) -> Diagnostic:
    """Build a :class:`Diagnostic` from keyword arguments; values are shown with ``str``."""
    pairs = tuple((name, _shown(value)) for name, value in args.items())
    meant = None if suggestion is None else printable(suggestion)
    return Diagnostic(code, span, pairs, excerpt, meant, declared)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like *word*, or ``None`` when nothing is close."""
    from difflib import get_close_matches

    close = get_close_matches(word[:80], sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics* without repetitions, in a stable order."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of *diagnostics* keeps the file from being used."""
    return any(each.level is Level.ERROR for each in diagnostics)


def _code(name: str) -> Code:
    # Imported for a fault alone: a text without any needs no words for them.
    from policyengine.codes import CODES

    return CODES[name]


def _shown(value: object) -> Argument:
    if isinstance(value, Wording):
        return value
    return printable(str(value))


def printable(text: str) -> str:
    """Return a user's text as one readable line: cut where it is long, control characters replaced."""
    if len(text) > LONGEST_SHOWN:
        text = f"{text[:LONGEST_SHOWN]}..."
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _fill(template: str, args: tuple[tuple[str, Argument], ...], lang: Lang) -> str:
    return template.format_map(
        {name: value.within(lang) if isinstance(value, Wording) else value for name, value in args}
    )
