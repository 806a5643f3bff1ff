"""The fixed words of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from policyengine.checks.audit.finding import Kind
from policyengine.wording import Wording


class State(StrEnum):
    """Whether a finding is news, and if not, why."""

    NEW = "new"
    SOME = "some"
    """It stands under some readings of the text only."""
    WAIVED = "waived"
    KNOWN = "known"


KIND: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.FAULT: Wording("无法审查", "fault"),
        Kind.VIOLATION: Wording("违反", "violation"),
        Kind.ADVISORY: Wording("未达到原则性要求", "departure in principle"),
        Kind.UNDETERMINED: Wording("待定", "undetermined"),
        Kind.WAIVER: Wording("豁免", "waiver"),
        Kind.PROVISIONAL: Wording("暂定", "provisional"),
        Kind.GAP: Wording("空白或援引", "gap"),
    }
)
KINDS: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.FAULT: Wording("无法读取或判断", "Could not be read or judged"),
        Kind.VIOLATION: Wording("违反", "Violations"),
        Kind.ADVISORY: Wording(
            "未达到原则性要求：须说明理由，不直接构成违反",
            "Departures in principle: to be explained, not flatly violations",
        ),
        Kind.UNDETERMINED: Wording("待定：缺少事实", "Undetermined: facts are missing"),
        Kind.WAIVER: Wording("有问题的豁免", "Waivers that are to be looked at"),
        Kind.PROVISIONAL: Wording("期限暂定：所依据的节假日尚未公布", "Provisional limits: holidays not announced yet"),
        Kind.GAP: Wording("文本的空白与援引", "Where the text is silent or refers elsewhere"),
    }
)
COUNTED: Mapping[Kind, tuple[Wording, Wording]] = MappingProxyType(
    {
        Kind.FAULT: (Wording("无法审查 {n} 项", "{n} fault"), Wording("无法审查 {n} 项", "{n} faults")),
        Kind.VIOLATION: (Wording("违反 {n} 项", "{n} violation"), Wording("违反 {n} 项", "{n} violations")),
        Kind.ADVISORY: (
            Wording("未达到原则性要求 {n} 项", "{n} departure in principle"),
            Wording("未达到原则性要求 {n} 项", "{n} departures in principle"),
        ),
        Kind.UNDETERMINED: (Wording("待定 {n} 项", "{n} undetermined"), Wording("待定 {n} 项", "{n} undetermined")),
        Kind.WAIVER: (
            Wording("豁免问题 {n} 项", "{n} about a waiver"),
            Wording("豁免问题 {n} 项", "{n} about waivers"),
        ),
        Kind.PROVISIONAL: (Wording("暂定 {n} 项", "{n} provisional"), Wording("暂定 {n} 项", "{n} provisional")),
        Kind.GAP: (Wording("空白或援引 {n} 项", "{n} gap"), Wording("空白或援引 {n} 项", "{n} gaps")),
    }
)
"""How many of a kind there are: one, and any other number."""
HELP: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.FAULT: Wording(
            "请改正日志；改正之前，该部分未经审查。",
            "Put the log right; until then this part of it is not audited.",
        ),
        Kind.VIOLATION: Wording(
            "请补办、说明原因，或在豁免文件中载明谁准许、为何、到何时。",
            "Do what is owed, or say in the file of waivers who lets it stand, why, and until when.",
        ),
        Kind.ADVISORY: Wording(
            "请说明理由，或在豁免文件中载明。", "Say why it was departed from, in the file of waivers for one."
        ),
        Kind.UNDETERMINED: Wording("请在案件中补充所缺的事实。", "Add the missing facts to the case."),
        Kind.WAIVER: Wording("请更新或删去该豁免。", "Renew the waiver, or take it out."),
        Kind.PROVISIONAL: Wording(
            "节假日公布后请更新日历，并重新审查。", "Bring the calendar up to date once the holidays are announced."
        ),
        Kind.GAP: Wording(
            "文本对此没有规定，须由有权机关决定。", "The text does not decide this; somebody who may has to."
        ),
    }
)
STATE: Mapping[State, Wording] = MappingProxyType(
    {
        State.NEW: Wording("新增", "new"),
        State.SOME: Wording("仅在部分解释下", "under some readings only"),
        State.WAIVED: Wording("已豁免", "waived"),
        State.KNOWN: Wording("此前已有", "known"),
    }
)
STATES: Mapping[State, Wording] = MappingProxyType(
    {
        State.SOME: Wording("仅在部分解释下成立", "Standing under some readings of the text only"),
        State.WAIVED: Wording("已豁免", "Let stand by a waiver"),
        State.KNOWN: Wording("基线中已有", "Known from the baseline"),
    }
)

TITLE = Wording("案件日志审查", "Audit of case logs")
HELD_TO = Wording("依据：{policies}", "Held to: {policies}")
AS_OF = Wording("判断时点：{when}", "As of {when}")
AS_OF_RANGE = Wording("判断时点：{first} 至 {last}", "As of {first} to {last}")
EVERY_READING = Wording("已按文本的全部解释判断", "Judged under every reading of the text")
IN_SHORT = Wording("概要：{parts}", "In short: {parts}")
NOTHING_NEW = Wording("没有新的问题", "nothing new was found")
UNREAD = Wording(
    "部分日志或规则无法读取或判断：结论不完整",
    "Part of the log, or a policy, could not be read or judged: this is not all",
)
FIGURES = Wording("数字", "Figures")
CASES = Wording("案件", "Cases")
JUDGED = Wording("已判断", "Judged")
EVENTS = Wording("事件", "Events")
FIGURE = Wording("{name}：{n}", "{name}: {n}")
FOUND = Wording("{name}：{n}（{parts}）", "{name}: {n} ({parts})")
PART = Wording("{state} {n}", "{n} {state}")
GONE = Wording(
    "基线中有 {n} 项已不再出现，可重新写出基线", "In the baseline and no longer found: {n}; it may be written anew"
)

SECTION = Wording("{words}（{n}）", "{words} ({n})")
GROUP = Wording("{what}：{n} 项", "{what}: {n}")
MORE = Wording("另有 {n} 项，见 --format csv 或 --format json", "and {n} more; see --format csv or --format json")
MORE_ROWS = Wording("另有 {n} 行，见 --format json", "and {n} more; see --format json")

CASE = Wording("案件 {case}", "Case {case}")
SENTENCE = Wording("{text}。", "{text}.")
CLAUSE = Wording("依据 {clause}", "Clause {clause}")
DONE_LATE = Wording("期限 {due}，逾期{late}后履行", "due {due}, done {late} late")
STILL_OWED = Wording(
    "期限 {due}，截至 {as_of} 已逾期{late}，仍未履行", "due {due}, {late} late and still owed as of {as_of}"
)
NOT_DONE = Wording("期限 {due}，未履行", "due {due}, and not done")
BREACHED = Wording("{when} 违反", "breached {when}")
VIOLATED = Wording("自 {when} 起构成违反", "violated from {when} on")
IF_SO = Wording("若成立，期限为 {due}", "if it holds, due {due}")
NOT_ANNOUNCED = Wording(
    "期限 {due} 为暂定：所依据的节假日尚未公布，仅按周末推算",
    "due {due}, which is provisional: holidays that it rests on are not announced yet, and only weekends are counted",
)
NOT_SETTLED = Wording("是否构成义务尚不能确定", "whether it is owed, or was kept, is not settled")
ONLY_UNDER = Wording("仅在以下解释下成立：{readings}", "only as read thus: {readings}")
BY_DEFAULT = Wording("默认解释", "the defaults")
WAIVED_BY = Wording("{authority}豁免，至 {expires} 止：{reason}", "waived by {authority} until {expires}: {reason}")
THE_PROVISION = Wording("规定所在处", "the provision")
THE_GAP = Wording("文本空白所在处", "where the policy states the silence")
THE_WAIVER = Wording("豁免所在处", "the waiver")

LATENESS = Wording("逾期情况", "Lateness")
OVER_ALL = Wording("合计", "All together")
LATE = Wording(
    "{what}：逾期 {late} 项，其中逾期履行 {done} 项、仍未履行 {outstanding} 项",
    "{what}: {late} late, of which {done} done late and {outstanding} still owed",
)
LENGTHS = Wording("{told}；中位数 {median}，最长 {worst}", "{told}; median {median}, worst {worst}")
BY_CLAUSE = Wording("按条款", "By clause")
BY_BEARER = Wording("按承担者", "By bearer")
BY_MONTH = Wording("按月份", "By month")
WORST = Wording("问题最多的案件", "Cases with the most findings")
OTHER_CASES = Wording("另有 {n} 个案件有问题", "and {n} other cases with findings")
LOG = Wording("日志", "log")
BETWEEN = Wording("，", ", ")
