"""The one generated function of a plan: what each duty comes to in a case that holds no surprises.

Its text holds names that are made here and whole numbers only, never a word of the policy's file: types of events,
facts and values come in by name, in the space that the function is run in. A provision that a straight line of code
does not do justice to, always or in this case, is left to the interpreter of the same plan: its place stands for its
rows, and the function says that there are such holes.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.straight import Straight
from policyengine.engine.compiled.writing import INDENT, Crooked, Guard, Writer, watches
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.engine.compiled.plan import Plan, PlannedProvision


class Generated(NamedTuple):
    """A generated function.

    Args:
        text: its text.
        names: what the names in it stand for.
        places: the place of each type of event that it looks at.
        straight: the provisions that it judges itself.
    """

    text: str
    names: dict[str, object]
    places: dict[str, int]
    straight: frozenset[str]


def generated(plan: Plan) -> Generated:
    """Return the function of *plan*."""
    writer = Writer(plan)
    _watch(writer)
    awaited: dict[str, str] = {}
    for each in plan.provisions.values():
        for name, letters in () if watches(plan, each) else _awaited(each):
            awaited[name] = "".join(sorted({*awaited.get(name, ""), *letters}))
    straight: set[int] = set()
    pieces = [
        _piece(writer, place, planned, (awaited.get(planned.node.id, ""), straight))
        for place, planned in enumerate(plan.provisions.values())
    ]
    writer.write(0, "def judge(first, later, get, now):")
    # The last of them is of all types that nothing here looks at.
    writer.write(1, f"{', '.join((*writer.times.values(), 'x'))} = first" if writer.times else "x, = first")
    for name, variable in writer.facts.items():
        presumed = plan.policy.header.presume.get(name)
        default = "" if presumed is None else f", {writer.name('P', presumed)}"
        writer.write(1, f"{variable} = get({writer.name('F', name)}{default})")
    writer.write(1, "rows = []", "holes = False")
    for watcher in sorted({each for watching in writer.watchers.values() for each in watching}):
        writer.write(1, f"g{watcher} = h{watcher} = None")
    for piece in pieces:
        if piece.awaited:
            writer.write(1, " = ".join(f"{letter}{piece.place}" for letter in piece.awaited) + " = None")
    if awaited or any(planned.awaited for planned in plan.provisions.values()):
        writer.write(1, "odd = False")
    for trigger, alike in groupby(pieces, key=lambda each: each.trigger):
        writer.write(1, *trigger)
        for guard, same in groupby(alike, key=lambda each: each.guard):
            _guarded(writer, guard, list(same))
    writer.write(1, "return rows, holes")
    names = tuple(plan.provisions)
    own = frozenset(names[each.place] for each in pieces if each.whole)
    places = {kind: place for place, kind in enumerate(writer.times)}
    return Generated("\n".join(writer.lines) + "\n", writer.space, places, own)


def _guarded(writer: Writer, guard: Guard, pieces: list[Piece]) -> None:
    """Write *pieces*, which stand under the same trigger and the same conditions."""
    base = next((each.depth for each in pieces), 1)
    if guard is not None:
        writer.write(base, f"if {guard[0]}:", *(INDENT + each.general for each in pieces), f"elif {guard[1]}:")
    for piece in pieces:
        writer.write(base + (guard is not None), *piece.body)


def _watch(writer: Writer) -> None:
    names = list(writer.plan.provisions)
    for place, planned in enumerate(writer.plan.provisions.values()):
        for name in watches(writer.plan, planned):
            writer.watchers.setdefault(names.index(name), []).append(place)


def _awaited(planned: PlannedProvision) -> Iterable[tuple[str, str]]:
    """Yield the provisions whose outcome *planned* waits for, each with the letters of what it asks for."""
    waited = (*(planned.upon or ()), *(each.anchor for each in planned.singles if each.anchor is not None))
    for each in waited:
        yield from ((name, "p" if each.outcome is Outcome.PERFORMED else "dv") for name in each.provisions)


class Piece(NamedTuple):
    """One provision as text.

    Args:
        place: of the provision.
        awaited: what others wait for: `p` when it was performed, `v` when it was violated, `d` the limit missed.
        trigger: what finds the trigger, the last line of it a condition.
        depth: of what stands below that.
        guard: its conditions, if it has any.
        body: limit, act and status.
        general: what leaves the provision to the interpreter.
        whole: whether no more than that is in it where nothing in the case asks for it.
    """

    place: int
    awaited: str
    trigger: tuple[str, ...]
    depth: int
    guard: Guard
    body: tuple[str, ...]
    general: str
    whole: bool = False


def _piece(writer: Writer, place: int, planned: PlannedProvision, known: tuple[str, set[int]]) -> Piece:
    """Return one provision as text; *known* says what of it is awaited, and which others are straight."""
    awaited, straight = known
    watched = awaited or place in writer.watchers
    general = f"rows.append({place}); holes = True" + ("; odd = True" if watched else "")
    line = Straight(writer, place, planned, awaited, straight, general)
    try:
        line.write()
        straight.add(place)
    except Crooked:
        return Piece(place, awaited, (), 1, None, (general,), general)
    trigger, body = tuple(line.head), tuple(line.lines)
    return Piece(place, awaited, trigger, line.depth, line.guard, body, general, line.whole)
