"""The JSON Schema of a proof as `proof_json` writes it."""

from __future__ import annotations

from policyengine.analysis.proving.finding import Cause, Check, FindingKind
from policyengine.report.proof.as_json import PROOF
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
from policyengine.temporal.limit import Unit

_ATOM: Schema = {"type": ["string", "number", "boolean"]}
_VALUE: Schema = {"anyOf": [_ATOM, {"type": "array", "items": _ATOM}]}
_NUMBER: Schema = or_null({"type": "number"})
_PARTS = ("instant", "bilingual", "titled", "choice", "clause")


def proof_schema() -> Schema:
    """Return the JSON Schema of a proof."""
    shared = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "What follows from the text of one policy and will not have been meant",
        **object_of(
            {
                "schema": {"const": PROOF},
                "policy": ref("titled"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "readings": list_of("choice"),
                "beside": list_of("titled"),
                "given": {"type": "object", "additionalProperties": _VALUE},
                "findings": list_of("finding"),
                "stated": said(list_of("finding"), "what the policy says itself in a gap"),
                "undecided": _list({"kind": one_of(FindingKind), "subjects": TEXTS, "reason": TEXT}),
                "elsewhere": said(
                    or_null(_list({"under": ref("choice"), "kind": one_of(FindingKind), "subjects": TEXTS})),
                    "findings that are there only under one other option; null where that was not asked",
                ),
            }
        ),
        "$defs": {**{name: shared[name] for name in _PARTS}, **_own()},
    }


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": object_of(properties)}


def _own() -> Schema:
    return {
        "finding": object_of(
            {
                "kind": one_of(FindingKind),
                "subjects": said(TEXTS, "the provisions, or the table, that it is about"),
                **dict.fromkeys(("title", "why", "way_out"), ref("bilingual")),
                "provisions": list_of("titled"),
                "clauses": list_of("clause"),
                "regions": said(list_of("region"), "it holds in any of these, and nowhere else"),
                "detail": {"anyOf": [object_of(each) for each in _details()]},
                "stated_by": TEXTS,
                "readings": said(
                    or_null(object_of({"asked": list_of("choice"), "gone": list_of("choice")})),
                    "the other options that bear on it, each asked about alone, and those under which it is gone",
                ),
                "witnesses": list_of("witness"),
            }
        ),
        "region": said(
            object_of(
                {
                    "facts": _list({"fact": TEXT, "cells": list_of("cell")}),
                    "happened": _list({"event": TEXT, "has": {"type": "array", "items": FLAG}}),
                }
            ),
            "what is not named may be anything",
        ),
        "cell": {
            "anyOf": [
                object_of({"values": {"type": "array", "items": _VALUE}}),
                object_of({"lower": _NUMBER, "lower_in": FLAG, "upper": _NUMBER, "upper_in": FLAG}),
            ]
        },
        "witness": object_of(
            {
                "case": said({"type": "object"}, "a case file, with the instant at which it is judged"),
                "expected": _list(
                    {
                        "name": TEXT,
                        "check": one_of(Check),
                        "at": or_null(ref("instant")),
                        "value": or_null(_ATOM),
                    }
                ),
            }
        ),
    }


def _details() -> tuple[Schema, ...]:
    length: Schema = or_null(object_of({"unit": one_of(Unit), "n": {"type": "integer", "minimum": 1}}))
    waits = {"act": TEXT, "first": TEXTS, "every": FLAG, "provision": TEXT}
    steps = {"act": TEXT, "provision": or_null(TEXT), "length": length}
    return (
        {"waits": _list(waits)},
        {"steps": _list(steps), "always": FLAG, "announced_only": FLAG},
        {"cause": one_of(Cause), "others": TEXTS},
        {"table": TEXT, "rows": {"type": "array", "items": COUNT}},
        {"policy": TEXT, "provision": TEXT, "act": TEXT, "clauses": TEXTS},
        {"act": TEXT, "to": or_null(TEXT), "fact": TEXT, "milder": TEXTS, "graver": TEXTS, "later": TEXTS},
    )
