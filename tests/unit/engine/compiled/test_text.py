"""The generated function: names that the compiler made and whole numbers, and nothing else."""

from __future__ import annotations

import io
import re
import tokenize

import pytest

import policyengine as pe
from policyengine.engine.compiled.compiled import compiled
from policyengine.model.assessment import Status
from tests.support.lab import policy

OURS = re.compile(r"[A-Z][0-9]+|[adefghpv][0-9]+|[acdehlmstuwxz]")
IN_PERSON = "{id: a, must: answer, upon: start, bearer: head, in_person: true}"
HEAD = """\
roles: {head: {title: {zh: 负责人, en: head}}}
tables:
  - assigns: head
    clause: "LAB:1"
    rows: [{when: {flag: true}, then: chief}]
    else: unit
"""
WORDS = {
    "holes",
    *("def", "judge", "if", "elif", "else", "is", "not", "and", "or", "in", "return", "None", "True", "False"),
    *("first", "later", "get", "now", "rows", "append", "odd", "since", "least"),
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
    changzhi = pe.load("changzhi")
    assert compiled(changzhi).text == compiled(pe.load("changzhi")).text
    assert compiled(changzhi).text != compiled(changzhi, {"clock_start": "occurrence"}).text


@pytest.mark.parametrize("scope", ["case", "agency"])
@pytest.mark.parametrize("name", pe.packaged())
def test_nothing_of_the_packaged_policies_is_left_to_the_reference(name: str, scope: str) -> None:
    ways = compiled(pe.load(name), scope="agency" if scope == "agency" else "case").ways
    assert {way.by for way in ways.values()} <= {"generated", "interpreted"}


def test_what_is_left_to_the_reference_says_why() -> None:
    ways = compiled(policy(IN_PERSON + "\n{id: b, must: tell, upon: {performed: a}}\n{id: c, must: tell}", HEAD)).ways
    assert {name: (way.by, way.why) for name, way in ways.items()} == {
        "a": ("reference", "bound"),
        "b": ("reference", "waits"),
        "c": ("generated", "own"),
    }
