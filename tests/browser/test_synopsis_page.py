"""The page of a comparison as a browser shows it. `POLICYENGINE_CHROMIUM` names the browser: a path to Chromium."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import pytest

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.report.comparison.html import comparison_html
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from policyengine.wording import Lang

CHROMIUM = os.environ.get("POLICYENGINE_CHROMIUM")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="POLICYENGINE_CHROMIUM names no browser")

ALL = (
    *("state-council-2016-80", "state-council-2016-61", "meihekou"),
    *("anshan", "changzhi", "hubei", "xincheng"),
)
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CELL = "press_conference/major/changzhi-energy-bureau"

CONTRASTS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const part = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const found = parse(getComputedStyle(each).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const own = (element) => [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const drawn = (element) => element.closest("svg") ? getComputedStyle(element).fill : getComputedStyle(element).color;
  const seen = [...document.querySelectorAll("body *")].filter((each) =>
    own(each) && each.checkVisibility()
    && !each.closest("script, style, template, option, title, desc, .skip, caption"));
  return seen.map((each) => {
    const [one, other] = [light(parse(drawn(each))), light(behind(each))].sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), each.className.baseVal ?? each.className, each.textContent.slice(0, 20)];
  });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    comparison = compare([pe.load(each) for each in ALL])
    found: dict[Lang, Path] = {lang: tmp_path_factory.mktemp("page") / f"{lang}.html" for lang in LANGUAGES}
    for lang, path in found.items():
        path.write_text(comparison_html(comparison, lang), encoding="utf-8")
    return found


class Pages:
    """Opens pages, and notes everything that a sound page never does."""

    def __init__(self, browser: Browser, files: dict[Lang, Path]) -> None:
        self._browser, self._files = browser, files
        self._open: list[Page] = []
        self.faults: list[str] = []

    def open(
        self,
        lang: Lang = "zh",
        state: str = "",
        size: dict[str, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        page = self._browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self._requested(request.url))
        page.goto(self._files[lang].as_uri() + (f"#{state}" if state else ""))
        self._open.append(page)
        return page

    def _requested(self, url: str) -> None:
        if url.partition("#")[0] not in {each.as_uri() for each in self._files.values()}:
            self.faults.append(f"asked for {url}")

    def close(self) -> None:
        for each in self._open:
            each.close()


@pytest.fixture
def pages(browser: Browser, files: dict[Lang, Path]) -> Iterator[Pages]:
    opened = Pages(browser, files)
    yield opened
    opened.close()
    assert opened.faults == []


def shown(page: Page) -> int:
    return page.locator("tr[data-grades]:visible").count()


def state(page: Page) -> str:
    return page.url.partition("#")[2]


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#details").wait_for(state="hidden")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_opens_without_a_fault_and_shows_every_row(pages: Pages, lang: Lang) -> None:
    page = pages.open(lang)
    assert shown(page) == page.locator("tr[data-grades]").count() > 100
    assert str(shown(page)) in page.locator("#shown").inner_text()


def test_a_grade_leaves_the_rows_that_it_belongs_to(pages: Pages) -> None:
    page = pages.open()
    page.get_by_role("checkbox", name="较大", exact=True).check()
    grades = page.locator("tr[data-grades]:visible").evaluate_all("rows => rows.map(each => each.dataset.grades)")
    assert grades
    assert all("larger" in each.split() for each in grades)
    assert state(page) == "grade=larger"


def test_a_topic_keeps_its_heading_beside_the_rows_that_are_left(pages: Pages) -> None:
    page = pages.open()
    page.locator("select[name=topic]").select_option("press_conference")
    page.get_by_role("checkbox", name="重大", exact=True).check()
    assert shown(page) == 1
    head = page.locator("tbody[data-topic=press_conference] th.topic")
    assert head.is_visible()
    assert head.get_attribute("rowspan") == "1"
    page.get_by_role("button", name="恢复全部").click()
    page.wait_for_function("!location.hash.includes('topic')")
    assert shown(page) == page.locator("tr[data-grades]").count()
    assert head.get_attribute("rowspan") == "3"


def test_a_policy_leaves_its_own_column(pages: Pages) -> None:
    page = pages.open()
    page.locator("input[name=policy][value=changzhi-energy-bureau]").check()
    policies = page.locator("[data-policy]:is(td, thead th):visible").evaluate_all(
        "cells => [...new Set(cells.map(each => each.dataset.policy))]"
    )
    assert policies == ["changzhi-energy-bureau"]


def test_relations_and_differences_choose_rows_by_what_their_cells_say(pages: Pages) -> None:
    page = pages.open()
    relations = (
        "rows => rows.map(row => [...row.querySelectorAll('td[data-relation]')].map(each => each.dataset.relation))"
    )
    rows = page.locator("tr[data-grades]:visible")
    page.locator("input[name=relation][value=looser]").check()
    found = rows.evaluate_all(relations)
    assert found
    assert all("looser" in each for each in found)
    page.locator("input[name=relation][value=looser]").uncheck()
    page.locator("input[name=differences]").check()
    assert all(set(each) - {"equal"} for each in rows.evaluate_all(relations))
    assert 0 < shown(page) < page.locator("tr[data-grades]").count()


def test_what_was_chosen_is_restored_from_the_address(pages: Pages) -> None:
    page = pages.open(state="grade=larger,major&policy=changzhi-energy-bureau&relation=equal&topic=response&theme=dark")
    checked = page.locator("#filters input:checked").evaluate_all("fields => fields.map(each => each.value)")
    assert checked == ["larger", "major", "changzhi-energy-bureau", "equal"]
    assert page.locator("select[name=topic]").input_value() == "response"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.evaluate("location.hash = 'grade=ordinary&topic=no-such-topic&policy=nobody'")
    page.wait_for_function("document.querySelectorAll('#filters input:checked').length === 1")
    assert page.locator("select[name=topic]").input_value() == ""
    assert page.locator("html").get_attribute("data-theme") is None


def test_nothing_left_is_said(pages: Pages) -> None:
    page = pages.open(state="topic=commend&policy=changzhi-energy-bureau")
    assert shown(page) == 0
    assert page.get_by_text("没有符合所选条件的内容。").is_visible()


@pytest.mark.parametrize("key", ["", "Enter", "Space"], ids=["click", "enter", "space"])
def test_details_open_and_close_and_give_the_focus_back(pages: Pages, key: str) -> None:
    page = pages.open("en")
    cell = page.locator(f"[data-cell='{CELL}']")
    if key:
        cell.focus()
        page.keyboard.press(key)
    else:
        cell.click()
    details = page.get_by_role("dialog", name="press conference")
    assert details.is_visible()
    assert f"cell={CELL}" in state(page)
    told = details.inner_text()
    for each in ("Changzhi Energy Bureau", "equal", "24 hours", "CZH:17", "clock_start", "the default", "bearer"):
        assert each in told
    assert details.locator(".note").count() > 1
    assert details.locator(".note[id]").count() == 0
    close(page)
    page.wait_for_function("!location.hash.includes('cell=')")
    assert page.evaluate("document.activeElement.dataset.cell") == CELL


def test_details_close_by_their_button_and_beside_them(pages: Pages) -> None:
    page = pages.open("en", state=f"cell={CELL}")
    assert page.locator("#details").is_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator("#details").wait_for(state="hidden")
    page.locator(f"[data-cell='{CELL}']").click()
    page.mouse.click(5, 400)
    page.locator("#details").wait_for(state="hidden")


def test_a_table_is_crossed_by_keyboard_alone(pages: Pages) -> None:
    page = pages.open("en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the table"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cell"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_until_it_is_chosen(pages: Pages, scheme: Literal["light", "dark"]) -> None:
    page = pages.open("en", scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    button = page.get_by_role("button", name="Dark")
    first = page.evaluate(paper)
    assert button.get_attribute("aria-pressed") == str(scheme == "dark").lower()
    button.click()
    assert page.evaluate(paper) != first
    assert state(page) == ("theme=light" if scheme == "dark" else "theme=dark")
    button.click()
    assert page.evaluate(paper) == first


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_text_stands_out_from_what_is_behind_it(pages: Pages, lang: Lang, scheme: Literal["light", "dark"]) -> None:
    page = pages.open(lang, state="cell=first_word/major/meihekou-human-resources-bureau", scheme=scheme)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 1000
    assert [each for each in found if each[0] < 4.5] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_only_the_table_scrolls_sideways(pages: Pages, lang: Lang) -> None:
    page = pages.open(lang, size=PHONE)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= PHONE["width"]
    assert page.locator(".scroller").first.evaluate("each => each.scrollWidth > each.clientWidth")
    page.locator(".scroller").first.evaluate("each => { each.scrollLeft = 400 }")
    left = "each => Math.round(each.getBoundingClientRect().left)"
    assert page.locator("tbody th.topic").first.evaluate(left) == page.locator(".scroller").first.evaluate(left)
    page.locator(f"[data-cell='{CELL}']").click()
    details = page.locator("#details")
    assert details.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_the_head_of_a_table_stays_in_sight(pages: Pages) -> None:
    page = pages.open()
    page.locator("tbody[data-topic=agreement]").scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    assert page.locator(".synopsis thead th").first.is_visible()
    assert page.locator(".synopsis thead th").first.bounding_box()["y"] >= 0  # type: ignore[index]


def test_on_paper_there_are_no_controls_and_the_notes_if_asked_for(pages: Pages) -> None:
    page = pages.open("en", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("#filters").is_visible()
    assert not page.get_by_role("button", name="Dark").is_visible()
    assert page.locator("table.synopsis").is_visible()
    assert (
        page.locator("table.synopsis thead").evaluate("each => getComputedStyle(each).display") == "table-header-group"
    )
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')").strip() == "#fff"
    assert not page.locator("#notes").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("checkbox", name="print the notes as well").check()
    page.emulate_media(media="print")
    assert page.locator("#notes").is_visible()
    assert page.locator("table .ref").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_without_scripts_everything_is_there(browser: Browser, files: dict[Lang, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["en"].as_uri())
    assert not page.locator("#filters").is_visible()
    assert page.locator("#notes").is_visible()
    assert page.locator("table .ref").first.is_visible()
    context.close()
