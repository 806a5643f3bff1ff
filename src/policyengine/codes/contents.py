"""Codes PE4xx to PE6xx: time, contradictions and gaps, cases."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

CONTENTS: MappingProxyType[str, Code] = MappingProxyType(
    {
        # Of time (PE4xx).
        "PE401": Code(
            "the time `{text}` has no zone",
            "时间 `{text}` 没有时区",
            "add an offset such as `+08:00`, or declare `time_zone:` in the file",
            "请加上偏移，如 `+08:00`，或在文件中声明 `time_zone:`",
        ),
        "PE402": Code(
            "`{text}` is not an instant",
            "`{text}` 不是时刻",
            "write it as `2025-10-08T23:30:00+08:00`",
            "请写成 `2025-10-08T23:30:00+08:00`",
        ),
        "PE403": Code(
            "`{text}` does not exist: {problem}",
            "`{text}` 不存在：{problem}",
            "check day, month and time of day",
            "请检查日期和时刻",
        ),
        "PE404": Code(
            "the limit of `{provision}` has nothing to count from",
            "`{provision}` 的期限没有起算点",
            "name a trigger with `upon:` or an anchor with `of:`",
            "请用 `upon:` 写明触发事件，或用 `of:` 写明起算点",
        ),
        "PE405": Code(
            "a length must be a whole number from 1 to {limit}, found {found}",
            "期限长度必须是 1 到 {limit} 的整数；实为：{found}",
            "write for instance `hours: 24`",
            "例如 `hours: 24`",
        ),
        "PE406": Code(
            "`{text}` is not a date",
            "`{text}` 不是日期",
            "write it as `2025-10-08`",
            "请写成 `2025-10-08`",
        ),
        "PE407": Code(
            "the period from {start} to {end} is empty or turned round",
            "从 {start} 到 {end} 的期间为空或颠倒",
            "`{first}` must lie before `{last}`",
            "`{first}` 必须早于 `{last}`",
        ),
        "PE408": Code(
            "two versions are in force {date}",
            "{date}有两个版本同时有效",
            "let each period end where the next begins",
            "请让每个期间止于下一期间开始之处",
        ),
        "PE409": Code(
            "{date} lies outside the calendar's period {period}",
            "{date} 不在日历期间之内 ({period})",
            "check the year; extend the period by `start:` or `announced_until:`, or remove the date",
            "请检查年份；用 `start:` 或 `announced_until:` 扩展期间，或删除该日期",
        ),
        "PE410": Code(
            "`{text}` lies outside the years {first} to {last}",
            "`{text}` 超出公元 {first} 年至 {last} 年",
            "check the year",
            "请检查年份",
        ),
        "PE411": Code(
            "{date} is both a day off and a make-up working day",
            "{date} 既是休息日又是调休上班日",
            "keep one of the two",
            "请只保留其一",
        ),
        "PE412": Code(
            "the days off from {start} to {end} are turned round, or more than a year",
            "从 {start} 到 {end} 的休息日首尾颠倒或超过一年",
            "`to` is the last day off, the same as `from` for a single day",
            "`to` 为最后一个休息日；只休一天时与 `from` 相同",
        ),
        # Of contradictions and gaps (PE5xx).
        "PE501": Code(
            "the provisions wait for one another in a circle: {cycle}",
            "规定之间循环等待：{cycle}",
            "let one of them wait for an event: outcome triggers, chained anchors and exceptions must lead back to one",
            "请使其中之一改为等待事件：结果触发、连锁起算点和例外最终都必须回到某个事件",
        ),
        "PE502": Code(
            "`{provision}` and `{other}` defeat each other",
            "`{provision}` 与 `{other}` 互相排除",
            "say which one prevails; the order in the file never decides",
            "请写明何者优先；文件中的先后不起作用",
        ),
        "PE503": Code(
            "the clause `{clause}` has neither provisions nor gaps nor a disposition",
            "条款 `{clause}` 既无规定、空白，也未写明去向（disposition）",
            "add `provisions:`, `gaps:` or a `disposition:` such as heading, definition or principle",
            "请补上 `provisions:`、`gaps:` 或 `disposition:` (如 heading、definition、principle)",
        ),
        "PE504": Code(
            "the grades of `{fact}` leave out {missing}",
            "`{fact}` 的分级遗漏 {missing}",
            "put every value of the scale in exactly one grade",
            "等级表的每个取值必须恰好属于一个分级",
        ),
        "PE505": Code(
            "`{value}` is out of order in the grades of `{fact}`",
            "`{fact}` 的分级中 `{value}` 的位置有误",
            "list grades from lowest to highest, each value in one of them alone",
            "请由低到高排列，每个取值只属于一个分级",
        ),
        "PE506": Code(
            "{count} combinations of options meet in `{name}`, more than {limit}",
            "`{name}` 中的选项组合有 {count} 种，超过 {limit}",
            "settle one of the readings, or split `{name}`, so that fewer of them meet",
            "请先确定其中某个解释问题，或拆分 `{name}`，以减少汇集于一处的解释问题",
        ),
        "PE507": Code(
            "`{fact}` is not on a scale, so it has no grades",
            "`{fact}` 没有等级表，不能分级",
            "grade a fact that has a `scale:` in the vocabulary",
            "请对词汇表中带 `scale:` 的事实分级",
        ),
        "PE511": Code(
            "the sentence of `{clause}` differs from the one that was read",
            "`{clause}` 的句子与当初所读不同",
            "read the sentence again, mend the policy, then renew the digest: {digest}",
            "请重读该句并修改规则，然后更新摘要值：{digest}",
        ),
        "PE512": Code(
            "no clause accounts for this sentence: {sentence}",
            "没有条款对应此句：{sentence}",
            "add a clause with digest {digest}",
            "请增加条款，摘要值为 {digest}",
        ),
        "PE513": Code(
            "the text lacks the sentence of `{clause}` (copy {copy})",
            "文本缺少 `{clause}` 的句子（第 {copy} 份）",
            "check that the file holds the whole text (copies: {copies})",
            "请检查文件是否含有全文，共 {copies} 份",
        ),
        "PE530": Code(
            "the clause `{clause}` {problem}",
            "条款 `{clause}` {problem}",
            "give the `digest` of the sentence that was read, or else `at_hand: false` where nobody has read it",
            "读过原句的请写 `digest`；未读到原文的请只写 `at_hand: false`",
        ),
        "PE531": Code(
            "the clause `{clause}` is called non-operational without a reason",
            "条款 `{clause}` 标为不产生义务，但未写理由",
            "say in its `note:` why no duty comes of it",
            "请在该条款的 `note:` 中写明为何不产生义务",
        ),
        # Of cases (PE6xx).
        "PE601": Code(
            "two different events have the id `{id}`",
            "两个不同的事件使用同一编号 `{id}`",
            "the first one is {first}; give one of them another id (the same event may be repeated word for word)",
            "前一个是 {first}；请更改其中一个编号 (完全相同的事件可以重复)",
        ),
        "PE602": Code(
            "`{fact}` holds {expected}, not {found}",
            "`{fact}` 的值应为：{expected}；实为：{found}",
            "write a value of that type, or null when it is not known",
            "请写该类型的值；不知道时写 null",
        ),
        "PE603": Code(
            "no instant to judge by: the case has no `as_of`",
            "没有判断时点：案件未写 `as_of`",
            "add `as_of:` to the case or give `--as-of`",
            "请在案件中写 `as_of:`，或使用 `--as-of`",
        ),
        "PE604": Code(
            "no policy to judge by: the case has no `policy`",
            "没有适用的规则：案件未写 `policy`",
            "add `policy:` to the case or give `--policy`",
            "请在案件中写 `policy:`，或使用 `--policy`",
        ),
        "PE605": Code(
            "`{file}` holds {count} cases where one is asked for",
            "`{file}` 含有 {count} 件案件，而此处只需一件",
            "give a file with one case; `policyengine evaluate` takes files with many",
            "请给出只含一件案件的文件；`policyengine evaluate` 可读取多件",
        ),
        "PE606": Code(
            "`{id}` {does} `{name}`, which is not in the log",
            "`{id}` {does} `{name}`，而事件记录中没有它",
            "give the id of an event in the same log",
            "请写同一记录中某个事件的编号",
        ),
        "PE607": Code(
            "`{id}` {does} itself",
            "`{id}` {does}的是它自身",
            "give it an id of its own, and name the earlier event",
            "请给它另外的编号，并写明先前的事件",
        ),
        "PE608": Code(
            "events correct or retract one another in a circle: {cycle}",
            "事件之间循环更正或撤回：{cycle}",
            "every correction or retraction must lead back to something that happened",
            "每一更正或撤回最终必须指向已发生的事件",
        ),
        "PE609": Code(
            "`{id}` both corrects and retracts",
            "`{id}` 既更正又撤回",
            "keep one of the two; two entries can do both",
            "请只保留其一；如两者都需要，请写成两个事件",
        ),
        "PE610": Code(
            "`{id}` retracts `{name}`, so it has no `{key}` of its own",
            "`{id}` 是对 `{name}` 的撤回，不能有 `{key}`",
            "leave `{key}` out; to say how the event should have been written, use `corrects`",
            "请删除 `{key}`；如要改写该事件，请用 `corrects`",
        ),
        "PE611": Code(
            "`{id}` corrects `{name}`, which is a retraction",
            "`{id}` 更正的 `{name}` 是一项撤回",
            "retract the retraction, and correct the event itself where need be",
            "请撤回该撤回；必要时更正事件本身",
        ),
        "PE616": Code(
            "a recurring duty would have more than {limit} periods since {start}",
            "一项周期性义务自 {start} 起的周期将超过 {limit} 个",
            "give the provision a later start (`in_force`, `upon`), a longer period, or ask about an earlier instant",
            "请为该规定写更晚的起点（`in_force`、`upon`）或更长的周期，或询问更早的时点",
        ),
    }
)
