"""The desk's own words; everything else on its pages is a title of a policy or of its vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from case_desk.faults import Lang, Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "desk": Text("案件台", "Case desk"),
        "other_language": Text("English", "中文"),
        "cases": Text("案件", "Cases"),
        "no_cases": Text("还没有案件。", "There are no cases yet."),
        "open": Text("立案", "Open a case"),
        "case_id": Text("案件编号", "Id of the case"),
        "case_title": Text("案件名称", "Title"),
        "policies": Text("适用规定", "Policies"),
        "as_of": Text("判断时点", "As of"),
        "show": Text("查看", "Show"),
        "in_short": Text(
            "须办理 {todo} 项，其中逾期 {overdue} 项；违反 {violated} 项；待定 {undetermined} 项",
            "{todo} to be done, {overdue} of them overdue; {violated} violated; {undetermined} undetermined",
        ),
        "next_due": Text("最近到期：{act}，{due}", "Next due: {act}, {due}"),
        "worklist": Text("须办理事项，最紧急的在前", "To be done, the most urgent first"),
        "nothing": Text("现无须办理的事项。", "Nothing is to be done now."),
        "act": Text("事项", "What"),
        "bearer": Text("承担者", "Who"),
        "limit": Text("期限", "By when"),
        "state": Text("状态", "State"),
        "clauses": Text("条款", "Clauses"),
        "to_whom": Text("向{to}{act}", "{act}, to {to}"),
        "nobody": Text("（文本未指明）", "(the text does not say)"),
        "not_settled": Text("{role}（待定）", "{role} (not settled)"),
        "must": Text("应当", "must"),
        "should": Text("原则上应当", "should in principle"),
        "may": Text("可以", "may"),
        "must_not": Text("不得", "must not"),
        "by": Text("{strength}：{due}", "{strength}: {due}"),
        "provisional": Text("{due}（暂定：该年节假日尚未公布）", "{due} (provisional, holidays not announced)"),
        "no_number": Text("文本未规定具体时限", "no clause gives a number"),
        "overdue": Text("逾期 {time}", "overdue by {time}"),
        "left": Text("还有 {time}", "{time} left"),
        "open_end": Text("未定期限", "no limit"),
        "time": Text("{hours} 小时 {minutes} 分", "{hours} h {minutes} min"),
        "findings": Text("已经出现的问题", "What has gone wrong"),
        "norm": Text("{bearer}{strength}{act}", "{bearer} {strength} {act}"),
        "since": Text("起于", "Since"),
        "conflicts": Text("冲突：既须为又不得为", "Conflicts: owed and forbidden at once"),
        "missing": Text("缺少的事实，确定后可得出结论", "Missing facts, which would settle what is undetermined"),
        "log": Text("事件记录", "Log"),
        "log_empty": Text("还没有事件。", "There are no events yet."),
        "id": Text("编号", "Id"),
        "event": Text("事件", "Event"),
        "at": Text("发生时间", "When it happened"),
        "recorded_at": Text("记录时间", "When it was recorded"),
        "details": Text("内容", "Details"),
        "retraction": Text("撤回 {id}", "takes back {id}"),
        "correction": Text("更正 {id}", "corrects {id}"),
        "record": Text("记录事件", "Record an event"),
        "amends": Text("更正或撤回", "To put the record right"),
        "corrects": Text("以此更正", "This is how it should have been recorded"),
        "retracts": Text("撤回（其余不填）", "This did not happen (fill in nothing else)"),
        "by_whom": Text("行为人", "Who acted"),
        "told": Text("对象", "Who was addressed"),
        "sets": Text("由此得知的事实", "Facts that it makes known"),
        "attributes": Text("其他属性", "More about it"),
        "note": Text("备注", "Note"),
        "learn": Text("补充立案时的事实", "Facts known from the start"),
        "facts": Text("事实", "Facts"),
        "unchanged": Text("（不填）", "(leave as it is)"),
        "refused": Text("未能办理", "This was not done"),
        "told_of": Text("{name}：{value}", "{name}: {value}"),
        "and": Text("、", ", "),
        "why": Text("为什么：{title}", "Why: {title}"),
        "back": Text("返回案件", "Back to the case"),
        "rests_on": Text("依据：{policies}", "Rests on: {policies}"),
    }
)


def say(word: str, lang: Lang, **parts: object) -> str:
    """Return one of the desk's words in *lang*, filled with *parts*."""
    text = WORDS[word].within(lang)
    return text.format(**parts) if parts else text
