"""Changes to what a file says: its nodes removed, renamed, exchanged, and replaced by others of any kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from random import Random

Tree = dict[str, object] | list[object]

TELLING = (
    *("each", "key", "every", "late", "waived_by", "in_person", "in_force", "earliest", "latest", "when", "under"),
    *("tables", "assigns", "derives", "hit", "else", "then", "implements", "at_hand"),
    *("corrects", "retracts", "partial", "known_at", "known_until"),
    *("stop", "limit_of", "working_hours"),
)
"""Keys that change what a file says wherever they stand; the last of them are reserved."""

ODD_VALUES: tuple[object, ...] = (
    *(None, True, False, 0, 1, -1, 2.5, 10**17, 876_001, 36_501, 1e308, -0.0, "", " ", "x", "null", "true", "1", "～"),
    *(
        "Unknown",
        "unknown_name",
        "a" * 300,
        "{0}",
        "{name}",
        "%s",
        "：",
        "发现",
        "../../etc/passwd",
        "\u202e",
        "A:9999",
    ),
    *("24:00", "23:59", "2025-02-29T00:00:00+08:00", "2025-10-08T24:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00Z"),
    *("2025-10-08", "0000-00-00", [], [[]], {}, {"a": 1}, [None], [1, "1", True], {"reading": "x"}, {"under": {}}),
    *({"any": []}, {"not": {}}, {"happened": []}, {"at_least": 1, "at_most": 0}, {"hours": 876_000}, {"years": 100}),
    *("day", "month", {"at": ["00:00", "23:59"]}, {"since_last_act": {"minutes": 1}}, "unstated"),
    *({"earliest": [{"within": {"days": 1}}, {"within": {"hours": 1}, "when": {"a": 1}}]}, {"from": "2025-02-28"}),
)


class Place(NamedTuple):
    """Where a node stands: in a mapping under a key, or in a list at an index."""

    holder: Tree
    name: str | int

    @property
    def value(self) -> object:
        return self.holder[self.name]  # type: ignore[index]

    def put(self, value: object) -> None:
        self.holder[self.name] = value  # type: ignore[index]


class Change(NamedTuple):
    """What a change has to go by."""

    tree: Tree
    place: Place
    chance: Random

    def elsewhere(self) -> tuple[Place, ...]:
        """Return all places of the tree, this one included."""
        return tuple(places(self.tree))


def mutated_nodes(tree: Tree, chance: Random, *, mild: bool = False) -> None:
    """Change one node of *tree* in place; *mild* changes are those that a file often survives."""
    found = tuple(places(tree))
    if found:
        make: Callable[[Change], None] = chance.choice(MILD if mild else CHANGES)
        make(Change(tree, chance.choice(found), chance))


def places(tree: Tree) -> Iterator[Place]:
    """Yield the place of every node below the root."""
    names: tuple[str | int, ...] = tuple(tree) if isinstance(tree, dict) else tuple(range(len(tree)))
    for name in names:
        here = Place(tree, name)
        yield here
        if isinstance(here.value, dict | list):
            yield from places(here.value)


def removed(change: Change) -> None:
    del change.place.holder[change.place.name]  # type: ignore[arg-type]


def repeated(change: Change) -> None:
    holder, name = change.place
    if isinstance(holder, list):
        holder.insert(change.chance.randint(0, len(holder)), copied(change.place.value))
    else:
        holder[f"{name}{change.chance.choice(('_', '2', '-x', '：'))}"] = copied(change.place.value)


def renamed(change: Change) -> None:
    holder, name = change.place
    if isinstance(holder, dict) and isinstance(name, str):
        known = change.chance.choice([each.name for each in change.elsewhere()])
        typos = (name[:-1], name.upper(), f"{name}s", name.replace("_", "-"))
        new = str(change.chance.choice((*typos, known, change.chance.choice(TELLING))))
        entries = [(new if key == name else key, value) for key, value in holder.items()]
        holder.clear()
        holder.update(entries)


def replaced(change: Change) -> None:
    change.place.put(copied(change.chance.choice(ODD_VALUES)))


def swapped(change: Change) -> None:
    alike = [each for each in change.elsewhere() if type(each.name) is type(change.place.name)]
    other = change.chance.choice(alike)
    mine, theirs = change.place.value, other.value
    if not _holds(mine, other.holder) and not _holds(theirs, change.place.holder):
        change.place.put(theirs)
        other.put(mine)


def taken_over(change: Change) -> None:
    """Put a node from elsewhere here."""
    change.place.put(copied(change.chance.choice(change.elsewhere()).value))


def replaced_alike(change: Change) -> None:
    """Put a node here that stands elsewhere under the same key, so that the file is often still good."""
    same = [each for each in change.elsewhere() if each.name == change.place.name]
    change.place.put(copied(change.chance.choice(same).value))


def retyped(change: Change) -> None:
    value = change.place.value
    text = str(value)[:500]
    forms = (text, [value], {"a": value}, len(text), bool(value), [value, value], {text[:50]: None})
    change.place.put(copied(change.chance.choice(forms)))


def told_more(change: Change) -> None:
    value = change.place.value
    target = value if isinstance(value, dict) else change.place.holder
    if isinstance(target, dict):
        target[change.chance.choice(TELLING)] = copied(change.chance.choice(ODD_VALUES))


def nested(change: Change) -> None:
    value = change.place.value
    word = change.chance.choice(("list", "not", "any", "all"))
    for _ in range(change.chance.choice((1, 2, 8, 30, 70))):
        if word == "all" and len(str(value)) > 20_000:
            break
        value = {"list": [value], "not": {"not": value}, "any": {"any": [value]}, "all": {"all": [value, value]}}[word]
    change.place.put(copied(value))


def read_in_several_ways(change: Change) -> None:
    """Make a node depend on a reading of the policy, or a part admitted under one."""
    readings = change.tree.get("readings") if isinstance(change.tree, dict) else None
    if isinstance(readings, dict) and readings:
        reading = change.chance.choice(sorted(readings))
        known = readings[reading]
        options = known.get("options") if isinstance(known, dict) else None
        names = sorted(options) if isinstance(options, dict) and options else ["x"]
        value = change.place.value
        if isinstance(value, dict) and change.chance.random() < 0.5:
            value["under"] = {reading: names[:1]}
        else:
            change.place.put({"reading": reading, **{name: copied(value) for name in names}})


CHANGES = (
    *(removed, repeated, renamed, replaced, replaced, swapped, swapped, taken_over, replaced_alike, replaced_alike),
    *(retyped, told_more, nested, read_in_several_ways),
)


MILD = (removed, replaced_alike, replaced_alike, replaced_alike, replaced_alike)


def copied(value: object) -> object:
    """Return a copy of *value* that shares nothing with it."""
    found: object = json.loads(json.dumps(value))
    return found


def _holds(outer: object, inner: Tree) -> bool:
    if not isinstance(outer, dict | list):
        return False
    return outer is inner or any(each.value is inner for each in places(outer))
