"""The JSON Schema of an audit as `audit_json` writes it."""

from __future__ import annotations

from policyengine.checks.audit.baseline import Known
from policyengine.checks.audit.finding import Extent, Kind
from policyengine.model.assessment import GapKind
from policyengine.report.audit.as_json import AUDIT
from policyengine.report.audit.words import State
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    FLAG,
    TEXT,
    TEXTS,
    Schema,
    assessment_parts,
    diagnostics_schema,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    said,
)

_PARTS = ("instant", "bilingual", "titled", "choice", "clause")
_DIAGNOSTIC_PARTS = ("span", "diagnostic")
_DATE: Schema = {"type": "string", "format": "date"}
_MICROS: Schema = or_null({"type": "integer", "minimum": 0})
_INSTANT: Schema = or_null(ref("instant"))


def audit_schema() -> Schema:
    """Return the JSON Schema of an audit."""
    shared, faults = assessment_parts(), diagnostics_schema()["$defs"]
    parts = {name: faults[name] for name in _DIAGNOSTIC_PARTS} if isinstance(faults, dict) else {}
    return {
        "$schema": DRAFT,
        "title": "What policies found in a log of cases",
        **object_of(
            {
                "schema": {"const": AUDIT},
                "policies": list_of("policy"),
                "as_of": said(object_of({"first": _INSTANT, "last": _INSTANT}), "the instants asked about, in UTC"),
                "every_reading": said(FLAG, "whether all combinations of readings were asked"),
                "unread": said(FLAG, "whether part of the log, or a policy, could not be read or judged"),
                "totals": ref("totals"),
                "lateness": object_of({"all": ref("lateness"), "provisions": list_of("late")}),
                "waivers": list_of("waiver"),
                "gone": said(list_of("known"), "what the baseline has and the audit did not find"),
                "findings": list_of("finding"),
            }
        ),
        "$defs": {**{name: shared[name] for name in _PARTS}, **parts, **_own()},
    }


def _own() -> Schema:
    lateness = {
        **dict.fromkeys(("late", "done", "outstanding"), COUNT),
        "median_micros": _MICROS,
        "worst_micros": _MICROS,
    }
    return {
        "policy": object_of({"id": TEXT, "title": ref("bilingual"), "digest": TEXT, "time_zone": TEXT}),
        "node": said(
            object_of({"id": TEXT, "title": or_null(ref("bilingual"))}), "a provision or a gap; no title if not loaded"
        ),
        "counts": said(
            {"type": "object", "propertyNames": one_of(Kind), "additionalProperties": COUNT},
            "findings by kind, waived and known ones too; a kind without any is left out",
        ),
        "totals": _totals(),
        "lateness": said(object_of(lateness), "counts what was violated and had a limit"),
        "late": object_of({"policy": TEXT, "provision": ref("node"), **lateness}),
        "waiver": _waiver(),
        "known": object_of(
            {name: TEXT if name in {"kind", "fingerprint"} else or_null(TEXT) for name in Known._fields}
        ),
        "finding": _finding(),
    }


def _totals() -> Schema:
    tally = object_of(dict.fromkeys(("found", "new", "some", "waived", "known"), COUNT))
    return object_of(
        {
            "cases": COUNT,
            "events": COUNT,
            "judged": said(COUNT, "cases that every policy judged that was asked"),
            "kinds": object_of({each.value: tally for each in Kind}),
            "clauses": _list({"policy": TEXT, "clause": ref("clause"), "counts": ref("counts")}),
            "bearers": _list({"policy": TEXT, "bearer": or_null(ref("titled")), "counts": ref("counts")}),
            "months": _list({"month": said(TEXT, "such as 2025-10"), "counts": ref("counts")}),
            "worst": _list({"case": TEXT, "counts": ref("counts")}),
            "other_cases": said(COUNT, "cases with findings that `worst` does not list"),
        }
    )


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": object_of(properties)}


def _waiver() -> Schema:
    return object_of(
        {
            **dict.fromkeys(("case", "policy", "subject"), said(or_null(TEXT), "null is any")),
            "kinds": {"type": "array", "items": one_of(Kind)},
            "granted": _DATE,
            "expires": said(_DATE, "the last day on which it holds"),
            "authority": TEXT,
            "reason": TEXT,
            "span": or_null(ref("span")),
        }
    )


def _finding() -> Schema:
    return object_of(
        {
            "kind": one_of(Kind),
            "state": said(one_of(State), "`new` alone may fail a build; `some` stands under some readings only"),
            "case": said(or_null(TEXT), "null for what is not about one case"),
            "policy": or_null(TEXT),
            "subject": or_null(ref("node")),
            "instance": said(or_null(TEXT), "which of the provision's duties: an event, an outcome, a period"),
            "clauses": list_of("clause"),
            "bearer": or_null(ref("titled")),
            "at": said(_INSTANT, "the instant of the violation"),
            "due": _INSTANT,
            "late_micros": said(_MICROS, "from `due` to the act, or to `as_of` where it is still owed"),
            "done": said(or_null(FLAG), "whether the act was done, late, or is still owed; null where neither is so"),
            "missing_facts": TEXTS,
            "missing_attributes": _list({"event": TEXT, "attribute": TEXT}),
            "as_of": _INSTANT,
            "span": said(or_null(ref("span")), "where it stands in the log"),
            "policy_span": said(or_null(ref("span")), "where the provision stands in the policy's file"),
            "diagnostic": said(or_null(ref("diagnostic")), "of a fault, and of what is said about a waiver"),
            "gap": or_null(one_of(GapKind)),
            "extent": said(or_null(one_of(Extent)), "null where not every reading was asked"),
            "under": {"type": "array", "items": list_of("choice")},
            "waived": or_null(ref("waiver")),
            "known": FLAG,
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        }
    )
