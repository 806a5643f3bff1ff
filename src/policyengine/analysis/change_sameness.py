"""What a node of a policy says, apart from its words: equal where no answer can tell two nodes apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeVar

from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import holds
from policyengine.model.base import Value
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Gap, Provision, Reference

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import Vocabulary

Norm = TypeVar("Norm", Provision, Gap)

WORDS = frozenset({"title", "clause", "wording", "note", "missing", "acts"})
"""What a node says to people only; of a gap also the acts that it is about, by which only comparisons place it."""

_MOST_TRIED = 4096
_UNORDERED = frozenset(
    {"upon", "waived_by", "means", "defeats", "instead_of", "any_", "all_", "one_of", "happened", "facts"}
    | {"violated", "performed", "breached"}
)
_PROVISIONS = frozenset({"violated", "performed", "breached", "defeats", "instead_of"})


def told(node: object, names: Mapping[str, str] = FrozenMap()) -> Hashable:
    """Return what *node* says, apart from its words and its id.

    Args:
        node: a provision, a gap, a table, counting rules, or a part of one.
        names: other names for some of the provisions that it refers to.
    """
    if isinstance(node, Reference):
        return "elsewhere"
    if isinstance(node, Value):
        kept = [each for each in type(node).model_fields if each not in WORDS and each != "id"]
        return (type(node).__name__, *((each, _field(each, getattr(node, each), names)) for each in kept))
    if isinstance(node, Mapping):
        return frozenset((each, _field("any_", value, names)) for each, value in node.items())
    if isinstance(node, tuple):
        return tuple(told(each, names) for each in node)
    return (type(node).__name__, node)


def _field(name: str, value: object, names: Mapping[str, str]) -> Hashable:
    if name in _PROVISIONS and isinstance(value, tuple):
        return frozenset(names.get(each, each) for each in value)
    if name in _UNORDERED and isinstance(value, tuple):
        return frozenset(told(each, names) for each in value)
    return told(value, names)


def edits(old: Norm, new: Norm, names: Mapping[str, str], vocabulary: Vocabulary | None) -> tuple[str, ...]:
    """Return the keys in which two provisions, or two gaps, differ by more than words.

    Args:
        old: as the old version has it.
        new: as the new version has it.
        names: by what the new version calls provisions what the old one does.
        vocabulary: conditions that come to the same for all that the facts can be, or not be known, count as equal;
            ``None`` where conditions are compared as they are written.
    """
    fields = [each for each in type(old).model_fields if each not in WORDS and each != "id"]
    differing = (
        each
        for each in fields
        if _field(each, getattr(old, each), FrozenMap()) != _field(each, getattr(new, each), names)
    )
    return tuple(
        each
        for each in differing
        if not (
            vocabulary is not None
            and each in {"when", "unless"}
            and equivalent(getattr(old, each), getattr(new, each), vocabulary)
        )
    )


def reworded(old: Value, new: Value) -> tuple[str, ...]:
    """Return the keys of words in which two nodes differ, and those of what only tells people more."""
    found = (each for each in type(old).model_fields if each in WORDS | {"refers_to"})
    return tuple(each for each in found if getattr(old, each) != getattr(new, each, None))


def equivalent(one: Condition | None, other: Condition | None, vocabulary: Vocabulary) -> bool:
    """Tell whether two conditions on facts of a case are true, false and unknown together, and ask the same facts.

    Never claimed without having tried everything that tells them apart; not claimed where that is too much.
    """
    if one is None or other is None:
        return one is other
    pair = (one, other)
    facts, events = ({*one.facts_asked()}, {*one.events_asked()})
    if facts != {*other.facts_asked()} or events != {*other.events_asked()}:
        return False
    try:
        axes = {name: _values(name, pair, vocabulary) for name in facts}
    except TooManyContentsError:
        return False
    if prod(map(len, axes.values())) * 2 ** len(events) > _MOST_TRIED:
        return False
    return all(
        holds(one, record, vocabulary) is holds(other, record, vocabulary) for record in _records(axes, sorted(events))
    )


def _values(name: str, pair: tuple[Condition, ...], vocabulary: Vocabulary) -> tuple[FactValue, ...]:
    tests = [test for each in pair for part in each.parts() for test in part.facts]
    return (*(each.witness for each in cells(name, tests, vocabulary)), None)


def _records(axes: Mapping[str, tuple[FactValue, ...]], events: list[str]) -> Iterator[Record]:
    for values in product(*axes.values()):
        known = FrozenMap({name: each for name, each in zip(axes, values, strict=True) if each is not None})
        for truths in product((False, True), repeat=len(events)):
            yield Record(known, frozenset(name for name, truth in zip(events, truths, strict=True) if truth))
