"""JUnit XML: counts, outcomes and places, and well-formed whatever the texts hold."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from policyengine.diagnostics import Span
from policyengine.report.annotations.annotation import Annotation, Checked, Grade
from policyengine.report.annotations.junit import junit

SPAN = Span("cases/a.yaml", 12, 3, 12, 9)
LATE = Annotation("violation", Grade.ERROR, "late", "It was late.", SPAN)
UNREAD = Annotation("fault", Grade.ERROR, "unreadable", "It is no JSON.", fault=True)
OPEN = Annotation("undetermined", Grade.WARNING, "open", "A fact is missing.")
WAIVED = Annotation("violation", Grade.ERROR, "late", "It was late.", suppressed="a flood")
KNOWN = Annotation("violation", Grade.ERROR, "late", "It was late.", known=True)


def text_of(*checked: Checked) -> str:
    return "".join(junit(checked, name="audit", lang="en"))


def root_of(*checked: Checked) -> ElementTree.Element:
    return ElementTree.fromstring(text_of(*checked))  # noqa: S314 - our own text


def case_of(*annotations: Annotation) -> ElementTree.Element:
    found = root_of(Checked("p", "c", annotations)).find("testsuite/testcase")
    assert found is not None
    return found


def test_nothing_checked_is_an_empty_report() -> None:
    root = root_of()
    assert (root.tag, root.get("name"), root.get("tests"), len(root)) == ("testsuites", "audit", "0", 0)


def test_suites_and_the_whole_are_counted() -> None:
    root = root_of(
        Checked("p", "one"),
        Checked("p", "two", (UNREAD,), seconds=0.25),
        Checked("p", "three", (WAIVED,), seconds=0.5),
        Checked("q", "four", (LATE, OPEN)),
        Checked("p", "five"),
    )
    counts = ("tests", "failures", "errors", "skipped", "time")
    assert [root.get(each) for each in counts] == ["5", "1", "1", "1", "0.750"]
    assert [[suite.get("name"), *map(suite.get, counts)] for suite in root] == [
        ["p", "3", "0", "1", "1", "0.750"],
        ["q", "1", "1", "0", "0", None],
        ["p", "1", "0", "0", "0", None],
    ]
    assert [case.get("name") for case in root.iter("testcase")] == ["one", "two", "three", "four", "five"]


def test_what_can_be_gone_through_once_alone_is_a_misuse() -> None:
    with pytest.raises(TypeError, match="twice"):
        list(junit(iter([Checked("p", "c")]), name="n", lang="en"))


def test_a_test_case_has_its_name_and_its_place() -> None:
    case = root_of(Checked("p", "c", span=SPAN, seconds=1.0)).find("testsuite/testcase")
    assert case is not None
    assert case.attrib == {"name": "c", "classname": "p", "file": "cases/a.yaml", "line": "12", "time": "1.000"}
    assert len(case) == 0


def test_readers_group_by_what_is_said_or_else_by_suite() -> None:
    cases = root_of(Checked("p", "c", group="g"), Checked("p", "c")).iter("testcase")
    assert [each.get("classname") for each in cases] == ["g", "p"]


@pytest.mark.parametrize(
    ("annotations", "inside"),
    [
        ((), []),
        ((LATE,), [("failure", "late", "violation", "cases/a.yaml:12:3: error: It was late.")]),
        (
            (LATE, UNREAD),
            [
                (
                    "error",
                    "late (and 1 more)",
                    "violation",
                    "cases/a.yaml:12:3: error: It was late.\nerror: It is no JSON.",
                )
            ],
        ),
        ((OPEN,), [("system-out", None, None, "warning: A fact is missing.")]),
        (
            (WAIVED,),
            [
                ("skipped", "let stand: a flood", None, None),
                ("system-out", None, None, "error: It was late. · let stand: a flood"),
            ],
        ),
        ((KNOWN,), [("system-out", None, None, "error: It was late. · known from before")]),
        (
            (WAIVED, LATE),
            [
                ("failure", "late", "violation", "cases/a.yaml:12:3: error: It was late."),
                ("system-out", None, None, "error: It was late. · let stand: a flood"),
            ],
        ),
    ],
    ids=["passed", "failed", "in the way", "open", "waived", "known", "waived beside failed"],
)
def test_what_came_of_a_check(annotations: tuple[Annotation, ...], inside: list[tuple[str | None, ...]]) -> None:
    told = [(each.tag, each.get("message"), each.get("type"), each.text) for each in case_of(*annotations)]
    assert told == inside


def test_which_annotations_fail_is_for_the_caller_to_say() -> None:
    text = "".join(junit([Checked("p", "c", (OPEN,))], name="n", lang="zh", failing=lambda _: True))
    assert "<failure" in text
    assert "警告：A fact is missing." in text


@pytest.mark.parametrize(
    "text",
    ["\x00\x08\x0b\x1f\x7f", "\ud800\udfff", "\ufffe\uffff", "<>&\"']]>", "a\tb\nc\rd", "\u202eabc", "𠀀😀"],
    ids=["controls", "surrogates", "no characters", "markup", "white", "turning", "astral"],
)
def test_it_is_well_formed_whatever_the_texts_hold(text: str) -> None:
    annotation = Annotation(text, Grade.ERROR, text, text, Span(text, 1, 1, 1, 1), suppressed=None)
    written = "".join(junit([Checked(text, text, (annotation, WAIVED), SPAN)], name=text, lang="en"))
    root = ElementTree.fromstring(written.encode())  # noqa: S314 - our own text
    assert root.get("failures") == "1"


def test_markup_is_shown_as_it_is() -> None:
    failure = case_of(Annotation("r", Grade.ERROR, "<b> & \"'", "]]> <i>")).find("failure")
    assert failure is not None
    assert (failure.get("message"), failure.text) == ("<b> & \"'", "error: ]]> <i>")
