"""`policyengine test`: example files held against their policies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from policyengine.checks.examples.bench import Bench, bench
from policyengine.checks.examples.example import Example
from policyengine.checks.examples.reading import named_policy, read_example_file
from policyengine.checks.examples.running import run as run_examples
from policyengine.checks.examples.running import selected
from policyengine.cli import terminal
from policyengine.cli.example_files import example_files
from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD, FINDINGS
from policyengine.cli.frame import Argument, Choice, Command, Flag, Option, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.cli.out import deliver, out_option
from policyengine.cli.streams import tell
from policyengine.cli.test_mutation import MutationAsked, mutation_options, run_mutation
from policyengine.cli.test_update import updated
from policyengine.diagnostics import Level, has_errors
from policyengine.errors import PolicyError
from policyengine.report.annotations.github import github
from policyengine.report.annotations.junit import junit
from policyengine.report.annotations.sarif import sarif
from policyengine.report.diagnostics import diagnostics_text
from policyengine.report.examples.annotations import annotated, checked, rules
from policyengine.report.examples.as_json import finished_json
from policyengine.report.examples.page import Finished, finished_page
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.report.json_values import Json

_DISTRIBUTION = "regulatory-duties"
_TEXT, _JSON, _MARKDOWN = "text", "json", "markdown"
_FOR_PEOPLE = frozenset({_TEXT, _MARKDOWN})
_NOTHING_LIKE = Wording("没有名称含 `{part}` 的预期", "no expectation has `{part}` in its name")
_NOTHING = Wording("没有可检验的示例", "there is no example to check")
_NO_NUMBER = Wording("`{option}` 须为 0 至 100 的数：`{value}`", "`{option}` is a number from 0 to 100, not `{value}`")
_TEXT_ALONE = Wording("`{option}` 只能与 --format {formats} 同用", "`{option}` goes with --format {formats} only")
_More = Callable[[Sequence[Example], Mapping[str, "Policy"]], tuple[str, int]]
"""What is told of examples and policies besides: its text and its exit code."""
_NOT_MUTATED = Wording(
    "有预期不符，未进行变异检验；请先使示例全部符合\n",
    "the policies were not mutated: every expectation has to be met first\n",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a run is asked besides the examples.

    Args:
        output: the format.
        lang: the language.
        quiet: whether it is left out why something came out so.
        cover: what measures how much of the policies the examples reach, if that is asked.
        mutate: what changes the policies to see what the examples notice, if that is asked.
    """

    output: str
    lang: Lang
    quiet: bool
    cover: _More | None
    mutate: _More | None


def run(  # noqa: PLR0913 - one for each option
    *,
    paths: Sequence[str],
    policy: Sequence[str],
    part: str | None,
    output: str,
    update: bool,
    dry_run: bool,
    coverage: bool,
    cov_min: str | None,
    cov_html: str | None,
    suggest: str | None,
    mutate: bool,
    min_score: str | None,
    witness: str | None,
    accepted: str | None,
    jobs: str | None,
    quiet: bool,
    out: str | None,
) -> int:
    """Hold the examples against their policies, and write what came out otherwise."""
    lang = spoken()
    policies = Policies()
    instead = _instead(policies, policy)
    cover = mutating = None
    if coverage or any(each is not None for each in (cov_min, cov_html, suggest)):
        cover = _coverage(output, lang, cov_min, html=cov_html, suggest=suggest)
    if mutate or any(each is not None for each in (min_score, witness, accepted, jobs)):
        drafts = {each.id: named_policy(name) for each, name in zip(instead, policy, strict=True)}
        asked_too = MutationAsked(witness=witness, accepted=accepted, jobs=jobs, files=drafts)
        mutating = _mutation(output, lang, min_score, asked_too)
    asked = _Asked(output, lang, quiet, cover, mutating)
    _check_formats(asked, lang, update=update or dry_run)
    files = [read_example_file(path, policies=policy) for path in example_files(paths, lang)]
    ready = bench(files, read=policies.read, instead=instead)
    if part is not None:
        ready = replace(ready, examples=tuple(selected(ready.examples, part)))
    if not ready.examples and not has_errors(ready.faults):
        raise Misuse(_NOTHING.within(lang) if part is None else _NOTHING_LIKE.within(lang).format(part=part))
    if update or dry_run:
        return updated(ready, files, lang, dry_run=dry_run, out=out)
    return _tested(ready, asked, out)


def _coverage(output: str, lang: Lang, least: str | None, *, html: str | None, suggest: str | None) -> _More:
    from policyengine.cli.test_coverage import minima, run_coverage

    minimum = None if least is None else minima(least, lang)
    return partial(run_coverage, output=output, lang=lang, minimum=minimum, html=html, suggest=suggest)


def _mutation(output: str, lang: Lang, least: str | None, asked: MutationAsked) -> _More:
    minimum = None if least is None else _percent("--min-score", least, lang)
    return partial(run_mutation, output=output, lang=lang, minimum=minimum, asked=asked)


def _tested(ready: Bench, asked: _Asked, out: str | None) -> int:
    held = tuple(run_examples(ready.examples, ready.policies))
    files = {each.span.file for each in ready.faults if each.span is not None and each.level is Level.ERROR}
    finished = Finished(held, ready.policies, tuple(sorted(files)))
    more = tuple(_more(finished, ready, asked))
    if ready.faults and asked.output in _FOR_PEOPLE:
        tell(diagnostics_text(ready.faults, asked.lang))
    deliver(_written(finished, ready, asked, more), out, asked.lang)
    codes = {code for _, _, code in more} | {FINDINGS if finished.failed else ANSWERED}
    return DID_NOT_LOAD if has_errors(ready.faults) else max(codes)


def _more(finished: Finished, ready: Bench, asked: _Asked) -> Iterator[tuple[str, str, int]]:
    """Yield what else was asked: its name, its text in the format of the whole, and its exit code."""
    if asked.cover is not None:
        yield ("coverage", *asked.cover(ready.examples, ready.policies))
    if asked.mutate is not None and finished.failed:
        tell(_NOT_MUTATED.within(asked.lang))
    elif asked.mutate is not None:
        yield ("mutation", *asked.mutate(ready.examples, ready.policies))


def _written(finished: Finished, ready: Bench, asked: _Asked, more: Sequence[tuple[str, str, int]]) -> str:
    if asked.output == _JSON:
        data: dict[str, Json] = {name: json.loads(text) for name, text, _ in more}
        return finished_json(finished, ready.faults, coverage=data.get("coverage"), mutation=data.get("mutation"))
    if asked.output in _FOR_PEOPLE:
        page = finished_page(finished, asked.lang, quiet=asked.quiet)
        text = markdown(page) if asked.output == _MARKDOWN else plain(page, paint=terminal.paint())
        return "\n".join((text, *(each for _, each, _ in more)))
    return "".join(_CI[asked.output](finished, ready, asked))


def _junit(finished: Finished, ready: Bench, asked: _Asked) -> Iterator[str]:
    found = tuple(checked(finished, ready.faults, asked.lang, derived=not asked.quiet))
    return junit(found, name="policyengine test", lang=asked.lang)


def _sarif(finished: Finished, ready: Bench, asked: _Asked) -> Iterator[str]:
    found = annotated(finished, ready.faults, asked.lang, derived=False)
    told = rules(ready.faults, asked.lang)
    return sarif(found, told, version=version(_DISTRIBUTION), lang=asked.lang)


def _github(finished: Finished, ready: Bench, asked: _Asked) -> Iterator[str]:
    return github(annotated(finished, ready.faults, asked.lang, derived=not asked.quiet), asked.lang)


_CI: dict[str, Callable[[Finished, Bench, _Asked], Iterator[str]]] = {
    "junit": _junit,
    "github": _github,
    "sarif": _sarif,
}


def _instead(policies: Policies, names: Sequence[str]) -> tuple[Policy, ...]:
    found: list[Policy] = []
    for name in names:
        policy, faults = policies.read(name)
        if policy is None:
            raise PolicyError(faults)
        found.append(policy)
    return tuple(found)


def _percent(option: str, value: str, lang: Lang) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100:  # noqa: PLR2004 - a percentage
        raise Misuse(_NO_NUMBER.within(lang).format(option=option, value=value))
    return number


def _check_formats(asked: _Asked, lang: Lang, *, update: bool) -> None:
    """Refuse what has no place in the format asked for."""
    whole = [("--coverage", asked.cover is not None), ("--mutate", asked.mutate is not None)]
    for option, is_asked in whole:
        if is_asked and asked.output not in {*_FOR_PEOPLE, _JSON}:
            formats = f"{_TEXT}|{_JSON}|{_MARKDOWN}"
            raise Misuse(_TEXT_ALONE.within(lang).format(option=option, formats=formats))
    if update and asked.output != _TEXT:
        raise Misuse(_TEXT_ALONE.within(lang).format(option="--update", formats=_TEXT))


_NUMBER = Wording("百分数", "PERCENT")

COMMAND = Command(
    "test",
    Wording(
        """按示例检验规则：示例是写明了应得出什么结果的案件。结果不符的，列出所在行、应有和实有的值，以及何以得出该结果。
目录中的示例文件自动查找 (顶层有 expect、ask 或 examples 的 YAML 或 JSON 文件)。
退出码：0 全部符合；1 有不符，或未达到 --cov-min、--min-score；3 有文件未能读取 (其余照常检验)。""",
        """Holds policies to examples, which are cases that say what must come out. What comes out otherwise is told
with its line, both values, and why it came out so. In directories, example files are found by themselves: YAML or
JSON with `expect`, `ask` or `examples` at the top. Exit codes: 0 all met; 1 some not met, or less than --cov-min
or --min-score; 3 a file did not load (the others are checked all the same).""",
    ),
    [
        Argument(
            "paths",
            Wording("示例文件，或含有示例文件的目录", "example files, or directories that hold some"),
            Wording("路径", "PATH"),
            many=True,
        ),
        Option(
            "--policy",
            Wording(
                "以该规则 (编号或路径) 取代示例所写的同名规则，只检验涉及它的示例；可多次使用",
                "judge by this policy (id or path) where examples name the policy of its id,\n"
                "and check those examples only; may be repeated",
            ),
            Wording("规则", "POLICY"),
            many=True,
        ),
        Option(
            "-k",
            Wording(
                "只检验名称 (文件::案件::预期) 含有该文字的预期",
                "check only expectations with this text in their name, FILE::CASE::NAME",
            ),
            Wording("文字", "TEXT"),
            parameter="part",
        ),
        Choice(
            "--format",
            Wording(
                "文字 (默认)、Markdown、JSON，或供 CI 使用的 JUnit、GitHub 注释、SARIF",
                "text (the default), Markdown, JSON, or for CI: JUnit, annotations of\nGitHub, SARIF",
            ),
            (_TEXT, _MARKDOWN, _JSON, *_CI),
            parameter="output",
        ),
        Flag(
            "--update",
            Wording(
                "把实际结果记入示例文件，只改不符的值，其余原样保留；显示改动",
                "record what came out in the example files: only values that differ are\n"
                "changed, all else stays as it is; shows the changes",
            ),
        ),
        Flag(
            "--dry-run", Wording("显示 --update 将作的改动，但不写入", "show what --update would change, write nothing")
        ),
        Flag("--coverage", Wording("列出示例涉及规则的哪些部分", "tell what of the policies the examples reach")),
        Option(
            "--cov-min",
            Wording(
                "覆盖率低于此数的，退出码为 1；可分类别写明，如 boundaries=100,branches=90",
                "exit with 1 where less than this is reached, of all or by kind, such as\nboundaries=100,branches=90",
            ),
            _NUMBER,
        ),
        Option(
            "--cov-html",
            Wording("把覆盖情况另写成 HTML 网页", "write what is reached as a page of HTML besides"),
            Wording("文件", "FILE"),
        ),
        Option(
            "--suggest",
            Wording(
                "为未覆盖的部分建议示例，写入该目录；不覆盖已有文件",
                "write examples for what is not reached to files in this directory;\nfiles that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
        Flag(
            "--mutate",
            Wording("改动规则，看示例能否发现", "change the policies, and tell which changes the examples notice"),
        ),
        Option(
            "--min-score",
            Wording("发现的改动少于此数的，退出码为 1", "exit with 1 where fewer changes are noticed"),
            _NUMBER,
        ),
        *mutation_options(),
        Flag("--quiet", Wording("只列不符之处，不说明何以如此", "tell what differs, not why it came out so")),
        out_option(),
    ],
    run,
)
