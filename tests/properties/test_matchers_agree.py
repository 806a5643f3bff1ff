"""Law: durable-rules decides every condition as the reference does, whatever the vocabulary and the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.engine.durable import DurableMatcher
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.model.condition import ORDER_TESTS, Condition
from policyengine.model.vocabulary import Vocabulary
from tests.support.durable import needs_durable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

TITLE = {"zh": "题", "en": "title"}
KINDS = ("boolean", "text", "number", "scale", "choices")
LEVELS = ("l0", "l1", "l2", "l3", "l4")

BIG = 10**17
numbers: SearchStrategy[float] = (
    st.integers(-2, 4)
    | st.sampled_from((-0.0, 0.5, 1.0, 1e17, -1e-300, BIG - 1, BIG, BIG + 1, 1.0 * BIG + 16))
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
texts = (
    st.sampled_from(("", "1", "true", "f0", "w", '"', "'}", "$m", "\\", "\x00", "长治", "👍", "x" * 70_000)) | st.text()
)
anything = st.booleans() | numbers | texts


@st.composite
def vocabularies(draw: DrawFn) -> Vocabulary:
    events = [f"e{place}" for place in range(draw(st.integers(1, 5)))]
    facts = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), min_size=1, max_size=6))
    return Vocabulary.model_validate(
        {
            "vocabulary": "random",
            "title": TITLE,
            "scales": {"scale": _choices(LEVELS[: draw(st.integers(2, 5))])},
            "facts": {f"x{place}": _fact(kind, many=many) for place, (kind, many) in enumerate(facts)},
            "events": {
                name: {
                    "title": TITLE,
                    "kind_of": tuple(draw(st.sets(st.sampled_from(events[:place])) if place else st.just(()))),
                }
                for place, name in enumerate(events)
            },
        }
    )


def _choices(names: Sequence[str]) -> tuple[dict[str, Any], ...]:
    return tuple({"id": name, "title": TITLE} for name in names)


def _fact(kind: str, *, many: bool) -> dict[str, Any]:
    value = {"scale": "scale", "choices": _choices(LEVELS)}.get(kind, kind)
    return {"title": TITLE, "many": many, kind if kind in {"scale", "choices"} else "type": value}


def _values(vocabulary: Vocabulary, fact: str) -> SearchStrategy[Any]:
    kind = vocabulary.facts.get(fact)
    if kind is None:  # an attribute that nobody declared: anything goes
        return anything
    named = vocabulary.values(kind)
    if named is not None:
        return st.sampled_from(named)
    return {"boolean": st.booleans(), "number": numbers, "text": texts}[kind.type or "text"]


@st.composite
def fact_tests(draw: DrawFn, vocabulary: Vocabulary) -> dict[str, Any]:
    fact = draw(st.sampled_from((*vocabulary.facts, "undeclared")))
    kind = vocabulary.facts.get(fact)
    value = _values(vocabulary, fact)
    listed = {"one_of": st.lists(value, min_size=1, max_size=5).map(tuple)}
    if kind is None:
        return {fact: draw(st.fixed_dictionaries({}, optional={**listed, "contains": value}))}
    if kind.many:
        return {fact: {"contains": draw(value)}}
    orders = dict.fromkeys(ORDER_TESTS, value) if kind.scale or kind.type == "number" else {}
    return {fact: draw(st.fixed_dictionaries({}, optional={**listed, **orders}))}


def conditions(vocabulary: Vocabulary) -> SearchStrategy[dict[str, Any]]:
    several = st.lists(fact_tests(vocabulary), min_size=1, max_size=3)
    names = st.lists(st.sampled_from(tuple(vocabulary.events)), min_size=1, max_size=3)
    leaves: SearchStrategy[dict[str, Any]] = (
        st.just({}) | several.map(_together) | names.map(lambda found: {"happened": tuple(found)})
    )
    return st.recursive(leaves, _nested, max_leaves=12)


def _together(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {fact: test for each in found for fact, test in each.items()}


def _nested(inner: SearchStrategy[dict[str, Any]]) -> SearchStrategy[dict[str, Any]]:
    several = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.builds(
        lambda parts, more: {**parts, **more},
        inner,
        st.fixed_dictionaries({}, optional={"any": several, "all": several, "not": inner}),
    )


@st.composite
def records(draw: DrawFn, vocabulary: Vocabulary) -> Record:
    found: dict[str, Any] = {}
    for fact in (*vocabulary.facts, "undeclared"):
        kind = vocabulary.facts.get(fact)
        value = _values(vocabulary, fact)
        several = st.lists(value, max_size=3).map(tuple)
        known = value | several if kind is None else several if kind.many else value
        if draw(st.integers(0, 3)):
            found[fact] = draw(known | st.none())
    return Record(found, draw(st.frozensets(st.sampled_from(tuple(vocabulary.events)))))


@st.composite
def questions(draw: DrawFn) -> tuple[Vocabulary, list[Condition], list[Record]]:
    vocabulary = draw(vocabularies())
    asked = draw(st.lists(conditions(vocabulary), max_size=6))
    return (
        vocabulary,
        [Condition.model_validate(each) for each in asked],
        draw(st.lists(records(vocabulary), max_size=6)),
    )


@needs_durable
@settings(max_examples=max(150, settings().max_examples))
@given(questions())
def test_l9_durable_rules_decide_as_the_reference(question: tuple[Vocabulary, list[Condition], list[Record]]) -> None:
    vocabulary, asked, facts = question
    assert DurableMatcher(vocabulary).decide(asked, facts) == ReferenceMatcher(vocabulary).decide(asked, facts)
