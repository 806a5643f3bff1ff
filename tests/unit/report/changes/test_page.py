"""What another version changes, as a page: recorded output, and what it says of single edits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.change_effects import Direction
from policyengine.analysis.change_scope import Kind
from policyengine.analysis.change_words import WordsOf
from policyengine.analysis.changes import Changes, diff
from policyengine.report.changes import words
from policyengine.report.changes.page import changes_page
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from tests.support import versions as version
from tests.support.versions import AMENDMENT, Edit, put, versions, within

if TYPE_CHECKING:
    from policyengine.wording import Lang
    from tests.support.golden import Golden

NAMES = ("old.yaml", "new.yaml")


@cache
def found(name: str, *edits: Edit) -> Changes:
    return diff(*versions(name, *edits))


def told(changes: Changes, lang: Lang = "en") -> str:
    return plain(changes_page(changes, lang, names=NAMES), width=None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_amendment_in_text(golden: Golden, lang: Lang) -> None:
    page = changes_page(found("changzhi", *AMENDMENT), lang, names=NAMES, files=True)
    golden.check(f"diff-changzhi-amended.{lang}.txt", plain(page, width=100))


def test_an_amendment_for_a_memo(golden: Golden) -> None:
    golden.check("diff-hubei-table.zh.md", markdown(changes_page(found("hubei", version.other_bearer), "zh")))


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        pytest.param(
            within("respond", hours=24),
            ["- [stricter] respond within 48 hours (respond)", "limit shortened from 48 hours to 24 hours"],
            id="shorter",
        ),
        pytest.param(within("respond", hours=72), ["limit extended from 48 hours to 72 hours"], id="longer"),
        pytest.param(within("respond", days=2), ["limit changed from 48 hours to 2 days"], id="another unit"),
        pytest.param(
            put("head-leads", when={"event_severity": {"at_least": "larger"}}),
            ["now applies where: “grade of the sudden event” is larger"],
            id="a region more",
        ),
        pytest.param(
            put("leads-to-police", bearer="bureau_office"),
            ["who is bound and how: section or unit responsible for the matter must → bureau office must"],
            id="a bearer",
        ),
        pytest.param(
            version.nothing_presumed,
            ["- what “grade of the sudden event” is presumed to be: none → (not there)"],
            id="what is presumed",
        ),
        pytest.param(
            version.from_july,
            ["- when it is in force: undated → in force from 2025-07-01"],
            id="versions",
        ),
        pytest.param(
            version.in_principle_both,
            ["- in_principle: the default is both instead of first_hour_only"],
            id="a default",
        ),
        pytest.param(
            lambda each: each.update(calendar="always"),
            ["No answer changes in any case", "no provision's answer depends on it"],
            id="a calendar that nothing asks",
        ),
        pytest.param(
            put("respond", wording="须"),
            ["No answer changes in any case", "- provision respond: the text's own word"],
            id="words",
        ),
        pytest.param(
            version.renamed("press-conference", "conference"),
            ["No answer changes in any case", "- press-conference → conference"],
            id="an id",
        ),
        pytest.param(
            lambda each: each.update(policy="changzhi-again"),
            ["the two have different ids, changzhi-energy-bureau and changzhi-again"],
            id="ids of policies",
        ),
    ],
)
def test_an_edit_is_told(edit: Edit, lines: list[str]) -> None:
    text = told(found("changzhi", edit))
    for each in lines:
        assert each in text
    assert told(found("changzhi", edit), "zh") != text


def test_nothing_changes() -> None:
    policy = pe.load("changzhi")
    text = told(diff(policy, policy))
    assert "The two say the same, word for word" in text
    assert "No answer changes in any case" in text


def test_what_is_chosen_and_settled_is_said() -> None:
    old, new = versions("changzhi", within("respond", hours=24))
    given = {"event_severity": "none"}
    text = told(diff(old, new, readings={"clock_start": "occurrence"}, given=given))
    assert "as read: clock_start=occurrence" in text
    assert "taken as settled: grade of the sudden event: none" in text


def test_everything_has_its_words() -> None:
    assert {*words.DIRECTION} == {*Direction}
    assert {*words.PART} == {*Kind}
    assert {*words.WORDS_OF} == {*WordsOf}
