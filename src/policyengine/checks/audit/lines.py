"""Sheets as lines of JSON and back, for those that do not stay in memory. Nothing in such a line can run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from policyengine.checks.audit.finding import Extent, Finding, Kind
from policyengine.checks.audit.sheet import Judged, Sheet
from policyengine.diagnostics import Diagnostic, Level, Span
from policyengine.model.assessment import Choice, GapKind
from policyengine.temporal.instant import Instant
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.audit.finding import Waiver


def as_line(sheet: Sheet, waivers: Sequence[Waiver]) -> str:
    """Return *sheet* as one line without its end; a waiver is its number in *waivers*."""
    judged = None if sheet.judged is None else _judged(sheet.judged)
    return json.dumps([judged, [_finding(each, waivers) for each in sheet.findings]], separators=(",", ":"))


def from_line(line: str, waivers: Sequence[Waiver]) -> Sheet:
    """Return the sheet that :func:`as_line` wrote as *line*."""
    judged, findings = json.loads(line)
    return Sheet(
        None if judged is None else _judged_again(judged), tuple(_finding_again(each, waivers) for each in findings)
    )


def _judged(each: Judged) -> list[Any]:
    return [each.case, each.policies, _micros(each.as_of), each.events, _span(each.span)]


def _judged_again(parts: list[Any]) -> Judged:
    case, policies, as_of, events, span = parts
    return Judged(case, tuple(policies), _instant(as_of), events, _span_again(span))


def _finding(each: Finding, waivers: Sequence[Waiver]) -> dict[str, Any]:
    """Return what *each* has; what is not given is left out."""
    parts = {
        "kind": each.kind,
        "case": each.case,
        "policy": each.policy,
        "subject": each.subject,
        "instance": each.instance,
        "clauses": each.clauses,
        "bearer": each.bearer,
        "at": _micros(each.at),
        "due": _micros(each.due),
        "late": each.late,
        "done": each.done,
        "missing": each.missing,
        "missing_attributes": each.missing_attributes,
        "as_of": _micros(each.as_of),
        "span": _span(each.span),
        "norm": _span(each.norm),
        "fault": None if each.fault is None else _diagnostic(each.fault),
        "gap": each.gap,
        "extent": each.extent,
        "under": [[[choice.reading, choice.option] for choice in departure] for departure in each.under],
        "waived": None if each.waived is None else waivers.index(each.waived),
        "known": each.known or None,
    }
    return {name: part for name, part in parts.items() if part is not None and part not in ((), [])}


def _finding_again(parts: dict[str, Any], waivers: Sequence[Waiver]) -> Finding:
    return Finding(
        kind=Kind(parts["kind"]),
        case=parts.get("case"),
        policy=parts.get("policy"),
        subject=parts.get("subject"),
        instance=parts.get("instance"),
        clauses=tuple(parts.get("clauses", ())),
        bearer=parts.get("bearer"),
        at=_instant(parts.get("at")),
        due=_instant(parts.get("due")),
        late=parts.get("late"),
        done=parts.get("done"),
        missing=tuple(parts.get("missing", ())),
        missing_attributes=tuple((event, name) for event, name in parts.get("missing_attributes", ())),
        as_of=_instant(parts.get("as_of")),
        span=_span_again(parts.get("span")),
        norm=_span_again(parts.get("norm")),
        fault=None if "fault" not in parts else _diagnostic_again(parts["fault"]),
        gap=None if "gap" not in parts else GapKind(parts["gap"]),
        extent=None if "extent" not in parts else Extent(parts["extent"]),
        under=tuple(tuple(Choice(*choice) for choice in departure) for departure in parts.get("under", ())),
        waived=None if "waived" not in parts else waivers[parts["waived"]],
        known=parts.get("known", False),
    )


def _diagnostic(each: Diagnostic) -> list[Any]:
    args = [[name, [value.zh, value.en] if isinstance(value, Wording) else value] for name, value in each.args]
    return [each.code, _span(each.span), args, each.excerpt, each.suggestion, _span(each.declared), each.set_level]


def _diagnostic_again(parts: list[Any]) -> Diagnostic:
    code, span, args, excerpt, suggestion, declared, level = parts
    again = tuple((name, Wording(*value) if isinstance(value, list) else value) for name, value in args)
    set_level = None if level is None else Level(level)
    return Diagnostic(code, _span_again(span), again, excerpt, suggestion, _span_again(declared), set_level)


def _span(span: Span | None) -> list[Any] | None:
    return None if span is None else [span.file, span.line, span.column, span.end_line, span.end_column]


def _span_again(parts: list[Any] | None) -> Span | None:
    return None if parts is None else Span(*parts)


def _micros(moment: Instant | None) -> int | None:
    return None if moment is None else moment.micros


def _instant(micros: int | None) -> Instant | None:
    return None if micros is None else Instant(micros)
