"""`policyengine check`: everything that is wrong with files of policies, vocabularies, calendars and cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from policyengine.checks.examples.bench import bench
from policyengine.checks.examples.reading import read_example_file
from policyengine.checks.lint.running import lint
from policyengine.checks.lint.source import LintSource
from policyengine.cli.check_asked import NO_FILE, House, check_options, house_rules
from policyengine.cli.check_written import CheckedFile, written
from policyengine.cli.config import Configurations
from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD, FINDINGS
from policyengine.cli.found_files import found_files, is_ours, top_keys
from policyengine.cli.frame import Argument, Command, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import CaseFile, Policies, cases_in
from policyengine.cli.long_out import deliver_pieces, refuse_unwritable
from policyengine.diagnostics import Diagnostic, Level, Span, ordered
from policyengine.loading.calendar import read_calendar
from policyengine.loading.case import LINES
from policyengine.loading.library import is_directory, is_file
from policyengine.loading.named_policies import is_path
from policyengine.loading.text import Source, read_source
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import parse
from policyengine.prepare.log import case_faults
from policyengine.report.diagnostics_annotated import UNREADABLE
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.policy import Policy


def run(  # noqa: PLR0913  an option each
    *,
    files: Sequence[str],
    output: str,
    fail_on: str,
    config: str | None,
    no_lint: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    skip_others: bool,
    quiet: bool,
    out: str | None,
) -> int:
    """Check every file, and write all that was found."""
    lang = spoken()
    if out is not None:
        refuse_unwritable(out, lang)
    checking = _Checking(house_rules(select, ignore, without=no_lint), Configurations(config), skip_others)
    checked = checking.all_of(files)
    found = tuple(dict.fromkeys(fault for each in checked for fault in each.faults))
    failing = {Level.ERROR, Level(fail_on)}
    if found or not quiet or output != "text":
        deliver_pieces(written(checked, output, failing, lang), out, lang)
    if any(each.code in UNREADABLE for each in found):
        return DID_NOT_LOAD
    return FINDINGS if any(each.level in failing for each in found) else ANSWERED


@dataclass(slots=True)
class _Checking:
    """One run: what it keeps from file to file."""

    house: House
    configurations: Configurations
    skip_others: bool
    policies: Policies = field(default_factory=Policies)
    folders: list[Path] = field(default_factory=list)

    def all_of(self, names: Sequence[str]) -> tuple[CheckedFile, ...]:
        """Return what is wrong with each of the files *names* and with those in the directories among them."""
        every = dict.fromkeys(file for name in names for file in self.files(name))
        if not every and not self.skip_others:
            raise Misuse(NO_FILE.within(spoken()).format(names=", ".join(f"`{name}`" for name in names)))
        checked = [CheckedFile(name, ordered(self.faults(name))) for name in every]
        if self.configurations.named is not None:
            self.configurations.of(Path())
        more: dict[str, list[Diagnostic]] = {}
        for fault in ordered((*self.configurations.faults, *self.idle())):
            more.setdefault("" if fault.span is None else fault.span.file, []).append(fault)
        return (*checked, *(CheckedFile(name, tuple(faults)) for name, faults in more.items()))

    def files(self, name: str) -> Iterator[str]:
        """Yield the file *name*, or those of ours in the directory of that name."""
        path = Path(name)
        if is_directory(path):
            self.folders.append(path.resolve())
            yield from (str(each) for each in found_files(path, _KINDS) if not self.excluded(each))
        elif not self.skip_others or not is_file(path) or (is_ours(path, _KINDS) and not self.excluded(path)):
            yield name

    def excluded(self, path: Path) -> bool:
        """Tell whether the configuration leaves out the file *path*."""
        place = self.configurations.of(path)
        return place is not None and place.excludes(path)

    def idle(self) -> Iterator[Diagnostic]:
        """Yield the entries of configurations that accept nothing."""
        for place in self.configurations.places():
            whole = any(place.folder.is_relative_to(folder) for folder in self.folders)
            yield from place.ledger.idle(self.house.codes, whole=whole)

    def faults(self, name: str) -> Iterator[Diagnostic]:
        path = Path(name)
        if not is_path(name) and not is_file(path):
            yield from self.policies.read(name)[1]
            return
        source, unreadable = read_source(path)
        yield from unreadable
        if source is not None:
            yield from _CHECKS[_kind(source)](source, path, self)

    def case(self, source: Source, path: Path) -> Iterator[Diagnostic]:
        file, faults = cases_in(source, path.parent)
        yield from faults
        for place in range(len(file.cases)):
            yield from file.shown(self.under_policies(file, place))

    def under_policies(self, file: CaseFile, place: int) -> Iterator[Diagnostic]:
        """Yield what keeps a case from being judged by the policies that it names."""
        case = file.cases[place]
        read = [self.policies.read(name, file.beside) for name in case.policies]
        together = [policy for policy, _ in read if policy is not None]
        for policy, faults in read:
            if policy is None:
                yield from (file.at_key(each, place, "policy") for each in faults)
            else:
                yield from case_faults(policy, case, together)

    def examples(self, path: Path) -> Iterator[Diagnostic]:
        yield from bench([read_example_file(path)], read=self.policies.read).faults

    def policy(self, source: Source, path: Path) -> Iterator[Diagnostic]:
        policy, faults = self.policies.read(path)
        yield from faults
        if policy is not None:
            yield from self.linted(policy, source, path)

    def linted(self, policy: Policy, source: Source, path: Path) -> Iterator[Diagnostic]:
        """Yield what the house rules find in *policy*, and its configuration does not accept."""
        if not self.house.codes:
            return
        place = self.configurations.of(path)
        levels = self.house.levels({} if place is None else place.configuration.levels)
        findings = lint(LintSource(policy, parse(source)), levels, codes=self.house.codes)
        if place is not None:
            findings = place.ledger.left(findings, policy.id, place.within(path))
        yield from (each.fault for each in findings)


def _kind(source: Source) -> str:
    """Return what *source* is, by the key that only such a file has; empty when it has none of them."""
    if PurePath(source.file).suffix.lower() in LINES:
        return "case"
    keys = top_keys(source) or ()
    return next((kind for kind in _CHECKS if kind in keys), "")


def _case(source: Source, path: Path, checking: _Checking) -> Iterator[Diagnostic]:
    expects = not _OF_EXAMPLES.isdisjoint(top_keys(source) or ())
    is_lines = PurePath(source.file).suffix.lower() in LINES
    return checking.examples(path) if expects and not is_lines else checking.case(source, path)


def _examples(_: Source, path: Path, checking: _Checking) -> Iterator[Diagnostic]:
    return checking.examples(path)


def _policy(source: Source, path: Path, checking: _Checking) -> Iterator[Diagnostic]:
    return checking.policy(source, path)


def _vocabulary(_: Source, path: Path, __: _Checking) -> Iterator[Diagnostic]:
    yield from read_vocabulary(path)[1]


def _calendar(_: Source, path: Path, __: _Checking) -> Iterator[Diagnostic]:
    yield from read_calendar(path)[1]


def _unknown(source: Source, _: Path, __: _Checking) -> Iterator[Diagnostic]:
    document = parse(source)
    yield from document.diagnostics
    if not document.diagnostics:
        kinds = ", ".join(f"`{kind}`" for kind in _CHECKS if kind not in {"", "examples"})
        yield document.fault("PE120", Span(source.file, 1, 1, 1, 2), keys=kinds, found="-")


_OF_EXAMPLES = frozenset({"expect", "absent", "ask", "worklist", "conflicts"})
"""Keys that make a case an example."""

# Examples and a case name their policy, and a policy its vocabulary and calendar; so the order decides.
_CHECKS = {
    "examples": _examples,
    "case": _case,
    "policy": _policy,
    "vocabulary": _vocabulary,
    "calendar": _calendar,
    "": _unknown,
}
_KINDS = tuple(kind for kind in _CHECKS if kind)

COMMAND = Command(
    "check",
    Wording(
        """检查规则、词汇表、日历、案件和示例文件 (按其中的键区分)，列出全部问题。
案件和示例还按其所写的规则检查；能够载入的规则还按编写规范 (PE7xx) 检查，其级别由 policyengine.toml 设定。
参数为目录时，检查其中属于上述各类的全部 YAML 文件。
退出码：0 没有问题；1 有问题，文件无法使用或需要修改；3 有文件不存在、不可读或不是 UTF-8 文本。""",
        """Checks files of policies, vocabularies, calendars, cases and examples, told apart by their keys.
Cases and examples are also checked under the policies that they name, and policies that load by the house rules
(PE7xx), whose levels policyengine.toml sets. In a directory, every YAML file of these kinds is checked.
Exit codes: 0 clean; 1 there are findings, whether or not a file can still be used;
3 a file is missing, cannot be read, or is not UTF-8 text.""",
    ),
    [
        Argument(
            "files",
            Wording(
                "文件或目录，或自带规则的编号或其前缀",
                "files, directories, or ids of packaged policies, or prefixes of them",
            ),
            Wording("文件或编号", "FILE_OR_ID"),
            many=True,
        ),
        *check_options(),
    ],
    run,
)
