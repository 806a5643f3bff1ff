"""The fixed words of an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading
from policyengine.model.traces import Leaving, Origin, Part, Worth
from policyengine.wording import Wording

WHY = Wording("为什么：{title}", "Why: {title}")
WHY_NOT = Wording("为什么没有义务：{title}", "Why not: {title}")
OTHERS = Wording("本案中该规定的其他义务或者周期：{others}", "the provision has other duties in this case: {others}")

ANSWER = Wording("结论", "The answer")
NORM = Wording("规范", "The norm")
ARISES = Wording("如何产生", "What put it in force")
APPLIES = Wording("是否适用", "Whether it applies")
IN_FORCE = Wording("何时有效", "When it was in force")
LIMIT = Wording("期限的计算", "How the limit is counted")
ACTS = Wording("实际所为", "What was done")
BEARER = Wording("由谁承担", "Who owes it")
SETTLED_BY = Wording("查明下列事项即可确定（已逐一代入重新判断）", "What would settle it (each replayed)")
REMEDY = Wording("当时怎样做才合规（已代入案件重新判断）", "What would have kept it in order (replayed)")
TO_DO = Wording("今后怎样做才合规（已代入案件重新判断）", "What keeps it in order (replayed)")
READINGS = Wording("文本如何理解", "How the text is read here")
RESTS_ON = Wording("相关义务：{title}", "It rests on: {title}")

STATUS = Wording("状态：{status}", "status: {status}")
POSSIBLE = Wording("待定，可能为：{statuses}", "undetermined, possibly: {statuses}")
SENTENCE = Wording("原文：{text}", "the text: {text}")
SENTENCE_GONE = Wording(
    "所给原文中没有与当初所读相同的这一句", "the text given has no such sentence as was read for this clause"
)
READING = Wording("{name}：{question}", "{name}: {question}")
CHOSEN = Wording("采用 {option}：{says}", "taken as {option}: {says}")
WHY_SO = Wording("理由：{why}", "because: {why}")
OTHERWISE = Wording("另一选项 {option}：{says}", "another option, {option}: {says}")
BY_WHEN = Wording("期限：{limit}", "by when: {limit}")
RECURS = Wording("周期：{every}", "how often: {every}")
WHEN = Wording("条件：{condition}", "if {condition}")
UNLESS = Wording("除外：{condition}", "unless {condition}")
STANDING = Wording("持续性义务，没有期限，一次行为不使其终结", "a standing duty: no limit, and no act ends it")

ABSENT_SCOPE: Mapping[str, Wording] = MappingProxyType(
    {
        "agency": Wording(
            "该规定针对机关自身的记录（scope: agency），而这里判断的是案件",
            "the provision is about the agency's own log (scope: agency), and this is a case",
        ),
        "case": Wording(
            "该规定针对案件，而这里判断的是机关自身的记录（scope: agency）",
            "the provision is about a case, and this is an agency's own log (scope: agency)",
        ),
    }
)
ABSENT_READING = Wording(
    "按所采用的解释，文本没有这一规定；在下列解释下才有：{choices}",
    "as the text is read, it has no such provision; it has under: {choices}",
)

WAITS: Mapping[Part, Wording] = MappingProxyType(
    {
        Part.UPON: Wording("触发事由：{what}", "triggered by: {what}"),
        Part.OF: Wording("期限起算于：{what}", "its limit counts from: {what}"),
        Part.BEFORE: Wording("须先于：{what}", "must come before: {what}"),
        Part.UNTIL: Wording("终止事由：{what}", "ends with: {what}"),
        Part.WAIVED_BY: Wording("免除事由：{what}", "waived by: {what}"),
    }
)
FOUND = Wording("{when}，{what}", "{when}: {what}")
NOT_FOUND = Wording("截至判断时点，记录中没有", "not in the log up to this instant")
NOT_FOUND_YET = Wording("尚未发生", "has not happened")
COUNTS_FROM = Wording("计算期限以此时为准：{when}", "a limit counts from {when}")
NOT_A_MATCH = Wording("不符合：{event}，{when}", "does not match: {event}, {when}")
PERHAPS_A_MATCH = Wording("是否符合不明：{event}，{when}", "may match: {event}, {when}")
ANOTHER_KEY = Wording("涉及的是另一对象", "it is about something else")
NO_TRIGGER = Wording("无需触发：条件成立即有效", "it needs no trigger: it is in force whenever its condition holds")
VERSION = Wording("施行期间：{days}", "in force: {days}")
OWN_DAYS = Wording("该规定自身的施行期间：{days}", "the provision itself: {days}")
FROM_TO = Wording("{start} 至 {end}（不含）", "{start} up to, not including, {end}")
FROM_DAY = Wording("{start} 起", "from {start} on")
TO_DAY = Wording("{end} 之前", "up to, not including, {end}")
UNDATED = Wording("未注明日期", "undated")
JUDGED: Mapping[Truth, Wording] = MappingProxyType(
    {
        Truth.TRUE: Wording("以 {when} 为准：在施行期间", "judged at {when}: in force"),
        Truth.FALSE: Wording("以 {when} 为准：不在施行期间", "judged at {when}: not in force"),
        Truth.UNKNOWN: Wording("以 {when} 为准：不明", "judged at {when}: not known"),
    }
)

TRUTH: Mapping[Truth, Wording] = MappingProxyType(
    {
        Truth.TRUE: Wording("成立", "true"),
        Truth.FALSE: Wording("不成立", "false"),
        Truth.UNKNOWN: Wording("不明", "not known"),
    }
)
FROM_START = Wording("自始", "from the start")
FROM = Wording("自 {when} 起", "from {when}")
HOLDS = Wording("{since}：{truth}", "{since}: {truth}")
TEST = Wording("{truth}：{test}", "{truth}: {test}")
WAS = Wording("{test}（实际：{value}）", "{test} (it is {value})")
ALL = Wording("{truth}：须全部成立", "{truth}: all of these")
ANY = Wording("{truth}：任一成立即可", "{truth}: any of these")
NOT = Wording("{truth}：须不成立", "{truth}: not this")
HAPPENED_AS = Wording("{test}（{event}）", "{test} ({event})")
MORE_CHANGES = Wording("此后还有 {n} 次变化", "further changes, not told here: {n}")

FACTS = Wording("所涉事实", "the facts asked about")
FACT = Wording("{fact}：{value}，{since}，{origin}", "{fact}: {value} {since}, {origin}")
ORIGIN: Mapping[Origin, Wording] = MappingProxyType(
    {
        Origin.SET: Wording("由{event}确定", "set by {event}"),
        Origin.GRADED_LATER: Wording(
            "当时尚未认定，以其后{event}的首次认定溯及", "not known then, and held to be what {event} set first"
        ),
        Origin.INITIAL: Wording("案件载明", "as the case says"),
        Origin.PRESUMED: Wording("推定，直至另有认定", "presumed until somebody says otherwise"),
        Origin.DERIVED: Wording("由规则的判断表得出", "by the policy's table"),
        Origin.UNKNOWN: Wording("案件未载明", "nobody said"),
    }
)
MADE_UNKNOWN = Wording("由{event}改为不明", "made unknown again by {event}")
POSSIBLY = Wording("可能为：{values}", "possibly: {values}")
ROW = Wording("{truth}：若如下则为“{says}”（{clauses}）", "{truth}: if this, then “{says}” ({clauses})")
ROW_ELSE = Wording("以上均不成立，故取其余情形的值", "none of these, so what is left holds")
DEFEATED_BY = Wording("被排除，{since}{until}：{provision}", "kept out of force {since}{until} by {provision}")
UP_TO = Wording("至 {when}", " up to {when}")

STRETCH = Wording("{since}{until}", "{since}{until}")
EARLIER_STRETCHES = Wording("此前还有 {n} 段", "earlier stretches, not told here: {n}")
MORE_ACTS = Wording("此后还有 {n} 项", "further acts, not told here: {n}")
STILL = Wording("，至判断时点仍有效", ", and still at the instant asked about")
LEFT: Mapping[Leaving, Wording] = MappingProxyType(
    {
        Leaving.CONDITION: Wording(
            "，至 {when} 因条件不再成立而失效", " up to {when}, when its condition no longer held"
        ),
        Leaving.DEFEATED: Wording("，至 {when} 被其他规定排除", " up to {when}, when another provision defeated it"),
        Leaving.VERSION: Wording("，至 {when} 因不再施行而失效", " up to {when}, when it went out of force"),
        Leaving.UNTIL: Wording("，至 {when} 终止", " up to {when}, when it ended"),
        Leaving.WAIVED: Wording("，至 {when} 被免除", " up to {when}, when it was waived"),
    }
)
MODE: Mapping[Regrading, Wording] = MappingProxyType(
    {
        Regrading.CAPPED: Wording(
            "因事实变化而产生：期限自变化时起算，但不晚于当时正在计算的相同或相关行为的期限",
            "a change of facts brought it about: its limit counts from the change, and is no later than one for the "
            "same or a related act that was running",
        ),
        Regrading.RESTART: Wording(
            "因事实变化而产生：期限自变化时起算", "a change of facts brought it about: its limit counts from the change"
        ),
        Regrading.RETROACTIVE: Wording(
            "因事实变化而产生：期限仍自原起算点计算",
            "a change of facts brought it about: its limit still counts from its anchor",
        ),
        Regrading.FROZEN: Wording("以触发时的事实为准", "judged by the facts at the trigger alone"),
    }
)
NEVER_IN_FORCE = Wording("从未有效", "it never was in force")

COUNTED_AS = Wording("{n}. {limit}", "{n}. {limit}")
LIMIT_OF_STRETCH = Wording("{since}有效的一段：", "for the stretch {since}:")
ANCHOR_EVENT = Wording("起算点：{what}，{when}", "counts from: {what}, {when}")
FROM_CHANGE = Wording("自变化时起算：{when}", "counts from the change: {when}")
NO_ANCHOR = Wording("起算点尚未发生，无法计算", "what it counts from has not happened: there is no limit yet")
NOT_PRECEDED_YET = Wording("该事件尚未发生，期限尚未确定", "that event has not happened: the limit is not fixed yet")
NOT_APPLYING = Wording("此项条件不成立，不计", "its condition does not hold: it is left out")
LIMB_IF = Wording("此项条件（以起算点为准）", "its own condition, read at what it counts from")
DAY_NOT_COUNTED = Wording("{day} 是起算之日，不计入", "{day} is the day of that instant, and is not counted")
NEXT_FULL_HOUR = Wording(
    "起算的那一小时不计入：自 {end} 起算", "the hour that has begun is left out: counted from {end}"
)
ELAPSED = Wording(
    "{start} 加 {length}，夜间和休息日不扣除 = {end}",
    "{start} plus {length}, nights and days off included = {end}",
)
COUNTED = Wording("{length}：第一日 {first}，末日 {last}", "{length}: the first is {first}, the last {last}")
COUNTED_ONE = Wording("{length}：{last}", "{length}: {last}")
WORKED = Wording("其中调休上班：{days}", "worked in exchange although a weekend: {days}")
DAYS_OFF = Wording("其间休息日不计：{days}", "days off in between, not counted: {days}")
WEEKEND = Wording("周末", "weekend")
DAY_NAMED = Wording("{day}（{name}）", "{day} ({name})")
RUN = Wording("{first} 至 {last}", "{first} to {last}")
CORRESPONDING = Wording(
    "{start} 加 {length} = 对应日 {end}", "{start} plus {length} = the same day of the month, {end}"
)
MONTH_END = Wording(
    "{start} 加 {length}：该月没有对应日，取月末 {end}",
    "{start} plus {length}: that month has no such day, so its last, {end}",
)
ROLLED = Wording(
    "末日 {day} 是休息日（{off}），顺延至下一工作日 {end}",
    "the last day {day} is a day off ({off}), so it moves to the next working day, {end}",
)
NOT_ROLLED = Wording(
    "末日 {day} 虽是周末，但调休上班，不顺延", "the last day {day} is a weekend, but worked in exchange: it stays"
)
UNANNOUNCED = Wording(
    "{days} 的放假安排尚未公布，仅按周末推算，期限为暂定",
    "the holidays of {days} are not announced yet: counted by weekends alone, and provisional",
)
END_OF_DAY = Wording("至末日 24:00 止：{end}", "up to 24:00 of the last day: {end}")
CLOSE_OF_BUSINESS = Wording("至末日下班时止：{end}", "up to close of business of the last day: {end}")
BEFORE = Wording("须早于该事件发生的时刻：{end}", "it must come before that event, at {end}")
EARLIEST = Wording("取最早者：{ends} → {end}", "the earliest of {ends}: {end}")
LATEST = Wording("取最晚者：{ends} → {end}", "the latest of {ends}: {end}")
CAPPED = Wording(
    "当时正在计算的期限更早，以其为准：{provision}，{end}（否则为 {own}）",
    "a limit that was already running comes first, that of {provision}: {end} (otherwise {own})",
)
NOT_CAPPED = Wording(
    "当时正在计算的期限不早于此：{provision}，{end}",
    "the limit that was already running is no earlier, that of {provision}: {end}",
)
EARLIER_STAYS = Wording("不晚于此前一段的期限，仍为 {end}", "no later than in the stretch before: it stays {end}")
INCLUSIVE = Wording(
    "期限 {due}；恰在此刻履行为按期，此后为逾期", "due {due}: at that very instant it is in time, after it late"
)
EXCLUSIVE = Wording("期限 {due}；此刻之前为按期，自此刻起为逾期", "due {due}: before it in time, from it on late")
CALENDAR = Wording("日历：{title}；依据：{sources}", "calendar: {title}; announced by {sources}")
SOURCE = Wording("{notice}，{issued} 印发", "{notice} ({issued})")
NO_NUMBER = Wording("文本未规定具体时限，故没有期限可算", "the text gives no number, so there is no limit to count")
NO_SUCH_YET = Wording("尚无期限", "there is no limit yet")
PERIOD = Wording("周期：自 {start} 起", "the period: from {start}")

TOWARDS = Wording("{act}（对象：{to}）", "{act} (to: {to})")
NO_ACT = Wording("记录中没有这类行为：{act}", "the log has no such act: {act}")
NO_ACT_IN_PERIOD = Wording("本期内没有这类行为：{act}", "no such act in this period: {act}")
ACT = Wording("{when}，{event}：{worth}", "{when}, {event}: {worth}")
ACTED = Wording("{role}，{event}", "{event}, by {role}")
WORTH: Mapping[Worth, Wording] = MappingProxyType(
    {
        Worth.PERFORMED: Wording("履行了义务", "performed the duty"),
        Worth.BREACHED: Wording("违反了禁止", "breached the prohibition"),
        Worth.USED: Wording("行使了许可", "used the permission"),
        Worth.CONTINUED: Wording("属于持续履行", "one act for the standing duty"),
        Worth.PARTIAL: Wording("只是部分履行，义务未终结", "in part only: it does not end the duty"),
        Worth.OTHER: Wording("不符合所要求的行为", "not the act that is asked for"),
        Worth.PERHAPS: Wording("是否符合不明", "may or may not be the act that is asked for"),
        Worth.TOO_EARLY: Wording("早于义务可以履行之时，不计", "before acts for this duty count"),
        Worth.NOT_IN_FORCE: Wording("其时不在有效期间，不计", "while the duty was not in force"),
        Worth.NEEDLESS: Wording("义务此前已履行", "the duty had been performed before"),
        Worth.OTHER_PERIOD: Wording("属于另一周期", "for another period"),
    }
)
IN_TIME = Wording("按期", "in time")
LATE_BY = Wording("逾期 {late}", "{late} late")
NOT_DONE = Wording(
    "期限 {due} 已过而未履行，至 {when} 逾期 {late}", "the limit {due} passed without it: {late} late at {when}"
)
NO_RECORD = Wording(
    "期限 {due} 已过 {late}，至 {when} 记录中未见履行",
    "the limit {due} passed {late} before {when}: no act on record",
)
IN_FORCE_LATE = Wording(
    "义务于 {when} 才产生，其时期限已过", "it came into force only at {when}, when the limit had passed"
)
VIOLATED = Wording("自 {when} 起构成违反", "violated from {when} on")
VIOLATED_AFTER = Wording("{when} 之后即构成违反", "violated right after {when}")
DEPARTED = Wording(
    "自 {when} 起未达到原则性要求，须说明理由", "departed from in principle from {when} on: to be explained"
)
DEPARTED_AFTER = Wording(
    "{when} 之后即未达到原则性要求，须说明理由", "departed from in principle right after {when}: to be explained"
)
LOG_ENDS = Wording(
    "记录只完整到 {when}：其后可能有未记录的行为", "the log is complete only up to {when}: later acts may be missing"
)
ROLE_READ = Wording("{role}：以 {when} 的事实为准", "{role}: by the facts at {when}")
MEANS_ROLE = Wording("→ {roles}", "→ {roles}")
NOBODY = Wording("文本未指明", "the text names nobody")

IF = Wording("若{facts}：{outcome}", "if {facts}: {outcome}")
AT_MOST = Wording("{value}及以下", "{value} or less")
AT_LEAST = Wording("{value}及以上", "{value} or more")
SUPPOSED = Wording("{fact}为{values}", "{fact} is {values}")
COMPLETE_LOG = Wording(
    "若确认记录完整到判断时点：{outcome}", "if the log is confirmed complete up to the instant asked about: {outcome}"
)
UNRECORDED = Wording(
    "若查明最迟于 {by} 已经履行，只是未记录：{outcome}",
    "if it turns out to have been done by {by} and not recorded: {outcome}",
)
MISSING_ATTRIBUTE = Wording("{event} 缺少“{attribute}”：补记即可", "{event} lacks “{attribute}”: record it")
NO_DUTY = Wording("没有义务", "no duty")
WITH_DUE = Wording("{status}，期限 {due}", "{status}, due {due}")
ACT_BY = Wording("最迟于 {by} 完成：{act} → {status}", "doing this by {by} at the latest: {act} → {status}")
ACT_BEFORE = Wording("在 {by} 之前完成：{act} → {status}", "doing this before {by}: {act} → {status}")
FIRST = Wording("在 {by} 之前先有：{act} → {status}", "this first, before {by}: {act} → {status}")
REFRAIN = Wording("不作出该行为：{events} → {status}", "not doing this: {events} → {status}")
BUT_VIOLATES = Wording("但会因此违反：{provisions}", "but that would violate: {provisions}")
NOTHING_HELPS = Wording(
    "义务产生时期限已过：此后怎样做都不能按时",
    "the limit had passed when it came into force: nothing done since could be in time",
)
ASSUMED = Wording(
    "以下含不明事项，期限暂按其成立计算",
    "some of what follows is not known: to show the limit, it is taken as if it were so",
)
OWED = Wording("仍须履行", "still owed")
