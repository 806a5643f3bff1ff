"""Diagnostics as text, in the form in which compilers show them, and as JSON.

::

    policies/incident.yaml:14:13: error PE203: unknown role `qualty-manager`
       14 |     bearer: qualty-manager
          |             ^^^^^^^^^^^^^^
       help: did you mean `quality-manager`, declared at policies/incident.yaml:5:5?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Level, Span
from policyengine.loading.text import caret_column
from policyengine.report.cells import cells
from policyengine.report.json_values import Json, both, written
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.wording import Lang

DIAGNOSTICS = "policyengine/diagnostics/1"

_LEVEL: Mapping[Level, Wording] = MappingProxyType(
    {Level.ERROR: Wording("错误", "error"), Level.WARNING: Wording("警告", "warning")}
)
_COUNTED: Mapping[Level, tuple[Wording, Wording]] = MappingProxyType(
    {
        Level.ERROR: (Wording("{n} 个错误", "{n} error"), Wording("{n} 个错误", "{n} errors")),
        Level.WARNING: (Wording("{n} 个警告", "{n} warning"), Wording("{n} 个警告", "{n} warnings")),
    }
)
_FIRST_LINE = Wording("{place}{level} {code}：{message}", "{place}{level} {code}: {message}")
_HELP = Wording("建议：{help}", "help: {help}")
_NOTHING = Wording("没有问题", "nothing wrong")
_AND = Wording("，", ", ")
_GUTTER = 5  # cells for the line number


def diagnostics_text(diagnostics: Sequence[Diagnostic], lang: Lang) -> str:
    """Return *diagnostics* as text, each with its excerpt and its way out, and a closing line that counts them."""
    lines = [line for each in diagnostics for line in _lines(each, lang)]
    return "\n".join((*lines, _count(diagnostics, lang))) + "\n"


def diagnostics_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return *diagnostics* as JSON text, messages in both languages."""
    return written(
        {
            "schema": DIAGNOSTICS,
            "errors": _number(diagnostics, Level.ERROR),
            "warnings": _number(diagnostics, Level.WARNING),
            "diagnostics": [diagnostic_json(each) for each in diagnostics],
        }
    )


def _lines(diagnostic: Diagnostic, lang: Lang) -> Iterator[str]:
    yield _FIRST_LINE.within(lang).format(
        place="" if diagnostic.span is None else f"{diagnostic.span}: ",
        level=_LEVEL[diagnostic.level].within(lang),
        code=diagnostic.code,
        message=diagnostic.message(lang),
    )
    if diagnostic.span is not None and diagnostic.excerpt:
        yield from _excerpt(diagnostic.span, diagnostic.excerpt)
    found = diagnostic.help(lang)
    if found is not None:
        yield "   " + _HELP.within(lang).format(help=found)


def _excerpt(span: Span, excerpt: str) -> Iterator[str]:
    """Yield the source line, and carets under the part of it that *span* covers, at least one."""
    start = caret_column(span) - 1
    length = span.end_column - span.column if span.end_line == span.line else len(excerpt) - start
    carets = cells(excerpt[start : start + length])
    yield f"{span.line:>{_GUTTER}} | {excerpt}"
    yield f"{'':>{max(_GUTTER, len(str(span.line)))}} | {'':{cells(excerpt[:start])}}{'^' * max(1, carets)}"


def _count(diagnostics: Sequence[Diagnostic], lang: Lang) -> str:
    numbers = {level: _number(diagnostics, level) for level in Level}
    counted = (_COUNTED[level][n != 1].within(lang).format(n=n) for level, n in numbers.items() if n)
    return _AND.within(lang).join(counted) or _NOTHING.within(lang)


def _number(diagnostics: Sequence[Diagnostic], level: Level) -> int:
    return sum(each.level is level for each in diagnostics)


def diagnostic_json(diagnostic: Diagnostic) -> Json:
    """Return one diagnostic as JSON has it, messages in both languages."""
    zh, en = diagnostic.help("zh"), diagnostic.help("en")
    return {
        "code": diagnostic.code,
        "level": diagnostic.level.value,
        "message": both(Wording(diagnostic.message("zh"), diagnostic.message("en"))),
        "help": None if zh is None or en is None else both(Wording(zh, en)),
        "span": span_json(diagnostic.span),
        "excerpt": diagnostic.excerpt,
        "suggestion": diagnostic.suggestion,
        "declared": span_json(diagnostic.declared),
    }


def span_json(span: Span | None) -> Json:
    """Return a place as JSON has it."""
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
