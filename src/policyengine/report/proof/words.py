"""What each kind of finding is, why it matters and the way out; and how findings and the cases behind them are told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.proving.finding import Cause, Check, FindingKind
from policyengine.wording import Wording

KIND: Mapping[FindingKind, Wording] = MappingProxyType(
    {
        FindingKind.CONTRADICTION: Wording("要求与禁止相抵触", "Owed and forbidden"),
        FindingKind.IMPOSSIBLE_ORDER: Wording("次序无法遵守", "An order that cannot be kept"),
        FindingKind.INFEASIBLE_LIMIT: Wording("期限容不下前置程序", "A limit too short for what has to come before"),
        FindingKind.DEAD_PROVISION: Wording("不起作用的规定", "A provision that comes to nothing"),
        FindingKind.IDLE_SANCTION: Wording("无从适用的追责", "A sanction that nothing can bring about"),
        FindingKind.UNREACHABLE_ROW: Wording("永远轮不到的情形", "A case that is never reached"),
        FindingKind.OVERLAPPING_ROWS: Wording("几种情形并存而未定先后", "Cases that meet without precedence"),
        FindingKind.GRAVER_LATER: Wording("越严重反而期限越宽或没有期限", "Graver, yet with a later limit or none"),
        FindingKind.UNOWED_ACT: Wording("他文要求而无人负责的行为", "Demanded elsewhere, and owed by nobody here"),
    }
)
WHY: Mapping[FindingKind, Wording] = MappingProxyType(
    {
        FindingKind.CONTRADICTION: Wording(
            "承担者无论作为还是不作为，都会违反其中一条。",
            "Whoever is bound violates one of the two, whatever is done.",
        ),
        FindingKind.IMPOSSIBLE_ORDER: Wording(
            "各项行为互为前提，先做哪一项都是违反。",
            "Each act has to wait for the other, so that whichever comes first is a violation.",
        ),
        FindingKind.INFEASIBLE_LIMIT: Wording(
            "即使此前各步都按期完成，该期限仍会届满；要按期，就须违反前置要求，或由他人提前完成。",
            "Everybody before may be in time and the limit still passes; it is kept only by skipping a step, or if "
            "others are quicker than they must be.",
        ),
        FindingKind.DEAD_PROVISION: Wording(
            "读者以为受其约束或保护，实际上在任何案件中都不产生义务。",
            "Readers take it for a duty or a protection, and no case ever comes under it.",
        ),
        FindingKind.IDLE_SANCTION: Wording(
            "文本宣示了责任，却没有任何情形能够触发。",
            "The text threatens a consequence that no course of events leads to.",
        ),
        FindingKind.UNREACHABLE_ROW: Wording(
            "文本为该情形指定了结果，却总由其他情形先行决定。",
            "The text says what holds in that case, and other cases always decide before it.",
        ),
        FindingKind.OVERLAPPING_ROWS: Wording(
            "同一案件同时符合几种情形，结果各不相同，由谁承担、以何为准无从确定。",
            "One case falls under several descriptions that come to different things, and none is said to prevail.",
        ),
        FindingKind.GRAVER_LATER: Wording(
            "其他事实相同而更为严重时，反而可以更晚，或没有期限。",
            "With all else equal, a graver case may be dealt with later than a milder one, or without any limit.",
        ),
        FindingKind.UNOWED_ACT: Wording(
            "所对照的文件要求该行为，而本文既未要求，也未要求包括它在内的行为。",
            "The other document demands the act, and this one neither it nor an act that it would be a kind of.",
        ),
    }
)
WAY_OUT: Mapping[FindingKind, Wording] = MappingProxyType(
    {
        FindingKind.CONTRADICTION: Wording(
            "为禁止规定解除的条件或例外，或限定二者的适用范围。",
            "say what ends the prohibition, make an exception, or narrow one of the two.",
        ),
        FindingKind.IMPOSSIBLE_ORDER: Wording(
            "明确何者在先，删去相反的一条。", "say which comes first, and drop the opposite."
        ),
        FindingKind.INFEASIBLE_LIMIT: Wording(
            "把前置步骤的期限缩短到该期限之内，为紧急发布另设简易程序，或明确以对外期限为准。",
            "shorten the steps until they fit, let urgent matters go a shorter way, or say that the limit owed to "
            "others governs.",
        ),
        FindingKind.DEAD_PROVISION: Wording(
            "改正条件，为所等待的义务规定期限，或删去该规定。",
            "mend the condition, give a limit to what it waits for, or drop it.",
        ),
        FindingKind.IDLE_SANCTION: Wording(
            "为被追责的义务规定期限，或改为以认定为准。",
            "give a limit to the duty behind it, or let a recorded finding bring it about.",
        ),
        FindingKind.UNREACHABLE_ROW: Wording(
            "调整先后，收窄在先的情形，或删去。", "change the order, narrow what comes before, or drop it."
        ),
        FindingKind.OVERLAPPING_ROWS: Wording(
            "规定并存时何者优先，或由谁指定。", "say which prevails where they meet, or who decides."
        ),
        FindingKind.GRAVER_LATER: Wording(
            "为较严重的情形规定不晚于较轻情形的期限，或写明为何不定期限。",
            "give the graver case a limit no later than the milder one's, or say why there is none.",
        ),
        FindingKind.UNOWED_ACT: Wording(
            "规定由谁承担，或写明为何不作规定、应依哪一文件。",
            "say who owes it, or why nothing is said, or which document governs.",
        ),
    }
)
CAUSE: Mapping[Cause, Wording] = MappingProxyType(
    {
        Cause.CONDITION: Wording("其适用条件在任何事实下都不成立", "its condition is true of no facts at all"),
        Cause.EXCEPTION: Wording(
            "凡条件成立之处，例外也成立", "wherever its condition is true, its exception is true as well"
        ),
        Cause.DEFEATED: Wording(
            "凡适用之处，均被其他规定排除：{others}", "wherever it applies, it gives way to: {others}"
        ),
        Cause.OUTCOME: Wording("它所等待的结果永远不会出现：{others}", "what it waits for never comes about: {others}"),
        Cause.SELF_ENDED: Wording(
            "所禁止的行为本身即令禁止终止，故无从违反",
            "the very act that it forbids ends it, so that nothing breaches it",
        ),
    }
)
CHECK: Mapping[Check, Wording] = MappingProxyType(
    {
        Check.OWED: Wording("{name}：应当履行", "{name}: owed"),
        Check.FORBIDDING: Wording("{name}：禁止有效", "{name}: in force"),
        Check.VIOLATED: Wording("{name}：已违反", "{name}: violated"),
        Check.IN_TIME: Wording("{name}：按期履行", "{name}: fulfilled in time"),
        Check.LIMITED: Wording("{name}：应当履行，且有期限", "{name}: owed within a limit"),
        Check.LATER: Wording("{name}：无此期限，或期限更晚", "{name}: no such limit, or a later one"),
        Check.NO_DUTY: Wording("{name}：无义务", "{name}: no duty"),
        Check.NO_BREACH: Wording("{name}：未违反", "{name}: not breached"),
        Check.CONFLICT: Wording("{name}：由谁承担，规定冲突", "{name}: the clauses conflict on who owes it"),
        Check.ANOTHER: Wording("{name}：由他人承担", "{name}: owed by somebody else"),
        Check.OTHER_VALUE: Wording("{name}：另有他值", "{name}: has another value"),
        Check.NO_VALUE: Wording("{name}：无从确定", "{name}: has no certain value"),
    }
)

TITLE = Wording("文本推论：{policy}", "What follows from the text: {policy}")
COUNT = Wording("发现 {n} 项", "{n} found")
STATED_COUNT = Wording("文本已自行说明 {n} 项", "{n} that the policy states itself")
OPEN_COUNT = Wording("未能判定 {n} 项", "{n} not decided")
NOTHING = Wording("未发现此类问题", "nothing of the kind was found")
DEFAULTS = Wording("按各解释问题的默认选项", "read under the default of every reading")
OTHERWISE = Wording("按下列解释，其余按默认：{readings}", "read under {readings}, the defaults elsewhere")
BESIDE = Wording("对照：{policies}", "held against: {policies}")
METHOD = Wording(
    "每项均附案件，已由参照引擎判断；事实范围为穷尽列举，没有案件能证明的不列。",
    "Every finding has a case that the reference engine has judged. Regions of the facts are exact; what no case shows "
    "is not listed.",
)
WHY_IT_MATTERS = Wording("何以重要：{why}", "why it matters: {why}")
A_WAY_OUT = Wording("出路：{way}", "a way out: {way}")
STATED = Wording("文本已自行说明的", "Stated by the policy itself")
UNDECIDED = Wording("未能判定：可能的组合过多", "Not decided: too many combinations")
NOT_DECIDED = Wording("{kind}：{subjects}", "{kind}: {subjects}")
ELSEWHERE = Wording("仅在其他解释下出现", "Only under another reading")
UNDER = Wording("{choice}：{finding}", "{choice}: {finding}")
EVERYWHERE = Wording("任何事实下均如此", "whatever the facts are")

OWED_AND_FORBIDDEN = Wording(
    "{owed}要求{act}，{forbidding}予以禁止且永不解除", "{owed} asks to {act}; {forbidding} forbids it for good"
)
WAITS_FOR = Wording("{act}须待{first}之后（{provision}）", "{act} has to wait for {first} ({provision})")
NEVER_FREE = Wording(
    "{act}被禁止，没有解除的条件（{provision}）", "{act} is forbidden, and nothing ends that ({provision})"
)
WAITING = Wording("{owed}：{circle}", "{owed}: {circle}")
CIRCLE = Wording("；而", "; and ")
TOO_SHORT = Wording(
    "{due}：{limit}；其前置步骤按各自期限可用至{steps}", "{due}: {limit}; the steps before it may take {steps}"
)
ONE_LEG = Wording("{length}（{provision}）", "{length} ({provision})")
ALWAYS = Wording("无论何时起算都来不及", "too late whenever it begins")
SOMETIMES = Wording("自某些时刻起算来不及", "too late after some starts")
AS_ANNOUNCED = Wording("（以已公布的日历为限）", " (as far as the calendar is announced)")
STEPS = Wording("各步依次为：", "the steps, in this order:")
WHERE_TWO = Wording(
    "凡下列两种以上结果不同的情形同时成立：", "wherever two or more of these are true and come to different things:"
)
STEP_LIMIT = Wording("{act}，{length}内（{provision}）", "{act}, within {length} ({provision})")
STEP_UNTIMED = Wording(
    "{act}，文本未定时限，不计时间（{provision}）", "{act}, no number in the text, counted as nothing ({provision})"
)
STEP_FREE = Wording("{act}，无人负有此义务，不计时间", "{act}, owed by nobody, counted as nothing")
DEAD = Wording("{provision}：{why}", "{provision}: {why}")
ROW = Wording("第 {n} 项（{when}）：{value}", "row {n} ({when}): {value}")
ELSE_ROW = Wording("其余情形：{value}", "otherwise: {value}")
NEVER = Wording("“{table}”：{row}，从不采用", "“{table}”: {row} is never taken")
MEET = Wording("“{table}”：{n} 种情形可同时成立", "“{table}”: {n} cases can be true together")
SLACK = Wording(
    "{fact}为{milder}时，{act}{limit}（{provision}）；为{graver}时{then}",
    "with “{fact}” {milder}: {act}, {limit} ({provision}); with {graver}: {then}",
)
NO_LIMIT = Wording("没有期限", "no limit")
LATER_LIMIT = Wording("期限更晚：{limits}", "later: {limits}")
ONE_LIMIT = Wording("{limit}（{provision}）", "{limit} ({provision})")
STATED_BY = Wording("文本已说明：{gaps}", "the policy says so: {gaps}")

CLAUSES = Wording("依据", "clauses")
SHOWN = Wording("案件 {n}，判断时点 {when}：{expected}", "case {n}, judged {when}: {expected}")
EVENT = Wording("{when} {type}", "{when}: {type}")
BY = Wording("行为人：{role}", "by {role}")
TO = Wording("对象：{role}", "to {role}")
NO_EVENTS = Wording("没有任何事件", "nothing happens")
EVERY_READING = Wording(
    "换用任一相关解释均成立（逐一另选 {n} 项）",
    "stays under each other option that bears on it ({n} asked, one at a time)",
)
SOME_READINGS = Wording(
    "另选下列选项即不成立：{gone}（逐一另选 {n} 项）", "gone under: {gone} ({n} other options asked, one at a time)"
)
ONLY_THIS = Wording(
    "仅在现行解释下成立：另选 {n} 项均不成立", "only as read here: gone under each of the {n} other options"
)
NO_READING = Wording("不涉及解释问题", "no reading bears on it")
NOBODY_OWES = Wording("无人负有该项义务", "nobody owes it")
UNOWED = Wording(
    "{policy}要求{act}（{provision}，{clauses}），本文没有这项义务",
    "{policy} demands {act} ({provision}, {clauses}); here nobody owes it",
)
