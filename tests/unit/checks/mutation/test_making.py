"""Mutants as policies: the short way comes to what loading the whole document anew comes to."""

from __future__ import annotations

from dataclasses import fields

import pytest

import policyengine as pe
from policyengine.checks.mutation.making import Maker
from policyengine.checks.mutation.mutants import mutants
from policyengine.checks.mutation.sites import Section
from policyengine.loading.policy import load_policy
from tests.support.mutants import GOOD

FILES = tuple(sorted(each.stem for each in GOOD.glob("*.yaml") if each.stem != "sample"))
_COMPARED = tuple(each.name for each in fields(pe.Policy) if each.name not in {"digest", "document"})


@pytest.mark.parametrize("name", FILES)
def test_the_short_way_is_the_loader_s(name: str) -> None:
    """One mutant of each slip is loaded both ways: loading a document takes its time."""
    policy = load_policy(GOOD / f"{name}.yaml")
    maker = Maker(policy, GOOD)
    of_each = {each.operator: each for each in mutants(policy) if each.part.section is Section.PROVISION and each.after}
    for each in of_each.values():
        short, whole = maker.made(each), maker.loaded(each)
        assert (short is None) is (whole is None), each.id
        if short is not None and whole is not None:
            assert [key for key in _COMPARED if getattr(short, key) != getattr(whole, key)] == [], each.id


def test_what_is_left_out_is_there_no_more() -> None:
    policy = load_policy(GOOD / "prohibitions.yaml")
    for each in mutants(policy):
        if each.after is None:
            found = Maker(policy, GOOD).made(each)
            assert found is not None
            assert found.id == policy.id
            provisions = {node.id for one in found.provisions for node in one.nodes()}
            gaps = {node.id for one in found.gaps for node in one.nodes()}
            assert each.part.name not in provisions | gaps


def test_no_two_mutants_are_one_policy() -> None:
    policy = load_policy(GOOD / "tables.yaml")
    made = [Maker(policy, GOOD).made(each) for each in mutants(policy)]
    digests = [each.digest for each in made if each is not None]
    assert len(digests) == len({*digests, policy.digest}) - 1
    assert all(len(each) == len(policy.digest) for each in digests)
