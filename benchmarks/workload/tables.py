"""Columns of cases in the forms that the library takes: a chunk of codes, or tables of Arrow."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.workload.words import CHANNELS, REGIONS, SEVERITIES, TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmarks.workload.cases import Columns
    from policyengine.engine.columns import Chunk, Layout

_WORDS = {"severity": SEVERITIES, "channel": CHANNELS, "region": REGIONS}
_FACTS = (*_WORDS, "reach", "vital_interests", "other_agency", "illegal_rumour", "report_required")


def chunk(given: Columns, layout: Layout) -> Chunk:
    """Return the cases in the codes of *layout*, a layout of `benchmark-steady`."""
    from policyengine.engine.columns import Chunk

    codes = np.array([layout.types[name] for name in TYPES], np.int16)
    nothing = np.zeros(0, np.int64)
    return Chunk(
        as_of=given.as_of,
        facts=np.stack([_coded(given, name, layout) for name in layout.facts]),
        offsets=given.offsets,
        types=codes[given.types],
        at=given.at,
        flags=np.zeros(len(given.at), np.uint8),
        attributes=nothing,
        set_offsets=np.zeros(given.n + 1, np.int64),
        set_event=nothing,
        set_fact=nothing.astype(np.int16),
        set_code=nothing.astype(np.int32),
        awkward=np.zeros(given.n, np.bool_),
    )


def _coded(given: Columns, name: str, layout: Layout) -> NDArray[np.int32]:
    """Return the codes of a fact, each of its values looked up once."""
    values = getattr(given, name)
    if values.dtype == np.bool_ or name in _WORDS:
        meant: Sequence[Any] = _WORDS.get(name, (False, True))
        found: NDArray[np.int32] = layout.facts[name].codes(meant)[values.astype(np.int8)]
        return found
    distinct, places = np.unique(values, return_inverse=True)
    return layout.facts[name].codes(distinct.tolist())[places]


def arrow(given: Columns) -> tuple[Any, Any]:
    """Return the cases and their events as tables: words as dictionaries, instants as timestamps."""
    pa: Any = import_module("pyarrow")
    moment = pa.timestamp("us", tz="UTC")
    ids = pa.array(np.char.add("c", np.arange(given.n).astype(str)))
    places = np.repeat(np.arange(given.n, dtype=np.int32), np.diff(given.offsets))
    facts = {name: getattr(given, name) for name in _FACTS}
    for name, words in _WORDS.items():
        facts[name] = pa.DictionaryArray.from_arrays(facts[name], pa.array(words))
    cases = pa.table({"case": ids, "as_of": pa.array(given.as_of).cast(moment), **facts})
    events = pa.table(
        {
            "case": ids.take(pa.array(places)),
            "type": pa.DictionaryArray.from_arrays(given.types, pa.array(TYPES)),
            "at": pa.array(given.at).cast(moment),
        }
    )
    return cases, events
