"""Fixed words of the pages that lay regulations beside their parents."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.comparison import Relation
from policyengine.analysis.strictness import Finding
from policyengine.wording import Wording

GENERATED = Wording(
    "*本页由 `policies/` 中的规则文件生成，不手工修改。*",
    "*This page is generated from the policy files in `policies/` and is not edited by hand.*",
)

# The first page
TITLE = Wording("各规则与上位文件对照", "The regulations beside their parents")
ABOUT = Wording(
    "{n}部规则逐项对照{parents}：同一案件依两份文件分别判断，看认定的结果谁多谁少。表中的词由规则文件算出，点击可见条款"
    "和案例。",
    "{n} regulations, held point by point against {parents}: one case is judged under both, and what counts is which"
    " finds more. The words in the tables are computed; each leads to the clauses and to a case.",
)
PAGES = Wording("其他页", "Other pages")
SYNOPSIS_LINK = Wording(
    "[{title}]({page})：每一事项各规则怎么写，上位文件规定的在前",
    "[{title}]({page}): what each text says about each matter, those that the parents regulate first",
)
REGULATION_LINK = Wording(
    "[{title}]({page})：对照上位文件的论证，以及规则自身的空白和冲突",
    "[{title}]({page}): the argument against the parents, and gaps and tensions of its own",
)
IN_SHORT = Wording("一、结论", "1. In short")
IN_SHORT_ABOUT = Wording(
    "按默认解释。“达到”是指在一切案件、一切时点都不比上位文件认定得少；“没有完全达到”的各附案例。",
    "By the default readings. Met: in no case and at no instant is less found than under the parent. Not met: a case"
    " shows it.",
)
COUNTED = Wording(
    "对照{parent}（{n}项要求）：达到{met}项，没有完全达到{unmet}项{open}",
    "against {parent} ({n} demands): {met} met, {unmet} not or not fully met{open}",
)
COUNTED_OPEN = Wording("，未能判定{n}项", ", {n} not settled")
NUMBERS_MET = Wording("有具体时限的要求全部达到", "all demands with a number are met")
NUMBERS_UNMET = Wording("没有达到的具体时限：{demands}", "demands with a number that are not met: {demands}")
NUMBER_UNMET = Wording("{title}（{where}）", "{title} ({where})")
TENSIONS = Wording("自身文本：{counts}", "its own text: {counts}")
FOUND_COUNT = Wording("发现{n}处", "{n} found")
STATED_COUNT = Wording("已自行说明的{n}处", "{n} that the policy states itself")
NOTHING_FOUND = Wording("没有发现空白以外的冲突", "nothing found")

TABLE_OF = Wording("{number}、对照{parent}", "{number}. Against {parent}")
NUMBERS = (Wording("二", "2"), Wording("三", "3"), Wording("四", "4"), Wording("五", "5"), Wording("六", "6"))
DEMAND = Wording("上位文件的要求", "what the parent demands")
GRADES = Wording("等级", "grades")
REFERENCE = Wording("{short}〔参照〕", "{short} (for reference)")
FOR_REFERENCE = Wording(
    "标“参照”的规则不以{parent}为依据，对照只供参考，不表示其负有遵循义务。",
    "Columns marked “for reference” do not implement {parent}: what stands there is information, and no duty to"
    " conform.",
)
NO_DEMAND = Wording("没有要求", "nothing demanded")
BESIDES = Wording("{number}、上位文件没有要求的事项", "{number}. What the parents do not demand")
BESIDES_ABOUT = Wording(
    "上位文件（就手头所有的内容）对下列事项没有要求。“另有要求”不分宽严。",
    "On these the parents, as far as they are at hand, demand nothing. “Extra” is neither stricter nor looser.",
)
TOPIC = Wording("事项", "topic")
ALL_GRADES = Wording("各等级", "all grades")
SHORT_OF = Wording("{act}：{limits}", "{act}: {limits}")

HOW_TO_READ = Wording("{number}、怎样读，哪些没有断言", "{number}. How to read this, and what it does not claim")
LEGEND = Wording("对照词", "word")
MEANS = Wording("含义", "means")
RELATION: Mapping[Relation, Wording] = MappingProxyType(
    {
        Relation.EQUAL: Wording("在任何情形下，认定的不多也不少", "whatever happens, neither less nor more is found"),
        Relation.STRICTER: Wording("从不认定得少，有时认定得多", "never less is found, and sometimes more"),
        Relation.LOOSER: Wording(
            "有要求，但有时认定得少，从不认定得多", "something is demanded, but sometimes less is found, and never more"
        ),
        Relation.INCOMPARABLE: Wording("有时认定得多，有时认定得少", "sometimes more is found, and sometimes less"),
        Relation.GAP: Wording(
            "此处没有要求，而在别处有同类要求，或者规则文件自己载明这里是空白",
            "nothing is demanded there, although the like is elsewhere, or the policy states the silence itself",
        ),
        Relation.REFERRED: Wording(
            "自己没有要求，指向另一份文件", "nothing of its own is demanded; another document is referred to"
        ),
        Relation.SILENT: Wording("通篇没有提到", "nothing is said of it anywhere"),
        Relation.EXTRA: Wording(
            "上位文件没有要求，而此处有要求", "something is demanded where the parent demands nothing"
        ),
    }
)
IN_PART = Wording("部分{word}", "{word} in part")
CLAIMS: tuple[Wording, ...] = (
    Wording(
        "“部分”：同一等级内，因其他事实不同而结果不一。有缺漏、未涉及、援引他文的，写这些词；其余情形可能相同，也可能较宽或者"
        "较严，论证页写明条件。",
        "“In part”: within the grade it hangs on other facts. Where anything is missing the word says so; elsewhere it"
        " may be equal, looser or stricter, and the argument tells on what conditions.",
    ),
    Wording(
        "论证页没有列出解释的要求，其结论与任何解释问题无关；标“参照”的没有考察解释。",
        "A demand for which no readings are listed does not hang on any; of what is there for reference that was not"
        " asked.",
    ),
    Wording(
        "由谁承担不作比较：单位内部的科室与上位文件所称的部门、政府，文本没有写明如何对应。",
        "Who bears a duty is not compared: no text says which office of an agency stands for which department or"
        " government.",
    ),
    Wording(
        "断言的是事实已知且不变、两份文件均有效的案件；案例是为说明差别而设的最短案件，不是真实事件。",
        "The claims are about cases whose facts are known and stay as they are, with both texts in force; the cases"
        " shown are made up, as short as shows the difference.",
    ),
    Wording(
        "文本有歧义的，按默认解释；逐一改取其他选项后结论是否改变，在论证页逐项列出。各选项的组合没有穷尽。",
        "Ambiguous texts are read by their defaults; whether another option, each taken alone, changes a finding is"
        " listed demand by demand. Combinations of options are not gone through.",
    ),
    Wording(
        "“没有达到”不等于违法：规则可以另有效力层级、时间先后和适用范围上的理由，须由人判断。",
        "“Not met” is not “unlawful”: rank, time and scope of the texts may give reasons, which people have to weigh.",
    ),
)
GRADED = Wording(
    "等级：指{facts}均为该等级；几者不同级的案件，这里不作对照。",
    "Grades: of all of these alike: {facts}; cases in which they differ are not looked at here.",
)
NOT_AT_HAND = Wording(
    "下列文件（至少部分）依据摘要整理，原文不在手：{short}；没有见到的内容不据以要求任何单位。",
    "Known, at least in part, from summaries, as the text is not at hand: {short}. Nothing is demanded of anybody on"
    " the ground of what was not seen.",
)
DEFINED = Wording(
    "各词的定义、证明方法和全部限制：[对照断言了什么](../explanation/comparison.zh.md)。",
    "Definitions, method and all limits: [What a comparison claims](../explanation/comparison.md).",
)

# One regulation
AGAINST_TITLE = Wording("{title}：对照上位文件", "{title}: against its parents")
BACK = Wording(
    "[总表]({overview}) · [各事项对照]({synopsis}) · [规则全部内容]({policy})",
    "[All regulations]({overview}) · [Synopsis]({synopsis}) · [Everything this regulation says]({policy})",
)
GIVEN = Wording("以下视为已定：{facts}。", "Taken as settled: {facts}.")
USUAL = Wording(
    "没有另写事由的，均自{trigger}起。", "Unless a line says otherwise, it waits for {trigger} and counts from it."
)
HELD_AGAINST = Wording("对照{parent}", "Against {parent}")
HELD_FOR_REFERENCE = Wording("参照{parent}（不是本规则的依据）", "{parent}, for reference (not among its parents)")
REFERENCE_ABOUT = Wording(
    "只对有具体时限的要求列出条款和案例。", "Clauses and cases are given for demands with a number only."
)
OVERVIEW = Wording(
    "{n}项要求：达到{met}项，没有完全达到{unmet}项{open}。",
    "{n} demands: {met} met, {unmet} not or not fully met{open}.",
)
ELSEWHERE = Wording("各种情形", "in all cases")
HEAD = Wording("**{grades}：{word}**", "**{grades}: {word}**")
NO_WORDS = Wording("{short}：没有相应规定", "{short}: nothing of the kind")
MORE = Wording("另有{n}项", "and {n} more")
CLAUSED = Wording("{norm}（{clauses}）", "{norm} ({clauses})")
CLAUSE = Wording("{id}，{number}", "{id}, {number}")
ALSO = Wording("同一案例下同样没有达到：{titles}", "not met in the same case either: {titles}")
BEYOND = Wording("超出之处：{norm}", "beyond the parent: {norm}")
NO_CASE = Wording("没有找到案例，未能判定", "no case was found: not settled")
SAYS = Wording("{head}：{more}", "{head}: {more}")
READINGS = Wording("解释", "readings")
OF_DEMAND = Wording("解释（{title}）", "readings ({title})")
DEFAULT: Mapping[Finding, Wording] = MappingProxyType(
    {
        Finding.COVERED: Wording("默认解释下达到", "met by default"),
        Finding.REFUTED: Wording("默认解释下没有完全达到", "not fully met by default"),
        Finding.OPEN: Wording("默认解释下未能判定", "not settled by default"),
    }
)
SAME = Wording(
    "{found}；逐一改取其余{n}个选项，结论不变", "{found}; no other option changes it (asked one by one: {n})"
)
CHANGES = Wording(
    "{found}；逐一改取其余{n}个选项，其中{turns}",
    "{found}; other options, asked one by one ({n}): {turns}",
)
TURNED: Mapping[Finding | None, Wording] = MappingProxyType(
    {
        Finding.COVERED: Wording("取{options}时达到", "met under {options}"),
        Finding.REFUTED: Wording("取{options}时没有达到", "not met under {options}"),
        Finding.OPEN: Wording("取{options}时未能证明达到", "not proved under {options}"),
        None: Wording("取{options}时没有这一要求", "not demanded under {options}"),
    }
)
OPTION = Wording("{option}（{says}）", "{option} ({says})")
OWN_TEXT = Wording("自身的空白和冲突", "Gaps and tensions of its own")
OWN_ABOUT = Wording(
    "只看本规则自己的文本。先是从文本推出而起草者未必意在的后果，后是规则文件已载明的空白（不算缺陷）。",
    "From its own text alone: first what follows and will not have been meant, then the gaps that the policy file"
    " states itself, which are no fault.",
)
FINDINGS = Wording("推出的后果", "What follows")
STATED_FINDINGS = Wording("已自行载明的后果", "What follows and is stated")
STATED_GAPS = Wording("已载明的空白和援引", "Stated gaps and referrals")
UNDECIDED = Wording("未能考察：{kind}（{subjects}）", "not examined: {kind} ({subjects})")
MISSING = Wording("{title}：{missing}", "{title}: {missing}")
REFERS = Wording("{title}：见《{document}》{hand}", "{title}: see “{document}”{hand}")
NOT_IN_HAND = Wording("（不在手）", " (not at hand)")
NONE = Wording("没有。", "None.")
FOLDED = Wording("案件（{n}）", "Cases ({n})")

# The synopsis
SYNOPSIS = Wording("各事项对照", "Synopsis, matter by matter")
SYNOPSIS_ABOUT = Wording(
    "每一事项下依次列出各规则的规定和条款；【】内是与其所依据的上位文件的对照。句后 * 表示取决于文本如何理解。",
    "For each matter what each text says, with its clauses; in brackets how it stands to the parents that it"
    " implements. A star marks what hangs on how the text is read.",
)
SHARED = Wording("其他共有事项", "Other matters that several provide for")
LONE = Wording("只有一部规则规定的事项", "What one regulation alone provides for")
