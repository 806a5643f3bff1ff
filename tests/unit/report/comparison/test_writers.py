"""A comparison as text, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.report.cells import cells
from policyengine.report.comparison.as_json import comparison_json
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.choosing import chosen
from policyengine.report.comparison.csv_rows import COLUMNS, comparison_csv
from policyengine.report.comparison.schema import comparison_schema
from policyengine.report.comparison.text import comparison_markdown, comparison_text
from policyengine.report.csv_cells import MARK
from policyengine.report.page import Tone
from tests.support import lab

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.report.comparison.sheet import Sheet
    from policyengine.wording import Lang
    from tests.support.golden import Golden

SEVEN = ("state-council-2016-61", "state-council-2016-80", "anshan", "changzhi", "hubei", "meihekou", "xincheng")
PAIR = ("changzhi", "state-council-2016-80")
HOSTILE = "=HYPERLINK(1) | <b> `x` *y*\u202e"


@cache
def found(*names: str) -> Comparison:
    return compare([pe.load(each) for each in names])


@cache
def sheet(lang: Lang, *names: str) -> Sheet:
    return comparison_sheet(found(*names), lang)


@cache
def hostile() -> Comparison:
    """Return a comparison of policies whose words would be obeyed somewhere, with numbers, texts and lists."""
    one = lab.policy(
        f"""
        {{id: a, must: speak, upon: start, wording: "{HOSTILE}", when: {{amount: {{at_least: 5}}, place: "x"}}}}
        {{id: b, must: speak, upon: start, when: {{tags: {{contains: red}}}}, unless: {{happened: stop}}}}
        """
    )
    other = lab.policy("{id: a, must: speak, upon: start}", "policy: other\n")
    return compare([one, other], against=[one.id])


# Text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("names", [SEVEN, PAIR, ("changzhi", "hubei", "state-council-2016-61")], ids=["7", "2", "3"])
def test_no_line_is_wider_than_asked_for(lang: Lang, width: int, names: tuple[str, ...]) -> None:
    text = comparison_text(sheet(lang, *names), width=width)
    assert max(map(cells, text.splitlines())) <= width


def test_columns_of_a_table_begin_in_the_same_cell_in_both_scripts() -> None:
    text = comparison_text(sheet("zh", *PAIR), width=100)
    (rule, *_) = [line for line in text.splitlines() if line.startswith("---")]
    start = rule.rindex("  ") + 2
    lines = text.split("新闻发布会\n")[1].split("\n\n")[0].splitlines()
    assert cells(lines[0][: lines[0].index("国办发")]) == start
    assert cells(lines[2][: lines[2].rindex("24小时内")]) == start


@pytest.mark.parametrize(
    ("names", "width", "table"),
    [
        pytest.param(PAIR, 80, True, id="two in 80"),
        pytest.param(PAIR, 60, False, id="two in 60"),
        pytest.param(("changzhi", "hubei", "anshan"), 100, True, id="three in 100"),
        pytest.param(("changzhi", "hubei", "anshan"), 80, False, id="three in 80"),
        pytest.param(("changzhi", "hubei", "anshan", "meihekou"), 100, False, id="four"),
        pytest.param(("changzhi",), 100, False, id="one alone"),
    ],
)
def test_two_or_three_that_fit_are_a_table(names: tuple[str, ...], width: int, table: bool) -> None:
    text = comparison_text(sheet("zh", *names), width=width)
    assert any(line.startswith("-----") for line in text.splitlines()) is table


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pair_as_text(lang: Lang, golden: Golden) -> None:
    golden.check(f"comparison-changzhi-80.{lang}.txt", comparison_text(sheet(lang, *PAIR), width=100))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pair_with_details(lang: Lang, golden: Golden) -> None:
    policies = [pe.load(each) for each in PAIR]
    shown = comparison_sheet(compare(policies, topics=["first_word", "press_conference"]), lang)
    golden.check(
        f"comparison-changzhi-80-details.{lang}.txt", comparison_text(shown, width=80, details=True, whole=True)
    )


def test_details_tell_readings_instead_of_a_star() -> None:
    told = comparison_text(sheet("zh", *PAIR), width=100, details=True)
    assert "按解释（见文末）：" in told
    assert told.count("- in_principle=first_hour_only：“原则上”只修饰1小时") == 1
    assert " *" not in told.replace("* ", "")
    assert "CZH:17" in told
    assert "CZH:17" not in comparison_text(sheet("zh", *PAIR), width=100)


def test_what_nobody_stands_against_is_only_named_unless_the_whole_is_asked_for() -> None:
    shown = sheet("zh", *SEVEN)
    short, whole = (comparison_text(shown, width=100, whole=each) for each in (False, True))
    told = chosen(shown, whole=False)
    topics = {each.topic for each in shown.rows}
    named = {rows[0].topic for _, each in told.lone for rows in each} | {rows[0].topic for rows, _ in told.shared}
    assert {rows[0].topic for rows in told.full} | named == topics
    assert "\n只有一部规则规定的事项\n" in short
    assert "\n只有一部规则规定的事项\n" not in whole
    assert len(whole.splitlines()) > 2 * len(short.splitlines())


def test_provisions_that_differ_in_whom_they_address_are_one_line() -> None:
    text = comparison_text(sheet("zh", "changzhi"), width=300)
    assert "移交情况和线索（对象：公安机关、网络监管部门）" in text


def test_colours_change_no_word() -> None:
    painted: list[Tone] = []

    def paint(text: str, tone: Tone) -> str:
        painted.append(tone)
        return f"\x1b[1m{text}\x1b[0m"

    shown = sheet("en", *PAIR)
    text = comparison_text(shown, width=100, paint=paint)
    assert re.sub(r"\x1b\[[01]m", "", text) == comparison_text(shown, width=100)
    assert {Tone.BAD, Tone.GOOD, Tone.OPEN, Tone.STRONG, Tone.QUIET} <= set(painted)


# Markdown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pair_as_markdown_is_tables(lang: Lang, golden: Golden) -> None:
    text = comparison_markdown(sheet(lang, *PAIR))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == len(chosen(sheet(lang, *PAIR), whole=False).full)
    golden.check(f"comparison-changzhi-80.{lang}.md", text)


def test_seven_as_markdown_are_lists() -> None:
    html = MarkdownIt("commonmark").enable("table").render(comparison_markdown(sheet("zh", *SEVEN)))
    assert "<table>" not in html
    assert "<h2>新闻发布会</h2>" in html


# CSV


def rows(comparison: Comparison, lang: Lang) -> list[dict[str, str]]:
    text = comparison_csv(comparison_sheet(comparison, lang))
    assert text.startswith(MARK)
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_csv_has_a_line_for_every_demand_silence_and_bare_verdict() -> None:
    shown = sheet("zh", *SEVEN)
    lines = rows(found(*SEVEN), "zh")
    cells_ = [cell for row in shown.rows for cell in row.cells]
    norms = sum(len(part.demands) + len(part.silences) for cell in cells_ for part in cell.parts)
    bare = sum(not cell.parts and cell.verdict is not None for cell in cells_)
    assert len(lines) == norms + bare
    assert {each["kind"] for each in lines} == {"demand", "gap", "referral", "nothing"}
    assert tuple(lines[0]) == COLUMNS


def test_csv_has_ids_in_every_language_and_words_in_one() -> None:
    zh, en = rows(found(*PAIR), "zh"), rows(found(*PAIR), "en")
    ids = ("policy", "topic", "grades", "kind", "id", "strength", "clauses", "readings", "relation", "in_part")
    assert [[each[name] for name in ids] for each in zh] == [[each[name] for name in ids] for each in en]
    (line,) = [each for each in zh if each["topic"] == "press_conference" and each["policy"].startswith("changzhi")]
    assert (line["limit"], line["bearer"], line["relation"]) == ("24小时内", "涉事责任科室、单位", "equal")
    assert line["relation_title"] == "相同"


def test_csv_holds_nothing_that_a_spreadsheet_would_compute() -> None:
    (line,) = {each["quoted"] for each in rows(hostile(), "en") if each["quoted"]}
    assert line == "'" + HOSTILE.replace("\u202e", "\\u202e")


# JSON


def as_json(comparison: Comparison) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(comparison_json(comparison))
    jsonschema.validate(value, comparison_schema())
    return value


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(comparison_schema())


@pytest.mark.parametrize("names", [SEVEN, PAIR, ("changzhi",)], ids=["7", "2", "1"])
def test_json_keeps_to_its_schema_and_names_only_what_it_has(names: tuple[str, ...]) -> None:
    value = as_json(found(*names))
    known = {(each["policy"], each["id"]) for each in (*value["provisions"], *value["gaps"])}
    every = [cell for row in value["rows"] for cell in row["cells"]]
    named = {
        (cell["policy"], each)
        for cell in every
        for part in cell["parts"]
        for kind in ("provisions", "undetermined", "gaps")
        for each in part[kind]
    }
    standings = [(cell["policy"], standing) for cell in every for standing in cell["standings"]]
    named |= {(policy, each) for policy, standing in standings for each in standing["beyond"]}
    named |= {(each["policy"], each["provision"]) for _, standing in standings for each in standing["lacking"]}
    assert named == known


def test_json_has_regions_as_values_numbers_as_stretches_and_words_in_both_languages() -> None:
    value = as_json(hostile())
    (row, *_) = value["rows"]
    regions = [part["region"] for cell in row["cells"] for part in cell["parts"]]
    facts = [(each["fact"], cell) for region in regions for each in region["facts"] for cell in each["cells"]]
    assert ("amount", {"lower": None, "lower_in": False, "upper": 5, "upper_in": False}) in facts
    assert ("amount", {"lower": 5, "lower_in": True, "upper": None, "upper_in": False}) in facts
    assert ("tags", {"values": [["red"]]}) in facts
    assert {"-", "x"} == {value for name, cell in facts if name == "place" for value in cell["values"]}
    happened = [each for region in regions for each in region["happened"]]
    assert {"event": "stop", "has": [True]} in happened
    assert value["provisions"][0]["title"] == {"zh": "试", "en": "t"}
    assert value["provisions"][0]["wording"] == HOSTILE


def test_json_of_a_pair_has_limits_as_the_file_has_them() -> None:
    value = as_json(found(*PAIR))
    (provision,) = [
        each
        for each in value["provisions"]
        if (each["policy"], each["id"]) == ("changzhi-energy-bureau", "press-conference")
    ]
    assert provision["deadline"] == {"within": {"hours": 24}, "of": {"event": "detected"}}
    assert provision["upon"] == [{"event": "detected"}]
    assert provision["readings"] == ["clock_start", "starting_hour", "in_principle", "grave_paragraph"]


# Hostile words


def test_hostile_words_are_shown_and_never_obeyed() -> None:
    shown = comparison_sheet(hostile(), "en")
    text = comparison_text(shown, width=100, details=True, whole=True)
    assert "\u202e" not in text
    assert "<b>" not in MarkdownIt("commonmark").render(comparison_markdown(shown, details=True, whole=True))


def test_fifty_policies_that_say_the_same_are_told_once() -> None:
    copies = [
        lab.policy("{id: a, must: speak, upon: start, deadline: {within: {hours: 2}}}", f"policy: copy-{number}\n")
        for number in range(50)
    ]
    shown = comparison_sheet(compare(copies), "zh")
    text = comparison_text(shown, width=80)
    assert text.count("2小时内") == 1
    assert "- 全部规则" in text
    assert len({each.short for each in shown.columns}) == 50
