"""Answers about strictness as people read them, in both languages, held to recorded pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.analysis.sides import Side
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from policyengine.report.strictness.both_ways import both_ways
from policyengine.report.strictness.case_files import shown_both_ways
from policyengine.report.strictness.page import strictness_page
from policyengine.report.strictness.readings_page import readings_page
from policyengine.wording import LANGUAGES
from tests.support.strictness import REAL, held, load, ranged

if TYPE_CHECKING:
    from policyengine.analysis.strictness import Counterexample
    from policyengine.report.strictness.both_ways import BothWays
    from policyengine.wording import Lang
    from tests.support.golden import Golden

RECORDED = {("hubei", "state-council-2016-61"): "hubei-61", ("changzhi", "state-council-2016-80"): "changzhi-80"}


def told(found: BothWays, lang: Lang) -> str:
    return plain(strictness_page(found, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("pair", "name"), RECORDED.items(), ids=RECORDED.values())
def test_a_page(golden: Golden, pair: tuple[str, str], name: str, lang: Lang) -> None:
    golden.check(f"strictness-{name}.{lang}.txt", plain(strictness_page(held(*pair), lang), width=100))


def test_a_page_as_markdown(golden: Golden) -> None:
    page = strictness_page(held("hubei", "state-council-2016-61"), "zh")
    golden.check("strictness-hubei-61.zh.md", markdown(page))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_under_every_reading(golden: Golden, lang: Lang) -> None:
    page = readings_page(ranged("hubei", "state-council-2016-61"), lang)
    golden.check(f"strictness-readings-hubei-61.{lang}.txt", plain(page, width=100))


@pytest.mark.parametrize(("one", "other"), REAL)
def test_both_languages_say_as_much(one: str, other: str) -> None:
    found = held(one, other)
    zh, en = (told(found, lang) for lang in ("zh", "en"))
    assert len(zh.splitlines()) == len(en.splitlines())
    for text in (zh, en):
        assert "None" not in text
        assert "  \n" not in text
    for demand in found.there.demands:
        assert demand.provision.id in en


def test_no_line_is_broken_within_what_is_told_once() -> None:
    text = told(held("changzhi", "state-council-2016-80"), "en")
    assert text.count("Unless a line says otherwise, it waits for “the sentiment was detected”") == 1
    assert text.count("the sentiment was detected") == 1 + text.count(
        "Tue 2024-03-05 09:00 “the sentiment was detected”"
    )


def test_a_policy_against_itself() -> None:
    found = held("changzhi", "changzhi")
    en = told(found, "en")
    assert en.startswith("Is the first at least as strict as the second?\nYes: the first meets all that the second")
    assert "Conversely the second meets all that the first demands: the two are equally strict" in en
    assert en.count("- [equal] ") == len(found.there.demands) > 20
    assert "后者的29项要求，前者全部达到（已证明）" in told(found, "zh")


def test_stricter_and_looser() -> None:
    stricter = told(held("hubei", "state-council-2016-61", "respond_territorially"), "en")
    assert "; Hubei is the stricter" in stricter
    assert "Conversely, a demand of Hubei that State Council 2016-61 does not meet (1)" in stricter
    looser = told(held("state-council-2016-61", "hubei", "respond_territorially"), "en")
    assert (
        "Conversely Hubei meets all that State Council 2016-61 demands: State Council 2016-61 is the looser" in looser
    )


@pytest.mark.parametrize(
    ("lang", "answer", "converse", "heading"),
    [
        ("zh", "结论：未能判定。", "反过来如何，未能判定", "未能判定的要求（1）"),
        (
            "en",
            "Not settled: of the 1 demands",
            "What holds conversely is not settled",
            "Demands that are not settled (1)",
        ),
    ],
)
def test_what_stays_open(lang: Lang, answer: str, converse: str, heading: str) -> None:
    sides = Side.of(load("hubei"), {"clock_start": "occurrence"}), Side.of(load("state-council-2016-61"))
    text = told(both_ways(*sides, acts=["respond_territorially"]), lang)
    for each in (answer, converse, heading, "clock_start=occurrence"):
        assert each in text


def test_what_never_arises_is_apart_from_what_is_met() -> None:
    found = both_ways(
        Side.of(load("hubei")), Side.of(load("meihekou")), acts=["guide_public"], given={"in_remit": False}
    )
    assert "【未涉及】引导职责外的舆情" in told(found, "zh")
    settled = both_ways(
        Side.of(load("hubei")), Side.of(load("meihekou")), acts=["guide_public"], given={"in_remit": True}
    )
    assert "在视为已定的事实之下不会产生的要求（1）\n- 引导职责外的舆情（guide-what-is-outside-remit）\n" in told(
        settled, "zh"
    )


def test_nothing_is_demanded_about_what_is_asked() -> None:
    found = held("changzhi", "state-council-2016-80", "commend")
    assert "就所问事项，国办发〔2016〕80号没有任何要求" in told(found, "zh")
    every = ranged("changzhi", "state-council-2016-80", "commend")
    assert "State Council 2016-80 demands nothing about what is asked" in plain(readings_page(every, "en"))


def test_topics_are_named() -> None:
    found = held("changzhi", "state-council-2016-80", "commend")
    assert "\nOnly about: praise; blame\n" in plain(strictness_page(found, "en", topics=("praise", "blame")))
    every = ranged("changzhi", "state-council-2016-80", "commend")
    assert "\n只看：表扬\n" in plain(readings_page(every, "zh", topics=("表扬",)))


def test_replays_stand_below_their_cases() -> None:
    found = held("changzhi", "state-council-2016-80")
    cases = shown_both_ways(found)

    def replays(case: Counterexample) -> tuple[str, ...]:
        return tuple(f"judge {each.name}" for each in cases if each.found is case)

    text = plain(strictness_page(found, "en", replays=replays))
    lines = text.splitlines()
    told_of = [line.split()[-1] for line in lines if "replay: judge" in line]
    assert sorted(told_of) == sorted(each.name for each in cases)
    assert told_of[:2] == ["01-authoritative-information", "10-first-bulletin-beyond"]
    assert text.count("replay: ") == len(cases) == text.count("    case: ")
    assert "--witness" not in text
