"""JSON Schemas (draft 2020-12) of what the JSON writers write: no field more, none less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from policyengine.codes import CODES
from policyengine.diagnostics import Level
from policyengine.model.assessment import GapKind, Status
from policyengine.model.provision import Strength
from policyengine.report.as_json import ASSESSMENT
from policyengine.report.diagnostics import DIAGNOSTICS
from policyengine.report.json_values import Json
from policyengine.temporal.limit import StepKind, Unit

if TYPE_CHECKING:
    from enum import StrEnum

Schema = Mapping[str, Json]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_POSITION: Schema = {"type": "integer", "minimum": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_DATES: Schema = {"type": "array", "items": {"type": "string", "format": "date"}}
_INSTANT: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
}
_ATOM: Schema = {"type": ["string", "number", "boolean", "null"]}
_FACTS: Schema = {
    "type": "object",
    "additionalProperties": {"anyOf": [_ATOM, {"type": "array", "items": {"type": ["string", "number", "boolean"]}}]},
}


def assessment_schema() -> Schema:
    """Return the JSON Schema of an assessment as `assessment_json` writes it."""
    return {
        "$schema": DRAFT,
        "title": "What one policy says about one case at one instant",
        **_object(
            {
                "schema": {"const": ASSESSMENT},
                "policy": _ref("titled"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "case": _TEXT,
                "as_of": _ref("instant"),
                "time_zone": _TEXT,
                "readings": _list("choice"),
                "facts": _FACTS,
                "presumed": _FACTS,
                "missing_facts": _TEXTS,
                "violations": _said(_TEXTS, "provisions violated or breached"),
                "advisories": _said(_TEXTS, "provisions departed from that bind in principle only"),
                "required_actions": _said(_TEXTS, "provisions whose act is still owed, the nearest limit first"),
                "next_due": _said(_or_null(_TEXT), "the provision whose limit comes next and is not yet missed"),
                "duties": _list("duty"),
                "gaps": _list("gap"),
            }
        ),
        "$defs": _assessment_parts(),
    }


def diagnostics_schema() -> Schema:
    """Return the JSON Schema of diagnostics as `diagnostics_json` writes them."""
    span = dict.fromkeys(("line", "column", "end_line", "end_column"), _POSITION)
    return {
        "$schema": DRAFT,
        "title": "What is wrong with files",
        **_object(
            {
                "schema": {"const": DIAGNOSTICS},
                "errors": _COUNT,
                "warnings": _COUNT,
                "diagnostics": _list("diagnostic"),
            }
        ),
        "$defs": {
            "bilingual": _both(),
            "span": _said(_object({"file": _TEXT, **span}), "characters, counted from 1; the end is exclusive"),
            "diagnostic": _object(
                {
                    "code": {"enum": list(CODES)},
                    "level": _one_of(Level),
                    "message": _ref("bilingual"),
                    "help": _or_null(_ref("bilingual")),
                    "span": _or_null(_ref("span")),
                    "excerpt": _said(_or_null(_TEXT), "the source line that the span starts in, long ones cut"),
                    "suggestion": _said(_or_null(_TEXT), "a name that was probably meant"),
                    "declared": _said(_or_null(_ref("span")), "where that name is declared"),
                }
            ),
        },
    }


def _assessment_parts() -> Schema:
    return {
        "instant": _said(_INSTANT, "on the policy's zone; in UTC where that clock cannot be written"),
        "bilingual": _both(),
        "titled": _object({"id": _TEXT, "title": _ref("bilingual")}),
        "choice": _object({"reading": _TEXT, "option": _TEXT}),
        "clause": _object({"id": _TEXT, "number": _TEXT, "says": _ref("bilingual")}),
        "happening": _happening(),
        "limit": _limit(),
        "step": _step(),
        "duty": _duty(),
        "gap": _object(
            {
                "gap": _ref("titled"),
                "kind": _one_of(GapKind),
                "clauses": _list("clause"),
                "instead_of": _list("titled"),
                "missing_facts": _TEXTS,
                "readings": _list("choice"),
            }
        ),
    }


def _happening() -> Schema:
    return _object(
        {
            "at": _ref("instant"),
            "event": _said(_or_null(_TEXT), "the id of an event of the case"),
            "provision": _said(_or_null(_TEXT), "the provision whose outcome this is"),
            "counts_from": _said(_or_null(_ref("instant")), "where a limit anchored here counts from, if not `at`"),
        }
    )


def _limit() -> Schema:
    return _object(
        {
            "anchor": _ref("instant"),
            "due": _ref("instant"),
            "due_inclusive": _said(_FLAG, "whether an act at `due` itself is in time"),
            "late_from": _said(_ref("instant"), "the first instant that is late"),
            "provisional": _said(_FLAG, "whether it rests on holidays that are not announced yet"),
            "steps": _list("step"),
        }
    )


def _step() -> Schema:
    return _object(
        {
            "kind": _one_of(StepKind),
            "dates": _DATES,
            "instants": _list("instant"),
            "length": _or_null(_object({"unit": _one_of(Unit), "n": _POSITION})),
        }
    )


def _duty() -> Schema:
    return _object(
        {
            "provision": _ref("titled"),
            "clauses": _list("clause"),
            "strength": _one_of(Strength),
            "wording": _said(_or_null(_TEXT), "the text's own word for the strength"),
            "act": _ref("titled"),
            "bearer": _or_null(_ref("titled")),
            "to": _or_null(_ref("titled")),
            "standing": _FLAG,
            "sanction": _FLAG,
            "status": _one_of(Status),
            "owed": _said(_or_null(_FLAG), "null when it depends on a missing fact"),
            "trigger": _or_null(_ref("happening")),
            "limit": _or_null(_ref("limit")),
            "promptly": _said(_FLAG, "the text gives a word in place of a number"),
            "elapsed_micros": _said(_or_null(_COUNT), "microseconds since the anchor, where the text gives no number"),
            "performed": _or_null(_ref("happening")),
            "last_act": _or_null(_ref("happening")),
            "violated_at": _or_null(_ref("instant")),
            "late_activation": _said(_FLAG, "the duty came into force after its limit"),
            "breaches": _list("happening"),
            "possible": {"type": "array", "items": _one_of(Status)},
            "missing_facts": _TEXTS,
            "missing_attributes": {"type": "array", "items": _object({"event": _TEXT, "attribute": _TEXT})},
            "presumed": _TEXTS,
            "readings": _list("choice"),
        }
    )


def _both() -> Schema:
    return _object({"zh": _TEXT, "en": _TEXT})


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(part: str) -> Schema:
    return {"type": "array", "items": _ref(part)}


def _ref(part: str) -> Schema:
    return {"$ref": f"#/$defs/{part}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _one_of(values: Iterable[StrEnum]) -> Schema:
    return {"enum": [each.value for each in values]}
