"""The JSON Schema of what `mutation_json` writes."""

from __future__ import annotations

from policyengine.checks.examples.example import Subject
from policyengine.checks.mutation.operators.every import OPERATORS
from policyengine.checks.mutation.sites import Section
from policyengine.checks.mutation.verdict import Fate
from policyengine.report.mutation.as_json import MUTATION
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

_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 100}
_POSITION: Schema = {"type": "integer", "minimum": 1}


def mutation_schema() -> Schema:
    """Return the JSON Schema of what became of the mutants of policies."""
    parts = assessment_parts()
    return {
        "$schema": DRAFT,
        "title": "Which slips of the pen in policies their examples notice",
        **object_of({"schema": {"const": MUTATION}, "policies": list_of("policy")}),
        "$defs": {name: parts[name] for name in ("bilingual", "choice")} | _own(),
    }


def _own() -> dict[str, Schema]:
    operator: Schema = {"enum": [each.id for each in OPERATORS]}
    tally = {
        "score": said(
            or_null(_SHARE), "killed of killed, survived and unsettled, in percent; null where there is none"
        ),
        "counts": object_of(dict.fromkeys(map(str, Fate), COUNT)),
    }
    return {
        "policy": object_of(
            {
                "id": TEXT,
                "title": ref("bilingual"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "questions": said(COUNT, "questions of examples that the policy answers"),
                "failing": said(list_of("kill"), "what fails as the policy stands; then no mutant was tried"),
                **tally,
                "minimum": said(or_null(_SHARE), "the score that is asked for"),
                "below": FLAG,
                "by_part": _list({"part": TEXT, **tally}),
                "by_operator": _list({"operator": operator, **tally}),
                "mutants": list_of("mutant"),
                "idle": said(TEXTS, "accepted mutants that are not alive, or not there"),
            }
        ),
        "mutant": _mutant(operator),
        "kill": object_of(
            {
                "file": TEXT,
                "example": TEXT,
                "ask": said(TEXT, "which question of the example; empty where it has one"),
                "subject": said(or_null(one_of(Subject)), "null where the case is refused"),
                "name": or_null(TEXT),
                "keys": said(TEXTS, "what came out otherwise"),
            }
        ),
        "span": said(
            object_of({"file": TEXT, **dict.fromkeys(("line", "column", "end_line", "end_column"), _POSITION)}),
            "characters, counted from 1; the end is exclusive",
        ),
    }


def _mutant(operator: Schema) -> Schema:
    return object_of(
        {
            "id": said(TEXT, "stays the same while the place is called the same"),
            "operator": operator,
            "name": ref("bilingual"),
            "slip": said(ref("bilingual"), "how it comes about"),
            "section": one_of(Section),
            "part": TEXT,
            "path": said({"type": "array", "items": {"type": ["string", "integer"]}}, "within the part"),
            "span": or_null(ref("span")),
            "readings": said(list_of("choice"), "the options under which alone it says another thing"),
            "difference": said(TEXTS, "lines of YAML that are gone (-) and new (+)"),
            "fate": one_of(Fate),
            "killed_by": or_null(ref("kill")),
            "accepted": said(or_null(TEXT), "the reason why it is left alive"),
            "example": said(or_null({"type": "object"}), "an example that notices it, as its file has it"),
            "file": said(or_null(TEXT), "the file that such an example is written to"),
        }
    )


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": object_of(properties)}
