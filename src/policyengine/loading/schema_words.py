"""What an editor shows beside every key of a file: one short text in Chinese and one in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.loading.provisions import MEANS
from policyengine.loading.schema_example_words import EXAMPLES
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.loading.schema_parts import Schema

DOCUMENTS = MappingProxyType(
    {
        "policy": Wording("一部规则：谁须在何时前做什么", "one regulation: who must do what by when"),
        "vocabulary": Wording(
            "一个领域的词汇：事件、行为、角色、事实", "the words of a domain: events, acts, roles, facts"
        ),
        "case": Wording("一个案件：事实和带时间的事件", "one case: facts and time-stamped events"),
        "example": Wording("示例：案件及其应得出的结果", "examples: cases with what must come out of them"),
        "calendar": Wording("一部工作日历：周末、节假日、调休", "a calendar: weekends, holidays, make-up working days"),
    }
)
"""What each kind of file is."""

_TITLES = {
    "Title": {
        "zh": Wording("中文", "the text in Chinese"),
        "en": Wording("英文", "the text in English"),
    },
}

_VOCABULARY = {
    "Choice": {
        "id": Wording("取值的名称", "the value's name in files"),
        "title": Wording("取值的中英文说法", "what people call the value"),
    },
    "FactType": {
        "title": Wording("事实的中英文说法", "what people call the fact"),
        "type": Wording(
            "取值类型；type、scale、choices 三者选一", "the type of free values; one of type, scale and choices"
        ),
        "scale": Wording("所用等级表（有序）", "the ordered scale that it is graded on"),
        "choices": Wording("可取的值（无序）", "the values that it can take, without order"),
        "many": Wording("可同时取多个值", "whether it holds several values at once"),
    },
    "EventType": {
        "title": Wording("事件或行为的中英文说法", "what people call the event or act"),
        "kind_of": Wording("它同时属于的上位类", "the wider types that it also is"),
    },
    "RoleType": {
        "title": Wording("角色的中英文说法", "what people call the role"),
        "clause": Wording("指明该角色的条款", "the clause that names the role"),
    },
    "Vocabulary": {
        "vocabulary": Wording("词汇表的名称，与文件名相同", "the vocabulary's name, as the file's"),
        "title": Wording("词汇表的标题", "the vocabulary's title"),
        "scales": Wording("等级表，由低到高", "ordered scales, lowest first"),
        "facts": Wording("案件的事实", "facts of a case"),
        "attributes": Wording("事件的属性", "attributes of an event"),
        "events": Wording("可能发生的事件", "what can happen"),
        "acts": Wording("可以负有、允许或禁止的行为", "what can be owed, allowed or forbidden"),
        "roles": Wording("各规则共有的角色", "roles that several policies share"),
        "topics": Wording("对照时列为一行的行为", "acts that make one row where policies are compared"),
    },
    "Topic": {
        "id": Wording("事项的名称", "the topic's name"),
        "title": Wording("事项的中英文说法", "what people call the topic"),
        "acts": Wording("归入该事项的行为", "the acts that belong to it"),
    },
}

_CONDITIONS = {
    "FactTest": {
        "at_least": Wording("不低于", "this value or higher"),
        "at_most": Wording("不高于", "this value or lower"),
        "more_than": Wording("高于", "higher than this value"),
        "less_than": Wording("低于", "lower than this value"),
        "contains": Wording("列表中包含", "the list holds this value"),
    },
    "Condition": {
        "any": Wording("其中任一成立", "at least one of these holds"),
        "all": Wording("全部成立", "every one of these holds"),
        "not": Wording("不成立", "this does not hold"),
        "happened": Wording("其中任一事件已发生", "one of these events has happened"),
    },
}

_PROVISIONS = {
    "Happening": {
        "event": Wording("事件或行为，含其下位类", "an event or act, its kinds included"),
        "where": Wording("只计属性符合的事件", "only events with these attributes"),
        "violated": Wording("所列规定之一被违反", "one of these provisions was violated"),
        "performed": Wording("所列规定之一已履行", "one of these provisions was performed"),
        "breached": Wording("所列禁止之一被违反", "one of these prohibitions was breached"),
    },
    "Within": {
        "seconds": Wording("秒", "seconds of elapsed time"),
        "minutes": Wording("分钟", "minutes of elapsed time"),
        "hours": Wording("小时，连续计算", "hours of elapsed time, through nights and holidays"),
        "days": Wording("日，起算当日不计", "calendar days, the first day not counted"),
        "working_days": Wording("工作日，起算当日不计", "working days, the first day not counted"),
        "months": Wording("月，到期为对应日", "months, to the corresponding day"),
        "years": Wording("年，到期为对应日", "years, to the corresponding day"),
    },
    "Deadline": {
        "within": Wording("期限长度", "the length of the limit"),
        "before": Wording("必须先于该事件", "the act must precede this event"),
        "promptly": Wording("及时、立即：文本无具体数字", "at once: the text gives no number"),
        "earliest": Wording("其中最早的期限", "whichever of these limits comes first"),
        "latest": Wording("其中最晚的期限", "whichever of these limits comes last"),
        "when": Wording("该期限何时计入 (在其起算点判断)", "whether this limit counts, asked where it starts"),
        "of": Wording("起算事件；不写则自触发时起算", "what the length runs from; the trigger unless given"),
        "hours": Wording("起算的那一小时是否计入", "whether the starting hour counts"),
        "roll": Wording("末日为休息日时是否顺延", "whether a last day off moves to the next working day"),
        "ends": Wording("末日的截止时刻，代替 24:00", "close of business on the last day, in place of 24:00"),
    },
    "Recurrence": {
        "period": Wording("按日历重复：每日、每月等", "once in every period of the calendar"),
        "at": Wording("每日的固定时刻，如 09:00", "at fixed times of every day, such as 09:00"),
        "since_last_act": Wording("距上次履行多久", "so long after the last act"),
    },
    "Until": {
        "any": Wording("其中任一事件发生即止", "ends with the first of these events"),
        "all": Wording("全部事件发生方止", "ends when all of these have happened"),
    },
    "Provision": {
        "id": Wording("本文件内唯一的名称", "its name, unique in this file"),
        "title": Wording("一句话说明", "the provision in a few words"),
        "clause": Wording("所依据的条款", "the clause or clauses that it rests on"),
        "scope": Wording("针对个案，或针对机关的日常工作", "about a case, or about the agency's standing work"),
        "bearer": Wording("承担者", "the role that owes it"),
        "must": Wording("必须（须、必须、应、应当、要、最迟）", "an obligation"),
        "should": Wording("原则上应当", "an obligation in principle"),
        "may": Wording("可以", "a permission"),
        "must_not": Wording("不得", "a prohibition"),
        "wording": Wording("文本所用的词，如“原则上”", "the text's own word"),
        "to": Wording("对象：向谁", "the role that it is owed to"),
        MEANS: Wording("须采用的方式", "the means that must be used"),
        "upon": Wording("触发：何事发生后产生", "what brings the duty about"),
        "each": Wording("每次触发各产生一项义务", "one duty for every occurrence of the trigger"),
        "key": Wording("相互对应的属性，如同一部门", "attributes that must be the same throughout one duty"),
        "when": Wording("适用条件；不写则总是适用", "the condition under which it applies; always unless given"),
        "unless": Wording("例外条件", "the exception under which it does not apply"),
        "defeats": Wording("排除适用的其他规定", "the provisions that this one sets aside"),
        "deadline": Wording("期限", "by when"),
        "standing": Wording(
            "持续性义务：无期限，不因一次履行而结束", "a standing duty: no limit, and no single act ends it"
        ),
        "every": Wording("定期重复的义务：多久一次", "a duty that recurs: how often"),
        "late": Wording("迟延的履行计入哪一期", "which instance a late act serves"),
        "until": Wording("何事发生后结束", "the event or events that end it"),
        "waived_by": Wording("何事使其免除", "the event or events by which it is waived"),
        "in_person": Wording("须由承担者亲自履行", "only the bearer's own act counts"),
        "in_force": Wording("在各版本之内自身的施行期间", "the days on which it is in force, within the versions"),
        "sanction": Wording("属于惩戒、追责", "it is a sanction"),
        "note": Wording("说明", "a remark for people"),
    },
    "Reference": {
        "title": Wording("所指文件", "the document referred to"),
        "in_hand": Wording("是否已掌握该文件", "whether we have it"),
    },
    "Gap": {
        "id": Wording("本文件内唯一的名称", "its name, unique in this file"),
        "title": Wording("一句话说明", "the gap in a few words"),
        "clause": Wording("所涉条款", "the clause or clauses concerned"),
        "missing": Wording("文本没有写什么", "what the text does not say"),
        "upon": Wording("何事发生后显现", "what brings it up"),
        "when": Wording("何种情形下显现", "the condition under which it shows"),
        "instead_of": Wording("此时不作判断的规定", "the provisions in whose place it stands"),
        "acts": Wording("文本未作规定的行为", "the acts of which the text says nothing"),
        "in_force": Wording("在各版本之内自身的存续期间", "the days on which it is there, within the versions"),
        "refers_to": Wording("文本援引的其他文件", "the other document that the text refers to"),
    },
    "Row": {
        "when": Wording("该行成立的条件", "the condition under which this row holds"),
        "then": Wording("此时的角色或取值", "the role or value that it is then"),
        "clause": Wording("该行所依据的条款", "the clause or clauses that this row rests on"),
    },
    "DecisionTable": {
        "assigns": Wording("由本表指定的角色", "the role that the table says who it is"),
        "derives": Wording("由本表得出的事实", "the fact that the table gives the value of"),
        "clause": Wording("所依据的条款", "the clause or clauses that it rests on"),
        "hit": Wording("取首个成立的行，或只容一行成立", "the first row that holds, or one row alone"),
        "rows": Wording("各行，依次判断", "its rows, in their order"),
        "else": Wording("各行均不成立时；文本未写明为 unstated", "where no row holds; unstated if the text is silent"),
        "note": Wording("说明", "a remark for people"),
    },
    "DayCounting": {
        "roll": Wording("末日为休息日时是否顺延", "whether a last day off moves to the next working day"),
        "ends": Wording("末日的截止时刻，代替 24:00", "close of business on the last day, in place of 24:00"),
    },
    "RegradingRules": {
        "up": Wording("等级上调时", "after an upward change"),
        "down": Wording("等级下调时", "after a downward change"),
        "other": Wording("其他变化时", "after any other change"),
    },
    "Counting": {
        "hours": Wording("起算的那一小时是否计入", "whether the starting hour counts"),
        "days": Wording("按日计算的期限如何届满", "how limits in days end"),
        "regrading": Wording("重新定级后期限如何计算", "what limits count from after a regrading"),
    },
}

_HEADER = {
    "Reading": {
        "question": Wording("文本何处有歧义", "what is ambiguous"),
        "options": Wording("可选的解释", "the ways to read it"),
        "default": Wording("默认采用的解释", "the option taken unless another is asked for"),
        "why": Wording("默认的理由", "the reason for the default"),
    },
    "Grade": {
        "id": Wording("等级的名称", "the grade's name in files"),
        "title": Wording("等级的中英文说法", "what the text calls the grade"),
        "reference": Wording("对应等级表中的哪些值", "the values of the reference scale that it covers"),
    },
    "Grading": {
        "fact": Wording("被分级的事实", "the fact that is graded"),
        "grades": Wording("文本自己的等级，由低到高", "the text's own grades, lowest first"),
    },
    "InForce": {
        "from": Wording("施行日（含）", "first day in force"),
        "to": Wording("失效日（不含）", "first day no longer in force"),
    },
    "Version": {
        "in_force": Wording("施行期间；未载明则留空 {}", "when it is in force; {} where the text does not say"),
        "note": Wording("说明", "a remark for people"),
    },
    "Clause": {
        "number": Wording("文本自己的编号", "the text's own number"),
        "digest": Wording("该句规范化后的摘要值", "the digest of the normalised sentence"),
        "at_hand": Wording(
            "原文是否在手；不在手 (false) 则不写摘要值",
            "whether the text is at hand; if not (false), there is no digest",
        ),
        "says": Wording("该句的概述", "the sentence in our own words"),
        "provisions": Wording("依据该句的规定", "the provisions that rest on it"),
        "gaps": Wording("该句显露的空白", "the gaps that it shows"),
        "disposition": Wording("不产生规定的原因", "why no provision comes of it"),
        "note": Wording("说明", "a remark for people"),
    },
    "Extent": {
        "copies": Wording("文件中全文重复的次数", "how many copies of the text its file holds"),
        "furniture": Wording("不属于正文的行", "lines that are page furniture, not text"),
    },
    "Source": {
        "title": Wording("文本及其来源", "the text and where it comes from"),
        "extent": Wording("文本文件的情况", "what else the text's file holds"),
        "clauses": Wording("逐句列出全文，如 CZH:17", "every sentence of the text, by a key such as CZH:17"),
    },
    "Header": {
        "policy": Wording("规则的名称，与文件名相同", "the policy's name, as the file's"),
        "title": Wording("规则的标题", "the regulation's title"),
        "vocabulary": Wording("所用词汇表", "the vocabulary whose words it uses"),
        "time_zone": Wording("计算日期的时区，如 Asia/Shanghai", "the zone of its clock, such as Asia/Shanghai"),
        "calendar": Wording("所用工作日历", "the calendar of working days"),
        "implements": Wording("据以制定的上级文件 (规则名称)", "the superior documents that it implements, by policy"),
        "versions": Wording("文本的各版本", "the versions of the text"),
        "presume": Wording("未另行说明时推定的事实", "facts taken as given until somebody says otherwise"),
        "severities": Wording("文本自己的分级", "the text's own grades"),
        "roles": Wording("文本自己的角色", "the text's own roles"),
        "readings": Wording("解释问题：文本有歧义之处及其选项", "where the text is ambiguous, and how it can be read"),
        "source": Wording("逐句的来源", "the text, sentence by sentence"),
        "note": Wording("说明", "a remark for people"),
    },
    "Policy": {
        "tables": Wording("判断表：指定角色，得出事实", "tables that assign roles and derive facts"),
        "provisions": Wording("各项规定", "its norms"),
        "gaps": Wording("文本的空白和援引", "where the text is silent or refers elsewhere"),
        "counting": Wording("期限的通用计算方法", "how limits are counted unless a provision says otherwise"),
    },
    "Node": {
        "reading": Wording("解释问题：按其各选项分别写明", "what holds under each option of this reading"),
        "under": Wording("仅在解释问题的所列选项下存在", "it exists only under these options of a reading"),
    },
}

_CASES = {
    "EventEntry": {
        "id": Wording("案件内唯一的名称", "its name, unique in the case"),
        "type": Wording("发生了什么", "what happened"),
        "at": Wording("发生时间，如 2025-10-08T23:30:00+08:00", "when it happened"),
        "recorded_at": Wording("记录时间；未写明的，同发生时间", "when it was learned; at once unless given"),
        "corrects": Wording("更正哪一事件 (内容以此为准)", "the id of the event that this one takes the place of"),
        "retracts": Wording("撤回哪一事件", "the id of the event that did not happen after all"),
        "partial": Wording("只履行了一部分", "whether the act did only part of what is owed"),
        "sets": Wording(
            "由此确定的事实；null 表示又成为未知", "facts that it makes known; null makes one unknown again"
        ),
        "by": Wording("行为人", "the role that acted"),
        "to": Wording("对象", "the role or roles addressed"),
        "attributes": Wording("其他属性", "further attributes"),
        "note": Wording("说明", "a remark for people"),
    },
    "CaseFile": {
        "case": Wording("案件的名称", "the case's name"),
        "title": Wording("案件的标题", "the case's title"),
        "scope": Wording("一个案件，或机关自身的工作日志", "one case, or the log of the agency itself"),
        "policy": Wording("适用的规则：名称、其唯一前缀或路径", "the policies asked: id, unique prefix or path"),
        "time_zone": Wording("未写时差的时间所属时区", "the zone of times that name no offset"),
        "as_of": Wording("判断的时点", "the instant asked about"),
        "known_at": Wording("以当时所知为准的时点", "judge by what had been recorded by then"),
        "known_until": Wording(
            "记录完整至何时；其后情况不明", "how far the log is complete; nobody knows what came later"
        ),
        "facts": Wording("一开始就知道的事实", "what is known from the start"),
        "events": Wording("按记录先后列出的事件", "what happened, in the order of recording"),
    },
}

_CALENDARS = {
    "HolidayEntry": {
        "from": Wording("放假首日（含）", "first day off"),
        "to": Wording("放假末日（含）", "last day off"),
        "name": Wording("节日名称", "the holiday's name"),
    },
    "YearEntry": {
        "year": Wording("年份", "the year"),
        "issued": Wording("通知发布日期", "when it was announced"),
        "source": Wording("通知及文号", "the act that announced it"),
        "days_off": Wording("放假安排", "holidays"),
        "worked": Wording("调休上班的日期", "weekend days that are worked"),
    },
    "CalendarFile": {
        "calendar": Wording("日历的名称，与文件名相同", "the calendar's name, as the file's"),
        "title": Wording("日历的标题", "the calendar's title"),
        "weekend": Wording("每周休息日", "the days off in every week"),
        "start": Wording("最早已知日", "the first day that is known"),
        "announced_until": Wording("最晚已公布日", "the last day that is announced"),
        "years": Wording("各年度安排", "what was announced, year by year"),
    },
}

KEYS = MappingProxyType(
    {
        **_TITLES,
        **_VOCABULARY,
        **_CONDITIONS,
        **_PROVISIONS,
        **_HEADER,
        **_CASES,
        **EXAMPLES,
        "WholeExample": {**_CASES["CaseFile"], **EXAMPLES["WholeExample"]},
        **_CALENDARS,
    }
)
"""Model -> key as a file writes it -> what it is for.

`Policy` and `Node` are no models of their own: the sections that stand beside the header, and the keys that readings
add to a node.
"""


def described(wording: Wording) -> str:
    """Return both languages as one text.

    >>> described(Wording("期限", "by when"))
    '期限 / by when'
    """
    return f"{wording.zh} / {wording.en}"


def said(schema: Schema, wording: Wording) -> Schema:
    """Return *schema* with *wording* in both languages as what it is for, unless it says so itself."""
    return {"description": described(wording), **schema}
