"""The merged worklists of the cases that are under several policies at once (S31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import policyengine as pe
from tests.support.cases import Example, examples

EXAMPLES = tuple(examples("several"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_worklist_is_as_worked(example: Example) -> None:
    entries = example.answers().worklist(same=example.same).entries
    places = []
    for wanted in example.worklist:
        found = [place for place, entry in enumerate(entries) if _is(entry, wanted)]
        assert len(found) == 1, wanted
        assert shown(entries[found[0]]) == {**shown(entries[found[0]]), **instants(wanted)}
        places += found
    assert places == sorted(places), "the entries come in another order"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_conflicts_are_as_worked(example: Example) -> None:
    conflicts = example.answers().worklist(same=example.same).conflicts
    found = [{"owed": clauses(each.owed), "forbidden": clauses(each.forbidden)} for each in conflicts]
    assert found == [{key: each[key] for key in ("owed", "forbidden")} for each in example.conflicts]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_whatever_is_owed_stands_in_one_entry(example: Example) -> None:
    answers = example.answers()
    listed = [(claim.policy, claim.duty) for entry in answers.worklist().entries for claim in entry.claims]
    owed = [(answer.policy, duty) for answer in answers for duty in answer.required_actions()]
    assert sorted(map(repr, listed)) == sorted(map(repr, owed))


def _is(entry: pe.Entry, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(entry, key) == wanted.get(key) for key in ("act", "bearer", "to"))


def shown(entry: pe.Entry) -> dict[str, object]:
    return {
        "act": entry.act,
        "bearer": entry.bearer,
        "to": entry.to,
        "must": None if entry.must is None else entry.must.due,
        "should": None if entry.should is None else entry.should.due,
        "clauses": clauses(entry.claims),
    }


def instants(wanted: Mapping[str, Any]) -> dict[str, object]:
    moments = {key: pe.Instant.parse(wanted[key]) for key in ("must", "should") if wanted.get(key) is not None}
    return {**{key: value for key, value in wanted.items() if key != "why"}, **moments}


def clauses(claims: tuple[pe.Claim, ...]) -> list[str]:
    return [clause for each in claims for clause in each.clauses]
