"""How what is said of a node differs under the options of its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from policyengine.prepare.dependence import deciding

if TYPE_CHECKING:
    from policyengine.model.policy import Variants

Node = TypeVar("Node")
Options = Mapping[str, str]
"""An option for some readings, by reading."""
_Key = tuple[str, ...]


def nearest(variants: Variants[Node], defaults: Options) -> tuple[_Key, Node]:
    """Return the node under the options nearest to *defaults* that admit it, with these options."""
    wanted = tuple(defaults[name] for name in variants.readings)
    found = [(options, node) for options, node in variants.by_options if node is not None]
    return min(found, key=lambda each: sum(one != other for one, other in zip(each[0], wanted, strict=True)))


def admitting(variants: Variants[Node]) -> list[Options]:
    """Return the options under which there is such a node; none if there always is."""
    found = {options: node is not None for options, node in variants.by_options}
    return _grouped(variants, found).get(True, []) if not all(found.values()) else []


def differing(variants: Variants[Node], found: Mapping[_Key, str], base: _Key) -> Iterator[tuple[str, list[Options]]]:
    """Yield each text that other options than *base* lead to, with these options.

    Args:
        variants: whose readings are meant.
        found: the text under each combination of options that admits the node.
        base: the combination whose text is told anyway.
    """
    for text, options in _grouped(variants, found).items():
        if text != found[base]:
            yield text, options


Told = TypeVar("Told")


def _grouped(variants: Variants[Node], found: Mapping[_Key, Told]) -> dict[Told, list[Options]]:
    """Return by each value the options that lead to it, as far as they have a say."""
    names = _deciding(variants.readings, found)
    places = [variants.readings.index(name) for name in names]
    by_value: dict[Told, dict[_Key, None]] = {}
    for options, value in found.items():
        by_value.setdefault(value, {})[tuple(options[place] for place in places)] = None
    every = [tuple(dict.fromkeys(options[place] for options in found)) for place in places]
    return {value: _named(names, _merged(keys, every)) for value, keys in by_value.items()}


def _deciding(readings: tuple[str, ...], found: Mapping[_Key, Told]) -> tuple[str, ...]:
    """Return the readings that decide; all of them where combinations that are not there leave that open."""
    names = deciding(readings, found)
    places = [readings.index(name) for name in names]
    seen: dict[_Key, Told] = {}
    for options, value in found.items():
        if seen.setdefault(tuple(options[place] for place in places), value) != value:
            return readings
    return names


_Merged = tuple[str | None, ...]


def _merged(keys: Iterable[_Key], every: Sequence[_Key]) -> list[_Merged]:
    """Return *keys* with ``None`` wherever all options of a reading lead to the same."""
    left: list[_Merged] = list(keys)
    for place, options in enumerate(every):
        for key in tuple(left):
            alike = [(*key[:place], option, *key[place + 1 :]) for option in options]
            if len(options) > 1 and all(each in left for each in alike):
                at = left.index(alike[0])
                left = [each for each in left if each not in alike]
                left.insert(at, (*key[:place], None, *key[place + 1 :]))
    return left


def _named(names: Sequence[str], keys: Iterable[_Merged]) -> list[Options]:
    return [{name: each for name, each in zip(names, key, strict=True) if each is not None} for key in keys]
