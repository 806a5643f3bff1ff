"""A doubt whose answers are all the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.policy import Variants

CODE = "PE718"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the options that lay out everything as another option of their reading does."""
    policy = source.policy
    every: tuple[Variants[Any], ...] = (*policy.tables, *policy.provisions, *policy.gaps, policy.counting)
    for name, reading in policy.readings.items():
        parts = [each for each in every if name in each.readings]
        if not parts:
            continue
        laid_out = {option: [_under(each, name, option) for each in parts] for option in reading.options}
        for first, second in combinations(reading.options, 2):
            if laid_out[first] == laid_out[second]:
                path = ("readings", name, "options", second)
                yield source.found(CODE, name, path, key=True, reading=name, option=second, other=first)


def _under(part: Variants[Any], reading: str, option: str) -> list[tuple[tuple[str, ...], object]]:
    """Return *part* under one option of *reading*, by the options of the other readings that meet in it."""
    place = part.readings.index(reading)
    return [
        ((*options[:place], *options[place + 1 :]), node)
        for options, node in part.by_options
        if options[place] == option
    ]
