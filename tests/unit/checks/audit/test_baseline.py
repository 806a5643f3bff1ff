"""Baselines: what they hold, how they are read back, and what is told of those that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.checks.audit.baseline import MOST_KNOWN, baseline_text, read_baseline
from policyengine.checks.audit.finding import Finding, Kind
from policyengine.checks.audit.schema import baseline_schema
from policyengine.diagnostics import diagnostic
from tests.support import lab
from tests.support.audits import held, lines, logged
from tests.unit.checks.audit.test_waivers import waiver

if TYPE_CHECKING:
    from pathlib import Path

POLICY = lab.policy("{id: a, must: tell, upon: start, deadline: {within: {hours: 1}}}\n{id: b, must_not: punish}")
ONE, TWO = logged("c1", "9:00 start"), logged("案件二", "9:00 start", "9:30 punish", line=20)
BAD = diagnostic("PE603")


def written(tmp_path: Path, *, text: str | None = None) -> Path:
    """Return the file of a baseline of both cases, or one with *text*."""
    path = tmp_path / "baseline.json"
    found = baseline_text(held(POLICY, TWO, BAD, ONE).findings) if text is None else text
    assert found is not None
    path.write_text(found)
    return path


def test_it_is_sorted_has_a_line_for_each_and_words_to_review(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert path.read_text() == baseline_text(held(POLICY, ONE, TWO).findings)
    *_, first, second, third, _, _ = path.read_text().split("\n")[:-1]
    assert [list(json.loads(line.rstrip(",")).values())[:6] for line in (first, second, third)] == [
        ["c1", "lab", "a", None, "2026-03-02T02:00:00.000001Z", "violation"],
        ["案件二", "lab", "a", None, "2026-03-02T02:00:00.000001Z", "violation"],
        ["案件二", "lab", "b", None, "2026-03-02T01:30:00Z", "violation"],
    ]
    jsonschema.validate(json.loads(path.read_text()), baseline_schema())


def test_what_is_known_does_not_count_and_what_is_new_does(tmp_path: Path) -> None:
    baseline, faults = read_baseline(written(tmp_path))
    assert faults == ()
    found = held(POLICY, ONE, logged("c3", "9:00 start", line=30), baseline=baseline)
    assert [line.endswith("known") for line in lines(found)] == [True, False]
    assert found.totals.kinds[Kind.VIOLATION].new == 1
    assert [(each.case, each.subject) for each in found.gone] == [("案件二", "a"), ("案件二", "b")]


def test_lines_and_the_instant_asked_about_change_nothing(tmp_path: Path) -> None:
    baseline, _ = read_baseline(written(tmp_path))
    moved = logged("c1", "8:00 stop", "9:00 start", line=99)
    assert all(line.endswith("known") for line in lines(held(POLICY, moved, when="+20 0:00", baseline=baseline)))


def test_a_second_breach_is_new(tmp_path: Path) -> None:
    baseline, _ = read_baseline(written(tmp_path))
    again = logged("案件二", "9:00 start", "9:30 punish", "9:40 punish")
    found = held(POLICY, again, baseline=baseline)
    assert [each.known for each in found.findings] == [True, True, False]


def test_what_is_waived_and_what_cannot_be_read_stay_out() -> None:
    text = baseline_text(held(POLICY, ONE, BAD, waivers=(waiver(case="c1"),)).findings)
    assert text == '{\n "baseline": 1,\n "findings": []\n}\n'


def test_a_fault_is_never_known(tmp_path: Path) -> None:
    baseline, _ = read_baseline(written(tmp_path))
    assert [each.known for each in held(POLICY, BAD, baseline=baseline).findings] == [False]


def test_an_empty_one_is_one(tmp_path: Path) -> None:
    baseline, faults = read_baseline(written(tmp_path, text=baseline_text([])))
    assert (baseline and dict(baseline.known), faults) == ({}, ())


ENTRY = {
    **dict.fromkeys(("case", "policy", "subject", "instance", "at"), "x"),
    "kind": "violation",
    "fingerprint": "0123456789abcdef",
}


def file(**changes: object) -> str:
    """Return a baseline of one entry with *changes*; an entry that is changed to nothing lacks the key."""
    entry = {name: value for name, value in {**ENTRY, **changes}.items() if value != ()}
    return json.dumps({"baseline": 1, "findings": [entry]})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        (f'{{"baseline": {"9" * 5000}}}', "it is not JSON"),
        ("[]", "it has keys other than `baseline` and `findings`, or lacks one"),
        ('{"schema": "assessment/1"}', "it has keys other than `baseline` and `findings`, or lacks one"),
        ('{"baseline": 2, "findings": []}', "`baseline` is not 1"),
        ('{"baseline": true, "findings": []}', "`baseline` is not 1"),
        ('{"baseline": 1, "findings": {}}', "`findings` is no list"),
        (file(kind="fault"), "entry 1 of `findings` is no finding"),
        (file(kind=[]), "entry 1 of `findings` is no finding"),
        (file(fingerprint="abc"), "entry 1 of `findings` is no finding"),
        (file(fingerprint=None), "entry 1 of `findings` is no finding"),
        (file(case=7), "entry 1 of `findings` is no finding"),
        (file(case=()), "entry 1 of `findings` is no finding"),
        (file(more="x"), "entry 1 of `findings` is no finding"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, text: str, problem: str) -> None:
    baseline, (fault,) = read_baseline(written(tmp_path, text=text))
    assert (baseline, fault.code) == (None, "PE685")
    assert fault.message() == f"the file is no baseline of an audit: {problem}"
    with pytest.raises((ValueError, jsonschema.ValidationError, RecursionError)):
        jsonschema.validate(json.loads(text), baseline_schema())


def test_the_place_of_a_slip(tmp_path: Path) -> None:
    _, (fault,) = read_baseline(written(tmp_path, text='{\n "baseline": 1;\n}'))
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (2, 15)


def test_no_file(tmp_path: Path) -> None:
    baseline, (fault,) = read_baseline(tmp_path / "none.json")
    assert (baseline, fault.code) == (None, "PE101")


def test_more_than_anybody_reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr("policyengine.checks.audit.baseline.MOST_KNOWN", 2)
    _, (fault,) = read_baseline(path)
    assert fault.code == "PE685"


def test_nobody_reviews_so_many() -> None:
    assert baseline_text(Finding(Kind.GAP, case=str(number)) for number in range(MOST_KNOWN + 1)) is None
