"""What `policyengine check` is asked besides its files: form, levels, and which house rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.lint.running import LINTED, own_level
from policyengine.cli.config import config_option
from policyengine.cli.frame import Choice, Flag, Option, spoken
from policyengine.cli.help import Misuse, suggested
from policyengine.cli.out import out_option
from policyengine.codes import CODES
from policyengine.diagnostics import Level, nearest
from policyengine.loading.config import RULES
from policyengine.wording import Wording

if TYPE_CHECKING:
    import click

FORMATS = ("text", "json", "sarif", "junit", "github")
NO_FILE = Wording("{names} 中没有可检查的文件", "there is no file to check in {names}")
_NO_RULE = Wording("没有名为 `{name}` 的编写规范", "there is no house rule `{name}`")
_RULE = Wording("规范", "RULE")


@dataclass(frozen=True, slots=True)
class House:
    """Which house rules are run.

    Args:
        codes: their codes.
        selected: whether they were asked for one by one, so that they are run even where they are off.
    """

    codes: tuple[str, ...]
    selected: bool = False

    def levels(self, configured: Mapping[str, Level | None]) -> dict[str, Level | None]:
        """Return the level of each rule, as *configured*."""
        levels = {code: configured.get(code, own_level(code)) for code in self.codes}
        if not self.selected:
            return levels
        return {code: level or Level(CODES[code].level) for code, level in levels.items()}


def check_options() -> Iterator[click.Parameter]:
    """Yield the options."""
    yield Choice(
        "--format",
        Wording("输出的形式；默认 text", "form of the output; by default text"),
        FORMATS,
        parameter="output",
    )
    yield Choice(
        "--fail-on",
        Wording("从何种级别起退出码为 1；默认 error", "the level from which the exit code is 1; by default error"),
        (Level.ERROR.value, Level.WARNING.value),
    )
    yield config_option()
    yield Flag("--no-lint", Wording("不按编写规范检查", "do not check by the house rules"))
    says = Wording(
        "只按该项规范检查，即使它已关闭；可写名称或代码，可多次使用",
        "check by this rule alone, even where it is off;\na name or a code, once for each rule",
    )
    yield Option("--select", says, _RULE, many=True)
    says = Wording("不按该项规范检查；可多次使用", "do not check by this rule; once for each rule")
    yield Option("--ignore", says, _RULE, many=True)
    says = Wording(
        "略过不属于上述各类的 YAML 文件，以及配置所排除的文件",
        "leave out YAML files of no such kind, and files that the configuration excludes",
    )
    yield Flag("--skip-others", says)
    yield Flag("--quiet", Wording("没有问题时不输出", "say nothing where there is nothing wrong"))
    yield out_option()


def house_rules(select: Sequence[str], ignore: Sequence[str], *, without: bool) -> House:
    """Return the rules to run.

    Raises:
        Misuse: a name is none of a house rule.
    """
    asked, ignored = _codes(select), _codes(ignore)
    chosen = (code for code in LINTED if (not asked or code in asked) and code not in ignored)
    return House(() if without else tuple(chosen), selected=bool(asked))


def _codes(names: Iterable[str]) -> frozenset[str]:
    known = {name: code for name, code in RULES.items() if code in LINTED} | {code: code for code in LINTED}
    for name in names:
        if name not in known:
            lang = spoken()
            raise Misuse(suggested(_NO_RULE.within(lang).format(name=name), nearest(name, known), lang))
    return frozenset(known[name] for name in names)
