"""What the reference pages say beside what is generated: names of the parts of a file, and where each rule stands."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.wording import Wording

PARTS = MappingProxyType(
    {
        "Policy": Wording("规则文件", "the file"),
        "Title": Wording("双语文本", "text in both languages"),
        "Version": Wording("版本", "a version"),
        "InForce": Wording("期间", "days in force"),
        "Grading": Wording("分级", "grades of a fact"),
        "Grade": Wording("等级", "a grade"),
        "RoleType": Wording("角色", "a role"),
        "Reading": Wording("解释问题", "a reading"),
        "Source": Wording("原文", "the text"),
        "Extent": Wording("文本文件", "the text's file"),
        "Clause": Wording("条款", "a clause"),
        "DecisionTable": Wording("判断表", "a decision table"),
        "Row": Wording("判断表的一行", "a row of a table"),
        "Provision": Wording("规定", "a provision"),
        "Happening": Wording("事件或结果", "an event or outcome"),
        "Condition": Wording("条件", "a condition"),
        "FactTest": Wording("对一个事实的比较", "tests of a fact"),
        "Deadline": Wording("期限", "a limit"),
        "Within": Wording("期限长度", "a length"),
        "Recurrence": Wording("周期", "how often"),
        "Until": Wording("结束", "an end"),
        "Gap": Wording("空白", "a gap"),
        "Reference": Wording("援引的文件", "a document referred to"),
        "Counting": Wording("期限的通用计算方法", "how limits are counted"),
        "DayCounting": Wording("按日计算的期限", "limits in days"),
        "RegradingRules": Wording("重新定级", "regrading"),
        "Vocabulary": Wording("词汇表文件", "the file"),
        "EventType": Wording("事件或行为", "an event or act"),
        "FactType": Wording("事实或属性", "a fact or attribute"),
        "Topic": Wording("对照的事项", "a topic"),
        "Choice": Wording("取值", "a value"),
        "CaseFile": Wording("案件文件", "the file"),
        "EventEntry": Wording("一个事件", "an event"),
        "WholeExample": Wording("一个示例", "an example"),
        "ExampleFile": Wording("多个示例的文件", "a file of several"),
        "ExpectEntry": Wording("一项预期", "an expectation"),
        "OtherReadingEntry": Wording("另一种解释", "another reading"),
        "AbsentEntry": Wording("不应有的义务", "what must be absent"),
        "AskEntry": Wording("一个问题", "a question"),
        "WorklistExpectation": Wording("待办的一项", "an entry of the worklist"),
        "ConflictExpectation": Wording("一处冲突", "a conflict"),
        "CalendarFile": Wording("日历文件", "the file"),
        "YearEntry": Wording("一年的安排", "a year"),
        "HolidayEntry": Wording("一次放假", "a holiday"),
        "Node": Wording("解释问题的写法", "where readings stand"),
    }
)
"""What each part of a file is called."""

TAKEN = MappingProxyType(
    {
        "act": Wording("行为的名称", "the name of an act"),
        "event": Wording("事件或行为的名称", "the name of an event or act"),
        "role": Wording("角色的名称", "the name of a role"),
        "fact": Wording("事实的名称", "the name of a fact"),
        "grade": Wording("等级表中的值", "a value of the scale"),
        "vocabulary": Wording("词汇表的名称", "the name of a vocabulary"),
        "calendar": Wording("日历的名称", "the name of a calendar"),
        "policy": Wording("规则的名称", "the name of a policy"),
        "zone": Wording("时区名", "the name of a time zone"),
        "instant": Wording("时刻", "an instant"),
        "values.attribute.means": Wording("方式的名称", "the name of a means"),
    }
)
"""What a key takes whose schema refers to a definition of that name."""

NAME = Wording("名称", "a name")
TEXT = Wording("文本", "text")
DATE = Wording("日期", "a date")
CLAUSE = Wording("条款编号，如 CZH:17", "a clause such as CZH:17")
DIGEST = Wording("16 位十六进制数", "16 hexadecimal digits")
CLOCK = Wording('时刻，如 "17:30"', 'a time of day such as "17:30"')
FLAG = Wording("true 或 false", "true or false")
NUMBER = Wording("数字", "a number")
WHOLE = Wording("整数", "a whole number")
FROM_TO = Wording("{} 至 {} 的整数", "a whole number from {} to {}")
VALUE = Wording("一个值", "a value")
NULL = Wording("null", "null")
LIST = Wording("{} 的列表", "a list: {}")
ONE_OR_MORE = Wording("{}，可写成列表", "{}, or a list of such")
TABLE = Wording("{}: {} 的映射", "a mapping of {} to {}")
OR = Wording(" 或 ", " or ")

STATEMENTS = MappingProxyType(
    {
        "Header": {
            "time_zone": "S2",
            "calendar": "S22",
            "versions": "S6",
            "presume": "S8",
            "severities": "S26",
            "readings": "S7",
            "source": "S14",
        },
        "Version": {"in_force": "S6"},
        "DecisionTable": dict.fromkeys(("assigns", "derives", "hit", "rows", "else"), "S10"),
        "Provision": {
            **dict.fromkeys(("must", "should", "wording", "sanction"), "S29"),
            **dict.fromkeys(("may", "must_not"), "S27"),
            **dict.fromkeys(("bearer", "to", "means", "in_person"), "S24"),
            **dict.fromkeys(("upon", "each", "key"), "S11"),
            **dict.fromkeys(("when", "unless", "defeats"), "S12"),
            **dict.fromkeys(("standing", "every", "late"), "S28"),
            **dict.fromkeys(("until", "waived_by"), "S25"),
            "deadline": "S16",
            "in_force": "S6",
        },
        "Condition": dict.fromkeys(("any", "all", "not", "happened"), "S9"),
        "FactTest": dict.fromkeys(("at_least", "at_most", "more_than", "less_than", "contains"), "S9"),
        "Deadline": {
            **dict.fromkeys(("before", "promptly"), "S21"),
            **dict.fromkeys(("earliest", "latest", "when"), "S20"),
            **dict.fromkeys(("roll", "ends"), "S19"),
            "within": "S17",
            "of": "S16",
            "hours": "S18",
        },
        "Within": {
            **dict.fromkeys(("seconds", "minutes", "hours"), "S18"),
            **dict.fromkeys(("days", "working_days", "months", "years"), "S19"),
        },
        "Recurrence": dict.fromkeys(("period", "at", "since_last_act"), "S28"),
        "Gap": dict.fromkeys(("missing", "upon", "when", "instead_of", "acts", "refers_to"), "S30"),
        "Counting": {"hours": "S18", "days": "S19", "regrading": "S26"},
        "EventType": {"kind_of": "S24"},
        "CaseFile": {
            "as_of": "S3",
            **dict.fromkeys(("known_at",), "S4"),
            **dict.fromkeys(("known_until", "facts"), "S8"),
            "time_zone": "S1",
            "events": "S5",
            "policy": "S31",
        },
        "EventEntry": {
            **dict.fromkeys(("recorded_at", "corrects", "retracts"), "S4"),
            "at": "S1",
            "sets": "S8",
            "partial": "S24",
        },
        "CalendarFile": dict.fromkeys(("weekend", "start", "announced_until", "years"), "S22"),
    }
)
"""Model -> key -> the statement of the semantics that says what it does."""
