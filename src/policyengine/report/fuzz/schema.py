"""The JSON Schema of what `fuzz_json` writes."""

from __future__ import annotations

from policyengine.report.fuzz.as_json import FUZZ
from policyengine.report.fuzz.fuzzed import Verdict
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
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


def fuzz_schema() -> Schema:
    """Return the JSON Schema of what became of the laws on generated cases."""
    shared = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "What became of the laws on generated cases of one policy",
        **object_of(
            {
                "schema": {"const": FUZZ},
                "policy": ref("titled"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "seed": COUNT,
                "examples": said(COUNT, "for how many cases each law was asked"),
                "readings": said(list_of("choice"), "options under which every question was asked"),
                "broken": said(TEXTS, "the laws that are broken, by number"),
                "laws": list_of("law"),
                "idle": said(
                    object_of({"cases": COUNT, "provisions": TEXTS}),
                    "the provisions that had no duty in any of so many cases",
                ),
            }
        ),
        "$defs": {**{name: shared[name] for name in ("bilingual", "titled", "choice")}, "law": _law()},
    }


def _law() -> Schema:
    return object_of(
        {
            "law": {"type": "string", "pattern": "^L[0-9]+$"},
            "says": ref("bilingual"),
            "verdict": one_of(Verdict),
            "cases": said(COUNT, "on how many it was tried, up to the first that breaks it"),
            "why": said(or_null(ref("bilingual")), "where it was not tried"),
            "told": said(or_null(TEXT), "how it is broken, in English"),
            "case": said(or_null({"type": "object"}), "a case file; null for a law about policies alone"),
            "readings": said(
                or_null(list_of("choice")), "the options other than defaults under which the case does it"
            ),
        }
    )
