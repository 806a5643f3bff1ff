"""Findings in memory and in a file: the same, in the same order, as often as one likes."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from policyengine.checks.audit.finding import Extent, Finding, Kind
from policyengine.checks.audit.findings import Findings
from policyengine.checks.audit.lines import as_line, from_line
from policyengine.checks.audit.sheet import Judged, Sheet
from policyengine.diagnostics import Diagnostic, Level, diagnostic
from policyengine.model.assessment import Choice, GapKind
from policyengine.temporal.instant import FIRST_MICROS, LAST_MICROS, Instant
from policyengine.wording import Wording
from tests.support.audits import span
from tests.unit.checks.audit.test_waivers import waiver

if TYPE_CHECKING:
    from pathlib import Path

WAIVERS = (waiver("one"), waiver("two"))
FULL = Finding(
    Kind.VIOLATION,
    case="案件\n\ud800",
    policy="p",
    subject="a",
    instance="e1",
    clauses=("P:1", "P:2"),
    bearer="unit",
    at=Instant(FIRST_MICROS),
    due=Instant(LAST_MICROS),
    late=0,
    done=False,
    missing=("flag",),
    missing_attributes=(("e1", "dept"),),
    as_of=Instant(0),
    span=span(1),
    norm=span(2, "p.yaml"),
    fault=Diagnostic("PE203", span(3), (("name", "x"), ("w", Wording("一", "one"))), "x", "y", span(4), Level.WARNING),
    gap=GapKind.REFERRAL,
    extent=Extent.SOME,
    under=((), (Choice("r", "a"), Choice("s", "b"))),
    waived=WAIVERS[1],
    known=True,
)


def test_the_full_one_has_everything() -> None:
    empty = Finding(FULL.kind)
    assert all(getattr(FULL, each.name) != getattr(empty, each.name) for each in fields(Finding) if each.name != "kind")


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(None),
        Sheet(None, (FULL, Finding(Kind.FAULT, fault=diagnostic("PE603")))),
        Sheet(Judged("c", ("p", "q"), Instant(5), 7, span(3)), (FULL,)),
        Sheet(Judged("", (), None, 0, None)),
    ],
    ids=["nothing", "outside of cases", "a case", "a case that could not be judged"],
)
def test_a_line_and_back(sheet: Sheet) -> None:
    line = as_line(sheet, WAIVERS)
    assert "\n" not in line
    assert line.isascii()
    assert from_line(line, WAIVERS) == sheet


@pytest.mark.parametrize(("held", "spilled"), [(8, False), (7, True), (3, True), (0, True)])
def test_in_memory_or_in_a_file(tmp_path: Path, held: int, *, spilled: bool) -> None:
    sheets = [Sheet(Judged(f"c{number}", ("p",), None, 1, None), (FULL,) * number) for number in range(3)]
    sheets += [Sheet(None, (Finding(Kind.WAIVER),))]
    found = Findings(tmp_path / "findings", WAIVERS, held=held)
    for each in sheets:
        found.add(each)
    assert list(found.sheets()) == sheets
    found.finish()
    assert (list(found.sheets()), list(found.sheets())) == (sheets, sheets)
    assert [each.kind for each in found] == [Kind.VIOLATION] * 3 + [Kind.WAIVER]
    assert (len(found), found.spilled, (tmp_path / "findings").exists()) == (4, spilled, spilled)


def test_without_a_file_everything_stays_in_memory() -> None:
    found = Findings(held=1)
    for number in range(3):
        found.add(Sheet(None, (Finding(Kind.GAP, case=str(number)),)))
    found.finish()
    assert [each.case for each in found] == ["0", "1", "2"]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    found = Findings(tmp_path / "none" / "findings", held=0)
    with pytest.raises(FileNotFoundError):
        found.add(Sheet(None))


def test_what_is_waived_or_known_does_not_count() -> None:
    found = (Finding(Kind.GAP), Finding(Kind.GAP, waived=WAIVERS[0]), Finding(Kind.GAP, known=True))
    assert [each.counts for each in found] == [True, False, False]


def test_what_tells_findings_apart() -> None:
    prints = {
        Finding(kind, case=case, subject="a", extent=extent).fingerprint
        for kind in (Kind.VIOLATION, Kind.ADVISORY)
        for case in ("c1", "c2")
        for extent in (None, Extent.EVERY, Extent.SOME)
    }
    assert len(FULL.fingerprint) == 16  # half of a character in a name is no reason to fail
    assert len(prints) == 2 * 2 * 2  # what stands under every reading is what stands under the one that was asked
