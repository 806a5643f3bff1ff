"""Digests against the regulation's own text, which stands outside the project."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import policyengine as pe
from policyengine.loading import library
from policyengine.loading.sources import digest, normalised, sentences, verify
from policyengine.loading.yaml_nodes import Source, read_source
from policyengine.model.source import Extent

FOLDER = os.environ.get("POLICYENGINE_SOURCES")
needs_texts = pytest.mark.skipif(not FOLDER, reason="POLICYENGINE_SOURCES does not name the regulations' texts")
CHANGES = 60  # of each kind, in each text
ALPHABET = "〇一七9２x不得应须。；、:"  # what is put in the place of a character, besides what the text is made of
PACKAGED = tuple(dict.fromkeys(name.partition("-")[0] for name in library.packaged_policies()))
READ = [name for name in PACKAGED if FOLDER and (Path(FOLDER) / f"{name}.txt").is_file()]  # `xincheng.txt` and so on


def _text(name: str = "changzhi.txt") -> Source:
    source, faults = read_source(Path(FOLDER or "") / name)
    assert source is not None, faults
    return source


@needs_texts
@pytest.mark.parametrize("name", READ)
def test_every_sentence_of_every_text_is_accounted_for(name: str) -> None:
    assert verify(pe.load(name), _text(f"{name}.txt")) == ()


@needs_texts
@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("kind", ["changed", "deleted", "swapped", "inserted"])
def test_no_changed_character_goes_unnoticed_in_clauses_or_in_furniture(name: str, kind: str) -> None:
    policy, source = pe.load(name), _text(f"{name}.txt")
    chance = Random(f"{name} {kind}")  # noqa: S311 - a failure comes again
    places = [place for place, character in enumerate(source.text) if not character.isspace()]
    unnoticed = []
    for place in chance.sample(places, CHANGES):
        text = _mutated(source.text, place, kind, chance)
        if normalised(text) != normalised(source.text) and verify(policy, Source(source.file, text)) == ():
            unnoticed.append((source.text[place - 10 : place + 10], text[place - 10 : place + 10]))
    assert unnoticed == []


def _mutated(text: str, place: int, kind: str, chance: Random) -> str:
    before, character, after = text[:place], text[place], text[place + 1 :]
    other = chance.choice((chance.choice(ALPHABET), chance.choice(text)))
    match kind:
        case "changed":
            return before + other + after
        case "deleted":
            return before + after
        case "swapped":
            return before + after[:1] + character + after[1:]
        case _:
            return before + other + character + after


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
@pytest.mark.parametrize("name", READ)
def test_white_space_and_the_width_of_punctuation_do_not_matter(name: str) -> None:
    source = _text(f"{name}.txt")
    wide = source.text.replace(",", "，").replace("(", "（").replace(";", "；").replace("  ", "\u3000")
    assert verify(pe.load(name), Source(source.file, wide)) == ()


@needs_texts
def test_a_sentence_too_many_and_one_too_few_are_noticed() -> None:
    source = _text()
    more = Source(source.file, source.text.replace("二、政务舆情回应重点", "二、政务舆情回应重点\n新增一句。", 1))
    assert [each.code for each in verify(pe.load("changzhi"), more)] == ["PE512"]
    half = Source(source.file, source.text[: len(source.text) // 2])
    assert {each.code for each in verify(pe.load("changzhi"), half)} <= {"PE511", "PE513"}
    assert verify(pe.load("changzhi"), half)


MENU = "甲局\n\n乙局\n丙局。丁局;\n"


def _unaccounted(text: str, *furniture: str) -> list[str]:
    """Return the sentences of *text* that are noticed, with *furniture* listed in a policy of another text."""
    policy = pe.load("changzhi")
    header = policy.header
    listed = header.source.model_copy(update={"extent": Extent(copies=1, furniture=furniture)})
    found = verify(
        replace(policy, header=header.model_copy(update={"source": listed})), source := Source("menu.txt", text)
    )
    spans = [each.span for each in found if each.code in {"PE511", "PE512"}]
    return [source.line(span.line)[span.column - 1 : span.end_column - 1] for span in spans if span is not None]


@pytest.mark.parametrize(
    ("text", "furniture", "noticed"),
    [
        pytest.param(MENU, (), ["甲局", "乙局", "丙局。", "丁局;"], id="nothing listed"),
        pytest.param(MENU, ("甲局", "乙局", "丙局。丁局;"), [], id="lines in full"),
        pytest.param(MENU, (digest("甲局"), "乙局", digest("丙局。丁局；")), [], id="lines by digest"),
        pytest.param(MENU, ("甲局", "乙局", digest("丁局;")), ["丙局。"], id="one sentence of a line"),
        pytest.param("乙局\n甲局", ("甲局", "乙局", "丙局"), [], id="moved and deleted lines"),
        pytest.param("甲局\n甲局", (digest("甲局"), digest("乙局")), ["甲局"], id="a line changed into another one"),
        pytest.param("甲局\n甲局", (digest("甲局"), "甲局"), [], id="a line that stands there twice"),
        pytest.param("甲 局\n乙句", ("甲局", "乙局"), ["乙句"], id="one character"),
    ],
)
def test_furniture_is_listed_line_by_line_in_full_or_by_digest(
    text: str, furniture: tuple[str, ...], noticed: list[str]
) -> None:
    assert _unaccounted(text, *furniture) == noticed


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
