"""The schema of a map of columns takes what the loader takes, and refuses what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.diagnostics import has_errors
from policyengine.loading.logs.columns import read_columns
from policyengine.loading.logs.schema import columns_schema

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = jsonschema.Draft202012Validator(columns_schema())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{}", id="nothing"),
        pytest.param('{"columns": {"case": "no", "sets": {"grade": "severity"}}}', id="names"),
        pytest.param('{"columns": {"facts": {"x": {"name": "a", "many": true, "values": {"?": null}}}}}', id="meaning"),
        pytest.param(
            '{"columns": {"facts": {"x": {"name": "a", "type": "text", "values": {"b": [1, 2]}}}}}', id="list"
        ),
        pytest.param('{"columns": {"attributes": {"x": {"many": true}}}}', id="meaning without a name"),
        pytest.param('{"columns": {"what": "x"}}', id="unknown column"),
        pytest.param('{"columns": {"case": ""}}', id="empty name"),
        pytest.param('{"separator": "", "delimiter": ";"}', id="empty separator"),
        pytest.param('{"delimiter": "::"}', id="long delimiter"),
        pytest.param('{"encoding": "gb18030", "booleans": {"y": true}, "types": {"x": "opened"}}', id="words"),
        pytest.param('{"encoding": "latin-1"}', id="encoding"),
        pytest.param('{"booleans": {"y": "yes"}}', id="no truth value"),
        pytest.param('{"types": {"x": "No Name"}}', id="no name"),
        pytest.param('{"ignore": "*"}', id="ignore all"),
        pytest.param('{"ignore": ["a", "b"]}', id="ignore two"),
        pytest.param('{"ignore": [""]}', id="ignore nothing"),
        pytest.param('{"surplus": 1}', id="unknown key"),
    ],
)
def test_schema_and_loader_agree(tmp_path: Path, text: str) -> None:
    path = tmp_path / "columns.json"
    path.write_text(text, encoding="utf-8")
    found, faults = read_columns(path)
    assert SCHEMA.is_valid(json.loads(text)) == (found is not None and not has_errors(faults)), faults
