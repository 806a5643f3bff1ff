"""Everything that is found about one policy, under one option of each reading or held against the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from policyengine.analysis.proving.dead import dead
from policyengine.analysis.proving.examination import Examination, Finder
from policyengine.analysis.proving.finding import Finding, FindingKind, Proof, Reach, Rows, Undecided
from policyengine.analysis.proving.grades import grades
from policyengine.analysis.proving.haste import haste
from policyengine.analysis.proving.order import orders
from policyengine.analysis.proving.tables import tables
from policyengine.analysis.proving.unowed import unowed
from policyengine.analysis.sides import Side, same_vocabulary
from policyengine.model.assessment import Choice
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy

FINDERS: tuple[Finder, ...] = (orders, haste, dead, tables, grades, unowed)
"""What is looked for, each by itself. A kind of finding that needs other policies finds them in `beside`."""
_PLACE = {kind: place for place, kind in enumerate(FindingKind)}


def prove(
    policy: Policy,
    *,
    beside: Sequence[Policy] = (),
    readings: Mapping[str, Mapping[str, str]] = FrozenMap(),
    given: Mapping[str, FactValue] | None = None,
    elsewhere: bool = False,
) -> Proof:
    """Return what follows from the text of *policy* that its authors will not have meant.

    Every finding has a case that shows it, judged by the reference before it is told. What no case shows is not told.

    Args:
        policy: from the loader.
        beside: other policies of the same vocabulary, for findings that need them.
        readings: by policy options other than the defaults.
        given: facts taken as settled everywhere; none unless given.
        elsewhere: whether to look under every other option of every reading as well, each alone.

    Raises:
        DifferentVocabulariesError: the policies do not share one vocabulary.
        ReadingError: an unknown reading or option.
    """
    same_vocabulary((policy, *beside))
    sides = tuple(Side.of(each, readings.get(each.id)) for each in (policy, *beside))
    examination = Examination(sides[0], sides[1:], FrozenMap(given or {}))
    others = _Others(examination)
    reached: list[Finding] = []
    undecided: list[Undecided] = []
    for find in FINDERS:
        for each in find(examination):
            if isinstance(each, Finding):
                reached.append(replace(each, reach=others.reach(each, find)))
            else:
                undecided.append(each)
    told = _ordered(reached)
    return Proof(
        examination.side,
        examination.beside,
        examination.given,
        findings=tuple(each for each in told if not each.stated),
        stated=tuple(each for each in told if each.stated),
        undecided=tuple(undecided),
        elsewhere=tuple(others.beyond(told)) if elsewhere else None,
    )


def _ordered(found: Iterable[Finding]) -> list[Finding]:
    """Return findings kind by kind, in the order in which they were found."""
    return sorted(found, key=lambda each: _PLACE[each.kind])


class _Others:
    """What is found under other options, each chosen alone; every question is asked once."""

    def __init__(self, examination: Examination) -> None:
        self._examination = examination
        self._known: dict[tuple[Choice, Finder], tuple[Finding, ...]] = {}

    def reach(self, finding: Finding, find: Finder) -> Reach:
        """Return under which of the other options that bear on *finding*, which *find* found, it stays."""
        asked = tuple(self._choices(self._bearing(finding)))
        gone = tuple(each for each in asked if all(other.key != finding.key for other in self._found(each, find)))
        return Reach(asked, gone)

    def beyond(self, found: Sequence[Finding]) -> Iterator[tuple[Choice, Finding]]:
        """Yield what is found under another option, and not among *found*."""
        keys = {each.key for each in found}
        for choice in self._choices(self._examination.side.policy.readings):
            for each in _ordered(chain.from_iterable(self._found(choice, find) for find in FINDERS)):
                if each.key not in keys and not each.stated:
                    yield choice, each

    def _bearing(self, finding: Finding) -> tuple[str, ...]:
        """Return the readings on which what *finding* rests on depends."""
        policy = self._examination.side.policy
        about_table = isinstance(finding.detail, Rows)
        names = {*(() if about_table else finding.provisions), *finding.subjects, *finding.stated}
        own = [
            *(name for each in policy.provisions if each.nodes()[0].id in names for name in each.readings),
            *(name for each in policy.tables if each.nodes()[0].id in names for name in each.readings),
            *(name for each in policy.gaps if each.nodes()[0].id in names for name in each.readings),
        ]
        timed = finding.kind in {FindingKind.INFEASIBLE_LIMIT, FindingKind.GRAVER_LATER}
        return tuple(dict.fromkeys((*own, *(policy.counting.readings if timed else ()))))

    def _choices(self, readings: Iterable[str]) -> Iterator[Choice]:
        """Yield the options of *readings* that were not chosen."""
        side = self._examination.side
        for name in readings:
            for option in side.policy.readings[name].options:
                if option != side.readings[name]:
                    yield Choice(name, option)

    def _found(self, choice: Choice, find: Finder) -> tuple[Finding, ...]:
        if (choice, find) not in self._known:
            side = self._examination.side
            read = Side.of(side.policy, {**side.readings, choice.reading: choice.option})
            other = replace(self._examination, side=read, brief=True)
            self._known[choice, find] = tuple(each for each in find(other) if isinstance(each, Finding))
        return self._known[choice, find]
