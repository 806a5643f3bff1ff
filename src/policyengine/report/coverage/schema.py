"""The JSON Schema of coverage as `coverage_json` writes it."""

from __future__ import annotations

from policyengine.checks.coverage.coverage import Kind, Part, Side
from policyengine.report.coverage.as_json import COVERAGE
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    FLAG,
    TEXT,
    TEXTS,
    Schema,
    assessment_parts,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    said,
)

_POSITION: Schema = {"type": "integer", "minimum": 1}
_PERCENT: Schema = {"type": "integer", "minimum": 0, "maximum": 100}


def coverage_schema() -> Schema:
    """Return the JSON Schema of coverage."""
    shared = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "What the examples of policies hold them to",
        **object_of({"schema": {"const": COVERAGE}, "policies": list_of("policy")}),
        "$defs": {**{name: shared[name] for name in ("bilingual", "titled")}, **_own()},
    }


def _own() -> Schema:
    counts = {kind.value: ref("count") for kind in Kind}
    return {
        "policy": object_of(
            {
                "policy": ref("titled"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "name": said(TEXT, "what the examples call it"),
                "questions": said(COUNT, "how many questions of examples were put to it"),
                "overall": said(ref("count"), "all kinds but clauses, which only sum up provisions and gaps"),
                "counts": said(
                    {"type": "object", "properties": counts, "additionalProperties": False},
                    "kinds of which the policy has nothing are left out",
                ),
                "items": list_of("item"),
            }
        ),
        "count": object_of(
            {
                "covered": COUNT,
                "total": said(COUNT, "without what is proved impossible"),
                "impossible": COUNT,
                "percent": said(_PERCENT, "rounded down"),
            }
        ),
        "item": object_of(
            {
                "kind": one_of(Kind),
                "owner": said(TEXT, "the provision, gap, role, derived fact, reading or clause that it belongs to"),
                "detail": or_null({"anyOf": [object_of(each) for each in _details()]}),
                "title": ref("bilingual"),
                "clauses": TEXTS,
                "place": said(or_null(ref("place")), "in the policy's file"),
                "state": {"enum": ["covered", "uncovered", "impossible"]},
                "need": said(or_null(ref("bilingual")), "what no example does; null unless it is uncovered"),
                "covered_by": list_of("asked"),
                "absent_in": said(list_of("asked"), "questions that assert that a provision or gap is not there"),
            }
        ),
        "place": object_of({"file": TEXT, "line": _POSITION, "column": _POSITION}),
        "asked": object_of(
            {"file": TEXT, "example": TEXT, "question": said(TEXT, "empty where the example has but one")}
        ),
    }


def _details() -> tuple[Schema, ...]:
    atom: Schema = {"type": ["string", "number", "boolean"]}
    return (
        {"row": said(or_null(COUNT), "counted from 0; null for the else"), "then": atom},
        {"part": one_of(Part), "wanted": FLAG},
        {"side": one_of(Side)},
        {"reading": TEXT, "option": TEXT},
        {"parts": TEXTS, "missing": TEXTS},
    )
