"""Pairs of small policies, of which one may cover what the other demands, and logs that could show that it does not.

A pair is a demand and a few norms made of it by small changes, so that it is covered about as often as not. Facts are
given from the start and stay as they are, and what a log begins with is the demand's own trigger: that is what
coverage is claimed for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

import policyengine as pe
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.temporal.instant import DAY, HOUR, MINUTE, Instant
from tests.support import lab

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.analysis.sides import Side
    from policyengine.model.provision import Provision

Node = dict[str, object]
Item = TypeVar("Item")

TEXT = {"zh": "试", "en": "t"}
CLAUSE = "LAB:1"
HEADER: Node = {"time_zone": "Asia/Shanghai", "calendar": "cn", "versions": [{"in_force": {}}]}

_TWO = 2
_NAMES = "abd"
_HERE = {"event": "start", "where": {"dept": "x"}}
_WATCHING: tuple[Node, ...] = ({"violated": "w"}, {"performed": "w"})
_WATCHED: Node = {"id": "w", "must": "tell", "bearer": "unit", "upon": "start", "deadline": {"within": {"hours": 2}}}
_SINGLE: tuple[Node, ...] = (
    {"within": {"hours": 1}},
    {"within": {"hours": 5}},
    {"within": {"minutes": 90}},
    {"within": {"hours": 1}, "hours": "next_full_hour"},
    {"within": {"hours": 1}, "of": "anchor"},
    {"within": {"hours": 5}, "of": "anchor"},
    {"within": {"hours": 1}, "of": "start"},
    {"within": {"days": 1}},
    {"within": {"days": 2}, "roll": "next_working_day"},
    {"within": {"working_days": 1}},
    {"within": {"working_days": 2}, "ends": "17:30"},
    {"within": {"months": 1}},
    {"within": {"years": 3}, "roll": "next_working_day"},
    {"before": "stop"},
    {"before": "begin"},
    {"before": "start"},
)
_LIMITS: tuple[Node, ...] = (
    *_SINGLE,
    *_SINGLE[:8],
    {"promptly": True},
    {"earliest": [_SINGLE[1], _SINGLE[4]]},
    {"earliest": [_SINGLE[0], {"before": "stop"}]},
    {"earliest": [{**_SINGLE[0], "when": {"class": "top"}}, _SINGLE[1]]},
    {"latest": [_SINGLE[0], _SINGLE[4]]},
    {"latest": [_SINGLE[0], {**_SINGLE[1], "when": {"flag": True}}]},
)
_POOLS: Mapping[str, tuple[object, ...]] = {
    "strength": ("must", "must", "must", "should", "must_not"),
    "act": ("answer", "answer", "speak", "confer"),
    "upon": ("start", "start", "start", "begin", ["start", "anchor"], _HERE, *_WATCHING, None),
    "each": (None, True),
    "key": (None, ["dept"]),
    "when": (None, {"flag": True}, {"grade": {"at_least": "high"}}, {"class": "top"}, {"happened": "anchor"}),
    "unless": (None, {"flag": False}, {"happened": "halt"}),
    "deadline": (None, *_LIMITS),
    "standing": (None, True),
    "every": (None, "day", "working_day", {"at": ["12:00", "18:00"]}, {"since_last_act": {"hours": 4}}),
    "late": (None, "own_period", "oldest_open"),
    "until": (None, "stop", "halt", ["stop", "halt"], {"all": ["stop", "halt"]}),
    "waived_by": (None, "forgive", {"event": "forgive", "where": {"by": "chief"}}),
    "to": (None, "public"),
    "means": (None, ["a"], ["a", "b"]),
    "in_person": (None, True),
    "bearer": ("unit", "unit", "chief", "r"),
    "in_force": (None, {"from": "2026-03-01"}, {"to": "2026-03-04"}),
}
"""By key of a provision what it can have; the first is the plainest."""
_USUAL = ("strength", "act", "upon", "deadline")
_RARE = tuple(name for name in _POOLS if name not in _USUAL)
_FOCUSES: tuple[tuple[str, ...], ...] = (
    ("each", "key", "until", "deadline"),
    ("each", "key", "strength", "until", "in_force"),
    ("upon", "until", "standing", "strength"),
    ("upon", "deadline", "each"),
    ("deadline", "deadline", "until"),
    ("every", "late", "act", "means", "until"),
    ("means", "to", "in_person", "bearer", "strength", "act"),
    ("until", "waived_by", "in_force", "upon"),
    ("when", "unless", "deadline", "in_force"),
)
"""Keys that bear on one another."""
_DEFEATERS: tuple[Node, ...] = (
    {"when": {"grade": "top"}},
    {"when": {"flag": True}},
    {"upon": "halt"},
    {"upon": "start", "until": "stop"},
    {"in_force": {"to": "2026-03-03"}},
)
_HEADERS: tuple[Node, ...] = (
    {"counting": {"hours": "next_full_hour"}},
    {"counting": {"days": {"roll": "next_working_day"}}},
    {"time_zone": "Asia/Kolkata"},
    {"calendar": "weekends-only"},
)


def written(provisions: str, header: str = "") -> pe.Policy:
    """Return a policy of the laboratory of *provisions*, one a line; a line that does not say its name is `a`."""
    lines = [line if line.startswith("id:") else f"id: a, {line}" for line in provisions.splitlines()]
    names = [line.removeprefix("id: ").split(",")[0] for line in lines]
    return lab.policy("\n".join(f"{{{line}}}" for line in lines), header, " ".join(names))


def policy(nodes: Sequence[Node], header: Node | None = None, *, name: str = "lab") -> pe.Policy | None:
    """Return a policy of provisions as plain data, in the laboratory's words; ``None`` where they contradict."""
    provisions = [{"title": TEXT, "clause": CLAUSE, **each} for each in nodes]
    says = {"number": "1", "digest": "0" * 16, "says": TEXT, "provisions": sorted(str(each["id"]) for each in nodes)}
    head: Node = {"policy": name, "title": TEXT, "vocabulary": "lab", **HEADER, **(header or {})}
    document = {**head, "provisions": provisions, "source": {"title": TEXT, "clauses": {CLAUSE: says}}}
    loaded, _ = read_policy_text(Source(f"{name}.json", json.dumps(document)), beside=lab.HERE)
    return loaded


@dataclass(frozen=True)
class Pair:
    """Two policies; the demand is the provision `a` of the other one."""

    one: tuple[Node, ...]
    other: tuple[Node, ...]
    headers: tuple[Node, Node] = ({}, {})
    names: tuple[str, str] = ("one", "other")

    def loaded(self) -> tuple[pe.Policy, pe.Policy] | None:
        """Return both policies; ``None`` where one of them contradicts itself."""
        both = [
            policy(nodes, header, name=name)
            for nodes, header, name in zip((self.one, self.other), self.headers, self.names, strict=True)
        ]
        return None if None in both else (both[0], both[1])  # type: ignore[return-value]


def pairs() -> SearchStrategy[Pair]:
    """Return strategies for :func:`pair`."""
    return _drawn(pair)


def pair(making: Making) -> Pair:
    """Return a demand, and one to three norms made of it by changes of no more than three keys each."""
    demand: Node = {name: values[0] for name, values in _POOLS.items()}
    asked = making.one(_FOCUSES)
    demand |= {name: making.one(_POOLS[name]) for name in (*asked, *making.some(_USUAL, _TWO), *making.some(_RARE, 1))}
    watching = any(demand["upon"] == each for each in _WATCHING)
    names = ("lab", "lab") if watching or making.rarely(3) else ("one", "other")
    one = [making.provision(place, making.changed(demand, asked)) for place in range(making.one((1, 1, 2, 3)))]
    other = [making.provision(0, demand)]
    headers = making.headers()
    return Pair(tuple(making.beside(one)), tuple(making.beside(other)), headers, names)


def _drawn(make: Callable[[Making], Item]) -> SearchStrategy[Item]:
    @st.composite
    def made(draw: DrawFn) -> Item:
        return make(Making(lambda count: draw(st.integers(0, count - 1))))

    return made()


class Making:
    """A pair or a log in the making; *pick* makes every choice: a number below the one it is given."""

    def __init__(self, pick: Callable[[int], int]) -> None:
        self._pick = pick

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of *items*."""
        return items[self._pick(len(items))]

    def some(self, items: Sequence[Item], most: int) -> tuple[Item, ...]:
        """Return none to *most* of *items*."""
        return tuple(dict.fromkeys(self.one(items) for _ in range(self.one(tuple(range(most + 1))))))

    def rarely(self, times: int) -> bool:
        """Return true once in so many *times*."""
        return self.one(range(times)) == times - 1

    def changed(self, features: Node, near: Sequence[str]) -> Node:
        """Return *features* with up to three keys another, mostly of those *near*."""
        keys = tuple(_POOLS) if self.rarely(4) else near
        names = (self.one(keys), *self.some(keys, 2))
        return {**features, **{name: self.one(_POOLS[name]) for name in names}}

    def provision(self, place: int, features: Node) -> Node:
        """Return the provision of *features* that are not contradictory."""
        return {"id": _NAMES[place], **_sound(features)}

    def beside(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Yield *nodes*, what they watch, and now and then a norm that defeats the first of them."""
        yield from nodes
        if any(each.get("upon") in _WATCHING for each in nodes):
            yield {**_WATCHED, "deadline": {"within": {"hours": self.one((2, 2, 2, 1))}}}
        if self.rarely(8):
            yield {"id": "c", "may": "punish", "bearer": "unit", "defeats": ["a"], **self.one(_DEFEATERS)}

    def headers(self) -> tuple[Node, Node]:
        """Return what stands at the head of both policies, mostly the same."""
        shared: Node = {**self._tables(), **(self.one(_HEADERS) if self.rarely(4) else {})}
        apart: Node = {**shared, **self._tables(), **(self.one(_HEADERS) if self.rarely(2) else {})}
        return (shared, apart) if self.rarely(5) else (shared, shared)

    def _tables(self) -> Node:
        derived = {
            "derives": "class",
            "clause": CLAUSE,
            "rows": [{"when": {"flag": True}, "then": self.one(("top", "low"))}],
        }
        meant = {
            "assigns": "r",
            "clause": CLAUSE,
            "rows": [{"when": {"flag": True}, "then": self.one(("unit", "chief"))}],
        }
        tables = [{**meant, "else": "unit"}, *([{**derived, "else": "mid"}] if self.rarely(2) else [])]
        return {"roles": {"r": {"title": TEXT}}, "tables": tables}


_OWED_ONLY = ("deadline", "standing", "waived_by", "every", "late")
_BESIDE_EVERY = ("deadline", "standing", "each", "key")


def _sound(features: Node) -> Node:
    """Return a provision of *features*, less what cannot stand together."""
    left = {name: value for name, value in features.items() if value is not None}
    strength, act = str(left.pop("strength")), left.pop("act")
    dropped: set[str] = set()
    if strength == "must_not":
        dropped.update(_OWED_ONLY)
    if "upon" not in left:
        dropped.update(("each", "key", "every", "late"))
    if "every" in left.keys() - dropped:
        dropped.update(_BESIDE_EVERY)
        if isinstance(left["every"], dict) and "since_last_act" in left["every"]:
            dropped.add("late")
    else:
        dropped.add("late")
    if "each" not in left.keys() - dropped:
        dropped.add("key")
    if "standing" in left.keys() - dropped:
        dropped.add("deadline")
    return {strength: act, **{name: value for name, value in left.items() if name not in dropped}}


# What asks for less

_NARROWER = {"speak": "answer", "answer": "confer"}
_WIDER = {"confer": "answer", "answer": "speak"}
_LESS: Mapping[str, Mapping[object, object]] = {
    "upon": {"start": "begin"},
    "when": {None: {"flag": True, "grade": "top"}},
    "until": {None: "stop", "stop": ["stop", "halt"], "halt": ["stop", "halt"]},
}
"""By key of any provision what of it is asked for in less cases, or for less long, in place of what."""
_LESS_OWED: Mapping[str, Mapping[object, object]] = {"waived_by": {None: "forgive"}}
_DISPENSABLE = ("deadline", "means", "to", "in_person", "standing")
"""What an obligation asks for, and could leave out."""


def weaker(making: Making, nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return *nodes* with one of them left out, or asking for less; what others wait for, or are defeated by, stays."""
    places = [number for number, each in enumerate(nodes) if str(each["id"]) in _NAMES]
    place = making.one(places)
    if len(places) > 1 and making.rarely(4):
        return (*nodes[:place], *nodes[place + 1 :])
    return (*nodes[:place], _less(making, nodes[place]), *nodes[place + 1 :])


def _less(making: Making, node: Node) -> Node:
    strength = next(name for name in ("must", "should", "must_not") if name in node)
    ways = dict(_LESS if strength == "must_not" else {**_LESS, **_LESS_OWED})
    dispensable: tuple[str, ...] = () if strength == "must_not" else _DISPENSABLE
    if "of" in str(node.get("deadline")):  # acts count from an anchor on: without it, fewer do
        dispensable = tuple(each for each in dispensable if each != "deadline")
    way = making.one(("act", "should", *ways, *dispensable))
    if way == "act":
        kinds = _NARROWER if strength == "must_not" else _WIDER
        return {**node, strength: kinds.get(str(node[strength]), node[strength])}
    if way == "should":
        return {"should" if name == "must" else name: value for name, value in node.items()}
    if way in dispensable:
        return {name: value for name, value in node.items() if name != way}
    old = node.get(way)
    new = ways[way].get(old) if old is None or isinstance(old, str) else None
    return node if new is None else {**node, way: new}


# What happens

GAPS = (
    30 * MINUTE,
    HOUR,
    0,
    5 * MINUTE,
    30 * MINUTE + 1,
    HOUR + 1,
    2 * HOUR,
    4 * HOUR,
    5 * HOUR,
    DAY,
    3 * DAY,
    40 * DAY,
)
STARTS = ("9:00", "0:00", "0:59", "9:10", "16:00", "+4 17:00", "+5 10:00", "+59 23:30")
TYPES = ("answer", "answer", "confer", "speak", "tell", "stop", "halt", "anchor", "start", "begin", "forgive")
FACTS: Mapping[str, tuple[object, ...]] = {"flag": (True, False), "grade": ("top", "low"), "class": ("top", "low")}


def logs(demand: Provision, *, before: Sequence[str] = ()) -> SearchStrategy[pe.Case]:
    """Return strategies for :func:`log`."""
    return _drawn(lambda making: log(making, demand, before=before))


def log(making: Making, demand: Provision, *, before: Sequence[str] = ()) -> pe.Case:
    """Return a case that begins with the trigger of *demand*, or with events of the types *before* it, facts given."""
    moment = lab.at(making.one(STARTS))
    events = []
    for _ in range(making.one((0, 0, 1, 2)) if before else 0):
        events.append(_event(making, making.one(before), moment))
        moment = moment.plus(making.one(GAPS[:8]))
    events.append(_trigger(making, demand, moment))
    for _ in range(making.one((1, 2, 3, 4, 0, 5))):
        moment = moment.plus(making.one(GAPS))
        events.append(_event(making, making.one(TYPES), moment))
    numbered = [_numbered(each, number) for number, each in enumerate(events, 1)]
    return pe.Case(id="lab", facts={name: making.one(values) for name, values in FACTS.items()}, events=numbered)  # type: ignore[misc]


def _numbered(event: Mapping[str, object], number: int) -> pe.Event:
    return pe.Event(id=f"e{number}", **event)  # type: ignore[arg-type]


def inert(one: Side, demand: Provision) -> tuple[str, ...]:
    """Return types of events that neither put *demand*, or a provision of *one*, in force, nor end it."""
    kinds = one.vocabulary.kinds
    awaited = [
        each.event for node in (*one.provisions, demand) for each in (*(node.upon or ()), *(node.waived_by or ()))
    ]
    ends = [name for node in one.provisions if node.until for name in node.until.any_ or node.until.all_ or ()]
    met = {kind for name in (*awaited, *ends, "start") if name is not None for kind in kinds(name)}
    return tuple(name for name in TYPES if name not in met)


def _event(making: Making, kind: str, at: Instant) -> Node:
    """Return an event with mostly all that can be asked of one."""
    by = making.one(("unit", "unit", "unit", "chief", "chief", None))
    attributes = {
        name: value
        for name, values in {"dept": ("x", "x", "x", "y", None), "means": ("a", "a", "a", "b", None)}.items()
        if (value := making.one(values)) is not None
    }
    return {"type": kind, "at": at, "by": by, "to": making.one((("public",), ())), "attributes": attributes}


def _trigger(making: Making, demand: Provision, at: Instant) -> Node:
    """Return what puts *demand* in force: for an outcome what the duty that it watches waits for."""
    waits = making.one(demand.upon) if demand.upon else None
    if waits is None or waits.event is None:
        return _event(making, "start", at)
    found = _event(making, waits.event, at)
    for name, values in waits.where.items():
        if name == "by":
            found["by"] = values[0]
        else:
            found["attributes"] = {**found["attributes"], name: values[0]}  # type: ignore[dict-item]
    return found
