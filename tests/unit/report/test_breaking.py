"""Lines broken to a width, in both scripts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.report.breaking import broken
from policyengine.report.cells import cells

ZH = "24小时内举行新闻发布会（press-conference），自 2025-10-08 周三 23:30 起算；应当（“要”）举行新闻发布会。"
EN = "first information within 1 hour (first-bulletin), due Thu 2025-10-09 23:30, in 22 h 45 min"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param(EN, 200, [EN], id="room enough"),
        pytest.param("", 10, [""], id="nothing"),
        pytest.param("one two", 7, ["one two"], id="just enough"),
        pytest.param("one two", 6, ["one", "two"], id="one too few"),
        pytest.param(
            EN,
            40,
            ["first information within 1 hour", "(first-bulletin), due", "Thu 2025-10-09 23:30, in 22 h 45 min"],
            id="English: ids and moments in one piece",
        ),
        pytest.param(
            ZH,
            40,
            [
                "24小时内举行新闻发布会",
                "（press-conference），自",
                "2025-10-08 周三 23:30 起算；应当（“要”）",
                "举行新闻发布会。",
            ],
            id="Chinese: ids and moments in one piece",
        ),
        pytest.param("权威信息，已发布", 8, ["权威信", "息，已发", "布"], id="no comma first"),
        pytest.param("涉事单位（要）报告", 10, ["涉事单位", "（要）报告"], id="no bracket last"),
        pytest.param("称“已办结”。", 8, ["称“已办", "结”。"], id="quotation marks"),
        pytest.param("见《办法》第2条", 10, ["见《办法》", "第2条"], id="title marks"),
        pytest.param("还有 22 小时 45 分钟", 12, ["还有 22 小时", "45 分钟"], id="number with its unit"),
        pytest.param("共计判断24小时", 10, ["共计判断", "24小时"], id="number with its unit, without a space"),
        pytest.param(
            "按 liaise-with-network-office 办", 12, ["按 liaise-", "with-", "network-", "office 办"], id="long id"
        ),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="long word"),
        pytest.param("Thu 2025-10-09 23:30", 10, ["Thu", "2025-10-09", "23:30"], id="moment longer than a line"),
        pytest.param("中", 1, ["中"], id="character wider than a line"),
        pytest.param("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"], id="accents stay on their letters"),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert list(broken(text, width, width)) == lines


def test_the_first_line_may_be_longer_or_shorter() -> None:
    assert list(broken("aa bb cc dd", 5, 8)) == ["aa bb", "cc dd"]
    assert list(broken("aa bb cc dd", 8, 5)) == ["aa bb cc", "dd"]
    assert list(broken("aaaaaaaa", 8, 4)) == ["aaaaaaaa"]


TEXTS = st.text(st.sampled_from("ab1 -_=，。（）“”：中文《》.,()\u0301😀"), max_size=60)


@given(TEXTS, st.integers(2, 30), st.integers(2, 30))
def test_no_line_is_too_long_and_nothing_but_spaces_is_lost(text: str, first: int, rest: int) -> None:
    lines = list(broken(text, first, rest))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert cells(lines[0]) <= first
    assert all(cells(line) <= rest for line in lines[1:])


@given(st.text(st.sampled_from("中文字，。（）“”：《》"), max_size=40), st.integers(20, 40))
def test_marks_stay_beside_what_they_belong_to(text: str, width: int) -> None:
    whole = [line for line in broken(text, width, width) if line]
    broken_off = [(a, b) for a, b in pairwise(whole) if b[0] in "，。）”：》" or a[-1] in "（“《"]
    # Only a run of marks that is longer than a line is broken within.
    assert all(cells(a) > width - 2 for a, _ in broken_off)
