"""Fixed words of what is said about strictness."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.comparison import Relation
from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.degrees import Degree
from policyengine.analysis.strictness import Finding
from policyengine.model.ranges import Verdict
from policyengine.wording import Wording

TITLE = Wording("{one}是否至少与{other}同样严格", "Is {one} at least as strict as {other}?")
FIRST = Wording("前者", "the first")
SECOND = Wording("后者", "the second")
SIDE = Wording("{short}：{title}（{policy}）", "{short}: {title} ({policy})")

HOLDS = Wording(
    "结论：是。{other}的{n}项要求，{one}全部达到（已证明）", "Yes: {one} meets all that {other} demands ({n}), proved"
)
FAILS = Wording(
    "结论：否。{other}的{n}项要求，{one}达到{met}项，没有达到{unmet}项{more}",
    "No: of the {n} demands of {other}, {one} meets {met} and does not meet {unmet}{more}",
)
STAYS_OPEN = Wording(
    "结论：未能判定。{other}的{n}项要求，{one}达到{met}项，{open}项既未证明也未推翻",
    "Not settled: of the {n} demands of {other}, {one} meets {met}; neither proved nor refuted: {open}",
)
MORE_OPEN = Wording("，未能判定的{n}项", "; not settled: {n}")
ONLY = Wording("只看：{topics}", "Only about: {topics}")
NOTHING_DEMANDED = Wording(
    "结论：是。就所问事项，{other}没有任何要求", "Yes: {other} demands nothing about what is asked"
)
NO_COMMON_ACT = Wording(
    "两者没有就任何相同的行为作出要求",
    "The two have no act in common: nothing that either demands is the other's matter",
)

OVERALL: Mapping[Relation, Wording] = MappingProxyType(
    {
        Relation.EQUAL: Wording(
            "反过来，{other}也达到{one}的全部要求：二者宽严相同",
            "Conversely {other} meets all that {one} demands: the two are equally strict",
        ),
        Relation.STRICTER: Wording(
            "反过来不成立：{other}没有达到{one}的要求，例如{shown}；总体上{one}较严",
            "Not conversely: {other} does not meet what {one} demands, such as {shown}; {one} is the stricter",
        ),
        Relation.LOOSER: Wording(
            "反过来成立：{other}达到{one}的全部要求；总体上{one}较宽",
            "Conversely {other} meets all that {one} demands: {one} is the looser",
        ),
        Relation.INCOMPARABLE: Wording(
            "反过来也不成立：{other}没有达到{one}的要求，例如{shown}；总体上互有宽严",
            "Nor conversely: {other} does not meet what {one} demands, such as {shown}; the two are incomparable",
        ),
    }
)
NO_OVERALL = Wording("反过来如何，未能判定", "What holds conversely is not settled")

ASSUMED = Wording(
    "前提：事实已知且不变；两部规则均有效；义务的触发事由之前没有发生使义务产生或者终止的事件；不比较由谁承担",
    "Assumed: facts are known and stay as they are, both policies are in force, nothing that starts or ends a duty came"
    " before its trigger, and who bears a duty is not compared",
)
METHOD = Wording(
    "没有达到的每一项都附有案例，已依两部规则分别判断；达到的，对上述前提下的一切案例均已证明",
    "Every demand that is not met has a case, judged under both policies; those that are met are proved for all cases"
    " under these assumptions",
)
DEFAULTS = Wording(
    "文本均按默认的解释；--readings all 考察一切解释",
    "Both texts are read by their defaults; --readings all asks every way of reading",
)
CHOSEN = Wording("{short}，所选解释：{readings}", "{short}, read as: {readings}")

UNMET = Wording("没有达到的要求", "Demands that are not met")
MISSING = Wording("没有规定的要求", "Demands about which nothing is there, at least in part")
OPEN = Wording("未能判定的要求", "Demands that are not settled")
MET = Wording("达到的要求", "Demands that are met")
CONVERSELY = Wording(
    "反过来：{other}没有达到的{one}的要求，举例", "Conversely, a demand of {one} that {other} does not meet"
)
NEVER = Wording("在视为已定的事实之下不会产生的要求", "Demands that never arise under what is taken as settled")

MARKED = Wording("【{word}】{title}（{id}）", "[{word}] {title} ({id})")
NOT_MET = Wording("没有达到", "not met")
IS_MET = Wording("达到", "met")
IS_OPEN = Wording("未能判定", "not settled")
IN_PART = Wording("部分情形{word}", "{word} in part")
SAYS = Wording("{short}：{norm}", "{short}: {norm}")
WIDER = Wording("{norm}（行为更宽泛）", "{norm} (a wider act)")
MAY = Wording("{norm}（由其裁量）", "{norm} (left to discretion)")
NOTHING_SAID = Wording("{short}：没有关于这一行为的规定", "{short}: nothing about this act")
AND_MORE = Wording("另有{n}项", "and {n} more")
FALLS_SHORT = Wording("不足：{where}{how}", "short: {where}{how}")
AT_A_TRIGGER = Wording("在部分事由下{how}", "from some of its triggers, {how}")
EVERYWHERE = Wording("凡该要求适用的情形，", "wherever it applies, ")
THERE = Wording("{where}，", "{where}, ")
COVERED_THERE = Wording("达到：{where}", "met: {where}")
BEYOND = Wording("超出之处：{norm}", "beyond it: {norm}")
ALSO_BEYOND = Wording("另外要求：{titles}", "demands besides: {titles}")
ANNOUNCED_ONLY = Wording("仅就节假日已公布的期间证明", "proved only for the time whose holidays are announced")

SHORTFALL: Mapping[Shortfall, Wording] = MappingProxyType(
    {
        Shortfall.MISSING: Wording("没有相应的要求", "nothing of the kind is demanded"),
        Shortfall.STRENGTH: Wording("只在原则上要求", "it is demanded in principle only"),
        Shortfall.ACT: Wording(
            "方式、对象或者须由本人作出这一点不同", "by other means, to somebody else, or not in person"
        ),
        Shortfall.ENDING: Wording("义务更早终止，或者可以免除", "the duty ends earlier, or can be waived"),
        Shortfall.RECURRENCE: Wording(
            "要求作出的次数较少，或者不必持续", "it is to be done less often, or not all along"
        ),
        Shortfall.ANCHOR: Wording(
            "期限从其他时点起算，或者形式不同", "the limit counts from elsewhere, or has another form"
        ),
        Shortfall.LIMIT: Wording("期限届满较晚，或者没有期限", "the limit can end later, or there is none"),
    }
)

EXAMPLE = Wording("例：{course}", "case: {course}")
EXAMPLE_THERE = Wording("例：{course}：{both}", "case: {course}: {both}")
NOTHING_HAPPENS = Wording("没有发生任何事件", "nothing has happened")
HAPPENS = Wording("{when}{what}", "{when} {what}")
GOES_ON = Wording("，", ", ")
JUST_AFTER = Wording("{when}刚过", "just after {when}")
FINDS = Wording("{short}{degree}", "{short} finds {degree}")
DUE = Wording("期限 {due}", "due {due}")
DEGREE: Mapping[Degree, Wording] = MappingProxyType(
    {
        Degree.NOTHING: Wording("没有要求", "nothing owed"),
        Degree.IN_PRINCIPLE: Wording("要求原则上履行", "it owed in principle"),
        Degree.OWED: Wording("要求履行", "it owed"),
        Degree.DEPARTED: Wording("认定未达到原则性要求", "a departure in principle"),
        Degree.VIOLATED: Wording("认定违反", "a violation"),
    }
)
REPLAY = Wording("重现：{command}", "replay: {command}")
WRITE_THEM = Wording(
    "--witness 目录：把这些案例写成案件文件，可用 evaluate 重新判断",
    "--witness DIR writes these cases to files, for evaluate to judge anew",
)

# Under every reading
UNDER_ALL: Mapping[Verdict, Wording] = MappingProxyType(
    {
        Verdict.EVERY: Wording("结论：是，无论怎样理解文本", "Yes, however the texts are read"),
        Verdict.SOME: Wording("结论：取决于怎样理解文本", "It hangs on how the texts are read"),
        Verdict.NONE: Wording("结论：否，无论怎样理解文本", "No, however the texts are read"),
        Verdict.UNDETERMINED: Wording("结论：未能判定", "Not settled"),
    }
)
COUNTS = Wording(
    "{other}的{n}项要求，{one}在任何解释下都达到的{every}项，只在部分解释下达到的{some}项，在任何解释下都没有达到的"
    "{none}项{open}",
    "of the {n} demands of {other}, {one} meets {every} under every reading, {some} under some and {none} under"
    " none{open}",
)
RANGE: Mapping[Verdict, Wording] = MappingProxyType(
    {
        Verdict.NONE: Wording("在任何解释下都没有达到", "Met under no reading"),
        Verdict.SOME: Wording("只在部分解释下达到", "Met under some readings"),
        Verdict.UNDETERMINED: Wording("在部分解释下未能判定", "Not settled under some reading"),
        Verdict.EVERY: Wording("在任何解释下都达到", "Met under every reading"),
    }
)
UNDER = Wording("{found}：{when}", "{found}: {when}")
FOUND: Mapping[Finding, Wording] = MappingProxyType(
    {Finding.COVERED: IS_MET, Finding.REFUTED: NOT_MET, Finding.OPEN: IS_OPEN}
)
NOT_DEMANDED = Wording("没有这一要求", "not demanded")
IN_EVERY_WAY = Wording("任何解释", "every reading")
READ_AS = Wording("{short} {options}", "{short} {options}")
OPTION = Wording("{reading}={option}", "{reading}={option}")
READINGS = Wording("文本如何理解", "How the texts are read")
SAME_WORDS = Wording(
    "两部规则以同一名称提出的解释问题，取同样的选项；没有列出的解释问题不影响结论",
    "A reading that both policies have by one name is answered alike in both; readings that are not named make no"
    " difference",
)
