"""Every fixed word of an answer in text: English names follow the semantics, Chinese ones the usual legal words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.model.assessment import GapKind, Status
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.wording import Wording

STATUS: Mapping[Status, Wording] = MappingProxyType(
    {
        Status.ACTIVE: Wording("进行中", "active"),
        Status.NOT_STARTED: Wording("未起算", "not started"),
        Status.FULFILLED: Wording("已履行", "fulfilled"),
        Status.FULFILLED_LATE: Wording("逾期履行", "fulfilled late"),
        Status.OVERDUE: Wording("逾期", "overdue"),
        Status.WITHDRAWN: Wording("已解除", "withdrawn"),
        Status.WAIVED: Wording("已免除", "waived"),
        Status.ENDED: Wording("已终止", "ended"),
        Status.UNDETERMINED: Wording("待定", "undetermined"),
        Status.OBSERVED: Wording("未违反", "observed"),
        Status.BREACHED: Wording("已违反", "breached"),
        Status.AVAILABLE: Wording("可行使", "available"),
        Status.USED: Wording("已行使", "used"),
        Status.NOT_TRIGGERED: Wording("未触发", "not triggered"),
        Status.NOT_APPLICABLE: Wording("不适用", "not applicable"),
        Status.DEFEATED: Wording("被其他规定排除", "defeated by another provision"),
        Status.NOT_IN_FORCE: Wording("不在施行期间", "not in force"),
    }
)
STRENGTH: Mapping[Strength, Wording] = MappingProxyType(
    {
        Strength.MUST: Wording("应当", "must"),
        Strength.SHOULD: Wording("原则上应当", "should in principle"),
        Strength.MAY: Wording("可以", "may"),
        Strength.MUST_NOT: Wording("不得", "must not"),
    }
)
GAP: Mapping[GapKind, Wording] = MappingProxyType(
    {
        GapKind.GAP: Wording("空白", "gap"),
        GapKind.REFERRAL: Wording("援引", "referral"),
        GapKind.UNDETERMINED: Wording("待定", "undetermined"),
    }
)
WAITS: Mapping[Outcome, Wording] = MappingProxyType(
    {
        Outcome.VIOLATED: Wording("自违反下列规定起算：{what}", "starts once this is violated: {what}"),
        Outcome.PERFORMED: Wording("自下列义务履行起算：{what}", "starts once this is performed: {what}"),
        Outcome.BREACHED: Wording("自违反下列禁止起算：{what}", "starts once this is breached: {what}"),
    }
)
WAITS_FOR_EVENT = Wording("自下列事件起算：{what}", "starts with this event: {what}")

OR = Wording("或", " or ")
AND = Wording("和", " and ")
SEMICOLON = Wording("；", "; ")
STOP = Wording("，", ", ")
PARENTHESES = Wording("{word}（{more}）", "{word} ({more})")
COLON = Wording("{word}：{more}", "{word}: {more}")

YES = Wording("是", "yes")
NO = Wording("否", "no")
UNKNOWN = Wording("不明", "not known")
NOTHING = Wording("无", "nothing")
PRESUMED = Wording("推定", "presumed")
BY = Wording("行为人", "who acted")
TO = Wording("对象", "who was addressed")

CASE = Wording("案件 {id}", "Case {id}")
AS_OF = Wording("判断时点：{when}（{zone}，{offset}）", "As of {when}, {zone} ({offset})")
IN_SHORT = Wording("概要：{parts}", "In short: {parts}")
VIOLATION_COUNT = Wording("违反 {n} 项", "{n} violated")
ADVISORY_COUNT = Wording("未达到原则性要求 {n} 项", "{n} departed from in principle")
OWED_COUNT = Wording("待履行 {n} 项", "{n} owed now")
UNDETERMINED_COUNT = Wording("待定 {n} 项", "{n} undetermined")
NEXT_DUE = Wording("最近到期：{what}，{due}", "Next: {what}, {due}")

HEAD = Wording("{words}（{n}）", "{words} ({n})")
VIOLATIONS = Wording("违反", "Violations")
ADVISORIES = Wording(
    "未达到原则性要求：须说明理由，不直接构成违反", "Departures in principle: to be explained, not flatly a violation"
)
OWED = Wording("当前应当履行，最紧急的在前", "Owed now, the most urgent first")
WITHOUT_NUMBER = Wording("当前应当履行，文本未规定具体时限", "Owed now, the text gives no number")
STANDING = Wording("持续性义务", "Standing duties")
NOT_STARTED = Wording("未起算", "Not started")
UNDETERMINED = Wording("待定：缺少事实", "Undetermined: facts are missing")
DONE = Wording("已履行", "Done")
OVER = Wording("已解除、已免除或已终止", "Withdrawn, waived or ended")
PROHIBITIONS = Wording("禁止", "Prohibitions")
PERMISSIONS = Wording("许可", "Permissions")
GAPS = Wording("文本的空白与援引", "Where the text is silent or refers elsewhere")
NO_DUTY = Wording("没有义务的规定", "Provisions without a duty here")
FACTS = Wording("所依据的事实", "Facts that the answer rests on")
READINGS = Wording(
    "所采用的解释（另选：--reading 名称=选项）", "Readings in force (to ask under another: --reading NAME=OPTION)"
)

NO_BEARER = Wording("（文本未指明承担者）", "somebody (the text does not say who)")
OPEN_BEARER = Wording("{role}（待定：{candidates}）", "{role} (not settled: {candidates})")
CONFLICT_BEARER = Wording("{role}（规定冲突：{candidates}）", "{role} (the clauses conflict: {candidates})")
CANDIDATE = Wording("{role}，{clauses}", "{role}, {clauses}")
FOR_EVENT = Wording("{title}，因{event}", "{title}, for {event}")
FOR_PERIOD = Wording("{title}，周期 {period}", "{title}, period {period}")
SINCE_ACT = Wording("{title}，自{event}", "{title}, since {event}")
PERIODS_DONE = Wording(
    "{title}：{n} 个周期均已履行（{first} 至 {last}）", "{title}: {n} periods fulfilled ({first} to {last})"
)
PARTLY = Wording("{when} 以{act}部分履行", "performed in part {when} by {act}")
LOG_ENDS = Wording(
    "记录只完整到 {when}，其后未见记录不等于未履行",
    "the log is complete only up to {when}: later acts may be missing from it",
)
UNSEEN = Wording("另有 {n} 个事件晚于判断时点，未予考虑", "events of the log that are later, and not seen: {n}")
NO_EVENT_YET = Wording("截至判断时点，案件尚无任何事件", "at this instant nothing has happened in the case yet")
KNOWN_AT = Wording("仅依 {when} 前已记录的内容", "as recorded by {when}")
OWES = Wording("{bearer}{strength}{word}{act}", "{bearer} {strength}{word} {act}")
OWES_TO = Wording("{bearer}{strength}{word}{act}（对象：{to}）", "{bearer} {strength}{word} {act} to {to}")
NOBODY_MAY = Wording("任何人不得{act}", "nobody may {act}")
NOBODY_MAY_TO = Wording("任何人不得{act}（对象：{to}）", "nobody may {act} to {to}")
NAMED = Wording("“{word}”", "“{word}”")
QUOTED = Wording("（原文“{word}”）", " (“{word}”)")
IN_THE_TEXT = Wording("（原文用“{word}”）", " (the text says “{word}”)")
BY_MEANS = Wording("方式：{means}", "by: {means}")
SANCTION = Wording("{title}（追责）", "{title} (a sanction)")
NOTE = Wording("注：{note}", "note: {note}")
AS_READ = Wording("按解释（见文末）：{readings}", "as read (see the end): {readings}")
REASON_PRESUMED = Wording("依推定的事实：{facts}", "rests on presumed facts: {facts}")

DUE = Wording("期限 {due}，还有 {left}", "due {due}, in {left}")
NOT_CERTAIN = Wording("{due}（暂定）", "{due} (provisional)")
DUE_NOW = Wording("期限 {due}，即此刻", "due {due}, this very instant")
OVERDUE = Wording("{due} 到期，已逾期 {late}", "overdue since {due}, {late} late")
LATE_ACTIVATION = Wording("义务于 {when} 才产生，期限已过", "in force only from {when}, when the limit had passed")
COUNTED_FROM = Wording("自 {anchor} 起算", "counted from {anchor}")
PROVISIONAL = Wording(
    "暂定：{years}年的节假日尚未公布，仅按周末推算",
    "provisional: the holidays of {years} are not announced yet, only weekends are counted",
)
BEFORE = Wording("须先于该事件履行：{event}", "must come before: {event}")
VIOLATED_AT = Wording("自 {when} 起构成违反", "violated from {when} on")
LATE = Wording("已逾期 {late}", "{late} late")
STILL_OWED = Wording("仍须履行，详见下文", "still owed, details below")
NO_LONGER_OWED = Wording("现已不再负有该义务", "no longer owed")
SO_FAR = Wording("自 {since} 起已 {elapsed}", "{elapsed} so far, since {since}")
PROMPTLY = Wording("文本只有“及时”一类要求，没有具体时限", "the text only says promptly")
NO_LIMIT = Wording("文本未规定时限", "the text sets no time limit")
UNTIL_ANY = Wording("直至：{events}", "until: {events}")
UNTIL_ALL = Wording("直至全部发生：{events}", "until all of these: {events}")
LAST_ACT = Wording("最近一次：{when}，{act}", "last act: {when}, {act}")
NO_ACT = Wording("尚无行为记录", "no act on record")
SETTLED_BY = Wording("确定以下事实后可得出结论：{facts}", "these facts would settle it: {facts}")
ATTRIBUTE_OF = Wording("{event} 的{attribute}", "{attribute} in {event}")
POSSIBLE = Wording("可能的状态：{statuses}", "possible statuses: {statuses}")
WOULD_BE_DUE = Wording("若成立，期限为 {due}", "if it holds, due {due}")
DONE_BY = Wording("{when} 以{act}履行", "performed {when} by {act}")
IN_TIME = Wording("按期（期限 {due}）", "in time (due {due})")
IN_TIME_BEFORE = Wording("先于“{event}”", "in time, before “{event}”")
LATE_BY = Wording("逾期 {late}（期限 {due}）", "{late} late (due {due})")
AFTER = Wording("历时 {elapsed}", "after {elapsed}")
BREACH = Wording("{when} 因{act}违反", "breached {when} by {act}")
MISSING = Wording("文本未规定：{what}", "the text does not say: {what}")
REFERS_TO = Wording("见《{title}》（{in_hand}）", "see “{title}” ({in_hand})")
IN_HAND = Wording("已收录", "in hand")
NOT_IN_HAND = Wording("未收录", "not in hand")
INSTEAD_OF = Wording("因此不适用：{provisions}", "stands instead of: {provisions}")
OTHER_OPTIONS = Wording("其他选项：{options}", "other options: {options}")
BY_DEFAULT = Wording("默认", "default")

WEEKDAYS = (
    *(Wording("周一", "Mon"), Wording("周二", "Tue"), Wording("周三", "Wed"), Wording("周四", "Thu")),
    *(Wording("周五", "Fri"), Wording("周六", "Sat"), Wording("周日", "Sun")),
)
"""At the place that `date.weekday()` gives."""
MOMENT = Wording("{date} {weekday} {time}", "{weekday} {date} {time}")
DAYS = Wording("{n}天", "{n} d")
HOURS = Wording("{n}小时", "{n} h")
MINUTES = Wording("{n}分钟", "{n} min")
SECONDS = Wording("{n}秒", "{n} s")
BETWEEN_UNITS = Wording("", " ")
NO_TIME = Wording("不足1秒", "less than 1 s")
