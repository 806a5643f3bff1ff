"""SARIF held against the schema that is published for it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

_SCHEMA = Path(__file__).parent / "published" / "sarif-2.1.0-rtm.5.json"


@cache
def _validator() -> Draft4Validator:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def sarif_faults(text: str) -> list[str]:
    """Return where *text* is no SARIF 2.1.0, each fault in a line."""
    return [f"{each.json_path}: {each.message}" for each in _validator().iter_errors(json.loads(text))]


def sarif_run(text: str) -> dict[str, Any]:
    """Return the only run of *text*, which has no fault."""
    assert sarif_faults(text) == []
    (run,) = json.loads(text)["runs"]
    found: dict[str, Any] = run
    return found
