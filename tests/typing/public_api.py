"""What type checkers make of the public API. Never run: `mypy` reads it with the tests."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, assert_never, assert_type

import policyengine as pe
from policyengine import report

if TYPE_CHECKING:
    from pathlib import Path


def loading(path: Path) -> pe.Policy:
    assert_type(pe.load("changzhi"), pe.Policy)
    assert_type(pe.load(path), pe.Policy)
    assert_type(pe.dump(pe.load(path)), str)
    assert_type(pe.Case.from_yaml(path), pe.Case)
    assert_type(pe.Case.from_yaml("case.yaml"), pe.Case)
    assert_type(pe.Case.from_text('{"case": "demo", "events": []}'), pe.Case)
    assert_type(pe.packaged(), tuple[str, ...])
    assert_type([pe.load(each) for each in pe.packaged()], list[pe.Policy])
    return pe.load("policy: written out\n")


def policies(policy: pe.Policy) -> None:
    assert_type(policy.id, str)
    assert_type(policy.digest, str)
    assert_type(policy.title.zh, str)
    assert_type(policy.title.within("en"), str)
    assert_type({policy: 1}, dict[pe.Policy, int])


def cases(at: pe.Instant) -> pe.Case:
    assert_type(pe.Instant.parse("2025-10-08T23:30:00+08:00"), pe.Instant)
    assert_type(pe.Instant.from_datetime(datetime.datetime.now(datetime.UTC)), pe.Instant)
    detected = pe.Event(
        id="e1", type="detected", at=at, sets={"event_severity": "major", "matter": ("a", "b"), "x": None}
    )
    retracted = pe.Event(id="e2", at=at, retracts="e1", recorded_at=at, to=["office"], attributes={"n": 1.5})
    assert_type(detected.at, pe.Instant)
    assert_type(retracted.recorded_at, pe.Instant | None)
    day = datetime.datetime.now(datetime.UTC)
    plain = pe.Event(id="e3", type="detected", at="2025-10-08T23:30:00+08:00", sets={"matter": ["a"]}, to="office")
    assert_type(plain.at, pe.Instant)
    pe.Event(id="e4", type="detected", at=day, recorded_at="2025-10-09T00:45:00Z")
    pe.Case(id="x", events=(each for each in (detected, plain)), as_of="2025-10-09T00:45:00Z", known_at=day)
    return pe.Case(id="demo", facts={"matter": ["a"]}, events=[detected, retracted], scope="agency", title="t")


def one_policy(policy: pe.Policy, case: pe.Case) -> None:
    assert_type(pe.evaluate(policy, case, as_of="2025-10-09T00:45:00+08:00"), pe.Assessment)
    assert_type(pe.evaluate(policy, case, as_of=pe.Instant(0), known_at=pe.Instant(0)), pe.Assessment)
    aware = datetime.datetime.now(datetime.UTC)
    assert_type(pe.evaluate(policy, case, as_of=aware, readings={"clock_start": "detection"}), pe.Assessment)
    assert_type(pe.evaluate(policy, case, as_of=aware, readings=None, matcher="verify"), pe.Assessment)
    assert_type(pe.evaluate(policy, case, as_of=aware, readings="all"), pe.AllReadings)


def several_policies(one: pe.Policy, other: pe.Policy, case: pe.Case) -> None:
    at = pe.Instant(0)
    assert_type(pe.evaluate([one, other], case, as_of=at), pe.Assessments)
    assert_type(pe.evaluate((one,), case, as_of=at, readings={"a": {"clock_start": "detection"}}), pe.Assessments)
    assert_type(pe.evaluate((one, other), case, as_of=at, readings="all"), tuple[pe.AllReadings, ...])


def answers(answer: pe.Assessment) -> None:
    assert_type(answer.policy, str)
    assert_type(answer.digest, str)
    assert_type(answer.as_of, pe.Instant)
    assert_type(answer.known_at, pe.Instant | None)
    assert_type(answer.readings, tuple[pe.Choice, ...])
    assert_type(answer.duties, tuple[pe.Duty, ...])
    assert_type(answer.gaps, tuple[pe.GapRow, ...])
    assert_type(answer.violations, tuple[pe.Duty, ...])
    assert_type(answer.advisories, tuple[pe.Duty, ...])
    assert_type(answer.undetermined, tuple[pe.Duty, ...])
    assert_type(answer.required_actions(role="office"), tuple[pe.Duty, ...])
    assert_type(answer.next_due, pe.Duty | None)
    assert_type(answer.missing_facts, tuple[str, ...])
    assert_type(answer.worklist("office"), pe.Worklist)


def duties(answer: pe.Assessment) -> str:
    duty = answer.duty("first-bulletin")
    assert_type(duty, pe.Duty)
    assert_type(answer.duty("patrol", instance="2025-10-08"), pe.Duty)
    assert_type(duty.clauses, tuple[str, ...])
    assert_type(duty.strength, pe.Strength)
    assert_type(duty.status, pe.Status)
    assert_type(duty.bearer, str | None)
    assert_type(duty.owed, bool | None)
    assert_type(duty.violated, bool)
    assert_type(duty.violated_at, pe.Instant | None)
    assert_type(duty.performed, pe.Occurrence | None)
    assert_type(duty.limit, pe.Limit | None)
    if duty.limit is None:
        return "no number"
    assert_type(duty.limit.due, pe.Instant)
    assert_type(duty.limit.late_from, pe.Instant)
    assert_type(duty.limit.is_late(answer.as_of), bool)
    return duty.limit.due.to_iso()


def strengths(strength: pe.Strength) -> str:
    """Tell the strengths apart, every one of them: a new one would be an error here."""
    if strength is pe.Strength.MUST or strength is pe.Strength.SHOULD:
        return "obligation"
    if strength is pe.Strength.MAY:
        return "permission"
    if strength is pe.Strength.MUST_NOT:
        return "prohibition"
    assert_never(strength)


def worklists(found: pe.Assessments) -> None:
    assert_type(found.of("changzhi-energy-bureau"), pe.Assessment)
    assert_type([each.policy for each in found], list[str])
    worklist = found.worklist(role="office", same={"department_involved": "responsible_unit"})
    assert_type(worklist, pe.Worklist)
    assert_type(worklist.entries, tuple[pe.Entry, ...])
    assert_type(worklist.conflicts, tuple[pe.Conflict, ...])
    assert_type(worklist.undetermined, tuple[pe.Entry, ...])
    assert_type(worklist.forbidden, tuple[pe.Entry, ...])
    assert_type(worklist.next_due, pe.Claim | None)
    assert_type(worklist.role, str | None)
    for bearer, owed in worklist.by_bearer():
        assert_type(bearer, str | None)
        assert_type(owed, tuple[pe.Entry, ...])
    for entry in worklist.entries:
        assert_type(entry.late, bool)
        assert_type(entry.left, int | None)
        assert_type(entry.limit, pe.Limit | None)
        assert_type(entry.status, pe.Status)
        assert_type(entry.strengths, tuple[pe.Strength, ...])
        assert_type(entry.clauses, tuple[str, ...])
        assert_type(entry.act, str)
        assert_type(entry.bearer, str | None)
        assert_type(entry.must, pe.Limit | None)
        assert_type(entry.should, pe.Limit | None)
        assert_type(entry.claims, tuple[pe.Claim, ...])
        assert_type([each.duty for each in entry.claims], list[pe.Duty])
        assert_type([each.policy for each in entry.claims], list[str])


def explanations(policy: pe.Policy, beside: pe.Policy, case: pe.Case, text: Path) -> pe.Explanation:
    at = pe.Instant(0)
    found = pe.explain(policy, case, "first-bulletin", as_of=at)
    assert_type(found, pe.Explanation)
    pe.explain(policy, case, "patrol", as_of="2025-10-09T00:45:00Z", instance="2025-10-08", known_at=at)
    pe.explain(policy, case, "patrol", as_of=at, readings={"clock_start": "detection"}, beside=[policy, beside])
    assert_type(found.duty, pe.Duty | None)
    assert_type(found.status, pe.Status | None)
    assert_type(found.assessment, pe.Assessment)
    assert_type([each.duty for each in found.derivations], list[pe.Duty])
    assert_type([each.duty for each in found.settlings], list[pe.Duty | None])
    assert_type([each.complete_log for each in found.settlings], list[bool])
    assert_type([each.by for each in found.remedies], list[pe.Instant | None])
    assert_type([each.duty for each in found.remedies], list[pe.Duty])
    sentences = pe.sentences(policy, text)
    assert_type(sentences, Mapping[str, str])
    assert_type(found.text("zh", sentences=sentences, width=80), str)
    assert_type(found.markdown("en", sentences=sentences), str)
    assert_type(found.json(indent=None), str)
    return found


def readings(ranges: pe.AllReadings) -> None:
    row = ranges.duty("first-bulletin")
    assert_type(ranges.default, pe.Assessment)
    assert_type(row, pe.DutyRange)
    assert_type(row.statuses, pe.Range[pe.Status | None])
    assert_type(row.statuses.values, tuple[pe.Status | None, ...])
    assert_type(row.limits.default, pe.Limit | None)
    assert_type(row.violated, pe.Truths)
    assert_type(row.violated.verdict, pe.Verdict)
    assert_type(row.earliest, pe.Limit | None)
    assert_type(row.owed.at({"clock_start": "occurrence"}), bool | None)
    assert_type(ranges.gaps, tuple[pe.GapRange, ...])


def errors(path: Path) -> tuple[pe.Diagnostic, ...]:
    try:
        pe.load(path)
    except pe.PolicyError as error:
        assert_type(error.diagnostics, tuple[pe.Diagnostic, ...])
        for each in error.diagnostics:
            assert_type(each.message("zh"), str)
            assert_type(each.help("en"), str | None)
            assert_type(each.span, pe.Span | None)
            assert_type(each.level, pe.Level)
        return error.diagnostics
    except pe.DutyError as error:
        assert_type(error.known, tuple[str, ...])
        assert_type(error.suggestion, str | None)
        unknown: LookupError = error
        raise unknown from None
    except (pe.ReadingError, pe.TimeError) as error:
        wrong: ValueError = error
        raise wrong from None
    except pe.MissingExtraError as error:
        missing: ImportError = error
        raise missing from None
    return ()


def tree() -> tuple[type[pe.PolicyEngineError], ...]:
    """Return every exception: all have one base."""
    loading: tuple[type[pe.LoadError], ...] = (pe.PolicyError, pe.CaseError)
    return (*loading, pe.ReadingError, pe.DutyError, pe.TimeError, pe.MissingExtraError, pe.MatcherMismatchError)


def writers(policy: pe.Policy, case: pe.Case, answer: pe.Assessment, several: pe.Assessments) -> None:
    lang: Literal["zh", "en"] = "zh"
    assert_type(report.assessment_text(policy, case, answer, lang), str)
    assert_type(report.assessment_json(policy, answer, indent=None), str)
    assert_type(report.assessments_json([policy], several), str)
    assert_type(report.diagnostics_json(()), str)
    explanation = pe.explain(policy, case, "first-bulletin", as_of=answer.as_of)
    assert_type(report.explanation_text(explanation, lang, width=80), str)
    assert_type(report.explanation_json(explanation), str)
    assert_type(report.explanation_page(explanation, lang).title, str)


async def awaiting(policy: pe.Policy, case: pe.Case, options: Mapping[str, str]) -> pe.Assessment:
    found = await asyncio.to_thread(pe.evaluate, policy, case, as_of=pe.Instant(0), readings=options)
    assert_type(found, pe.Assessment)
    return found
