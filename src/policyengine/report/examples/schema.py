"""The JSON Schema of a run of examples as `finished_json` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Subject
from policyengine.report.examples.as_json import FINISHED
from policyengine.report.schemas import (
    COUNT,
    DRAFT,
    FLAG,
    TEXT,
    Schema,
    diagnostics_schema,
    list_of,
    object_of,
    one_of,
    or_null,
    ref,
    said,
)

if TYPE_CHECKING:
    from policyengine.report.json_values import Json


_OTHER: Schema = {"type": ["object", "null"]}


def finished_schema() -> Schema:
    """Return the JSON Schema of a run of examples."""
    shared = diagnostics_schema()["$defs"]
    return {
        "$schema": DRAFT,
        "title": "What became of examples",
        **object_of(
            {
                "schema": {"const": FINISHED},
                "examples": COUNT,
                "questions": COUNT,
                "expectations": COUNT,
                "failed": COUNT,
                "outcomes": list_of("outcome"),
                "diagnostics": said(list_of("diagnostic"), "what is wrong with files; what they hold was not checked"),
                "coverage": said(_OTHER, "as `policyengine schema coverage` describes it; null unless asked for"),
                "mutation": said(_OTHER, "as `policyengine schema mutation` describes it; null unless asked for"),
            }
        ),
        "$defs": {**(shared if isinstance(shared, dict) else {}), **_own()},
    }


def _own() -> dict[str, Json]:
    value: Schema = {"type": ["string", "number", "boolean", "null", "array", "object"]}
    return {
        "outcome": object_of(
            {
                "id": said(TEXT, "what tells it from every other expectation"),
                "file": TEXT,
                "case": TEXT,
                "question": said(or_null(TEXT), "which question of the example, where it asks several"),
                "as_of": TEXT,
                "policy": said(or_null(TEXT), "null where it is about the worklist of all policies"),
                "subject": one_of(Subject),
                "name": said(TEXT, "the provision, the gap, or the act of an entry of the worklist"),
                "instance": or_null(TEXT),
                "span": or_null(ref("span")),
                "passed": FLAG,
                "differences": list_of("difference"),
            }
        ),
        "difference": object_of(
            {
                "key": said(TEXT, "a key of the file; or `row`, `absent`, `order`"),
                "said": said(FLAG, "whether the file says anything about the key"),
                "wanted": value,
                "found": value,
                "span": or_null(ref("span")),
            }
        ),
    }
