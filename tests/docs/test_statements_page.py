"""The page that maps the statements of the semantics to tests is generated, and has no drift."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.statements import TITLES, named

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "statements.md"
_HEAD = """\
# Statements and their tests 语义条文与测试

What an answer means is defined by the statements S1 to S31 and the laws L1 to L12 of
[the semantics](../explanation/semantics.md). Every test that holds one names it; this page is read off their names.
答案的含义由[语义](../explanation/semantics.zh.md)的条文 S1–S31 和定律 L1–L12 规定；每项测试在名称中写明其所检验的条文，
本页由此生成。
"""


def _lines() -> Iterator[str]:
    yield _HEAD
    yield "| | about | tests |\n|---|---|---|"
    found = named()
    for name, title in TITLES.items():
        yield f"| [{name}](#{name.lower()}) | {title} | {len(found[name])} |"
    for name in TITLES:
        yield f"\n## {name}\n"
        for path, tests in itertools.groupby(found[name], key=lambda each: each[0]):
            yield f"- `{path}`"
            yield from (f"  - {test}" for _, test in tests)


def page() -> str:
    return "\n".join(_lines()) + "\n"


def test_the_page_says_what_the_tests_are_called(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", [f"S{number}" for number in range(1, 32)])
def test_every_statement_has_a_test_that_names_it(name: str) -> None:
    assert named()[name]


def test_no_test_names_a_statement_that_there_is_not() -> None:
    assert list(named()) == list(TITLES)
