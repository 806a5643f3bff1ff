"""The JSON Schemas of the files beside an audit: baselines, which are written here, and waivers, which people write."""

from __future__ import annotations

from typing import Any

from policyengine.checks.audit.baseline import KINDS, MOST_KNOWN, VERSION, Known
from policyengine.checks.audit.waivers import WaiverFile
from policyengine.loading.schema_parts import closed

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": ["string", "null"]}
_ABOUT = ("case", "policy", "provision")


def baseline_schema() -> Schema:
    """Return the JSON Schema of a baseline."""
    finding: dict[str, dict[str, object]] = {
        **dict.fromkeys(("case", "policy", "subject", "instance", "at"), _TEXT),
        "kind": {"enum": [each.value for each in KINDS]},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
    findings = {"type": "array", "maxItems": MOST_KNOWN, "items": closed(finding, Known._fields)}
    properties: dict[str, dict[str, object]] = {"baseline": {"const": VERSION}, "findings": findings}
    title = "The findings of an audit that are known from before"
    return {"$schema": _DRAFT, "title": title, **closed(properties, properties)}


def waivers_schema() -> Schema:
    """Return the JSON Schema of a file of waivers."""
    found = WaiverFile.model_json_schema()
    entry = found["$defs"]["WaiverEntry"]
    # `null` is refused as it is in every file that people write: what is left out is left out.
    entry["properties"] |= {name: _given(entry["properties"][name]) for name in _ABOUT}
    kind = entry["properties"]["kinds"]["items"]
    entry["properties"]["kinds"] = {"anyOf": [kind, {"type": "array", "items": kind, "minItems": 1}]}
    entry["anyOf"] = [{"required": [name]} for name in _ABOUT]
    return {"$schema": _DRAFT, **found, "title": "Waivers: who lets what stand, why, and until when"}


def _given(property_: Schema) -> Schema:
    """Return the schema of a value that may be left out, without the `null` that stands for that in the model."""
    found: Schema = next(each for each in property_["anyOf"] if each.get("type") != "null")
    return found
