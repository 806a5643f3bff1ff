"""Slips in a limit's length: another number, another unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.operator import Edit, Operator, Setting, at
from policyengine.checks.mutation.sites import renamed
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.mutation.sites import Site

_LENGTHS = frozenset({"within", "since_last_act"})
_UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seconds": ("minutes",),
        "minutes": ("hours",),
        "hours": ("days", "minutes"),
        "days": ("working_days", "hours"),
        "working_days": ("days",),
        "months": ("days",),
        "years": ("months",),
    }
)
"""What each unit is mistaken for."""


def _number(site: Site) -> int | None:
    """Return the number of a length that the node is, whatever reading it stands in."""
    value = site.value
    is_length = len(site.keys) > 1 and site.keys[-2] in _LENGTHS and site.keys[-1] in _UNITS
    return value if is_length and isinstance(value, int) and not isinstance(value, bool) else None


def _halved(site: Site, _setting: Setting) -> Iterator[Edit]:
    number = _number(site)
    if number is not None and number > 1:
        yield at(site, number // 2)


def _doubled(site: Site, _setting: Setting) -> Iterator[Edit]:
    number = _number(site)
    if number:
        yield at(site, number * 2)


def _one_more(site: Site, _setting: Setting) -> Iterator[Edit]:
    number = _number(site)
    if number is not None:
        yield at(site, number + 1)


def _unit(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.key not in _LENGTHS or not isinstance(site.value, Mapping):
        return
    for unit in site.value:
        for other in _UNITS.get(unit, ()):
            yield at(site, renamed(site.value, unit, other), other, inside=(unit,))


LENGTHS = (
    Operator(
        "halve",
        Wording("期限数字减半", "the number of a limit halved"),
        Wording("与另一期限混淆，或按旧文本填写", "taken from another limit, or from an older text"),
        _halved,
    ),
    Operator(
        "double",
        Wording("期限数字加倍", "the number of a limit doubled"),
        Wording("与另一期限混淆，如24与48", "taken from the limit beside it"),
        _doubled,
    ),
    Operator(
        "plus-one",
        Wording("期限数字加一", "the number of a limit plus one"),
        Wording("首尾计算差一，或按键失误", "counted one too many, or the wrong key"),
        _one_more,
    ),
    Operator(
        "unit",
        Wording("期限单位写错", "another unit of a limit"),
        Wording("日与工作日、小时与分钟混淆", "days for working days, hours for minutes"),
        _unit,
    ),
)
