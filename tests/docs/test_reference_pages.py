"""The reference pages that are generated have no drift. `--update-golden` writes them anew; read that diff."""

from __future__ import annotations

import re
from functools import cache

import pytest

import policyengine
from policyengine.loading import library
from policyengine.loading.schema_words import KEYS
from tests.support.reference_pages import pages
from tests.support.reference_pages.files import KINDS
from tests.support.reference_pages.markup import PAGES, anchor
from tests.support.reference_pages.values import title
from tests.support.reference_pages.words import STATEMENTS
from tests.support.statements import TITLES

NAMES = (
    *("policy-file.md", "case-file.md", "example-file.md", "vocabulary-file.md", "calendar-file.md"),
    *(f"vocabulary-{name}.md" for name in library.packaged("vocabulary")),
    *("command-line.md", "json.md", "python.md"),
)
_LINK = re.compile(r"\]\((?P<file>[\w.-]*)(?:#(?P<anchor>[^)]*))?\)")


@cache
def generated() -> dict[str, str]:
    return pages()


def test_there_is_a_page_for_each() -> None:
    assert tuple(generated()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_the_code_says(name: str, request: pytest.FixtureRequest) -> None:
    path = PAGES / name
    if request.config.getoption("--update-golden", default=False):
        path.write_text(generated()[name], encoding="utf-8")
    assert path.read_text(encoding="utf-8") == generated()[name]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    text = generated()[name]
    own = {anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
    assert len(own) == sum(line.startswith("#") for line in outside_code(text)), "two headings are alike"
    for link in _LINK.finditer(text):
        if not link["file"]:
            assert link["anchor"] in own, link[0]
        else:
            assert (PAGES / link["file"]).is_file(), link[0]
            assert link["anchor"] is None or f"## {link['anchor'].upper()}" in statements(), link[0]


def outside_code(text: str) -> list[str]:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL).splitlines()


@cache
def statements() -> str:
    return (PAGES / "statements.md").read_text(encoding="utf-8")


def test_every_described_key_is_on_a_page() -> None:
    told = "".join(generated()[f"{kind.name}-file.md"] for kind in KINDS)
    for model, keys in KEYS.items():
        if model != "Node":  # `reading` and `under` may stand anywhere; the page says so above its tables
            assert f"## {title('Policy' if model == 'Header' else model)}" in told
            assert [key for key in keys if f"| `{key}` |" not in told] == []


def test_statements_are_named_at_keys_that_there_are() -> None:
    for model, keys in STATEMENTS.items():
        known = {**KEYS[model], **(KEYS["Policy"] if model == "Header" else {})}
        assert set(keys) <= set(known), model
        assert set(keys.values()) <= set(TITLES), model


def test_every_public_name_is_on_the_page_of_the_api() -> None:
    headings = re.findall(r"^### (\w+)$", generated()["python.md"], re.MULTILINE)
    assert sorted(headings) == sorted(policyengine.__all__)
