"""Fixed words of worklists."""

from __future__ import annotations

from policyengine.wording import Wording

WORKLIST = Wording("待办清单", "Worklist")
OF_CASES = Wording("{n} 件案件合并", "{n} cases together")
ACROSS = Wording("依据：{policies}", "Under: {policies}")
FOR_ROLE = Wording("只列以下角色承担或可能承担的：{role}", "Only what this role owes, or may owe: {role}")

TO_DO_COUNT = Wording("待办 {n} 项", "{n} to be done")
LATE_COUNT = Wording("其中期限已过 {n} 项", "{n} of them past a limit")
OPEN_COUNT = Wording("待定 {n} 项", "{n} undetermined")
FORBIDDEN_COUNT = Wording("禁止 {n} 项", "{n} forbidden")
CONFLICT_COUNT = Wording("冲突 {n} 处", "{n} in conflict")
NEXT_DUE = Wording("最近到期：{what}，期限 {due}，{left}", "Next due {left}, {due}: {what}")
NO_NEXT = Wording("目前没有尚未届满的确定期限", "No settled limit is still running.")
NOTHING_TO_DO = Wording("目前没有已确定应当办理的事项", "Nothing is to be done for certain now.")
TO_FIND_OUT = Wording("待查明的事实：{facts}", "Facts to be found out: {facts}")

LATE = Wording("期限已过，最久的在前", "Past a limit, the longest first")
DUE = Wording("期限未到，最近的在前", "Still in time, the nearest limit first")
WITHOUT_NUMBER = Wording("文本未规定具体时限，历时最长的在前", "The text gives no number, the longest waited for first")
NOBODY_SETTLED = Wording("承担者未指明或待定", "Nobody named, or not settled who")
MAY_BE_OWED = Wording("待定：可能须办理，取决于缺少的事实", "May be owed, depending on missing facts")
FORBIDDEN = Wording("当前禁止的行为", "Forbidden now")
MAY_BE_FORBIDDEN = Wording("待定：可能禁止，取决于缺少的事实", "May be forbidden, depending on missing facts")
CONFLICTS = Wording("冲突：应当作出，但目前不得作出", "Conflicts: owed and forbidden at once")
IS_OWED = Wording("应当：", "owed:")
IS_FORBIDDEN = Wording("不得：", "forbidden:")

IN_CASE = Wording("[{case}] {what}", "[{case}] {what}")
DOES = Wording("{bearer}：{act}", "{bearer}: {act}")
DOES_TO = Wording("{bearer}：{act}（对象：{to}）", "{bearer}: {act}, to {to}")
ACT = Wording("{act}", "{act}")
ACT_TO = Wording("{act}（对象：{to}）", "{act}, to {to}")
TIGHTEST = Wording("{strength}，期限 {due}，{left}", "{strength}, due {due}, {left}")
LEFT = Wording("还有 {time}", "in {time}")
NOW = Wording("即此刻", "this very instant")
PASSED = Wording("已逾期 {time}", "{time} late")
PROVISIONAL = Wording("暂定", "provisional")
UNSETTLED = Wording("待定", "undetermined")
UNDER = Wording("{claim}，依据 {policy}", "{claim}, under {policy}")
AS_READ = Wording("按解释：{readings}", "as read: {readings}")
OTHER_READINGS = Wording(
    "{policy} 不按默认的解释：{readings}", "Readings of {policy} other than by default: {readings}"
)
