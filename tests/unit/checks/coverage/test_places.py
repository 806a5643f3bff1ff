"""Every item of a packaged policy stands on the line that says it."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.checks.coverage.coverage import Kind
from policyengine.checks.coverage.measure import measured
from policyengine.checks.coverage.places import Places
from policyengine.loading.library import packaged_policies
from policyengine.loading.yaml_nodes import Source, read_source

TEXT = """\
policy: lab
tables:
  - assigns: owner
    rows:
      - {when: {grade: top}, then: chief}
      - {when: {grade: high}, then: deputy}
    else: unit
provisions:
  - id: a
    when: {grade: {at_least: high}}
    unless: {flag: true}
    deadline:
      earliest:
        - {within: {hours: 1}}
        - within: {hours: 2}
"""


@pytest.mark.parametrize("name", packaged_policies())
def test_item_has_a_place_in_its_own_file(name: str) -> None:
    path = packaged_policies()[name]
    source, _ = read_source(path)
    items = measured(name, pe.load(name), (), Places(source)).items
    lines = path.read_text(encoding="utf-8").splitlines()
    placed = [(each, each.span) for each in items]
    assert all(span is not None and span.file == str(path) for _, span in placed)
    norms = [(each, span) for each, span in placed if each.kind in {Kind.PROVISIONS, Kind.GAPS} and span is not None]
    assert norms
    assert all(each.owner in lines[span.line - 1] for each, span in norms)


def test_without_the_text_no_place_is_known() -> None:
    assert {each.span for each in measured("changzhi", pe.load("changzhi"), ()).items} == {None}


@pytest.mark.parametrize(
    ("name", "limit", "line"),
    [
        pytest.param("hours: 1}", "1", 14, id="first-limb"),
        pytest.param("hours: 2}", "2", 15, id="second-limb"),
    ],
)
def test_limit_stands_where_its_length_does(name: str, limit: str, line: int) -> None:
    from policyengine.model.deadline import Deadline, Within

    span = Places(Source("lab.yaml", TEXT)).limit("a", Deadline(within=Within(hours=int(limit))))
    assert span is not None
    assert span.line == line
    assert name in TEXT.splitlines()[line - 1]
