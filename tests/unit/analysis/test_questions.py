"""What is no question about policies is refused by name: nothing is guessed, and nothing silently left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import policyengine as pe
from policyengine.analysis.comparing import UnknownNameError
from policyengine.errors import ReadingError
from tests.support.cases import policy_named

CHANGZHI, HUBEI, NO_61 = (policy_named(each) for each in ("changzhi", "hubei", "state-council-2016-61"))
BOTH = [CHANGZHI, HUBEI]


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        pytest.param(lambda: pe.compare(CHANGZHI), TypeError, "as a list", id="one policy"),  # type: ignore[arg-type]
        pytest.param(lambda: pe.compare(["changzhi"]), TypeError, "load", id="an id"),  # type: ignore[list-item]
        pytest.param(lambda: pe.compare([]), ValueError, "no policy", id="no policy"),
        pytest.param(lambda: pe.compare(BOTH, topics="respond"), TypeError, "'respond'", id="a name, no list"),
        pytest.param(lambda: pe.compare(BOTH, given={"in_remmit": True}), UnknownNameError, "in_remit", id="a fact"),
        pytest.param(lambda: pe.compare(BOTH, given={"in_remit": "yes"}), ValueError, "'yes'", id="a value"),
        pytest.param(lambda: pe.compare(BOTH, given={"matter": "vital"}), ValueError, "vital_int", id="one of a list"),
        pytest.param(lambda: pe.compare(BOTH, readings={"hubai": {}}), ReadingError, "hubai", id="readings of nobody"),
        pytest.param(
            lambda: pe.compare(BOTH, readings="all"),  # type: ignore[arg-type]
            ReadingError,
            "by policy",
            id="all readings of a synopsis",
        ),
        pytest.param(
            lambda: pe.at_least_as_strict(CHANGZHI, HUBEI, acts="respond"), TypeError, "a list", id="an act, no list"
        ),
        pytest.param(
            lambda: pe.at_least_as_strict(CHANGZHI, HUBEI, given={"event_severity": "huge"}),
            ValueError,
            "none, ordinary, larger",
            id="a grade that there is not",
        ),
        pytest.param(
            lambda: pe.at_least_as_strict(CHANGZHI, HUBEI, readings={"anshan": {}}),
            ReadingError,
            "anshan",
            id="readings of a third",
        ),
        pytest.param(
            lambda: pe.prove(CHANGZHI, beside=HUBEI),  # type: ignore[arg-type]
            TypeError,
            "as a list",
            id="one policy beside",
        ),
        pytest.param(lambda: pe.prove(CHANGZHI, given={"x": 1}), UnknownNameError, "fact 'x'", id="prove: a fact"),
        pytest.param(
            lambda: pe.prove(CHANGZHI, readings="all"),  # type: ignore[arg-type]
            ReadingError,
            "by name",
            id="prove: all readings",
        ),
        pytest.param(
            lambda: pe.diff(CHANGZHI, CHANGZHI, given={"x": 1}), UnknownNameError, "fact 'x'", id="diff: a fact"
        ),
        pytest.param(
            lambda: pe.diff(CHANGZHI, CHANGZHI, readings="all"),  # type: ignore[arg-type]
            ReadingError,
            "by name",
            id="diff: all readings",
        ),
    ],
)
def test_what_is_no_question_is_refused(ask: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        ask()


def test_the_same_policy_twice_counts_once() -> None:
    assert len(pe.compare([CHANGZHI, CHANGZHI, NO_61], topics=["response"]).sides) == 2


def test_two_different_policies_of_one_id_are_not_laid_side_by_side() -> None:
    other = pe.load(pe.dump(CHANGZHI).replace("hours: 48", "hours: 24"))
    with pytest.raises(ValueError, match="two different policies"):
        pe.compare([CHANGZHI, other])
    assert pe.at_least_as_strict(other, CHANGZHI, acts=["respond"]).holds is True


def test_given_facts_may_be_lists_and_may_be_not_known() -> None:
    found = pe.compare(BOTH, topics=["response"], given={"matter": ("vital_interests",), "in_remit": None})
    assert dict(found.given) == {"matter": ("vital_interests",), "in_remit": None}
