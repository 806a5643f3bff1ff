"""The command with all its commands. Their modules are imported on use, so that help is quick."""

from __future__ import annotations

from policyengine.cli import words
from policyengine.cli.frame import Group, version_flag
from policyengine.wording import Wording

APP = Group(
    "policyengine",
    Wording(
        "把规范性文件变成义务清单：谁应当在何时之前做什么，依据哪一条，哪些已经违反。",
        "Turns a regulation into duties: who must do what, by when, on which clause, and what has already gone wrong.",
    ),
    {
        "evaluate": ("policyengine.cli.evaluate", Wording("判断案件", "judge cases")),
        "worklist": ("policyengine.cli.worklist", Wording("列出待办", "list what is to be done")),
        "compare": ("policyengine.cli.compare", Wording("对照规则", "lay policies side by side")),
        "strictness": (
            "policyengine.cli.strictness",
            Wording("判断是否至少同样严格", "tell whether one policy is as strict as another"),
        ),
        "prove": ("policyengine.cli.prove", Wording("找出规则自身的问题", "find what a policy cannot have meant")),
        "diff": (
            "policyengine.cli.diff",
            Wording("对照规则的前后文本", "tell which answers a new version changes"),
        ),
        "timeline": ("policyengine.cli.timeline", Wording("按时间顺序列出案件", "tell a case in order of time")),
        "explain": ("policyengine.cli.explain", Wording("说明义务何以如此", "tell why a duty is as it is")),
        "check": (
            "policyengine.cli.check",
            Wording("检查规则、词汇、日历和案件文件", "check files of policies and cases"),
        ),
        "test": ("policyengine.cli.test", Wording("按示例检验规则", "hold policies to their examples")),
        "audit": ("policyengine.cli.audit", Wording("审查案件日志", "hold case logs to policies")),
        "fuzz": ("policyengine.cli.fuzz", Wording("用生成的案件检验规则", "try the laws on generated cases")),
        "batch": ("policyengine.cli.batch", Wording("判断整张表的案件", "judge whole tables of cases")),
        "compile": ("policyengine.cli.compile", Wording("说明规则由谁判断", "tell what judges each provision")),
        "policies": ("policyengine.cli.policies", Wording("列出自带的规则", "list the packaged policies")),
        "schema": ("policyengine.cli.schema", Wording("输出 JSON Schema", "print a JSON Schema")),
        "completion": (
            "policyengine.cli.completion",
            Wording("输出外壳的补全脚本", "print a completion script for a shell"),
        ),
        "sources": (
            "policyengine.cli.sources",
            Wording("核对规则与其所据文本", "hold a policy against the text that it rests on"),
        ),
    },
    more=words.EXIT_CODES,
    more_params=[version_flag()],
)
