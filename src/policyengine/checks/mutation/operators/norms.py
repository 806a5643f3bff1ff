"""Slips in what a provision or gap says apart from its condition and limit: who, to whom, upon what, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.operator import NORMS, Edit, Operator, Setting, another, at
from policyengine.checks.mutation.sites import UNDER, Section, left_out, renamed, without
from policyengine.model.happening import Outcome
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.mutation.sites import Site

_STRENGTHS: Mapping[str, str] = MappingProxyType({"must": "should", "should": "must", "must_not": "may", "may": "must"})
_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {Outcome.VIOLATED: "performed", Outcome.PERFORMED: "violated", Outcome.BREACHED: "performed"}
)
_DROPPED: Mapping[str, Wording] = MappingProxyType(
    {
        "when": Wording("条件", "the condition"),
        "unless": Wording("例外", "the exception"),
        "deadline": Wording("期限", "the limit"),
        "upon": Wording("触发事件", "the trigger"),
        "each": Wording("逐次产生义务", "one duty for each occurrence"),
        "key": Wording("对应关系", "what belongs together"),
        "to": Wording("对象", "the addressee"),
        "means": Wording("方式", "the means"),
        "until": Wording("终止事件", "the end"),
        "waived_by": Wording("免除", "the waiver"),
        "defeats": Wording("优先于谁", "what it takes precedence over"),
        "instead_of": Wording("取代谁", "in whose place it stands"),
        "in_person": Wording("本人履行", "in person"),
        "standing": Wording("持续义务", "standing"),
        "every": Wording("周期", "the recurrence"),
        "sanction": Wording("属于追责", "being a sanction"),
        "scope": Wording("属于机关日志", "being about the agency"),
        "in_force": Wording("自身的施行期间", "its own lifetime"),
        UNDER: Wording("仅在所列解释下适用", "being there under some readings only"),
    }
)
_LISTS = frozenset(
    {"upon", "key", "means", "waived_by", "defeats", "instead_of", "until", "any", "all"}
    | {each.value for each in Outcome}
)
_NO_CONDITION = frozenset({"when", "unless"})
_FORGOTTEN = Wording("条文此处未抄入", "that part of the sentence was not copied")


def _drop(key: str) -> Operator:
    def mutate(site: Site, _setting: Setting) -> Iterator[Edit]:
        if not site.keys and isinstance(site.value, Mapping) and key in site.value:
            yield at(site, without(site.value, key), inside=(key,))

    said = _DROPPED[key]
    return Operator(
        f"drop-{key.replace('_', '-')}",
        Wording(f"漏写{said.zh} ({key})", f"{said.en} (`{key}`) left out"),
        _FORGOTTEN,
        mutate,
    )


def _strength(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not site.keys and isinstance(site.value, Mapping):
        for old, new in _STRENGTHS.items():
            if old in site.value:
                yield at(site, renamed(site.value, old, new), new, inside=(old,))


def _bearer(site: Site, setting: Setting) -> Iterator[Edit]:
    if site.keys == ("bearer",) and isinstance(site.value, str):
        for other in another(setting.bearers, site.value):
            yield at(site, other, other)


def _addressee(site: Site, setting: Setting) -> Iterator[Edit]:
    if site.keys == ("to",) and isinstance(site.value, str):
        for other in another(setting.addressees, site.value):
            yield at(site, other, other)


def _trigger(site: Site, setting: Setting) -> Iterator[Edit]:
    if site.keys[:1] == ("upon",) and isinstance(site.value, str) and site.keys[-1] in {"upon", "event", _place(site)}:
        for other in another(setting.triggers, site.value):
            yield at(site, other, other)


def _place(site: Site) -> int | str:
    """Return the step of an item of the list of triggers; else what no step is."""
    return site.keys[-1] if len(site.keys) == 2 and isinstance(site.keys[-1], int) else ""  # noqa: PLR2004


def _outcome(site: Site, _setting: Setting) -> Iterator[Edit]:
    if isinstance(site.value, Mapping) and not _NO_CONDITION.intersection(map(str, site.keys)):
        for old, new in _OUTCOMES.items():
            if old in site.value:
                yield at(site, renamed(site.value, old, new), new, inside=(old,))


def _where(site: Site, _setting: Setting) -> Iterator[Edit]:
    if isinstance(site.value, Mapping) and "where" in site.value:
        yield at(site, without(site.value, "where"), inside=("where",))


def _item(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not isinstance(site.value, list) or _NO_CONDITION.intersection(map(str, site.keys)):
        return
    if site.keys and site.keys[-1] in _LISTS and len(site.value) > 1:
        for place, each in enumerate(site.value):
            yield at(site, left_out(site.value, place), each if isinstance(each, str) else "", inside=(place,))


def _removed(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not site.path:
        yield Edit((), None)


NORM_PARTS = (
    Operator(
        "strength",
        Wording("约束力写错", "another strength"),
        Wording("“须”“应”“原则上”“不得”混淆", "must for should, should for must, may for must not"),
        _strength,
        frozenset({Section.PROVISION}),
    ),
    Operator(
        "bearer",
        Wording("承担者写错", "another bearer"),
        Wording("抄了相邻规定的承担者", "taken from the provision beside it"),
        _bearer,
    ),
    Operator(
        "to",
        Wording("对象写错", "another addressee"),
        Wording("抄了相邻规定的对象", "taken from the provision beside it"),
        _addressee,
    ),
    Operator(
        "trigger",
        Wording("触发事件写错", "another trigger"),
        Wording("抄了相邻规定的触发事件", "taken from the provision beside it"),
        _trigger,
    ),
    Operator(
        "outcome",
        Wording("所等待的结果写错", "another outcome waited for"),
        Wording("“履行”与“违反”混淆", "performed for violated"),
        _outcome,
    ),
    Operator("drop-where", Wording("漏写事件的限定", "what narrows an event left out"), _FORGOTTEN, _where),
    Operator(
        "drop-item",
        Wording("漏列一项", "one of several items left out"),
        Wording("列举未抄全", "a list was not copied to its end"),
        _item,
    ),
    *map(_drop, _DROPPED),
    Operator(
        "remove",
        Wording("整条遗漏", "the whole of it left out"),
        Wording("一句话没有录入", "a sentence was not entered"),
        _removed,
        NORMS,
    ),
)
