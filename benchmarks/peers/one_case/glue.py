"""The common glue alone: the floor below which no engine that only matches can come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, finish, flat
from benchmarks.workload.plain import plain
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST = 12


def _matched(case: dict[str, Any]) -> tuple[dict[str, Any], Sequence[int]]:
    return case, [rule for rule, *_ in plain(case) if rule != _LAST]


def _call(given: tuple[dict[str, Any], Sequence[int]]) -> list[Short]:
    case, matched = given
    return finish(flat(case), matched)


def make() -> OneCase:
    """Return the peer."""
    return OneCase(
        Mode.FLOOR, Wording("仅通用代码，匹配不计时间", "the glue alone, the matches for free"), _call, _matched
    )
