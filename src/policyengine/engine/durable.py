"""Triggers and conditions decided by durable-rules, a Rete engine in C: a second opinion that shares no code with ours.

The engine is kept in a cage, for much of it is broken. It sees facts, never events; rules of one pattern, a conjunction
of `==`, `!=`, `>=` and `<=` on fields `f0`, `f1` and so on; integers, never a text of the user's. So no rule can fire
twice for a row, and no 32-bit hash by which the engine knows fields and ids meets another one.

Conditions and records are taken to be as the loader lets them through: orders are asked of ordered facts only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING

from policyengine.engine.nets import Among, Fields, Nets, Reader, Row, Rule
from policyengine.errors import MissingExtraError
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from types import ModuleType

    from policyengine.engine.matcher import Decisions, Record
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import Vocabulary

MOST_RULES = 40
"""In one ruleset. The engine keeps at most 64 matches waiting for a row, and each rule can add one."""
MOST_TERMS = 200
"""In one ruleset, hence also fields in one row, of which the engine takes 255. The longest rule has 160 terms."""
MOST_ROWS = 250
"""In one session: the engine keeps some 7 kB for each. Its hashes tell this many ids apart; a test counts them."""

Term = dict[str, object]
Facts = Mapping[str, int]


class DurableMatcher:
    """Decides conditions by durable-rules. Safe across threads, which take turns, and after a fork."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read kinds and scales from *vocabulary*.

        Raises:
            MissingExtraError: durable-rules is not installed.
        """
        _module()
        self._vocabulary = vocabulary

    def decide(self, conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
        """Return for each condition its truth on each record."""
        reader = Reader(conditions, self._vocabulary)
        nets = Nets(reader.fields)
        pairs = [[nets.derive(reader.net(each, wanted=wanted)) for wanted in (True, False)] for each in conditions]
        rows = [reader.fields.row(each) for each in records]
        for rules in nets.rounds if rows else ():
            _settle(rules, rows, reader.fields)
        return tuple(tuple(_truth(row.get(true), row.get(false)) for row in rows) for true, false in pairs)


def _truth(true: int | None, false: int | None) -> Truth:
    if true and false:
        raise AssertionError("durable-rules found one condition true and false")
    if true or false:
        return Truth.TRUE if true else Truth.FALSE
    return Truth.UNKNOWN


def _settle(rules: Mapping[Rule, Sequence[int]], rows: Sequence[Row], fields: Fields) -> None:
    """Set the fields that one round of *rules* derives in *rows*."""
    for row in rows:
        row.update((field, 0) for derived in rules.values() for field in derived)
    for ruleset in _rulesets(rules, fields):
        asked = sorted({literal.field for rule in ruleset for literal in rule})
        names = {field: f"f{place}" for place, field in enumerate(asked)}
        definitions = [[term for each in rule for term in _terms(each, names[each.field], fields)] for rule in ruleset]
        alike: dict[tuple[tuple[str, int], ...], list[Row]] = {}
        for row in rows:
            known = tuple((name, row[field]) for field, name in names.items() if field in row)
            alike.setdefault(known, []).append(row)
        for same, fired in zip(alike.values(), _ENGINE.fired(definitions, [dict(each) for each in alike]), strict=True):
            for row in same:
                row.update((field, 1) for place in fired for field in rules[ruleset[place]])


def _rulesets(rules: Iterable[Rule], fields: Fields) -> Iterator[list[Rule]]:
    found: list[Rule] = []
    terms = 0
    for rule in rules:
        more = sum(len(_terms(each, "", fields)) for each in rule)
        if len(found) == MOST_RULES or terms + more > MOST_TERMS:
            yield found
            found, terms = [], 0
        found.append(rule)
        terms += more
    if found:
        yield found


def _terms(literal: Among, name: str, fields: Fields) -> list[Term]:
    """Return *literal* about the field called *name* as the engine writes it."""
    low, high = min(literal.codes), max(literal.codes)
    if low == high:
        return [{name: low}]
    ends: list[Term] = [{"$gte": {name: low}}] if low or high == fields.tops[literal.field] else []
    ends += [{"$lte": {name: high}}] if high < fields.tops[literal.field] else []
    return ends + [{"$neq": {name: code}} for code in range(low, high) if code not in literal.codes]


def _module() -> ModuleType:
    try:
        import durable_rules_engine
    except ImportError as error:
        raise MissingExtraError(
            "the durable matcher needs durable-rules: install `regulatory-duties[durable]`,"
            " which takes a C compiler and a Python below 3.13"
        ) from error
    module: ModuleType = durable_rules_engine
    return module


class _Engine:
    """The one way into durable-rules.

    Its C code keeps rulesets in one table for the process and was not written for threads: hence the one lock and the
    count, from which each ruleset has a name of its own. A ruleset lives for one call, so nothing is left to be shared.
    """

    def __init__(self) -> None:
        """Start without rulesets."""
        self._made = 0
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        # In a child the lock may be held by a thread that the fork has left behind.
        self._lock = RLock()

    def fired(self, rules: Sequence[Sequence[Term]], rows: Sequence[Facts]) -> list[set[int]]:
        """Return for each of *rows* the places of the *rules* that it satisfies."""
        definitions = {f"r{place}": _definition(terms) for place, terms in enumerate(rules)}
        text = json.dumps({**definitions, "w": _definition([{"w": 1}])})
        engine = _module()
        with self._lock:
            self._made += 1
            handle = engine.create_ruleset(f"p{self._made}", text)
            try:
                batches = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
                return [fired for batch in batches for fired in _session(engine, handle, batch)]
            finally:
                engine.delete_ruleset(handle)


def _definition(terms: Sequence[Term]) -> Term:
    return {"all": [{"m": {"$and": terms}}]}


def _session(engine: ModuleType, handle: int, rows: Sequence[Facts]) -> list[set[int]]:
    # Deleting a session whose slot never dispatched crashes the process, so that a fact of our own goes first.
    list(_hits(engine, handle, 0, {"w": 1}))
    try:
        return [
            {int(name[1:]) for name in _hits(engine, handle, place, row)} for place, row in enumerate(rows, start=1)
        ]
    finally:
        engine.delete_state(handle, "S")


def _hits(engine: ModuleType, handle: int, number: int, row: Facts) -> Iterator[str]:
    """Yield the names of the rules that *row* satisfies."""
    outcome, state = engine.assert_fact(handle, json.dumps({"sid": "S", "id": number, **row}))
    if outcome not in {0, 1}:  # satisfies some rule, satisfies none
        raise AssertionError(f"durable-rules answered a fact with {outcome}")
    result = engine.start_action_for_state(handle, state)
    message = result and result[1]
    while message:
        ((name, match),) = json.loads(message).items()
        if match["m"]["id"] != number:
            raise AssertionError("durable-rules answered for another row")
        yield name
        message = engine.complete_and_start_action(handle, state)


_ENGINE = _Engine()
