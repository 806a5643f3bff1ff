"""L11: strictness is reflexive and transitive; what is proved, and what is refuted, is so in every case tried.

`compare(p, p)` finds nothing: held against itself, a policy lacks nothing and has nothing beyond. `compare` itself
holds no policy against itself, so the standings are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.analysis.degrees import Degree, answers, degree, most, unsettled
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side
from policyengine.analysis.standings import standings
from policyengine.analysis.strictness import Finding, between, strictness
from policyengine.loading.dump import dumped
from policyengine.loading.vocabulary import read_words
from policyengine.model.vocabulary import Topic
from policyengine.temporal.instant import DAY
from policyengine.testing import strategies
from tests.support import pairs
from tests.support.cases import policy_named
from tests.support.lab import at, log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.analysis.strictness import Counterexample, Demand
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant

GOOD = Path(__file__).parents[1] / "policies" / "good"
MOST_MOMENTS = 12
LOGS = 4  # for each pair: to load one takes longer than to judge a case
ABOVE = [
    ("changzhi", "state-council-2016-61"),
    ("hubei", "state-council-2016-80"),
    ("xincheng", "state-council-2016-61"),
]


@cache
def generated() -> SearchStrategy[pe.Policy]:
    words, faults = read_words(GOOD / "vocabulary" / "workshop.yaml")
    assert words is not None, faults
    return strategies.policies(words.vocabulary, beside=GOOD)


def holds_itself(side: Side) -> None:
    """Assert that *side* is as strict as itself, and lacks nothing held against itself."""
    assert between(side, side).holds is True
    for act in side.vocabulary.acts:
        topic = Topic(id=act, title=side.vocabulary.acts[act].title, acts=(act,))
        found = standings(topic, side, (side,), {})
        assert [each for each in found if each.lacking or each.beyond] == []
        assert {each.relation for each in found if each.demanded} <= {Relation.EQUAL}


@given(st.data())
def test_l11_a_policy_is_as_strict_as_itself(data: DataObject) -> None:
    policy = data.draw(generated())
    try:
        holds_itself(Side.of(policy, data.draw(strategies.readings(policy))))
    except TooManyRegionsError:
        reject()


@pytest.mark.parametrize("name", pe.packaged())
@settings(max_examples=3)
@given(st.data())
def test_l11_a_regulation_is_as_strict_as_itself(name: str, data: DataObject) -> None:
    policy = policy_named(name)
    readings = data.draw(strategies.readings(policy))
    holds_itself(Side.of(policy, readings))
    found = compare([policy], against=[policy.id], readings={policy.id: readings})
    assert {cell.relation for row in found.rows for cell in row.cells} <= {None}


@given(st.data())
def test_l11_strictness_is_transitive(data: DataObject) -> None:
    making = pairs.Making(lambda count: data.draw(st.integers(0, count - 1)))
    pair = pairs.pair(making)
    less = pairs.weaker(making, pair.one)
    nodes = (pair.one, less, pairs.weaker(making, less))
    found = [pairs.policy(each, pair.headers[0], name="lab") for each in nodes]
    loaded = [each for each in found if each is not None]
    assume(len(loaded) == len(found))
    one, other, last = map(Side.of, loaded)
    first, second = between(one, other).holds, between(other, last).holds
    assert False not in {first, second}  # each asks for less than the one before
    assert (first, second) != (True, True) or between(one, last).holds is not False


def as_file(example: Counterexample) -> str:
    """Return the case of a counterexample as a file has it."""
    events = [
        {
            "id": each.id,
            "type": each.type,
            "at": str(each.at),
            **({} if each.by is None else {"by": each.by}),
            "to": list(each.to),
            "attributes": _plain(each.attributes),
            "sets": _plain(each.sets),
        }
        for each in example.case.events
    ]
    case = {"case": example.case.id, "scope": example.case.scope, "facts": _plain(example.case.facts), "events": events}
    return dumped(case)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def replayed(one: Side, other: Side, demand: Demand, folder: Path) -> None:
    """Assert that the counterexample to *demand* shows its difference, once written to a file and read again."""
    example, provision = demand.counterexample, demand.provision
    assert example is not None
    path = folder / "case.yaml"
    path.write_text(as_file(example), encoding="utf-8")
    case = pe.Case.from_yaml(path)
    theirs = pe.evaluate(other.policy, case, as_of=example.as_of, readings=other.readings)
    mine = pe.evaluate(one.policy, case, as_of=example.as_of, readings=one.readings)

    def about(duty: Duty) -> bool:
        return answers(duty, provision.act, provision.strength, other.vocabulary)

    found = most(theirs, lambda duty: duty.provision == provision.id), most(mine, about)
    assert found == (example.found, example.instead)
    assert found[0] > found[1]
    assert degree(example.duty) is example.found
    assert example.duty in theirs.duties
    assert set(example.rows) == {duty for duty in mine.duties if duty.exists and about(duty)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("counterexamples")


@given(pairs.pairs())
def test_l11_every_counterexample_shows_its_difference(folder: Path, pair: pairs.Pair) -> None:
    both = pair.loaded()
    assume(both is not None)
    one, other = map(Side.of, both or ())
    for demand in between(one, other).demands:
        assert (demand.counterexample is None) == (demand.finding is not Finding.REFUTED)
        if demand.counterexample is not None:
            replayed(one, other, demand, folder)


@pytest.mark.parametrize(("name", "superior"), ABOVE)
def test_l11_every_counterexample_between_regulations_shows_its_difference(
    name: str, superior: str, folder: Path
) -> None:
    found = strictness(policy_named(name), policy_named(superior))
    assert found.counterexamples
    for demand in found.demands:
        if demand.counterexample is not None:
            replayed(found.one, found.other, demand, folder)


@dataclass(frozen=True)
class Shown:
    """An instant at which one side finds less about a demand than the other; `unsettled` where it is not sure of it."""

    at: Instant
    theirs: Degree
    mine: Degree
    unsettled: bool


def shown(one: Side, other: Side, demand: Provision, case: pe.Case) -> Iterator[Shown]:
    """Yield every instant at which something can change, and at which *one* finds less about *demand* than *other*."""

    def about(duty: Duty) -> bool:
        return answers(duty, demand.act, demand.strength, one.vocabulary)

    for moment in _moments(one, other, case):
        theirs = most(_answer(other, case, moment), lambda duty: duty.provision == demand.id)
        if theirs > Degree.NOTHING:
            answer = _answer(one, case, moment)
            if (mine := most(answer, about)) < theirs:
                yield Shown(moment, theirs, mine, unsettled(answer, about))


def _answer(side: Side, case: pe.Case, at: Instant) -> Assessment:
    return pe.evaluate(side.policy, case, as_of=at, readings=side.readings)


def _moments(one: Side, other: Side, case: pe.Case) -> Sequence[Instant]:
    """Return the events, and what limits of the last of them, and of the case a while later, are late from."""
    first = min((event.at for event in case.events), default=at("9:00"))
    last = max((event.at for event in case.events), default=first)
    found = {event.at for event in case.events} or {first}
    for asked in (last, last.plus(50 * DAY)):
        for answer in (_answer(one, case, asked), _answer(other, case, asked)):
            found |= {each.limit.late_from for each in answer.duties if each.limit is not None}
            found |= {each.violated_at for each in answer.duties if each.violated_at is not None}
    return sorted(each for each in found if each >= first)[:MOST_MOMENTS]


@given(st.data())
def test_what_is_covered_is_covered_in_every_log(data: DataObject) -> None:
    both = data.draw(pairs.pairs()).loaded()
    assume(both is not None)
    one, other = map(Side.of, both or ())
    (demand,) = between(one, other, only=["a"]).demands
    if demand.finding is Finding.COVERED:
        cases = pairs.logs(demand.provision, before=pairs.inert(one, demand.provision))
        for _ in range(LOGS):
            lacking = shown(one, other, demand.provision, data.draw(cases))
            assert [each for each in lacking if not each.unsettled] == []


TINY = [
    "must: answer, upon: start",
    "should: answer, upon: start",
    "must: confer, upon: start",
    "must: answer, upon: start, standing: true",
    "must: answer, upon: start, each: true",
    "must: answer, upon: start, until: stop",
    "must: answer, upon: start, deadline: {within: {hours: 1}}",
    "should: answer, upon: start, deadline: {within: {hours: 1}}",
    "must: answer, upon: start, deadline: {within: {hours: 2}}",
    "must: answer, upon: start, until: stop, deadline: {within: {hours: 1}}",
    "must: answer, upon: start, deadline: {before: stop}",
    "must_not: answer, upon: start",
    "must_not: confer, upon: start",
    "must_not: answer, upon: start, until: stop",
]
UNDECIDED = {("must: answer, upon: start, standing: true", "must: answer, upon: start, each: true")}
"""What the norms could decide, and do not yet."""
MOMENTS = ("9:30", "10:30")
INSTANTS = ("9:00", "9:30", "10:01", "10:30", "11:01")


@cache
def shown_by_some_log() -> frozenset[tuple[int, int]]:
    """Return the pairs of tiny provisions of which the first finds less than the second in some short log."""
    together = pairs.written("\n".join(f"id: p{number}, {text}" for number, text in enumerate(TINY)))
    acts = [f"{when} {kind}" for when, kind in product(MOMENTS, ("answer", "confer", "stop", "start"))]
    logs = [
        ("9:00 start", *more)
        for count in range(3)
        for more in product(acts, repeat=count)
        if list(more) == sorted(more, key=acts.index)
    ]
    found = set()
    for entries, when in product(logs, INSTANTS):
        rows = pe.evaluate(together, log(*entries), as_of=at(when)).duties
        names = [f"p{number}" for number in range(len(TINY))]
        most_of = [
            max((degree(row) for row in rows if row.provision == name), default=Degree.NOTHING) for name in names
        ]
        told = {row.provision: row for row in rows}
        for one, other in product(range(len(TINY)), repeat=2):
            asked = told[names[other]]
            counts = answers(told[names[one]], asked.act, asked.strength, together.vocabulary)
            if most_of[other] > (most_of[one] if counts else Degree.NOTHING):
                found.add((one, other))
    return frozenset(found)


@pytest.mark.parametrize("other", range(len(TINY)), ids=TINY)
def test_tiny_policies_are_told_apart_exactly_as_all_short_logs_tell_them(other: int) -> None:
    against = Side.of(pairs.written(TINY[other]))
    for one, text in enumerate(TINY):
        (demand,) = between(Side.of(pairs.written(text)), against).demands
        expected = Finding.REFUTED if (one, other) in shown_by_some_log() else Finding.COVERED
        expected = Finding.OPEN if (text, TINY[other]) in UNDECIDED else expected
        assert (text, demand.finding) == (text, expected)
