"""The JSON Schema of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.analysis.comparison import Relation
from policyengine.model.provision import Strength
from policyengine.report.comparison.as_json import COMPARISON
from policyengine.report.schemas import (
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
VALUE: Schema = {"anyOf": [_ATOM, {"type": "array", "items": _ATOM}]}
_NUMBER: Schema = {"type": ["number", "null"]}
_AS_IN_FILE: Schema = {"type": "object", "description": "as the policy has it, keys that say nothing left out"}


def comparison_schema() -> Schema:
    """Return the JSON Schema of a comparison as `comparison_json` writes it."""
    shared = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "What several policies demand, side by side",
        **object_of(
            {
                "schema": {"const": COMPARISON},
                "vocabulary": TEXT,
                "policies": list_of("policy"),
                "grades": said(list_of("titled"), "of the scale by which rows are split, lowest first"),
                "given": said({"type": "object", "additionalProperties": VALUE}, "facts settled in every row"),
                "rows": said(list_of("row"), "topic by topic, lowest grades first"),
                "provisions": said(list_of("provision"), "every one that a row names"),
                "gaps": said(list_of("gap"), "every one that a row names"),
            }
        ),
        "$defs": {
            **{name: shared[name] for name in ("bilingual", "titled", "clause")},
            **_rows(),
            **region_schemas(),
            **norm_schemas(),
        },
    }


def _rows() -> Schema:
    return {
        "policy": object_of(
            {
                "id": TEXT,
                "title": ref("bilingual"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "against": said(TEXTS, "the policies that it is held against"),
                "readings": list_of("reading"),
            }
        ),
        "reading": object_of(
            {
                "reading": TEXT,
                "question": ref("bilingual"),
                "option": TEXT,
                "by_default": FLAG,
                "options": list_of("titled"),
                "why_default": ref("bilingual"),
            }
        ),
        "row": object_of({"topic": ref("titled"), "acts": TEXTS, "grades": TEXTS, "cells": list_of("cell")}),
        "cell": object_of(
            {
                "policy": TEXT,
                "relation": said(or_null(one_of(Relation)), "over the whole row; null where it is held against nobody"),
                "parts": said(list_of("part"), "regions exclude each other; where there is none, nothing is said"),
                "standings": list_of("standing"),
            }
        ),
        "part": object_of({"region": ref("region"), "provisions": TEXTS, "undetermined": TEXTS, "gaps": TEXTS}),
        "standing": object_of(
            {
                "region": ref("region"),
                "trigger": said(or_null(_AS_IN_FILE), "what the duties wait for; null if for nothing"),
                "relation": one_of(Relation),
                "demanded": said(FLAG, "whether the others demand anything there"),
                "lacking": {"type": "array", "items": object_of({"policy": TEXT, "provision": TEXT})},
                "beyond": said(TEXTS, "its own provisions that the others do not match"),
            }
        ),
    }


def region_schemas() -> Schema:
    """Return the schemas of regions and cells, by name."""
    ends = {"lower": _NUMBER, "lower_in": FLAG, "upper": _NUMBER, "upper_in": FLAG}
    return {
        "region": said(
            object_of({"facts": list_of("fact"), "happened": list_of("happened")}), "what is not named may be anything"
        ),
        "fact": object_of({"fact": TEXT, "cells": list_of("cells")}),
        "cells": said(
            {"anyOf": [object_of({"values": {"type": "array", "items": VALUE}}), object_of(ends)]},
            "values that come to the same; of a number the stretch that they lie in; dashes for a text nobody asks for",
        ),
        "happened": object_of({"event": TEXT, "has": {"type": "array", "items": FLAG}}),
    }


def norm_schemas() -> Schema:
    """Return the schemas of provisions and gaps, by name."""
    grounds = {"clauses": list_of("clause"), "readings": said(TEXTS, "that it depends on")}
    return {
        "provision": object_of(
            {
                "policy": TEXT,
                "id": TEXT,
                "title": ref("bilingual"),
                "strength": one_of(Strength),
                "wording": said(or_null(TEXT), "the word of the text itself"),
                "act": TEXT,
                **dict.fromkeys(("bearer", "to"), or_null(TEXT)),
                "means": TEXTS,
                "scope": {"enum": ["case", "agency"]},
                "upon": {"type": "array", "items": _AS_IN_FILE},
                **dict.fromkeys(("deadline", "every", "until"), or_null(_AS_IN_FILE)),
                **dict.fromkeys(("standing", "sanction"), FLAG),
                "note": or_null(ref("bilingual")),
                **grounds,
            }
        ),
        "gap": object_of(
            {
                "policy": TEXT,
                "id": TEXT,
                "title": ref("bilingual"),
                "missing": ref("bilingual"),
                "refers_to": or_null(object_of({"title": ref("bilingual"), "in_hand": FLAG})),
                **grounds,
            }
        ),
    }
