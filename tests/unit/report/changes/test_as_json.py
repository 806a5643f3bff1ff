"""What another version changes, as JSON: as its schema says, and each case as a file that can be judged."""

from __future__ import annotations

import json

import jsonschema
import pytest

import policyengine as pe
from policyengine.analysis.changes import diff
from policyengine.report.changes.as_json import changes_json
from policyengine.report.changes.case_files import case_files
from policyengine.report.changes.schema import changes_schema
from tests.support.versions import AMENDMENT, Edit, other_bearer, put, versions


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(changes_schema())


@pytest.mark.parametrize(
    ("name", "edits"),
    [
        pytest.param("changzhi", AMENDMENT, id="an amendment"),
        pytest.param("hubei", (other_bearer,), id="a table"),
        pytest.param("changzhi", (), id="nothing"),
    ],
)
def test_it_is_as_the_schema_says(name: str, edits: tuple[Edit, ...]) -> None:
    changes = diff(*versions(name, *edits))
    value = json.loads(changes_json(changes))
    jsonschema.validate(value, changes_schema())
    assert value["answers_change"] is bool(edits)
    assert [each["id"] for each in value["changes"]] == [each.name for each in changes.changed]
    assert all(each["cases"] for each in value["changes"])


def test_a_change_has_both_rows() -> None:
    old, new = versions("changzhi", put("leads-to-police", bearer="bureau_office"))
    (change,) = json.loads(changes_json(diff(old, new)))["changes"]
    (case,) = change["cases"]
    assert (change["direction"], change["edits"], change["through"]) == ("other", ["bearer"], [])
    before, after = case["before"], case["after"]
    assert [each["bearer"]["id"] for each in (*before, *after)] == ["responsible_unit", "bureau_office"]


def test_every_file_shows_what_it_is_about() -> None:
    old, new = versions("changzhi", *AMENDMENT)
    changes = diff(old, new)
    files = dict(case_files(changes, ("old.yaml", "new.yaml")))
    assert len(files) == sum(len(each.shown) for each in changes.changed)
    for (name, text), (change, shown) in zip(
        files.items(), [(each, shown) for each in changes.changed for shown in each.shown], strict=True
    ):
        assert text.startswith(f"# {change.name}: {shown.direction.value}\n# policyengine evaluate {name} ")
        case = pe.Case.from_text(text)
        assert case.as_of is not None
        for policy, answer in ((old, shown.before), (new, shown.after)):
            again = pe.evaluate(policy, case, as_of=case.as_of)
            assert (again.duties, again.gaps) == (answer.duties, answer.gaps)
