"""`policyengine batch`: millions of cases out of tables, their duties into Parquet files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyengine.cli import case_options, progress, words
from policyengine.cli.asked import chosen, moment, pairs
from policyengine.cli.batch_told import faults_told, summary
from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD
from policyengine.cli.frame import Argument, Choice, Command, Flag, Option, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.cli.long_out import refuse_unwritable
from policyengine.cli.out import CANNOT_WRITE_FILE
from policyengine.cli.scratch import scratch
from policyengine.cli.streams import OutputError, emit, tell
from policyengine.diagnostics import Diagnostic, ordered
from policyengine.errors import LoadError, MissingExtraError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.batch.evaluating import Files
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_LOCAL, _SPARK = "local", "spark"
_DUTIES, _ALL = "duties", "all"
_ONE_FILE = ".parquet"
_EXTRAS = {_LOCAL: "batch", _SPARK: "batch,spark"}

_WORKING = Wording("判断", "judging")
_NO_NUMBER = Wording("{name} 应为自 1 起的整数，而不是 `{text}`", "{name} is a whole number from 1 on, not `{text}`")
_TAKEN = Wording(
    "`{name}` 是待判断的表，或已用于另一输出，不能写入",
    "`{name}` is a table to be judged, or is written to already; name another file",
)


@dataclass(frozen=True, slots=True)
class _Where:
    """Files, as they were named."""

    cases: str
    events: str | None
    out: str
    faults: str | None
    engine: str


def run(  # noqa: PLR0913 - one for each option
    *,
    policy: Sequence[str],
    cases: str | None,
    events: str | None,
    out: str | None,
    faults: str | None,
    as_of: str | None,
    known_at: str | None,
    engine: str,
    quiet: bool,
    **how: Any,  # noqa: ANN401 - the other options, which are looked at one by one
) -> int:
    """Judge all cases of the tables, and write the answers."""
    lang = spoken()
    for name, value in (("--cases", cases), ("--out", out)):
        if value is None:
            raise Misuse(words.MISSING_OPTION.within(lang).format(name=name))
    where = _Where(cases or "", events, out or "", faults, engine)
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    sizes = {name: _number(f"--{name}", how.pop(name), lang) for name in ("workers", "chunk")}
    policies = _loaded(policy, lang)
    options = chosen(pairs(how.pop("reading"), lang), policies, lang)
    given = {
        **how,
        **{name: value for name, value in sizes.items() if value is not None},
        "as_of": at,
        "known_at": known,
        "readings": {each.id: options[each] for each in policies},
    }
    _refuse(where, lang)
    try:
        found = _judged(policies, where, given, quiet=quiet)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_EXTRAS[engine])) from error
    emit(summary(policies, found, _outputs(where), lang))
    if not quiet:
        tell(faults_told(found, lang))
    return DID_NOT_LOAD if found.coverage.faults else ANSWERED


def _judged(policies: tuple[Policy, ...], where: _Where, given: dict[str, Any], *, quiet: bool) -> Any:  # noqa: ANN401 - of a module that is imported on use
    """Return what was written.

    Raises:
        Misuse: a file cannot be written.
    """
    from policyengine.batch import stream

    lang = spoken()
    with scratch() as folder, progress.shown(_WORKING.within(lang), quiet=quiet) as bar:
        try:
            if where.engine == _SPARK:
                from policyengine.cli.batch_spark import run as run_spark

                tables, master = (where.cases, where.events), given.pop("master", None)
                return run_spark(policies, tables, _files(where), master=master, given=given, progress=bar is not None)
            from policyengine.batch.evaluating import written

            given.pop("master", None)
            workers = given.pop("workers", None) or len(_cores())
            answers = stream(policies, where.cases, where.events, **given, workers=workers, progress=bar, folder=folder)
            return written(answers, _files(where))
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{where.out}: {reason}") from error


def _cores() -> Sequence[int]:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)


def _loaded(names: Sequence[str], lang: Lang) -> tuple[Policy, ...]:
    """Return the policies, each once.

    Raises:
        LoadError: holds every fault of any of them.
        Misuse: two different ones have one id.
    """
    policies, faults = Policies(), list[Diagnostic]()
    found: dict[str, Policy] = {}
    for name in names:
        policy, wrong = policies.read(name)
        faults += wrong if policy is None else ()
        if policy is not None and found.setdefault(policy.id, policy) != policy:
            raise Misuse(words.CALLED_THE_SAME.within(lang).format(name=policy.id))
    if faults:
        raise LoadError(ordered(faults))
    return tuple(found.values())


def _number(name: str, text: str | None, lang: Lang) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise Misuse(_NO_NUMBER.within(lang).format(name=name, text=text))
    return int(text)


def _outputs(where: _Where) -> tuple[str, ...]:
    """Return the files that are written, as the user would name them."""
    files = _named(where)
    return tuple(str(each) for each in files if each is not None)


def _named(where: _Where) -> tuple[Path, Path | None, Path | None]:
    out = Path(where.out)
    faults = None if where.faults is None else Path(where.faults)
    if _is_one(out):
        return out, None, faults
    return out / "duties.parquet", out / "gaps.parquet", faults or out / "faults.parquet"


def _is_one(out: Path) -> bool:
    """Tell whether `--out` names the place of the duties alone, not a directory for all answers."""
    return out.suffix.lower() == _ONE_FILE and (not out.is_dir() or _from_spark(out))


def _from_spark(path: Path) -> bool:
    """Tell whether *path* is the directory into which Spark has written one table."""
    return (path / "_SUCCESS").is_file()


def _files(where: _Where) -> Files:
    from policyengine.batch.evaluating import Files

    return Files(*_named(where))


def _refuse(where: _Where, lang: Lang) -> None:
    """Refuse to write over a table that is judged, to one file twice, and where nothing can be written.

    Raises:
        Misuse: a file cannot be written to.
    """
    taken = {os.path.realpath(each) for each in (where.cases, where.events) if each is not None and "\0" not in each}
    if "\0" in where.out:
        reason = "null byte"
        raise Misuse(CANNOT_WRITE_FILE.within(lang).format(name=where.out, reason=reason))
    one, there = _is_one(Path(where.out)), Path(where.out).is_dir()
    for name in ([where.out] if one or not there else []) + ([] if where.faults is None else [where.faults]):
        if where.engine != _SPARK or not _from_spark(Path(name)):
            refuse_unwritable(name, lang)
    for each in _outputs(where):
        place = os.path.realpath(each)
        if place in taken:
            raise Misuse(_TAKEN.within(lang).format(name=each))
        taken.add(place)


_Parameters = Iterator[Option | Choice | Flag | Argument]
_FILE = Wording("文件", "FILE")
_NUMBER = Wording("个数", "NUMBER")


def _tables() -> _Parameters:
    yield Argument(
        "policy",
        Wording(
            "自带规则的编号或其前缀，或文件路径；可写多个，分别判断每件案件",
            "ids of packaged policies, prefixes of them, or paths; each judges every case",
        ),
        Wording("规则", "POLICY"),
        many=True,
    )
    yield Option(
        "--cases",
        Wording(
            "案件表，每件一行：Parquet 文件或目录、Arrow (.arrow)、CSV",
            "the table of cases, a case a row: a Parquet file or directory, Arrow (.arrow) or CSV",
        ),
        _FILE,
    )
    yield Option(
        "--events",
        Wording(
            "事件表，每个事件一行；案件表按事件类型分列时间的，不需要",
            "the table of events, an event a row;\nnot needed where the table of cases has a column for each type",
        ),
        _FILE,
    )
    yield case_options.as_of_option()
    yield case_options.known_at_option()
    yield Option(
        "--columns",
        Wording("说明两表各列含义的文件", "the file that says what the columns of both tables mean"),
        _FILE,
    )
    yield case_options.reading_option()


def _answers() -> _Parameters:
    yield Choice(
        "--rows",
        Wording(
            "duties (默认)：只列义务；all：每个条款一行",
            "duties (the default): only duties; all: a row for each provision",
        ),
        (_DUTIES, _ALL),
    )
    yield Option(
        "--out",
        Wording(
            "写入该目录 (duties、gaps、faults 三个文件)；以 .parquet 结尾的，只把义务写入该文件",
            "write into this directory (the files duties, gaps and faults);\n"
            "a name that ends in .parquet is a file for the duties alone",
        ),
        _FILE,
    )
    yield Option("--faults", Wording("问题写入该文件", "write the faults to this file"), _FILE)
    yield Choice(
        "--engine",
        Wording("本机 (默认) 或 Spark", "this machine (the default), or Spark"),
        (_LOCAL, _SPARK),
    )
    yield Option(
        "--master",
        Wording(
            "Spark 在何处运行，如 local[4]；默认按 Spark 的配置",
            "where Spark runs, such as local[4];\nby default as Spark is configured",
        ),
        Wording("地址", "MASTER"),
    )
    yield Option(
        "--workers",
        Wording("同时判断的进程数；默认与处理器核数相同", "processes that judge; by default one for each core"),
        _NUMBER,
    )
    yield Option(
        "--chunk",
        Wording("一次判断的案件数；内存随之增减", "cases judged at a time; memory grows with it"),
        _NUMBER,
    )
    yield Flag("--quiet", Wording("不显示进度和提示", "show no progress, and no remarks"))


COMMAND = Command(
    "batch",
    Wording(
        """从表中批量判断案件，义务写成 Parquet 表；结果与逐件判断相同，内存不随案件数增长。
某行有误的，只搁置其所属案件，并列入问题表，其余照常判断。
退出码：0 全部案件均已判断；3 有案件被搁置，或有事件不属于任何案件 (其余照常写出)，或表无法读取。""",
        """Judges the cases of tables and writes their duties as Parquet tables: the same answers as case by case, in
memory that does not grow with the number of cases.
A row that is wrong keeps back its own case alone and is listed among the faults; all others are judged.
Exit codes: 0 all cases were judged; 3 some were kept back, or events belong to no case (the rest is written all
the same), or a table cannot be read.""",
    ),
    [*_tables(), *_answers()],
    run,
)
