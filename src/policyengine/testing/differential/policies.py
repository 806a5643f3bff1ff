"""Where policies come from: generated ones, packaged ones as they are, and packaged ones misprinted in a few places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.api import load, packaged
from policyengine.checks.mutation.mutants import mutants
from policyengine.checks.mutation.sites import put
from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source
from policyengine.testing.differential.pointing import pointed
from policyengine.testing.strategies import policies as generated

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.checks.mutation.sites import Plain
    from policyengine.model.policy import Policy

_MOST_SLIPS = 3


def misprints(policy: Policy) -> SearchStrategy[Policy]:
    """Return *policy* with up to three slips of the pen in different parts; as it is where the loader refuses those."""

    @cache
    def slips() -> SearchStrategy[list[Mutant]]:
        known = tuple(each for each in mutants(policy) if each.after is not None)
        return st.lists(st.sampled_from(known), min_size=1, max_size=_MOST_SLIPS, unique_by=_part)

    @st.composite
    def misprint(draw: DrawFn) -> Policy:
        written = tuple(accumulate(draw(slips()), _put, initial=json.loads(policy.document)))
        return next((found for each in reversed(written[1:]) if (found := _read(each)) is not None), policy)

    return misprint()


def _part(mutant: Mutant) -> tuple[object, ...]:
    return mutant.part.place


def _put(document: Mapping[str, Plain], mutant: Mutant) -> Mapping[str, Plain]:
    changed = put(document, mutant.part.place, mutant.after)
    if not isinstance(changed, Mapping):  # pragma: no cover - no mutant is of the whole document
        raise TypeError
    return changed


def _read(document: Mapping[str, Plain]) -> Policy | None:
    return read_policy_text(Source("misprint.json", json.dumps(document, ensure_ascii=False)))[0]


@cache
def every_source() -> tuple[SearchStrategy[Policy], ...]:
    """Return a strategy after the other: generated policies, those that are pointed, packaged ones, misprints."""
    return tuple(_taking_turns(tuple(map(load, packaged()))))


def _taking_turns(known: Sequence[Policy]) -> Iterator[SearchStrategy[Policy]]:
    made, sharp = generated(known[0].vocabulary), pointed(known[0].vocabulary)
    for each in known:
        yield from (made, sharp, st.just(each), sharp, misprints(each))
