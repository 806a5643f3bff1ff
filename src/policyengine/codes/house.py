"""Codes of house rules: what loads and means something, but is probably not meant, or not well said.

Each has a name, by which `policyengine.toml` sets its level. PE790 and on are about that file itself.
"""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code
from policyengine.codes.house_texts import HOUSE_TEXTS

HOUSE: MappingProxyType[str, Code] = MappingProxyType(
    {
        # Of time.
        "PE701": Code(
            "the limit of `{provision}` runs from any of {events}, whichever comes first, and nothing says why",
            "`{provision}` 的期限从 {events} 中先发生者起算，规则没有说明理由",
            "name what it runs from with `of:`; where the text leaves it open, make it a reading",
            "请用 `of:` 写明起算点；文本没有写明的，请设为解释问题",
            level="warning",
            name="limit-without-start",
        ),
        "PE702": Code(
            "the limit of `{provision}` runs from its trigger, because it does not say from what",
            "`{provision}` 的期限没有写明起算点，因而从触发事件起算",
            "say it with `of:`, even where it is the trigger; where the text leaves it open, make it a reading",
            "请用 `of:` 写明起算点，即使就是触发事件；文本没有写明的，请设为解释问题",
            level="warning",
            name="start-not-stated",
            off=True,
        ),
        "PE703": Code(
            "`{name}` says `{word}`, but {lacking}, not even `promptly: true`",
            "`{name}` 写有“{word}”，但{lacking}，也没有 `promptly: true`",
            "write `deadline: {{promptly: true}}`: it sets no number, and shows how long the act took",
            "请写 `deadline: {{promptly: true}}`：它不设具体期限，但会显示用了多久",
            level="warning",
            name="urgency-without-limit",
        ),
        "PE704": Code(
            "the title of `{provision}` says `{length}`, and its limit does not",
            "`{provision}` 的标题写有“{length}”，其期限却不是",
            "correct the title, or the limit: whoever reads the title takes it for the limit",
            "请改正标题或期限：读者会把标题中的时间当作期限",
            level="warning",
            name="title-against-limit",
        ),
        "PE705": Code(
            "the clause `{clause}` says `{length}`, and no provision that rests on it has that limit",
            "条款 `{clause}` 写有“{length}”，而以其为据的规定都没有这一期限",
            "give the provision that limit, or record under `gaps:` why the number binds nobody",
            "请为相应的规定写上该期限，或在 `gaps:` 中说明该数字为何不约束任何人",
            level="warning",
            name="clause-length-unmet",
        ),
        "PE706": Code(
            "the Chinese says `{zh}` and the English `{en}`",
            "中文写作“{zh}”，英文写作“{en}”",
            "correct whichever is wrong: both are shown to people as what the text says",
            "请改正有误的一方：两种文字都会作为文本的内容展示",
            level="warning",
            name="lengths-differ",
        ),
        "PE707": Code(
            "`{provision}` counts working days by the calendar `{calendar}`, in which every day is worked",
            "`{provision}` 以工作日计算，而日历 `{calendar}` 中每天都是工作日",
            "name a calendar that knows days off under `calendar:`, or count the limit in `days`",
            "请在 `calendar:` 中使用列有休息日的日历，或改用 `days` 计算",
            level="warning",
            name="working-days-without-days-off",
        ),
        "PE708": Code(
            "the version does not say from which day it is in force",
            "该版本没有写明从哪一天起生效",
            "give `in_force: {{from: …}}`; where the text has no date, say so in the version's `note:`",
            "请写 `in_force: {{from: …}}`；文本没有日期的，请在该版本的 `note:` 中说明",
            level="warning",
            name="version-without-day",
        ),
        "PE709": Code(
            "no version is in force from {start} up to {end}",
            "自 {start} 至 {end}（不含）没有任何版本生效",
            "let one version begin on the day on which the one before it ends, or remove the day from `to:`",
            "请使后一版本自前一版本终止之日起生效，或删去 `to:`",
            level="warning",
            name="days-between-versions",
        ),
        **HOUSE_TEXTS,
        # Of readings.
        "PE718": Code(
            "the options `{option}` and `{other}` of the reading `{reading}` come to the same policy",
            "解释问题 `{reading}` 的选项 `{option}` 与 `{other}` 所得的规则完全相同",
            "let the options differ where the doubt matters, or remove one of them",
            "请在该问题影响之处写出两者的区别，或删除其中之一",
            level="warning",
            name="options-alike",
        ),
        "PE719": Code(
            "the reading `{reading}` has one option only, so it leaves nothing to choose",
            "解释问题 `{reading}` 只有一个选项，无可选择",
            "add the other ways to read the text, or write what is settled into the provisions",
            "请补充其他理解，或把已确定的内容直接写入规定",
            level="warning",
            name="one-option",
        ),
        "PE720": Code(
            "the `why` of the reading `{reading}` only repeats its {part}",
            "解释问题 `{reading}` 的 `why` 只是重复了其{part}",
            "say what speaks for the default: the place in the text, a superior document, the purpose",
            "请说明默认选项的依据：文本的位置、上级文件、目的等",
            level="warning",
            name="reason-repeats",
        ),
        # Of roles, acts and facts.
        "PE721": Code(
            "nothing uses the role `{role}` that the policy declares",
            "没有任何地方使用本规则声明的角色 `{role}`",
            "let the provisions of its clause name it as `bearer:` or `to:`, or remove it",
            "请在相应规定的 `bearer:` 或 `to:` 中使用，或删除该角色",
            level="warning",
            name="role-unused",
        ),
        "PE722": Code(
            "`{provision}` arises upon `{event}`, which is already the act that it asks for",
            "`{provision}` 由 `{event}` 触发，而这正是它所要求的行为",
            "name under `upon:` what makes the act necessary",
            "请在 `upon:` 中写明使该行为成为必要的事件",
            level="warning",
            name="waits-for-its-own-act",
        ),
        "PE723": Code(
            "by `{provision}`, `{role}` would turn to itself",
            "按 `{provision}`，`{role}` 是以自己为对象",
            "name another role under `to:`, or remove it",
            "请在 `to:` 中写另一角色，或删除该项",
            level="warning",
            name="told-by-itself",
        ),
        "PE724": Code(
            "`{fact}` is presumed, and no condition asks about it",
            "规则推定了 `{fact}`，但没有任何条件用到它",
            "remove it from `presume:`, or write the condition that was meant to ask",
            "请从 `presume:` 中删去，或补上应当使用它的条件",
            level="warning",
            name="presumption-unasked",
        ),
        "PE725": Code(
            "nothing in the policy tells the grade `{grade}` from `{other}`",
            "规则中没有任何内容区分等级 `{grade}` 与 `{other}`",
            "make one grade of them, or check the conditions: one may compare with the wrong value",
            "请合并为一级，或检查各条件：其中之一可能比较了错误的取值",
            level="warning",
            name="grades-alike",
        ),
        "PE726": Code(
            "a table decides `{name}`, and nothing in the policy uses it",
            "判断表决定了 `{name}`，但规则中没有任何地方使用它",
            "use it in a provision, or remove the table",
            "请在规定中使用，或删除该判断表",
            level="warning",
            name="table-without-effect",
        ),
        # Of norms and the text.
        "PE727": Code(
            "`{provision}` is a `{strength}`, and its wording is `{wording}`",
            "`{provision}` 写作 `{strength}`，而其用语是“{wording}”",
            "words such as {words} make it {meant}; correct the strength, or quote the word that carries it",
            "“{words}”一类用语对应{meant}；请改正强度，或引用体现该强度的用语",
            level="warning",
            name="strength-against-wording",
        ),
        "PE728": Code(
            "`{provision}` does not quote the word of the text that makes it a `{strength}`",
            "`{provision}` 没有引用文本中使其成为 `{strength}` 的用语",
            "quote it with `wording:`, so that others can check the strength against the text",
            "请用 `wording:` 引用该词，以便他人对照文本核对强度",
            level="warning",
            name="strength-without-wording",
            off=True,
        ),
        "PE729": Code(
            "the clauses go from `{before}` to `{after}`, and leave out {number} between",
            "条款从 `{before}` 直接到 `{after}`，中间缺少 {number} 条",
            "add them: a sentence on which nothing rests has a `disposition:`",
            "请补上；没有规定以其为据的句子应写 `disposition:`",
            level="warning",
            name="clause-skipped",
        ),
        "PE730": Code(
            "the clause `{clause}` is said to be `{disposition}`, and yet `{provision}` rests on it",
            "条款 `{clause}` 被写为 `{disposition}`，却有 `{provision}` 以其为据",
            "remove the disposition, or let the provision cite the clause that it really rests on",
            "请删去 `disposition`，或让该规定引用其真正依据的条款",
            level="warning",
            name="disposition-with-provisions",
        ),
        "PE731": Code(
            "the sanction `{provision}` waits for nothing and asks nothing, so it strikes every case",
            "惩戒 `{provision}` 既无触发事件也无条件，因而适用于每一个案件",
            "say with `upon:` or `when:` what it is for",
            "请用 `upon:` 或 `when:` 写明惩戒的事由",
            level="warning",
            name="sanction-without-cause",
        ),
        "PE732": Code(
            "`{provision}` says the same as `{other}`",
            "`{provision}` 与 `{other}` 内容完全相同",
            "remove one, and let the other cite both clauses; or correct what was copied",
            "请删除其一，由另一条同时引用两处条款；或改正照抄之处",
            level="warning",
            name="provision-repeated",
        ),
        "PE733": Code(
            "the clause `{clause}` has the digest of `{other}`, as if the text said the same twice",
            "条款 `{clause}` 与 `{other}` 的摘要值相同，如同文本把一句话写了两遍",
            "take the digests from `policyengine sources clauses`; a repeated sentence has `disposition: duplicate`",
            "请用 `policyengine sources clauses` 取得摘要值；重复的句子请写 `disposition: duplicate`",
            level="warning",
            name="digest-repeated",
        ),
        "PE734": Code(
            "what is missing in the gap `{gap}` only repeats its title",
            "空白 `{gap}` 的 `missing` 只是重复了标题",
            "say what the text would have to state for the matter to be settled",
            "请说明文本本应写明什么，问题才能确定",
            level="warning",
            name="gap-repeats-title",
        ),
        # Of the configuration.
        "PE790": Code(
            "the configuration is not TOML: {problem}",
            "配置文件不是有效的 TOML：{problem}",
            "correct that line; a text stands in quotes, as in `{example}`",
            "请改正该行；文字须加引号，例如 `{example}`",
        ),
        "PE791": Code(
            "`{name}` is no setting",
            "没有名为 `{name}` 的设置项",
            "the settings here are: {known}",
            "此处的设置项有：{known}",
        ),
        "PE792": Code(
            "there is no house rule `{name}`",
            "没有名为 `{name}` 的编写规范",
            "the rules are listed with the codes PE7xx",
            "各项编写规范见代码 PE7xx",
        ),
        "PE793": Code(
            "`{name}` cannot be {found}",
            "`{name}` 不能是 {found}",
            "write {expected}",
            "请写{expected}",
        ),
        "PE794": Code(
            "there is no finding of `{rules}` that this entry would accept",
            "没有 `{rules}` 的问题可供此项接受",
            "remove it: what it was for has been put right, or is called otherwise",
            "请删除：其所指的问题已经改正，或名称有误",
            level="warning",
            name="accepted-nothing",
        ),
    }
)
