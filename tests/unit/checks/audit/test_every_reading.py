"""Findings under every reading: which stand under all, which under some, and under which options."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import policyengine as pe
from policyengine.checks.audit.every_reading import Readings, joined
from policyengine.checks.audit.failing import FailOn, failing
from policyengine.checks.audit.finding import Kind
from policyengine.checks.audit.rows import Reader
from policyengine.diagnostics import Diagnostic
from policyengine.model.assessment import Choice
from policyengine.model.ranges import Range
from policyengine.testing import strategies
from tests.support import lab
from tests.support.audits import held, lines, logged

HEADER = """
readings:
  length:
    question: {zh: 多久？, en: how long?}
    options: {short: {zh: 短, en: short}, long: {zh: 长, en: long}}
    default: DEFAULT
    why: {zh: 试, en: t}
  force:
    question: {zh: 如何约束？, en: how does it bind?}
    options: {hard: {zh: 必须, en: must}, soft: {zh: 应当, en: should}}
    default: hard
    why: {zh: 试, en: t}
"""
LENGTH = "{id: a, must: tell, upon: start, deadline: {within: {hours: {reading: length, short: 1, long: 24}}}}"
FORCE = "{id: b, must: speak, under: {force: [hard]}, upon: stop}"
CASE = logged("c", "9:00 start")


def policy(default: str = "short", provisions: str = LENGTH) -> pe.Policy:
    """Return a policy whose limit is a reading, *default* by default."""
    return lab.policy(f"{provisions}\n{FORCE}", header=HEADER.replace("DEFAULT", default))


@pytest.mark.parametrize(
    ("default", "when", "found", "under"),
    [
        ("short", "9:30", [], []),
        ("short", "12:00", ["violation c a at 10:00:00.000001 late 2h owed some line 11"], [[()]]),
        ("long", "12:00", ["violation c a at 10:00:00.000001 late 2h owed some line 11"], [[("length=short",)]]),
        ("short", "+1 10:00", ["violation c a at 10:00:00.000001 late 24h owed every line 11"], [[]]),
        ("long", "+1 10:00", ["violation c a at +1 9:00:00.000001 late 1h owed every line 11"], [[]]),
    ],
    ids=["under none", "under the default", "under another", "under every one", "under every one, told by the default"],
)
def test_how_many_readings_a_violation_stands_under(
    default: str, when: str, found: list[str], under: list[list[tuple[str, ...]]]
) -> None:
    audited = held(policy(default), CASE, when=when, every_reading=True)
    assert lines(audited) == found
    told = [[tuple(f"{x.reading}={x.option}" for x in part) for part in each.under] for each in audited.findings]
    assert told == under


@pytest.mark.parametrize(("on", "count"), [(FailOn.VIOLATION, 0), (FailOn.ADVISORY, 0), (FailOn.UNDETERMINED, 1)])
def test_what_only_some_readings_say_fails_as_what_is_undetermined(on: FailOn, count: int) -> None:
    audited = held(policy(), CASE, when="12:00", every_reading=True)
    assert failing(audited.totals, on) == count
    assert (audited.totals.kinds[Kind.VIOLATION].some, audited.lateness.late) == (1, 0)


def test_one_row_can_be_several_findings() -> None:
    two = policy(
        provisions=(
            "{id: a, upon: start, when: {reading: length, short: {flag: true}, long: {other: false}}, "
            "must: tell, deadline: {within: {hours: 1}}}"
        )
    )
    case = logged("c", "9:00 start", other=False)
    audited = held(two, case, when="12:00", every_reading=True)
    assert lines(audited) == [
        "violation c a at 10:00:00.000001 late 2h owed some line 11",
        "undetermined c a some line 11",
    ]
    assert [each.missing for each in audited.findings] == [(), ("flag",)]


def test_too_many_combinations_are_a_fault_of_that_case_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyengine.engine.ranges.MOST_COMBINATIONS", 2)
    waiting = FORCE.replace("stop", "{performed: a}")  # so that it depends on two readings once `a` is in force
    two = lab.policy(f"{LENGTH}\n{waiting}", header=HEADER.replace("DEFAULT", "short"))
    quiet = logged("d", "9:00 stop", line=20)
    audited = held(two, CASE, quiet, every_reading=True)
    (first, *_) = audited.findings
    assert (first.kind, first.case, first.fault and first.fault.code) == (Kind.FAULT, "c", "PE686")
    assert isinstance(first.fault, Diagnostic)
    assert (first.fault.span, audited.unread) == (CASE.place, True)
    assert [sheet.judged and sheet.judged.policies for sheet in audited.findings.sheets()][1] == ("lab",)


def test_joining_ranges() -> None:
    one = Range((Choice("r", "a"),), (((), 1), ((Choice("r", "b"),), 2)))
    other = Range((Choice("s", "x"), Choice("r", "a")), (((), "p"), ((Choice("s", "y"), Choice("r", "b")), "q")))
    whole = Range(
        (Choice("s", "x"), Choice("r", "a")),
        (
            *other.by_departure,
            ((Choice("s", "y"),), "m"),
            ((Choice("r", "b"),), "n"),
        ),
    )
    found = dict(joined(one, whole).by_departure)
    assert found == {
        (): (1, "p"),
        (Choice("s", "y"),): (1, "m"),
        (Choice("r", "b"),): (2, "n"),
        (Choice("r", "b"), Choice("s", "y")): (2, "q"),
    }


@settings(max_examples=8)
@given(strategies.questions(pe.load("changzhi")))
def test_what_stands_under_every_reading_is_there_under_the_chosen_ones(asked: strategies.Question) -> None:
    loaded = pe.load("changzhi")
    ranges = pe.evaluate(loaded, asked.case, as_of=asked.as_of, readings="all")
    one = pe.evaluate(loaded, asked.case, as_of=asked.as_of, readings=asked.readings)
    every = Readings(
        asked.case, None, ranges, lambda chosen: pe.evaluate(loaded, asked.case, as_of=asked.as_of, readings=chosen)
    )
    here = {(each.kind, each.subject, each.instance) for each in Reader(asked.case, None, one).findings()}
    found = list(every.findings())
    assert {(each.kind, each.subject, each.instance) for each in found if not each.only_some} <= here
    assert here <= {(each.kind, each.subject, each.instance) for each in found}
