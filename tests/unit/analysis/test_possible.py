"""Which norms can apply together: by enumeration, by the solver, and by going through everything there is."""

from __future__ import annotations

import json
import sys
from itertools import chain, combinations, pairwise, product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.analysis import possible as module
from policyengine.analysis import regions
from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.possible import possible
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side
from policyengine.engine.matcher import Record
from policyengine.engine.reference import timeline
from policyengine.engine.reference.conditions import ReferenceMatcher, conjunction, negation
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tables import decided, with_derived
from policyengine.engine.reference.timeline import Snapshot
from policyengine.errors import MatcherMismatchError, MissingExtraError
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Provision
from policyengine.testing import strategies
from tests.support import lab
from tests.support.cases import policy_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyengine.analysis.possible import Method, Possibility
    from policyengine.analysis.sides import Norms
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap
    from policyengine.model.vocabulary import Vocabulary

GOOD = Path(__file__).parents[2] / "policies" / "good"
BOTH: tuple[Method, ...] = ("cells", "solver")
SIGNS = {Truth.TRUE: "T", Truth.FALSE: "F", Truth.UNKNOWN: "?"}
LAB = lab.policy("{id: a, must: answer, upon: start}").vocabulary
TITLE = {"zh": "试", "en": "t"}


def norms_of(policy: Policy, readings: Mapping[str, str] | None = None) -> Norms:
    side = Side.of(policy, readings)
    every: tuple[Provision | Gap, ...] = (*side.provisions, *side.gaps)
    return tuple((side, each) for each in every)


def found(norms: Norms, method: Method = "auto", settled: Mapping[str, FactValue] | None = None) -> list[Possibility]:
    vocabulary = norms[0][0].vocabulary
    return list(possible(vocabulary, norms, FrozenMap(settled or {}), method=method))


def vectors(norms: Norms, method: Method = "auto", settled: Mapping[str, FactValue] | None = None) -> list[str]:
    """Return each combination of truths as letters, one for each norm."""
    return ["".join(SIGNS[truth] for truth in each.truths) for each in found(norms, method, settled)]


def written(*conditions: str, header: str = "") -> Norms:
    """Return a norm for each condition, written as what stands behind the act of a provision."""
    ids = "abcdefgh"[: len(conditions)]
    lines = [f"{{id: {name}, must: answer{each and ', '}{each}}}" for name, each in zip(ids, conditions, strict=True)]
    return norms_of(lab.policy("\n".join(lines), header))


def table(fact: str, *rows: tuple[str, object], otherwise: object = "unstated", hit: str = "first") -> str:
    """Return a table that derives *fact*, as a line of the section `tables`."""
    listed = ", ".join(f"{{when: {when}, then: {then}}}" for when, then in rows)
    return f'  - {{derives: {fact}, clause: "LAB:1", hit: {hit}, rows: [{listed}], else: {otherwise}}}\n'


def tagged(tag: str) -> str:
    return f"{{tags: {{contains: {tag}}}}}"


UNIQUE = "tables:\n" + table("grade", (tagged("x"), "high"), (tagged("y"), "top"), otherwise="low", hit="unique")
UNSTATED = "tables:\n" + table("grade", (tagged("x"), "high"), (tagged("y"), "top"))
CHAIN = UNSTATED + table("flag", ("{grade: high}", "true"), (tagged("z"), "false"), otherwise="false")
FIVE = "tables:\n" + "".join(
    table(fact, (tagged("x"), low), (tagged(tag), high), otherwise=low, hit="unique")
    for fact, tag, low, high in (
        ("grade", "g", "high", "top"),
        ("class", "c", "high", "top"),
        ("flag", "f", "true", "false"),
        ("other", "o", "true", "false"),
        ("amount", "a", "1", "2"),
    )
)
"""Five facts that are open at once where a list contains everything: together in 32 ways."""


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param(("",), "T", id="without condition"),
        pytest.param(("when: {flag: true}",), "T F", id="truth"),
        pytest.param(("when: {any: [{flag: true}, {flag: false}]}",), "T", id="whatever a fact is"),
        pytest.param(("when: {flag: true, not: {flag: true}}",), "F", id="never"),
        pytest.param(
            ("when: {grade: {at_least: high}}", "when: {grade: {less_than: high}}"),
            "TF FT",
            id="a scale is cut in two",
        ),
        pytest.param(
            ("when: {grade: [low, top]}", "when: {grade: {more_than: low, at_most: high}}", "when: {grade: mid}"),
            "TFF FTT FTF",
            id="values of a scale and a stretch of it",
        ),
        pytest.param(
            ("when: {amount: {more_than: 5}}", "when: {amount: {less_than: 5}}", "when: {amount: 5}"),
            "TFF FTF FFT",
            id="above, below and at a number",
        ),
        pytest.param(
            ("when: {amount: {more_than: 1, less_than: 2}}", "when: {amount: 1.5}"),
            "TT TF FF",
            id="between whole numbers",
        ),
        pytest.param(
            ("when: {amount: 1}", "when: {amount: 1.0}", "when: {amount: [1, 2]}"),
            "TTT FFT FFF",
            id="one number written in two ways",
        ),
        pytest.param(
            ("when: {amount: {more_than: 0.1, less_than: 0.10000000000000002}}",),
            "F",
            id="nothing lies between neighbours of the machine",
        ),
        pytest.param(
            ("when: {place: here}", "when: {place: [here, there]}", "when: {place: '-'}"),
            "TTF FTF FFT FFF",
            id="texts, and any other",
        ),
        pytest.param((f"when: {tagged('x')}", f"when: {tagged('y')}"), "TT TF FT FF", id="what a list contains"),
        pytest.param(
            ("when: {happened: speak}", "when: {happened: confer}", "when: {happened: [stop, confer]}"),
            "TTT TFT TFF FFT FFF",
            id="an event is also what it is a kind of",
        ),
        pytest.param(
            ("when: {happened: speak, flag: true}", "unless: {happened: answer}"),
            "TT TF FT FF",
            id="facts and events",
        ),
        pytest.param(("when: {flag: true}, unless: {grade: top}", "unless: {flag: true}"), "TF FT FF", id="exceptions"),
        pytest.param(
            ("when: {flag: true}", "when: {grade: top}, defeats: a"), "TF FT FF", id="one provision defeats another"
        ),
        pytest.param(
            ("when: {flag: true}", "when: {grade: top}, defeats: a, upon: stop"),
            "TF FT FF ?T",
            id="what is in force only from an event on defeats perhaps",
        ),
        pytest.param(
            ("when: {flag: true}", "when: {grade: top}, defeats: a", "when: {other: true}, defeats: b"),
            "TFT TFF FTF FFT FFF ?TF ?FT",
            id="so does what is itself defeated",
        ),
    ],
)
def test_every_combination_of_conditions(method: Method, conditions: tuple[str, ...], expected: str) -> None:
    assert vectors(written(*conditions), method) == expected.split()


UNIQUE = table("grade", (tagged("x"), "high"), (tagged("y"), "top"), otherwise="low", hit="unique")
SILENT = table("grade", (tagged("x"), "high"), (tagged("y"), "top"))
CHAIN = SILENT + table("flag", ("{grade: high}", "true"), (tagged("z"), "false"), otherwise="true")
FIVE = "".join(
    table(fact, (tagged("x"), high), (tagged(tag), low), otherwise=high, hit="unique")
    for fact, tag, low, high in (
        ("grade", "g", "mid", "top"),
        ("class", "c", "mid", "top"),
        ("flag", "f", "false", "true"),
        ("other", "o", "false", "true"),
        ("amount", "a", "1", "2"),
    )
)
"""Five facts, each open where a list contains `x` and a letter of its own; together they come out in 32 ways."""


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(
    ("tables", "conditions", "expected"),
    [
        pytest.param(SILENT, ("when: {grade: high}", "unless: {grade: top}"), "TT FF ??", id="a table says nothing"),
        pytest.param(
            SILENT,
            ("when: {any: [{grade: top}, {flag: true}]}", "when: {flag: false}"),
            "TT TF FT ?T",
            id="what it does not say need not matter",
        ),
        pytest.param(
            UNIQUE,
            ("when: {grade: {at_least: high}}", "when: {grade: top}", "when: {grade: low}"),
            "TTF TFF T?F FFT",
            id="two rows of a table that allows one",
        ),
        pytest.param(
            CHAIN,
            ("when: {flag: true}", "when: {grade: high}"),
            "TT TF T? FF ??",
            id="a table asks what another leaves open",
        ),
        pytest.param(
            SILENT + table("flag", ("{grade: high}", "true"), otherwise="false"),
            ("when: {flag: true}", "when: {flag: [true, false]}", "when: {grade: high}"),
            "TTT FTF ?T?",
            id="it may be one or the other",
        ),
        pytest.param(
            FIVE,
            ("when: {grade: [mid, top], class: [mid, top], amount: [1, 2]}", "when: {class: top, flag: true}"),
            "TT TF T?",
            id="open facts that come to the same",
        ),
    ],
)
def test_every_combination_of_derived_facts(
    method: Method, tables: str, conditions: tuple[str, ...], expected: str
) -> None:
    assert vectors(written(*conditions, header=f"tables:\n{tables}"), method) == expected.split()


@pytest.mark.parametrize("method", BOTH)
def test_more_combinations_of_open_facts_than_are_looked_at_leave_all_of_them_open(
    method: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition, header = "when: {grade: [mid, top], class: [mid, top], amount: [1, 2]}", f"tables:\n{FIVE}"
    assert vectors(written(condition, header=header), method) == ["T"]
    for place in (timeline, module):
        monkeypatch.setattr(place, "MOST_COMBINATIONS", 31)
    assert vectors(written(condition, header=header), method) == ["T", "?"]


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        pytest.param({"grade": "top"}, "TT TF", id="a value of a scale"),
        pytest.param({"grade": "low", "flag": True}, "FF", id="two facts"),
        pytest.param({"grade": None}, "?F ??", id="a fact that is not known"),
        pytest.param({"amount": 3, "tags": ("x",)}, "TT TF FF", id="facts that do not matter"),
    ],
)
def test_facts_can_be_settled_beforehand(method: Method, settled: Mapping[str, FactValue], expected: str) -> None:
    asked = written("when: {grade: {at_least: high}}", "when: {grade: top, flag: true}")
    assert vectors(asked, method, settled) == expected.split()
    assert all(settled.items() <= each.record.values.items() for each in found(asked, method, settled))


@pytest.mark.parametrize("method", BOTH)
def test_the_record_knows_every_fact_that_bears_on_the_norms(method: Method) -> None:
    asked = written("when: {any: [{flag: true}, {flag: false}], not: {grade: top}, tags: {contains: x}}")
    assert all(set(each.record.values) == {"flag", "grade", "tags"} for each in found(asked, method))


# The oracle: the reference, asked about every record that there is.

MOST_RECORDS = 6000


def judged(side: Side, norm: Provision | Gap, record: Record) -> Truth:
    """Return whether *norm* applies in *record*: by its own conditions, while nothing applies that defeats it."""
    matcher = ReferenceMatcher(side.vocabulary)
    snapshots = with_derived(matcher, side.tables.values(), (Snapshot(BEGINNING, record, FrozenMap()),))

    def truth(condition: Condition | None) -> Truth:
        return Truth.TRUE if condition is None else decided(matcher, (condition,), snapshots)[0][0]

    def own(each: Provision | Gap) -> Truth:
        exception = each.unless if isinstance(each, Provision) else None
        return conjunction([truth(each.when), *([] if exception is None else [negation(truth(exception))])])

    def defeats(each: Provision) -> Truth:
        lives = (each.upon, each.until, each.in_force, each.waived_by)
        lasting = not any(lives) and not defeating(each) and each.scope == getattr(norm, "scope", None)
        return own(each) if lasting or own(each) is not Truth.TRUE else Truth.UNKNOWN

    def defeating(which: Provision | Gap) -> list[Provision]:
        return [each for each in side.provisions if which in side.provisions and which.id in (each.defeats or ())]

    return conjunction([own(norm), *(negation(defeats(each)) for each in defeating(norm))])


def every_value(name: str, tests: list[FactTest], vocabulary: Vocabulary) -> list[FactValue]:
    """Return values of a fact that pass and fail *tests* in every way that there is."""
    kind, own = vocabulary.facts[name], [each for each in tests if each.fact == name]
    if kind.many:
        asked = list(dict.fromkeys(each.contains for each in own if each.contains is not None))
        return list(chain.from_iterable(combinations(asked, size) for size in range(len(asked) + 1)))
    if kind.type == "number":
        numbers = sorted({each for test in own for each in (*(test.one_of or ()), *(one for _, one in test.orders()))})
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        return [*numbers, *between, *(each - 1 for each in numbers), *(each + 1 for each in numbers)]
    if kind.type == "text":
        return ["none of them", *dict.fromkeys(each for test in own for each in test.one_of or ())]
    return list(vocabulary.values(kind) or (True, False))


def every_record(norms: Norms) -> Iterator[Record]:
    """Yield every record of the facts and events that bear on *norms*, which are of one side."""
    side = norms[0][0]
    parts = [part for _, norm in norms for each in side.conditions((norm,)) for part in each.parts()]
    tests = [test for part in parts for test in part.facts]
    names = [name for name in dict.fromkeys(test.fact for test in tests) if name not in side.tables]
    events = sorted({kind for part in parts for name in part.happened or () for kind in side.vocabulary.kinds(name)})
    values = [every_value(name, tests, side.vocabulary) for name in names]
    assume(prod(map(len, values)) * 2 ** len(events) <= MOST_RECORDS)
    for chosen, past in product(product(*values), product((False, True), repeat=len(events))):
        happened = frozenset(name for name, truth in zip(events, past, strict=True) if truth)
        yield Record(FrozenMap(dict(zip(names, chosen, strict=True))), happened)


def every_vector(norms: Norms) -> set[str]:
    return {"".join(SIGNS[judged(side, norm, record)] for side, norm in norms) for record in every_record(norms)}


TESTS: dict[str, st.SearchStrategy[object]] = {
    "grade": st.sampled_from([{"at_least": "high"}, {"less_than": "mid"}, ["low", "top"], "mid"]),
    "class": st.sampled_from([{"at_most": "low"}, {"more_than": "mid"}, "top"]),
    "flag": st.booleans(),
    "other": st.booleans(),
    "amount": st.sampled_from([1, 1.5, {"at_least": 1, "less_than": 2}, {"more_than": 2}, [1, 2]]),
    "place": st.sampled_from(["here", ["here", "there"]]),
    "tags": st.sampled_from([{"contains": "x"}, {"contains": "y"}]),
}
VALUES = {"grade": ("low", "mid", "top"), "class": ("mid", "high"), "flag": (True, False), "other": (True, False)}
EVENTS = st.sampled_from(["confer", "answer", ["confer", "stop"]])


def conditions(facts: list[str]) -> st.SearchStrategy[str]:
    """Return conditions on some of *facts*, and on what happened, as they are written."""
    one = st.sampled_from(facts).flatmap(lambda name: st.fixed_dictionaries({name: TESTS[name]}))
    happened: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries({"happened": EVENTS})
    plain = st.one_of(one, one, st.builds(lambda first, second: {**first, **second}, one, one), happened)
    several = st.lists(plain, min_size=2, max_size=3)
    shapes = (
        plain,
        several.map(lambda each: {"any": each}),
        plain.map(lambda each: {"not": each}),
        several.map(lambda each: {**each[0], "not": {"all": each[1:]}}),
    )
    return st.one_of(*(each.map(json.dumps) for each in shapes))


@st.composite
def crossed(draw: st.DrawFn) -> tuple[list[str], str]:
    """Return conditions of norms and a header, over few facts; some are derived from one another and left open."""
    derived = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=3, unique=True))
    asked = draw(st.lists(st.sampled_from(sorted(TESTS.keys() - set(derived))), min_size=1, max_size=2, unique=True))
    tables = ""
    for name in derived:
        value = st.sampled_from(VALUES[name])
        rows = draw(st.lists(st.tuples(conditions(asked), value.map(json.dumps)), min_size=1, max_size=3))
        otherwise, hit = draw(st.just("unstated") | value.map(json.dumps)), draw(st.sampled_from(["first", "unique"]))
        tables += table(name, *rows, otherwise=otherwise, hit=hit)
        asked = [*asked, name]
    ways = ["when: {}", "unless: {}", "when: {}, defeats: a"]
    texts = [
        draw(st.sampled_from(ways[: 2 + bool(place)])).format(draw(conditions(asked)))
        for place in range(draw(st.integers(2, 4)))
    ]
    return texts, f"tables:\n{tables}" if tables else ""


WORKSHOP = strategies.policies(pe.load(GOOD / "tables.yaml").vocabulary, beside=GOOD)


@given(crossed())
def test_both_methods_find_what_going_through_every_record_finds(parts: tuple[list[str], str]) -> None:
    asked = written(*parts[0], header=parts[1])
    expected = every_vector(asked)
    assert {method: set(vectors(asked, method)) for method in BOTH} == dict.fromkeys(BOTH, expected)


@given(st.data())
def test_both_methods_find_the_same_in_generated_policies(data: st.DataObject) -> None:
    policy = data.draw(WORKSHOP)
    asked = norms_of(policy, data.draw(strategies.readings(policy)))
    assume(asked)
    expected = every_vector(asked)
    assert {method: set(vectors(asked, method)) for method in BOTH} == dict.fromkeys(BOTH, expected)


@pytest.mark.parametrize("name", pe.packaged())
def test_both_methods_find_the_same_in_packaged_policies(name: str) -> None:
    every = norms_of(policy_named(name))
    topics = [each.acts for each in every[0][0].vocabulary.topics]
    about = [tuple(pair for pair in every if getattr(pair[1], "act", None) in acts) for acts in topics]
    silences = tuple(pair for pair in every if not isinstance(pair[1], Provision))
    for asked in (*about, silences, *((pair,) for pair in every)):
        if asked:
            assert vectors(asked, "solver") == vectors(asked, "cells"), [norm.id for _, norm in asked]


@pytest.mark.parametrize("topic", [each.id for each in policy_named(pe.packaged()[0]).vocabulary.topics])
def test_both_methods_find_the_same_for_all_packaged_policies_together(topic: str) -> None:
    every = [pair for name in pe.packaged() for pair in norms_of(policy_named(name))]
    (acts,) = [each.acts for each in every[0][0].vocabulary.topics if each.id == topic]
    asked = tuple(pair for pair in every if getattr(pair[1], "act", None) in acts)
    assert vectors(asked, "solver") == vectors(asked, "cells")


# More than can be enumerated.


def wide(folder: Path, facts: Mapping[str, str], *conditions: Mapping[str, object]) -> Norms:
    """Return a norm for each condition on *facts*, whose types are given as `boolean`, or `text` for a list."""
    vocabulary = {
        "vocabulary": "wide",
        "title": TITLE,
        "facts": {name: {"title": TITLE, "type": kind, "many": kind == "text"} for name, kind in facts.items()},
        "acts": {"answer": {"title": TITLE}},
        "roles": {"unit": {"title": TITLE}},
    }
    names = [f"p{place}" for place, _ in enumerate(conditions)]
    policy = {
        "policy": "wide",
        "title": TITLE,
        "vocabulary": "wide",
        "time_zone": "Asia/Shanghai",
        "calendar": "cn",
        "versions": [{"in_force": {}}],
        "provisions": [
            {"id": name, "title": TITLE, "clause": "LAB:1", "bearer": "unit", "must": "answer", "when": condition}
            for name, condition in zip(names, conditions, strict=True)
        ],
        "source": {
            "title": TITLE,
            "clauses": {"LAB:1": {"number": "1", "digest": "0" * 16, "says": TITLE, "provisions": names}},
        },
    }
    (folder / "vocabulary").mkdir(exist_ok=True)
    (folder / "vocabulary" / "wide.yaml").write_text(json.dumps(vocabulary), encoding="utf-8")
    loaded, faults = read_policy_text(Source("wide.json", json.dumps(policy)), beside=folder)
    assert loaded is not None, faults
    return norms_of(loaded)


@pytest.fixture
def pairs(tmp_path: Path) -> Norms:
    """Return norms on 40 facts: two of them, one pair or another, and what follows from it or cannot be with it."""
    flags = [f"f{place}" for place in range(40)]
    both = {"any": [{one: True, other: True} for one, other in zip(flags[::2], flags[1::2], strict=True)]}
    some: dict[str, object] = {"any": [{name: True} for name in flags]}
    return wide(tmp_path, dict.fromkeys(flags, "boolean"), both, some, {"not": both}, dict.fromkeys(flags, True))


PAIRS = ["TTFT", "TTFF", "FTTF", "FFTF"]


def test_forty_facts_are_no_matter_for_the_solver(pairs: Norms) -> None:
    assert vectors(pairs, "solver") == PAIRS


def test_the_solver_is_turned_to_where_facts_are_too_many(pairs: Norms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REGIONS", 100)
    assert vectors(pairs) == PAIRS
    monkeypatch.setattr(regions, "MOST_ASKED", 100)
    with pytest.raises(TooManyRegionsError):
        vectors(pairs, "cells")


def test_the_solver_is_not_turned_to_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.setattr(module, "MOST_REGIONS", 2)
    assert vectors(written("when: {flag: true}")) == ["T", "F"]
    with pytest.raises(MissingExtraError):
        vectors(written("when: {flag: true}", "when: {other: true}"))


def test_the_solver_is_turned_to_where_contents_of_a_list_are_too_many(tmp_path: Path) -> None:
    contents = [{"list": {"contains": f"c{place}"}} for place in range(30)]
    asked = wide(tmp_path, {"list": "text"}, {"any": contents}, {"all": contents}, {"any": contents[:10]}, contents[3])
    with pytest.raises(TooManyContentsError):
        vectors(asked, "cells")
    assert vectors(asked) == ["TTTT", "TFTT", "TFTF", "TFFF", "FFFF"]


@pytest.mark.parametrize("method", ["auto", "solver"])
def test_without_the_solver_there_is_no_guess(method: Method, pairs: Norms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REGIONS", 100)
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(MissingExtraError, match=r"regulatory-duties\[solver\]"):
        vectors(pairs, method)


def test_what_the_reference_does_not_confirm_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [(Record(FrozenMap({"flag": False})), (Truth.TRUE,))]
    monkeypatch.setattr(module, "solutions", lambda *_, **__: wrong)
    with pytest.raises(MatcherMismatchError, match=r"\['a'\].*true.*false"):
        vectors(written("when: {flag: true}"), "solver")
