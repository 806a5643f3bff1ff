"""JSON Schemas of answers under every reading, and of the answers of several policies with their worklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.assessment import GapKind, Status
from policyengine.model.provision import Strength
from policyengine.model.ranges import Verdict
from policyengine.report.ranges_json import READINGS
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    TEXT,
    TEXTS,
    assessment_object,
    assessment_parts,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    said,
)
from policyengine.report.several_json import ASSESSMENTS

if TYPE_CHECKING:
    from policyengine.report.schemas import Schema


def readings_schema() -> Schema:
    """Return the JSON Schema of an answer under every reading as `readings_json` writes it."""
    header = assessment_object()["properties"]
    kept = {name: header[name] for name in ("policy", "digest", "case", "as_of", "time_zone")}  # type: ignore[index,call-overload]
    return {
        "$schema": DRAFT,
        "title": "What one policy says about one case at one instant, under every reading",
        **object_of(
            {
                "schema": {"const": READINGS},
                **kept,
                "combinations": said(COUNT, "how many combinations of options were evaluated"),
                "readings": said(list_of("reading"), "those that some row depends on in this case"),
                "duties": list_of("duty_range"),
                "gaps": list_of("gap_range"),
            }
        ),
        "$defs": {**_shared("instant", "bilingual", "titled", "choice", "clause", "limit", "step"), **_ranges()},
    }


def assessments_schema() -> Schema:
    """Return the JSON Schema of the answers of several policies as `assessments_json` writes them."""
    return {
        "$schema": DRAFT,
        "title": "What several policies say about one case at one instant, and what is to be done",
        **object_of(
            {
                "schema": {"const": ASSESSMENTS},
                "case": TEXT,
                "as_of": said(ref("instant"), "on the zone of the first policy"),
                "assessments": list_of("assessment"),
                "worklist": ref("worklist"),
            }
        ),
        "$defs": {**assessment_parts(), "assessment": assessment_object(), **_worklist()},
    }


def _shared(*names: str) -> Schema:
    parts = assessment_parts()
    return {name: parts[name] for name in names}


def _ranges() -> Schema:
    option = object_of({"option": TEXT, "says": ref("bilingual")})
    kinds = _values(or_null(one_of(GapKind)))
    return {
        "reading": object_of(
            {
                "reading": TEXT,
                "question": ref("bilingual"),
                "options": {"type": "array", "items": option},
                "default": TEXT,
            }
        ),
        "duty_range": object_of(
            {
                "provision": ref("titled"),
                "instance": said(or_null(TEXT), "which of the provision's duties"),
                "clauses": list_of("clause"),
                "readings": said(TEXTS, "those that the row depends on in this case"),
                "statuses": said(_values(or_null(one_of(Status))), "null where the readings do not admit the row"),
                "limits": _values(or_null(ref("limit"))),
                "strengths": _values(or_null(one_of(Strength))),
                "bearers": _values(or_null(ref("titled"))),
                "exists": ref("verdict"),
                "violated": ref("verdict"),
                "owed": ref("verdict"),
            }
        ),
        "gap_range": object_of({"gap": ref("titled"), "clauses": list_of("clause"), "kinds": kinds}),
        "verdict": object_of(
            {
                "verdict": said(one_of(Verdict), "under how many readings it is so"),
                "values": _values({"type": ["boolean", "null"]}),
            }
        ),
    }


def _values(value: Schema) -> Schema:
    """Return a list of what something comes to, that of the defaults first."""
    least: Schema = {"type": "array", "items": list_of("choice")}
    item = object_of(
        {
            "value": value,
            "least": said(least, "the least departures from the defaults that bring it about"),
            "combinations": said(COUNT, "under how many combinations of the readings that decide it"),
        }
    )
    return {"type": "array", "items": item}


def _worklist() -> Schema:
    claims = list_of("claimed")
    who_does_what = {"act": ref("titled"), "bearer": or_null(ref("titled")), "to": or_null(ref("titled"))}
    return {
        "worklist": object_of({"entries": list_of("entry"), "conflicts": list_of("conflict")}),
        "entry": object_of(
            {
                **who_does_what,
                "must": said(or_null(ref("limit")), "the tightest limit that binds"),
                "should": said(or_null(ref("limit")), "the tightest limit that holds in principle"),
                "claims": claims,
            }
        ),
        "conflict": object_of({**who_does_what, "owed": claims, "forbidden": claims}),
        "claimed": object_of(
            {
                "policy": TEXT,
                "provision": ref("titled"),
                "instance": said(or_null(TEXT), "which of the provision's duties"),
                "clauses": list_of("clause"),
                "strength": one_of(Strength),
                "wording": said(or_null(TEXT), "the text's own word for the strength"),
                "limit": or_null(ref("limit")),
            }
        ),
    }
