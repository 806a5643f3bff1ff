"""Cases in which the provisions that columns cannot answer certainly have no duty: nothing that triggers them happened.

A provision whose triggers are events has no duty before one of them (S11, S14), whatever else it says; one that waits
for the outcome of such a provision has none either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from policyengine.batch.decoding import Decoded
    from policyengine.engine.columns.layout import Layout
    from policyengine.model.provision import Provision

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]


class Dormant:
    """The provisions of one layout that columns cannot answer, and the events that may put any of them in force."""

    def __init__(self, layout: Layout) -> None:
        """Find the events."""
        others = {each.provision.id: each.provision for each in layout.columns if not each.columnar}
        self.always_awake = any(not _waits(each, others.keys()) for each in others.values())
        """Whether one of them may have a duty without any such event."""
        words = layout.policy.vocabulary
        named = {each.event for one in others.values() for each in one.upon or () if each.event is not None}
        self._types = frozenset(kind for name in named for kind in words.kinds(name))

    def awake(self, decoded: Decoded, as_of: Ints) -> Mask:
        """Tell in which cases one of them may have a duty."""
        found = np.full(len(decoded), self.always_awake)
        if self._types and not self.always_awake:
            log = decoded.log
            owner = np.repeat(np.arange(len(decoded)), np.diff(log.offsets))
            matching = np.array([*(each in self._types for each in log.type.values), False])[log.type.places]
            found[owner[matching & (log.at <= as_of[owner])]] = True
        return found


def _waits(provision: Provision, others: Collection[str]) -> bool:
    """Tell whether *provision* waits for nothing but events, and outcomes of provisions among *others*."""
    outcomes = [each.outcome() for each in provision.upon or ()]
    return bool(outcomes) and all(found is None or set(found[1]) <= set(others) for found in outcomes)
