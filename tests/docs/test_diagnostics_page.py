"""The reference pages of diagnostic codes are generated from what is written by hand and what is run, without drift.

`--update-golden` writes them anew. `tests.support.diagnostic_entries` says how an entry is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.codes import CODES
from tests.support.diagnostic_entries import FOLLOW, TESTS, codes, entries, run_right, run_wrong
from tests.support.diagnostic_pages import FOLDER, INDEX, index, page

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = entries()
FILES = TESTS / "docs" / "diagnostics" / "files"
BY_HAND = {
    "PE101": "there is no file",
    "PE102": "the text has nine megabytes",
    "PE103": "the texts are the same, their bytes differ",
    "PE125": "the texts are the same, their bytes differ",
    "PE131": "the file is sound, the command names it in the wrong place",
    "PE213": "there is no file",
    "PE216": "there is no file",
    "PE622": "the texts are the same, their bytes differ",
    "PE623": "the texts are the same, their bytes differ",
    "PE624": "the line has a megabyte",
    "PE633": "the files are no text",
    "PE634": "the file is no text",
    "PE635": "the fault stands there many times",
    "PE637": "the row stands there many times",
    "PE641": "the file is sound, the command names another",
    "PE686": "the file is sound, the command leaves it at the defaults",
    "PE688": "the file is sound, the command writes where it cannot",
    "PE605": "the file is sound, the call in Python is for another kind",
    "PE800": "the state is sound, the call asks for another case",
    "PE801": "the state is sound, the call asks for a closed case",
    "PE802": "the state is sound, the call opens a case once more",
    "PE804": "the text is cut short, the call names the whole one",
    "PE806": "the state is sound, the call is for another policy",
    "PE832": "the file is no text",
    "PE833": "the file is sound, the command names another",
}
"""Codes whose difference is written by hand or is one of commands, and why no text shows it."""


def _recorded(path: Path, text: str, request: pytest.FixtureRequest) -> str:
    """Return what *path* holds, which on `--update-golden` is *text*."""
    if request.config.getoption("--update-golden", default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode()


def test_the_index_says_what_the_table_says(request: pytest.FixtureRequest) -> None:
    assert _recorded(INDEX, index(), request) == index()


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_an_example_shows_its_code_and_its_repair_does_not(
    code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    entry = ENTRIES[code]
    wrong = run_wrong(entry, tmp_path)
    right = run_right(entry, tmp_path)
    told = codes(wrong)
    assert code in told, wrong["en"].said
    assert code in FOLLOW or told - FOLLOW == {code}, wrong["en"].said
    assert wrong["en"].succeeded == (CODES[code].level == "warning"), wrong["en"].said
    assert (codes(right), right["en"].succeeded) == (set(), True), right["en"].said
    expected = page(code, entry, wrong)
    assert str(tmp_path) not in expected
    assert _recorded(FOLDER / f"{code}.md", expected, request) == expected


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    assert sorted(ENTRIES) == sorted(CODES)


def test_every_page_has_a_code_and_every_file_an_entry() -> None:
    assert {path.stem for path in FOLDER.iterdir()} <= set(CODES)
    used = {TESTS / path for entry in ENTRIES.values() for path in (entry.example, *entry.beside) if path}
    assert {path for path in FILES.rglob("*") if path.is_file()} <= used


def test_only_what_no_text_can_show_is_written_by_hand() -> None:
    by_hand = {code for code, entry in ENTRIES.items() if entry.shown is not None or entry.instead is not None}
    assert by_hand == set(BY_HAND)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_words_in_both_languages_and_a_way_out(code: str) -> None:
    said = CODES[code]
    assert all((said.en, said.zh, said.help_en, said.help_zh))
    assert said.en[0].islower() or not said.en[0].isalpha() or said.en.startswith("UTF")
    assert not said.en.endswith(".")
