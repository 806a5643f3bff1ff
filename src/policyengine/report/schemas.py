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

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
_POSITION: Schema = {"type": "integer", "minimum": 1}
TEXTS: Schema = {"type": "array", "items": TEXT}
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
        **assessment_object(),
        "$defs": assessment_parts(),
    }


def assessment_object() -> Schema:
    """Return the schema of an assessment alone, without the parts that it refers to."""
    return object_of(
        {
            "schema": {"const": ASSESSMENT},
            "policy": ref("titled"),
            "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "case": TEXT,
            "as_of": ref("instant"),
            "known_at": said(or_null(ref("instant")), "what was recorded later is left out"),
            "known_until": said(or_null(ref("instant")), "the log is complete up to here, if not to `as_of`"),
            "time_zone": TEXT,
            "readings": list_of("choice"),
            "facts": _FACTS,
            "presumed": _FACTS,
            "missing_facts": TEXTS,
            "violations": said(list_of("named"), "duties violated or breached"),
            "advisories": said(list_of("named"), "duties departed from that bind in principle only"),
            "required_actions": said(list_of("named"), "duties whose act is still owed, the nearest limit first"),
            "next_due": said(or_null(ref("named")), "the duty whose limit comes next and is not yet missed"),
            "duties": list_of("duty"),
            "gaps": list_of("gap"),
        }
    )


def diagnostics_schema() -> Schema:
    """Return the JSON Schema of diagnostics as `diagnostics_json` writes them."""
    span = dict.fromkeys(("line", "column", "end_line", "end_column"), _POSITION)
    return {
        "$schema": DRAFT,
        "title": "What is wrong with files",
        **object_of(
            {
                "schema": {"const": DIAGNOSTICS},
                "errors": COUNT,
                "warnings": COUNT,
                "diagnostics": list_of("diagnostic"),
            }
        ),
        "$defs": {
            "bilingual": _both(),
            "span": said(object_of({"file": TEXT, **span}), "characters, counted from 1; the end is exclusive"),
            "diagnostic": object_of(
                {
                    "code": {"enum": list(CODES)},
                    "level": one_of(Level),
                    "message": ref("bilingual"),
                    "help": or_null(ref("bilingual")),
                    "span": or_null(ref("span")),
                    "excerpt": said(or_null(TEXT), "the source line that the span starts in, long ones cut"),
                    "suggestion": said(or_null(TEXT), "a name that was probably meant"),
                    "declared": said(or_null(ref("span")), "where that name is declared"),
                }
            ),
        },
    }


def assessment_parts() -> Schema:
    """Return the parts that an assessment refers to."""
    return {
        "instant": said(_INSTANT, "on the policy's zone; in UTC where that clock cannot be written"),
        "bilingual": _both(),
        "titled": object_of({"id": TEXT, "title": ref("bilingual")}),
        "choice": object_of({"reading": TEXT, "option": TEXT}),
        "named": object_of({"provision": TEXT, "instance": or_null(TEXT)}),
        "candidate": object_of({"role": ref("titled"), "clauses": list_of("clause")}),
        "clause": object_of({"id": TEXT, "number": TEXT, "says": ref("bilingual")}),
        "happening": _happening(),
        "limit": _limit(),
        "step": _step(),
        "duty": _duty(),
        "gap": object_of(
            {
                "gap": ref("titled"),
                "kind": one_of(GapKind),
                "clauses": list_of("clause"),
                "instead_of": list_of("titled"),
                "missing_facts": TEXTS,
                "readings": list_of("choice"),
            }
        ),
    }


def _happening() -> Schema:
    return object_of(
        {
            "at": ref("instant"),
            "event": said(or_null(TEXT), "the id of an event of the case"),
            "provision": said(or_null(TEXT), "the provision whose outcome this is"),
            "counts_from": said(or_null(ref("instant")), "where a limit anchored here counts from, if not `at`"),
        }
    )


def _limit() -> Schema:
    return object_of(
        {
            "anchor": ref("instant"),
            "due": ref("instant"),
            "due_inclusive": said(FLAG, "whether an act at `due` itself is in time"),
            "late_from": said(ref("instant"), "the first instant that is late"),
            "provisional": said(FLAG, "whether it rests on holidays that are not announced yet"),
            "steps": list_of("step"),
        }
    )


def _step() -> Schema:
    return object_of(
        {
            "kind": one_of(StepKind),
            "dates": _DATES,
            "instants": list_of("instant"),
            "length": or_null(object_of({"unit": one_of(Unit), "n": _POSITION})),
        }
    )


def _duty() -> Schema:
    return object_of(
        {
            "provision": ref("titled"),
            "instance": said(or_null(TEXT), "which of the provision's duties: an event, an outcome, a period"),
            "key": said(_FACTS, "the attributes that correlated events share"),
            "starts": said(or_null(ref("instant")), "the start of a recurring duty's period"),
            "clauses": list_of("clause"),
            "strength": one_of(Strength),
            "wording": said(or_null(TEXT), "the text's own word for the strength"),
            "act": ref("titled"),
            "bearer": said(
                or_null(ref("titled")), "null when the text names nobody, or it is not settled who is meant"
            ),
            "assigned": said(or_null(ref("titled")), "the policy's own role, where a table says whom it means"),
            "candidates": said(list_of("candidate"), "whom the role may mean, where that is not settled"),
            "conflict": said(FLAG, "two rows of the table are true at once"),
            "to": or_null(ref("titled")),
            "standing": FLAG,
            "sanction": FLAG,
            "status": one_of(Status),
            "owed": said(or_null(FLAG), "null when it depends on a missing fact"),
            "in_force": said(or_null(FLAG), "whether it is in force at `as_of`; null likewise"),
            "trigger": or_null(ref("happening")),
            "limit": or_null(ref("limit")),
            "promptly": said(FLAG, "the text gives a word in place of a number"),
            "elapsed_micros": said(or_null(COUNT), "microseconds since the anchor, where the text gives no number"),
            "performed": or_null(ref("happening")),
            "last_act": or_null(ref("happening")),
            "partial_acts": list_of("happening"),
            "violated_at": or_null(ref("instant")),
            "late_activation": said(FLAG, "the duty came into force after its limit"),
            "breaches": list_of("happening"),
            "possible": {"type": "array", "items": one_of(Status)},
            "missing_facts": TEXTS,
            "missing_attributes": {"type": "array", "items": object_of({"event": TEXT, "attribute": TEXT})},
            "presumed": TEXTS,
            "readings": list_of("choice"),
        }
    )


def _both() -> Schema:
    return object_of({"zh": TEXT, "en": TEXT})


def object_of(properties: Schema) -> Schema:
    """Return an object with all of *properties* and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(part: str) -> Schema:
    """Return a list of the *part* that `$defs` has."""
    return {"type": "array", "items": ref(part)}


def ref(part: str) -> Schema:
    """Return a reference to the *part* that `$defs` has."""
    return {"$ref": f"#/$defs/{part}"}


def or_null(schema: Schema) -> Schema:
    """Return *schema*, or nothing."""
    return {"anyOf": [schema, {"type": "null"}]}


def said(schema: Schema, description: str) -> Schema:
    """Return *schema* with a description."""
    return {**schema, "description": description}


def one_of(values: Iterable[StrEnum]) -> Schema:
    """Return the choice of one of *values*."""
    return {"enum": [each.value for each in values]}
