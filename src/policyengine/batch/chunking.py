"""Decoded cases -> the chunk of integers that the columns of one policy are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyengine.batch.cells import Cells
from policyengine.batch.instants import NONE
from policyengine.batch.texts import encoded
from policyengine.engine.columns.chunk import PARTIAL, Chunk
from policyengine.engine.columns.coding import UNSTATED

if TYPE_CHECKING:
    import numpy.typing as npt

    from policyengine.batch.decoding import Decoded, Log, Values
    from policyengine.engine.columns.layout import Layout

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_MANY = 8


def chunk(decoded: Decoded, layout: Layout, as_of: Ints, awkward: Mask) -> Chunk:
    """Return the cases in the codes of *layout*; those that are `bad` hold nothing that can be relied on.

    Args:
        decoded: the cases.
        layout: says what is coded, and how.
        as_of: int64[n].
        awkward: bool[n], cases to decline.
    """
    log = decoded.log
    sets = [
        (place, coding, column)
        for place, (name, coding) in enumerate(layout.facts.items())
        if (column := log.sets.get(name))
    ]
    inexact = np.zeros(len(decoded), np.bool_)
    owner = np.repeat(np.arange(len(decoded)), np.diff(log.offsets))
    found = []
    for place, coding, column in sets:
        events = np.flatnonzero(column.there)
        found.append((events, np.full(len(events), place, np.int16), column.codes(coding)[events]))
        if column.inexact is not None:
            inexact[owner[column.inexact & column.there]] = True
    facts = np.full((len(layout.facts), len(decoded)), UNSTATED, np.int32)
    for place, (name, coding) in enumerate(layout.facts.items()):
        given = decoded.facts.get(name)
        if given is not None:
            facts[place] = given.codes(coding)
            if given.inexact is not None:
                inexact |= given.inexact & given.there
    event, fact, code = (
        (np.concatenate(each) for each in zip(*found, strict=True))
        if found
        else (np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.int32))
    )
    order = np.argsort(event, kind="stable")
    return Chunk(
        as_of=as_of,
        facts=facts,
        offsets=log.offsets,
        types=log.type.mapped(dict(layout.types), 0).astype(np.int16),
        at=log.at,
        flags=np.where(_true(log.partial), np.uint8(PARTIAL), np.uint8(0)),
        attributes=_attributes(log, layout),
        set_offsets=np.searchsorted(event[order], log.offsets),
        set_event=event[order],
        set_fact=fact[order],
        set_code=code[order],
        awkward=awkward | inexact | decoded.bad | (as_of == NONE),
    )


def _true(column: Cells) -> Mask:
    table: Mask = np.array([*map(bool, column.values), False], np.bool_)
    found: Mask = table[column.places]
    return found


def _attributes(log: Log, layout: Layout) -> Ints:
    if not layout.attributes:
        return np.empty(0, np.int64)
    bits = np.zeros(len(log.at), np.int64)
    roles: dict[str, Values] = {"by": log.by, "to": log.to}
    for name in layout.attributes:
        column = roles[name] if name in roles else log.attributes.get(name)
        lacking = layout.attribute_bits(name, None)
        if column is None:
            bits |= lacking
        elif isinstance(column, Cells):
            table = np.array([*(layout.attribute_bits(name, each) for each in column.values), lacking], np.int64)
            bits |= table[column.places]
        else:
            each = (layout.attribute_bits(name, column.value(row)) for row in range(len(bits)))
            bits |= np.where(column.there, np.fromiter(each, np.int64, len(bits)), lacking)
    return bits


def amended(decoded: Decoded) -> Mask:
    """Tell which cases have corrections, retractions or repeated ids, or are judged by what was known at an instant."""
    log = decoded.log
    owner = np.repeat(np.arange(len(decoded)), np.diff(log.offsets))
    odd = np.asarray(log.corrects.is_valid()) | np.asarray(log.retracts.is_valid()) | ~log.type.there
    found: Mask = (decoded.known_at != NONE) | (decoded.known_until != NONE)
    found[owner[odd]] = True
    has_id = np.asarray(log.id.is_valid())
    if has_id.any():
        found |= _repeated(log, owner, has_id, len(decoded))
    return found


def _repeated(log: Log, owner: Ints, has_id: Mask, size: int) -> Mask:
    """Tell which cases have one id twice, or events without an id among those with one, which get a made-up one."""
    found = np.zeros(size, np.bool_)
    counts = np.bincount(owner, weights=has_id, minlength=size)
    found |= (counts > 0) & (counts < np.diff(log.offsets))
    ids = encoded(log.id)
    different = len(ids.values)
    if different >= int(has_id.sum()):
        return found
    key = owner[has_id] * different + ids.places[has_id]
    if size * different <= _MANY * len(owner) + 1:
        twice = np.flatnonzero(np.bincount(key) > 1)
    else:
        key.sort()
        twice = key[1:][key[1:] == key[:-1]]
    found[twice // different] = True
    return found
