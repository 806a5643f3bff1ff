"""What is remembered of vocabularies and calendars: the same value for the same text, and never an old one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.loading import library, memory
from policyengine.loading.calendar import read_calendar
from policyengine.loading.policy import read_policy
from policyengine.loading.text import Source
from policyengine.loading.vocabulary import read_vocabulary, read_words

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY = library.packaged("vocabulary")["public-sentiment"]


def test_two_policies_share_one_vocabulary_and_one_calendar() -> None:
    one, other = pe.load("changzhi"), pe.load("hubei")
    assert one.vocabulary is other.vocabulary
    assert one.calendar is other.calendar


@pytest.mark.parametrize("name", library.packaged_policies())
def test_a_policy_is_the_same_whatever_was_loaded_before(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = pe.load(name)
    monkeypatch.setattr(memory, "_LONGEST", 0)
    anew = pe.load(name)
    assert anew.vocabulary is not remembered.vocabulary
    assert [each.name for each in fields(pe.Policy) if getattr(anew, each.name) != getattr(remembered, each.name)] == []


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(VOCABULARY.read_text(encoding="utf-8"), encoding="utf-8")
    before, _ = read_vocabulary(path)
    path.write_text("vocabulary: other\ntitle: {zh: 词, en: words}\n", encoding="utf-8")
    after, _ = read_vocabulary(path)
    assert before is not None
    assert after is not None
    assert (before.vocabulary, after.vocabulary) == ("public-sentiment", "other")


def test_the_same_text_in_another_file_has_places_of_its_own(tmp_path: Path) -> None:
    places = []
    for name in ("one.yaml", "other.yaml"):
        path = tmp_path / name
        path.write_text("vocabulary: words\ntitle: {zh: 词, en: words}\ncolour: red\n", encoding="utf-8")
        places += [str(each.span) for each in read_words(path)[1]]
    assert places == [f"{tmp_path}/one.yaml:3:1", f"{tmp_path}/other.yaml:3:1"]


@pytest.mark.parametrize("read", [read_vocabulary, read_calendar], ids=["vocabulary", "calendar"])
def test_faults_are_told_every_time(read: object, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("colour: red\n", encoding="utf-8")
    assert callable(read)
    first, second = read(path), read(path)
    assert first == second
    assert first[0] is None
    assert first[1]


def test_only_the_latest_few_results_of_short_texts_are_kept() -> None:
    read: list[str] = []

    @memory.remembered
    def length(source: Source) -> int:
        read.append(source.file)
        return len(source.text)

    short = [Source(str(number), "x") for number in range(9)]
    long = Source("long", "x" * (256 * 1024 + 1))
    assert [length(each) for each in (short[0], short[0], long, long)] == [1, 1, 262_145, 262_145]
    assert read == ["0", "long", "long"]
    assert [length(each) for each in (*short[1:], short[0])] == [1] * 9
    assert read[3:] == ["1", "2", "3", "4", "5", "6", "7", "8", "0"]


def test_threads_get_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(library.packaged_policies()["changzhi-energy-bureau"].read_text(encoding="utf-8"), encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(lambda _: read_policy(path), range(12)))
    assert {policy for policy, _ in loaded} == {pe.load("changzhi")}
    assert {faults for _, faults in loaded} == {()}
