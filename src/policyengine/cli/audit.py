"""`policyengine audit`: case logs held to policies, for people, for CI services and for tables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from policyengine.checks.audit.auditing import audit
from policyengine.checks.audit.baseline import MOST_KNOWN, baseline_text
from policyengine.checks.audit.failing import FailOn, failing
from policyengine.cli import case_options, progress, words
from policyengine.cli.audit_asked import ALL, Given, prepared
from policyengine.cli.audit_formats import FORMATS, GITHUB, PAGES, pieces, summary_text
from policyengine.cli.audit_talk import faults_told, gone_told
from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD, FINDINGS
from policyengine.cli.frame import Argument, Choice, Command, Flag, Option, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.long_out import deliver_pieces, refuse_unwritable
from policyengine.cli.out import out_option
from policyengine.cli.scratch import scratch
from policyengine.cli.streams import OutputError, tell
from policyengine.errors import MissingExtraError
from policyengine.loading.logs.reading import read_logs
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.audit.audit import Audit
    from policyengine.cli.audit_asked import Prepared
    from policyengine.wording import Lang

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable by which GitHub names the file whose text it shows beside a job."""
_PARQUET = "parquet"

_WORKING = Wording("审查", "audit")
_WINDOWED = Wording(
    "--write-baseline 不能与 --since、--until 同时使用：基线应包含全部结果",
    "--write-baseline excludes --since and --until: a baseline holds everything that was found",
)
_TAKEN = Wording(
    "`{name}` 是待审查的日志，或已用于另一输出，不能写入",
    "`{name}` is a log to be audited, or is written to already; name another file",
)
_TOO_MANY = Wording(
    f"结果超过 {MOST_KNOWN} 项，无法写成基线", f"more than {MOST_KNOWN} findings, which is too many for a baseline"
)


def run(  # noqa: PLR0913 - one for each option
    *,
    logs: Sequence[str],
    fail_on: str,
    write_baseline: str | None,
    output: str,
    summary: str | None,
    out: str | None,
    quiet: bool,
    **given: str | Sequence[str] | None,
) -> int:
    """Audit the logs, and write what was found once all of them have been gone through."""
    lang = spoken()
    asked = prepared(Given(**given), lang)  # type: ignore[arg-type]  # by the names of the options
    if write_baseline is not None and (asked.asked.since or asked.asked.until):
        raise Misuse(_WINDOWED.within(lang))
    _refuse_taken([each for each in (write_baseline, summary, out) if each is not None], logs, lang)
    with scratch() as folder:
        found = _audited(logs, asked, folder, lang, quiet=quiet)
        if not found.unread:  # a policy that did not load may have the readings that the others lack
            asked.refuse_strangers(lang)
        if write_baseline is not None:
            _write_baseline(found, write_baseline, lang)
        try:
            deliver_pieces(pieces(found, output, FailOn(fail_on), lang), out, lang)
        except MissingExtraError as error:
            raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=output)) from error
        _summarise(found, summary, output, lang)
        if not quiet:
            # The text on standard output has the faults already.
            tell("" if output in PAGES and out is None else faults_told(found, lang))
            tell(gone_told(found, lang))
    if found.unread:
        return DID_NOT_LOAD
    return FINDINGS if write_baseline is None and failing(found.totals, FailOn(fail_on)) else ANSWERED


def _refuse_taken(targets: Sequence[str], logs: Sequence[str], lang: Lang) -> None:
    """Refuse to write over a log that is audited, to one file twice, and where nothing can be written.

    Raises:
        Misuse: one of *targets* cannot be written to.
    """
    for name in targets:
        refuse_unwritable(name, lang)
    taken = {os.path.realpath(name) for name in logs if "\0" not in name}
    for name in targets:
        place = os.path.realpath(name)
        if place in taken and place != os.devnull:
            raise Misuse(_TAKEN.within(lang).format(name=name))
        taken.add(place)


def _audited(logs: Sequence[str], asked: Prepared, folder: Path, lang: Lang, *, quiet: bool) -> Audit:
    """Return what the audit found; what is too much for memory goes into *folder*.

    Raises:
        OutputError: the disk is full, or the like.
    """
    beside = folder / "log"
    try:
        beside.mkdir()
        with progress.shown(_WORKING.within(lang), quiet=quiet) as bar:
            log = read_logs(logs, columns=asked.columns, folder=beside, progress=bar)
            with closing(log):  # type: ignore[type-var]  # a generator
                return audit(
                    log,
                    asked.asked,
                    shelf=asked.shelf,
                    waivers=asked.waivers,
                    baseline=asked.baseline,
                    file=folder / "findings",
                )
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_PARQUET)) from error
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from error


def _write_baseline(found: Audit, name: str, lang: Lang) -> None:
    text = baseline_text(found.findings)
    if text is None:
        raise Misuse(_TOO_MANY.within(lang))
    deliver_pieces([text], name, lang)


def _summarise(found: Audit, name: str | None, output: str, lang: Lang) -> None:
    """Write the summary of a job: to the file that was named, or beside what GitHub's other steps have written."""
    beside = os.environ.get(_STEP_SUMMARY) if output == GITHUB and name is None else None
    target = name or beside
    if target:
        deliver_pieces(summary_text(found, lang), target, lang, add=name is None)


_Parameters = Iterator[Option | Choice | Flag | Argument]
_FILE, _A_DAY = Wording("文件", "FILE"), Wording("日期", "DAY")


def _asking() -> _Parameters:
    """Yield what says which cases are judged, by what."""
    yield Argument(
        "logs",
        Wording(
            "案件文件、每行一件的 JSON Lines，事件表 (.jsonl、.csv、.tsv、.parquet)，或含有这些文件的目录",
            "case files, JSON Lines with a case a line, tables of events (.jsonl, .csv, .tsv,\n"
            ".parquet), or directories of them",
        ),
        Wording("日志", "LOG"),
        many=True,
    )
    yield case_options.policy_option()
    yield case_options.as_of_option()
    yield case_options.known_at_option()
    yield Option(
        "--columns",
        Wording("说明事件表各列含义的文件", "the file that says what the columns of tables mean"),
        _FILE,
    )
    yield case_options.reading_option()
    yield Choice(
        "--readings",
        Wording(
            "all：在一切有影响的解释组合下判断；仅在部分解释下成立的，按待定对待",
            "all: judge under every combination of readings that matters;\n"
            "what stands under some of them only is treated as undetermined",
        ),
        ("default", ALL),
    )


def _failing() -> _Parameters:
    """Yield what says which findings count."""
    yield Choice(
        "--fail-on",
        Wording(
            "何种结果使退出码为 1，含其前各种；默认 violation",
            "what makes the exit code 1, as does all that stands before it;\nby default violation",
        ),
        tuple(FailOn),
    )
    yield Option(
        "--baseline",
        Wording("已知结果的文件；其中的结果不影响退出码", "a file of known findings, which do not fail"),
        _FILE,
    )
    yield Option(
        "--write-baseline",
        Wording(
            "把全部结果写成基线；此时结果不影响退出码", "write all findings as a baseline, and do not fail on them"
        ),
        _FILE,
    )
    yield Option(
        "--waivers",
        Wording("豁免文件：谁准许何事、为何、到何时", "a file of waivers: who lets what stand, why, and until when"),
        _FILE,
    )
    for name, says in (
        (
            "--since",
            Wording("只列该日起的违反；没有时点的照列", "only violations from this day on, and what has no instant"),
        ),
        (
            "--until",
            Wording("只列至该日止的违反；没有时点的照列", "only violations up to this day, and what has no instant"),
        ),
    ):
        yield Option(name, says, _A_DAY)


def _writing() -> _Parameters:
    """Yield what says how the answer is written."""
    yield Choice("--format", Wording("格式，默认 text", "the format, by default text"), FORMATS, parameter="output")
    yield Option(
        "--summary",
        Wording(
            "另以 Markdown 写出概要；格式为 github 时默认补入 $GITHUB_STEP_SUMMARY",
            "write a summary in Markdown as well; with the format github, by default\n"
            "it is added to the file $GITHUB_STEP_SUMMARY",
        ),
        _FILE,
    )
    yield out_option()
    yield Flag("--quiet", Wording("不显示进度和提示", "show no progress, and no remarks"))


COMMAND = Command(
    "audit",
    Wording(
        """审查案件日志：逐案判断，列出违反、未达到原则性要求、待定、暂定、文本空白，以及无法读取或判断之处。
全部案件审查之后才输出。无法读取或判断的，列为一项结果，其余照常审查。
逾期自期限届满之时 (due) 起算；期限以日计的，届满当日 24:00 履行即为逾期，长度为零。
退出码：0 没有使之失败的结果；1 有 --fail-on 所定的结果，已豁免和基线中已有的除外；
3 有内容无法读取或判断 (其余照常写出)。暂定、文本空白和对豁免的提示不影响退出码。""",
        """Audits case logs: judges every case, and lists violations, departures from what is owed in principle,
what is undetermined, provisional or unstated, and what could not be read or judged.
Nothing is printed before all cases have been judged; what cannot be is a finding, and the others go on.
How late something is counts from the end of the limit (due); a limit in days ends at 24:00, and an act
at that very instant is late by nothing.
Exit codes: 0 no finding fails; 1 there are findings that --fail-on names, waived and known ones apart;
3 something could not be read or judged (the rest is written all the same).
What is provisional or unstated, and what is said of waivers, never fails.""",
    ),
    [*_asking(), *_failing(), *_writing()],
    run,
)
