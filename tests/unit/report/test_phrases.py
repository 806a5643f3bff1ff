"""Conditions, triggers and limits in words, in both languages. The words are those of public sentiment."""

from __future__ import annotations

from pathlib import Path

import pytest

import policyengine as pe
from policyengine.model.condition import Condition
from policyengine.model.deadline import Deadline, Recurrence, Within
from policyengine.model.happening import Happening, Until
from policyengine.report.phrases import Phrases

POLICY = pe.load("changzhi")
ZH, EN = Phrases(POLICY, "zh"), Phrases(POLICY, "en")
RECALL = pe.load(Path(__file__).parents[3] / "examples" / "product-recall" / "product-recall.yaml")
DETECTED = Happening(event="detected")


def both(phrase: str, *arguments: object) -> tuple[object, object]:
    """Return what `Phrases.<phrase>` says of *arguments*, in Chinese and in English."""
    return getattr(ZH, phrase)(*arguments), getattr(EN, phrase)(*arguments)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        pytest.param({}, "不附条件", "without further condition", id="nothing asked"),
        pytest.param(
            {"event_severity": {"at_least": "major"}},
            "突发事件等级为重大及以上",
            "“grade of the sudden event” is major or higher",
            id="at least",
        ),
        pytest.param(
            {"event_severity": {"at_most": "larger"}},
            "突发事件等级为较大及以下",
            "“grade of the sudden event” is larger or lower",
            id="at most",
        ),
        pytest.param(
            {"event_severity": {"more_than": "ordinary", "less_than": "extraordinary"}},
            "突发事件等级高于一般，且突发事件等级低于特别重大",
            "“grade of the sudden event” is higher than ordinary, and “grade of the sudden event” is lower than "
            "extraordinary",
            id="two comparisons of one fact",
        ),
        pytest.param(
            {"event_severity": {"at_least": "none"}},
            "突发事件等级不限",
            "“grade of the sudden event” is any at all",
            id="at least the lowest",
        ),
        pytest.param(
            {"event_severity": {"more_than": "none"}},
            "突发事件等级高于不属任何等级",
            "“grade of the sudden event” is higher than none",
            id="more than the lowest",
        ),
        pytest.param(
            {"event_severity": ["larger", "major"]},
            "突发事件等级为较大或重大",
            "“grade of the sudden event” is larger or major",
            id="one of several grades",
        ),
        pytest.param(
            {"rectification": "inadequate"},
            "整改情况为“整改不到位”",
            "“how far things were put right” is “inadequate”",
            id="a named value",
        ),
        pytest.param(
            {"matter": {"contains": "misread_policy"}},
            "舆情事项类别包括“重大政策措施被误解误读”",
            "“a major policy is misread” is among “kinds of matter”",
            id="contains",
        ),
        pytest.param({"needs_reply": True}, "确定需要回复", "a reply is needed", id="a fact that is so, alone"),
        pytest.param(
            {"needs_reply": False},
            "“确定需要回复”不成立",
            "“a reply is needed” does not hold",
            id="a fact that is not so",
        ),
        pytest.param(
            {"needs_reply": [True, False]},
            "“确定需要回复”已查明",
            "“a reply is needed” is settled",
            id="a fact that is known",
        ),
        pytest.param(
            {"needs_reply": True, "negative": True},
            "“确定需要回复”成立，且“负面舆情”成立",
            "“a reply is needed” holds, and “the sentiment is negative” holds",
            id="two facts",
        ),
        pytest.param(
            {"any": [{"needs_reply": True}, {"negative": True, "sensitive": True}]},
            "“确定需要回复”成立，或（“负面舆情”成立，且“敏感舆情”成立）",
            "“a reply is needed” holds, or (“the sentiment is negative” holds, and “the sentiment is sensitive” holds)",
            id="alternatives, one of two parts",
        ),
        pytest.param(
            {"in_remit": True, "all": [{"any": [{"needs_reply": True}, {"negative": True}]}]},
            "“属于本单位职责范围”成立，且（“确定需要回复”成立，或“负面舆情”成立）",
            "“within the agency's remit” holds, and (“a reply is needed” holds, or “the sentiment is negative” holds)",
            id="alternatives inside a conjunction",
        ),
        pytest.param(
            {"any": [{"any": [{"needs_reply": True}, {"negative": True}]}, {"sensitive": True}]},
            "（“确定需要回复”成立，或“负面舆情”成立），或“敏感舆情”成立",
            "(“a reply is needed” holds, or “the sentiment is negative” holds), or “the sentiment is sensitive” holds",
            id="alternatives inside alternatives",
        ),
        pytest.param(
            {"not": {"needs_reply": True, "negative": True}},
            "并非（“确定需要回复”成立，且“负面舆情”成立）",
            "not (“a reply is needed” holds, and “the sentiment is negative” holds)",
            id="not both",
        ),
        pytest.param(
            {"not": {"any": [{"needs_reply": True}, {"negative": True}]}},
            "以下各项均不成立：（1）“确定需要回复”成立；（2）“负面舆情”成立",
            "none of these holds: (1) “a reply is needed” holds; (2) “the sentiment is negative” holds",
            id="neither",
        ),
        pytest.param(
            {"sensitive": True, "not": {"any": [{"needs_reply": True}, {"negative": True}]}},
            "“敏感舆情”成立，且（以下各项均不成立：（1）“确定需要回复”成立；（2）“负面舆情”成立）",
            "“the sentiment is sensitive” holds, and (none of these holds: (1) “a reply is needed” holds; "
            "(2) “the sentiment is negative” holds)",
            id="neither, inside a conjunction",
        ),
        pytest.param(
            {"not": {"not": {"needs_reply": True}}},
            "并非（并非（“确定需要回复”成立））",
            "not (not (“a reply is needed” holds))",
            id="not not",
        ),
        pytest.param(
            {"happened": ["respond", "closed"]},
            "已发生“回应”或“办结”",
            "“respond” or “the matter was closed” has happened",
            id="happened",
        ),
        pytest.param(
            {"not": {"happened": "closed"}}, "未发生“办结”", "“the matter was closed” has not happened", id="not yet"
        ),
        pytest.param(
            {"not": {"happened": ["respond", "closed"]}},
            "“回应”、“办结”均未发生",
            "none of these has happened: “respond”, “the matter was closed”",
            id="none of several has happened",
        ),
        pytest.param(
            {"not": {"any": [{"needs_reply": True}], "happened": ["closed"]}},
            "并非（已发生“办结”，且“确定需要回复”成立）",
            "not (“the matter was closed” has happened, and “a reply is needed” holds)",
            id="not a mixture",
        ),
    ],
)
def test_conditions(condition: dict[str, object], zh: str, en: str) -> None:
    assert both("condition", Condition.model_validate(condition)) == (zh, en)


@pytest.mark.parametrize(
    ("happening", "zh", "en"),
    [
        pytest.param({"event": "detected"}, "“发现舆情”", "“the sentiment was detected”", id="event"),
        pytest.param(
            {"event": "report", "where": {"by": ["finder", "bureau_head"]}},
            "“报告”（行为人：发现舆情的科室、单位或局主要负责人）",
            "“report” (who acted: section or unit that finds the sentiment or head of the bureau)",
            id="event by somebody",
        ),
        pytest.param(
            {"event": "publish", "where": {"means": "website", "to": "police"}},
            "“发布信息”（方式：网站，对象：公安机关）",
            "“publish information” (means: website, who was addressed: police)",
            id="event with two attributes",
        ),
        pytest.param(
            {"performed": "respond"},
            "履行“48小时内回应”（respond）",
            "performance of “respond within 48 hours” (respond)",
            id="performed",
        ),
        pytest.param(
            {"violated": ["respond", "press-conference"]},
            "违反“48小时内回应”（respond）或“24小时内举行新闻发布会”（press-conference）",
            "violation of “respond within 48 hours” (respond) or “press conference within 24 hours” (press-conference)",
            id="violated",
        ),
        pytest.param(
            {"breached": "confirm-first"},
            "违反禁止“未经沟通确认不得发布”（confirm-first）",
            "breach of “no publication before the other agency has confirmed” (confirm-first)",
            id="breached",
        ),
    ],
)
def test_happenings(happening: dict[str, object], zh: str, en: str) -> None:
    found = Happening.model_validate(happening)
    assert both("happening", found) == (zh, en)
    assert both("triggers", [found, DETECTED]) == (f"{zh}或“发现舆情”", f"{en} or “the sentiment was detected”")


@pytest.mark.parametrize(
    ("deadline", "zh", "en"),
    [
        pytest.param(
            {"within": {"hours": 24}},
            "自“发现舆情”起24小时内",
            "within 24 hours, counted from “the sentiment was detected”",
            id="from the trigger",
        ),
        pytest.param(
            {"within": {"minutes": 1}, "of": "occurred"},
            "自“事件发生”起1分钟内",
            "within 1 minute, counted from “the event occurred”",
            id="from elsewhere, one unit",
        ),
        pytest.param(
            {"within": {"days": 5}, "roll": "next_working_day", "ends": "17:30"},
            "自“发现舆情”起5日内（末日为休息日的顺延至下一工作日，至最后一日17:30止）",
            "within 5 days, counted from “the sentiment was detected” "
            "(a last day that is a day off moves to the next working day, ending at 17:30 on the last day)",
            id="days that roll and end",
        ),
        pytest.param(
            {"within": {"hours": 2}, "hours": "next_full_hour", "of": {"violated": "respond"}},
            "自“48小时内回应”（respond）的期限届满而未履行起2小时内（起算的那一小时不计入，自下一整点起算）",
            "within 2 hours, counted from the missed limit of “respond within 48 hours” (respond) "
            "(counted from the next full hour)",
            id="from a missed limit",
        ),
        pytest.param({"before": "publish"}, "在“发布信息”之前", "before “publish information”", id="before"),
        pytest.param(
            {"promptly": True},
            "及时（文本未规定具体时限）",
            "promptly (the text gives no number)",
            id="promptly",
        ),
        pytest.param(
            {"promptly": True, "of": {"performed": "respond"}},
            "自履行“48小时内回应”（respond）起及时（文本未规定具体时限）",
            "promptly after performance of “respond within 48 hours” (respond) (the text gives no number)",
            id="promptly after",
        ),
        pytest.param(
            {
                "earliest": (
                    {"within": {"working_days": 3}},
                    {"latest": ({"before": "publish"}, {"within": {"years": 1}, "when": {"needs_reply": True}})},
                )
            },
            "取最早者：（1）自“发现舆情”起3个工作日内；"
            "（2）取最晚者：（1）在“发布信息”之前；（2）自“发现舆情”起1年内（仅当确定需要回复）",
            "whichever is earliest: (1) within 3 working days, counted from “the sentiment was detected”; "
            "(2) whichever is latest: (1) before “publish information”; "
            "(2) within 1 year, counted from “the sentiment was detected” (only if a reply is needed)",
            id="composites",
        ),
    ],
)
def test_deadlines(deadline: dict[str, object], zh: str, en: str) -> None:
    assert both("deadline", Deadline.model_validate(deadline), [DETECTED]) == (zh, en)


def test_a_limit_without_any_anchor_counts_from_the_trigger() -> None:
    limit = Deadline(within=Within(months=2))
    assert both("deadline", limit) == ("自触发事件起2个月内", "within 2 months, counted from the trigger")


@pytest.mark.parametrize(
    ("within", "zh", "en"),
    [
        pytest.param(Within(seconds=1), "1秒", "1 second", id="second"),
        pytest.param(Within(minutes=30), "30分钟", "30 minutes", id="minutes"),
        pytest.param(Within(hours=1), "1小时", "1 hour", id="hour"),
        pytest.param(Within(days=1), "1日", "1 day", id="day"),
        pytest.param(Within(working_days=1), "1个工作日", "1 working day", id="working day"),
        pytest.param(Within(months=6), "6个月", "6 months", id="months"),
        pytest.param(Within(years=2), "2年", "2 years", id="years"),
    ],
)
def test_lengths(within: Within, zh: str, en: str) -> None:
    assert both("length", within) == (zh, en)


@pytest.mark.parametrize(
    ("every", "zh", "en"),
    [
        pytest.param(Recurrence(period="working_day"), "每个工作日一次", "once every working day", id="period"),
        pytest.param(
            Recurrence(at=("09:00", "17:30")),
            "每日09:00、17:30前各一次",
            "every day by 09:00, 17:30",
            id="times of day",
        ),
        pytest.param(
            Recurrence(since_last_act=Within(days=14)),
            "每次行为之后14日内再次作出",
            "again within 14 days of each performance",
            id="since the last act",
        ),
    ],
)
def test_recurrence(every: Recurrence, zh: str, en: str) -> None:
    assert both("every", every) == (zh, en)


def test_what_ends_a_duty() -> None:
    any_of, all_of = Until(any_=("closed", "respond")), Until(all_=("closed", "respond"))
    assert both("until", any_of) == ("直至“办结”或“回应”", "until “the matter was closed” or “respond”")
    assert both("until", all_of) == (
        "直至以下全部发生：“办结”、“回应”",
        "until all of these have happened: “the matter was closed”, “respond”",
    )


def test_values_have_their_titles() -> None:
    assert both("value", "event_severity", "major") == ("重大", "major")
    assert (ZH.value("needs_reply", value=True), EN.value("needs_reply", value=False)) == ("是", "no")
    assert both("value", "matter", ("misread_policy",)) == ("重大政策措施被误解误读", "a major policy is misread")
    assert both("value", "matter", ()) == ("无", "nothing")
    assert both("means", ("website", "interview")) == ("网站；接受采访", "website; interview")
    assert both("means", ("unheard of",)) == ("unheard of", "unheard of")
    assert both("attribute_value", "means", "website") == ("网站", "website")
    assert both("attribute_value", "occasion", "the second") == ("the second", "the second")
    assert both("clause", "CZH:15") == (
        "CZH:15 三：涉及其他机关的，发布前沟通确认",
        "CZH:15 三: confirm with the other agency before publishing what concerns it",
    )


def test_a_provision_that_only_another_reading_admits_has_its_title_all_the_same() -> None:
    name = "finder-reports-to-city-government"
    assert EN.provision(name) == f"“the finder reports to the city government” ({name})"
    assert Phrases(POLICY, "en", {"city_report": "finder_too"}).provision(name) == EN.provision(name)


def test_another_domain_has_its_own_words() -> None:
    phrases = Phrases(RECALL, "en")
    assert phrases.condition(Condition.model_validate({"likelihood": {"more_than": "remote"}})) == (
        "“how likely the harm is” is higher than remote"
    )
