"""Truths along time: piecewise constant from the beginning of time on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policyengine.model.condition import Truth
from policyengine.temporal.instant import FIRST_MICROS, Instant

BEGINNING = Instant(FIRST_MICROS)
"""The first instant there is; every event of a case comes later (see `prepare.log`)."""

Interval = tuple[Instant, Instant | None]
"""`[from, to)`; an open end reaches as far as anybody asks."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Truths by the instant from which each holds; the first holds from :data:`BEGINNING`."""

    starts: tuple[Instant, ...]
    truths: tuple[Truth, ...]

    def at(self, when: Instant) -> Truth:
        """Return the truth at *when*."""
        return self.truths[bisect_right(self.starts, when) - 1]

    def since(self, when: Instant) -> tuple[tuple[Instant, Truth], ...]:
        """Return (start, truth) from *when* on, the first starting at *when* itself."""
        later = tuple((start, truth) for start, truth in zip(self.starts, self.truths, strict=True) if start > when)
        return ((when, self.at(when)), *later)


def constant(truth: Truth) -> Spans:
    """Return the same truth at all times."""
    return Spans((BEGINNING,), (truth,))


def of_intervals(intervals: Iterable[Interval]) -> Spans:
    """Return true within *intervals* (disjoint, in order), false elsewhere."""
    starts, truths = [BEGINNING], [Truth.FALSE]
    for start, end in intervals:
        if start == starts[-1]:
            truths[-1] = Truth.TRUE
        else:
            starts.append(start)
            truths.append(Truth.TRUE)
        if end is not None:
            starts.append(end)
            truths.append(Truth.FALSE)
    return Spans(tuple(starts), tuple(truths))


def along(starts: Iterable[Instant], truths: Iterable[Truth]) -> Spans:
    """Return the truths that hold from each of *starts* on; a truth that goes on needs no start of its own."""
    changes: list[tuple[Instant, Truth]] = []
    for start, truth in zip(starts, truths, strict=True):
        if not changes or changes[-1][1] is not truth:
            changes.append((start, truth))
    return Spans(tuple(start for start, _ in changes), tuple(truth for _, truth in changes))


def combined(decide: Callable[[Iterable[Truth]], Truth], parts: Sequence[Spans]) -> Spans:
    """Return *decide* of what *parts* say at each instant."""
    starts = tuple(sorted({start for part in parts for start in part.starts}))
    return along(starts, (decide(part.at(start) for part in parts) for start in starts))


def mapped(change: Callable[[Truth], Truth], part: Spans) -> Spans:
    """Return *change* of what *part* says at each instant."""
    return along(part.starts, (change(truth) for truth in part.truths))
