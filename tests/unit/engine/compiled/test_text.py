"""The generated function: names that the compiler made and whole numbers, and nothing else."""

from __future__ import annotations

import io
import re
import tokenize

import pytest

import policyengine as pe
from policyengine.engine.compiled.compiled import compiled
from policyengine.model.assessment import Status

OURS = re.compile(r"[A-Z][0-9]+|[adfghpv][0-9]+|[acdehlmstuwz]")
WORDS = {
    "holes",
    *("def", "judge", "if", "elif", "else", "is", "not", "and", "or", "in", "return", "None", "True", "False"),
    *("first", "later", "get", "vary", "now", "when", "rows", "add", "append", "odd", "since", "least"),
    "following",
    *(each.name for each in Status),
}


@pytest.mark.parametrize("scope", ["case", "agency"])
@pytest.mark.parametrize("name", pe.packaged())
def test_the_text_holds_no_word_of_the_file(name: str, scope: str) -> None:
    text = compiled(pe.load(name), scope="agency" if scope == "agency" else "case").text
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    names = {each.string for each in tokens if each.type == tokenize.NAME}
    assert {each for each in names if each not in WORDS and OURS.fullmatch(each) is None} == set()
    assert [each.string for each in tokens if each.type == tokenize.STRING] == []
    assert all(each.string.isdigit() for each in tokens if each.type == tokenize.NUMBER)


def test_one_function_for_a_policy_and_its_readings() -> None:
    policy = pe.load("changzhi")
    assert compiled(policy).text == compiled(pe.load("changzhi")).text
    assert compiled(policy).text != compiled(policy, {"clock_start": "occurrence"}).text


def test_what_is_left_to_the_reference_says_why() -> None:
    ways = compiled(pe.load("xincheng")).ways
    assert {name: way.why for name, way in ways.items() if way.by == "reference"} == {
        "accept-enquiry": "each",
        "contact-enquirer": "each",
        "publish-the-truth": "each",
    }
    assert {way.by for way in ways.values()} == {"generated", "interpreted", "reference"}
