"""Fixed words of the page on a regulation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.model.deadline import Regrading
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.source import Disposition

COMMA = Wording("、", ", ")

# Head
GENERATED = Wording(
    "本页由规则文件生成，概括而不引用原文；以原文为准。时限和条件按默认解释列出，其他解释下的不同之处随处注明。"
    "“应当”“可以”“不得”之后引号内的是原文用词。",
    "This page is generated from the policy file. It sums up the text and does not quote it; the text itself prevails. "
    "Limits and conditions are those of the default readings; what other readings change is told beside them. "
    "In quotation marks behind must, should, may and must not stands the text's own word.",
)
WHAT_IT_IS = Wording("基本情况", "What it is")
ID = Wording("编号：{id}", "Id: {id}")
SOURCE = Wording("文本：{title}", "Text: {title}")
VERSION = Wording("版本：{period}", "Version: {period}")
UNDATED = Wording("未注明施行日期", "undated")
PERIOD = Wording("自 {start} 起施行", "in force from {start}")
PERIOD_ENDING = Wording("{start} 至 {end} 前施行", "in force from {start} until before {end}")
ENDING = Wording("{end} 前施行", "in force until before {end}")
WITH_NOTE = Wording("{text}（{note}）", "{text} ({note})")
IMPLEMENTS = Wording("上级文件：{parents}", "Parents that it implements: {parents}")
NO_PARENTS = Wording("上级文件：无", "Parents that it implements: none")
VOCABULARY = Wording("词汇表：{title}", "Vocabulary: {title}")
ABOUT = Wording("说明：{note}", "Note: {note}")
CONTENTS = Wording(
    "内容：规定 {provisions} 条，解释问题 {readings} 个，空白与援引 {gaps} 处，文本 {clauses} 句",
    "Contents: provisions {provisions}, readings {readings}, gaps and referrals {gaps}, sentences {clauses}",
)

# Synopsis
AT_A_GLANCE = Wording("时限一览", "Limits at a glance")
BY_GRADE = Wording("按{fact}", "By {fact}")
GRADE = Wording("等级", "grade")
WHAT_HOLDS = Wording("时限", "limit")
ACT = Wording("行为", "act")
BINDS = Wording("约束力", "how it binds")
WHO = Wording("承担者", "who")
PROVISION = Wording("规定", "provision")
CLAUSE = Wording("条款", "clause")
WHERE = Wording("适用情形", "where it applies")
NOT_THERE_BY_DEFAULT = Wording("{text}（默认没有）", "{text} (not by default)")
ONLY_FOR = Wording("{text}（仅{values}）", "{text} ({values} only)")
AND_MORE = Wording("{text}（另有其他条件）", "{text} (other conditions besides)")
ELSEWHERE = Wording("另有规定：{title}", "the text refers elsewhere: {title}")
SILENT = Wording("文本空白：{title}", "the text is silent: {title}")
NOTHING_IN_NUMBERS = Wording("没有以数字规定的时限", "no limit in numbers")
NUMBERS = Wording("以数字或周期规定的时限", "Limits in numbers, and periods")
ORDER = Wording("只规定先后的", "Only what must come before what")
PROMPTLY = Wording("只写“及时”一类词语、没有数字的", "Only a word such as “promptly”, no number")
NO_LIMITS = Wording("文本没有规定任何时限。", "The text sets no time limit at all.")
DIFFERS = Wording("{text} \\*", "{text} \\*")
STAR = Wording("\\* 因解释而异，见该规定。", "\\* Depends on the reading, see the provision.")

# Grades, roles, facts
SEVERITIES = Wording("等级", "Grades")
NO_SEVERITIES = Wording("文本没有自己的等级。", "The text has no grades of its own.")
REFERENCE = Wording("在参照等级中的位置", "place on the reference scale")
OWN_GRADE = Wording("文本的等级", "grade in the text")
ROLES = Wording("角色", "Roles")
ROLE = Wording("角色", "role")
ROLE_ID = Wording("编号", "id")
FROM_CLAUSE = Wording("出自", "named in")
ACTS_IN = Wording("涉及的规定", "provisions concerned")
SHARED_ROLE = Wording("词汇表", "the vocabulary")
BY_TABLE = Wording("由下表确定", "decided by a table below")
ASSIGNS = Wording("谁是“{role}”", "Who is “{role}”")
DERIVES = Wording("“{fact}”如何确定", "What “{fact}” is")
IF = Wording("如果", "if")
NUMBER_OF_ROW = Wording("行", "row")
THEN = Wording("则为", "then")
ELSE = Wording("其他情形", "otherwise")
UNSTATED = Wording("文本未规定", "the text does not say")
HIT = Wording("几行同时成立时", "where several rows hold")
FIRST_HIT = Wording("取第一行", "the first of them counts")
UNIQUE_HIT = Wording("相互冲突，须由人决定", "they conflict, and people decide")
ROW_TEXT = Wording("{when} → {then}（{clauses}）", "{when} → {then} ({clauses})")
FACTS = Wording("判断所依据的事实", "Facts that decide")
FACT = Wording("事实", "fact")
VALUES = Wording("取值", "values")
PRESUMED = Wording("推定", "presumed")
YES_OR_NO = Wording("是或否", "yes or no")
SEVERAL = Wording("可有多项：{values}", "any of them: {values}")
SCALE = Wording("由低到高：{values}", "lowest first: {values}")
NUMBER = Wording("数字", "a number")
TEXT = Wording("文字", "a text")
PRESUMPTION = Wording(
    "推定的事实在有人另作认定之前有效，答案中会列明。",
    "What is presumed holds until somebody finds otherwise; answers say so.",
)

# How time is counted
TIME = Wording("时间如何计算", "How time is counted")
ZONE = Wording("时区：{zone}", "Time zone: {zone}")
CALENDAR = Wording("日历：{title}", "Calendar: {title}")
ANNOUNCED = Wording(
    "节假日已公布至 {until}；其后仅按周末推算，并标明“暂定”",
    "holidays are announced up to {until}; after that only weekends are counted, and the limit is marked provisional",
)
HOURS = Wording("小时、分钟", "hours and minutes")
DAYS = Wording("日、月、年", "days, months and years")
ROLLING = Wording("末日为休息日", "a last day that is a day off")
CLOSING = Wording("末日的终点", "the end of the last day")
HOURS_RUN = Wording("夜间、假日照算，届满之时仍为按期", "through nights and holidays, the very last instant is in time")
DAYS_RUN = Wording(
    "起算当日不计；月、年以对应日为末日，无对应日的为月末",
    "the day they start from is not counted; months and years end on the corresponding day, or the last of the month",
)
COLON = Wording("{word}：{more}", "{word}: {more}")
_STAYS = Wording("不顺延（规定另有写明的除外）", "it stays (unless a provision says otherwise)")
ROLLS: Mapping[str | None, Wording] = MappingProxyType(
    {None: _STAYS, "stay": _STAYS}
    | {"next_working_day": Wording("顺延至下一工作日", "it moves to the next working day")}
)
ENDS_AT_MIDNIGHT = Wording("24:00", "24:00")
REGRADING_UP = Wording("等级上调后", "after a grade goes up")
REGRADING_DOWN = Wording("等级下调后", "after a grade goes down")
REGRADING_OTHER = Wording("其他事实变化后", "after another fact changes")
REGRADING: Mapping[Regrading, Wording] = MappingProxyType(
    {
        Regrading.CAPPED: Wording(
            "新的时限自变化时起算，但不晚于当时尚未届满的同类时限",
            "the new limit runs from the change, but never beyond a limit for the same act that was still running",
        ),
        Regrading.RESTART: Wording("新的时限自变化时起算", "the new limit runs from the change"),
        Regrading.RETROACTIVE: Wording("新的时限仍自原起算点起算", "the new limit runs from the original start"),
        Regrading.FROZEN: Wording("不再变化，以触发时为准", "nothing changes: what held at the trigger counts"),
    }
)

# Provisions
OBLIGATIONS = Wording("个案中的义务", "Obligations in a case")
STANDING = Wording("个案中持续性、周期性的义务", "Standing and recurring duties in a case")
AGENCY = Wording(
    "机关的经常性义务（依机关日志判断，与个案无关）", "Duties of the agency at all times (judged by its own log)"
)
PROHIBITIONS = Wording("禁止", "Prohibitions")
PERMISSIONS = Wording("许可", "Permissions")
SANCTIONS = Wording("追责", "Sanctions")
KINDS = (OBLIGATIONS, STANDING, PROHIBITIONS, PERMISSIONS, SANCTIONS, AGENCY)

AFTER = Wording("在{trigger}之后，", "After {trigger}, ")
AT_ANY_TIME = Wording("无论何时，", "At any time, ")
EACH = Wording("每一次{trigger}", "each {trigger}")
WHEN_FIRST = Wording("{when}的，", "If {when}, ")
WHEN_NEXT = Wording("{when}的，", "if {when}, ")
SENTENCE = Wording("{opening}{who}{limit}{act}{tail}{none}。", "{opening}{who}{act}{limit}{tail}{none}.")
WHO_DOES = Wording("{bearer}{strength}{word}", "{bearer} {strength}{word} ")
NOBODY = Wording("任何人不得{word}", "nobody may{word} ")
QUOTED = Wording("（“{word}”）", " (“{word}”)")
TO = Wording("对象：{role}", "to: {role}")
MEANS = Wording("方式：{means}", "by: {means}")
LIMIT_INSIDE = Wording("{limit}", " {limit}")
NO_LIMIT = Wording("（{limit}）", " ({limit})")
TAIL = Wording("，{text}", ", {text}")
STANDS = Wording("持续履行", "as a standing duty")
IN_PERSON = Wording("须本人履行", "in person")
LATE: Mapping[str, Wording] = MappingProxyType(
    {
        "own_period": Wording("迟作的行为只算作出之时所在的周期", "a late act serves the period in which it comes"),
        "oldest_open": Wording("迟作的行为先补最早未完成的周期", "a late act serves the oldest period still open"),
    }
)
UNLESS = Wording("但{condition}的除外", "unless {condition}")
WAIVED = Wording("可因{what}免除", "but it can be waived by {what}")
DEFEATS = Wording("此时不适用{provisions}", "which then stands in place of {provisions}")
KEY = Wording("按{attributes}逐一对应", "matched one by one by {attributes}")
LIFE = Wording("本条{period}", "this provision being {period}")

ON_CLAUSE = Wording("依据：{clause}", "Clause: {clause}")
ADMITTED_BY_DEFAULT = Wording("仅在以下解释下适用：{when}", "Only if {when}")
NOT_BY_DEFAULT = Wording("默认不适用，仅在以下解释下适用：{when}", "Not by default, only if {when}")
IS_DEFAULT = Wording("默认", "the default")
CHOSEN = Wording("{reading} = {option}（{says}）", "{reading} = {option} ({says})")
AND_IF = Wording("且 ", " and ")
OR_IF = Wording("，或 ", ", or ")
IF_READ = Wording("若 {when}，则{what}", "If {when}, then {what}")
DEFEATED_BY = Wording("有下列规定时不适用：{provisions}", "Gives way to: {provisions}")
GIVES_WAY = Wording(
    "遇下列空白或援引时不适用：{gaps}", "Does not count where the text is silent or refers elsewhere: {gaps}"
)
COUNTED_AS_READ = Wording("时限的计算还取决于：{readings}", "How its limit is counted depends on: {readings}")
DECIDED_BY = Wording(
    "谁承担、是否适用，由下列表格决定：{tables}",
    "Who is meant, or whether it applies, is decided by these tables: {tables}",
)

# Aspects, as they stand before what differs
TITLE = Wording("标题", "title")
CLAUSES = Wording("依据", "clauses")
TRIGGER = Wording("触发", "trigger")
CONDITION = Wording("条件", "condition")
EXCEPTION = Wording("例外", "exception")
BEARER = Wording("承担者和约束力", "who is bound and how")
ADDRESSEE = Wording("对象", "addressee")
BY_MEANS = Wording("方式", "means")
LIMIT = Wording("时限", "limit")
RECURRENCE = Wording("周期", "recurrence")
END = Wording("终止", "end")
WAIVER = Wording("免除", "waiver")
IN_PLACE_OF = Wording("排除", "in place of")
MATCHED = Wording("对应", "matched by")
PERSONAL = Wording("履行", "performance")
LIFETIME = Wording("施行期间", "in force")
REACH = Wording("范围", "scope")
SANCTION = Wording("追责", "sanction")
NOTE = Wording("注", "note")
NOTED = Wording("注：{note}", "Note: {note}")
IS_SANCTION = Wording("属追责措施", "it is a sanction")
SCOPES: Mapping[str, Wording] = MappingProxyType(
    {"case": Wording("个案", "the case"), "agency": Wording("机关日志", "the agency's log")}
)

# Readings, gaps, clauses
READINGS = Wording("文本含义不明之处：解释问题", "Where the text is ambiguous: readings")
NO_READINGS = Wording("没有解释问题。", "There are no readings.")
OPTION = Wording("{option}：{says}", "{option}: {says}")
DEFAULT_OPTION = Wording("{option}：{says}（**默认**）", "{option}: {says} (**the default**)")
WHY = Wording("默认的理由：{why}", "Why that is the default: {why}")
BEARS_ON = Wording("影响：{what}", "Bears on: {what}")
COUNTING = Wording("时间的计算", "how time is counted")
GAPS = Wording("文本的空白与援引", "Where the text is silent or refers elsewhere")
NO_GAPS = Wording("没有记载空白或援引。", "No gap or referral is recorded.")
MISSING = Wording("文本未规定：{what}", "What is missing: {what}")
MET = Wording("涉及的情形：{when}", "Where a case meets it: {when}")
MET_AFTER = Wording("{trigger}之后", "after {trigger}")
MET_IF = Wording("{when}", "if {when}")
IN_ANY_CASE = Wording("一切案件", "any case")
INSTEAD_OF = Wording("因此不适用：{provisions}", "Stands instead of: {provisions}")
ACTS_LACKING = Wording("未作规定的行为：{acts}", "Acts of which nothing is said: {acts}")
ACTS = Wording("未作规定的行为", "acts of which nothing is said")
REFERS_TO = Wording("援引：{title}（{in_hand}）", "Refers to: {title} ({in_hand})")
REFERENCE_TO = Wording("援引", "referral")
SITUATION = Wording("情形", "situation")
LACKING = Wording("未规定", "what is missing")
INSTEAD = Wording("因此不适用", "instead of")
ODDITIES = Wording("文本中的出入与疑点", "Oddities of the text")
ALL_CLAUSES = Wording("文本逐句", "The text, sentence by sentence")
CLAUSE_NUMBER = Wording("位置", "place in the text")
SAYS = Wording("大意", "what it says, in our words")
BECAME = Wording("去向", "what became of it")
NOT_AT_HAND = Wording("原文不在手，所述得自他处", "the text is not at hand; this is known from elsewhere")
EXTENT = Wording("网页上全文出现 {copies} 次", "the page holds the whole text {copies} times")
FURNITURE = Wording(
    "另有 {n} 行是页面上与正文无关的内容", "{n} further lines on the page are no part of the regulation"
)
GAP_OF = Wording("空白或援引 {gaps}", "gap or referral {gaps}")
DISPOSITION: Mapping[Disposition, Wording] = MappingProxyType(
    {
        "definition": Wording("定义", "definition"),
        "principle": Wording("原则", "principle"),
        "heading": Wording("标题", "heading"),
        "purpose": Wording("目的", "purpose"),
        "non_operational": Wording("不含可执行的要求", "nothing operational"),
        "referral": Wording("援引", "referral"),
        "effect": Wording("施行", "entry into force"),
        "duplicate": Wording("重复", "repetition"),
        "furniture": Wording("页面信息", "page furniture"),
    }
)


def row(place: int) -> Wording:
    """Return what the row at *place* of a table is called, counted from 1."""
    return Wording(f"第 {place} 行", f"row {place}")
