"""The words of the tables of results."""

from __future__ import annotations

from types import MappingProxyType

from benchmarks.peers.kinds import Mode
from policyengine.wording import Wording

MODES = MappingProxyType(
    {
        Mode.MEASURE: Wording("基准", "measure"),
        Mode.OURS: Wording("本库", "ours"),
        Mode.FULL: Wording("全部", "full"),
        Mode.MATCH: Wording("匹配", "match"),
        Mode.FLOOR: Wording("下限", "floor"),
        Mode.LIMIT: Wording("极限", "limit"),
    }
)
NOTHING = Wording("无。", "Nothing.")
NOT_MEASURED = Wording("尚未测量。", "Not measured yet.")
CURVES = MappingProxyType(
    {
        "events, steady": Wording("事件，等级不变", "events, grade steady"),
        "events, regraded": Wording("事件，等级变化", "events, grade changing"),
        "provisions, evaluate": Wording("规定，求值", "provisions, evaluate"),
        "provisions, load": Wording("规定，加载", "provisions, load"),
        "cases, ours:kernel": Wording("案件，本库内核", "cases, our kernel"),
        "cases, ours:evaluate": Wording("案件，pe.batch.evaluate", "cases, pe.batch.evaluate"),
        "cases, numba": Wording("案件，手写 Numba", "cases, Numba by hand"),
        "cases, rust": Wording("案件，手写 Rust", "cases, Rust by hand"),
        "cases, numpy": Wording("案件，手写 NumPy", "cases, NumPy by hand"),
    }
)
FORMS = MappingProxyType(
    {
        "case, columns": Wording("案件，列", "a case in columns"),
        "case, dictionary": Wording("案件，字典，整数时间", "a case, a dictionary with integer instants"),
        "case, dictionary of text": Wording("案件，字典，文本时间", "a case, a dictionary with instants as text"),
        "case, pe.Case": Wording("案件，pe.Case", "a case, pe.Case"),
        "answer, rows of plain Python": Wording("答案，手写 Python 的元组", "an answer, tuples of plain Python"),
        "answer, pe.Assessment": Wording("答案，pe.Assessment，全部展开", "an answer, pe.Assessment, all spelled out"),
    }
)
PROGRAMS = MappingProxyType(
    {
        "bare Python": Wording("只启动 Python", "bare Python"),
        "import policyengine": Wording("`import policyengine`", "`import policyengine`"),
        "one pydantic model": Wording("只有一个 pydantic 模型的程序", "a program of one pydantic model"),
        "names of the library": Wording("用到本库的名称", "names of the library are looked up"),
        "a packaged policy": Wording("加载一部随附的规则", "a packaged policy is loaded"),
        "a first answer": Wording("得到第一个答案", "a first answer is there"),
    }
)
LOADED = Wording(
    "全部规则平均，每500行 {per_500:.1f} 毫秒（各测 {rounds} 次，取中位数）。",
    "All of them together: {per_500:.1f} ms for 500 lines (the medians of {rounds} runs).",
)
FOLLOWED = Wording(
    "{policy}，{cases:,} 个未结案件，{events:,} 个事件，每 {asked_every:,} 个事件查询一次变化、到期和下次变化。"
    "内存峰值 {peak_mib:,} MiB；末了抽取 {compared} 个案件与参考求值器核对，全部相同；"
    "状态存为 {state_mib:,.0f} MiB 的 JSON，保存 {saving:.1f} 秒，恢复 {restoring:.1f} 秒。",
    "{policy}, {cases:,} open cases, {events:,} events; every {asked_every:,} events it was asked what had changed, "
    "what is due and what changes next. Memory at the peak: {peak_mib:,} MiB. At the end the answers to {compared} "
    "cases drawn at random were those of the reference evaluator. The state is {state_mib:,.0f} MiB of JSON, saved in "
    "{saving:.1f} s and restored in {restoring:.1f} s.",
)
TEN_MILLION = Wording(
    "{cases:,} 个合成案件、{events:,} 个事件，在 {policies} 部规则下求值，共得 {duties:,} 行。"
    "用时 {seconds:,.0f} 秒（生成数据另计 {making:,.0f} 秒），{workers} 个进程，"
    "内存峰值 {peak_mib:,} MiB，其中逐案求值的（案件，规则）占 {declined:.2%}。",
    "{cases:,} synthetic cases with {events:,} events, judged under {policies} policies, came to {duties:,} rows. "
    "It took {seconds:,.0f} s (and {making:,.0f} s to make the data) in {workers} processes, with {peak_mib:,} MiB of "
    "memory at the peak; {declined:.2%} of the pairs of a case and a policy went to the evaluator of single cases.",
)
