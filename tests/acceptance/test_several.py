"""The merged worklists of the cases that are under several policies at once (S31)."""

from __future__ import annotations

import pytest

from policyengine.checks.examples.example import Subject
from tests.support.cases import Example, examples

EXAMPLES = tuple(examples("several"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_file_says_what_the_worklist_holds_and_what_conflicts(example: Example) -> None:
    subjects = {each.subject for each in example.expected}
    assert {Subject.WORKLIST, Subject.CONFLICTS} <= subjects


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_whatever_is_owed_stands_in_one_entry(example: Example) -> None:
    answers = example.answers()
    listed = [(claim.policy, claim.duty) for entry in answers.worklist().entries for claim in entry.claims]
    owed = [(answer.policy, duty) for answer in answers for duty in answer.required_actions()]
    assert sorted(map(repr, listed)) == sorted(map(repr, owed))
