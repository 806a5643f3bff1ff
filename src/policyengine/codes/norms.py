"""Codes of what a norm or a table says as a whole: recurrence, limbs, waivers, rows, options that take away."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

NORMS: MappingProxyType[str, Code] = MappingProxyType(
    {
        # Of references (PE2xx) and conditions (PE3xx).
        "PE226": Code(
            "the policy does not declare the role `{name}` that this table assigns",
            "本规则没有声明此表所指定的角色 `{name}`",
            "declare it under `roles:` of this policy, with the text's title for it; the vocabulary's is not enough",
            "请在本规则的 `roles:` 下声明并写明文本中的称谓；仅在词汇表中声明还不够",
        ),
        "PE306": Code(
            "`{fact}` holds several values at once, so no table can derive it",
            "`{fact}` 可同时取多个值，不能由判断表得出",
            "derive a fact that holds one value; declare one in the vocabulary for each value that is asked for",
            "请改为得出单值的事实；需要判断的每个取值，可在词汇表中各声明一个事实",
        ),
        # Of time (PE4xx).
        "PE413": Code(
            "a duty that recurs every {length} would be owed more than once a minute",
            "每 {length} 一次的义务，一分钟内就会产生多次",
            "write a minute or more, such as `since_last_act: {{minutes: 1}}`",
            "间隔不得短于一分钟，例如 `since_last_act: {{minutes: 1}}`",
        ),
        "PE414": Code(
            "nothing says from when on `{provision}` recurs",
            "`{provision}` 定期重复，但没有写明从何时开始",
            "name an event with `upon:`, or the first day with `in_force: {{from: …}}`, here or for every version",
            "请用 `upon:` 写明触发事件，或用 `in_force: {{from: …}}` 写明首日 (写在此处，或写在每个版本中)",
        ),
        "PE415": Code(
            "`{name}` is never in force: no version of the text has a day {period}",
            "`{name}` 永远不会生效：文本没有任何版本涵盖{period}的日期",
            "give days that lie within one of the `versions:`, or remove it",
            "请写 `versions:` 某一版本期间之内的日期，或删除该项",
        ),
        "PE416": Code(
            "`{name}` has no effect on a limit of `{limit}`",
            "`{name}` 对期限 `{limit}` 不起作用",
            "remove it: it belongs to lengths in {units}",
            "请删除；它只用于以{units}计算的期限",
        ),
        "PE417": Code(
            "the time since the last act is not counted in `{unit}`",
            "距上次履行的时间不能以 `{unit}` 计算",
            "count it in {allowed}; what recurs by the calendar is written `every: month` or the like",
            "请用 {allowed} 计算；按日历重复的请写 `every: month` 等",
        ),
        "PE418": Code(
            "the time of day `{time}` does not come after `{previous}`",
            "时刻 `{time}` 不晚于它之前的 `{previous}`",
            "list the times of one day from the earliest to the latest, each once",
            "请由早到晚列出一日之内的时刻，每个只写一次",
        ),
        # Of contradictions and gaps (PE5xx).
        "PE514": Code(
            "under the option `{option}` of the reading `{reading}`, `{provision}` has no {part}",
            "按解释问题 `{reading}` 的选项 `{option}`，`{provision}` 没有{part}",
            "give one there; where that option means no such provision, admit it by `under:` for the others only",
            "请在该选项中写明；如该选项下并无此项规定，请用 `under:` 写明它只在其他选项下存在",
        ),
        "PE515": Code(
            "the clause `{clause}` names the {kind} `{name}`, which does not cite it",
            "条款 `{clause}` 列出了{kind} `{name}`，而后者没有引用该条款",
            "add the clause to its `clause:`, or remove the name here",
            "请在其 `clause:` 中补上该条款，或删除此处的名称",
            level="warning",
        ),
        "PE516": Code(
            "`{name}` is a word of the format, so nothing else can have that name",
            "`{name}` 是文件格式的专用词，不能另作名称",
            "choose another name; a table says `else: {name}` where the text names nobody, or no value",
            "请另取名称；文本没有写明何人或何值时，判断表写 `else: {name}`",
        ),
        "PE517": Code(
            "`{name}` says nothing without `{other}`",
            "没有 `{other}`，`{name}` 就没有意义",
            "add `{other}:`, or remove `{name}:`",
            "请补上 `{other}:`，或删除 `{name}:`",
        ),
        "PE518": Code(
            "a duty is waived by an event, not by what other provisions come to (`{outcome}`)",
            "免除义务的是事件，而不是其他规定的结果 (`{outcome}`)",
            "name the event by which somebody waives it, such as `{{event: …, where: {{by: …}}}}`",
            "请写明由谁以何事件免除，例如 `{{event: …, where: {{by: …}}}}`",
        ),
        "PE519": Code(
            "`promptly` sets no limit, so it is neither the earliest nor the latest of several",
            "`promptly` 没有具体期限，不能与其他期限比较先后",
            "leave it out here; what is urgent besides can be a provision of its own",
            "请从此处删去；另须及时办理的，可单列一条规定",
        ),
        "PE520": Code(
            "only a limit within `earliest` or `latest` has a `when` of its own",
            "只有 `earliest` 或 `latest` 之内的期限才有自己的 `when`",
            "move the condition to the provision's own `when:`, or list the limits under `earliest:` or `latest:`",
            "请把条件移到该规定自己的 `when:`，或把各期限列在 `earliest:` 或 `latest:` 之下",
        ),
        "PE521": Code(
            "`{name}` belongs to single limits, not to `{other}`, which compares them",
            "`{name}` 属于单个期限，不能与比较各期限的 `{other}` 并列",
            "write it in each of the limits that it concerns",
            "请写入它所涉及的每个期限之中",
        ),
        "PE522": Code(
            "two tables decide `{name}`",
            "有两个判断表决定 `{name}`",
            "the first one is at {first}; put all rows into one, or admit each by `under:` for options of its own",
            "第一个在 {first}；请把各行并入同一个表，或用 `under:` 使两者分属不同选项",
        ),
        "PE523": Code(
            "`{fact}` is derived by this table, and stands under `{section}` as well",
            "`{fact}` 由此表得出，却又写在 `{section}` 之下",
            "take it out of `{section}:`, or remove the table; `else:` says what holds where no row does",
            "请从 `{section}:` 中删去，或删除此表；没有任何一行成立时的取值写在 `else:` 中",
        ),
        "PE524": Code(
            "the table does not say what holds where none of its rows does",
            "判断表没有写明各行均不成立时如何",
            "add `else:` with a role or a value; `else: unstated` says that the text names nobody, or no value",
            "请补上 `else:` 及其角色或取值；文本没有写明的，请写 `else: unstated`",
        ),
        "PE525": Code(
            "the derived facts rest on one another in a circle: {cycle}",
            "由判断表得出的事实循环依据：{cycle}",
            "let one of them ask only facts that a case states, or that are derived without it",
            "请使其中之一只依据案件载明的事实，或依据不由它得出的事实",
        ),
        "PE526": Code(
            "`{name}` is itself assigned by a table, so no table can come to it",
            "`{name}` 本身由判断表指定，不能作为判断表的结果",
            "name the role that is meant in the end, or take over the rows of the other table",
            "请直接写最终所指的角色，或并入另一个表的各行",
        ),
        "PE527": Code(
            "`{name}` may stand only under `else`",
            "`{name}` 只能写在 `else` 中",
            "leave the row out, and let no other row be true there: `else: {name}` holds wherever none is",
            "请删除该行，并使其他各行在此情形下均不成立；各行均不成立时即为 `else: {name}`",
        ),
    }
)
