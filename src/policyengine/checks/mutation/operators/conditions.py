"""Slips in conditions: something left out, turned round, or one step off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.operator import EVERYWHERE, Edit, Operator, Setting, another, at
from policyengine.checks.mutation.sites import left_out, own_keys, renamed, without
from policyengine.model.condition import CONNECTIVES, ORDER_TESTS
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.mutation.sites import Path, Plain, Site

_OPENING = frozenset({"when", "unless"})
_SEVERAL, _NOT, _HAPPENED = ("any", "all"), "not", "happened"
_STRICT: Mapping[str, str] = MappingProxyType(
    {"at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most"}
)


def _inside(keys: Path) -> Path | None:
    """Return the steps within a condition that lead to a node, connectives left out; ``None`` outside of conditions."""
    opening = [place for place, key in enumerate(keys) if key in _OPENING]
    if not opening:
        return None
    rest = list(keys[opening[-1] + 1 :])
    while rest and rest[0] in {*_SEVERAL, _NOT}:
        if rest.pop(0) in _SEVERAL:
            if not rest:
                return None
            rest.pop(0)
    return tuple(rest)


def _is_condition(site: Site) -> bool:
    return _inside(site.keys) == () and isinstance(site.value, Mapping)


def _fact_at(site: Site) -> tuple[str, Path] | None:
    """Return the fact that the node says something of, and the steps from it; ``None`` for any other node."""
    inside = _inside(site.keys)
    if not inside or inside[0] in CONNECTIVES or not isinstance(inside[0], str):
        return None
    return inside[0], inside[1:]


def _conjunct(site: Site, setting: Setting) -> Iterator[Edit]:
    if _is_condition(site) and isinstance(site.value, Mapping) and len(site.value) > 1:
        for key in own_keys(site, setting.readings):
            yield at(site, without(site.value, key), inside=(key,))


def _disjunct(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.keys and site.keys[-1] in _SEVERAL and _inside((*site.keys, 0)) == () and isinstance(site.value, list):
        for place in range(len(site.value) if len(site.value) > 1 else 0):
            yield at(site, left_out(site.value, place), inside=(place,))


def _any_for_all(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not isinstance(site.value, Mapping) or not (_is_condition(site) or site.key == "until"):
        return
    for key, other in zip(_SEVERAL, reversed(_SEVERAL), strict=True):
        several = site.value.get(key)
        if isinstance(several, list) and len(several) > 1 and other not in site.value:
            yield at(site, renamed(site.value, key, other), inside=(key,))


def _negated(site: Site, setting: Setting) -> Iterator[Edit]:
    if not _is_condition(site) or not isinstance(site.value, Mapping):
        return
    for key in own_keys(site, setting.readings):
        new = _turned(site.value, key)
        if new is not None:
            yield at(site, new, inside=(key,))


def _turned(condition: Mapping[str, Plain], key: str) -> Mapping[str, Plain] | None:
    """Return a condition with one of its tests turned into its opposite, where that can be written."""
    test = condition[key]
    if isinstance(test, bool):
        return {**condition, key: not test}
    if key == _NOT:
        rest = without(condition, key)
        return {**rest, **test} if isinstance(test, Mapping) and rest.keys().isdisjoint(test) else None
    return None if _NOT in condition else {**without(condition, key), _NOT: {key: test}}


def _graded(site: Site, setting: Setting) -> Iterator[Edit]:
    found = _fact_at(site)
    if found is None or isinstance(site.value, Mapping | list):
        return
    scale = setting.scale(found[0])
    if site.value in scale and isinstance(site.value, str):
        place = scale.index(site.value)
        for other in (*scale[max(place - 1, 0) : place], *scale[place + 1 : place + 2]):
            yield at(site, other, other)


def _bounded(site: Site, setting: Setting) -> Iterator[Edit]:
    """Yield the other side of a bound; on named grades that is the same as one grade further, which is another slip."""
    found = _fact_at(site)
    if found is None or found[1] or not isinstance(site.value, Mapping) or setting.scale(found[0]):
        return
    for key in ORDER_TESTS:
        if key in site.value and _STRICT[key] not in site.value:
            yield at(site, renamed(site.value, key, _STRICT[key]), inside=(key,))


def _valued(site: Site, setting: Setting) -> Iterator[Edit]:
    found = _fact_at(site)
    if found is None or isinstance(site.value, Mapping | list | bool):
        return
    for other in another(setting.choices(found[0]), site.value):
        yield at(site, other, other)


def _member(site: Site, _setting: Setting) -> Iterator[Edit]:
    inside = _inside(site.keys)
    if inside and isinstance(site.value, list) and len(site.value) > 1:
        for place, each in enumerate(site.value):
            yield at(site, left_out(site.value, place), str(each), inside=(place,))


def _of_limb(site: Site, _setting: Setting) -> Iterator[Edit]:
    if isinstance(site.value, Mapping) and site.keys[:1] == ("deadline",) and isinstance(site.keys[-1], int):
        for key in sorted(_OPENING & site.value.keys()):
            yield at(site, without(site.value, key), inside=(key,))


CONDITIONS = (
    Operator(
        "drop-conjunct",
        Wording("漏写一项并列条件", "one of several conditions left out"),
        Wording("只抄了条文中的一部分条件", "only part of the sentence was copied"),
        _conjunct,
        EVERYWHERE,
    ),
    Operator(
        "drop-disjunct",
        Wording("漏写一项选择条件", "one of several alternatives left out"),
        Wording("列举未抄全", "a list was not copied to its end"),
        _disjunct,
        EVERYWHERE,
    ),
    Operator(
        "any-for-all",
        Wording("“任一”与“全部”互换", "any for all, or all for any"),
        Wording("把“和”读作“或”", "an and read as an or"),
        _any_for_all,
        EVERYWHERE,
    ),
    Operator(
        "negate",
        Wording("条件写反", "a test turned round"),
        Wording("漏写或多写一个否定", "a not too few or too many"),
        _negated,
        EVERYWHERE,
    ),
    Operator(
        "grade",
        Wording("等级差一级", "one grade off"),
        Wording("“以上”是否含本级写错", "or above read as above, or a grade mistaken for the next"),
        _graded,
        EVERYWHERE,
    ),
    Operator(
        "bound",
        Wording("界限是否含本数写错", "a bound included, or not"),
        Wording("“以上”与“超过”混淆", "at least read as more than"),
        _bounded,
        EVERYWHERE,
    ),
    Operator(
        "value",
        Wording("取值写错", "another value"),
        Wording("选错列表中的一项", "the wrong one picked from a list"),
        _valued,
        EVERYWHERE,
    ),
    Operator(
        "drop-member",
        Wording("漏列一个取值或事件", "one of the values or events asked for left out"),
        Wording("列举未抄全", "a list was not copied to its end"),
        _member,
        EVERYWHERE,
    ),
    Operator(
        "drop-limb-condition",
        Wording("漏写期限分支的条件", "the condition of one of several limits left out"),
        Wording("误以为各分支总是适用", "each limit taken to hold always"),
        _of_limb,
    ),
)
