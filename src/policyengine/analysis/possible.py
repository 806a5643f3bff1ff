"""Which norms can apply together: every combination of truths that they have in some case, with a case that has it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from math import inf
from typing import TYPE_CHECKING, Literal, TypeAlias

from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.analysis.formulas import solutions
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import enumerated
from policyengine.engine.matcher import Record
from policyengine.engine.reference.timeline import MOST_COMBINATIONS
from policyengine.errors import MatcherMismatchError
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.analysis.sides import Norms
    from policyengine.model.case import FactValue
    from policyengine.model.vocabulary import Vocabulary

Method: TypeAlias = Literal["auto", "cells", "solver"]
"""How combinations are found: by enumeration, by z3, or by z3 only where there is too much to enumerate soon."""

MOST_REGIONS = 4000
"""With `auto`, so many regions of the facts are enumerated before z3 is asked instead; z3 needs seconds for more."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """One combination of truths.

    Args:
        record: facts and events where it is so; every fact that bears on the norms is known in it.
        truths: one for each norm, in their order.
    """

    record: Record
    truths: tuple[Truth, ...]


def possible(
    vocabulary: Vocabulary, norms: Norms, given: Mapping[str, FactValue] = FrozenMap(), *, method: Method = "auto"
) -> tuple[Possibility, ...]:
    """Return every combination of truths that *norms* have in some case whose facts are known, each once.

    Exact, and the same by every method, apart from the records that stand for them; those are judged by the reference
    before they are returned. Combinations are ordered by their truths: true, false, unknown. Unknown is only what stays
    so whatever the facts are, as where a table leaves a derived fact unstated.

    Args:
        vocabulary: the words of all norms.
        norms: of one side or of several.
        given: facts that are settled beforehand, in every case; one that is ``None`` is not known.
        method: how they are found; `auto` turns to z3 after :data:`MOST_REGIONS`, `cells` never does.

    Raises:
        TooManyRegionsError, TooManyContentsError: there is too much to enumerate (`cells`).
        MissingExtraError: z3 is not installed, and is asked for (`solver`) or there is too much to enumerate (`auto`).
        UnsolvedError: z3 does not settle the question, or there are too many combinations to list.
        MatcherMismatchError: the reference comes to other truths in a record than were found; a fault of ours.
    """
    found = _found(vocabulary, norms, given, method)
    ordered = sorted(found, key=lambda truths: [_ORDER.index(each) for each in truths])
    return tuple(_confirmed(norms, Possibility(found[truths], truths)) for truths in ordered)


_ORDER = tuple(Truth)


def _found(
    vocabulary: Vocabulary, norms: Norms, given: Mapping[str, FactValue], method: Method
) -> dict[tuple[Truth, ...], Record]:
    if method == "cells":
        return _enumerated(vocabulary, norms, given)
    if method == "auto":
        with suppress(TooManyRegionsError, TooManyContentsError):
            return _enumerated(vocabulary, norms, given, most=MOST_REGIONS)
    return _solved(vocabulary, norms, given)


def _solved(vocabulary: Vocabulary, norms: Norms, given: Mapping[str, FactValue]) -> dict[tuple[Truth, ...], Record]:
    found = solutions(vocabulary, norms, given, most_combined=MOST_COMBINATIONS)
    return {truths: record for record, truths in found}


def _enumerated(
    vocabulary: Vocabulary, norms: Norms, given: Mapping[str, FactValue], *, most: int | None = None
) -> dict[tuple[Truth, ...], Record]:
    number = count(1)

    def counted(truths: tuple[Truth, ...]) -> tuple[Truth, ...]:
        if next(number) > (most or inf):
            raise TooManyRegionsError(f"the facts come out in more than {most} ways")
        return truths

    anything = FrozenMap({**_anything(vocabulary, norms), **given})
    found: dict[tuple[Truth, ...], Record] = {}
    for region, truths in enumerated(vocabulary, norms, counted, given):
        witness = region.witness()
        found.setdefault(truths, Record(FrozenMap({**anything, **witness.values}), witness.happened))
    return found


def _anything(vocabulary: Vocabulary, norms: Norms) -> dict[str, FactValue]:
    """Return some value of every fact that bears on *norms*: what a region leaves open may be any, but is known."""
    conditions = [part for side, norm in norms for each in side.conditions((norm,)) for part in each.parts()]
    tests = [test for each in conditions for test in each.facts]
    facts = dict.fromkeys(name for side, norm in norms for name in side.facts(norm))
    return {name: cells(name, tests, vocabulary)[0].witness for name in facts}


def _confirmed(norms: Norms, found: Possibility) -> Possibility:
    truths = tuple(side.applies(norm, found.record) for side, norm in norms)
    if truths != found.truths:
        names = [norm.id for _, norm in norms]
        raise MatcherMismatchError(
            f"of the norms {names} it was found {found.truths}, and the reference comes to {truths},"
            f" in the record {found.record!r}"
        )
    return found
