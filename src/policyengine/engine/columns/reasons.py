"""Why columns cannot answer a provision, in both languages."""

from policyengine.wording import Wording

SEVERAL = Wording("一次触发成立一项义务（each），或者按期重复（every）", "it has a duty for each occurrence or period")
DEFEATED = Wording("其他条款可以排除它（defeats）", "other provisions defeat it")
PERSONAL = Wording("只计表格所指之人的行为", "only the acts of whom a table names count for it")
DERIVED = Wording("条件涉及由表格推出的事实", "a condition asks a fact that a table derives")
MANY_CODES = Wording(
    "条件涉及的事实取值过多，或者整列比较", "a condition asks a fact of too many values, or a list as a whole"
)
INEXACT = Wording("条件中的数无法精确比较", "a condition compares with a number that is not exact")
LIFETIMES = Wording("先后数次生效", "it is in force several times over")
BEFORE_IN_COMPOSITE = Wording(
    "合成期限中有多个“某事之前”，或者不在最早者之列",
    "a composite limit precedes several events, or not as one of its earliest",
)
MANY_ATTRIBUTES = Wording("政策问及的事实或者事件属性值过多", "the policy asks too many facts or values of attributes")
AWAITS = Wording("所等待的条款不能按列计算", "it waits for a provision that columns cannot answer")
FROZEN = Wording("重新定级后条件仍按触发时判断（frozen）", "a change of grade leaves its conditions as at the trigger")
NEVER_BREACHED = Wording("等待一项并非禁止的条款被违反（breached）", "it waits for a breach of what forbids nothing")
