"""Generated policies pointed at what evaluators get wrong: graded facts that decide about limits (S17-S28).

What `strategies.policies` makes has room for everything, so that little of it meets. Here most provisions wait for the
same event, ask one ordered fact, and owe related acts within lengths that cap one another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from hypothesis import strategies as st

from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source
from policyengine.model.deadline import Regrading
from policyengine.testing.policies import document

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import Vocabulary

One = TypeVar("One")
Node = dict[str, object]
Plain = Mapping[str, object]

_OWED = ("must", "should")
_TIES = ("every", "standing", "deadline", "late", "reading", "may", "must_not", *_OWED)
_ORDERS = ("at_least", "at_most", "more_than", "less_than")
_ELAPSED: tuple[Plain, ...] = (
    {"hours": 48},
    {"hours": 24},
    {"hours": 2},
    {"minutes": 30},
    {"hours": 5},
    {"hours": 24, "counted": "next_full_hour"},
)
_DAYS: tuple[Plain, ...] = (
    {"days": 1},
    {"days": 3},
    {"working_days": 1},
    {"working_days": 3},
    {"working_days": 5},
    {"months": 1},
)
_PERIODS: tuple[object, ...] = (
    "day",
    "working_day",
    "week",
    {"at": ["09:00", "17:00"]},
    {"at": ["02:30"]},
    {"since_last_act": {"hours": 4}},
    {"since_last_act": {"days": 1}},
)
_ENDS = ("17:30", "02:30")


def pointed(vocabulary: Vocabulary, *, beside: Path | None = None) -> SearchStrategy[Policy]:
    """Return policies in the words of *vocabulary*, which has an ordered fact, an event and an act.

    Args:
        vocabulary: the words.
        beside: the folder whose `vocabulary/` holds it; the packaged ones need none.
    """

    @st.composite
    def policy(draw: DrawFn) -> Policy:
        plain = document(draw, vocabulary)
        chance = draw(st.randoms(use_true_random=True))
        for made in (_Pointing(vocabulary, chance).at(plain), plain):
            found, _ = read_policy_text(Source("pointed.json", json.dumps(made, ensure_ascii=False)), beside)
            if found is not None:
                return found
        raise AssertionError("generated documents load")  # pragma: no cover - they are sound by construction

    return policy()


class _Pointing:
    """Writes one document anew; *chance* decides everything."""

    def __init__(self, words: Vocabulary, chance: Random) -> None:
        self._words, self._chance = words, chance
        ordered = [name for name, kind in words.facts.items() if kind.scale is not None]
        self._fact = chance.choice(ordered or list(words.facts))
        self._start = chance.choice(tuple(words.events or words.acts))
        act = chance.choice(tuple(words.acts))
        self._acts = (act, act, *words.kinds(act))

    def at(self, plain: Node) -> Node:
        """Return the document pointed at the fact."""
        provisions = cast("list[Plain]", plain["provisions"])
        modes = {way: self._chance.choice(tuple(Regrading)).value for way in ("up", "down", "other")}
        counting: Node = {"regrading": modes, **self._maybe("hours", "next_full_hour")}
        if self._rarely(3):
            counting["days"] = {**self._maybe("roll", "next_working_day"), **self._maybe("ends", self._one(_ENDS))}
        written = [self._provision(each) for each in provisions]
        # Tables would make the fact what others say it is.
        left = {name: each for name, each in plain.items() if name != "tables" or self._rarely(4)}
        return {**left, "counting": counting, "provisions": written}

    def _provision(self, node: Plain) -> Plain:
        strength = next((name for name in _OWED if name in node), "must")
        if "bearer" not in node or self._rarely(4):
            return node
        bare = {name: each for name, each in node.items() if name not in _TIES}
        start = node["upon"] if "upon" in node and self._rarely(5) else self._start
        when = {self._fact: self._test()}
        found = {**bare, "upon": start, "when": when, strength: self._one(self._acts)}
        if self._rarely(5):
            return {**found, "every": self._one(_PERIODS), **self._maybe("waived_by", self._start)}
        return {**found, "deadline": self._deadline()}

    def _test(self) -> object:
        values = self._words.values(self._words.facts[self._fact]) or (True, False)
        value = self._one(values)
        ordered = self._words.facts[self._fact].scale is not None and not self._rarely(4)
        return {self._one(_ORDERS): value} if ordered else value

    def _deadline(self) -> Node:
        if not self._rarely(4):
            return self._single()
        limbs = [self._single() for _ in range(2)]
        if self._rarely(2):
            limbs[0] = {**limbs[0], "when": {self._fact: self._test()}}
        return {self._one(("earliest", "latest")): limbs}

    def _single(self) -> Node:
        of = {"of": self._one(tuple(self._words.event_types))} if self._rarely(5) else {}
        if self._rarely(2):
            length = dict(self._one(_ELAPSED))
            counted = length.pop("counted", None)
            return {"within": length, **of, **({} if counted is None else {"hours": counted})}
        roll = self._maybe("roll", "next_working_day")
        return {"within": dict(self._one(_DAYS)), **of, **roll, **self._maybe("ends", self._one(_ENDS))}

    def _maybe(self, name: str, value: object) -> Node:
        return {name: value} if self._rarely(3) else {}

    def _rarely(self, times: int) -> bool:
        return not self._chance.randrange(times)

    def _one(self, known: Sequence[One]) -> One:
        return self._chance.choice(known)
