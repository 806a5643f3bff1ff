"""Machine code and plain loops are the same functions, and say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest

from policyengine.engine.columns import chunk_of, layout
from policyengine.engine.columns.chunk import Judged
from policyengine.engine.columns.judging import judge, judged_by
from policyengine.engine.columns.loops.driving import drive
from policyengine.engine.columns.native import compiled, driver, installed
from policyengine.errors import CaseError
from tests.support.cases import examples, policy_named

if TYPE_CHECKING:
    from policyengine.engine.columns import Chunk, Layout
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant

needs_numba = pytest.mark.skipif(not installed(), reason="there is no Numba to compile with")


def _chunk(laid: Layout) -> Chunk:
    """Return every worked case of the layout's policy in one chunk."""
    asked: list[tuple[Case, Instant]] = []
    for example in examples():
        for ask in example.asks:
            policies = {example.bench.policies[each].id for each in ask.policies}
            if laid.policy.id in policies and ask.case.scope == laid.scope and _fits(laid, ask.case, ask.as_of):
                asked.append((ask.case, ask.as_of))
    assert asked
    return chunk_of(laid, asked)


def _fits(laid: Layout, case: Case, as_of: Instant) -> bool:
    try:
        chunk_of(laid, [(case, as_of)])
    except CaseError:
        return False  # it is about several policies, and has names that this one does not know
    return True


@needs_numba
@pytest.mark.parametrize("name", ["changzhi", "hubei", "meihekou", "xincheng", "anshan"])
@pytest.mark.parametrize("scope", ["case", "agency"])
def test_machine_code_says_what_plain_loops_say(name: str, scope: Literal["case", "agency"]) -> None:
    laid = layout(policy_named(name), scope=scope)
    chunk = _chunk(laid)
    plain, native = judged_by(drive, laid, chunk), judged_by(compiled(), laid, chunk)
    for field in Judged.__slots__:
        if field != "bearer":
            assert np.array_equal(getattr(plain, field), getattr(native, field)), field
    assert plain.bearer.keys() == native.bearer.keys()
    assert all(np.array_equal(plain.bearer[row], native.bearer[row]) for row in plain.bearer)


def test_without_numba_the_plain_loops_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyengine.engine.columns.native.find_spec", lambda _: None)
    assert driver() is drive
    laid = layout(policy_named("changzhi"))
    assert not judge(laid, _chunk(laid)).left.all()
