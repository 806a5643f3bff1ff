"""House rules, run on one policy at the levels that a configuration sets."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.lint.rules import RULES
from policyengine.codes import CODES
from policyengine.diagnostics import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from policyengine.checks.lint.source import Found, LintSource

LINTED = tuple(rule.code for rule in RULES)
"""The codes of the rules that look at policies."""

_NO_LEVELS: Mapping[str, Level | None] = MappingProxyType({})


def lint(
    source: LintSource, levels: Mapping[str, Level | None] = _NO_LEVELS, *, codes: Collection[str] = LINTED
) -> Iterator[Found]:
    """Yield what the rules find, by rule and in file order.

    Args:
        source: the policy.
        levels: by code, the level to tell it at, ``None`` where it is not told; the code's own unless given.
        codes: the rules to run, from :data:`LINTED`.
    """
    for rule in RULES:
        level = levels.get(rule.code, own_level(rule.code))
        if level is None or rule.code not in codes:
            continue
        for found in dict.fromkeys(rule.check(source)):
            yield replace(found, fault=replace(found.fault, set_level=level))


def own_level(code: str) -> Level | None:
    """Return the level of a rule that no configuration speaks of; ``None`` where it is off by itself."""
    return None if CODES[code].off else Level(CODES[code].level)
