"""The JSON Schema of an explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading
from policyengine.model.explanation import RemedyKind
from policyengine.model.traces import Connective, Leaving, Origin, Part, Worth
from policyengine.report.explanation.as_json import EXPLANATION
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    FLAG,
    TEXT,
    TEXTS,
    assessment_parts,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    said,
)

if TYPE_CHECKING:
    from policyengine.report.schemas import Schema

_ATOM: Schema = {"type": ["string", "number", "boolean"]}
_VALUE: Schema = {"anyOf": [_ATOM, {"type": "null"}, {"type": "array", "items": _ATOM}]}
_AS_IN_FILE: Schema = {"type": "object", "description": "as the policy has it, keys that say nothing left out"}
_SINCE = said(or_null(ref("instant")), "null for the start of the case")


def explanation_schema() -> Schema:
    """Return the JSON Schema of an explanation as `explanation_json` writes it."""
    return {
        "$schema": DRAFT,
        "title": "Why one duty is as it is, or why there is none",
        **object_of(
            {
                "schema": {"const": EXPLANATION},
                "policy": ref("titled"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "case": TEXT,
                "as_of": ref("instant"),
                "known_at": said(or_null(ref("instant")), "what was recorded later is left out"),
                "known_until": said(or_null(ref("instant")), "the log is complete up to this instant only"),
                "time_zone": TEXT,
                "provision": ref("titled"),
                "absence": said(or_null(_absence()), "why the provision has no row at all"),
                "derivations": said(list_of("derivation"), "that of the duty, then of the duties that it rests on"),
                "others": said({"type": "array", "items": or_null(TEXT)}, "the provision's other duties"),
                "unseen": said(COUNT, "events later than `as_of`"),
                "settlings": said(list_of("settling"), "what an undetermined duty comes to, replayed"),
                "remedies": said(list_of("remedy"), "what keeps the duty in order, or would have; replayed"),
            }
        ),
        "$defs": {**_shared(), **_found(), **_force(), **_replayed()},
    }


def _shared() -> Schema:
    parts = assessment_parts()
    names = ("instant", "bilingual", "titled", "choice", "candidate", "clause", "happening", "limit", "step", "duty")
    return {name: parts[name] for name in names}


def _absence() -> Schema:
    return object_of(
        {
            "scope": or_null(TEXT),
            "admitted_by": said(
                {"type": "array", "items": list_of("choice")}, "combinations of options that admit the provision"
            ),
        }
    )


def _found() -> Schema:
    """Return the parts about what was waited for, facts and conditions."""
    return {
        "derivation": _derivation(),
        "awaited": object_of(
            {
                "part": one_of(Part),
                "happening": _AS_IN_FILE,
                "found": or_null(ref("happening")),
                "doubt": said(or_null(ref("asked")), "where nobody knows whether it matches"),
                "instance": said(or_null(TEXT), "which of the provision's duties had the outcome"),
                "missed": said(list_of("near_miss"), "events of the type that do not match"),
            }
        ),
        "near_miss": object_of({"event": TEXT, "at": ref("instant"), "asked": ref("asked")}),
        "asked": object_of(
            {
                "truth": one_of(Truth),
                "test": or_null(_AS_IN_FILE),
                "value": said(_VALUE, "what the fact or attribute was; null if not known"),
                "happened": TEXTS,
                "event": said(or_null(TEXT), "the event that had happened"),
                "connective": or_null(one_of(Connective)),
                "parts": list_of("asked"),
            }
        ),
        "fact": object_of({"fact": TEXT, "spans": list_of("fact_span")}),
        "fact_span": object_of(
            {
                "since": _SINCE,
                "value": _VALUE,
                "origin": one_of(Origin),
                "event": or_null(TEXT),
                "possible": {"type": "array", "items": _VALUE},
                "rows": said(list_of("row"), "rows of the table that derives the fact, up to the first true one"),
            }
        ),
        "row": object_of({"says": _VALUE, "clauses": TEXTS, "asked": ref("asked")}),
        "condition": object_of({"part": one_of(Part), "condition": _AS_IN_FILE, "spans": list_of("condition_span")}),
        "condition_span": object_of({"since": _SINCE, "asked": ref("asked")}),
        "days": object_of({"from": or_null(ref("instant")), "to": or_null(ref("instant"))}),
    }


def _derivation() -> Schema:
    life = {
        "judged_at": ref("instant"),
        "truth": one_of(Truth),
        "versions": list_of("days"),
        "own": or_null(ref("days")),
    }
    return object_of(
        {
            "duty": ref("duty"),
            "triggers": list_of("awaited"),
            "life": said(or_null(object_of(life)), "whether the text was in force; null where it has no dates"),
            "facts": list_of("fact"),
            "conditions": list_of("condition"),
            "defeats": list_of("defeat"),
            "ends": list_of("awaited"),
            "stretches": list_of("stretch"),
            "anchors": list_of("awaited"),
            "period": said(or_null(ref("limit")), "of a recurring duty"),
            "acts": list_of("act"),
            "bearer": said(or_null(ref("bearer")), "where a table says who owes it"),
            "assumed": said(FLAG, "whether something unknown was taken in one of several ways"),
        }
    )


def _force() -> Schema:
    """Return the parts about when a duty is in force, its limits, and acts."""
    named = {"provision": ref("titled"), "instance": or_null(TEXT)}
    counting = object_of({"hours": TEXT, "roll": TEXT, "ends": or_null(TEXT)})
    return {
        "defeat": object_of({**named, "start": _SINCE, "end": or_null(ref("instant"))}),
        "stretch": object_of(
            {
                "start": _SINCE,
                "end": or_null(ref("instant")),
                "mode": said(or_null(one_of(Regrading)), "what its limit counts from, where known facts changed"),
                "left_by": or_null(one_of(Leaving)),
                "limit": or_null(ref("limit_trace")),
            }
        ),
        "limit_trace": object_of(
            {
                "singles": list_of("single"),
                "cap": said(or_null(object_of({**named, "limit": ref("limit")})), "a limit that was already running"),
                "earlier": said(or_null(ref("limit")), "the limit of the stretch before, where that one stays"),
                "limit": or_null(ref("limit")),
            }
        ),
        "single": object_of(
            {
                "deadline": _AS_IN_FILE,
                "anchor": or_null(ref("happening")),
                "counts_from": or_null(ref("instant")),
                "counting": counting,
                "asked": said(or_null(ref("asked")), "the limb's own condition, at its anchor"),
                "limit": or_null(ref("limit")),
            }
        ),
        "act": object_of(
            {"event": TEXT, "at": ref("instant"), "worth": one_of(Worth), "late": FLAG, "asked": or_null(ref("asked"))}
        ),
        "bearer": object_of(
            {"role": ref("titled"), "at": ref("instant"), "rows": list_of("row"), "candidates": list_of("candidate")}
        ),
    }


def _replayed() -> Schema:
    """Return the parts that were found by asking again."""
    supposed = object_of({"fact": TEXT, "values": {"type": "array", "items": _VALUE}})
    violated = object_of({"provision": TEXT, "instance": or_null(TEXT)})
    return {
        "settling": object_of(
            {
                "facts": {"type": "array", "items": supposed},
                "complete_log": said(FLAG, "the log is supposed to be complete up to `as_of`, instead"),
                "done_by": said(
                    or_null(ref("instant")), "the act is supposed to have gone unrecorded, at this instant"
                ),
                "duty": or_null(ref("duty")),
            }
        ),
        "remedy": object_of(
            {
                "kind": one_of(RemedyKind),
                "act": said(or_null(ref("titled")), "what is done"),
                "by": said(or_null(ref("instant")), "an act: the last instant in time; what comes first: before this"),
                "events": said(TEXTS, "what is left out of the log"),
                "duty": ref("duty"),
                "violates": said({"type": "array", "items": violated}, "duties violated instead"),
            }
        ),
    }
