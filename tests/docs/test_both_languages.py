"""Every page that there is in both languages says the same in both: as many headings, tables and examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
_FENCED = re.compile(r"^```(\w*).*?^```", re.MULTILINE | re.DOTALL)


def chinese_of(page: Path) -> Path:
    """Return the Chinese page beside an English one."""
    name = "README.zh-CN.md" if page.name == "README.md" else f"{page.stem}.zh.md"
    return page.with_name(name)


PAGES = sorted(
    each
    for each in (*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("examples/**/*.md"))
    if chinese_of(each).is_file()
)


def shape(page: Path) -> dict[str, object]:
    text = page.read_text(encoding="utf-8")
    prose = _FENCED.sub("", text)
    return {
        "headings": [len(each) for each in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        "examples": [each[1] for each in _FENCED.finditer(text)],
        "rows of tables": len(re.findall(r"^\|", prose, re.MULTILINE)),
    }


def test_the_pages_that_a_reader_meets_are_there_in_both_languages() -> None:
    alone = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"}  # the first of docs/ is bilingual by itself
    found = [*TOP.glob("README.md"), *TOP.glob("docs/*.md"), *TOP.glob("docs/how-to/*.md")]
    found += [*TOP.glob("docs/explanation/*.md"), *TOP.glob("examples/*/README.md")]
    missing = [each for each in found if not each.name.endswith(("zh.md", "zh-CN.md")) and each not in PAGES]
    assert [each.relative_to(TOP).as_posix() for each in missing if each.name not in alone] == []
    assert TOP / "README.md" in PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(TOP).as_posix())
def test_both_say_the_same(page: Path) -> None:
    assert shape(page) == shape(chinese_of(page))
