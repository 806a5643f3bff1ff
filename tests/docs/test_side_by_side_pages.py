"""The pages that lay the regulations beside their parents have no drift. `--update-golden` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

import policyengine as pe
from policyengine.loading.library import packaged_policies
from policyengine.report.side_by_side.asking import side_by_side
from policyengine.report.side_by_side.pages import side_by_side_pages

FOLDER = Path(__file__).parents[2] / "docs" / "regulations"
PARENTS = ("state-council-2016-61", "state-council-2016-80")
REGULATIONS = tuple(each for each in packaged_policies() if each not in PARENTS)
NAMES = tuple(
    f"{name}.{lang}.md"
    for lang in ("zh", "en")
    for name in ("side-by-side", "side-by-side-synopsis", *(f"side-by-side-{each}" for each in REGULATIONS))
)
MOST_BYTES = 45_000
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]+))?\)")


@cache
def pages() -> Mapping[str, str]:
    """Return all pages; everything is asked once."""
    regulations, parents = ([pe.load(each) for each in names] for names in (REGULATIONS, PARENTS))
    return side_by_side_pages(side_by_side(regulations, parents))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_the_policies_come_to(name: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / name
    if request.config.getoption("--update-golden", default=False):
        path.write_bytes(pages()[name].encode())
    assert path.read_bytes().decode() == pages()[name], f"{name} differs; if that is meant: --update-golden"


def test_there_is_no_page_besides() -> None:
    assert {each.name for each in FOLDER.glob("side-by-side*")} == set(NAMES) == set(pages())


def test_the_parents_are_those_that_the_regulations_implement() -> None:
    assert {name for each in REGULATIONS for name in pe.load(each).header.implements or ()} == set(PARENTS)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target, anchor in _LINK.findall(pages()[name]):
        path = FOLDER / (target or name)
        text = pages().get(target or name) or path.read_text(encoding="utf-8")
        assert not anchor or f'<a id="{anchor}"></a>' in text, f"{target}#{anchor}"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_stays_readable(name: str) -> None:
    assert len(pages()[name].encode()) < MOST_BYTES


@pytest.mark.parametrize("name", [each for each in NAMES if each.endswith(".zh.md")])
def test_both_languages_say_as_much(name: str) -> None:
    shapes = []
    for text in (pages()[name], pages()[name.replace(".zh.", ".en.")]):
        headings = re.findall(r"^(#+) ", text, re.MULTILINE)
        shapes.append(
            (headings, len(re.findall(r"^ *- ", text, re.MULTILINE)), len(re.findall(r"^\|", text, re.MULTILINE)))
        )
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", [each for each in NAMES if each.endswith(".zh.md")])
def test_the_chinese_pages_have_no_english_left(name: str) -> None:
    for word in re.findall(r"(?<![\w`=/.\-\\(])[a-z]{3,}(?: [a-z]{3,}){2,}", pages()[name]):
        pytest.fail(f"{name}: {word}")
