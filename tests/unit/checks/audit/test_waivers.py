"""Waivers: how their file is read, when one holds, and what is said of those that do not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.checks.audit.finding import Kind, Waiver
from policyengine.checks.audit.schema import waivers_schema
from policyengine.checks.audit.waivers import read_waivers
from policyengine.loading.yaml_nodes import Source, parse, plain
from tests.support import lab
from tests.support.audits import held, lines, logged, span

if TYPE_CHECKING:
    from pathlib import Path

POLICY = lab.policy("{id: a, must: tell, upon: start, deadline: {within: {hours: 1}}}")
LATE = logged("c1", "9:00 start")
OTHER = logged("c2", "9:00 start", line=20)
NEVER = "violation c1 a at 10:00:00.000001 late 24h owed line 11"


def waiver(reason: str = "r", granted: str = "2026-01-01", expires: str = "2026-12-31", **about: str) -> Waiver:
    """Return a waiver of violations; case, policy and subject are any unless given."""
    first, last = date.fromisoformat(granted), date.fromisoformat(expires)
    names = {"case": None, "policy": None, "subject": None, **about}
    return Waiver(**names, kinds=(Kind.VIOLATION,), granted=first, expires=last, authority="d", reason=reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([waiver(case="c1")], [f"{NEVER} waived: r"]),
        ([waiver(policy="lab")], [f"{NEVER} waived: r"]),
        ([waiver(subject="a")], [f"{NEVER} waived: r"]),
        ([waiver("one", case="c1"), waiver("two", subject="a")], [f"{NEVER} waived: one", "waiver a PE682"]),
        ([waiver("one", subject="a"), waiver("two", case="c1")], [f"{NEVER} waived: one", "waiver c1 PE682"]),
        ([waiver(case="c9")], [NEVER, "waiver c9 PE682"]),
        # The audit asks as of 2026-03-03T10:00+08:00.
        ([waiver(case="c1", expires="2026-03-03")], [f"{NEVER} waived: r"]),
        ([waiver(case="c1", expires="2026-03-02")], [NEVER, "waiver c1 PE683"]),
        ([waiver(case="c1", granted="2026-03-03")], [f"{NEVER} waived: r"]),
        ([waiver(case="c1", granted="2026-03-04")], [NEVER, "waiver c1 PE684"]),
        (
            [waiver("old", case="c1", expires="2026-03-02"), waiver("new", case="c1")],
            [f"{NEVER} waived: new", "waiver c1 PE682"],
        ),
        ([waiver(case="c9", expires="2026-03-02")], [NEVER, "waiver c9 PE682"]),
    ],
    ids=[
        *("by case", "by policy", "by provision", "the first that holds", "the first in the file", "nothing to waive"),
        *("the last day", "the day after it", "the first day", "the day before it", "granted anew", "expired, no use"),
    ],
)
def test_which_waiver_holds(given: list[Waiver], found: list[str]) -> None:
    assert lines(held(POLICY, LATE, when="+1 10:00", waivers=tuple(given))) == found


def test_the_day_is_that_of_the_policys_clock() -> None:
    # 2026-03-03T00:30 in Shanghai is still the 2nd in UTC.
    (found,) = held(POLICY, LATE, when="+1 0:30", waivers=(waiver(case="c1", granted="2026-03-03"),)).findings
    assert found.waived is not None


def test_a_waiver_is_for_its_kinds_only() -> None:
    open_ = lab.policy("{id: a, must: tell, upon: start, when: {flag: true}, deadline: {within: {hours: 1}}}")
    assert lines(held(open_, LATE, waivers=(waiver(case="c1"),))) == ["undetermined c1 a line 11", "waiver c1 PE682"]


def test_a_waived_finding_does_not_count_and_the_other_case_does() -> None:
    found = held(POLICY, LATE, OTHER, waivers=(waiver(case="c1"),))
    tally = found.totals.kinds[Kind.VIOLATION]
    assert (tally.found, tally.waived, tally.new) == (2, 1, 1)


def test_a_name_that_was_probably_meant() -> None:
    *_, said = held(POLICY, LATE, waivers=(waiver(policy="lap"),)).findings
    assert said.fault is not None
    assert said.fault.help("en") == "did you mean `lab`?"


GOOD = """\
# Leave given.
waivers:
  - case: c1
    provision: a
    kinds: [violation, advisory]
    granted: 2026-01-01
    expires: 2026-12-31
    authority: the director
    reason: the line was cut
  - {policy: lab, kinds: gap, granted: 2026-01-01, expires: 2026-01-01, authority: d, reason: r}
"""


def plain_text(path: Path) -> object:
    """Return what the file at *path* holds."""
    root = parse(Source(path.name, path.read_text())).root
    assert root is not None
    return plain(root)


def test_a_file_of_waivers(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(GOOD)
    jsonschema.validate(plain_text(path), waivers_schema())
    (first, second), faults = read_waivers(path)
    assert faults == ()
    assert (first.case, first.policy, first.subject, first.kinds) == ("c1", None, "a", (Kind.VIOLATION, Kind.ADVISORY))
    assert (first.granted, first.expires) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (first.authority, first.reason) == ("the director", "the line was cut")
    assert first.span is not None
    assert (first.span.line, first.span.column) == (3, 5)
    assert (second.policy, second.kinds, second.span and second.span.line) == ("lab", (Kind.GAP,), 10)


@pytest.mark.parametrize(
    ("replace", "by", "code", "line"),
    [
        ("case: c1\n    provision: a\n    kinds", "kinds", "PE680", 3),
        ("expires: 2026-12-31", "expires: 2025-12-31", "PE681", 7),
        ("authority: the director", 'authority: "  "', None, 8),
        ("    reason: the line was cut\n", "", "PE114", 3),
        ("kinds: [violation, advisory]", "kinds: []", None, 5),
        ("kinds: [violation, advisory]", "kinds: [fault]", None, 5),
        ("granted: 2026-01-01\n", "granted: 2026-02-30\n", None, 6),
        ("case: c1", "incident: c1", "PE113", 3),
        ("waivers:", "waiver:", "PE113", 2),
    ],
    ids=[
        *("about nothing", "expires before", "blank authority", "no reason", "no kind", "a kind that none waives"),
        *("no such day", "unknown key", "misspelt key"),
    ],
)
def test_what_is_wrong_with_a_file(tmp_path: Path, replace: str, by: str, code: str | None, line: int) -> None:
    path = tmp_path / "waivers.yaml"
    assert GOOD.count(replace) == 1
    path.write_text(GOOD.replace(replace, by))
    found, faults = read_waivers(path)
    assert found == ()
    assert faults[0].span is not None
    assert (faults[0].span.file, faults[0].span.line) == (str(path), line)
    assert code in {None, faults[0].code}
    if code != "PE681":  # what is written in two places is beyond a schema
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(plain_text(path), waivers_schema(), format_checker=jsonschema.FormatChecker())


def test_no_file(tmp_path: Path) -> None:
    found, (fault,) = read_waivers(tmp_path / "none.yaml")
    assert (found, fault.code) == ((), "PE101")


def test_no_text(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").touch()
    found, (fault,) = read_waivers(tmp_path / "empty.yaml")
    assert (found, fault.code) == ((), "PE108")


def test_where_a_waiver_stands_is_where_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(GOOD)
    waivers, _ = read_waivers(path)
    left = [each for each in held(POLICY, OTHER, waivers=waivers).findings if each.kind is Kind.WAIVER]
    assert [each.span for each in left] == [each.span for each in waivers]
    assert span(3, str(path)).line == 3
