"""durable-rules (Rete in C): the case is a fact of a session of its own, and each rule notes that it matched."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import count
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, asked, finish, flat
from benchmarks.workload.words import LOUD, REACH
from policyengine.wording import Wording

_NAME = "policy"


def _conditions(m: Any) -> dict[int, Any]:  # noqa: ANN401 - the library's own builder of conditions
    grave = (m.severity == "major") | (m.severity == "extraordinary")
    detected, classified = m.detected > 0, m.classified > 0
    return {
        1: detected,
        2: detected,
        3: detected & (m.wide == True),  # noqa: E712 - a condition is built
        4: classified & grave,
        5: classified & grave,
        6: classified & grave,
        7: classified & grave,
        8: classified & (m.severity != "major") & (m.severity != "extraordinary"),
        9: classified & (m.other_agency == True),  # noqa: E712 - likewise
        10: detected & (m.illegal_rumour == True),  # noqa: E712 - likewise
        11: detected & (m.report_required == True),  # noqa: E712 - likewise
    }


def _noting(matched: list[int], rule: int) -> Callable[[object], None]:
    """Return what the engine calls upon a match; it tells rules apart by this function's name."""

    def note(_: object) -> None:
        matched.append(rule)

    note.__name__ = f"rule_{rule}"
    return note


def make() -> OneCase:
    """Return the peer."""
    durable = import_module("durable.lang")
    matched: list[int] = []
    numbers = count(1)
    with durable.ruleset(_NAME):
        for rule, condition in _conditions(durable.m).items():
            durable.when_all(condition)(_noting(matched, rule))

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        matched.clear()
        session = str(next(numbers))
        fact = asked(facts) | {"sid": session, "id": session}
        # A disjunction over several fields fires its rule once for each of them that holds, so it is given as a fact.
        fact["wide"] = facts["reach"] >= REACH or facts["channel"] in LOUD or facts["vital_interests"]
        durable.assert_fact(_NAME, fact)
        durable.retract_fact(_NAME, fact)
        durable.delete_state(_NAME, session)
        return finish(facts, sorted(matched))

    what = Wording("durable-rules（C，Rete），每案一个会话", "durable-rules (Rete in C), a session for each case")
    return OneCase(Mode.MATCH, what, call, packages=("durable-rules",))
