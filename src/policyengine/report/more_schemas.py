"""JSON Schemas of answers under every reading, of the answers of several policies, and of worklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.assessment import GapKind, Status
from policyengine.model.provision import Strength
from policyengine.model.ranges import Verdict
from policyengine.report.ranges_json import READINGS
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    FLAG,
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
from policyengine.report.worklist_json import OF_THE_DUTY, WORKLIST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.report.json_values import Json
    from policyengine.report.schemas import Schema


def readings_schema() -> Schema:
    """Return the JSON Schema of an answer under every reading as `readings_json` writes it."""
    kept = _kept(assessment_object(), ("policy", "digest", "case", "as_of", "time_zone"))
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
        "$defs": {
            **assessment_parts(),
            "assessment": assessment_object(),
            "worklist": object_of(_lists()),
            **_worklist(),
        },
    }


def worklist_schema() -> Schema:
    """Return the JSON Schema of a worklist as `worklist_json` writes it."""
    parts = ("instant", "bilingual", "titled", "choice", "candidate", "clause", "happening", "limit", "step")
    return {
        "$schema": DRAFT,
        "title": "What is to be done in one case, or in several cases together, at one instant",
        **object_of(
            {
                "schema": {"const": WORKLIST},
                "as_of": said(ref("instant"), "on the zone of the first policy of the first case"),
                "role": said(or_null(ref("titled")), "whose worklist it is; null for everybody's"),
                "cases": list_of("case"),
                **_lists(),
            }
        ),
        "$defs": {**_shared(*parts), "case": _case(), "judge": _judge(), **_worklist()},
    }


def _shared(*names: str) -> Schema:
    parts = assessment_parts()
    return {name: parts[name] for name in names}


def _kept(schema: Json, names: Iterable[str]) -> Schema:
    """Return the properties *names* of an object's schema."""
    return {name: schema["properties"][name] for name in names}  # type: ignore[index,call-overload]


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


def _case() -> Schema:
    return object_of(
        {
            "case": TEXT,
            "title": or_null(TEXT),
            "known_at": said(or_null(ref("instant")), "what was recorded later is left out"),
            "known_until": said(or_null(ref("instant")), "the log is complete up to here, if not to `as_of`"),
            "policies": list_of("judge"),
        }
    )


def _judge() -> Schema:
    return object_of(_kept(assessment_object(), ("policy", "digest", "time_zone", "readings")))


def _lists() -> Schema:
    return {
        "next_due": said(or_null(ref("claim_name")), "the duty with the nearest limit that has not passed"),
        "entries": said(list_of("entry"), "what is owed for certain, the most urgent first"),
        "undetermined": said(list_of("entry"), "what may be owed, or forbidden, depending on missing facts"),
        "forbidden": said(list_of("entry"), "the prohibitions in force"),
        "conflicts": said(list_of("conflict"), "what is owed and forbidden at once"),
    }


def _worklist() -> Schema:
    claims = list_of("claimed")
    who_does_what = {
        "case": TEXT,
        "act": ref("titled"),
        "bearer": said(or_null(ref("titled")), "null when nobody is named, or it is not settled who: see the claims"),
        "to": or_null(ref("titled")),
    }
    left = said(or_null({"type": "integer"}), "microseconds from `as_of` to the limit's `due`, negative after it")
    late = said(FLAG, "whether the limit has passed; of what is undetermined, whether it would have")
    return {
        "claim_name": object_of({"case": TEXT, "policy": TEXT, "provision": TEXT, "instance": or_null(TEXT)}),
        "entry": object_of(
            {
                **who_does_what,
                "status": said(one_of(Status), "of the most urgent claim, whose limit is `limit`"),
                "limit": said(or_null(ref("limit")), "the tightest limit of all, passed or not"),
                "left_micros": left,
                "late": late,
                "elapsed_micros": said(or_null(COUNT), "the longest of the claims' own"),
                "strengths": {"type": "array", "items": one_of(Strength)},
                "must": said(or_null(ref("limit")), "the tightest limit that binds"),
                "should": said(or_null(ref("limit")), "the tightest limit that holds in principle"),
                "claims": said(claims, "the duties behind it, the most urgent first"),
            }
        ),
        "conflict": object_of({**who_does_what, "owed": claims, "forbidden": claims}),
        "claimed": object_of(
            {
                "policy": TEXT,
                **_kept(assessment_parts()["duty"], OF_THE_DUTY),
                "left_micros": left,
                "late": late,
                "means": said(TEXTS, "the means that will do, if the provision names any"),
            }
        ),
    }
