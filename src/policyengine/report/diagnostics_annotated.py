"""Diagnostics as the annotations that CI services read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.codes import CODES
from policyengine.report.annotations.annotation import Annotation, Grade, Rule
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.wording import Lang

UNREADABLE = frozenset({"PE101", "PE102", "PE103", "PE125", "PE213", "PE216"})
"""Codes of what is not there or is no text, so that nothing can be said about what is in it."""

_TITLE = Wording("{code}：{message}", "{code}: {message}")
_NAMED = Wording("{name} ({message})", "{name} ({message})")
_HELP = Wording("建议：{help}", "help: {help}")
_DECLARED = Wording("声明于此", "declared here")


def annotated(diagnostic: Diagnostic, lang: Lang) -> Annotation:
    """Return *diagnostic* as an annotation in the language *lang*."""
    message, way_out = diagnostic.message(lang), diagnostic.help(lang)
    help_line = () if way_out is None else (_HELP.within(lang).format(help=way_out),)
    declared = diagnostic.declared
    return Annotation(
        diagnostic.code,
        Grade(diagnostic.level.value),
        _TITLE.within(lang).format(code=diagnostic.code, message=message),
        "\n".join((message, *help_line)),
        diagnostic.span,
        related=() if declared is None else ((declared, _DECLARED.within(lang)),),
        fingerprint=_fingerprint(diagnostic),
        fault=diagnostic.code in UNREADABLE,
    )


def rules_of(diagnostics: Iterable[Diagnostic], lang: Lang) -> tuple[Rule, ...]:
    """Return what the codes of *diagnostics* mean, each once, in order."""
    return tuple(_rule(code, lang) for code in sorted({each.code for each in diagnostics}))


def _rule(name: str, lang: Lang) -> Rule:
    code = CODES[name]
    message = _unfilled(code.zh if lang == "zh" else code.en)
    title = _NAMED.within(lang).format(name=code.name, message=message) if code.name else message
    return Rule(name, title, _unfilled(code.help_zh if lang == "zh" else code.help_en), Grade(code.level))


def _unfilled(template: str) -> str:
    return template.replace("{{", "{").replace("}}", "}")


def _fingerprint(diagnostic: Diagnostic) -> str:
    """Return what stays the same when lines move: the code, the file and the words."""
    file = None if diagnostic.span is None else diagnostic.span.file
    parts = json.dumps((diagnostic.code, file, diagnostic.message("en")), ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()[:16]
