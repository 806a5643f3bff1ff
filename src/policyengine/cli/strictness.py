"""`policyengine strictness`: whether one policy is at least as strict as another: proved, or refuted by cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.every_reading import MOST_COMBINATIONS, under_every_reading
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side
from policyengine.analysis.strictness import Finding
from policyengine.cli import words
from policyengine.cli.compare_asked import TOO_MUCH
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Choice, Command, Option, page_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.pages import written
from policyengine.cli.streams import emit
from policyengine.cli.strictness_asked import Asked, asked
from policyengine.errors import ReadingError
from policyengine.report.strictness.as_json import strictness_json, strictness_range_json
from policyengine.report.strictness.both_ways import BothWays, both_ways
from policyengine.report.strictness.case_files import Shown, shown_both_ways, shown_under_readings
from policyengine.report.strictness.page import strictness_page
from policyengine.report.strictness.readings_page import readings_page
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import StrictnessRange
    from policyengine.analysis.strictness import Counterexample
    from policyengine.report.strictness.demands import Replays
    from policyengine.wording import Lang

_CHOSEN, _ALL = "chosen", "all"
_NEVER, _REFUTED, _OPEN = "never", "refuted", "open"
_JSON = "json"
TOO_MANY_READINGS = Wording(
    "解释的组合超过 {n} 种，无法逐一考察；可用 --topic 缩小范围",
    "the options of readings combine in more than {n} ways; --topic asks about less",
)


def run(  # noqa: PLR0913 - one for each option
    *,
    one: str,
    other: str,
    topic: Sequence[str],
    given: Sequence[str],
    reading: Sequence[str],
    readings: str,
    output: str,
    witness: str | None,
    fail_on: str,
) -> int:
    """Hold the one policy against the other, write the cases if that is asked for, and then what was found."""
    lang = spoken()
    if reading and readings == _ALL:
        raise Misuse(words.FIXED_AND_ALL.within(lang))
    question = asked((one, other), lang, topics=topic, given=given, readings=reading)
    found = _found(question, lang, every_reading=readings == _ALL)
    shown = _shown(found)
    replays = None if witness is None else _replays(shown, Path(witness), (one, other))
    text = _data(found) if output == _JSON else _page(found, question, output, lang, replays=replays)
    if witness is not None:
        folder = Path(witness)
        names = (named_from(folder, one, question.policies[0]), named_from(folder, other, question.policies[1]))
        write_new(folder, ((f"{each.name}.yaml", each.text(names)) for each in shown), lang)
    emit(text)
    failing = {_NEVER: set[Finding](), _REFUTED: {Finding.REFUTED}, _OPEN: {Finding.REFUTED, Finding.OPEN}}
    return FINDINGS if failing[fail_on] & _findings(found) else ANSWERED


def _found(question: Asked, lang: Lang, *, every_reading: bool) -> BothWays | StrictnessRange:
    policies = question.policies
    try:
        if every_reading:
            return under_every_reading(*policies, acts=question.acts, given=question.given)
        one, other = (Side.of(*pair) for pair in zip(policies, question.readings, strict=True))
        return both_ways(one, other, acts=question.acts, given=question.given)
    except (TooManyRegionsError, TooManyContentsError) as error:
        raise Misuse(TOO_MUCH.within(lang).format(reason=error)) from error
    except ReadingError as error:
        raise Misuse(TOO_MANY_READINGS.within(lang).format(n=MOST_COMBINATIONS)) from error


def _shown(found: BothWays | StrictnessRange) -> tuple[Shown, ...]:
    return shown_both_ways(found) if isinstance(found, BothWays) else shown_under_readings(found)


def _replays(shown: Sequence[Shown], folder: Path, names: tuple[str, str]) -> Replays:
    def commands(found: Counterexample) -> Sequence[str]:
        case = next(each for each in shown if each.found is found)
        return case.commands((folder / f"{case.name}.yaml").as_posix(), names)

    return commands


def _data(found: BothWays | StrictnessRange) -> str:
    return strictness_json(found) if isinstance(found, BothWays) else strictness_range_json(found)


def _page(
    found: BothWays | StrictnessRange, question: Asked, output: str, lang: Lang, *, replays: Replays | None
) -> str:
    if isinstance(found, BothWays):
        return written(strictness_page(found, lang, topics=question.topics, replays=replays), output)
    return written(readings_page(found, lang, topics=question.topics, replays=replays), output)


def _findings(found: BothWays | StrictnessRange) -> set[Finding]:
    if isinstance(found, BothWays):
        return {each.finding for each in found.there.demands}
    leaves = (leaf for each in found.demands for leaf in each.leaves)
    return {leaf.demand.finding for leaf in leaves if leaf.demand is not None}


_POLICY = Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path")

COMMAND = Command(
    "strictness",
    Wording(
        """一部规则是否至少与另一部同样严格：逐项看另一部的要求，达到的已证明，没有达到的附案例，并看反过来如何。
严格是指：在任何案件、任何时点，所认定的应尽义务和违反都不比另一部少。
退出码：0 已得出结果；1 见 --fail-on。""",
        """Tells whether one policy is at least as strict as another: each demand of the other is proved to be met, or a
case shows that it is not; and the same the other way round. Strict means: in no case and at no instant is less
found owed or violated. Exit codes: 0 answered; 1 as --fail-on says.""",
    ),
    [
        Argument("one", _POLICY, Wording("本规则", "ONE")),
        Argument("other", _POLICY, Wording("对照规则", "OTHER")),
        Option(
            "--topic",
            Wording(
                "只看该事项或行为 (编号或标题)；可多次使用", "only this topic or act, by id or title; may be repeated"
            ),
            Wording("事项", "TOPIC"),
            many=True,
        ),
        Option(
            "--given",
            Wording(
                "视为已定的事实，可多次使用；默认取各规则的推定 (等级除外)，\nnone 为不取",
                "a fact taken as settled, may be repeated; by default what the\n"
                "policies presume, apart from grades, which none drops",
            ),
            Wording("事实=值|none", "FACT=VALUE|none"),
            many=True,
        ),
        Option(
            "--reading",
            Wording(
                "为某个解释问题另选选项，可限于一部规则；可多次使用，均可写前缀",
                "another option of a reading, of one policy or of both;\nmay be repeated, prefixes will do",
            ),
            Wording("[规则:]名称=选项", "[POLICY:]NAME=OPTION"),
            many=True,
        ),
        Choice(
            "--readings",
            Wording(
                "all：考察一切解释，列出各项要求在哪些解释下达到；可能需要一分钟",
                "all: under every way of reading both: under which of them each\ndemand is met; may take a minute",
            ),
            (_CHOSEN, _ALL),
        ),
        page_format(),
        Option(
            "--witness",
            Wording(
                "把各案例写成案件文件存入该目录，可用 evaluate 判断；不覆盖已有文件",
                "write the cases to files in this directory, for evaluate to read;\nfiles that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
        Choice(
            "--fail-on",
            Wording(
                "何时退出码为 1：从不 (默认)、有要求没有达到，或者还包括未能判定",
                "when the exit code is 1: never (the default), if a demand is not met,\nor also if one is not settled",
            ),
            (_NEVER, _REFUTED, _OPEN),
        ),
    ],
    run,
)
