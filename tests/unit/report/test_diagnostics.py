"""Diagnostics as compilers show them: place, words, excerpt, carets, way out."""

from __future__ import annotations

import json

import jsonschema
import pytest

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.text import Source
from policyengine.report import diagnostics_json, diagnostics_schema, diagnostics_text
from policyengine.report.cells import cells


def fault(line: str, start: int, end: int, *, before: int = 13) -> Diagnostic:
    source = Source("policies/incident.yaml", "\n" * before + line)
    span = Span(source.file, before + 1, start, before + 1, end)
    declared = Span(source.file, 5, 5, 5, 20)
    return source.fault("PE203", span, name="qualty-manager", suggestion="quality-manager", declared=declared)


def test_the_house_form() -> None:
    assert diagnostics_text([fault("    bearer: qualty-manager", 13, 27)], "en") == (
        "policies/incident.yaml:14:13: error PE203: unknown role `qualty-manager`\n"
        "   14 |     bearer: qualty-manager\n"
        "      |             ^^^^^^^^^^^^^^\n"
        "   help: did you mean `quality-manager`, declared at policies/incident.yaml:5:5?\n"
        "1 error\n"
    )


def test_the_house_form_in_chinese() -> None:
    assert diagnostics_text([fault("    bearer: qualty-manager", 13, 27)], "zh") == (
        "policies/incident.yaml:14:13: 错误 PE203：未知的角色 `qualty-manager`\n"
        "   14 |     bearer: qualty-manager\n"
        "      |             ^^^^^^^^^^^^^^\n"
        "   建议：是否想写 `quality-manager`（声明于 policies/incident.yaml:5:5）？\n"
        "1 个错误\n"
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "carets"),
    [
        pytest.param("{zh: 责任单位, by: x}", 15, 16, " " * 18 + "^", id="behind wide characters"),
        pytest.param("zh: 责任单位", 5, 9, "    ^^^^^^^^", id="under wide characters"),
        pytest.param("e\u0301: x", 5, 6, "   ^", id="behind a combining accent"),
        pytest.param("a:", 3, 3, "  ^", id="past the end"),
        pytest.param("\tx: y", 2, 3, " ^", id="behind a tab"),
        pytest.param("x" * 300, 250, 253, " " * 60 + "^^^", id="far right in a long line"),
        pytest.param("x" * 300, 101, 301, " " * 100 + "^" * 100, id="longer than what is shown"),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, start: int, end: int, carets: str) -> None:
    shown = diagnostics_text([fault(line, start, end)], "en").splitlines()
    assert shown[2] == "      | " + carets
    assert cells(shown[2]) <= cells(shown[1]) + 1


def test_a_span_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    source = Source("a.yaml", "one: two\n  three\n")
    shown = diagnostics_text([source.fault("PE304", Span("a.yaml", 1, 6, 2, 8))], "en")
    assert "    1 | one: two\n      |      ^^^\n" in shown


def test_line_numbers_may_be_long() -> None:
    shown = diagnostics_text([fault("a: b", 4, 5, before=1_234_566)], "en").splitlines()
    assert shown[1:3] == ["1234567 | a: b", "        |    ^"]


def test_without_place_or_excerpt() -> None:
    found = [diagnostic("PE213", name="x", known="a"), diagnostic("PE101", Span("f", 1, 1, 1, 1), reason="gone")]
    assert diagnostics_text(found, "en").startswith("error PE213: no policy `x` is packaged")
    assert "f:1:1: error PE101: cannot read the file: gone\n   help: " in diagnostics_text(found, "en")


def test_closing_line() -> None:
    warning = diagnostic("PE218", name="x")
    assert diagnostics_text([], "en") == "nothing wrong\n"
    assert diagnostics_text([], "zh") == "没有问题\n"
    assert diagnostics_text([warning], "en").endswith("\n1 warning\n")
    error = fault("a", 1, 2)
    assert diagnostics_text([error, error, warning, warning], "en").endswith("\n2 errors, 2 warnings\n")
    assert diagnostics_text([error, warning], "zh").endswith("\n1 个错误，1 个警告\n")


def test_as_json() -> None:
    found = [fault("    bearer: qualty-manager", 13, 27), diagnostic("PE218", name="甲")]
    text = diagnostics_json(found)
    value = json.loads(text)
    jsonschema.validate(value, diagnostics_schema())
    assert (value["errors"], value["warnings"]) == (1, 1)
    first = value["diagnostics"][0]
    assert first["message"] == {"zh": "未知的角色 `qualty-manager`", "en": "unknown role `qualty-manager`"}
    assert first["span"] == {
        "file": "policies/incident.yaml",
        "line": 14,
        "column": 13,
        "end_line": 14,
        "end_column": 27,
    }
    assert "甲" in text
    assert text.endswith("}\n")
