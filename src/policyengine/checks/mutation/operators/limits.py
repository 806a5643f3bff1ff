"""Slips in how a limit is counted and when a duty recurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.operator import Edit, Operator, Setting, another, at
from policyengine.checks.mutation.sites import Section, left_out, renamed, without
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.mutation.sites import Plain, Site

_COMPOSITES: Mapping[str, str] = MappingProxyType({"earliest": "latest", "latest": "earliest"})
_HOURS: Mapping[str, str] = MappingProxyType({"exact": "next_full_hour", "next_full_hour": "exact"})
_ROLLS: Mapping[str, str] = MappingProxyType({"stay": "next_working_day", "next_working_day": "stay"})
_LATE: Mapping[str, str] = MappingProxyType({"own_period": "oldest_open", "oldest_open": "own_period"})
_PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "day": "working_day",
        "working_day": "day",
        "week": "month",
        "month": "quarter",
        "quarter": "month",
        "year": "quarter",
    }
)
_DAYS = frozenset({"days", "working_days", "months", "years"})
_WITHIN, _DEADLINE = "within", "deadline"
_MOST_ANCHORS = 2
_FULL_DAY = 24


def _is_deadline(site: Site) -> bool:
    """Tell whether the node is a limit, or one of the limits that make up another."""
    if not isinstance(site.value, Mapping) or site.keys[:1] != (_DEADLINE,):
        return False
    # A composite's own key leads to the list of its limits, which is none itself.
    inner = site.keys[1:]
    steps = all(isinstance(each, int) or each in _COMPOSITES for each in inner)
    return steps and (not inner or isinstance(inner[-1], int))


def _anchor(site: Site, setting: Setting) -> Iterator[Edit]:
    if site.keys[:1] == (_DEADLINE,) and site.keys[-1] == "of" and isinstance(site.value, str):
        for other in another(setting.anchors, site.value, _MOST_ANCHORS):
            yield at(site, other, other)


def _no_anchor(site: Site, _setting: Setting) -> Iterator[Edit]:
    if _is_deadline(site) and isinstance(site.value, Mapping) and "of" in site.value:
        yield at(site, without(site.value, "of"), inside=("of",))


def _composite(site: Site, _setting: Setting) -> Iterator[Edit]:
    if _is_deadline(site) and isinstance(site.value, Mapping):
        for old, new in _COMPOSITES.items():
            if old in site.value:
                yield at(site, renamed(site.value, old, new), inside=(old,))


def _limb(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not _is_deadline(site) or not isinstance(site.value, Mapping):
        return
    for key in _COMPOSITES:
        limbs = site.value.get(key)
        if isinstance(limbs, list):
            for place in range(len(limbs)):
                yield at(site, _without_limb(site.value, key, left_out(limbs, place)), inside=(key, place))


def _without_limb(deadline: Mapping[str, Plain], key: str, left: list[Plain]) -> Plain:
    """Return a composite limit with fewer limits in it; one alone stands for itself."""
    only = left[0] if len(left) == 1 else None
    return {**without(deadline, key), **only} if isinstance(only, Mapping) else {**deadline, key: left}


def _hours(site: Site, _setting: Setting) -> Iterator[Edit]:
    of_limit = site.keys[:1] == (_DEADLINE,) and site.keys[-2:-1] != (_WITHIN,)
    if site.key == "hours" and isinstance(site.value, str) and (of_limit or site.part.section is Section.COUNTING):
        yield at(site, _HOURS.get(site.value))


def _roll(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.key == "roll" and isinstance(site.value, str):
        yield at(site, _ROLLS.get(site.value))
    elif _is_deadline(site) and isinstance(site.value, Mapping) and "roll" not in site.value:
        length = site.value.get(_WITHIN)
        if isinstance(length, Mapping) and (_DAYS - {"working_days"}) & length.keys():
            yield at(site, {**site.value, "roll": "next_working_day"}, inside=(_WITHIN,))


def _ends(site: Site, _setting: Setting) -> Iterator[Edit]:
    if isinstance(site.value, Mapping) and "ends" in site.value and not isinstance(site.value["ends"], Mapping):
        yield at(site, without(site.value, "ends"), inside=("ends",))


def _clock(site: Site, _setting: Setting) -> Iterator[Edit]:
    """Yield a time of day one hour later."""
    of_day = site.key in {"ends", "at"} and isinstance(site.value, str)
    if of_day and isinstance(site.value, str):
        hours, _, minutes = site.value.partition(":")
        yield at(site, f"{(int(hours) + 1) % _FULL_DAY:02}:{minutes}")


def _period(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.keys in {("every",), ("every", "period")} and isinstance(site.value, str):
        yield at(site, _PERIODS[site.value])


def _moment(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.keys == ("every", "at") and isinstance(site.value, list) and len(site.value) > 1:
        for place, each in enumerate(site.value):
            yield at(site, left_out(site.value, place), str(each), inside=(place,))


def _late(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.keys == ("late",) and isinstance(site.value, str):
        yield at(site, _LATE[site.value])
    elif not site.path and isinstance(site.value, Mapping) and "every" in site.value and "late" not in site.value:
        yield at(site, {**site.value, "late": "oldest_open"}, inside=("every",))


_COUNTED = frozenset({Section.PROVISION, Section.COUNTING})

LIMITS = (
    Operator(
        "anchor",
        Wording("起算点写错", "another start of a limit"),
        Wording("“发生”与“发现”混淆", "the event for its detection"),
        _anchor,
    ),
    Operator(
        "drop-of",
        Wording("漏写起算点", "the start of a limit left out"),
        Wording("误以为自触发时起算", "taken to run from the trigger"),
        _no_anchor,
    ),
    Operator(
        "composite",
        Wording("“孰早”与“孰晚”互换", "the earlier limit for the later, or the other way round"),
        Wording("把“最迟”读反", "the sentence read the wrong way round"),
        _composite,
    ),
    Operator(
        "drop-limb",
        Wording("漏写组合期限的一支", "one of several limits left out"),
        Wording("只抄了一个期限", "only one of them was copied"),
        _limb,
    ),
    Operator(
        "hours",
        Wording("起算的一小时是否计入写错", "how hours are counted"),
        Wording("民事与诉讼算法混淆", "the procedural count for the civil one"),
        _hours,
        _COUNTED,
    ),
    Operator(
        "roll",
        Wording("遇节假日是否顺延写错", "whether a limit moves off a holiday"),
        Wording("忘写或多写顺延", "the roll forgotten, or added"),
        _roll,
        _COUNTED,
    ),
    Operator(
        "drop-ends",
        Wording("漏写当日截止时刻", "the end of the day left out"),
        Wording("误以为至24时", "taken to end at midnight"),
        _ends,
        _COUNTED,
    ),
    Operator(
        "clock",
        Wording("时刻差一小时", "a time of day one hour off"),
        Wording("按键失误", "the wrong key"),
        _clock,
        _COUNTED,
    ),
    Operator(
        "period",
        Wording("周期写错", "another period"),
        Wording("每日与每个工作日混淆", "every day for every working day"),
        _period,
    ),
    Operator(
        "drop-moment",
        Wording("漏列一个固定时刻", "one of several fixed times left out"),
        Wording("列举未抄全", "a list was not copied to its end"),
        _moment,
    ),
    Operator(
        "late",
        Wording("迟到的行为计入哪一期写错", "which period a late act serves"),
        Wording("忘写或写反", "forgotten, or the wrong way round"),
        _late,
    ),
)
