"""Fixed words of what is said about two versions of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.change_effects import Direction
from policyengine.analysis.change_scope import Kind
from policyengine.analysis.change_words import WordsOf
from policyengine.wording import Wording

TITLE = Wording("修改前后对照：{title}（{policy}）", "Before and after: {title} ({policy})")
OLD = Wording("修改前", "before")
NEW = Wording("修改后", "after")
VERSION = Wording("{which}：{name}（摘要 {digest}）", "{which}: {name} (digest {digest})")
OTHER_ID = Wording(
    "两个文件的规则编号不同：{old}，{new}；仍按同一规则的前后两个文本对照",
    "the two have different ids, {old} and {new}; they are held against each other all the same",
)
DEFAULTS = Wording("解释问题均按默认选项", "every reading by its default")
CHOSEN = Wording("所选解释：{readings}", "as read: {readings}")
GIVEN = Wording("视为已定的事实：{facts}", "taken as settled: {facts}")
FACT_IS = Wording("{fact}：{value}", "{fact}: {value}")
METHOD = Wording(
    "每一处改变都附有案例，并已依修改前后的文本分别判断；条款、用词和标题的不同不算答案改变",
    "Every change has a case that was judged under both versions; other clauses, wordings and titles are no change of"
    " an answer",
)

NOTHING = Wording("没有任何案件的答案改变", "No answer changes in any case")
SAME = Wording("两个文件内容相同", "The two say the same, word for word")
UNCERTAIN = Wording(
    "没有找到答案改变的案件；有{n}处未能排除", "No case was found whose answer changes; not ruled out: {n}"
)
IN_SHORT = Wording("答案改变的规定：{parts}", "Provisions and gaps whose answers change: {parts}")
COUNT = Wording("{what} {n}", "{what} {n}")
ALSO_UNCERTAIN = Wording("另有{n}处未能排除", "not ruled out besides: {n}")
UNDER_OPTIONS = Wording(
    "另有{n}个选项，选用时答案改变（见下）", "under other options of readings (see below) more changes: {n}"
)

ADDED = Wording("新增", "added")
REMOVED = Wording("删去", "removed")
DIRECTION: Mapping[Direction, Wording] = MappingProxyType(
    {
        Direction.STRICTER: Wording("收紧", "stricter"),
        Direction.LOOSER: Wording("放宽", "looser"),
        Direction.BOTH: Wording("有收紧也有放宽", "stricter in some cases, looser in others"),
        Direction.OTHER: Wording("内容有变", "says another thing"),
    }
)
MARKED = Wording("【{word}】{title}（{id}）", "[{word}] {title} ({id})")
THROUGH = Wording("本身未改，因下列改动而变：{causes}", "unchanged itself; changes because of: {causes}")
ALSO_THROUGH = Wording("还受下列改动影响：{causes}", "other changes that bear on it: {causes}")
NEVER_LOOSER = Wording(
    "事实不变的，已证明修改后不会放宽", "proved: as long as the facts stay as they are, it is never looser"
)
NEVER_STRICTER = Wording(
    "事实不变的，已证明修改后不会更严", "proved: as long as the facts stay as they are, it is never stricter"
)

NOT_EXCLUDED = Wording(
    "没有找到相反的案件，也未证明没有", "no case to the contrary was found, and none is proved not to exist"
)

SHORTER = Wording("时限由{old}缩短为{new}", "limit shortened from {old} to {new}")
LONGER = Wording("时限由{old}延长为{new}", "limit extended from {old} to {new}")
OTHER_LENGTH = Wording("时限由{old}改为{new}", "limit changed from {old} to {new}")
EDITED = Wording("{aspect}：{old} → {new}", "{aspect}: {old} → {new}")
NONE = Wording("（无）", "(none)")
GAINED = Wording("新适用的情形：{region}", "now applies where: {region}")
LOST = Wording("不再适用的情形：{region}", "no longer applies where: {region}")
APPLIES = Wording("适用的情形：{region}", "applies where: {region}")
AND_MORE = Wording("等{n}种", "and others, {n} in all")
EVERY_CASE = Wording("一切案件", "any case")
ACT = Wording("行为", "act")

CASE = Wording("案例（{direction}）：{course}", "case ({direction}): {course}")
GOES_ON = Wording("；", "; ")
NOTHING_HAPPENS = Wording("没有任何事件", "nothing happens")
HAPPENS = Wording("{when} {what}", "{when} {what}")
SETS = Wording("{fact}变为{value}", "{fact} becomes {value}")
PARTIAL = Wording("部分完成", "in part only")
AGENCY_LOG = Wording("机关日志", "the agency's log")
AT = Wording("{when}判断：", "as of {when}:")
JUST_AFTER = Wording("{when}刚过", "just after {when}")
NO_DUTY = Wording("没有此项义务", "no such duty")
NOT_MET = Wording("不涉及", "not met")
TOLD = Wording("{which}：{what}", "{which}: {what}")
STOP = Wording("，", "; ")
RESTS_ON = Wording("依据推定：{facts}", "rests on what is presumed: {facts}")
HANGS_ON = Wording("取决于：{facts}", "hangs on: {facts}")
MANY_ROWS = Wording("另有{n}项", "{n} more")
FILE = Wording("文件：{name}", "file: {name}")

CHANGED = Wording("答案改变的规定", "Provisions whose answers change")
COMMON = Wording("共同规则的改动", "What changes for several provisions at once")
TOUCHES = Wording("答案因此改变的规定：{provisions}", "answers change with it: {provisions}")
TOUCHES_NOTHING = Wording("没有规定的答案取决于此", "no provision's answer depends on it")
NOT_RULED_OUT = Wording("未能排除的：{provisions}", "not ruled out: {provisions}")
UNSETTLED = Wording("未能排除的", "Not ruled out")
UNSETTLED_WHY = Wording(
    "下列规定与答案有关的内容不同，但没有找到答案因此改变的案件，也未能证明没有",
    "These differ in what bears on answers; no case was found in which one changes, and none is proved not to exist",
)

READINGS = Wording("解释问题的改动", "What changes about readings")
NEW_DEFAULT = Wording("{reading}：默认选项由{old}改为{new}", "{reading}: the default is {new} instead of {old}")
OPTION_ADDED = Wording("{reading}={option}：新增的选项", "{reading}={option}: an option that is new")
OPTION_REMOVED = Wording("{reading}={option}：删去的选项", "{reading}={option}: an option that is there no more")
OPTION_KEPT = Wording("{reading}={option}：仅在此选项下改变", "{reading}={option}: changes under this option only")
OPTION_CHANGES = Wording(
    "选用时答案与{other}不同的规定：{provisions}", "provisions answered otherwise under it than {other}: {provisions}"
)
OPTION_UNSETTLED = Wording("选用时未能排除的：{provisions}", "not ruled out under it: {provisions}")
OPTION_SAME = Wording("选用时答案与{other}相同", "answers are the same under it as {other}")
OPTION_CHOSEN = Wording(
    "即该文本此处所按的选项，改变见上", "the one that its version is read by here; what changes is told above"
)
AGAINST_DEFAULT = Wording("另一文本的默认选项", "by the default of the other version")
AGAINST_OTHER = Wording("修改前", "before")

RENAMED = Wording("仅改编号的", "Only the id is another one")
RENAMED_TO = Wording("{old} → {new}", "{old} → {new}")
WORDS_ONLY = Wording("仅文字不同的，不影响任何答案", "Words only: no answer changes")
WORDS_OF: Mapping[WordsOf, Wording] = MappingProxyType(
    {
        WordsOf.POLICY: Wording("规则", "policy"),
        WordsOf.PROVISION: Wording("规定", "provision"),
        WordsOf.GAP: Wording("空白或援引", "gap or referral"),
        WordsOf.TABLE: Wording("表格", "table"),
        WordsOf.ROLE: Wording("角色", "role"),
        WordsOf.READING: Wording("解释问题", "reading"),
        WordsOf.GRADES: Wording("等级", "grades"),
        WordsOf.CLAUSE: Wording("文本的句子", "sentence"),
    }
)
WORDED = Wording("{of} {name}{more}", "{of} {name}{more}")
WORD_KEYS = Wording("：{keys}", ": {keys}")
COMMA = Wording("、", ", ")
KEYS: Mapping[str, Wording] = MappingProxyType(
    {
        "title": Wording("标题", "title"),
        "clause": Wording("依据", "clauses"),
        "wording": Wording("原文用词", "the text's own word"),
        "note": Wording("注", "note"),
        "acts": Wording("所涉行为", "the acts that it is about"),
        "missing": Wording("未规定的内容", "what is missing"),
        "refers_to": Wording("所援引的文件", "the document referred to"),
        "implements": Wording("上级文件", "what it implements"),
        "versions": Wording("版本说明", "notes on versions"),
        "rows": Wording("各行的依据", "the clauses of rows"),
        "number": Wording("位置", "place in the text"),
        "digest": Wording("句子的摘要", "the sentence's digest"),
        "says": Wording("大意", "what it says, in our words"),
        "provisions": Wording("所列规定", "provisions listed"),
        "gaps": Wording("所列空白或援引", "gaps listed"),
        "disposition": Wording("去向", "what became of it"),
        "grades": Wording("各等级", "the grades"),
        "at_hand": Wording("原文是否在手", "whether the text is at hand"),
    }
)

PART: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.PROVISION: Wording("规定“{name}”", "provision “{name}”"),
        Kind.LIMIT: Wording("“{name}”的时限", "the limit of “{name}”"),
        Kind.GAP: Wording("空白或援引“{name}”", "gap or referral “{name}”"),
        Kind.TABLE: Wording("决定“{name}”的表格", "the table that decides “{name}”"),
        Kind.PRESUMED: Wording("对“{name}”的推定", "what “{name}” is presumed to be"),
        Kind.HOURS: Wording("小时的计算", "how hours are counted"),
        Kind.DAYS: Wording("日、月、年期限的终点", "how limits in days end"),
        Kind.REGRADING: Wording("事实变化后时限的计算", "what a change of facts does to a limit"),
        Kind.VERSIONS: Wording("施行期间", "when it is in force"),
        Kind.ZONE: Wording("时区", "time zone"),
        Kind.CALENDAR: Wording("日历", "calendar"),
    }
)
ROW_REMOVED = Wording("删去的行：{row}", "row removed: {row}")
ROW_ADDED = Wording("新增的行：{row}", "row added: {row}")
ROW = Wording("{when} → {then}", "{when} → {then}")
ROW_ELSE = Wording("其他情形 → {then}", "otherwise → {then}")
ROWS_MOVED = Wording("各行的次序或取法不同", "the order of the rows, or how they are taken, is another one")
NOT_THERE = Wording("（没有）", "(not there)")
OTHER_DAYS = Wording("所载节假日或者工作日不同", "it has other days off, or other days worked")
