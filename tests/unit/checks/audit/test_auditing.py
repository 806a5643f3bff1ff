"""Whole audits: every case under its policies at its instant, and what keeps one from being judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.checks.audit.auditing import Asked, audit
from policyengine.checks.audit.finding import Kind
from policyengine.checks.audit.findings import Findings
from policyengine.checks.audit.shelf import Shelf
from policyengine.diagnostics import Level, diagnostic
from policyengine.loading.logs.reading import Logged
from policyengine.loading.text import Source
from tests.support import lab
from tests.support.audits import held, lines, logged, span

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.audit.audit import Audit

LATE = "{id: a, must: tell, upon: start, deadline: {within: {hours: 1}}}"
POLICY = lab.policy(LATE)
AS_OF = Asked((POLICY,), as_of=lab.at("12:00"))
TEXT = """policy: own
title: {zh: 自有, en: own}
vocabulary: lab
time_zone: Asia/Shanghai
calendar: cn
versions: [{in_force: {}}]
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: t}, provisions: [a]}
provisions:
  - {id: a, title: {zh: 试, en: t}, clause: "LAB:1", bearer: unit, must: tell, upon: start,
     deadline: {within: {hours: 1}}}
"""


def own(folder: Path, name: str = "own.yaml", text: str = TEXT) -> Path:
    """Return the file of a policy in *folder*, its vocabulary beside it."""
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "vocabulary" / "lab.yaml").write_bytes((lab.HERE / "vocabulary" / "lab.yaml").read_bytes())
    (folder / name).write_text(text)
    return folder / name


def at(case: Logged, when: str | None) -> Logged:
    """Return *case* with an instant of its own."""
    return replace(case, case=replace(case.case, as_of=None if when is None else lab.at(when)))


def codes(found: Audit) -> list[tuple[str | None, str]]:
    """Return the faults by case and code."""
    return [(each.case, each.fault.code) for each in found.findings if each.fault is not None]


def test_order_is_that_of_the_log_then_gravest_first() -> None:
    policy = lab.policy(
        """
        {id: a, should: tell, upon: start, deadline: {within: {hours: 1}}}
        {id: b, must: answer, upon: start, deadline: {within: {hours: 1}}}
        """
    )
    log = (logged("z", "9:00 start"), diagnostic("PE620", span(7)), logged("a", "9:00 start", line=30))
    assert [line.split(" at ")[0] for line in lines(held(policy, *log))] == [
        *("violation z b", "advisory z a", "fault PE620 line 7", "violation a b", "advisory a a"),
    ]


def test_a_case_is_judged_at_its_own_instant_unless_another_is_asked_about() -> None:
    early, late = at(logged("c1", "9:00 start"), "9:30"), at(logged("c2", "9:00 start", line=20), "11:00")
    found = audit((early, late), Asked((POLICY,)))
    assert [each.case for each in found.findings] == ["c2"]
    assert found.as_of == (lab.at("9:30"), lab.at("11:00"))
    asked = audit((early, late), AS_OF)
    assert [each.as_of for each in asked.findings] == [lab.at("12:00")] * 2


def test_nobody_guesses_a_clock_and_a_file_is_told_once() -> None:
    log = [logged(f"c{number}", "9:00 start", line=10 * number) for number in range(1, 4)]
    other = replace(log[2], place=span(1, "other.csv"))
    found = audit((log[0], log[1], other), Asked((POLICY,)))
    assert codes(found) == [("c1", "PE603"), ("c3", "PE603")]
    assert (found.totals.cases, found.totals.judged, found.unread, found.as_of) == (3, 0, True, None)


@pytest.mark.parametrize("year", [999, 9001])
def test_an_instant_that_no_case_can_be_judged_at(year: int) -> None:
    case = logged("c1", "9:00 start")
    moment = pe.Instant.parse(f"{year:04}-06-01T00:00Z")
    there = {"as_of": span(3)}
    found = audit([replace(case, case=replace(case.case, as_of=moment, spans=there))], Asked((POLICY,)))
    assert [(each.fault and each.fault.code, each.span) for each in found.findings] == [("PE410", span(3))]
    assert found.unread


@pytest.mark.parametrize(("as_of", "known_at"), [("0999-01-01T00:00Z", None), (None, "9001-01-01T00:00Z")])
def test_an_instant_asked_about_that_is_none_is_misuse(as_of: str | None, known_at: str | None) -> None:
    asked = Asked(
        (POLICY,),
        as_of=lab.at("9:00") if as_of is None else pe.Instant.parse(as_of),
        known_at=None if known_at is None else pe.Instant.parse(known_at),
    )
    with pytest.raises(pe.TimeError):
        audit([logged("c1", "9:00 start")], asked)


def test_what_was_recorded_later_is_not_there() -> None:
    case = logged("c1", "9:00 start", "9:30 tell")
    late = replace(case.case.events[1], recorded_at=lab.at("11:30"))
    case = replace(case, case=replace(case.case, events=(case.case.events[0], late)))
    assert lines(audit([case], AS_OF)) == []
    assert len(audit([case], replace(AS_OF, known_at=lab.at("11:00"))).findings) == 1


def test_a_fault_of_one_case_is_shown_at_it_and_the_others_go_on() -> None:
    source = Source("log.csv", "\n" * 10 + "the row\n")
    bad = replace(logged("bad", "9:00 begun"), source=source)
    found = audit((bad, logged("good", "9:00 start", line=20)), AS_OF)
    (fault, violation) = found.findings
    assert (fault.case, fault.span, violation.case) == ("bad", span(11), "good")
    assert fault.fault is not None
    assert (fault.fault.code, fault.fault.excerpt, fault.fault.suggestion) == ("PE205", "the row", "begin")
    assert (found.totals.cases, found.totals.judged, found.unread) == (2, 1, True)


def test_a_warning_of_the_log_leaves_nothing_unread() -> None:
    said = replace(diagnostic("PE620", span(1)), set_level=Level.WARNING)
    found = audit((said, logged("c1", "9:00 start")), replace(AS_OF, as_of=lab.at("9:30")))
    assert (codes(found), found.unread) == ([(None, "PE620")], False)


def test_an_empty_log_is_not_clean() -> None:
    found = audit((), AS_OF)
    assert (codes(found), found.unread) == ([(None, "PE688")], True)
    assert [each.fault and each.fault.code for each in audit([diagnostic("PE620")], AS_OF).findings] == ["PE620"]


def test_policies_that_cases_name(tmp_path: Path) -> None:
    own(tmp_path)
    (tmp_path / "logs").mkdir()
    case = logged("c1", "9:00 start", policies=("../own.yaml",))
    case = replace(case, place=span(4, str(tmp_path / "logs" / "log.csv")))
    found = audit([case], replace(AS_OF, policies=()))
    (finding,) = found.findings
    assert (finding.policy, list(found.policies)) == ("own", ["own"])
    assert finding.norm is not None
    assert (finding.norm.file, finding.norm.line) == (str(tmp_path / "own.yaml"), 12)


def test_a_packaged_policy_has_no_file_of_the_users() -> None:
    told = pe.Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})
    case = Logged(pe.Case(id="c", events=[told], policies=("changzhi",)), None)
    found = audit([case], Asked(as_of=pe.Instant.parse("2025-10-10T00:00:00+08:00")))
    assert {each.norm for each in found.findings} == {None}
    assert Kind.VIOLATION in {each.kind for each in found.findings}


def test_several_policies_on_one_case(tmp_path: Path) -> None:
    own(tmp_path)
    only = TEXT.replace("policy: own", "policy: second").replace("upon: start", "upon: quit")
    own(tmp_path, "second.yaml", only.replace("vocabulary: lab", "vocabulary: more"))
    words = (tmp_path / "vocabulary" / "lab.yaml").read_text().replace("vocabulary: lab", "vocabulary: more")
    (tmp_path / "vocabulary" / "more.yaml").write_text(words.replace("  halt:", "  quit:"))
    case = logged("c1", "9:00 start", "9:00 quit", policies=("own.yaml", "second.yaml"))
    case = replace(case, place=span(4, str(tmp_path / "log.csv")))
    found = audit([case], replace(AS_OF, policies=()))
    assert [(each.policy, each.subject) for each in found.findings] == [("own", "a"), ("second", "a")]
    assert (found.totals.judged, found.unread) == (1, False)


def test_a_policy_that_does_not_load_is_told_once(tmp_path: Path) -> None:
    place = span(4, str(own(tmp_path).parent / "log.csv"))
    log = [
        replace(logged(f"c{number}", "9:00 start", policies=names), place=place)
        for number, names in enumerate([("none",), ("none",), ("none", "own.yaml"), ("own.yaml",)])
    ]
    found = audit(log, replace(AS_OF, policies=()))
    assert codes(found) == [("c0", "PE213")]
    assert [each.case for each in found.findings if each.kind is Kind.VIOLATION] == ["c2", "c3"]
    assert (found.totals.cases, found.totals.judged, found.unread) == (4, 1, True)


def test_words_of_a_policy_that_does_not_load_are_not_held_against_a_case(tmp_path: Path) -> None:
    place = span(4, str(own(tmp_path).parent / "log.csv"))
    case = replace(logged("c", "9:00 start", "9:00 quit", policies=("none", "own.yaml")), place=place)
    found = audit([case], replace(AS_OF, policies=()))
    assert (codes(found), found.totals.judged) == ([("c", "PE213")], 0)


def test_a_case_without_a_policy() -> None:
    log = (logged("c1", "9:00 start"), logged("c2", "9:00 start", line=20))
    assert codes(audit(log, replace(AS_OF, policies=()))) == [("c1", "PE604")]


def test_two_policies_of_one_name(tmp_path: Path) -> None:
    own(tmp_path)
    own(tmp_path, "other.yaml", TEXT.replace("hours: 1", "hours: 2"))
    own(tmp_path, "same.yaml")
    place = span(4, str(tmp_path / "log.csv"))
    log = [
        replace(logged(f"c{number}", "9:00 start", policies=(name,)), place=place)
        for number, name in enumerate(("own.yaml", "other.yaml", "other.yaml", "same.yaml"))
    ]
    found = audit(log, replace(AS_OF, policies=()))
    assert codes(found) == [("c1", "PE687")]
    assert [each.case for each in found.findings if each.kind is Kind.VIOLATION] == ["c0", "c3"]


def test_options_are_asked_for_once_for_each_policy(tmp_path: Path) -> None:
    path, asked = own(tmp_path), list[str]()

    def options(policy: pe.Policy) -> dict[str, str]:
        asked.append(policy.id)
        return {}

    shelf = Shelf(options)
    for _ in range(3):
        assert shelf.named(str(path))[0] is not None
    audit([logged("c1", "9:00 start")], AS_OF, shelf=shelf)
    assert asked == ["own", "lab"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["a", "b"]),
        (date(2026, 3, 2), date(2026, 3, 2), ["a", "b"]),
        (date(2026, 3, 3), None, ["b"]),
        (None, date(2026, 3, 1), ["b"]),
    ],
    ids=["always", "that day", "later", "earlier"],
)
def test_days_asked_about(since: date | None, until: date | None, found: list[str]) -> None:
    open_ = "{id: b, must: tell, upon: start, when: {flag: true}, deadline: {within: {hours: 1}}}"
    asked = Asked((lab.policy(f"{LATE}\n{open_}"),), as_of=lab.at("+3 0:00"), since=since, until=until)
    audited = audit([logged("c1", "9:00 start")], asked)
    assert [each.subject for each in audited.findings] == found
    assert sum(tally.found for tally in audited.totals.kinds.values()) == len(found)


def test_a_clean_case_is_on_a_sheet_too() -> None:
    found = audit([logged("c1", "9:00 stop")], AS_OF)
    (sheet,) = found.findings.sheets()
    assert sheet.judged is not None
    assert (sheet.judged.case, sheet.judged.policies, sheet.judged.as_of) == ("c1", ("lab",), lab.at("12:00"))
    assert (sheet.judged.events, sheet.judged.span, sheet.findings) == (1, span(10), ())


def test_the_same_whether_held_in_memory_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = [logged(f"c{number}", "9:00 start", line=10 * number) for number in range(1, 9)]
    whole = audit(log, AS_OF)
    monkeypatch.setattr(Findings, "__init__", partialmethod(Findings.__init__, held=3))
    spilled = audit(log, AS_OF, file=tmp_path / "findings")
    assert (spilled.findings.spilled, list(spilled.findings)) == (True, list(whole.findings))
    assert spilled.totals == whole.totals
