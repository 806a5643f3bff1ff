"""A comparison in words: columns, parts by condition, limits, verdicts, and what each hangs on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.short_names import short_names
from tests.support import lab

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Cell, Demand, Sheet
    from policyengine.wording import Lang


@cache
def real(lang: Lang, *topics: str) -> Sheet:
    policies = [pe.load(each) for each in ("changzhi", "hubei", "state-council-2016-80")]
    return comparison_sheet(compare(policies, topics=topics or None), lang)


def cell(sheet: Sheet, topic: str, grade: str, policy: str) -> Cell:
    rows = [each for each in sheet.rows if each.topic == topic and grade in each.grades]
    (row,) = rows
    return next(each for each in row.cells if each.policy.startswith(policy))


def of_lab(provisions: str, lang: Lang = "en", header: str = "") -> tuple[Demand, ...]:
    (row, *_) = comparison_sheet(compare([lab.policy(provisions, header)]), lang).rows
    return row.cells[0].demands


def test_columns_have_short_names_titles_and_superiors() -> None:
    changzhi, hubei, superior = real("zh").columns
    assert (changzhi.short, hubei.short, superior.short) == ("长治市", "湖北省", "国办发〔2016〕80号")
    assert changzhi.title == "长治市能源局政务舆情回应机制"
    assert (changzhi.against, hubei.against, superior.against) == (("state-council-2016-80",), (), ())


def test_what_depends_on_readings_says_question_option_and_reason() -> None:
    (demand,) = cell(real("zh"), "press_conference", "major", "changzhi").demands
    reading = next(each for each in demand.readings if each.name == "in_principle")
    assert (reading.option, reading.by_default) == ("first_hour_only", True)
    assert reading.question.endswith("也及于24小时？")
    assert reading.why.startswith("上级文件的24小时")
    assert [name for name, _ in reading.others] == ["both"]


def test_a_chosen_option_is_told_with_the_column_and_has_no_reason() -> None:
    policy = pe.load("changzhi")
    found = compare([policy], readings={policy.id: {"clock_start": "occurrence"}}, topics=["press_conference"])
    sheet = comparison_sheet(found, "en")
    (demand,) = cell(sheet, "press_conference", "major", "changzhi").demands
    (reading, *_) = demand.readings
    assert sheet.columns[0].assumed == ("clock_start=occurrence",)
    assert (reading.option, reading.by_default, reading.why) == ("occurrence", False, "")
    assert demand.counted_from == "“the event occurred”"


def test_a_demand_says_who_must_do_what_by_when() -> None:
    (demand,) = cell(real("en"), "press_conference", "major", "changzhi").demands
    assert demand.sentence == "section or unit responsible for the matter must hold a press conference"
    assert (demand.limit, demand.trigger, demand.usual_trigger) == (
        "within 24 hours",
        "“the sentiment was detected”",
        True,
    )
    assert [each.id for each in demand.clauses] == ["CZH:17"]
    assert (demand.quoted, demand.promptly_only, demand.unlimited) == ("要", False, False)


@pytest.mark.parametrize(
    ("rest", "limit", "order"),
    [
        pytest.param("must: speak, upon: start, deadline: {within: {hours: 1}}", "within 1 hour", "", id="a length"),
        pytest.param("must: speak, upon: start, deadline: {promptly: true}", "promptly", "", id="promptly"),
        pytest.param("must: speak, upon: start", "no limit stated", "", id="no limit"),
        pytest.param("must: speak, deadline: {before: stop}", "before “stop”", "before “stop”", id="order"),
        pytest.param("must: speak, standing: true", "standing", "", id="standing"),
        pytest.param("must: speak, standing: true, until: stop", "until “stop”", "until “stop”", id="until"),
        pytest.param("must: speak, upon: start, every: day", "once every day", "", id="every day"),
        pytest.param("may: speak", "", "", id="a permission has none"),
        pytest.param("must_not: speak", "", "", id="nor has a prohibition"),
        pytest.param(
            "must: speak, upon: start, deadline: {within: {hours: 1}, hours: next_full_hour}",
            "within 1 hour, counted from “start” (counted from the next full hour)",
            "",
            id="counted in a way of its own",
        ),
    ],
)
def test_limits(rest: str, limit: str, order: str) -> None:
    (demand,) = of_lab(f"{{id: a, {rest}}}")
    assert (demand.limit, demand.order) == (limit, order)
    assert demand.unlimited is (limit == "no limit stated")
    assert demand.promptly_only is (limit == "promptly")


def test_a_prohibition_of_everybody_and_a_duty_of_nobody() -> None:
    forbidden, owed = (
        *of_lab("{id: a, must_not: speak}"),
        *of_lab("{id: a, must: speak, bearer: unit, to: chief, upon: start}"),
    )
    assert (forbidden.bearer, forbidden.sentence) == ("anybody", "nobody may speak")
    assert (owed.sentence, owed.addressee) == ("unit must speak", "chief")


def test_parts_are_told_by_the_condition_of_each_norm_and_not_by_products_of_all() -> None:
    found = comparison_sheet(
        compare(
            [
                lab.policy(
                    """
                    {id: a, must: speak, upon: start}
                    {id: b, must: speak, upon: start, when: {flag: true}}
                    {id: c, must: speak, upon: start, when: {other: true}}
                    """
                )
            ]
        ),
        "en",
    )
    parts = found.rows[0].cells[0].parts
    assert [(part.where, [each.provision for each in part.demands]) for part in parts] == [
        ("", ["a"]),
        ("where flag", ["b"]),
        ("where other flag", ["c"]),
    ]


def test_a_verdict_names_what_is_lacking_and_what_goes_beyond() -> None:
    verdict = cell(real("zh"), "first_word", "major", "changzhi").verdict
    assert verdict is not None
    assert (verdict.relation, verdict.word, verdict.everywhere) == (Relation.INCOMPARABLE, "互有宽严", True)
    assert "没有达到：国办发〔2016〕80号（应当发布权威信息，5小时内）" in verdict.reason
    assert "超出对照文件：原则上应当发布权威信息，1小时内" in verdict.reason
    assert cell(real("zh"), "first_word", "major", "hubei").verdict is None


def test_where_it_stands_otherwise_in_part_every_place_is_told() -> None:
    verdict = cell(real("en"), "first_word", "none", "changzhi").verdict
    assert verdict is not None
    assert (verdict.relation, verdict.everywhere) == (Relation.STRICTER, False)
    assert {each.relation for each in verdict.places} > {Relation.EQUAL}
    assert all(each.where.startswith("where ") for each in verdict.places)


@pytest.mark.parametrize(
    ("relation", "topic"), [(Relation.EQUAL, "press_conference"), (Relation.SILENT, "speaking_out")]
)
def test_relations_have_their_word(relation: Relation, topic: str) -> None:
    verdict = cell(real("en"), topic, "major", "changzhi").verdict
    assert verdict is not None
    assert (verdict.relation, verdict.word) == (relation, relation.value)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_common_and_nobody_to_be_held_against_is_said(lang: Lang) -> None:
    one = lab.policy("{id: a, must: speak, upon: start}")
    other = lab.policy("{id: a, must: tell, upon: start}", "policy: other\n")
    sheet = comparison_sheet(compare([one, other]), lang)
    assert len(sheet.remarks) == 2
    assert comparison_sheet(compare([one]), lang).remarks != sheet.remarks[:1]
    (nothing, _) = comparison_sheet(compare([pe.load("changzhi")], topics=["commend"]), lang).remarks
    assert nothing in {"对所问的事项和等级，没有规则作出规定", "No policy says anything about what is asked"}


def test_short_names_tell_all_packaged_policies_apart_in_both_languages() -> None:
    policies = [pe.load(each) for each in pe.packaged()]
    zh, en = short_names(policies, "zh"), short_names(policies, "en")
    assert [*zh.values()] == [
        *("鞍山市", "长治市", "湖北省", "梅河口市"),
        *("国办发〔2016〕61号", "国办发〔2016〕80号", "新城区"),
    ]
    assert [*en.values()] == [
        *("Anshan", "Changzhi", "Hubei", "Meihekou"),
        *("State Council 2016-61", "State Council 2016-80", "Xincheng"),
    ]


def test_short_names_of_namesakes_are_as_much_of_the_id_as_it_takes() -> None:
    one, other = (lab.policy("{id: a, must: tell}", f"policy: river-{each}\n") for each in ("bureau-north", "office"))
    copy = lab.policy("{id: a, must: tell}", "policy: copy-02\n")
    assert short_names([one, other, copy], "zh") == {
        "river-bureau-north": "river-bureau",
        "river-office": "river-office",
        "copy-02": "copy-02",
    }
    assert [*short_names([one, other, copy], "en").values()] == ["River Bureau", "River Office", "Copy 02"]
