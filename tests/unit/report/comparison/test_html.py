"""The page of a comparison, and the picture on it: well-formed, self-contained, safe, in both languages."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.errors import MissingExtraError
from policyengine.report.comparison import html_words, picture_words
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.html import comparison_html, sheet_html
from policyengine.report.comparison.picture import comparison_svg
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.wording import Lang

ALL = (
    *("state-council-2016-80", "state-council-2016-61", "meihekou"),
    *("anshan", "changzhi", "hubei", "xincheng"),
)
VOID = {"meta", "input", "br", "hr", "link", "img"}
HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}<img src=x onerror=alert(1)>"
SVG = "{http://www.w3.org/2000/svg}"


@cache
def seven() -> Comparison:
    return compare([pe.load(each) for each in ALL])


@cache
def one_row() -> Comparison:
    policies = [pe.load(each) for each in ("state-council-2016-80", "changzhi")]
    return compare(policies, topics=["press_conference"], grades=["major"])


@cache
def alone() -> Comparison:
    return compare([pe.load("changzhi")])


@cache
def without_limits() -> Comparison:
    return compare([pe.load("changzhi")], topics=["commend", "set_up_prevention", "spread_good_practice"])


COMPARISONS = {"seven": seven, "one row": one_row, "one policy": alone, "no limits": without_limits}


@cache
def page(name: str, lang: Lang) -> str:
    return comparison_html(COMPARISONS[name](), lang)


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def inside(text: str, tag: str) -> str:
    found = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMPARISONS)
def test_a_page_is_well_formed_and_says_its_language(name: str, lang: Lang) -> None:
    tags = read(page(name, lang)).tags
    assert page(name, lang).startswith("<!DOCTYPE html>\n")
    assert tags[0] == ("html", {"lang": "zh-CN" if lang == "zh" else "en"})
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert {each.removeprefix("#") for each in targets} <= set(ids)
    named = [each for _, attributes in tags for each in attributes.get("aria-labelledby", "").split()]
    assert set(named) <= set(ids)
    placed = [attributes["data-note"] for _, attributes in tags if "data-note" in attributes]
    assert {f"n{each}" for each in placed} <= set(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMPARISONS)
def test_a_page_refers_to_nothing_outside_of_itself(name: str, lang: Lang) -> None:
    text = page(name, lang)
    told = text.replace("http://www.w3.org/2000/svg", "")
    assert "://" not in told
    assert "@import" not in told
    assert all(each.startswith("#") for each in re.findall(r"url\(([^)]*)\)", told))
    for tag, attributes in read(text).tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert not attributes.keys() & {"src", "srcset", "style", "action", "xlink:href"}
        assert not [each for each in attributes if each.startswith("on")]
        assert attributes.get("href", "#").startswith("#")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_security_policy_admits_the_pages_own_script_and_style_alone(lang: Lang) -> None:
    text = page("seven", lang)
    policy = next(attributes["content"] for _, attributes in read(text).tags if "http-equiv" in attributes)
    rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for tag in ("style", "script"):
        digest = b64encode(sha256(inside(text, tag).encode()).digest()).decode()
        assert rules.pop(f"{tag}-src") == f"'sha256-{digest}'"
    assert not rules
    assert "\r" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_others_wrote_is_shown_as_text(lang: Lang) -> None:
    sheet = comparison_sheet(one_row(), lang)
    row, columns = sheet.rows[0], tuple(replace(each, title=HOSTILE, short=HOSTILE) for each in sheet.columns)
    hostile = replace(sheet, title=HOSTILE, columns=columns, given=(HOSTILE,), rows=(replace(row, title=HOSTILE),))
    text = sheet_html(hostile, comparison_svg(one_row(), lang, styled=False))
    read(text)
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "{{ 7 * 7 }}" in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > len(columns)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_and_every_policy_has_its_cell(lang: Lang) -> None:
    sheet = comparison_sheet(seven(), lang)
    text = page("seven", lang)
    tags = read(text).tags
    rows = [attributes for tag, attributes in tags if tag == "tr" and "data-grades" in attributes]
    shared = [each for each in rows if "data-topic" not in each]
    single = [each for each in rows if "data-topic" in each]
    assert len(rows) == len(sheet.rows)
    cells = [attributes for tag, attributes in tags if tag == "td" and "data-policy" in attributes]
    assert len(cells) == len(shared) * len(ALL) + len(single)
    told = sum(bool(cell.parts or cell.verdict) for row in sheet.rows for cell in row.cells)
    buttons = [attributes["data-cell"] for _, attributes in tags if "data-cell" in attributes]
    assert len(buttons) == len(set(buttons))
    alone = {each["data-topic"] for each in single}
    left_out = sum(
        bool(cell.parts or cell.verdict) for row in sheet.rows if row.topic in alone for cell in row.cells
    ) - len(single)
    assert len(buttons) == told - left_out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_provision_stands_in_the_notes_once(lang: Lang) -> None:
    sheet = comparison_sheet(seven(), lang)
    demands = {(cell.policy, each.provision) for row in sheet.rows for cell in row.cells for each in cell.demands}
    parts = [(cell.policy, part) for row in sheet.rows for cell in row.cells for part in cell.parts]
    silences = {(policy, each.id) for policy, part in parts for each in part.silences}
    readings = {(policy, reading.name) for policy, part in parts for each in part.demands for reading in each.readings}
    readings |= {
        (policy, reading.name) for policy, part in parts for each in part.silences for reading in each.readings
    }
    notes = [attributes for tag, attributes in read(page("seven", lang)).tags if tag == "article"]
    kinds = [each["class"] for each in notes]
    assert kinds.count("note") == len(demands)
    assert kinds.count("note silence") == len(silences)
    assert kinds.count("note reading") == len(readings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_has_all_relations_and_tables_are_announced(lang: Lang) -> None:
    text = page("seven", lang)
    for each in Relation:
        assert html_words.MEANING[each].within(lang) in text
        assert html_words.SIGN[each] in text
    assert len(set(html_words.SIGN.values())) == len(Relation)
    tags = read(text).tags
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    assert [tag for tag, _ in tags].count("caption") == [tag for tag, _ in tags].count("table")


def test_a_policy_alone_is_not_compared() -> None:
    text = page("one policy", "en")
    assert 'name="policy"' not in text
    assert 'name="relation"' not in text
    assert not any("data-relation" in attributes for _, attributes in read(text).tags)


def test_policies_without_a_common_topic_have_no_table_in_common() -> None:
    comparison = compare([pe.load(each) for each in ("changzhi", "hubei")], topics=["commend", "appraise"], against=[])
    text = comparison_html(comparison, "en")
    assert [attributes["class"] for tag, attributes in read(text).tags if tag == "table"] == ["single"]


def test_a_page_is_written_the_same_each_time() -> None:
    assert comparison_html(one_row(), "en") == page("one row", "en")


def test_without_jinja2_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"regulatory-duties\[html\]"):
        comparison_html(one_row(), "en")


def drawn(name: str, lang: Lang) -> ElementTree.Element:
    return ElementTree.fromstring(comparison_svg(COMPARISONS[name](), lang))  # noqa: S314 - our own


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMPARISONS)
def test_a_picture_is_xml_with_a_title_and_a_description(name: str, lang: Lang) -> None:
    root = drawn(name, lang)
    assert root.tag == f"{SVG}svg"
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for each in root.iter():
        assert 0 <= float(each.attrib.get("x", "0")) <= width
        assert 0 <= float(each.attrib.get("y", "0")) <= height


def test_a_bar_is_as_long_as_its_limit_and_filled_where_the_text_says_must() -> None:
    bars: dict[str, tuple[float, bool]] = {}
    for each in drawn("seven", "en").iter(f"{SVG}g"):
        bar, told = each.find(f"{SVG}rect"), each.find(f"{SVG}text")
        if bar is not None and told is not None:
            bars.setdefault(told.text or "", (float(bar.attrib["width"]), "stroke-dasharray" in bar.attrib))
    (five, solid), (one, dashed) = bars["5 hours ①"], bars["1 hour ①"]
    assert not solid
    assert dashed
    assert five == pytest.approx(5 * one, abs=0.1)


def test_what_has_no_number_is_said_in_words() -> None:
    told = texts(drawn("seven", "zh"))
    for each in (picture_words.PROMPTLY, picture_words.GAP, picture_words.REFERRED, picture_words.SILENT):
        assert each.zh in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_anchors_that_differ_are_told_apart(lang: Lang) -> None:
    assert picture_words.APART.within(lang) in texts(drawn("seven", lang))
    assert picture_words.APART.within(lang) not in texts(drawn("one row", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_any_limit_in_numbers_the_picture_says_so(lang: Lang) -> None:
    assert texts(drawn("no limits", lang)) == [picture_words.NONE.within(lang)]
