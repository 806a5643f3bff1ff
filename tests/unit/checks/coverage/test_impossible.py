"""What no case can cover is proved, told apart, and never demanded; what is not proved stays demanded."""

from __future__ import annotations

import pytest

from policyengine.checks.coverage.coverage import Kind
from tests.support.covering import covering, states
from tests.support.lab import policy

NOTHING = "{case: c, policy: lab, as_of: 2026-03-02T12:00:00+08:00, events: [], absent: [a]}"


def branches(provisions: str, header: str = "") -> dict[str, str]:
    """Return the branches of a policy that no example has anything to do with."""
    found = states(covering(policy(provisions, header=header), NOTHING), Kind.BRANCHES)
    return {name.removeprefix("a: "): state for name, state in found.items()}


CLASS = """
tables:
  - derives: class
    clause: "LAB:1"
    rows: [{when: {flag: true}, then: mid}]
    else: high
"""


@pytest.mark.parametrize(
    ("when", "header", "expected"),
    [
        pytest.param("{grade: {at_least: low}}", "", ["uncovered", "impossible"], id="lowest-value-or-higher"),
        pytest.param("{grade: {more_than: top}}", "", ["impossible", "uncovered"], id="higher-than-the-highest"),
        pytest.param("{grade: {at_least: high}}", "", ["uncovered", "uncovered"], id="either"),
        pytest.param("{flag: [true, false]}", "", ["uncovered", "impossible"], id="yes-or-no"),
        pytest.param("{amount: {at_least: 3, less_than: 3}}", "", ["impossible", "uncovered"], id="empty-stretch"),
        pytest.param("{class: {at_least: mid}}", CLASS, ["uncovered", "impossible"], id="all-that-a-table-gives"),
        pytest.param("{class: top}", CLASS, ["impossible", "uncovered"], id="what-no-row-gives"),
        pytest.param("{happened: start}", "", ["uncovered", "impossible"], id="its-own-trigger-has-happened"),
        pytest.param("{happened: begin}", "", ["uncovered", "uncovered"], id="only-a-kind-of-its-trigger"),
    ],
)
def test_branch_that_cannot_come_out(when: str, header: str, expected: list[str]) -> None:
    found = branches(f"{{id: a, must: speak, upon: start, when: {when}}}", header)
    assert list(found.values())[:2] == expected


def test_event_that_has_happened_can_come_out_both_ways_without_a_trigger() -> None:
    found = branches("{id: a, must: speak, when: {happened: start}}")
    assert list(found.values()) == ["uncovered", "covered"]


ROWS = """
tables:
  - derives: class
    clause: "LAB:1"
    rows:
      - {when: {grade: {at_least: mid}}, then: top}
      - {when: {grade: top}, then: high}
      - {when: {grade: {less_than: mid}}, then: low}
    else: mid
"""


def test_row_behind_one_that_always_decides_first_is_impossible() -> None:
    loaded = policy("{id: a, must: speak, upon: start, when: {class: top}}", header=ROWS)
    assert states(covering(loaded, NOTHING), Kind.ROWS) == {
        "class, row 1 (top)": "uncovered",
        "class, row 2 (high)": "impossible",
        "class, row 3 (low)": "uncovered",
        "class, else (mid)": "impossible",
    }


READING = """
readings:
  reach:
    question: {zh: 及于何处？, en: how far?}
    options: {near: {zh: 近, en: near}, far: {zh: 远, en: far}}
    default: near
    why: {zh: 试, en: t}
"""


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param("{grade: top, all: [{grade: low}]}", "impossible", id="contradiction"),
        pytest.param("{grade: top, flag: true}", "uncovered", id="possible"),
        pytest.param(
            "{grade: top, all: [{grade: {reading: reach, near: low, far: {at_least: high}}}]}",
            "uncovered",
            id="possible-under-another-reading",
        ),
    ],
)
def test_provision_that_never_applies(when: str, expected: str) -> None:
    header = READING if "reading" in when else ""
    found = covering(policy(f"{{id: a, must: speak, upon: start, when: {when}}}", header=header), NOTHING)
    assert states(found, Kind.PROVISIONS) == {"a": expected}
    assert states(found, Kind.CLAUSES) == {"LAB:1": expected}


def test_impossible_items_are_counted_apart() -> None:
    found = covering(policy("{id: a, must: speak, upon: start, when: {grade: {at_least: low}}}"), NOTHING)
    count = found.counts[Kind.BRANCHES]
    assert (count.covered, count.total, count.impossible) == (0, 1, 1)
    assert [each.kind for each in found.impossible] == [Kind.BRANCHES]
