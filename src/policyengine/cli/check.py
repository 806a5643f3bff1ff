"""`policyengine check`: everything that is wrong with files of policies, vocabularies, calendars and cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD, FINDINGS
from policyengine.cli.frame import Argument, Choice, Command, output_format, spoken
from policyengine.cli.inputs import CaseFile, Policies, cases_in, is_path
from policyengine.cli.streams import emit
from policyengine.diagnostics import Diagnostic, Level, Span, ordered
from policyengine.loading.calendar import read_calendar
from policyengine.loading.case import LINES
from policyengine.loading.text import Source, read_source
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import Mapping, parse
from policyengine.prepare.log import case_faults
from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
from policyengine.wording import Wording

_UNREADABLE = frozenset({"PE101", "PE102", "PE103", "PE125", "PE213", "PE216"})
"""Codes of what is not there or is no text, so that nothing can be said about what is in it."""


def run(*, files: Sequence[str], output: str, fail_on: str) -> int:
    """Check every file, and write all that was found."""
    policies = Policies()
    found = tuple(dict.fromkeys(fault for name in files for fault in ordered(_faults(name, policies))))
    emit(diagnostics_text(found, spoken()) if output == "text" else diagnostics_json(found))
    if any(each.code in _UNREADABLE for each in found):
        return DID_NOT_LOAD
    grave = {Level.ERROR, Level(fail_on)}
    return FINDINGS if any(each.level in grave for each in found) else ANSWERED


def _faults(name: str, policies: Policies) -> Iterator[Diagnostic]:
    path = Path(name)
    if not is_path(name) and not path.is_file():
        yield from policies.read(name)[1]
        return
    source, unreadable = read_source(path)
    yield from unreadable
    if source is not None:
        yield from _CHECKS[_kind(source)](source, path, policies)


def _kind(source: Source) -> str:
    """Return what *source* is, by the key that only such a file has; empty when it has none of them."""
    if PurePath(source.file).suffix.lower() in LINES:
        return "case"
    root = parse(source).root
    keys = [name.value for name, _ in root.entries] if isinstance(root, Mapping) else []
    return next((kind for kind in _CHECKS if kind in keys), "")


def _case(source: Source, path: Path, policies: Policies) -> Iterator[Diagnostic]:
    file, faults = cases_in(source, path.parent)
    yield from faults
    for place in range(len(file.cases)):
        yield from file.shown(_under_policies(file, place, policies))


def _under_policies(file: CaseFile, place: int, policies: Policies) -> Iterator[Diagnostic]:
    """Yield what keeps a case from being judged by the policies that it names."""
    case = file.cases[place]
    read = [policies.read(name, file.beside) for name in case.policies]
    together = [policy for policy, _ in read if policy is not None]
    for policy, faults in read:
        if policy is None:
            yield from (file.at_key(each, place, "policy") for each in faults)
        else:
            yield from case_faults(policy, case, together)


def _policy(_: Source, path: Path, policies: Policies) -> Iterator[Diagnostic]:
    yield from policies.read(path)[1]


def _vocabulary(_: Source, path: Path, __: Policies) -> Iterator[Diagnostic]:
    yield from read_vocabulary(path)[1]


def _calendar(_: Source, path: Path, __: Policies) -> Iterator[Diagnostic]:
    yield from read_calendar(path)[1]


def _unknown(source: Source, _: Path, __: Policies) -> Iterator[Diagnostic]:
    document = parse(source)
    yield from document.diagnostics
    if not document.diagnostics:
        kinds = ", ".join(f"`{kind}`" for kind in _CHECKS if kind)
        yield document.fault("PE120", Span(source.file, 1, 1, 1, 2), keys=kinds, found="-")


# A case names its policy, and a policy its vocabulary and calendar; so the order decides.
_CHECKS = {"case": _case, "policy": _policy, "vocabulary": _vocabulary, "calendar": _calendar, "": _unknown}

COMMAND = Command(
    "check",
    Wording(
        """检查规则、词汇表、日历和案件文件 (按其中的键区分)，列出全部问题。
案件还按其所写的规则检查。
退出码：0 没有问题；1 有问题，文件无法使用或需要修改；3 有文件不存在、不可读或不是 UTF-8 文本。""",
        """Checks files of policies, vocabularies, calendars and cases, told apart by their keys, and lists all faults.
Cases are also checked under the policies that they name.
Exit codes: 0 clean; 1 there are findings, whether or not a file can still be used;
3 a file is missing, cannot be read, or is not UTF-8 text.""",
    ),
    [
        Argument(
            "files",
            Wording("文件，或自带规则的编号或其前缀", "files, or ids of packaged policies, or prefixes of them"),
            Wording("文件或编号", "FILE_OR_ID"),
            many=True,
        ),
        output_format(),
        Choice(
            "--fail-on",
            Wording("从何种级别起退出码为 1；默认 error", "the level from which the exit code is 1; by default error"),
            (Level.ERROR.value, Level.WARNING.value),
        ),
    ],
    run,
)
