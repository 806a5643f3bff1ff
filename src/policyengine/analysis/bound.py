"""Provisions as their sides read them: whether two say the same, and whether what starts one starts the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.model.condition import Condition
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Provision


@dataclass(frozen=True, slots=True)
class Bound:
    """A provision as its side reads it."""

    side: Side
    provision: Provision


def obliges(provision: Provision) -> bool:
    """Tell whether a provision asks for an act."""
    return provision.strength in {Strength.MUST, Strength.SHOULD}


def starts(one: Bound, trigger: Happening | None, other: Bound) -> bool:
    """Tell whether *one* is put in force by *trigger*, for which *other* waits.

    What is in force from the start of the case is in force then too, if no act before the trigger could have ended it.
    """
    own = one.provision.upon
    if one.provision.scope != other.provision.scope:
        return False
    if own is None:
        lasting = one.provision.until is None and (bool(one.provision.standing) or not obliges(one.provision))
        return trigger is None or lasting
    return trigger is not None and any(_includes(one, each, trigger, other) for each in own)


def _includes(one: Bound, wide: Happening, narrow: Happening, other: Bound) -> bool:
    """Tell whether every happening that *narrow* means is one that *wide* means."""
    if wide.event is None or narrow.event is None:
        return wide == narrow and watch_alike(one.side, other.side, (narrow,))
    sure = all(name in narrow.where and set(narrow.where[name]) <= set(values) for name, values in wide.where.items())
    return narrow.event in one.side.vocabulary.kinds(wide.event) and sure


def same(one: Bound, other: Bound) -> bool:
    """Tell whether two provisions work alike where they apply, with all that they watch."""
    return _same(one, other, frozenset())


def count_alike(one: Side, other: Side) -> bool:
    """Tell whether two sides count limits and days alike."""
    ways = [(each.counting, each.policy.zone, each.policy.calendar) for each in (one, other)]
    return ways[0] == ways[1]


def know_alike(one: Side, other: Side, conditions: Iterable[Condition]) -> bool:
    """Tell whether *conditions* come to the same on both sides: whether what they ask is derived alike."""
    asked = {name for each in conditions for name in each.facts_asked()}
    return one.tables == other.tables or not asked & {*one.tables, *other.tables}


def same_role(one: Side, other: Side, role: str | None) -> bool:
    """Tell whether *role* means the same person on both sides."""
    tables = [each.assigning.get(role or "") for each in (one, other)]
    found = [row.when for each in tables if each is not None for row in each.rows]
    return tables[0] == tables[1] and know_alike(one, other, found)


def watch_alike(one: Side, other: Side, happenings: Iterable[Happening]) -> bool:
    """Tell whether the outcomes among *happenings* are of provisions that are the same on both sides."""
    return _watched_alike(one, other, happenings, frozenset())


def apply_alike(one: Side, other: Side, name: str) -> bool:
    """Tell whether the provisions *name* of two sides of one policy apply alike, work alike, and are defeated alike."""
    return one.policy.id == other.policy.id and _same_named(one, other, name, frozenset((name,)))


def _watched_alike(one: Side, other: Side, happenings: Iterable[Happening], seen: frozenset[str]) -> bool:
    names = {name for each in happenings if (found := each.outcome()) is not None for name in found[1]}
    if names and one.policy.id != other.policy.id:
        return False
    return all(_same_named(one, other, name, seen | names) for name in names - seen)


def _same_named(one: Side, other: Side, name: str, seen: frozenset[str]) -> bool:
    """Tell whether the provisions of one name apply alike and work alike, and what defeats them too."""
    mine, its = one.provision(name), other.provision(name)
    if mine is None or its is None:
        return mine is its
    if (mine.when, mine.unless, mine.defeats) != (its.when, its.unless, its.defeats):
        return False
    if not know_alike(one, other, [each for each in (mine.when, mine.unless) if each is not None]):
        return False
    defeating = [{each.id for each in side.defeating(name)} for side in (one, other)]
    if defeating[0] != defeating[1]:
        return False
    further = defeating[0] - seen
    return _same(Bound(one, mine), Bound(other, its), seen) and all(
        _same_named(one, other, each, seen | further) for each in further
    )


def _same(one: Bound, other: Bound, seen: frozenset[str]) -> bool:
    mine, its = one.provision, other.provision
    if _told(mine) != _told(its) or not count_alike(one.side, other.side):
        return False
    personal = mine.in_person or not obliges(mine)
    limbs = mine.deadline.singles() if mine.deadline is not None else ()
    conditions = [each.when for each in limbs if each.when is not None]
    return (
        (not personal or same_role(one.side, other.side, mine.bearer))
        and know_alike(one.side, other.side, conditions)
        and _watched_alike(one.side, other.side, mine.happenings(), seen)
    )


def _told(provision: Provision) -> object:
    """Return what bears on how a provision that applies works; where it applies is settled by the region."""
    silent = {"id", "title", "clause", "wording", "note", "when", "unless", "defeats", "sanction"}
    silent |= {"bearer"} if obliges(provision) and not provision.in_person else set()
    return [getattr(provision, name) for name in type(provision).model_fields if name not in silent]
