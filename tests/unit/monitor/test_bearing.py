"""What bears on an answer is what policies name: no event that does is left out, and none is kept that does not."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.monitor.bearing import bearing
from policyengine.testing import names


@pytest.mark.parametrize("name", pe.packaged())
def test_it_is_what_the_policy_names(name: str) -> None:
    policy = pe.load(name)
    found = bearing((policy,))
    assert found.types == set(policy.vocabulary.event_types) - set(names.irrelevant_events(policy))
    assert found.facts == set(names.used_facts(policy))


def test_several_policies_look_at_what_either_does() -> None:
    first, second = pe.load("changzhi"), pe.load("hubei")
    both = bearing((first, second))
    assert both.types == bearing((first,)).types | bearing((second,)).types
    assert both.facts == bearing((first,)).facts | bearing((second,)).facts
