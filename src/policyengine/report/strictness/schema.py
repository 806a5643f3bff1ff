"""The JSON Schemas of answers about strictness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.analysis.comparison import Relation
from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.degrees import Degree
from policyengine.analysis.strictness import Finding
from policyengine.model.assessment import Status
from policyengine.model.ranges import Verdict
from policyengine.report.comparison.schema import VALUE, norm_schemas, region_schemas
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
from policyengine.report.strictness.as_json import STRICTNESS, STRICTNESS_RANGE

if TYPE_CHECKING:
    from enum import IntEnum

    from policyengine.report.schemas import Schema

_GIVEN: Schema = said({"type": "object", "additionalProperties": VALUE}, "facts taken as settled")
_HOLDS: Schema = or_null(FLAG)
_POLICY = {"id": TEXT, "title": ref("bilingual"), "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"}}


def strictness_schema() -> Schema:
    """Return the JSON Schema of an answer as `strictness_json` writes it."""
    shared = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "Whether one policy is at least as strict as another",
        **object_of(
            {
                "schema": {"const": STRICTNESS},
                **dict.fromkeys(("one", "other"), ref("side")),
                "given": _GIVEN,
                "holds": said(_HOLDS, "whether every demand of the other policy is met; null where that stays open"),
                "converse": said(_HOLDS, "whether the other policy meets every demand of the one"),
                "relation": said(or_null(one_of(Relation)), "of the one policy to the other as a whole"),
                "demands": said(list_of("demand"), "of the other policy, in the order of its file"),
                "back": said(list_of("back"), "of the one policy's provisions those that were held against the other"),
                "provisions": said(list_of("provision"), "every one that is named, apart from rows of the other"),
            }
        ),
        "$defs": {
            **{name: shared[name] for name in ("instant", "bilingual", "choice", "clause")},
            "side": object_of({**_POLICY, "readings": list_of("choice")}),
            "demand": object_of(
                {
                    "provision": TEXT,
                    "relation": said(or_null(one_of(Relation)), "of the one policy to it; null where that stays open"),
                    **_found(),
                    "never_applies": said(FLAG, "it applies nowhere under what is taken as settled"),
                    "beyond": said(TEXTS, "provisions of the one policy about its act that the other does not meet"),
                }
            ),
            "back": object_of(
                {"provision": TEXT, "finding": one_of(Finding), "counterexample": or_null(ref("counterexample"))}
            ),
            "provision": norm_schemas()["provision"],
            **_cases(),
            **region_schemas(),
        },
    }


def strictness_range_schema() -> Schema:
    """Return the JSON Schema of an answer under every reading as `strictness_range_json` writes it."""
    shared = assessment_parts()
    verdict = said(one_of(Verdict), "under how many ways of reading it is met")
    return {
        "$schema": DRAFT,
        "title": "Whether one policy is at least as strict as another, however both are read",
        **object_of(
            {
                "schema": {"const": STRICTNESS_RANGE},
                **dict.fromkeys(("one", "other"), object_of(_POLICY)),
                "given": _GIVEN,
                "verdict": verdict,
                "demands": {
                    "type": "array",
                    "items": object_of({"provision": TEXT, "verdict": verdict, "leaves": list_of("leaf")}),
                },
            }
        ),
        "$defs": {
            **{name: shared[name] for name in ("instant", "bilingual")},
            "leaf": said(
                object_of(
                    {
                        **dict.fromkeys(("one", "other"), list_of("options")),
                        "demand": said(or_null(object_of(_found())), "null where it is not demanded then"),
                    }
                ),
                "ways of reading that come to the same; readings that are not named make no difference",
            ),
            "options": object_of({"reading": TEXT, "options": TEXTS}),
            **_cases(),
            **region_schemas(),
        },
    }


def _found() -> dict[str, Schema]:
    shortfalls: Schema = {"type": "array", "items": _names(Shortfall)}
    where = {
        "region": ref("region"),
        "short": said(shortfalls, "in what it is not met there, from one trigger or another"),
        "covered": said(FLAG, "whether it is met there, from one trigger or another"),
    }
    return {
        "finding": one_of(Finding),
        "where": said(
            {"type": "array", "items": object_of(where)},
            "among the cases in which it applies; regions exclude each other",
        ),
        "missing": said(or_null(one_of(Relation)), "how nothing is there, where nothing is"),
        "announced_only": said(FLAG, "met for the time whose holidays are announced"),
        "counterexample": or_null(ref("counterexample")),
    }


def _cases() -> Schema:
    return {
        "counterexample": object_of(
            {
                "case": said({"type": "object"}, "a case file, with the instant at which it is judged"),
                "shortfall": _names(Shortfall),
                "found": said(_names(Degree), "by the policy whose demand it is"),
                "instead": said(_names(Degree), "by the other"),
                "duty": ref("row"),
                "rows": list_of("row"),
            }
        ),
        "row": object_of(
            {
                "provision": TEXT,
                "instance": or_null(TEXT),
                "status": one_of(Status),
                "due": or_null(ref("instant")),
                "due_inclusive": or_null(FLAG),
            }
        ),
    }


def _names(kind: type[IntEnum]) -> Schema:
    return {"enum": [each.name.lower() for each in kind]}
