"""What an editor shows beside every key of an example file, besides those of its case."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.wording import Wording

_WHY = Wording("理由，供人阅读", "why the law has it so, for people")
_ROW = {
    "status": Wording("状态", "what has become of the duty"),
    "clause": Wording("所依据的首个条款", "the first clause that it rests on"),
    "clauses": Wording("所依据的全部条款", "all clauses that it rests on"),
    "strength": Wording("应当、原则上应当、可以或不得", "how strongly it binds"),
    "wording": Wording("原文用词", "the text's own word for the strength"),
    "act": Wording("行为", "the act"),
    "bearer": Wording("承担者；null 为未指明或未定", "who owes it; null where nobody is named, or that is open"),
    "assigned": Wording("由判断表指定的本规则角色", "the policy's own role, where a table says whom it means"),
    "candidates": Wording("未定时可能的承担者", "whom the role may mean, where that is not settled"),
    "conflict": Wording("判断表有两行同时成立", "whether two rows of the table are true at once"),
    "to": Wording("对象", "the role addressed"),
    "due": Wording("期限；null 为无具体时限或未起算", "the end of its limit; null without a number, or not yet"),
    "late_from": Wording("最早算作逾期的时点", "the first instant that is late"),
    "provisional": Wording("期限是否取决于尚未公布的节假日", "whether the limit rests on holidays not announced yet"),
    "promptly": Wording("只有“及时”一类要求", "the text gives a word in place of a number"),
    "standing": Wording("持续性义务", "a standing duty"),
    "sanction": Wording("属于惩戒、追责", "it is a sanction"),
    "exists": Wording("是否有此义务", "whether there is a duty at all"),
    "owed": Wording("行为是否仍须履行；null 为待定", "whether the act is still owed; null where that is open"),
    "in_force": Wording("是否有效；null 为待定", "whether it is in force; null where that is open"),
    "finding": Wording("违反、未达到原则性要求，或无", "a violation, an advisory finding, or none"),
    "violated": Wording("是否已违反", "whether it is violated"),
    "violated_at": Wording("自何时起构成违反", "since when it is violated"),
    "late_activation": Wording("产生时期限已过", "it came into force after its limit"),
    "trigger": Wording("触发的事件或规定", "the event, or the provision, that put it in force"),
    "triggered_at": Wording("触发时间", "when that happened"),
    "starts": Wording("周期的开始", "the start of a recurring duty's period"),
    "key": Wording("相互对应的属性及其值", "the attributes that correlated events share"),
    "performed": Wording("履行义务的事件", "the event that performed it"),
    "performed_at": Wording("履行时间", "when it was performed"),
    "breaches": Wording("违反禁止的各事件", "the events that breached the prohibition"),
    "last_act": Wording("持续性义务的最近一次行为", "the last act of a standing duty"),
    "partial_acts": Wording("只履行了一部分的事件", "the events that performed a part of it only"),
    "elapsed_minutes": Wording("没有具体时限的，已经过的分钟", "minutes so far, where the text gives no number"),
    "possible": Wording("待定时可能的状态", "the statuses that missing facts leave open"),
    "presumed": Wording("所依据的推定事实", "the presumed facts that it rests on"),
    "missing": Wording("确定后即可得出结论的事实", "the facts that would settle it"),
    "kind": Wording("空白：gap、referral、待定；null 为不涉及", "of a gap: what it is; null where it is not met"),
    "instead_of": Wording("空白：因此不适用的规定", "of a gap: the provisions in whose place it stands"),
}
_ABOUT = {
    "provision": Wording("所涉规定", "the provision that it is about"),
    "gap": Wording("所涉空白", "the gap that it is about"),
    "instance": Wording("该规定的哪一项义务：事件或周期", "which of its duties: the event, or the period"),
    "why": _WHY,
}
_ANSWERS = {
    "choose": Wording("另选的解释：名称: 选项", "options other than the defaults, by reading"),
    "expect": Wording("应得出的结果，只写所关心的项", "what must come out, only what matters of it"),
    "absent": Wording("不应有义务的规定", "provisions that must have no duty"),
    "worklist": Wording("合并待办中依次应有的各项", "entries that the merged worklist has, in their order"),
    "conflicts": Wording("既须履行又被禁止的全部事项", "everything that is owed and forbidden at once"),
}
_POLICY = Wording("所涉规则；默认为首个", "the policy that it is about, by default the first")
_GIVEN = Wording("另给的事实", "facts that are given as well")

EXAMPLES = MappingProxyType(
    {
        "WholeExample": {
            **_ANSWERS,
            "ask": Wording("关于该案件的多个问题", "several questions about the case"),
            "same": Wording("本案中属同一主体的角色", "roles that are one in this case"),
        },
        "ExampleFile": {
            "examples": Wording("各示例", "the examples"),
            "policy": Wording("未另写明的示例所用的规则", "the policies of examples that name none"),
            "time_zone": Wording("未另写明的示例所用的时区", "the zone of examples that name none"),
            "note": Wording("说明", "a remark for people"),
        },
        "ExpectEntry": {
            "policy": _POLICY,
            **_ABOUT,
            **_ROW,
            "readings": Wording("其他解释或事实下的不同结果", "what changes under other readings, or given facts"),
        },
        "OtherReadingEntry": {"choose": _ANSWERS["choose"], "given": _GIVEN, **_ABOUT, **_ROW},
        "AbsentEntry": {"policy": _POLICY, "provision": _ABOUT["provision"], "why": _WHY},
        "AskEntry": {
            "as_of": Wording("判断的时点", "the instant asked about"),
            "known_at": Wording("以当时所知为准的时点", "judge by what had been recorded by then"),
            "given": _GIVEN,
            "label": Wording("问题的名称；默认取时点等", "its name, by default the instant and what is chosen"),
            **_ANSWERS,
        },
        "WorklistExpectation": {
            "act": _ROW["act"],
            "bearer": Wording("承担者；不写即无", "who owes it; nobody unless said"),
            "to": Wording("对象；不写即无", "the role addressed; none unless said"),
            "must": Wording("约束性时限中最早的", "the tightest limit that binds"),
            "should": Wording("原则性时限中最早的", "the tightest limit that holds in principle"),
            "clauses": _ROW["clauses"],
            "status": _ROW["status"],
            "late": Wording("最早的时限是否已过", "whether the tightest limit has passed"),
            "why": _WHY,
        },
        "ConflictExpectation": {
            "owed": Wording("要求履行的条款", "the clauses that demand the act"),
            "forbidden": Wording("予以禁止的条款", "the clauses that forbid it"),
            "why": _WHY,
        },
    }
)
"""Model -> key as a file writes it -> what it is for."""
