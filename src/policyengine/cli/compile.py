"""`policyengine compile`: how each provision of a policy is judged; with `--show`, the generated function itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from policyengine.cli import case_options
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Choice, Command, Flag, spoken
from policyengine.cli.inputs import Policies
from policyengine.cli.streams import emit
from policyengine.engine.compiled.compiled import Way, compiled
from policyengine.engine.compiled.reach import Reach
from policyengine.errors import LoadError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.wording import Lang

BY: Mapping[str, Wording] = MappingProxyType(
    {
        "generated": Wording("生成的函数", "the generated function"),
        "interpreted": Wording("解释执行", "the interpreter"),
        "reference": Wording("参照实现：{why}", "the reference: {why}"),
    }
)
WHY: Mapping[Reach, Wording] = MappingProxyType(
    {
        Reach.OWN: Wording("", ""),
        Reach.BOUND: Wording(
            "只计责任主体本人的行为，而责任主体由表格确定",
            "only its bearer's own acts count, and a table names the bearer",
        ),
        Reach.WAITS: Wording(
            "以交由参照实现的规定的结果为前提", "it waits for a provision that is left to the reference"
        ),
    }
)


def run(*, policy: str, reading: Sequence[str], scope: Literal["case", "agency"], show: bool) -> int:
    """Tell how each provision is judged, or print the generated function."""
    lang = spoken()
    found, faults = Policies().read(policy)
    if found is None:
        raise LoadError(faults)
    made = compiled(found, chosen(pairs(reading, lang), [found], lang)[found], scope)
    emit(made.text if show else "".join(f"{name}: {_told(way, lang)}\n" for name, way in made.ways.items()))
    return ANSWERED


def _told(way: Way, lang: Lang) -> str:
    return BY[way.by].within(lang).format(why=WHY[way.why].within(lang))


COMMAND = Command(
    "compile",
    Wording(
        "说明规则的每条规定由谁判断：由规则生成的函数、解释执行，还是参照实现；答案都相同，快慢不同。",
        "Tells what judges each provision of a policy: the function generated from it, the interpreter, or the\n"
        "reference. The answers are the same; the time that they take is not.",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
        ),
        case_options.reading_option(),
        Choice(
            "--scope",
            Wording("针对案件 (默认)，还是机关自身的日志", "for cases (the default), or for the agency's own logs"),
            ("case", "agency"),
        ),
        Flag("--show", Wording("输出生成的函数", "print the generated function")),
    ],
    run,
)
