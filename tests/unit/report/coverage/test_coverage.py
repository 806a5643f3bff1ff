"""Coverage as text, JSON and HTML, in both languages; suggested examples as a file."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.checks.coverage.coverage import Kind
from policyengine.checks.coverage.measure import coverage
from policyengine.checks.coverage.suggesting import suggestions
from policyengine.checks.examples.reading import read_examples
from policyengine.loading.yaml_nodes import Source
from policyengine.report.coverage.as_json import coverage_json
from policyengine.report.coverage.html import coverage_html
from policyengine.report.coverage.page import coverage_page
from policyengine.report.coverage.schema import coverage_schema
from policyengine.report.coverage.suggestion_file import suggestion_file
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from policyengine.wording import LANGUAGES
from tests.support.cases import CASES, policy_named
from tests.support.covering import covering
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Coverage
    from policyengine.wording import Lang
    from tests.support.golden import Golden

HEADER = """
readings:
  reach:
    question: {zh: 及于何处？, en: how far?}
    options: {near: {zh: 近处, en: near by}, far: {zh: 远处, en: far off}}
    default: near
    why: {zh: 试, en: t}
tables:
  - assigns: owner
    clause: "LAB:1"
    rows: [{when: {grade: top}, then: chief}]
    else: unstated
roles:
  owner: {title: {zh: 责任人, en: owner}, clause: "LAB:1"}
"""
PROVISIONS = """
{id: a, must: speak, upon: start, bearer: owner, when: {grade: {at_least: low}}, deadline: {within: {hours: 24}}}
{id: b, must: tell, upon: start, when: {flag: {reading: reach, near: true, far: [true, false]}}, every: {period: day}}
{id: c, must_not: punish, upon: {violated: a}, unless: {happened: halt}}
"""
EXAMPLES = """
policy: lab
examples:
  - case: first
    facts: {grade: top}
    events: [{id: e1, type: start, at: 2026-03-02T09:00:00+08:00}]
    ask:
      - as_of: 2026-03-03T09:00:00+08:00
        expect: [{provision: a, bearer: chief, status: active}]
        absent: [c]
      - as_of: 2026-03-03T09:00:01+08:00
        expect: [{provision: a, status: overdue}]
"""


@pytest.fixture(scope="module")
def found() -> Coverage:
    """Return the coverage of a small policy of every kind of item."""
    return covering(policy(PROVISIONS, header=HEADER), EXAMPLES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_says_what_an_example_would_have_to_do(found: Coverage, lang: Lang, golden: Golden) -> None:
    golden.check(f"coverage-{lang}.txt", plain(coverage_page(found, lang), width=100))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_suggested_examples_are_written_as_lawyers_read_them(found: Coverage, lang: Lang, golden: Golden) -> None:
    golden.check(f"coverage-suggested-{lang}.yaml", suggestion_file(suggestions(found), found, lang))


def test_place_stands_before_what_is_missing() -> None:
    name = "state-council-2016-80"
    path = f"policies/{name}.yaml"
    (item,) = coverage((), {name: policy_named(name)}, {name: _source(path)})
    text = markdown(coverage_page(item, "en"))
    assert re.search(rf"{re.escape(path)}:\d+: no example asserts what becomes of its duty", text)


def _source(path: str) -> Source:
    return Source(path, (CASES.parents[1] / path).read_text(encoding="utf-8"))


def test_whole_coverage_says_so() -> None:
    loaded = policy("{id: a, must: speak, upon: start}")
    text = """
        case: c
        policy: lab
        as_of: 2026-03-02T12:00:00+08:00
        events: [{id: e1, type: start, at: 2026-03-02T09:00:00+08:00}]
        expect: [{provision: a, status: active}]
    """
    shown = plain(coverage_page(covering(loaded, text), "en"))
    assert "1 question; 1 of 1 items covered (100%)" in shown
    assert "everything is covered" in shown


def test_json_is_as_its_schema_has_it(found: Coverage) -> None:
    data = json.loads(coverage_json((found,)))
    schema = coverage_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    kinds = {each["kind"] for each in data["policies"][0]["items"]}
    states = {each["state"] for each in data["policies"][0]["items"]}
    assert kinds == {each.value for each in Kind if each is not Kind.GAPS}
    assert states == {"covered", "uncovered", "impossible"}


def test_json_of_packaged_policies_is_as_its_schema_has_it() -> None:
    names = ("state-council-2016-61", "hubei-government-office")
    examples = [each for path in sorted((CASES / "hubei").glob("*.yaml")) for each in read_examples(path)[0]]
    made = coverage(examples, {name: policy_named(name) for name in names})
    data = json.loads(coverage_json(made))
    jsonschema.validate(data, coverage_schema())
    assert [each["policy"]["id"] for each in data["policies"]] == list(names)
    assert [each["questions"] > 0 for each in data["policies"]] == [False, True]


class _Page(HTMLParser):
    """What a browser would see of a page: marks, ids, and whatever it would have to load."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.marks += [values["data-mark"] or ""] if "data-mark" in values else []
        self.loaded += [str(values[name]) for name in ("src", "href") if not str(values.get(name, "#")).startswith("#")]
        if tag not in {"meta", "input", "br", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGUAGES)
def test_html_is_whole_and_needs_nothing_else(found: Coverage, lang: Lang) -> None:
    text = coverage_html((found,), lang)
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert page.loaded == []
    assert set(page.marks) == {"covered", "partly", "uncovered", "impossible"}
    assert f'<html lang="{lang}">' in text
    assert "default-src &#39;none&#39;" in text


def test_html_escapes_what_files_say() -> None:
    loaded = policy("{id: a, must: speak, upon: start}", header='title: {zh: "<b>甲</b>", en: "<script>x</script>"}\n')
    text = coverage_html(coverage((), {"lab": loaded}), "en")
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text
