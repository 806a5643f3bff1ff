"""The gaps that cases meet: judged once for all cases that are alike in everything gaps depend on (S30).

A gap looks at its trigger, at whether it was in force then, and at what its condition comes to at `as_of`. So of cases
that have the same values of the facts asked, the same kinds of events, the same outcomes of the provisions watched, and
that lie between the same two changes of the law, one is judged on its own, and the others meet the same gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policyengine.batch.cells import Cells
from policyengine.batch.instants import NONE
from policyengine.engine.columns.chunk import NO_EVENT
from policyengine.engine.reference.tables import expanded
from policyengine.model.assessment import Status
from policyengine.model.happening import Outcome
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from policyengine.batch.decoding import Decoded
    from policyengine.engine.columns.chunk import Judged
    from policyengine.engine.columns.layout import Layout
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.model.provision import InForce

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_OPEN = tuple(Status).index(Status.UNDETERMINED)
_MOST = 1 << 62
_UNSAID = "unsaid"


class Alike(NamedTuple):
    """Cases that are alike.

    Args:
        group: int64[n], the place of each case's group; -1 for those to be judged on their own.
        first: by group, a case of it.
        keys: by group, what its cases have in common.
    """

    group: Ints
    first: Ints
    keys: tuple[tuple[object, ...], ...]


class Gaps:
    """What the gaps of one policy, under its readings, depend on."""

    def __init__(self, policy: Policy, readings: Mapping[str, str] | None, layout: Layout) -> None:
        """Find out what they depend on."""
        chosen = choose(policy, readings)
        self._found = [gap for each in policy.gaps if (gap := each.under(chosen)) is not None]
        tables = {found.id: found for each in policy.tables if (found := each.under(chosen)) is not None}
        whens = [each.when for each in self._found if each.when is not None]
        upon = [each for gap in self._found for each in gap.upon or ()]
        self._facts = expanded(dict.fromkeys(name for each in whens for name in each.facts_asked()), tables)
        asked = {name for each in whens for name in each.events_asked()}
        words = policy.vocabulary
        named = {each.event for each in upon if each.event is not None and not each.where} | asked
        self._types = tuple(frozenset(words.kinds(name)) for name in sorted(named))
        self._narrowed = frozenset(
            kind for each in upon if each.event and each.where for kind in words.kinds(each.event)
        )
        self._rows = {each.id: row for row, each in enumerate(layout.rows)}
        self._outcomes = tuple(dict.fromkeys(_outcomes(upon)))
        periods = [each.in_force for each in policy.header.versions]
        periods += [each.in_force for each in self._found if each.in_force is not None]
        days = {day for each in periods for day in _days(each)}
        self._changes = np.array(sorted(policy.zone.first_instant(each).micros for each in days), np.int64)

    def __bool__(self) -> bool:
        return bool(self._found)

    def alike(self, decoded: Decoded, as_of: Ints, judged: Judged | None, wanted: Mask) -> Alike:
        """Return the *wanted* cases in groups.

        Args:
            decoded: the cases.
            as_of: int64[n].
            judged: what columns answered, if they answered any provision.
            wanted: bool[n], cases that columns answered whole.
        """
        log, size = decoded.log, len(decoded)
        owner = np.repeat(np.arange(size), np.diff(log.offsets))
        seen = log.at <= as_of[owner]
        alone = ~wanted
        columns: list[Ints] = []
        values: list[list[object]] = []
        for name in self._facts:
            codes, known, odd = _standing(decoded, name, owner, seen)
            alone = alone | odd
            columns.append(codes)
            values.append(known)
        for kinds in self._types:
            columns.append(_happened(decoded, kinds, owner, seen).astype(np.int64))
            values.append([False, True])
        alone = alone | _happened(decoded, self._narrowed, owner, seen)
        for outcome, name in self._outcomes:
            row = self._rows.get(name)
            if row is None or judged is None:
                continue
            columns.append(_came(judged, outcome, row).astype(np.int64))
            values.append([False, True])
            alone = alone | (judged.status[row] == _OPEN)
        between = self._between(log.at, log.offsets, as_of)
        alone = alone | (between < 0)
        columns.append(np.maximum(between, 0))
        values.append(list(range(len(self._changes) + 1)))
        return _grouped(columns, values, alone)

    def _between(self, at: Ints, offsets: Ints, as_of: Ints) -> Ints:
        """Return between which changes of the law a case lies as a whole, counted from 0; -1 where one lies within."""
        if not len(self._changes):
            return np.zeros(len(as_of), np.int64)
        has = np.diff(offsets) > 0
        first = np.append(at, NONE)[offsets[:-1]]
        start = np.where(has, np.minimum(first, as_of), as_of)
        ends = (np.searchsorted(self._changes, each, side="right") for each in (start, as_of))
        one, other = ends
        return np.where(one == other, one, -1)


def _outcomes(upon: list[Happening]) -> Iterator[tuple[Outcome, str]]:
    for each in upon:
        found = each.outcome()
        if found is not None:
            yield from ((found[0], name) for name in found[1])


def _days(period: InForce) -> Iterator[date]:
    yield from (each for each in (period.from_, period.to) if each is not None)


def _came(judged: Judged, outcome: Outcome, row: int) -> Mask:
    found: Mask = judged.performed[row] != NO_EVENT if outcome is Outcome.PERFORMED else judged.violated_at[row] != NONE
    return found


def _happened(decoded: Decoded, kinds: frozenset[str], owner: Ints, seen: Mask) -> Mask:
    """Tell in which cases an event of any of *kinds* has happened."""
    types = decoded.log.type
    matching = np.array([*(each in kinds for each in types.values), False])[types.places] & seen
    found = np.zeros(len(decoded), np.bool_)
    found[owner[matching]] = True
    return found


def _standing(decoded: Decoded, name: str, owner: Ints, seen: Mask) -> tuple[Ints, list[object], Mask]:
    """Return the value of a fact at `as_of` as codes, what they stand for, and the cases where that is too much."""
    size = len(decoded)
    known: dict[object, int] = {_UNSAID: 0}
    values: list[object] = [_UNSAID]
    codes, odd = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    given, sets = decoded.facts.get(name), decoded.log.sets.get(name)
    if isinstance(given, Cells):
        codes = _coded(given, known, values)
    elif given is not None:
        odd |= given.there
    if isinstance(sets, Cells):
        events = np.flatnonzero(sets.there & seen)
        # Events stand in their order, so that the last one that sets the fact stays.
        codes[owner[events]] = _coded(sets, known, values)[events]
    elif sets is not None:
        odd[owner[sets.there]] = True
    return codes, values, odd


def _coded(cells: Cells, known: dict[object, int], values: list[object]) -> Ints:
    places = []
    for each in cells.values:
        key = _key(each)
        if key not in known:
            known[key] = len(values)
            values.append(key)
        places.append(known[key])
    return np.array([*places, 0], np.int64)[cells.places]


def _key(value: FactValue) -> object:
    """Return what tells *value* from others: `1` and `true` are two values (S9)."""
    if isinstance(value, tuple):
        return tuple((each.__class__, each) for each in value)
    return value.__class__, value


def _grouped(columns: list[Ints], values: list[list[object]], alone: Mask) -> Alike:
    key = np.zeros(len(alone), np.int64)
    size = 1
    for column, known in zip(columns, values, strict=True):
        if size * len(known) >= _MOST:
            _, key = np.unique(key, return_inverse=True)
            size = len(key)
        key = key * len(known) + column
        size *= len(known)
    rows = np.flatnonzero(~alone)
    _, first, group = np.unique(key[rows], return_index=True, return_inverse=True)
    found = np.full(len(alone), -1)
    found[rows] = group
    firsts = rows[first]
    pairs = list(zip(columns, values, strict=True))
    keys = tuple(tuple(known[int(column[case])] for column, known in pairs) for case in firsts)
    return Alike(found, firsts, keys)
