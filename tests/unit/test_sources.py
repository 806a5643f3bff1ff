"""Digests against the regulation's own text, which stands outside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import policyengine as pe
from policyengine.loading.sources import digest, normalised, sentences, verify
from policyengine.loading.yaml_nodes import Source, read_source

FOLDER = os.environ.get("POLICYENGINE_SOURCES")
needs_texts = pytest.mark.skipif(not FOLDER, reason="POLICYENGINE_SOURCES does not name the regulations' texts")


def _text(name: str = "changzhi.txt") -> Source:
    source, faults = read_source(Path(FOLDER or "") / name)
    assert source is not None, faults
    return source


@needs_texts
def test_every_sentence_of_both_copies_is_accounted_for() -> None:
    assert verify(pe.load("changzhi"), _text()) == ()
    assert len(list(sentences(_text()))) == 2 * 29


@needs_texts
@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        ("24小时", "48小时", "CZH:17"),
        ("1小时", "5小时", "CZH:17"),
        ("48小时", "72小时", "CZH:18"),
        ("须", "应", "CZH:17"),
    ],
)
def test_a_changed_number_or_word_is_noticed_at_its_place(old: str, new: str, clause: str) -> None:
    source = _text()
    changed = Source(source.file, source.text.replace(old, new, 1))
    found = verify(pe.load("changzhi"), changed)
    assert [(each.code, dict(each.args)["clause"]) for each in found] == [("PE511", clause)]
    span = found[0].span
    assert span is not None
    assert new in changed.line(span.line)


@needs_texts
def test_white_space_and_the_width_of_punctuation_do_not_matter() -> None:
    source = _text()
    wide = source.text.replace(",", "，").replace("(", "（").replace(";", "；").replace("  ", "\u3000")
    assert verify(pe.load("changzhi"), Source(source.file, wide)) == ()


@needs_texts
def test_a_sentence_too_many_and_one_too_few_are_noticed() -> None:
    source = _text()
    more = Source(source.file, source.text.replace("二、政务舆情回应重点", "二、政务舆情回应重点\n新增一句。", 1))
    assert [each.code for each in verify(pe.load("changzhi"), more)] == ["PE512"]
    half = Source(source.file, source.text[: len(source.text) // 2])
    assert {each.code for each in verify(pe.load("changzhi"), half)} <= {"PE511", "PE513"}
    assert verify(pe.load("changzhi"), half)


def test_an_empty_text_lacks_every_clause() -> None:
    found = verify(pe.load("changzhi"), Source("empty.txt", ""))
    assert {each.code for each in found} == {"PE513"}
    assert len(found) == 2 * 29


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("甲， 乙。", "甲,乙。", True, id="width of a comma and white space"),
        pytest.param("（一）", "(一)", True, id="width of brackets"),
        pytest.param("24小时", "２４小时", False, id="full-width digits are other characters"),
        pytest.param("甲、乙", "甲,乙", False, id="another punctuation mark"),
        pytest.param("甲。", "甲", False, id="a full stop missing"),
    ],
)
def test_digests_fold_only_width_of_punctuation_and_white_space(one: str, other: str, same: bool) -> None:
    assert (digest(one) == digest(other)) is same
    assert (normalised(one) == normalised(other)) is same


def test_sentences_end_at_full_stops_and_semicolons_of_either_width() -> None:
    found = [each.text for each in sentences(Source("t", "甲。乙；丙;丁\n\n  戊\n"))]
    assert found == ["甲。", "乙；", "丙;", "丁", "戊"]
