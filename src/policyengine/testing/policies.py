"""Whole generated policies: a document as plain data, read as a file would be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.errors import PolicyError
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.model.provision import UNSTATED
from policyengine.testing.drafting import CLAUSES, Draft, askable
from policyengine.testing.norms import gap, norms

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import Vocabulary

Node = dict[str, object]

MOST_PROVISIONS, MOST_GAPS, MOST_TABLES = 6, 2, 2
_MOST_WORDS = 2
"""Of each kind besides events, so that provisions meet: limits cap one another only for related acts."""
_ASSIGNED, _PLAIN = ("assigned-1", "assigned-2"), "own-1"
_READINGS = (("reading-1", ("first", "second")), ("reading-2", ("this", "that", "other")))
_ZONES = ("Asia/Shanghai", "Europe/Berlin", "UTC", "America/St_Johns")
_CALENDARS = ("cn", "weekends-only", "always")
_VERSIONS: tuple[tuple[Node, ...], ...] = (
    ({},),
    ({"from": "2024-02-28"},),
    ({"to": "2027-01-01"},),
    ({"from": "2024-01-01", "to": "2025-03-01"}, {"from": "2025-03-01"}),
    ({"from": "2024-02-28", "to": "2025-06-30"}, {"from": "2025-10-08"}),
)
_REGRADING = ("capped", "restart", "retroactive", "frozen")
_NO_ROLES = ("somebody",)


def policies(vocabulary: Vocabulary, *, beside: Path | None = None) -> SearchStrategy[Policy]:
    """Return policies that load, in the words of *vocabulary*: whatever the model has room for, in small.

    They have provisions of all four strengths and every kind of trigger, limit and end, decision tables, readings, gaps
    and versions; few words each, so that their provisions meet. Any test that holds for all of them holds for yours::

        from hypothesis import given, strategies as st
        import policyengine as pe
        from policyengine.testing import laws, strategies

        POLICIES = strategies.policies(pe.load("changzhi").vocabulary)

        @given(st.data())
        def test_violations_stay(data):
            policy = data.draw(POLICIES)
            laws.law_violations_persist(policy, *data.draw(strategies.questions(policy)))

    >>> import policyengine as pe
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, database=None, deadline=None)
    ... @given(policies(pe.load("changzhi").vocabulary))
    ... def test_what_is_dumped_loads_as_it_was(policy):
    ...     assert pe.load(pe.dump(policy)) == policy
    >>> test_what_is_dumped_loads_as_it_was()

    Args:
        vocabulary: one that has an act at least.
        beside: the folder whose `vocabulary/` holds it; the packaged ones need none.
    """

    @st.composite
    def policy(draw: DrawFn) -> Policy:
        text = json.dumps(document(draw, vocabulary), ensure_ascii=False)
        loaded, faults = read_policy_text(Source("generated.json", text), beside)
        if loaded is None:  # pragma: no cover - documents are sound by construction
            raise PolicyError(faults)
        return loaded

    return policy()


def document(draw: DrawFn, words: Vocabulary) -> Node:
    """Return the document of a policy in *words*, as plain data."""
    draft, own_roles = _draft(draw, words)
    versions = draft.one(_VERSIONS) if draft.rarely(2) else _VERSIONS[0]
    head: Node = {
        "policy": "generated",
        "title": draft.title(),
        "vocabulary": words.vocabulary,
        "time_zone": draft.one(_ZONES),
        "calendar": draft.one(_CALENDARS),
        "versions": [{"in_force": dict(each), **_noted(draft)} for each in versions],
    }
    derived = _derived(draft)
    tables = [*_facts_tables(draft, derived), *_roles_tables(draft, [each for each in own_roles if each in _ASSIGNED])]
    count = draw(st.integers(1, MOST_PROVISIONS))
    provisions = norms(draft, count, dated=all("from" in each for each in versions))
    ids = sorted(str(each["id"]) for each in provisions)
    gaps = [gap(draft, number, ids) for number in range(1, draw(st.integers(0, MOST_GAPS)) + 1)]
    parts: Node = {"tables": tables, "provisions": provisions, "gaps": gaps}
    if draft.rarely(3):
        parts["counting"] = draft.either(lambda: _counting(draft))
    roles = {"roles": {name: _role(draft) for name in own_roles}} if own_roles else {}
    readings = _readings(draft, parts)
    return {
        **head,
        **_known(draft, derived),
        **roles,
        **({"readings": readings} if readings else {}),
        **{name: part for name, part in parts.items() if part},
        "source": {"title": draft.title(), "clauses": dict(_clauses(draft, provisions, gaps))},
    }


def _draft(draw: DrawFn, words: Vocabulary) -> tuple[Draft, tuple[str, ...]]:
    """Return the words that one policy is made of, and its own roles among them."""
    bare = Draft(draw, words, (), (), (), (), {})
    acts = bare.some(tuple(words.acts), _MOST_WORDS)
    events = tuple(words.events)
    own = tuple(name for name in (_PLAIN, *_ASSIGNED) if bare.rarely(3))
    roles = bare.some(tuple(words.roles), _MOST_WORDS) if words.roles else ()
    draft = Draft(
        draw=draw,
        words=words,
        events=(*(bare.some(events, _MOST_WORDS + 1) if events else ()), *acts),
        acts=acts,
        facts=_facts(bare),
        roles=(*own, *roles) or _NO_ROLES,
        readings=dict(_READINGS[: draw(st.integers(0, len(_READINGS)))]),
    )
    return draft, own if draft.roles is not _NO_ROLES else _NO_ROLES


def _facts(draft: Draft) -> tuple[str, ...]:
    """Return what conditions ask: mostly facts that can go up and down, which is where limits change (S26)."""
    known = askable(draft.words)
    ordered = [name for name in known if draft.words.facts[name].scale is not None]
    return draft.some((*ordered * len(known), *known), _MOST_WORDS + 1) if known else ()


def _noted(draft: Draft) -> Node:
    return {"note": draft.title()} if draft.rarely(6) else {}


def _role(draft: Draft) -> Node:
    return {"title": draft.title(), **({"clause": draft.one(CLAUSES)} if draft.rarely(2) else {})}


def _derived(draft: Draft) -> tuple[str, ...]:
    """Return the facts that tables derive; none is asked by a table before its own (S10)."""
    single = [name for name in draft.facts if not draft.words.facts[name].many]
    return draft.some(single, MOST_TABLES) if single and draft.rarely(3) else ()


def _facts_tables(draft: Draft, derived: Sequence[str]) -> Iterator[Node]:
    for place, name in enumerate(derived):
        kind = draft.words.facts[name]
        asked = [each for each in draft.facts if each not in derived[place:]]
        asked = asked or [each for each in askable(draft.words) if each not in derived][:_MOST_WORDS]
        results = [draft.value(kind) for _ in range(3)]
        yield _table(draft, {"derives": name}, asked, results)


def _roles_tables(draft: Draft, assigned: Sequence[str]) -> Iterator[Node]:
    people = [name for name in draft.roles if name not in _ASSIGNED]
    for name in assigned if people else ():
        results = [draft.one(people) for _ in range(3)]
        table = _table(draft, {"assigns": name}, draft.facts, results)
        if draft.readings and draft.rarely(6):
            reading = draft.one(tuple(draft.readings))
            first, *others = draft.readings[reading]
            yield {**table, "under": {reading: first}}
            other = _table(draft, {"assigns": name}, draft.facts, results)
            yield {**other, "under": {reading: others}}
        else:
            yield table


def _table(draft: Draft, subject: Node, asked: Sequence[str], results: Sequence[object]) -> Node:
    rows = [
        {
            "when": draft.either(lambda: draft.condition(asked, 1)),
            "then": draft.either(lambda: draft.one(results)),
            **({"clause": draft.clause()} if draft.rarely(3) else {}),
        }
        for _ in range(draft.draw(st.integers(1, 2)))
    ]
    hit = {"hit": draft.one(("first", "unique"))} if draft.rarely(3) else {}
    otherwise = draft.either(lambda: UNSTATED if draft.rarely(3) else draft.one(results))
    return {**subject, "clause": draft.clause(), **hit, "rows": rows, "else": otherwise, **_noted(draft)}


def _known(draft: Draft, derived: Sequence[str]) -> Node:
    """Return presumed facts, and grades of an ordered one."""
    kinds = draft.words.facts
    single = [name for name in draft.facts if not kinds[name].many and name not in derived]
    found: Node = {}
    if single and draft.rarely(3):
        found["presume"] = {name: draft.value(kinds[name]) for name in draft.some(single, 2)}
    graded = [name for name in single if kinds[name].scale is not None]
    if graded and draft.rarely(4):
        fact = draft.one(graded)
        scale = draft.words.values(kinds[fact]) or ()
        parts = {"below": list(scale[:1]), "above": list(scale[1:])}
        grades = [{"id": name, "title": draft.title(), "reference": part} for name, part in parts.items()]
        found["severities"] = [{"fact": fact, "grades": grades}]
    return found


def _counting(draft: Draft) -> Node:
    found: Node = {}
    if draft.rarely(2):
        found["hours"] = draft.one(("exact", "next_full_hour"))
    if draft.rarely(2):
        found["days"] = {"roll": draft.one(("stay", "next_working_day"))}
    if not draft.rarely(3):
        found["regrading"] = {name: draft.one(_REGRADING) for name in draft.some(("up", "down", "other"), 3)}
    return found


def _readings(draft: Draft, parts: Node) -> Node:
    """Return the readings that occur in *parts*; one that nothing uses would be a fault."""
    used = set(_named(parts))
    return {
        name: {
            "question": draft.title(),
            "options": {option: draft.title() for option in options},
            "default": draft.one(options),
            "why": draft.title(),
        }
        for name, options in draft.readings.items()
        if name in used
    }


def _named(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        name = node.get("reading")
        yield from (name,) if isinstance(name, str) else ()
        yield from node.get("under", ())
        for each in node.values():
            yield from _named(each)
    elif isinstance(node, list):
        for each in node:
            yield from _named(each)


def _clauses(draft: Draft, provisions: Sequence[Node], gaps: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """Yield every clause, with the provisions and gaps that rest on it."""
    for number, name in enumerate(CLAUSES, 1):
        cited = {
            section: [str(each["id"]) for each in nodes if name in _listed(each["clause"])]
            for section, nodes in (("provisions", provisions), ("gaps", gaps))
        }
        held = {section: names for section, names in cited.items() if names}
        away = not held and draft.rarely(4)
        digest: Node = {"at_hand": False} if away else {"digest": f"{number:016x}"}
        rest = {} if held else {"disposition": draft.one(("definition", "referral"))}
        yield name, {"number": draft.text(), **digest, "says": draft.title(), **held, **rest, **_noted(draft)}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else (value,)
