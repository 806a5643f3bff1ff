"""A proof as a page, as JSON and as case files."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import jsonschema
import pytest

import policyengine as pe
from policyengine.analysis.proving.finding import Cause, Check, FindingKind
from policyengine.analysis.proving.proof import prove
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from policyengine.report.proof import words
from policyengine.report.proof.as_json import proof_json
from policyengine.report.proof.case_file import case_files
from policyengine.report.proof.page import proof_page
from policyengine.report.proof.schema import proof_schema
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Proof
    from policyengine.wording import Lang
    from tests.support.golden import Golden

EVERYTHING = """{id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}
{id: b, must_not: answer, until: tell}
{id: c, must: tell, upon: start, when: {grade: low}, deadline: {within: {days: 5}}}
{id: d, must: punish, upon: {violated: e}, sanction: true}
{id: e, must: confer, upon: stop}
{id: f, must_not: confer, when: {any: [{place: here}, {amount: {more_than: 5}}]}}
{id: g, must: forgive, upon: start, deadline: {before: punish}}
{id: h, must_not: forgive, until: punish}
{id: i, must: speak, upon: halt, when: {happened: change, not: {happened: change}}}
{id: j, must: tell, upon: anchor, bearer: anybody}
{id: k, must: answer, upon: start, when: {class: low}}"""
HEADER = """
roles: {anybody: {title: {zh: 某人, en: anybody}}}
tables:
  - assigns: anybody
    clause: "LAB:1"
    rows: [{when: {flag: true}, then: unit}, {when: {other: true}, then: chief}]
    else: unstated
  - derives: class
    clause: "LAB:1"
    rows: [{when: {flag: true}, then: low}, {when: {flag: false}, then: mid}]
    else: top
"""


@cache
def everything() -> Proof:
    loaded = policy(EVERYTHING, HEADER, "a b c d e f g h i j k")
    beside = policy("{id: a, must: tell, upon: change}", header="policy: other\n")
    return prove(loaded, beside=[beside], elsewhere=True)


def test_every_kind_is_there() -> None:
    assert {each.kind for each in everything().findings} == set(FindingKind)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_in_words(lang: Lang, golden: Golden) -> None:
    golden.check(f"proof-lab.{lang}.txt", plain(proof_page(everything(), lang), width=100))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_may_be_pasted_as_markdown(lang: Lang) -> None:
    text = markdown(proof_page(everything(), lang))
    assert text.startswith("# ")
    assert text.count("\n## ") == len({each.kind for each in everything().findings})


@pytest.mark.parametrize("name", ["lab", *pe.packaged()])
def test_json_as_the_schema_says(name: str) -> None:
    found = everything() if name == "lab" else prove(policy_named(name))
    value = json.loads(proof_json(found))
    jsonschema.validate(value, proof_schema())
    assert [each["kind"] for each in value["findings"]] == [each.kind.value for each in found.findings]
    assert value["elsewhere"] == ([] if name == "lab" else None)


def test_every_case_file_is_a_case_of_its_own() -> None:
    found = prove(policy_named("hubei-government-office"))
    files = dict(case_files(found, "hubei"))
    assert len(files) == sum(len(each.witnesses) for each in found.findings)
    read = {name: pe.Case.from_text(text) for name, text in files.items()}
    assert [case.policies for case in read.values()] == [("hubei",)] * len(files)
    case = read["hubei-government-office-01-overlapping-rows-1.yaml"]
    assert case.as_of is not None
    duty = pe.evaluate(policy_named("hubei"), case, as_of=case.as_of).duty("handle-at-once")
    assert duty.conflict


def test_other_readings_are_told_at_the_head_of_a_case_file() -> None:
    loaded = policy_named("changzhi-energy-bureau")
    found = prove(loaded, readings={loaded.id: {"in_principle": "both"}})
    texts = [text for _, text in case_files(found, loaded.id)]
    assert texts
    assert all("--reading in_principle=both\n" in text for text in texts)


def test_every_word_is_there_in_both_languages() -> None:
    for table, members in (
        (words.KIND, FindingKind),
        (words.WHY, FindingKind),
        (words.WAY_OUT, FindingKind),
        (words.CAUSE, Cause),
        (words.CHECK, Check),
    ):
        assert set(table) == set(members)
