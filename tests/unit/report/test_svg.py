"""Pictures as SVG: well-formed whatever is written in them, nothing fetched, text that fits, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from policyengine.report.svg import (
    SERIES,
    TEXT,
    Box,
    Ink,
    Point,
    Shape,
    Words,
    circle,
    clipped,
    group,
    hatched,
    line,
    outline,
    picture,
    rect,
    text,
    text_width,
    theme,
    wrapped,
)
from tests.support.pictures import SVG, parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORDS = Words("标题 <a>", "说明 & 说明", "zh")


def drawn(*shapes: Shape, styled: bool = True) -> Element:
    return parsed(picture(shapes, size=(200, 100.5), words=WORDS, styled=styled))


def test_a_picture_says_what_it_is() -> None:
    root = drawn()
    assert [each.tag for each in root] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style", f"{SVG}rect"]
    assert (root[0].text, root[1].text) == ("标题 <a>", "说明 & 说明")
    assert (root.get("lang"), root.get("viewBox"), root.get("height")) == ("zh", "0 0 200 100.5", "100.5")


def test_a_page_with_several_pictures_holds_the_theme_once() -> None:
    assert drawn(styled=False).find(f"{SVG}style") is None
    rules = re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]+\{", "", theme()))
    assert len(rules) > 2 * len(Ink)
    assert all(".pe-picture" in each for rule in rules for each in rule.split(","))


def test_every_colour_is_there_in_light_and_dark_and_without_custom_properties() -> None:
    css = theme()
    for ink in Ink:
        assert len(re.findall(rf"--{ink}:#[0-9a-f]{{6}}[;}}]", css)) == 5, ink
        assert re.search(rf"\.f-{ink}\{{fill:#[0-9a-f]{{6}};fill:var\(--{ink}\)\}}", css), ink
    assert "prefers-color-scheme:dark" in css
    assert "[data-theme=dark]" in css
    assert "[data-theme=light]" in css


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("place", [pytest.param(0, id="light"), pytest.param(1, id="dark")])
@pytest.mark.parametrize("ground", [Ink.PAPER, Ink.PANEL])
def test_text_can_be_read_on_paper_and_on_panels(place: int, ground: Ink) -> None:
    def colour(ink: Ink) -> str:
        return [found[1] for found in re.finditer(rf"--{ink}:(#[0-9a-f]{{6}})", theme())][place]

    for ink in (Ink.PLAIN, Ink.QUIET, Ink.ACCENT, Ink.GOOD, Ink.BAD, Ink.WARN, Ink.OPEN, *SERIES):
        assert contrast(colour(ink), colour(ground)) >= 4.5, ink


def test_shapes() -> None:
    shapes = (
        rect(Box(1, 2, 3.333, 4), fill=Ink.GOOD_SOFT, stroke=Ink.GOOD, radius=2, dashed=True),
        line(Point(0, 0), Point(10, 0), stroke=Ink.BAD, width=2),
        outline((Point(0, 0), Point(5, 5)), stroke=Ink.OPEN, closed=False),
        outline((Point(0, 0), Point(5, 5), Point(0, 5)), fill=Ink.OPEN),
        circle(Point(5, 5), 2, fill=Ink.ACCENT),
        text(Point(1, 1), "到期", ink=Ink.BAD, size=11.5, bold=True, anchor="end"),
    )
    assert [next(each.lines()) for each in shapes] == [
        '<rect class="f-good-soft s-good" stroke-dasharray="4 3" x="1" y="2" width="3.33" height="4" rx="2"/>',
        '<line class="s-bad" fill="none" x1="0" y1="0" x2="10" y2="0" stroke-width="2"/>',
        '<polyline class="s-open" fill="none" points="0,0 5,5"/>',
        '<polygon class="f-open" points="0,0 5,5 0,5"/>',
        '<circle class="f-accent" cx="5" cy="5" r="2"/>',
        '<text class="f-bad" x="1" y="1" font-size="11.5" font-weight="600" text-anchor="end">到期</text>',
    ]


def test_a_group_has_a_title_only_where_it_is_given_one() -> None:
    root = drawn(group((), title="x"), group((rect(Box(0, 0, 1, 1)),)))
    told, silent = root.findall(f"{SVG}g")
    assert [each.tag for each in told] == [f"{SVG}title"]
    assert [each.tag for each in silent] == [f"{SVG}rect"]


def test_hatching_is_defined_once_for_each_colour_that_asks_for_it() -> None:
    box = Box(0, 0, 5, 5)
    root = drawn(hatched(box, Ink.BAD), group((hatched(box, Ink.BAD), hatched(box, Ink.WARN))))
    assert [each.get("id") for each in root.iter(f"{SVG}pattern")] == ["pe-hatch-bad", "pe-hatch-warn"]
    assert drawn().find(f"{SVG}defs") is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("</text><script>alert(1)</script>", None, id="markup"),
        pytest.param("]]>&amp;\"'", None, id="entities and quotes"),
        pytest.param("a\x00b\x1b[31m\ufffe\ud800", "a\ufffdb\ufffd[31m\ufffd\ufffd", id="what XML cannot hold"),
    ],
)
def test_whatever_is_written_is_shown_and_never_obeyed(written: str, shown: str | None) -> None:
    root = drawn(group((text(Point(0, 0), written),), title=written))
    assert [each.text for each in root.iter(f"{SVG}text")] == [shown or written]
    assert root.find(f"{SVG}g/{SVG}title").text == (shown or written)  # type: ignore[union-attr]
    assert root.find(f".//{SVG}script") is None


@pytest.mark.parametrize("size", [11.5, TEXT, 20])
def test_chinese_is_as_wide_as_it_is_high(size: float) -> None:
    assert text_width("期限届满", size) == 4 * size
    assert text_width("期限届满", size, bold=True) > 4 * size
    assert text_width("é\u0301", size) == text_width("é", size)


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("5日内书面报送办理情况和回复意见（written-report），自收到之日起算", id="Chinese"),
        pytest.param("report to the leaders concerned without delay (report-to-leaders)", id="English"),
        pytest.param("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", id="one long word"),
        pytest.param("iiiiiiiii iiiiii WWWWWW 期限 期限 WWW iiiiiiiiiiiiiiiiiiiiiiiiiii", id="of all widths"),
    ],
)
def test_lines_are_no_wider_than_asked_and_lose_nothing(words: str, *, bold: bool) -> None:
    lines = wrapped(words, 140, bold=bold)
    assert len(lines) > 1
    assert max(text_width(each, bold=bold) for each in lines) <= 140
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_what_has_no_room_gives_way_to_an_ellipsis() -> None:
    words = "report to the leaders concerned without delay (report-to-leaders)"
    first, last = wrapped(words, 140, most=2)
    assert (first, last[-1]) == (wrapped(words, 140)[0], "…")
    assert clipped(words, 140)[-1] == "…"
    assert text_width(clipped(words, 140)) <= 140
    assert clipped("short", 140) == "short"
    assert wrapped("a\nb", 140) == ["a b"]
    assert clipped("x", 0) == "…"
