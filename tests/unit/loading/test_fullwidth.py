"""Full-width punctuation: hinted at where it was surely meant, and nowhere else."""

from __future__ import annotations

import pytest

from policyengine.diagnostics import Span
from policyengine.loading.fullwidth import fullwidth_hint, is_lone_key
from policyengine.loading.nodes import Scalar

SPAN = Span("a.yaml", 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("policy：changzhi", ("：", ":")),
        ("  - id： office", ("：", ":")),
        ("- - 标题：", ("：", ":")),
        ("policy: 名称：长治", None),
        ("see also 名称：长治", None),
        ('"名称：长治"', None),
        ("# 注意：长治", None),
        ("[a：b]", None),
        ("：x", None),
        ("policy :x", None),
        ("policy", None),
        ("甲，乙", None),
        ("", None),
    ],
)
def test_lines(line: str, hint: tuple[str, str] | None) -> None:
    assert fullwidth_hint(line) == hint


@pytest.mark.parametrize(
    ("scalar", "hint"),
    [
        pytest.param(Scalar("id：x", SPAN, plain=True), ("：", ":"), id="unquoted colon"),
        pytest.param(Scalar("id：x", SPAN, plain=False), None, id="quoted colon is meant"),
        pytest.param(Scalar("detected，closed", SPAN, plain=True), ("，", ","), id="comma between words"),
        pytest.param(Scalar("甲，乙，丙", SPAN, plain=True), ("，", ","), id="commas between chinese words"),
        pytest.param(Scalar("甲，乙", SPAN, plain=False), None, id="quoted comma is meant"),
        pytest.param(Scalar("detected、closed", SPAN, plain=True), ("、", ","), id="enumeration comma between words"),
        pytest.param(Scalar("“respond”", SPAN, plain=True), ("“", '"'), id="chinese quotes"),
        pytest.param(Scalar("［a, b］", SPAN, plain=True), ("［", "["), id="full-width brackets"),
        pytest.param(Scalar("及时发布，不得迟延。", SPAN, plain=True), None, id="comma in a sentence"),
        pytest.param(Scalar("，甲", SPAN, plain=True), None, id="comma in front"),
        pytest.param(Scalar(12, SPAN, plain=True), None, id="number"),
        pytest.param(Scalar(None, SPAN, plain=True), None, id="nothing"),
    ],
)
def test_scalars(scalar: Scalar, hint: tuple[str, str] | None) -> None:
    assert fullwidth_hint(scalar) == hint


@pytest.mark.parametrize(
    ("text", "answer"), [("    label", True), ("label ", True), ("a b", False), ("a: b", False), ("", False)]
)
def test_a_lone_key_is_one_word(text: str, answer: bool) -> None:
    assert is_lone_key(text) is answer
