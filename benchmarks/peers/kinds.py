"""What a peer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from benchmarks.workload.words import PROVISIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.workload.cases import Columns
    from policyengine.wording import Wording


class Mode(StrEnum):
    """Who does what."""

    MEASURE = "measure"  # plain Python written by hand for this policy
    OURS = "ours"
    FULL = "full"  # the engine gives limit and status
    MATCH = "match"  # the engine says which provisions apply; limits and statuses are common glue
    FLOOR = "floor"  # that glue alone
    LIMIT = "limit"  # batch code written by hand for this policy


class NotAvailableError(Exception):
    """Something that a peer needs is not there; its text says what."""


def _as_it_is(given: Any) -> Any:  # noqa: ANN401 - each peer has forms of its own
    return given


@dataclass(frozen=True, slots=True)
class OneCase:
    """A peer that judges one case at a time.

    Args:
        mode: who does what.
        what: the row's words on the page.
        call: judges what `prepared` returns; this is what is timed.
        prepared: turns a case, a dictionary, into the form that the peer takes; not timed.
        rows: turns what `call` returns into rows `(provision, due, status, ...)`, to be checked; not timed.
        packages: the distributions whose versions are recorded.
        policy: the policy, and so the cases, that it judges.
    """

    mode: Mode
    what: Wording
    call: Callable[[Any], Any]
    prepared: Callable[[dict[str, Any]], Any] = _as_it_is
    rows: Callable[[Any], Sequence[Sequence[Any]]] = _as_it_is
    packages: tuple[str, ...] = ()
    policy: str = "benchmark-steady"


Outputs = tuple["Sequence[NDArray[np.int64]]", "Sequence[NDArray[np.int8]]"]
"""By provision, the limits and the statuses of all cases: -1 where there is no duty, 0 where there is no limit."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A peer that judges many cases in columns.

    Args:
        mode: who does what.
        what: the row's words on the page.
        prepared: turns columns into the form that the peer takes; not timed.
        call: judges that; this is what is timed.
        outputs: turns what `call` returns into limits and statuses, to be checked; not timed.
        packages: the distributions whose versions are recorded.
        cases: how many it is given; fewer where it is slow.
        covers: the numbers of the provisions that it answers, in the order of its outputs.
    """

    mode: Mode
    what: Wording
    call: Callable[[Any], Any]
    prepared: Callable[[Columns], Any] = _as_it_is
    outputs: Callable[[Any], Outputs] = _as_it_is
    packages: tuple[str, ...] = ()
    cases: int = 1_000_000
    covers: tuple[int, ...] = tuple(PROVISIONS)


Peer = OneCase | Batch
