"""Where a policy can be written otherwise: every node of its parts as plain data, reached through its readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.loading.tables import SUBJECTS

if TYPE_CHECKING:
    from policyengine.model.policy import Reading

Plain = Mapping[str, "Plain"] | Sequence["Plain"] | str | int | float | bool | None
"""A value as a file has it."""
Path = tuple[int | str, ...]

READING, UNDER = "reading", "under"
IDENTITY = "id"


class Section(StrEnum):
    """The parts of a policy that bear on its answers; the names are those of the file's keys."""

    PROVISION = "provisions"
    GAP = "gaps"
    TABLE = "tables"
    COUNTING = "counting"
    PRESUME = "presume"
    VERSIONS = "versions"
    READING = "readings"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a policy's document: a provision, a gap, a table, or a section of its header.

    Args:
        section: what it is.
        place: the path to it in the document.
        name: its id, what its table decides, or the key of its section.
        value: as the document has it.
        number: which of the parts of that name it is: two readings may each have a table for one role.
    """

    section: Section
    place: Path
    name: str
    value: Plain
    number: int = 1


@dataclass(frozen=True, slots=True)
class Site:
    """One node of a part.

    Args:
        part: the part.
        path: the way to the node from the part's root.
        keys: the same without the steps into readings and their options: what the node is, whatever reading it is of.
        value: the node.
        options: the options that lead to it, by reading.
    """

    part: Part
    path: Path
    keys: Path
    value: Plain
    options: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Return the last key that leads to the node; empty at the part's root."""
        return next((each for each in reversed(self.keys) if isinstance(each, str)), "")


def parts(document: Mapping[str, Plain]) -> Iterator[Part]:
    """Yield the parts of a policy's document that bear on its answers, in the order in which a reader meets them."""
    for section in (Section.READING, Section.VERSIONS, Section.PRESUME, Section.COUNTING):
        value = document.get(section.value)
        if section is Section.READING:
            for name, each in _items(value):
                yield Part(section, (section.value, name), name, each)
        elif section is Section.COUNTING or value is not None:
            yield Part(section, (section.value,), section.value, {} if value is None else value)
    for section in (Section.TABLE, Section.PROVISION, Section.GAP):
        found = document.get(section.value)
        names: list[str] = []
        for place, each in enumerate(found if isinstance(found, list) else ()):
            names.append(_name(each))
            yield Part(section, (section.value, place), names[-1], each, names.count(names[-1]))


def sites(part: Part, readings: Mapping[str, Reading]) -> Iterator[Site]:
    """Yield every node of *part*, the outer before the inner; nothing that two options of one reading would need."""
    yield from _below(Site(part, (), (), part.value), readings)


def _below(site: Site, readings: Mapping[str, Reading]) -> Iterator[Site]:
    yield site
    value = site.value
    if isinstance(value, Mapping):
        name = value.get(READING)
        options = frozenset(readings[name].options) if isinstance(name, str) and name in readings else frozenset()
        for key, each in value.items():
            if key in options and isinstance(name, str):
                chosen = dict(site.options)
                if chosen.get(name, key) == key:
                    chosen[name] = key
                    inner = Site(site.part, (*site.path, key), site.keys, each, tuple(chosen.items()))
                    yield from _below(inner, readings)
            elif not (options and key == READING):
                yield from _below(Site(site.part, (*site.path, key), (*site.keys, key), each, site.options), readings)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _below(Site(site.part, (*site.path, place), (*site.keys, place), each, site.options), readings)


def own_keys(site: Site, readings: Mapping[str, Reading]) -> tuple[str, ...]:
    """Return the keys of a mapping that are its own: not `reading`, not the options beside it, not `under`."""
    value = site.value
    if not isinstance(value, Mapping):
        return ()
    name = value.get(READING)
    if not isinstance(name, str) or name not in readings:
        return tuple(each for each in value if each != UNDER)
    return tuple(each for each in value if each not in {READING, UNDER, *readings[name].options})


def put(value: Plain, path: Path, new: Plain) -> Plain:
    """Return *value* with *new* at *path*; nothing else changes, and *value* itself does not."""
    if not path:
        return new
    step, *rest = path
    if isinstance(value, Mapping) and isinstance(step, str):
        return {**value, step: put(value.get(step), tuple(rest), new)}
    if isinstance(value, list) and isinstance(step, int):
        return [put(each, tuple(rest), new) if place == step else each for place, each in enumerate(value)]
    msg = f"no node at {path!r}"
    raise TypeError(msg)


def without(value: Mapping[str, Plain], *keys: str) -> dict[str, Plain]:
    """Return a mapping without some of its keys."""
    return {key: each for key, each in value.items() if key not in keys}


def renamed(value: Mapping[str, Plain], old: str, new: str) -> dict[str, Plain]:
    """Return a mapping with one key called otherwise, at its place."""
    return {new if key == old else key: each for key, each in value.items()}


def left_out(items: Sequence[Plain], place: int) -> list[Plain]:
    """Return a list without the item at *place*."""
    return [each for number, each in enumerate(items) if number != place]


def _items(value: Plain) -> Iterator[tuple[str, Plain]]:
    yield from value.items() if isinstance(value, Mapping) else ()


def _name(value: Plain) -> str:
    """Return what a list's item is called: its id, or what its table decides."""
    names = [value.get(key) for key in (IDENTITY, *SUBJECTS)] if isinstance(value, Mapping) else []
    return next((each for each in names if isinstance(each, str)), "")
