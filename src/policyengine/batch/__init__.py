"""Millions of cases as tables of Arrow, Polars or Parquet: the same answers, in bounded memory (extra `batch`).

:func:`evaluate` returns the answers as tables, :func:`stream` part by part, :func:`write` puts them into Parquet files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.coverage import Coverage
    from policyengine.batch.evaluating import Answers, Stream
    from policyengine.batch.judging import Engine, Which
    from policyengine.model.case import Moment
    from policyengine.model.policy import Policy

__all__ = ["evaluate", "stream", "write"]


class Given(TypedDict, total=False):
    """What :func:`evaluate`, :func:`stream` and :func:`write` can be given besides the tables.

    Args:
        as_of: the instant asked about; unless given, each row of the table of cases says its own.
        known_at: only what was recorded by then is there at all; unless given, what each case says.
        columns: what the columns of both tables mean: a `BatchColumns`, or the path of the file that says so.
        readings: an option for each reading that is not to be answered by the policy's default; with several policies
            such options by the policy's id.
        rows: `duties` (the default) leaves out provisions without a duty, `all` has a row for each provision.
        gaps: whether gaps are asked for; they are, unless this is false.
        engine: `auto` (the default) judges by `columns` where there are many cases, else each case on its own; that can
            be asked for as well: `columns`, `compiled`, or `reference`.
        chunk: cases that are judged at a time; memory grows with it, not with the tables.
        workers: processes that judge, by default 1. With more, a script that calls must be importable without running:
            guard it by `if __name__ == "__main__":`.
        progress: is told how many of how many cases are done.
        folder: where temporary files go, in a directory of their own; unless given, where the system has them.
    """

    as_of: Moment | None
    known_at: Moment | None
    columns: BatchColumns | str | Path | None
    readings: Mapping[str, str] | Mapping[str, Mapping[str, str]] | None
    rows: Which
    gaps: bool
    engine: Engine
    chunk: int
    workers: int
    progress: Callable[[int, int], None] | None
    folder: str | Path | None


def evaluate(policy: Policy | Sequence[Policy], cases: Any, events: Any = None, **given: Unpack[Given]) -> Answers:  # noqa: ANN401 - tables of any kind
    """Return the answers for all cases of a table, the same as :func:`policyengine.evaluate` gives case by case.

    A row that cannot be read keeps back its own case and no other: `faults` says what is wrong with it, and
    `coverage.kept_back` counts such cases.

    Args:
        policy: from :func:`policyengine.load`, or several of them, which judge side by side.
        cases: the table of cases: of pyarrow or polars, a reader of record batches, or the path of a file or directory
            (Parquet, Arrow, CSV). A case a row: its id, facts, and `as_of`; or times of its events as well, a column
            for each type.
        events: the table of events, an event a row, in any order; fastest if the rows of each case stand together.
        given: see :class:`Given`.

    >>> import policyengine as pe, pyarrow as pa
    >>> from policyengine.batch import evaluate
    >>> cases = pa.table({"case": ["c-1", "c-2"], "event_severity": ["major", "ordinary"]})
    >>> events = pa.table({"case": ["c-1", "c-2"], "type": ["detected"] * 2, "at": ["2025-10-08T23:30:00+08:00"] * 2})
    >>> found = evaluate(pe.load("changzhi"), cases, events, as_of="2025-10-10T00:00:00+08:00")
    >>> (found.coverage.cases, found.coverage.answered, found.faults.num_rows)
    (2, 2, 0)
    >>> late = [row for row in found.duties.to_pylist() if row["lateness"]]
    >>> [(row["case"], row["provision"], row["lateness"] // 60_000_000) for row in late]
    [('c-1', 'first-bulletin', 1410), ('c-1', 'press-conference', 30)]

    Raises:
        CaseError: a table, or the map of columns, is wrong as a whole; holds everything that is wrong with both.
        MissingExtraError: pyarrow or numpy is not installed.
        ReadingError, TimeError, TypeError, ValueError: as for :func:`policyengine.evaluate`.
    """
    found = stream(policy, cases, events, **given)
    from policyengine.batch.evaluating import collected

    return collected(found)


def stream(policy: Policy | Sequence[Policy], cases: Any, events: Any = None, **given: Unpack[Given]) -> Stream:  # noqa: ANN401 - likewise
    """Return the answers part by part, as a context to be gone through once; the arguments are those of `evaluate`.

    Memory is bounded by `chunk` and the rows of one case. Each part holds `duties`, `gaps` and `faults` of some cases.

    >>> import policyengine as pe, pyarrow as pa
    >>> from policyengine.batch import stream
    >>> cases = pa.table({"case": ["c-1", "c-2"], "detected": ["2025-10-08T23:30:00+08:00"] * 2})
    >>> with stream(pe.load("changzhi"), cases, as_of="2025-10-10T00:00:00+08:00", chunk=1) as parts:
    ...     [part.coverage.answered for part in parts]
    [1, 1]

    Raises:
        MissingExtraError: pyarrow or numpy is not installed. What :func:`evaluate` raises besides, is raised when the
            context is entered, or while it is gone through.
    """
    from policyengine.batch.extra import require

    require()
    from policyengine.batch.evaluating import Asked, Options
    from policyengine.batch.evaluating import Stream as Parts

    asked = {name: given[name] for name in ("as_of", "known_at", "columns", "readings") if name in given}
    how = {name: value for name, value in given.items() if name not in asked}
    return Parts(Asked(policy, **asked), cases, events, Options(**how))  # type: ignore[arg-type]  # checked there


def write(
    policy: Policy | Sequence[Policy],
    cases: Any,  # noqa: ANN401 - likewise
    events: Any = None,  # noqa: ANN401 - likewise
    *,
    out: str | Path,
    **given: Unpack[Given],
) -> Coverage:
    """Write the answers to `duties.parquet`, `gaps.parquet` and `faults.parquet` in the directory *out*.

    The directory is made if it is not there. Each file is there whole, or not at all; what was there is replaced.
    The other arguments are those of :func:`evaluate`.

    Raises:
        OSError: a file cannot be written. Besides that, what :func:`evaluate` raises.
    """
    found = stream(policy, cases, events, **given)
    from policyengine.batch.evaluating import files_in, written

    return written(found, files_in(out)).coverage
