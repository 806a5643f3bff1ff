"""Diagnostics become annotations with their words, their level and a fingerprint that lines do not change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policyengine.diagnostics import Diagnostic, Level, Span, diagnostic
from policyengine.report.annotations.annotation import Grade, Rule
from policyengine.report.diagnostics_annotated import annotated, rules_of

if TYPE_CHECKING:
    from policyengine.wording import Lang

SPAN = Span("a.yaml", 3, 5, 3, 9)
UNKNOWN = diagnostic("PE203", SPAN, name="offcie", suggestion="office", declared=Span("a.yaml", 1, 1, 1, 7))


@pytest.mark.parametrize(
    ("lang", "title", "message", "related"),
    [
        (
            "en",
            "PE203: unknown role `offcie`",
            "unknown role `offcie`\nhelp: did you mean `office`, declared at a.yaml:1:1?",
            "declared here",
        ),
        (
            "zh",
            "PE203：未知的角色 `offcie`",
            "未知的角色 `offcie`\n建议：是否想写 `office`（声明于 a.yaml:1:1）？",
            "声明于此",
        ),
    ],
)
def test_words(lang: Lang, title: str, message: str, related: str) -> None:
    found = annotated(UNKNOWN, lang)
    assert (found.rule, found.title, found.message, found.span) == ("PE203", title, message, SPAN)
    assert found.related == ((Span("a.yaml", 1, 1, 1, 7), related),)


def test_a_level_that_is_set_counts() -> None:
    assert annotated(UNKNOWN, "en").grade is Grade.ERROR
    assert annotated(replace(UNKNOWN, set_level=Level.WARNING), "en").grade is Grade.WARNING


@pytest.mark.parametrize(("fault", "unread"), [(UNKNOWN, False), (diagnostic("PE101", SPAN, reason="-"), True)])
def test_what_could_not_be_read_is_marked(fault: Diagnostic, unread: bool) -> None:
    assert annotated(fault, "en").fault is unread


def test_fingerprints_follow_the_words_and_the_file_and_not_the_line() -> None:
    own = annotated(UNKNOWN, "en").fingerprint
    assert annotated(UNKNOWN, "zh").fingerprint == own
    assert annotated(replace(UNKNOWN, span=SPAN._replace(line=9, end_line=9)), "en").fingerprint == own
    assert annotated(replace(UNKNOWN, span=SPAN._replace(file="b.yaml")), "en").fingerprint != own
    assert annotated(diagnostic("PE203", SPAN, name="other"), "en").fingerprint != own
    assert annotated(replace(UNKNOWN, span=None), "en").span is None


def test_each_code_is_one_rule_and_a_house_rule_has_its_name() -> None:
    house = diagnostic("PE703", SPAN, name="a", word="b", lacking="c")
    known, named = rules_of([house, UNKNOWN, UNKNOWN], "en")
    assert known == Rule("PE203", "unknown role `{name}`", known.help, Grade.ERROR)
    assert named.title.startswith("urgency-without-limit (`{name}` says")
    assert "`deadline: {promptly: true}`" in named.help
    assert named.grade is Grade.WARNING
