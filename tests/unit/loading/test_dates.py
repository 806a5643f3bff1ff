"""Days are written as days: no seconds of an epoch, no other spelling."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from tests.support.lab import HERE, policy

TEXT = policy("{id: a, must_not: speak}").document


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"2026-03-02"', None),
        ('"1704067200"', "PE406"),
        ('"20260302"', "PE406"),
        ('"2026-02-30"', "PE403"),
        ('"2026-03-02T00:00:00Z"', "PE406"),
    ],
)
def test_a_version_is_in_force_from_a_day(written: str, code: str | None) -> None:
    text = TEXT.replace('"in_force": {}', f'"in_force": {{"from": {written}}}')
    assert text != TEXT
    loaded, faults = read_policy_text(Source("lab.json", text), beside=HERE)
    assert [each.code for each in faults] == ([] if code is None else [code])
    assert isinstance(loaded, pe.Policy) is (code is None)
