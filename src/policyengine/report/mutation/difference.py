"""How a mutant differs from its policy, as lines of YAML that are gone and lines that are new."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from policyengine.loading.dump import dumped

if TYPE_CHECKING:
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.checks.mutation.sites import Plain

_GONE, _NEW = "- ", "+ "


def difference(mutant: Mutant) -> tuple[str, ...]:
    """Return the lines, each with its sign; what stands around them is left out, and of what is left out, its id."""
    if mutant.after is None:
        return (f"{_GONE}{mutant.part.name}",)
    return tuple(_lines(_written(mutant.part.value), _written(mutant.after)))


def _written(value: Plain) -> list[str]:
    """Return a part as lines; what is empty has none."""
    return dumped(value).splitlines() if value else []


def _lines(old: list[str], new: list[str]) -> Iterator[str]:
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (_GONE + each for each in old[start:end])
            yield from (_NEW + each for each in new[other_start:other_end])
