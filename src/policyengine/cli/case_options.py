"""What every command about cases is given: the file, the policies, the instants, readings, roles, the matcher."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.cli import words
from policyengine.cli.frame import Argument, Choice, Option
from policyengine.cli.help import Misuse, suggested
from policyengine.diagnostics import diagnostic, nearest
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

DURABLE = "durable"
"""The matcher, and the extra that it needs."""

_INSTANT = Wording("时点", "INSTANT")


def case_argument() -> Argument:
    """Return the file of cases."""
    says = Wording(
        "一件案件的 YAML 或 JSON 文件，或每行一件的 JSON Lines (.jsonl)；- 为标准输入",
        "a YAML or JSON file with one case, or JSON Lines (.jsonl) with one a line;\n- is standard input",
    )
    return Argument("case", says, Wording("案件", "CASE"))


def policy_option() -> Option:
    """Return the option that names the policies to judge by."""
    says = Wording(
        "自带规则的编号或其前缀，或文件路径；可多次使用；默认取案件所写",
        "id of a packaged policy, a prefix of it, or a path;\nmay be repeated; by default what the case names",
    )
    return Option("--policy", says, Wording("规则", "POLICY"), many=True)


def as_of_option() -> Option:
    """Return the option that names the instant asked about."""
    says = Wording(
        "判断时点，如 2025-10-08T23:30:00+08:00，或 now；默认取案件所写",
        "the instant asked about, such as 2025-10-08T23:30:00+08:00, or now;\nby default what the case names",
    )
    return Option("--as-of", says, _INSTANT)


def known_at_option() -> Option:
    """Return the option that leaves out what was recorded later."""
    says = Wording(
        "只看此时已记录的事件、更正和撤回；默认取案件所写，案件未写则看全部记录",
        "only what was recorded by then: events, corrections, retractions;\n"
        "by default what the case names, else everything",
    )
    return Option("--known-at", says, _INSTANT)


def reading_option() -> Option:
    """Return the option that chooses another option of a reading."""
    says = Wording(
        "为某个解释问题另选选项；可多次使用，名称和选项可写前缀",
        "another option of a reading; may be repeated, prefixes will do",
    )
    return Option("--reading", says, Wording("名称=选项", "NAME=OPTION"), many=True)


def same_option() -> Option:
    """Return the option that says which roles are one in these cases."""
    says = Wording(
        "合并待办时，前一角色在本案即后一角色；可多次使用",
        "the first role is the second in this case, where worklists are merged;\nmay be repeated",
    )
    return Option("--same", says, Wording("角色=角色", "ROLE=ROLE"), many=True)


def role_option() -> Option:
    """Return the option that asks about one role only; :func:`role_named` finds out which."""
    says = Wording(
        "只列该角色承担或可能承担的事项，以及对其适用的禁止；可写编号的前缀",
        "only what this role owes, or may owe, and what it is forbidden;\nits id, or a prefix of it",
    )
    return Option("--role", says, Wording("角色", "ROLE"))


def matcher_option() -> Choice:
    """Return the option that says what decides conditions."""
    says = Wording(
        "由谁判断条件：自带的 (默认)、durable-rules，或二者互相核对",
        "what decides conditions: our own (the default), durable-rules,\nor both, stopping on a difference",
    )
    return Choice("--matcher", says, ("reference", DURABLE, "verify"))


def evaluator_option() -> Choice:
    """Return the option that says what judges."""
    says = Wording(
        "由谁判断：编译后的函数 (默认)，或定义各答案的参照实现；答案相同",
        "what judges: the compiled function (the default), or the reference,\n"
        "which defines every answer; the answers are the same",
    )
    return Choice("--evaluator", says, ("compiled", "reference"))


def role_named(name: str, policies: Iterable[Policy], lang: Lang) -> str:
    """Return the role with the id *name*, or the only one whose id begins so.

    Raises:
        Misuse: none of the policies has such a role, or several begin so.
    """
    known = sorted({role for each in policies for role in (*each.header.roles, *each.vocabulary.roles)})
    found = [name] if name in known else [each for each in known if each.startswith(name)]
    if len(found) > 1:
        raise Misuse(words.SEVERAL.within(lang).format(prefix=name, names=", ".join(found)))
    if not found:
        raise Misuse(suggested(diagnostic("PE203", name=name).message(lang), nearest(name, known), lang))
    return found[0]
