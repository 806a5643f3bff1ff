"""Coverage as JSON: every item, covered or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Boundary, Branch, Coverage, Item, Kind, Option, Parts, Row
from policyengine.model.condition import Truth
from policyengine.report.coverage.telling import Telling
from policyengine.report.json_values import Json, titled, written

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Asked, Count, Detail
    from policyengine.diagnostics import Span

COVERAGE = "policyengine/coverage/1"


def coverage_json(found: Iterable[Coverage]) -> str:
    """Return the coverage of several policies as JSON text."""
    return written({"schema": COVERAGE, "policies": [_policy(each) for each in found]})


def _policy(coverage: Coverage) -> Mapping[str, Json]:
    tellings = (Telling(coverage.policy, "zh"), Telling(coverage.policy, "en"))
    return {
        "policy": titled(coverage.policy.id, coverage.policy.title),
        "digest": coverage.policy.digest,
        "name": coverage.name,
        "questions": len(coverage.tried),
        "overall": _count(coverage.overall),
        "counts": {kind.value: _count(found) for kind, found in coverage.counts.items()},
        "items": [_item(each, tellings) for each in coverage.items],
    }


def _count(found: Count) -> Mapping[str, Json]:
    return {
        "covered": found.covered,
        "total": found.total,
        "impossible": found.impossible,
        "percent": found.percent,
    }


def _item(item: Item, tellings: tuple[Telling, Telling]) -> Mapping[str, Json]:
    zh, en = tellings
    state = "covered" if item.covered else "uncovered" if item.demanded else "impossible"
    return {
        "kind": item.kind.value,
        "owner": item.owner,
        "detail": _detail(item.detail),
        "title": {"zh": zh.item(item), "en": en.item(item)},
        "clauses": list(item.clauses),
        "place": _place(item.span),
        "state": state,
        "need": {"zh": zh.need(item), "en": en.need(item)} if state == "uncovered" else None,
        "covered_by": [_asked(each) for each in item.covered_by],
        "absent_in": [_asked(each) for each in item.absent_in] if item.kind in _NORMS else [],
    }


_NORMS = (Kind.PROVISIONS, Kind.GAPS)


def _detail(detail: Detail) -> Json:
    match detail:
        case Row():
            return {"row": detail.place, "then": detail.then}
        case Branch():
            return {"part": detail.part.value, "wanted": detail.wanted is Truth.TRUE}
        case Boundary():
            return {"side": detail.side.value}
        case Option():
            return {"reading": detail.reading, "option": detail.option}
        case Parts():
            return {"parts": list(detail.names), "missing": list(detail.missing)}
        case _:
            return None


def _place(span: Span | None) -> Json:
    return None if span is None else {"file": span.file, "line": span.line, "column": span.column}


def _asked(asked: Asked) -> Mapping[str, Json]:
    return {"file": asked.file, "example": asked.example, "question": asked.label}
