"""Generated provisions and gaps, as plain data: of every strength, with every kind of limit (S11-S30)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.loading.provisions import MEANS
from policyengine.model.provision import Strength
from policyengine.testing.drafting import values

if TYPE_CHECKING:
    from policyengine.testing.drafting import Draft

LIVES = ({"from": "2024-07-01"}, {"to": "2026-07-01"}, {"from": "2025-01-01", "to": "2026-01-01"})
"""Days of a provision's own; each meets every choice of versions."""

_LENGTHS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "hours": (24, 48, 1),
        "days": (1, 2, 15),
        "working_days": (1, 2, 5),
        "minutes": (30, 90),
        "months": (1, 6),
        "seconds": (1, 30),
        "years": (1,),
    }
)
_ELAPSED = ("hours", "minutes", "seconds")
_STRENGTHS = (Strength.MUST, Strength.MUST_NOT, Strength.SHOULD, Strength.MAY, Strength.MUST, Strength.MUST_NOT)
_OWED = (Strength.MUST, Strength.SHOULD)
_LONG_PERIODS = ("month", "week", "quarter", "year")
_TIMES: tuple[object, ...] = (["09:00", "17:00"], "00:00", "02:30")
_INTERVALS = ({"hours": 4}, {"minutes": 90}, {"days": 2})
_OPTIONAL = ("deadline", "when", "unless", "until")
_LIMBS = 3

Node = dict[str, object]


def norms(draft: Draft, count: int, *, dated: bool) -> list[Node]:
    """Return *count* provisions, in any order; those that wait for others wait for no later one, so in no circle.

    Args:
        draft: what they are made of.
        count: how many.
        dated: whether every version of the text says when it begins.
    """
    found: list[Node] = []
    for number in range(1, count + 1):
        earlier = [str(each["id"]) for each in found]
        name = f"p{number}"
        found.append(_Norm(draft, earlier, dated).provision(name))
        if earlier and draft.rarely(4):
            defeater = found[draft.draw(st.integers(0, len(earlier) - 1))]
            defeater["defeats"] = [*defeater.get("defeats", ()), name]  # type: ignore[misc]
    return found[::-1] if draft.rarely(3) else found


def gap(draft: Draft, number: int, provisions: Sequence[str]) -> Node:
    """Return a silence of the text, or a referral, now and then instead of some of *provisions*."""
    found: Node = {"id": f"g{number}", "title": draft.title(), "clause": draft.clause(), "missing": draft.title()}
    found |= draft.under()
    if draft.rarely(2):
        waits = draft.outcome(provisions) if draft.rarely(3) else draft.happening()
        found["upon"] = waits if draft.rarely(2) else [waits]
    if not draft.rarely(4):
        found["when"] = draft.either(draft.condition)
    if draft.rarely(2):
        found["instead_of"] = draft.names(provisions)
    if draft.rarely(3):
        found["acts"] = draft.names(tuple(draft.words.acts))
    if draft.rarely(3):
        found["refers_to"] = {"title": draft.title(), **({"in_hand": False} if draft.rarely(2) else {})}
    if draft.rarely(5):
        found["in_force"] = draft.one(LIVES)
    return found


class _Norm:
    """One provision in the making."""

    def __init__(self, draft: Draft, earlier: Sequence[str], dated: bool) -> None:  # noqa: FBT001 - see `norms`
        self._draft = draft
        self._earlier = earlier
        self._dated = dated

    def provision(self, name: str) -> Node:
        """Return the provision *name*."""
        draft, strength = self._draft, self._draft.one(_STRENGTHS)
        found: Node = {"id": name, "title": draft.title(), "clause": draft.clause(), **draft.under()}
        if draft.rarely(10):
            found["scope"] = "agency"
        if strength is not Strength.MUST_NOT or draft.rarely(2):
            found["bearer"] = draft.either(lambda: draft.one(draft.roles))
            found |= {"in_person": True} if draft.rarely(6) else {}
        found[strength.value] = draft.either(lambda: draft.one(draft.acts))
        found |= self._optional()
        found |= self._recurring() if strength in _OWED and draft.rarely(5) else self._single(strength)
        if strength in _OWED and draft.rarely(5):
            found["waived_by"] = self._one_or_more(draft.happening)
        return self._read_in_two_ways(found)

    def _optional(self) -> Node:
        """Return what may stand in any provision."""
        draft = self._draft
        chances: tuple[tuple[str, int, Callable[[], object]], ...] = (
            ("when", 2, draft.condition),
            ("unless", 8, draft.condition),
            ("until", 6, self._until),
            ("to", 6, lambda: draft.one(draft.roles)),
            ("in_force", 12, lambda: draft.one(LIVES)),
        )
        found = {name: draft.either(make) for name, times, make in chances if draft.rarely(times)}
        if draft.rarely(8):
            found |= {"wording": draft.text(), "note": draft.title()}
        if MEANS in draft.words.attributes and draft.rarely(8):
            found[MEANS] = draft.names(values(draft.words, draft.words.attributes[MEANS]))  # type: ignore[arg-type]
        return found

    def _single(self, strength: Strength) -> Node:
        """Return trigger and limit of what is owed once, or once for each occurrence."""
        draft, found = self._draft, Node()
        if not draft.rarely(5):
            found["upon"] = draft.either(lambda: self._one_or_more(self._trigger))
            if draft.rarely(3):
                found["each"] = True
                found |= {"key": list(draft.some(draft.attributes(), 2))} if draft.rarely(2) else {}
        if strength in _OWED and draft.rarely(12):
            found["standing"] = True
        elif strength in _OWED and not draft.rarely(6):
            found["deadline"] = draft.either(lambda: self._deadline(triggered="upon" in found))
        return found | ({"sanction": True} if draft.rarely(12) else {})

    def _recurring(self) -> Node:
        draft, found = self._draft, Node()
        if draft.rarely(3):
            # From the start of a version on: only so often that the answer stays short.
            found["every"] = draft.one(_LONG_PERIODS)
            found |= {} if self._dated else {"in_force": draft.one((LIVES[0], LIVES[2]))}
        else:
            periods: tuple[object, ...] = ("day", "working_day", *_LONG_PERIODS, {"at": draft.one(_TIMES)})
            found["upon"] = self._one_or_more(self._trigger)
            found["every"] = draft.one((*periods, {"since_last_act": draft.one(_INTERVALS)}))
        chained = isinstance(found["every"], dict) and "since_last_act" in found["every"]
        if draft.rarely(2):
            found["late"] = "oldest_open" if not chained and draft.rarely(2) else "own_period"
        return found

    def _trigger(self) -> object:
        watches = bool(self._earlier) and self._draft.rarely(3)
        return self._draft.outcome(self._earlier) if watches else self._draft.happening()

    def _one_or_more(self, make: Callable[[], object]) -> object:
        return [make(), make()] if self._draft.rarely(4) else make()

    def _until(self) -> object:
        draft = self._draft
        names = draft.names(draft.events)
        return {draft.one(("all", "any")): names} if draft.rarely(2) else names

    def _deadline(self, *, triggered: bool) -> Node:
        draft = self._draft
        kind = draft.one(("single", "single", "single", "earliest", "latest", "promptly"))
        if kind == "promptly":
            return {"promptly": True, **({"of": draft.happening()} if draft.rarely(4) else {})}
        if kind == "single":
            return self._limit(triggered=triggered)
        return {kind: [self._limb(2, triggered=triggered) for _ in range(draft.draw(st.integers(2, _LIMBS)))]}

    def _limb(self, depth: int, *, triggered: bool) -> Node:
        draft = self._draft
        if depth and draft.rarely(8):
            limbs = [self._limb(depth - 1, triggered=triggered) for _ in range(2)]
            return {draft.one(("earliest", "latest")): limbs}
        when = {"when": draft.either(draft.condition)} if draft.rarely(3) else {}
        return {**self._limit(triggered=triggered), **when}

    def _limit(self, *, triggered: bool) -> Node:
        """Return a single limit; without a trigger it says what it counts from."""
        draft = self._draft
        if draft.rarely(5):
            return {"before": draft.one(draft.events)}
        unit = draft.one(tuple(_LENGTHS))
        found: Node = {"within": {unit: draft.either(lambda: draft.one(_LENGTHS[unit]))}, **dict(self._counting(unit))}
        return found if triggered and not draft.rarely(3) else {**found, "of": self._trigger()}

    def _counting(self, unit: str) -> Iterator[tuple[str, object]]:
        draft = self._draft
        if unit == "hours" and draft.rarely(5):
            yield "hours", draft.one(("next_full_hour", "exact"))
        if unit not in _ELAPSED and draft.rarely(4):
            yield "roll", draft.one(("next_working_day", "stay"))
        if unit not in _ELAPSED and draft.rarely(4):
            yield "ends", draft.one(("17:30", "02:30", "00:00"))

    def _read_in_two_ways(self, node: Node) -> Node:
        """Return *node*, now and then with one key that only some options give it, beside those that all share."""
        draft = self._draft
        movable = [name for name in _OPTIONAL if name in node]
        if not draft.readings or not movable or not draft.rarely(8):
            return node
        reading, key = draft.one(tuple(draft.readings)), draft.one(movable)
        shared = {name: value for name, value in node.items() if name != key}
        options = draft.readings[reading]
        given = {option: {key: node[key]} if place == 0 else {} for place, option in enumerate(options)}
        return {**shared, "reading": reading, **given}
