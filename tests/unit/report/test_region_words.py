"""Regions of the facts in words: scales as stretches, numbers as intervals, lists as what they contain and lack."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

import policyengine as pe
from policyengine.analysis.cells import Cell, cells
from policyengine.analysis.regions import Region
from policyengine.model.base import Title
from policyengine.model.condition import FactTest
from policyengine.model.vocabulary import Choice, EventType, FactType, Vocabulary
from policyengine.report.region_words import grades_words, region_words, stretch_words, where
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang


def title(zh: str, en: str) -> Title:
    return Title(zh=zh, en=en)


def choices(**titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=name, title=title(zh, name)) for name, zh in titles.items())


VOCABULARY = Vocabulary(
    vocabulary="words",
    title=title("词", "words"),
    scales={"size": choices(small="小", middle="中", large="大", huge="巨")},
    facts={
        "size": FactType(title=title("规模", "size"), scale="size"),
        "online": FactType(title=title("网上舆情", "it is online"), type="boolean"),
        "kind": FactType(
            title=title("种类", "kind"), choices=choices(fire="火灾", flood="水灾", quake="地震", wind="风灾")
        ),
        "hours": FactType(title=title("时数", "hours"), type="number"),
        "name": FactType(title=title("名称", "name"), type="text"),
        "topics": FactType(title=title("事项", "topics"), many=True, choices=choices(a="甲", b="乙", c="丙")),
    },
    events={"closed": EventType(title=title("办结", "it was closed"))},
)


def words(region: Region, lang: Lang, *among: Region) -> str:
    return region_words(region, titles(lang), among)


def titles(lang: Lang) -> Titles:
    return Titles(cast("Policy", SimpleNamespace(vocabulary=VOCABULARY)), lang)


def one(name: str, *values: str) -> Region:
    return Region(((name, tuple(Cell(each, (each,)) for each in values)),))


def online(*truths: str) -> Region:
    found = (each == "true" for each in truths)
    return Region((("online", tuple(Cell(each, (each,)) for each in found)),))


def lists(*contents: tuple[str, ...]) -> Region:
    return Region((("topics", tuple(Cell(each, (each,)) for each in contents)),))


EVERY_LIST = lists((), ("a",), ("b",), ("a", "b"))
NUMBERS = cells("hours", [FactTest(fact="hours", at_least=24), FactTest(fact="hours", more_than=48)], VOCABULARY)


@pytest.mark.parametrize(
    ("region", "zh", "en"),
    [
        pytest.param(Region(()), "", "", id="every case"),
        pytest.param(one("size", "large", "huge"), "规模为大及以上", "“size” is large or higher", id="upper end"),
        pytest.param(one("size", "small", "middle"), "规模为中及以下", "“size” is middle or lower", id="lower end"),
        pytest.param(one("size", "middle", "large"), "规模为中至大", "“size” is middle to large", id="between"),
        pytest.param(one("size", "huge"), "规模为巨", "“size” is huge", id="the last grade alone"),
        pytest.param(
            one("size", "small", "large", "huge"),
            "规模为小或大及以上",
            "“size” is small or large or higher",
            id="a hole",
        ),
        pytest.param(one("size", "small", "middle", "large", "huge"), "", "", id="any grade"),
        pytest.param(online("true"), "网上舆情", "it is online", id="true"),
        pytest.param(online("false"), "并非“网上舆情”", "not “it is online”", id="false"),
        pytest.param(online("true", "false"), "", "", id="true or false"),
        pytest.param(
            one("kind", "fire", "flood"), "种类为“火灾”或“水灾”", "“kind” is “fire” or “flood”", id="two kinds"
        ),
        pytest.param(one("kind", "fire", "flood", "wind"), "种类不是“地震”", "“kind” is not “quake”", id="all but one"),
    ],
)
def test_a_single_value(region: Region, zh: str, en: str) -> None:
    assert (words(region, "zh"), words(region, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("chosen", "zh", "en"),
    [
        pytest.param([0], "时数少于24", "“hours” is less than 24", id="below"),
        pytest.param([1], "时数不少于24且不多于48", "“hours” is 24 or more and 48 or less", id="between"),
        pytest.param([2], "时数多于48", "“hours” is more than 48", id="above"),
        pytest.param([1, 2], "时数不少于24", "“hours” is 24 or more", id="neighbours are one"),
        pytest.param([0, 2], "时数少于24或多于48", "“hours” is less than 24 or more than 48", id="a hole"),
        pytest.param([0, 1, 2], "", "", id="any number"),
    ],
)
def test_a_number(chosen: list[int], zh: str, en: str) -> None:
    region = Region((("hours", tuple(NUMBERS[place] for place in chosen)),))
    assert (words(region, "zh"), words(region, "en")) == (zh, en)


def test_one_number_alone() -> None:
    exactly = cells("hours", [FactTest(fact="hours", one_of=(3,))], VOCABULARY)
    assert words(Region((("hours", (exactly[1],)),)), "zh") == "时数为3"


@pytest.mark.parametrize(
    ("region", "zh", "en"),
    [
        pytest.param(lists(("a",), ("a", "b")), "事项包括“甲”", "“a” is among “topics”", id="one, whatever else"),
        pytest.param(lists(("b",), ()), "事项不包括“甲”", "“topics” is without “a”", id="without one"),
        pytest.param(lists(()), "事项不包括“甲”或“乙”", "“topics” is without “a” or “b”", id="neither"),
        pytest.param(
            lists(("a", "b")),
            "事项包括“甲”，且事项包括“乙”",
            "“a” is among “topics”, and “b” is among “topics”",
            id="both",
        ),
        pytest.param(lists(("a",), ("b",), ("a", "b")), "事项包括“甲”或“乙”", "“a” or “b” is among “topics”", id="any"),
        pytest.param(
            lists((), ("a",), ("b",)),
            "事项未同时包括“甲”和“乙”",
            "not all of “a” and “b” are among “topics”",
            id="not both",
        ),
        pytest.param(
            lists(("a",), ("b",)),
            "事项在“甲”、“乙”中恰为“甲”，或事项在“甲”、“乙”中恰为“乙”",
            "of “a”, “b”, exactly these are among “topics”: “a”, or of “a”, “b”, exactly these are among “topics”: “b”",
            id="one of two, one by one",
        ),
        pytest.param(EVERY_LIST, "", "", id="any list"),
    ],
)
def test_a_list_is_told_by_what_was_asked_for_beside_it(region: Region, zh: str, en: str) -> None:
    assert (words(region, "zh", EVERY_LIST), words(region, "en", EVERY_LIST)) == (zh, en)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        pytest.param(("x",), "名称为“x”", "“name” is “x”", id="one asked for"),
        pytest.param(("-",), "名称不是“x”或“y”", "“name” is not “x” or “y”", id="none that is asked for"),
        pytest.param(("-", "x"), "名称不是“y”", "“name” is not “y”", id="all but one"),
    ],
)
def test_a_text(values: tuple[str, ...], zh: str, en: str) -> None:
    every = one("name", "x", "y", "-")
    assert (words(one("name", *values), "zh", every), words(one("name", *values), "en", every)) == (zh, en)


def test_a_text_beside_which_nothing_is_known() -> None:
    assert words(one("name", "-"), "zh") == "名称为其他内容"


@pytest.mark.parametrize(
    ("truths", "zh", "en"),
    [
        pytest.param((True,), "已发生“办结”", "“it was closed” has happened", id="it has"),
        pytest.param((False,), "未发生“办结”", "“it was closed” has not happened", id="it has not"),
        pytest.param((True, False), "", "", id="either"),
    ],
)
def test_what_has_happened(truths: tuple[bool, ...], zh: str, en: str) -> None:
    region = Region((), (("closed", truths),))
    assert (words(region, "zh"), words(region, "en")) == (zh, en)


def test_several_facts_and_several_regions() -> None:
    both = Region((*online("true").facts, *one("kind", "fire").facts))
    assert where([both], titles("zh")) == "网上舆情，且种类为“火灾”的"
    assert (
        where([both, one("kind", "wind")], titles("en"))
        == "where it is online, and “kind” is “fire”; or “kind” is “wind”"
    )
    assert where([], titles("zh")) == ""
    assert where([both, Region(())], titles("zh")) == ""


def test_grades_as_stretches_are_the_same_with_and_without_a_policy() -> None:
    policy = pe.load("changzhi")
    shown = {each.id: each.title.zh for each in policy.vocabulary.scales["gravity"]}
    assert stretch_words(("major", "extraordinary"), shown, "zh") == "重大及以上"
    assert grades_words("gravity", ("major", "extraordinary"), Titles(policy, "zh")) == "重大及以上"
    assert grades_words("gravity", tuple(shown), Titles(policy, "zh")) == ""
