"""A case written to a file reads back as the same case, whatever it holds."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.report.case_files import case_file, case_json
from policyengine.temporal.zone import Zone
from policyengine.testing import strategies

GOOD = Path(__file__).parents[2] / "policies" / "good"
POLICIES = {name: pe.load(GOOD / f"{name}.yaml") for name in ("occurrences", "prohibitions")}
CASES = {name: strategies.cases(policy, amended=True) for name, policy in POLICIES.items()}
CHARACTERS = st.characters(  # those that a file may hold
    exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff", include_characters="\t\n\r\x85"
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS | st.lists(TEXTS | NUMBERS, max_size=3).map(tuple)
ZONES = tuple(map(Zone, ("Asia/Shanghai", "UTC", "America/St_Johns")))
LOG = [
    pe.Event(id="1", type="opened", at="2025-05-06T10:00:00.000001Z", recorded_at="2025-05-07T10:00:00Z", note="二\n#"),
    pe.Event(id="2", type="alarm", at="2025-05-06T11:00:00Z", sets={"risk": None}, attributes={"sender": ("a", 1)}),
    pe.Event(id="3", type="tell", at="2025-05-06T11:00:00Z", by="owner", to=["keeper", "owner"], partial=True),
    pe.Event(id="4", type="alarm", at="2025-05-06T12:00:00Z", corrects="2"),
    pe.Event(id="5", retracts="1", recorded_at="2025-05-08T10:00:00Z"),
]
FULL = pe.Case(
    id="no",
    title="一件: 'a'",
    facts={"level": "low", "tags": ["fire"], "injured": 1.5, "urgent": False, "place": None},
    events=LOG,
    scope="agency",
    policies=("workshop", "../mine.yaml"),
    as_of="2025-05-06T12:00:00Z",
    known_at="2025-05-07T12:00:00Z",
    known_until="2025-05-06T11:30:00Z",
)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_nothing_of_a_case_is_lost(zone: Zone) -> None:
    assert pe.Case.from_text(case_file(FULL, zone)) == FULL
    # Were a field added to either, this case would have to hold it too.
    assert all(getattr(FULL, each.name) for each in fields(FULL) if each.compare)
    assert all(any(getattr(event, each.name) for event in LOG) for each in fields(pe.Event) if each.compare)


@pytest.mark.parametrize("name", POLICIES)
@given(st.data())
def test_what_is_generated_reads_back(name: str, data: st.DataObject) -> None:
    case, zone = data.draw(CASES[name]), data.draw(st.sampled_from(ZONES))
    as_of = data.draw(st.none() | strategies.instants(POLICIES[name]))
    case = replace(case, id=data.draw(TEXTS), title=data.draw(st.none() | TEXTS), as_of=as_of)
    case = replace(case, facts={**case.facts, "any": data.draw(VALUES)})
    assert pe.Case.from_text(case_file(case, zone, head=data.draw(st.lists(TEXTS, max_size=2)))) == case


def test_only_what_is_said_is_written() -> None:
    case = pe.Case(id="c", events=[pe.Event(id="e", type="opened", at="2025-05-06T10:00:00Z")])
    event = {"id": "e", "type": "opened", "at": "2025-05-06T18:00:00+08:00"}
    assert case_json(case, ZONES[0]) == {"case": "c", "facts": {}, "events": [event]}


def test_a_single_policy_is_no_list() -> None:
    assert case_json(pe.Case(id="c", policies=("a",)), ZONES[0])["policy"] == "a"
    assert case_json(pe.Case(id="c", policies=("a", "b")), ZONES[0])["policy"] == ["a", "b"]


def test_comments_stay_comments() -> None:
    text = case_file(pe.Case(id="c"), ZONES[0], head=["one\ncase: two", "\x07"])
    assert text.splitlines()[:2] == ["# one case: two", r"# \x07"]
    assert pe.Case.from_text(text) == pe.Case(id="c")
