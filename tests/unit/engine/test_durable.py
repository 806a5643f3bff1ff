"""The durable matcher: its answers against the reference's, its limits, and the cage around the engine."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import policyengine as pe
from policyengine.engine import durable, verifying
from policyengine.engine.durable import DurableMatcher
from policyengine.engine.matcher import Record
from policyengine.engine.nets import MOST_HOLES, Among, Fields, Nets, Some
from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.engine.verifying import VerifyingMatcher
from policyengine.model.condition import Condition, Truth
from policyengine.model.vocabulary import Vocabulary
from tests.support.durable import needs_durable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyengine.engine.matcher import Decisions
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
TRUE, FALSE, UNKNOWN = Truth

TITLE = {"zh": "题", "en": "title"}


def _choices(*names: str) -> tuple[dict[str, Any], ...]:
    return tuple({"id": name, "title": TITLE} for name in names)


VOCABULARY = Vocabulary.model_validate(
    {
        "vocabulary": "small",
        "title": TITLE,
        "scales": {"size": _choices("small", "middling", "big", "huge")},
        "facts": {
            "flag": {"title": TITLE, "type": "boolean"},
            "word": {"title": TITLE, "type": "text"},
            "amount": {"title": TITLE, "type": "number"},
            "extent": {"title": TITLE, "scale": "size"},
            "state": {"title": TITLE, "choices": _choices("open", "shut")},
            "topics": {"title": TITLE, "type": "text", "many": True},
            "counts": {"title": TITLE, "type": "number", "many": True},
            **{f"n{place}": {"title": TITLE, "type": "number"} for place in range(300)},
        },
        "events": {
            "act": {"title": TITLE},
            "walk": {"title": TITLE, "kind_of": ("act",)},
            "stroll": {"title": TITLE, "kind_of": ("walk",)},
            "rest": {"title": TITLE},
        },
    }
)


def _condition(written: dict[str, Any]) -> Condition:
    return Condition.model_validate(written)


def _decided(conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
    """Return what the durable matcher decides, once the reference has agreed."""
    decided = DurableMatcher(VOCABULARY).decide(conditions, records)
    assert decided == ReferenceMatcher(VOCABULARY).decide(conditions, records)
    return decided


def _truth(written: dict[str, Any], values: dict[str, FactValue], happened: Sequence[str] = ()) -> Truth:
    ((truth,),) = _decided([_condition(written)], [Record(values, frozenset(happened))])
    return truth


@needs_durable
@pytest.mark.parametrize(
    ("written", "values", "expected"),
    [
        ({"flag": True}, {"flag": True}, TRUE),
        ({"flag": True}, {"flag": False}, FALSE),
        ({"flag": True}, {}, UNKNOWN),
        ({"flag": True}, {"flag": None}, UNKNOWN),
        ({"not": {"flag": True}}, {}, UNKNOWN),
        ({"not": {"not": {"flag": True}}}, {"flag": True}, TRUE),
        ({"flag": [True, False]}, {"flag": False}, TRUE),
        ({"state": ["open", "shut"]}, {"state": "shut"}, TRUE),
        ({"state": "open"}, {"state": "shut"}, FALSE),
        ({"flag": True, "state": "open"}, {"flag": False}, FALSE),
        ({"flag": True, "state": "open"}, {"flag": True}, UNKNOWN),
        ({"any": ({"flag": True}, {"state": "open"})}, {"state": "open"}, TRUE),
        ({"any": ({"flag": True}, {"state": "open"})}, {"state": "shut"}, UNKNOWN),
        ({"any": ({"flag": True}, {"state": "open"})}, {"flag": True, "state": "open"}, TRUE),
        ({"any": ({"flag": True}, {"not": {"flag": True}})}, {}, UNKNOWN),
        ({"all": ({"flag": True}, {"not": {"flag": True}})}, {}, UNKNOWN),
        ({"all": ({"flag": True}, {"not": {"flag": True}})}, {"flag": True}, FALSE),
        ({"flag": True, "any": ({"state": "open"}, {"amount": 1})}, {"flag": True, "amount": 1}, TRUE),
        ({"flag": True, "any": ({"state": "open"}, {"amount": 1})}, {"flag": True, "amount": 2}, UNKNOWN),
        ({"flag": True, "any": ({"state": "open"}, {"amount": 1})}, {"state": "shut", "amount": 2}, FALSE),
        ({}, {}, TRUE),
        ({"not": {}}, {}, FALSE),
        ({"all": ({}, {"flag": True})}, {"flag": True}, TRUE),
        ({"word": {}}, {"word": "x"}, TRUE),
        ({"word": {}}, {}, UNKNOWN),
    ],
)
def test_truths_of_kleene(written: dict[str, Any], values: dict[str, FactValue], expected: Truth) -> None:
    assert _truth(written, values) is expected


@needs_durable
@pytest.mark.parametrize(
    ("test", "true_of", "false_of"),
    [
        ({"at_least": "middling"}, ["middling", "big", "huge"], ["small"]),
        ({"at_most": "middling"}, ["small", "middling"], ["big", "huge"]),
        ({"more_than": "middling"}, ["big", "huge"], ["small", "middling"]),
        ({"less_than": "middling"}, ["small"], ["middling", "big", "huge"]),
        ({"at_least": "small"}, ["small", "huge"], []),
        ({"more_than": "huge"}, [], ["small", "huge"]),
        ({"less_than": "small"}, [], ["small", "huge"]),
        ({"at_least": "middling", "less_than": "huge"}, ["middling", "big"], ["small", "huge"]),
        ({"at_least": "big", "less_than": "big"}, [], ["small", "middling", "big", "huge"]),
        ({"one_of": ("small", "huge"), "more_than": "middling"}, ["huge"], ["small", "middling", "big"]),
    ],
)
def test_orders_of_a_scale(test: dict[str, Any], true_of: list[str], false_of: list[str]) -> None:
    for value in true_of:
        assert _truth({"extent": test}, {"extent": value}) is TRUE
        assert _truth({"not": {"extent": test}}, {"extent": value}) is FALSE
    for value in false_of:
        assert _truth({"extent": test}, {"extent": value}) is FALSE
        assert _truth({"not": {"extent": test}}, {"extent": value}) is TRUE
    assert _truth({"extent": test}, {}) is UNKNOWN


BIG = 10**17


@needs_durable
@pytest.mark.parametrize(
    ("test", "true_of", "false_of"),
    [
        ({"at_least": 3}, [3, 3.0, 3.5, 10**30, float("inf")], [2, 2.999, -1, float("-inf")]),
        ({"at_most": -0.5}, [-0.5, -1, -(10**18)], [-0.4, 0, -0.0]),
        ({"more_than": 0}, [5e-324, 1], [0, -0.0, -5e-324]),
        ({"less_than": 0.1}, [0.09], [0.1, 0.1 + 2**-55, 1]),
        ({"more_than": BIG, "less_than": BIG + 2}, [BIG + 1], [BIG, BIG + 2, float(BIG)]),
        ({"one_of": (BIG + 1,)}, [BIG + 1], [BIG, float(BIG), float(BIG + 1)]),
        ({"one_of": (1, 2.5)}, [1, 1.0, 2.5], [True, "1", 2, 3, "2.5"]),
        ({"one_of": (999_999_999_999_999_999,)}, [999_999_999_999_999_999], [10**18, 1e18]),
    ],
)
def test_numbers(test: dict[str, Any], true_of: list[FactValue], false_of: list[FactValue]) -> None:
    for value in true_of:
        assert _truth({"amount": test}, {"amount": value}) is TRUE
    for value in false_of:
        assert _truth({"amount": test}, {"amount": value}) is FALSE


@needs_durable
def test_what_is_no_number_is_equal_to_nothing_and_on_no_side() -> None:
    nan = float("nan")
    for test in ({"at_least": 1}, {"less_than": 1}, {"one_of": (nan,)}, {"at_most": nan}):
        assert _truth({"amount": test}, {"amount": nan}) is FALSE
    assert _truth({"counts": {"contains": nan}}, {"counts": (nan,)}) is FALSE


@needs_durable
def test_one_and_true_and_the_text_one_are_three_values() -> None:
    three: tuple[Atom, ...] = (1, True, "1")
    conditions = [_condition({"means": {"one_of": (each,)}}) for each in three]
    conditions += [_condition({"means": {"contains": each}}) for each in three]
    records = [Record({"means": each}) for each in three] + [Record({"means": three}), Record({"means": 1.0})]
    decided = _decided(conditions, records)
    assert decided[:3] == (
        (TRUE, FALSE, FALSE, FALSE, TRUE),
        (FALSE, TRUE, FALSE, FALSE, FALSE),
        (FALSE, FALSE, TRUE, FALSE, FALSE),
    )
    assert decided[3:] == (
        (TRUE, FALSE, FALSE, TRUE, TRUE),
        (FALSE, TRUE, FALSE, TRUE, FALSE),
        (FALSE, FALSE, TRUE, TRUE, FALSE),
    )


@needs_durable
@pytest.mark.parametrize(
    ("written", "values", "expected"),
    [
        ({"topics": {"contains": "rumour"}}, {"topics": ("flood", "rumour")}, TRUE),
        ({"topics": {"contains": "rumour"}}, {"topics": ("flood",)}, FALSE),
        ({"topics": {"contains": "rumour"}}, {"topics": ()}, FALSE),
        ({"topics": {"contains": "rumour"}}, {}, UNKNOWN),
        ({"topics": {"contains": "rumour"}}, {"topics": "rumour"}, TRUE),
        ({"not": {"topics": {"contains": "rumour"}}}, {"topics": ()}, TRUE),
        ({"topics": {"contains": "x", "one_of": ("x",)}}, {"topics": ("x",)}, FALSE),
        ({"topics": {"contains": "x", "one_of": ("x",)}}, {"topics": "x"}, TRUE),
        ({"counts": {"contains": 2}}, {"counts": (1, 2.0)}, TRUE),
        ({"counts": {"contains": 1}}, {"counts": (True, "1")}, FALSE),
    ],
)
def test_lists(written: dict[str, Any], values: dict[str, FactValue], expected: Truth) -> None:
    assert _truth(written, values) is expected


@needs_durable
@pytest.mark.parametrize(
    ("asked", "happened", "expected"),
    [
        ("act", [], FALSE),
        ("act", ["stroll"], TRUE),
        ("walk", ["stroll", "rest"], TRUE),
        ("stroll", ["act", "walk"], FALSE),
        (["rest", "stroll"], ["rest"], TRUE),
        (["rest", "stroll"], ["walk"], FALSE),
    ],
)
def test_what_happened_is_never_unknown(asked: object, happened: list[str], expected: Truth) -> None:
    assert _truth({"happened": asked}, {}, happened) is expected
    assert _truth({"not": {"happened": asked}}, {}, happened) is not expected


STRANGE = [
    "",
    "'",
    '"',
    '\\"}]',
    "$m",
    "$and",
    "f0",
    "w",
    "id",
    "S",
    "\x00",
    "\n\t",
    "\ud800",
    "长治市能源局",
    "e\u0301",
    "é",
    "🌊" * 3,
    "null",
    "0",
    '{"$or": [{"f0": 1}]}',
    "x" * 65_535,
    "x" * 65_536,
    "x" * 100_000,
    "x" * 99_999 + "y",
]


@needs_durable
def test_no_text_reaches_the_engine() -> None:
    conditions = [_condition({"word": {"one_of": (text,)}}) for text in STRANGE]
    conditions += [_condition({"topics": {"contains": text}}) for text in STRANGE]
    records = [Record({"word": text, "topics": (text, "more")}) for text in STRANGE]
    same = tuple(tuple(Truth.TRUE if one == other else Truth.FALSE for other in STRANGE) for one in STRANGE)
    assert _decided(conditions, records) == same + same


@needs_durable
def test_nothing_asked_of_nothing() -> None:
    condition, record = _condition({"flag": True}), Record({"flag": True})
    assert _decided([], []) == ()
    assert _decided([], [record, record]) == ()
    assert _decided([condition, condition], []) == ((), ())


# Beyond what one ruleset, one rule, one literal or one session holds.


@needs_durable
def test_two_thousand_records() -> None:
    conditions = [_condition({"amount": {"at_least": 1_000}, "flag": True}), _condition({"amount": (0, 7, 1_999)})]
    records = [Record({"amount": place, "flag": place % 3 == 0}) for place in range(2_000)]
    first, second = _decided(conditions, records)
    assert first.count(TRUE) == sum(place % 3 == 0 for place in range(1_000, 2_000))
    assert [place for place, truth in enumerate(second) if truth is TRUE] == [0, 7, 1_999]


@needs_durable
def test_two_thousand_records_that_differ() -> None:
    thresholds = range(0, 4_000, 20)
    conditions = [_condition({"amount": {"at_least": bound}}) for bound in thresholds]
    records = [Record({"amount": place * 2 + 1}) for place in range(2_000)]
    for bound, row in zip(thresholds, _decided(conditions, records), strict=True):
        assert row.count(TRUE) == 2_000 - bound // 2


@needs_durable
def test_three_hundred_conditions() -> None:
    conditions = [
        _condition({f"n{place}": {"at_least": place}, "any": ({"flag": True}, {f"n{place}": place + 1})})
        for place in range(300)
    ]
    records = [
        Record({"flag": flag} | {f"n{place}": place + shift for place in range(300)})
        for shift, flag in ((-1, None), (0, True), (0, None), (1, None), (0, False))
    ]
    decided = _decided(conditions, records)
    assert set(decided) == {(FALSE, TRUE, UNKNOWN, TRUE, FALSE)}


@needs_durable
@pytest.mark.parametrize("word", ["all", "any"])
def test_conditions_wider_than_any_rule(word: str) -> None:
    parts = tuple({f"n{place}": place} for place in range(300))
    nested = {word: tuple({"any" if word == "all" else "all": ({"flag": True}, part)} for part in parts)}
    values = {f"n{place}": place for place in range(300)}
    records = [
        Record({**values, "flag": False}),
        Record({**values, "n299": -1}),
        Record({f"n{place}": -1 for place in range(300)}),
        Record({name: value for name, value in values.items() if name != "n150"}),
        Record({}),
    ]
    _decided([_condition({word: parts}), _condition({"not": {word: parts}}), _condition(nested)], records)


@needs_durable
def test_values_without_a_range_in_common() -> None:
    every = tuple(f"w{place}" for place in range(1_000))
    conditions = [
        _condition({"word": every}),
        _condition({"word": every[::2]}),
        _condition({"word": every[::3], "flag": True}),
        _condition({"not": {"word": every[::7]}, "all": ({"word": every[::5]},)}),
        _condition({"amount": tuple(range(0, 2_000, 2))}),
    ]
    records = [
        Record({"word": f"w{place}", "amount": place, "flag": True}) for place in (0, 1, 2, 3, 7, 35, 70, 105, 999)
    ]
    _decided(conditions, [*records, Record({"word": "other", "amount": -1}), Record({"flag": True})])


@needs_durable
def test_conditions_nested_deeply() -> None:
    written: dict[str, Any] = {"flag": True}
    for place in range(60):
        written = {"any" if place % 2 else "all": ({f"n{place}": place}, {"not": written})}
    records = [Record({f"n{place}": place + wrong for place in range(60)} | {"flag": True}) for wrong in (0, 1)]
    _decided([_condition(written)], [*records, Record({"flag": False}), Record({"n59": 0, "n58": 58})])


def test_the_hashes_of_the_engine_tell_our_names_apart() -> None:
    names = [f"f{place}" for place in range(durable.MOST_TERMS)] + ["w", "id", "sid", "$s", "$forward"]
    ids = [str(place) for place in range(durable.MOST_ROWS + 1)] + ["sid-S"]
    for texts in (names, ids):
        assert len({_fnv1a(text) for text in texts}) == len(texts)


def _fnv1a(text: str) -> int:
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found ^ byte) * 16_777_619 % 2**32
    return found


def test_an_equal_part_is_derived_once() -> None:
    nets, fields = _nets(3)
    part = Some((Among(0, frozenset({1})), Among(1, frozenset({1}))))
    assert nets.derive(part) == nets.derive(Some(part.parts))
    assert len(nets.rounds[0]) == 2
    assert fields.rounds == [0, 0, 0, 1]


def test_a_literal_with_many_holes_becomes_few_rules() -> None:
    nets, _ = _nets(1, top=100)
    nets.derive(Among(0, frozenset(range(0, 101, 2))))
    pieces = [literal.codes for (literal,) in nets.rounds[0]]
    assert [len(each) for each in pieces] == [MOST_HOLES + 1] * 5 + [6]


def _nets(known: int, top: int = 1) -> tuple[Nets, Fields]:
    fields = Fields()
    for _ in range(known):
        fields.add(top, known_after=0)
    return Nets(fields), fields


# The cage.

MIXED = (
    [
        _condition({"amount": {"at_least": 3}, "any": ({"flag": True}, {"word": "x"})}),
        _condition({"not": {"extent": {"more_than": "small"}}, "happened": "act"}),
    ],
    [
        Record({"amount": 4, "flag": False, "word": "x", "extent": "small"}, frozenset({"stroll"})),
        Record({"amount": 4, "flag": False, "extent": "huge"}),
        Record({"amount": 1}),
    ],
)
ANSWER = ((TRUE, UNKNOWN, FALSE), (TRUE, FALSE, FALSE))


@needs_durable
def test_a_matcher_may_be_asked_again() -> None:
    matcher = DurableMatcher(VOCABULARY)
    assert [matcher.decide(*MIXED) for _ in range(50)] == [ANSWER] * 50


@needs_durable
def test_eight_threads() -> None:
    matcher = DurableMatcher(VOCABULARY)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: matcher.decide(*MIXED), range(400))) == {ANSWER}


@contextmanager
def _busy(threads: int) -> Iterator[None]:
    """Keep the engine's lock taken most of the time."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            DurableMatcher(VOCABULARY).decide(*MIXED)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for each in workers:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in workers:
            each.join()


def _decide_in_child() -> None:
    sys.exit(0 if DurableMatcher(VOCABULARY).decide(*MIXED) == ANSWER else 3)


def _fork_while_busy() -> None:
    """Fork children while threads evaluate; exit with 0 if all of them answered."""
    with _busy(4):
        children = [get_context("fork").Process(target=_decide_in_child) for _ in range(12)]
        for each in children:
            each.start()
        deadline = time.monotonic() + 60
        for each in children:
            each.join(max(0, deadline - time.monotonic()))
    codes = [each.exitcode for each in children]
    for each in children:
        each.kill()
    sys.exit(0 if codes == [0] * len(children) else str(codes))


@needs_durable
@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_forked_in_the_middle_of_an_evaluation() -> None:
    # In an interpreter of its own: a child must not inherit the threads and locks of what runs and measures the tests.
    script = "from tests.unit.engine.test_durable import _fork_while_busy; _fork_while_busy()"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=Path(__file__).parents[3],
        env=own,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@needs_durable
def test_processes_started_afresh() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_answer, range(4))) == [ANSWER] * 4


def _answer(_: int) -> Decisions:
    return DurableMatcher(VOCABULARY).decide(*MIXED)


_MEMORY = """
import resource
from tests.unit.engine.test_durable import ANSWER, MIXED, VOCABULARY
from policyengine.engine.durable import DurableMatcher

def rounds(number):
    for _ in range(number):
        assert DurableMatcher(VOCABULARY).decide(*MIXED) == ANSWER
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = rounds(300)
print(rounds(3_000) - before)
"""


@needs_durable
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has another unit elsewhere")
def test_memory_is_flat() -> None:
    grown = int(_python("-c", _MEMORY))
    assert grown < 4_096, "kB in 3,000 evaluations"


@needs_durable
def test_no_warnings_and_no_output() -> None:
    assert _python("-W", "error", "-c", "import tests.unit.engine.test_durable as t; t._answer(0)") == ""


def _python(*arguments: str) -> str:
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_without_the_engine_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    for matcher in (DurableMatcher, VerifyingMatcher):
        with pytest.raises(pe.MissingExtraError) as caught:
            matcher(VOCABULARY)
        assert str(caught.value) == (
            "the durable matcher needs durable-rules: install `regulatory-duties[durable]`,"
            " which takes a C compiler and a Python below 3.13"
        )


@needs_durable
def test_what_was_begun_is_deleted_when_the_engine_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _Recorded(fail_at=3)
    monkeypatch.setitem(sys.modules, "durable_rules_engine", engine)
    with pytest.raises(AssertionError, match="answered a fact with 2"):
        DurableMatcher(VOCABULARY).decide(*MIXED)
    assert engine.called[-2:] == ["delete_state", "delete_ruleset"]
    monkeypatch.undo()
    assert DurableMatcher(VOCABULARY).decide(*MIXED) == ANSWER


@needs_durable
def test_no_session_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _Recorded()
    monkeypatch.setitem(sys.modules, "durable_rules_engine", engine)
    condition = _condition({"amount": tuple(range(600))})
    DurableMatcher(VOCABULARY).decide(
        [condition], [Record({"amount": each}) for each in range(2 * durable.MOST_ROWS + 1)]
    )
    assert engine.called.count("delete_state") == 3 * engine.called.count("delete_ruleset") > 0


class _Recorded:
    """The engine, noting its calls; the fact number *fail_at* is taken for one seen before."""

    def __init__(self, fail_at: int = 0) -> None:
        self._engine: Any = durable._module()  # noqa: SLF001
        self._fail_at = fail_at
        self.called: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        def call(*arguments: object) -> object:
            self.called.append(name)
            answer = getattr(self._engine, name)(*arguments)
            failing = name == "assert_fact" and self.called.count(name) == self._fail_at
            return (2, answer[1]) if failing else answer

        return call


# Against the reference, with the packaged policy.


@needs_durable
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_the_same_answer(path: Path) -> None:
    policy, case = pe.load("changzhi"), pe.Case.from_yaml(path)
    assert case.as_of is not None
    expected = pe.evaluate(policy, case, as_of=case.as_of)
    assert pe.evaluate(policy, case, as_of=case.as_of, matcher="durable") == expected
    assert pe.evaluate(policy, case, as_of=case.as_of, matcher="verify") == expected


@needs_durable
def test_verifying_names_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert VerifyingMatcher(VOCABULARY).decide(*MIXED) == ANSWER

    class Wrong(DurableMatcher):
        def decide(self, conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
            first, second = super().decide(conditions, records)
            return first, (*second[:2], UNKNOWN)

    monkeypatch.setattr(verifying, "DurableMatcher", Wrong)
    with pytest.raises(pe.MatcherMismatchError, match=r"^condition 1 on record 2: false by the reference, unknown by"):
        VerifyingMatcher(VOCABULARY).decide(*MIXED)
