"""Fixed words: complete, in both languages, and filled with the same parts."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from policyengine.cli import words as cli_words
from policyengine.model.assessment import GapKind, Status
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.report import list_words, phrase_words, range_words, region_words, words, worklist_words
from policyengine.report.annotations import words as annotation_words
from policyengine.report.audit import html_words as audit_page_words
from policyengine.report.audit import words as audit_words
from policyengine.report.changes import words as changes_words
from policyengine.report.comparison import html_words, picture_words
from policyengine.report.comparison import words as comparison_words
from policyengine.report.coverage import words as coverage_words
from policyengine.report.examples import words as example_words
from policyengine.report.explanation import words as explanation_words
from policyengine.report.fuzz import words as fuzz_words
from policyengine.report.mutation import words as mutation_words
from policyengine.report.proof import words as proof_words
from policyengine.report.regulation import words as regulation_words
from policyengine.report.side_by_side import words as side_by_side_words
from policyengine.report.strictness import words as strictness_words
from policyengine.report.timeline import words as timeline_words
from policyengine.wording import Wording

if TYPE_CHECKING:
    from types import ModuleType


MODULES = (
    words,
    range_words,
    worklist_words,
    phrase_words,
    explanation_words,
    regulation_words,
    timeline_words,
    list_words,
    region_words,
    comparison_words,
    html_words,
    picture_words,
    strictness_words,
    proof_words,
    changes_words,
    side_by_side_words,
    annotation_words,
    audit_words,
    audit_page_words,
    coverage_words,
    example_words,
    fuzz_words,
    mutation_words,
    cli_words,
)


TYPOGRAPHY = dict.fromkeys(map(ord, "“”’→…—·≥≤×"))


def parts(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


def every_wording(module: ModuleType) -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for name, value in vars(module).items():
        values = value.values() if isinstance(value, Mapping) else value if name == "WEEKDAYS" else (value,)
        found |= {f"{name} {place}": each for place, each in enumerate(values) if isinstance(each, Wording)}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_both_languages_have_the_same_parts(module: ModuleType) -> None:
    wordings = every_wording(module)
    assert len(wordings) > 4
    for name, wording in wordings.items():
        assert wording.zh or name == "BETWEEN_UNITS 0", name
        assert wording.en, name
        assert parts(wording.zh) == parts(wording.en), name
        assert wording.en.translate(TYPOGRAPHY).isascii(), name


def test_every_status_strength_outcome_and_gap_has_words() -> None:
    assert set(words.STATUS) == set(Status)
    assert set(words.STRENGTH) == set(Strength)
    assert set(words.WAITS) == set(Outcome)
    assert set(words.GAP) == set(GapKind)
