"""Many triples, asked in several ways: how often each way agrees with the reference, and where it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.model.assessment import Assessment
from policyengine.testing.differential.reached import reached
from policyengine.testing.differential.reducing import reduced
from policyengine.testing.differential.reproducer import reproducer
from policyengine.testing.differential.triple import Declined, Known, Refused, Triple, known
from policyengine.testing.differential.triples import MUCH, Group, Size, triples
from policyengine.testing.differential.way import Way, agree
from policyengine.testing.rendering import differences as told_differences

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.testing.differential.reproducer import Reproducer


@dataclass(frozen=True, slots=True)
class Manner:
    """How triples are made and differences told.

    Args:
        seeds: each makes the same triples whenever it comes up.
        size: how much each seed makes.
        sources: strategies for policies, in turn by seed; generated, packaged and misprinted ones unless given.
        beside: the folder whose `vocabulary/` and `calendars/` the policies need; packaged ones need none.
        most: so many differences of each way are made small and told; the others are counted.
        after: told of what was found so far after each seed, with that seed.
    """

    seeds: Iterable[int]
    size: Size = MUCH
    sources: Sequence[SearchStrategy[Policy]] = ()
    beside: Path | None = None
    most: int = 1
    after: Callable[[Found, int], object] = lambda *_: None


@dataclass(slots=True)
class Tally:
    """What became of the questions to one way: answered as the reference, left to it (by reason), otherwise."""

    equal: int = 0
    different: int = 0
    declined: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that a way answers otherwise than the reference, as small as it was found.

    Args:
        way: the way's name.
        seed: what made it.
        asked: the question, with the reference's answer.
        told: every difference as a line.
        files: what shows it.
    """

    way: str
    seed: int
    asked: Known
    told: tuple[str, ...]
    files: Reproducer


@dataclass(slots=True)
class Found:
    """What a campaign has found so far.

    Args:
        triples: how many the reference has answered.
        tallies: by way.
        missing: ways that are not available, with what is missing.
        reached: what the triples reach, see :mod:`policyengine.testing.differential.reached`.
        differences: those that were made small.
    """

    triples: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    reached: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


def campaign(manner: Manner, ways: Sequence[Way]) -> Found:
    """Return what comes of asking *ways* whatever the seeds of *manner* make.

    A way that is not available is named in `missing`, and asked nothing.
    """
    found = Found()
    there: list[Way] = []
    for way in ways:
        lacking = way.missing()
        if lacking is None:
            there.append(way)
            found.tallies[way.name] = Tally()
        else:
            found.missing[way.name] = lacking
    for seed in manner.seeds:
        for group in triples(seed, manner.size, sources=manner.sources):
            found.triples += len(group)
            for each in group:
                found.reached.update(reached(each))
            for way in there:
                _ask(way, group, found, (manner, seed))
        manner.after(found, seed)
    return found


def _ask(way: Way, group: Group, found: Found, made: tuple[Manner, int]) -> None:
    manner, seed = made
    tally = found.tallies[way.name]
    for asked, said in answers(way, group):
        if isinstance(said, Declined):
            tally.declined[said.why] += 1
        elif agree(way.expected(asked), said):
            tally.equal += 1
        else:
            tally.different += 1
            if sum(each.way == way.name for each in found.differences) < manner.most:
                found.differences.append(smallest(way, asked.triple, manner.beside, seed))


def answers(way: Way, group: Sequence[Known]) -> Iterator[tuple[Known, object]]:
    """Yield what was asked of *way*, each with the reference's answer, and what it said.

    A way that breaks down over the whole group is asked each triple of it alone, so that one of them is to blame.
    """
    try:
        given = list(way.ask(group))
    except Exception as error:  # noqa: BLE001 - whatever it raises, it was asked something that has an answer
        if len(group) == 1:
            yield group[0], Refused.by(error)
            return
        for each in group:
            yield from answers(way, (each,))
        return
    for asked, said in given:
        yield (asked if isinstance(asked, Known) else known(asked)), said


def smallest(way: Way, asked: Triple, beside: Path | None = None, seed: int = 0) -> Difference:
    """Return what *way* answers otherwise than the reference, with everything left out that makes no difference.

    Args:
        way: that answers *asked* otherwise.
        asked: the question.
        beside: the folder whose `vocabulary/` and `calendars/` the policy needs; packaged ones need none.
        seed: what made it.
    """
    small = reduced(asked, lambda each: _wrong(way, each) is not None, beside=beside)
    wrong = _wrong(way, small)
    if wrong is None:  # what broke it was the rest of its group
        wrong = known(small), None
    told, small = tuple(_told(way, *wrong)), wrong[0].triple
    name = f"{way.name}-{seed}-{small.policy.digest[:6]}"
    return Difference(way.name, seed, wrong[0], told, reproducer(small, way, name, told=told))


def _wrong(way: Way, asked: Triple) -> tuple[Known, object] | None:
    """Return the first question that comes of *asked* and is answered otherwise, with that answer."""
    for each, said in answers(way, (known(asked),)):
        if not isinstance(said, Declined) and not agree(way.expected(each), said):
            return each, said
    return None


def _told(way: Way, asked: Known, said: object) -> Iterator[str]:
    expected = way.expected(asked)
    if isinstance(expected, Assessment) and isinstance(said, Assessment):
        lines = told_differences(expected, said)
        yield from lines or (f"  the same, but written {expected!r} and {said!r}",)
    elif isinstance(expected, Mapping) and isinstance(said, Mapping):
        yield from _apart("", expected, said)
    else:
        yield f"  {expected!r} became {said!r}"


def _apart(place: str, expected: Mapping[str, object], said: Mapping[str, object]) -> Iterator[str]:
    """Yield a line for each place at which two mappings differ."""
    for name in dict.fromkeys((*expected, *said)):
        one, other = expected.get(name), said.get(name)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _apart(f"{place}{name}.", one, other)
        elif not agree(one, other):
            yield f"  {place}{name}: {one!r} became {other!r}"
