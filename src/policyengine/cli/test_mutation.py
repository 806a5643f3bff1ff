"""`policyengine test --mutate`: which slips of the pen in the policies their examples would notice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.checks.mutation.accepted import Accepted, read_accepted, reasons
from policyengine.checks.mutation.mutating import Trial
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Option
from policyengine.cli.help import Misuse
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.pages import all_written
from policyengine.diagnostics import has_errors
from policyengine.errors import LoadError
from policyengine.loading.library import packaged_policies
from policyengine.loading.text import read_source
from policyengine.loading.yaml_nodes import parse, plain
from policyengine.model.frozen import FrozenMap
from policyengine.report.mutation.as_json import mutation_json
from policyengine.report.mutation.mutated import Mutated
from policyengine.report.mutation.page import mutation_page
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Example
    from policyengine.loading.yaml_nodes import Node
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_MOST_JOBS = 999
NO_JOBS = Wording(
    f"`--jobs` 须为 1 至 {_MOST_JOBS} 的整数：`{{value}}`",
    f"`--jobs` is a whole number from 1 to {_MOST_JOBS}, not `{{value}}`",
)


@dataclass(frozen=True, slots=True)
class MutationAsked:
    """What is asked of a run besides the score.

    Args:
        witness: the directory to which examples that notice survivors are written.
        accepted: the file of survivors that are left alive for a reason.
        jobs: in how many processes mutants are tried, as given.
        files: by id, the files of policies that stand in for those that the examples name; then only these are
            mutated.
    """

    witness: str | None = None
    accepted: str | None = None
    jobs: str | None = None
    files: Mapping[str, str] = FrozenMap()


def run_mutation(
    examples: Sequence[Example],
    policies: Mapping[str, Policy],
    *,
    output: str,
    lang: Lang,
    minimum: float | None = None,
    asked: MutationAsked = MutationAsked(),
) -> tuple[str, int]:
    """Return what became of the mutants of *policies* in the format *output*, and the exit code.

    Args:
        examples: the examples.
        policies: by the names that the examples have for them.
        output: `text`, `markdown` or `json`.
        lang: the language of a page.
        minimum: the score that each policy has to reach, in percent.
        asked: what else is asked.

    Raises:
        LoadError: the file of accepted survivors cannot be used.
        Misuse: an option has a value that it cannot have, or a file cannot be written.
    """
    jobs, accepted = _jobs(asked.jobs, lang), _accepted(asked.accepted)
    found: list[Mutated] = []
    for name, policy in _each_once(policies, examples, asked.files):
        path = _path(asked.files.get(policy.id, name))
        trial = Trial(policy, policies, examples, path.parent)
        mutation = trial.mutation(accepted=reasons(accepted, policy.id), jobs=jobs)
        found.append(Mutated(mutation, _root(path, policy), minimum))
    if asked.witness is not None:
        folder = Path(asked.witness)
        write_new(folder, _files(found, folder), lang)
    bad = any(each.below or each.mutation.failing for each in found)
    pages = (mutation_page(each, lang) for each in found)
    text = mutation_json(found) if output == "json" else all_written(pages, output)
    return text, FINDINGS if bad else ANSWERED


def mutation_options() -> list[Option]:
    """Return the options that say what is done with survivors."""
    return [
        Option(
            "--witness",
            Wording(
                "把可发现漏网变异体的示例写成文件存入该目录；不覆盖已有文件",
                "with --mutate: write examples that would notice the survivors to files in\n"
                "this directory; files that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
        Option(
            "--accepted",
            Wording(
                "列出有理由保留的变异体的文件", "with --mutate: the file of survivors that are left alive for a reason"
            ),
            Wording("文件", "FILE"),
        ),
        Option(
            "--jobs",
            Wording("同时使用的进程数 (默认 1)", "with --mutate: in so many processes (1 by default)"),
            Wording("数目", "N"),
        ),
    ]


def _each_once(
    policies: Mapping[str, Policy], examples: Iterable[Example], only: Collection[str]
) -> Iterator[tuple[str, Policy]]:
    """Yield each policy that an example asks, with the first name that an example has for it, in order of ids."""
    names = dict.fromkeys(name for example in examples for ask in example.asks for name in ask.policies)
    found = {policies[name]: name for name in reversed(names)}
    for policy, name in sorted(found.items(), key=lambda pair: pair[0].id):
        if not only or policy.id in only:
            yield name, policy


def _path(name: str) -> Path:
    """Return the file of the policy *name*, a packaged id or a path."""
    return packaged_policies().get(name) or Path(name)


def _root(path: Path, policy: Policy) -> Node | None:
    """Return what the file at *path* holds; ``None`` where that is not *policy*, so that no wrong line is ever told."""
    source, _ = read_source(path)
    root = None if source is None else parse(source).root
    same = root is not None and json.dumps(plain(root), ensure_ascii=False) == policy.document
    return root if same else None


def _files(several: Iterable[Mutated], folder: Path) -> Iterator[tuple[str, str]]:
    for each in several:
        mutation = each.mutation
        yield from each.files.files(named_from(folder, mutation.name, mutation.policy))


def _jobs(value: str | None, lang: Lang) -> int:
    if value is None:
        return 1
    digits = value.lstrip("0") if value.isascii() and value.isdigit() else ""
    if not 0 < len(digits) <= len(str(_MOST_JOBS)):
        raise Misuse(NO_JOBS.within(lang).format(value=value))
    return int(digits)


def _accepted(path: str | None) -> tuple[Accepted, ...]:
    if path is None:
        return ()
    found, faults = read_accepted(path)
    if has_errors(faults):
        raise LoadError(faults)
    return found
