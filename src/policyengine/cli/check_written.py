"""What `policyengine check` found, in the form that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Level, Span
from policyengine.report.annotations.annotation import Annotation, Checked
from policyengine.report.annotations.github import github
from policyengine.report.annotations.junit import junit
from policyengine.report.annotations.sarif import sarif
from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
from policyengine.report.diagnostics_annotated import annotated, rules_of

if TYPE_CHECKING:
    from policyengine.wording import Lang

_NAME = "policyengine check"
_DISTRIBUTION = "regulatory-duties"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file, or packaged policy, by the name that it was given, and everything that is wrong with it."""

    name: str
    faults: tuple[Diagnostic, ...]


def written(checked: Sequence[CheckedFile], form: str, failing: Collection[Level], lang: Lang) -> Iterator[str]:
    """Yield what was found in the form *form*; *failing* are the levels that fail the check of a file."""
    found = tuple(dict.fromkeys(fault for each in checked for fault in each.faults))
    match form:
        case "text":
            yield diagnostics_text(found, lang)
        case "json":
            yield diagnostics_json(found)
        case "sarif":
            told = (annotated(each, lang) for each in found)
            yield from sarif(told, rules_of(found, lang), version=version(_DISTRIBUTION), lang=lang)
        case "github":
            yield from github((annotated(each, lang) for each in found), lang)
        case _:
            grades = {level.value for level in failing}

            def fails(annotation: Annotation) -> bool:
                return annotation.grade.value in grades

            yield from junit(_checks(checked, lang), name=_NAME, lang=lang, failing=fails)


def _checks(checked: Sequence[CheckedFile], lang: Lang) -> list[Checked]:
    return [
        Checked(
            _NAME,
            each.name,
            tuple(annotated(fault, lang) for fault in each.faults),
            Span(each.name, 1, 1, 1, 1),
        )
        for each in checked
    ]
