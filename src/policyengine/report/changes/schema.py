"""The JSON Schema of what `changes_json` writes."""

from __future__ import annotations

from policyengine.analysis.change_effects import Direction
from policyengine.analysis.change_scope import Kind
from policyengine.analysis.change_words import WordsOf
from policyengine.report.changes.as_json import DIFF
from policyengine.report.proof.schema import proof_schema
from policyengine.report.schemas import (
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

_ATOM: Schema = {"type": ["string", "number", "boolean"]}


def changes_schema() -> Schema:
    """Return the JSON Schema of what another version of a policy changes."""
    return {
        "$schema": DRAFT,
        "title": "In which cases two versions of a policy answer differently",
        **object_of(
            {
                "schema": {"const": DIFF},
                "old": ref("version"),
                "new": ref("version"),
                "given": said(
                    {
                        "type": "object",
                        "additionalProperties": {"anyOf": [_ATOM, {"type": "array", "items": _ATOM}]},
                    },
                    "facts taken as settled",
                ),
                "answers_change": said(or_null(FLAG), "null where no case was found, and none is ruled out"),
                "changes": said(list_of("change"), "provisions and gaps whose answers change, with cases"),
                "unsettled": said(list_of("change"), "those that differ, of which no case was found"),
                "causes": said(
                    _list({"kind": one_of(Kind), "name": TEXT, "changes": TEXTS, "unsettled": TEXTS}),
                    "what changes several",
                ),
                "defaults": _list({"reading": TEXT, "old": TEXT, "new": TEXT}),
                "options": _list(
                    {
                        "reading": TEXT,
                        "option": TEXT,
                        "in_old": FLAG,
                        "in_new": FLAG,
                        "chosen": said(FLAG, "what the version that alone has it is read under"),
                        "changes": said(TEXTS, "answered otherwise under it, with a case"),
                        "unsettled": TEXTS,
                    }
                ),
                "renamed": _list({"old": TEXT, "new": TEXT}),
                "words": said(
                    _list({"of": one_of(WordsOf), "id": TEXT, "keys": TEXTS, "added": or_null(FLAG)}),
                    "what differs without changing any answer",
                ),
            }
        ),
        "$defs": {**assessment_parts(), **_regions(), **_own()},
    }


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": object_of(properties)}


def _own() -> Schema:
    return {
        "version": object_of(
            {
                "id": TEXT,
                "title": ref("bilingual"),
                "digest": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "readings": list_of("choice"),
            }
        ),
        "change": object_of(
            {
                "kind": one_of(Kind),
                "id": said(TEXT, "in the new version, or in the old one if the new lacks it"),
                "title": or_null(ref("bilingual")),
                "in_old": FLAG,
                "in_new": FLAG,
                "direction": said(or_null(one_of(Direction)), "of all cases taken together; null without cases"),
                "edits": said(TEXTS, "the keys in which the two differ by more than words"),
                "through": said(_list({"kind": one_of(Kind), "name": TEXT}), "what else differs that it looks at"),
                "clauses": TEXTS,
                "gained": said(list_of("region"), "where only the new version applies"),
                "lost": said(list_of("region"), "where only the old version applies"),
                "never_looser": said(FLAG, "proved, as long as the facts stay as they are"),
                "never_stricter": said(FLAG, "likewise"),
                "cases": list_of("case"),
            }
        ),
        "case": object_of(
            {
                "direction": one_of(Direction),
                "case": said({"type": "object"}, "a case file, with the instant at which it is judged"),
                "before": _rows(),
                "after": _rows(),
            }
        ),
    }


def _rows() -> Schema:
    return {"type": "array", "items": {"anyOf": [ref("duty"), ref("gap")]}}


def _regions() -> Schema:
    """Return the parts that tell of regions, as a proof has them."""
    parts = proof_schema()["$defs"]
    return {name: part for name, part in parts.items() if name in {"region", "cell"}} if isinstance(parts, dict) else {}
