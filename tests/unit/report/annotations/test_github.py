"""Workflow commands and the job summary: escaped, gravest first, and within GitHub's limits."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from policyengine.diagnostics import Span
from policyengine.report.annotations.annotation import Annotation, Grade
from policyengine.report.annotations.github import LONGEST_SUMMARY, MOST, counted, github, job_summary

if TYPE_CHECKING:
    from policyengine.wording import Lang

LINE = Span("logs/a.jsonl", 3, 5, 3, 9)


def commands(*annotations: Annotation, lang: Lang = "en") -> list[str]:
    return "".join(github(annotations, lang)).splitlines()


def of(grade: Grade, n: int) -> list[Annotation]:
    return [Annotation("r", grade, f"{grade} {number}", "m") for number in range(n)]


@pytest.mark.parametrize(
    ("annotation", "command"),
    [
        (Annotation("r", Grade.ERROR, "t", "m"), "::error title=t::m"),
        (Annotation("r", Grade.WARNING, "t", "m"), "::warning title=t::m"),
        (Annotation("r", Grade.NOTE, "t", "m"), "::notice title=t::m"),
        (
            Annotation("r", Grade.ERROR, "t", "m", LINE),
            "::error file=logs/a.jsonl,line=3,endLine=3,col=5,endColumn=9,title=t::m",
        ),
        (
            Annotation("r", Grade.ERROR, "t", "m", Span("a", 3, 5, 3, 5)),
            "::error file=a,line=3,endLine=3,col=5,endColumn=5,title=t::m",
        ),
        (Annotation("r", Grade.ERROR, "t", "m", Span("a", 3, 5, 4, 1)), "::error file=a,line=3,endLine=4,title=t::m"),
        (Annotation("r", Grade.ERROR, "50%: a, b", "50%: a, b"), "::error title=50%25%3A a%2C b::50%25: a, b"),
        (
            Annotation("r", Grade.ERROR, "a\nb", "a\r\nb\rc\n::error::x", Span("a,b:c\n", 1, 1, 1, 2)),
            "::error file=a%2Cb%3Ac%0A,line=1,endLine=1,col=1,endColumn=2,title=a%0Ab::a%0Ab%0Ac%0A::error::x",
        ),
        (Annotation("r", Grade.ERROR, "\x1b[31m", "\x85\u2028x"), "::error title=\\x1b[31m::%0A%0Ax"),
    ],
    ids=["error", "warning", "notice", "place", "point", "lines", "reserved", "line ends", "obeyed"],
)
def test_a_finding_is_one_command_on_one_line(annotation: Annotation, command: str) -> None:
    assert commands(annotation) == [command]


def test_the_gravest_come_first_and_the_rest_is_counted() -> None:
    found = commands(*of(Grade.NOTE, 12), *of(Grade.WARNING, 12), *of(Grade.ERROR, 11), *of(Grade.WARNING, 1))
    kinds = [each.split()[0] for each in found]
    assert kinds == ["::error"] * MOST + ["::warning"] * MOST + ["::notice"] * MOST
    assert found[0] == "::error title=error 0::m"
    assert found[-1] == (
        "::notice title=Findings without an annotation::And 1 error, 3 warnings, 3 notes without an annotation: "
        "GitHub shows 10 of a grade in a step"
    )


def test_exactly_as_many_as_github_shows_need_no_last_notice() -> None:
    assert commands(*of(Grade.ERROR, MOST))[-1] == f"::error title=error {MOST - 1}::m"


def test_what_is_suppressed_or_known_is_left_out() -> None:
    waived = Annotation("r", Grade.ERROR, "t", "m", suppressed="")
    known = Annotation("r", Grade.ERROR, "t", "m", known=True)
    assert commands(waived, known) == []
    assert job_summary("t", (), (waived, known), "en") == "## t\n\nNothing was found\n"


@pytest.mark.parametrize(
    ("numbers", "lang", "told"),
    [
        ({}, "en", ""),
        ({Grade.ERROR: 1}, "en", "1 error"),
        ({Grade.NOTE: 2, Grade.WARNING: 1, Grade.ERROR: 0}, "en", "1 warning, 2 notes"),
        ({Grade.NOTE: 2, Grade.ERROR: 1}, "zh", "1 个错误，2 个提示"),
    ],
)
def test_how_many_of_each_grade(numbers: dict[Grade, int], lang: Lang, told: str) -> None:
    assert counted(numbers, lang) == told


def test_a_summary_has_figures_and_findings_in_tables() -> None:
    annotations = (
        Annotation("r", Grade.NOTE, "a gap", "silent"),
        Annotation("r", Grade.ERROR, "late | by *far*", "two\nlines", LINE),
    )
    text = job_summary("Audit of a_b", (("cases", "3"),), annotations, "en")
    assert text == (
        "## Audit of a\\_b\n\n| | |\n|---|--:|\n| cases | 3 |\n\n### Findings\n\n"
        "| Grade | Finding | Place | What it is |\n|---|---|---|---|\n"
        "| error | late \\| by \\*far\\* | logs/a.jsonl:3 | two lines |\n"
        "| note | a gap |  | silent |\n"
    )
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == 2
    assert "<td>late | by *far*</td>" in html


def test_a_summary_is_cut_below_the_limit_and_says_how_much_is_left_out() -> None:
    long = "长" * 200
    grave = (Annotation("r", Grade.ERROR, "grave", long) for _ in range(2_000))
    others = repeat(Annotation("r", Grade.WARNING, "other", long), 3_000)
    text = job_summary("t", (), chain(others, grave), "en")
    rows = [each for each in text.splitlines() if each.startswith(("| error", "| warning"))]
    left = 3_000 + 2_000 - len(rows)
    assert LONGEST_SUMMARY - 2_000 < len(text.encode()) <= LONGEST_SUMMARY
    assert not any(each.startswith("| warning") for each in rows)
    assert text.endswith(
        f"And {left - 3_000} errors, 3000 warnings not listed: the page has reached its limit of length\n"
    )
