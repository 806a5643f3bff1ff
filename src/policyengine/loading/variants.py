"""Readings in a file: `{reading: NAME, OPTION: node}` stands for a node, `under: {NAME: [OPTION]}` admits one (S7).

Keys beside `reading` and the options are common to all options and merged with each. A node that several readings
meet in is laid out once for each combination of their options, so that nothing is left to decide at evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Items
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from policyengine.loading.misfits import misfit, valueless_fault
from policyengine.loading.names import unknown_name, unknown_option
from policyengine.loading.places import reach, start, walk
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, plain
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.model.policy import Reading

MOST_VARIANTS = 64
_CHOOSING = frozenset({"reading", "under"})
_SLIP = 0.8  # how like an option a key must be to be taken for it; the other keys are meant
_NAME_OF_READING = Wording("解释问题的名称", "the name of a reading")
_MERGED = Wording("映射 (同处还有其他键)", "a mapping, since other keys stand beside the options")
_ADMITTING = Wording("{解释问题: [选项]}", "readings with their options, {reading: [option]}")


def readings_met(node: Node) -> tuple[str, ...]:
    """Return the readings named anywhere in *node*, once each, in file order."""
    return _met(choices(node))


def combinations(names: tuple[str, ...], readings: Items[str, Reading]) -> Iterator[dict[str, str]]:
    """Yield every combination of the options of *names*."""
    for options in product(*(tuple(readings[name].options) for name in names)):
        yield dict(zip(names, options, strict=True))


def resolved(
    node: Node, chosen: Items[str, str], readings: Items[str, Reading], *, within: frozenset[int] | None = None
) -> Node:
    """Return *node* with each reading replaced by the node of its chosen option.

    Args:
        node: a provision, a gap or a part of one.
        chosen: an option for each reading that it meets.
        readings: the policy's readings.
        within: what :func:`holding` says of *node*, for those who ask again and again.
    """
    if not chosen:
        return node
    return _laid_out(node, chosen, readings, holding(node) if within is None else within)


def holding(node: Node) -> frozenset[int]:
    """Return the identities of *node* and of the nodes in it, as far as a reading stands in them."""
    found: set[int] = set()
    _note_holding(node, found)
    return frozenset(found)


def _note_holding(node: Node, found: set[int]) -> bool:
    if isinstance(node, Scalar):
        return False
    holds = isinstance(node, Mapping) and _reading(node) is not None
    parts = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
    for part in parts:
        holds |= _note_holding(part, found)
    if holds:
        found.add(id(node))
    return holds


def _laid_out(node: Node, chosen: Items[str, str], readings: Items[str, Reading], within: frozenset[int]) -> Node:
    if isinstance(node, Scalar) or id(node) not in within:
        return node
    if isinstance(node, Sequence):
        return Sequence(tuple([_laid_out(item, chosen, readings, within) for item in node.items]), node.span)
    while (name := _reading(node)) is not None:
        options = {"reading", *readings[name].options}
        common = tuple(entry for entry in node.entries if entry[0].value not in options)
        option = next((value for key, value in node.entries if key.value == chosen[name]), None)
        if not common and option is not None:
            return _laid_out(option, chosen, readings, within)
        added = option.entries if isinstance(option, Mapping) else ()
        node = Mapping((*common, *added), node.span)
    entries = [
        entry if id(entry[1]) not in within else (entry[0], _laid_out(entry[1], chosen, readings, within))
        for entry in node.entries
    ]
    return Mapping(tuple(entries), node.span)


def admitted(node: Node, chosen: Items[str, str]) -> bool:
    """Tell whether `under` admits *node* for the options *chosen*."""
    under = node.get("under") if isinstance(node, Mapping) else None
    if not isinstance(under, Mapping):
        return True
    return all(chosen[str(key.value)] in _listed(value) for key, value in under.entries)


def without_under(node: Node) -> Node:
    """Return *node* without its `under`, which says nothing once a combination is chosen."""
    if not isinstance(node, Mapping) or node.get("under") is None:
        return node
    return Mapping(tuple(entry for entry in node.entries if entry[0].value != "under"), node.span)


def reading_faults(
    node: Node, name: str, readings: Items[str, Reading], document: Document, *, admits: bool = True
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the readings in *node*, which the file calls *name*; `under` may stand if *admits*."""
    found = choices(node)
    for choice in found:
        chosen = choice.get("reading")
        if chosen is not None:
            yield from _reading_faults(choice, chosen, readings, document)
        under = choice.get("under")
        if under is None:
            continue
        if choice is node and admits:
            yield from _under_faults(under, readings, document)
        else:
            yield document.fault("PE223", _key_span(choice, "under"))
    known = [each for each in _met(found) if each in readings]
    count = prod(len(readings[each].options) for each in known)
    if count > MOST_VARIANTS:
        place = walk(node, ("id",))[1] if reach(node, ("id",)) else start(node)
        yield document.fault("PE506", place, count=count, name=name, limit=MOST_VARIANTS)


def _reading_faults(
    choice: Mapping, chosen: Node, readings: Items[str, Reading], document: Document
) -> Iterator[Diagnostic]:
    """Yield what is wrong with one `reading` and the options beside it."""
    name = _text(chosen)
    if name is None:
        yield misfit(chosen, _key_span(choice, "reading"), _NAME_OF_READING, document)
    elif name not in readings:
        yield unknown_name("PE208", name, readings, chosen.span, documents=(document,))
    else:
        yield from _option_faults(choice, name, readings[name], document)


def _option_faults(choice: Mapping, name: str, reading: Reading, document: Document) -> Iterator[Diagnostic]:
    keys = {str(key.value): key.span for key, _ in choice.entries}
    common = [key for key in keys if key != "reading" and key not in reading.options]
    for option in reading.options:
        value = choice.get(option)
        slips = _alike(option, common) if value is None else []
        if slips:
            yield unknown_option(name, reading, slips[0], keys[slips[0]], document=document)
        elif isinstance(value, Scalar) and value.value is None:
            yield valueless_fault(document, keys[option], value.span)
        elif value is None:
            allowed = ", ".join(reading.options)
            yield document.fault("PE217", walk(choice, ("reading",))[1], reading=name, option=option, allowed=allowed)
        elif common and not isinstance(value, Mapping) and keys.keys() >= set(reading.options):
            yield misfit(value, keys[option], _MERGED, document)


def _alike(option: str, names: list[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(option, names, n=1, cutoff=_SLIP)


def _under_faults(under: Node, readings: Items[str, Reading], document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the readings and options that admit a node."""
    if not isinstance(under, Mapping) or not under.entries:
        yield misfit(under, under.span, _ADMITTING, document)
        return
    for key, value in under.entries:
        name = str(key.value)
        if name not in readings:
            yield unknown_name("PE208", name, readings, key.span, documents=(document,))
            continue
        options = value.items if isinstance(value, Sequence) else (value,)
        if not options:
            yield misfit(value, key.span, _ADMITTING, document)
        for option in options:
            text = _text(option)
            if text is None:
                yield misfit(option, key.span, _ADMITTING, document)
            elif text not in readings[name].options:
                yield unknown_option(name, readings[name], text, option.span, document=document)


def choices(node: Node) -> tuple[Mapping, ...]:
    """Return every mapping in *node* that holds a `reading` or an `under`, in file order."""
    found: list[Mapping] = []
    _note_choices(node, found)
    return tuple(found)


def _note_choices(node: Node, found: list[Mapping]) -> None:
    if isinstance(node, Mapping):
        for key, _ in node.entries:
            if key.value in _CHOOSING:
                found.append(node)
                break
        for _, value in node.entries:
            if not isinstance(value, Scalar):
                _note_choices(value, found)
    elif isinstance(node, Sequence):
        for item in node.items:
            if not isinstance(item, Scalar):
                _note_choices(item, found)


def _met(choices: Iterable[Mapping]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for choice in choices for name in _named(choice)))


def _named(node: Mapping) -> tuple[str, ...]:
    reading, under = _reading(node), node.get("under")
    admitting = [str(key.value) for key, _ in under.entries] if isinstance(under, Mapping) else []
    return (*((reading,) if reading is not None else ()), *admitting)


def _reading(node: Mapping) -> str | None:
    value = node.get("reading")
    return None if value is None else _text(value)


def _text(node: Node) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def _key_span(node: Mapping, name: str) -> Span:
    return walk(node, (name,), key=True)[1]


def _listed(node: Node) -> tuple[str, ...]:
    value = plain(node)
    return tuple(str(each) for each in (value if isinstance(value, list) else [value]))
