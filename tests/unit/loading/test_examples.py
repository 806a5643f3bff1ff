"""The shape of example files: which faults it has, and where each stands."""

from __future__ import annotations

import pytest

from policyengine.checks.examples.reading import read_examples_text
from policyengine.loading.examples import written_examples
from policyengine.loading.yaml_nodes import Source

CASE = """case: c
policy: changzhi
as_of: 2025-10-09T00:45:00+08:00
events: [{id: e1, type: detected, at: 2025-10-08T23:30:00+08:00}]
"""
ASKED = CASE.replace("as_of: 2025-10-09T00:45:00+08:00\n", "")


def faults(text: str, name: str = "a.yaml") -> list[str]:
    """Return the code, line and column of everything that is wrong with *text*."""
    _, found = read_examples_text(Source(name, text))
    return [f"{each.code} {each.span.line}:{each.span.column}" for each in found if each.span is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["PE108 1:1"], id="empty file"),
        pytest.param("- a\n", ["PE115 1:1"], id="a list"),
        pytest.param("examples: []\n", ["PE115 1:11"], id="no example in the list"),
        pytest.param("examples: {a: 1}\n", ["PE115 1:11"], id="no list of examples"),
        pytest.param("examples: [7]\n", ["PE115 1:12"], id="an example that is a number"),
        pytest.param("polcy: a\nexamples: [7]\n", ["PE113 1:1", "PE115 2:12"], id="unknown key at the top"),
        pytest.param("policy: x\nprovisions: []\n", ["PE131 1:1"], id="a policy"),
        pytest.param(f"{CASE}expct: []\n", ["PE113 5:1"], id="key misspelt"),
        pytest.param(f"{CASE}expect: [{{provision: a, statsu: active}}]\n", ["PE113 5:25"], id="row's key misspelt"),
        pytest.param(f"{CASE}expect: [{{provision: a, status: actve}}]\n", ["PE116 5:33"], id="no such status"),
        pytest.param(f"{CASE}expect: [{{provision: a, owed: yes}}]\n", ["PE115 5:31"], id="yes is no truth value"),
        pytest.param(f"{CASE}expect: [{{provision: a, missing: b}}]\n", ["PE115 5:34"], id="text for a list"),
        pytest.param(f"{CASE}expect: [{{provision: a, instance: 3}}]\n", ["PE126 5:35"], id="number for a text"),
        pytest.param(
            f"{CASE}expect: [{{provision: a, due: 2025-02-30T00:00:00Z}}]\n", ["PE403 5:30"], id="no such day"
        ),
        pytest.param(f"{CASE}expect: [{{provision: a, due: 2025-02-03T00:00:00}}]\n", ["PE401 5:30"], id="no zone"),
        pytest.param(f"{CASE}expect: [{{provision: a, due: soon}}]\n", ["PE402 5:30"], id="no instant"),
        pytest.param(f"{CASE}expect: [{{status: active}}]\n", ["PE654 5:10"], id="about nothing"),
        pytest.param(f"{CASE}expect: [{{provision: a, gap: b}}]\n", ["PE655 5:10"], id="about two things"),
        pytest.param(f"{CASE}expect: [{{gap: b, due: null}}]\n", ["PE656 5:19"], id="a limit of a gap"),
        pytest.param(f"{CASE}expect: [{{gap: b, instance: e1}}]\n", ["PE656 5:19"], id="an instance of a gap"),
        pytest.param(f"{CASE}expect: [{{provision: a, instead_of: []}}]\n", ["PE656 5:25"], id="a gap's key of a duty"),
        pytest.param(f"{CASE}expect: [{{policy: other, provision: a}}]\n", ["PE657 5:19"], id="another policy"),
        pytest.param(f"{CASE}choose: {{other: {{a: b}}}}\nabsent: [a]\n", ["PE657 5:10"], id="options of another"),
        pytest.param(
            f"{CASE}expect: [{{provision: a, readings: [{{owed: true}}]}}]\n", ["PE658 5:36"], id="no reading"
        ),
        pytest.param(CASE, ["PE650 1:7"], id="nothing expected"),
        pytest.param(f"{CASE}expect: []\nabsent: []\n", ["PE650 1:7"], id="nothing in the lists"),
        pytest.param(f"{CASE}ask: []\n", ["PE652 3:1"], id="nothing asked, beside as_of"),
        pytest.param(f"{ASKED}ask: []\n", ["PE650 1:7"], id="nothing asked"),
        pytest.param(f"{ASKED}expect: [{{provision: a}}]\n", ["PE653 1:7"], id="no instant asked about"),
        pytest.param(f"{ASKED}ask: [{{expect: []}}]\n", ["PE114 4:7"], id="a question without its instant"),
        pytest.param("case: c\nas_of: 2025-10-09T00:00:00Z\nabsent: [a]\n", ["PE604 1:7"], id="no policy anywhere"),
        pytest.param(
            "case: c\nas_of: 2025-10-09T00:00:00Z\nevent: []\nabsent: [a]\n", ["PE113 3:1"], id="case at fault"
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_two_examples_of_one_name_are_told() -> None:
    one = "  - {case: c, policy: a, as_of: 2025-10-09T00:00:00Z, absent: [b]}\n"
    assert faults(f"examples:\n{one}{one}") == ["PE651 3:12"]


def test_two_questions_of_one_name_are_told() -> None:
    one = "  - {as_of: 2025-10-09T00:00:00Z, absent: [b]}\n"
    assert faults(f"case: c\npolicy: a\nask:\n{one}{one}") == ["PE659 5:5"]


def test_a_question_and_another_reading_that_ask_the_same_are_one() -> None:
    instant = "2025-10-09T00:00:00Z"
    other = "readings: [{choose: {r: o}, owed: false}]"
    reading = f"  - {{as_of: {instant}, expect: [{{provision: a, owed: true, {other}}}]}}\n"
    chosen = f"  - {{as_of: {instant}, choose: {{r: o}}, absent: [b]}}\n"
    for asks in (reading + chosen, chosen + reading):
        (example,), found = read_examples_text(Source("a.yaml", f"case: c\npolicy: a\nask:\n{asks}"))
        assert found == ()
        assert {each.label: len(each.expected) for each in example.asks} == {instant: 1, f"{instant}, r=o": 2}


def test_questions_are_told_apart_by_what_they_choose_give_or_are_called() -> None:
    asks = ("choose: {r: o}", "given: {f: [a, b]}", "label: again", "known_at: 2025-10-09T00:00:00Z", "given: {f: 1}")
    lines = "".join(f"  - {{as_of: 2025-10-09T00:00:00Z, {each}, absent: [b]}}\n" for each in asks)
    (example,), found = read_examples_text(Source("a.yaml", f"case: c\npolicy: a\nask:\n{lines}"))
    assert found == ()
    instant = "2025-10-09T00:00:00Z"
    assert [each.label for each in example.asks] == [
        f"{instant}, r=o",
        f"{instant}, f=a+b",
        "again",
        f"{instant}, known_at={instant}",
        f"{instant}, f=1",
    ]


def test_what_stands_at_the_top_holds_for_examples_without_their_own() -> None:
    text = """policy: changzhi
time_zone: Asia/Shanghai
note: both zones
examples:
  - {case: a, as_of: 2025-10-09T00:45:00, absent: [respond]}
  - {case: b, policy: hubei, time_zone: UTC, as_of: 2025-10-09T00:45:00, absent: [respond]}
"""
    (one, other), found = read_examples_text(Source("a.yaml", text))
    assert found == ()
    assert one.asks[0].policies == ("changzhi-energy-bureau",)
    assert other.asks[0].policies == ("hubei-government-office",)
    assert (str(one.asks[0].as_of), str(other.asks[0].as_of)) == ("2025-10-08T16:45:00Z", "2025-10-09T00:45:00Z")


def test_aliases_cannot_make_a_file_large() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]\n" for before, here in zip("abcdef", "bcdefg", strict=True)
    )
    examples, found = written_examples(Source("a.yaml", bomb))
    assert examples == ()
    assert "PE106" in {each.code for each in found}


def test_json_is_read_as_yaml_is() -> None:
    text = '{"case": "c", "policy": "changzhi", "as_of": "2025-10-09T00:00:00Z", "absent": ["respond"]}'
    (example,), found = read_examples_text(Source("a.json", text))
    assert (found, example.asks[0].expected[0].name) == ((), "respond")
