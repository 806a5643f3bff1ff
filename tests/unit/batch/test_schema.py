"""The schema of a map of columns takes what a batch reads of it, and refuses what a batch refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.batch.columns import read_batch_columns
from policyengine.batch.schema import batch_columns_schema
from policyengine.diagnostics import has_errors

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = jsonschema.Draft202012Validator(batch_columns_schema())


@pytest.mark.parametrize(
    ("text", "good"),
    [
        pytest.param("{}", True, id="nothing"),
        pytest.param('{"cases": {"case": "no", "as_of": "on"}, "columns": {"case": "no"}}', True, id="names"),
        pytest.param('{"cases": {"events": {"found on": "detected"}}}', True, id="events"),
        pytest.param('{"cases": {"facts": {"x": "a", "y": {"name": "b", "many": true}}}}', True, id="facts"),
        pytest.param('{"cases": {"facts": {"x": {"many": true}}}}', False, id="fact without a name"),
        pytest.param('{"cases": {"events": {"found on": "No Name"}}}', False, id="no name"),
        pytest.param('{"cases": {"events": {"found on": {"name": "detected"}}}}', False, id="event with a meaning"),
        pytest.param('{"cases": {"scope": ""}}', False, id="empty name of a column"),
        pytest.param('{"cases": {"type": "x"}}', False, id="unknown column"),
        pytest.param('{"cases": {"case": ["x"]}}', False, id="two columns"),
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, text: str, *, good: bool) -> None:
    path = tmp_path / "columns.json"
    path.write_text(text, encoding="utf-8")
    found, faults = read_batch_columns(path)
    assert SCHEMA.is_valid(json.loads(text)) == good
    assert (found is not None and not has_errors(faults)) == good, faults
