"""Millions of cases in tables: what is asked, and the answers, whole or part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa

from policyengine.batch.checking import Checker
from policyengine.batch.columns import BatchColumns, read_batch_columns
from policyengine.batch.coverage import Coverage
from policyengine.batch.faults import SCHEMA
from policyengine.batch.instants import NONE, Times
from policyengine.batch.joining import Joining, Stray, stray_table
from policyengine.batch.judging import Asking, Part
from policyengine.batch.rows import DUTIES, GAPS
from policyengine.batch.running import judged
from policyengine.batch.shape import CASES, EVENTS, Shaping
from policyengine.batch.sources import source
from policyengine.batch.writing import Writing, made
from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.engine.question import distinct, options, options_by_policy
from policyengine.errors import CaseError, TimeError
from policyengine.model.case import instant
from policyengine.model.policy import Policy
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.batch.decoding import Rows
    from policyengine.batch.judging import Engine, Which
    from policyengine.model.case import Moment

FEW = 1 << 14
"""Cases from which on columns are worth their start: Numba loads them in seconds, and compiles them once in tens."""
_STRAYS = 1 << 16
_PREFIX = "policyengine-"
_WITHIN = "a stream of answers is used within its context: `with stream(...) as parts:`"
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is computed; none of these changes an answer.

    Args:
        rows: `duties` leaves out provisions without a duty, `all` has a row for each provision.
        gaps: whether gaps are asked for.
        engine: `auto`, which is `columns` where there are many cases; or what judges each case on its own: `compiled`,
            `reference`.
        chunk: cases that are judged at a time; memory grows with it, not with the tables.
        workers: processes that judge. With more than 1, a script that calls must be importable without running: guard
            it by `if __name__ == "__main__":`.
        progress: is told how many of how many cases are done.
        folder: where temporary files go, in a directory of their own; unless given, where the system has them.
    """

    rows: Which = "duties"
    gaps: bool = True
    engine: Engine = "auto"
    chunk: int = 1 << 14
    workers: int = 1
    progress: Callable[[int, int], None] | None = None
    folder: str | Path | None = None

    def __post_init__(self) -> None:
        for name, allowed in (("rows", ("duties", "all")), ("engine", ("auto", "columns", "compiled", "reference"))):
            if getattr(self, name) not in allowed:
                msg = f"{name!r} is one of {', '.join(allowed)}, not {getattr(self, name)!r}"
                raise ValueError(msg)
        for name in ("chunk", "workers"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                msg = f"{name!r} is a whole number from 1 on, not {value!r}"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every case.

    Args:
        policy: one, or several that judge side by side.
        as_of: the instant asked about; unless given, each row of the table of cases says its own.
        known_at: only what was recorded by then is there at all; unless given, what each case says.
        columns: what the columns of both tables mean, or the file that says so.
        readings: an option for each reading that is not to be answered by its default; of several policies, by policy.
    """

    policy: Policy | Sequence[Policy]
    as_of: Moment | None = None
    known_at: Moment | None = None
    columns: BatchColumns | str | Path | None = None
    readings: Mapping[str, str] | Mapping[str, Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers for a whole batch.

    Args:
        duties: a table of pyarrow, a duty a row, in the order of the cases, of the policies, and of their provisions.
        gaps: likewise a gap a row.
        faults: likewise a fault a row: what keeps its case back, and the events that belong to no case.
        coverage: how many cases there were, and how they were judged.
        remarks: what is no fault, such as columns that are not read.
    """

    duties: Any
    gaps: Any
    faults: Any
    coverage: Coverage
    remarks: tuple[Diagnostic, ...] = ()


class Stream:
    """The answers part by part: a context, to be gone through once."""

    def __init__(self, asked: Asked, cases: Any, events: Any, how: Options) -> None:  # noqa: ANN401 - tables of any kind
        """Ask *asked* of the tables, which are looked at when the context is entered."""
        self._asked, self._given, self._how = asked, (cases, events), how
        self._stack = ExitStack()
        self._joining: Joining | None = None
        self._asking: Asking | None = None
        self._folder = Path()
        self.remarks: tuple[Diagnostic, ...] = ()
        """What is no fault, once the context is entered."""
        self.coverage = Coverage()
        """How the cases so far were judged."""

    def __enter__(self) -> Self:
        """Look at the tables.

        Raises:
            CaseError: a table, or the map of columns, is wrong as a whole; holds everything that is wrong with both.
            ReadingError, TimeError, TypeError, ValueError: as for :func:`policyengine.evaluate`.
        """
        with self._stack:
            self._folder = Path(self._stack.enter_context(TemporaryDirectory(prefix=_PREFIX, dir=self._how.folder)))
            self._open()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open(self) -> None:
        asked = self._asked
        policies, readings = _policies(asked)
        columns = _columns(asked.columns)
        as_of, known_at = (_micros(name, getattr(asked, name)) for name in ("as_of", "known_at"))
        cases = source(self._given[0], CASES, columns, self._folder)
        events = None if self._given[1] is None else source(self._given[1], EVENTS, columns, self._folder)
        shaping = Shaping(columns, Checker(policies), Times(columns.zone))
        faults: list[Diagnostic] = []
        shape = shaping.cases(cases.schema, faults, is_text=cases.is_text, as_of=as_of == NONE)
        other = None if events is None else shaping.events(events.schema, faults, is_text=events.is_text)
        if has_errors(faults):
            raise CaseError(ordered(faults))
        self.remarks = (*shape.remarks, *(() if other is None else other.remarks))
        self._joining = Joining(cases, events, (shape, other), self._folder)
        how = self._how
        self._asking = Asking(
            policies, readings, columns, shape, other, as_of, known_at, how.rows, how.gaps, how.engine
        )

    @property
    def asking(self) -> Asking:
        """Return what is asked of the tables, once the context is entered.

        Raises:
            ValueError: it is not.
        """
        if self._asking is None:
            raise ValueError(_WITHIN)
        return self._asking

    def __iter__(self) -> Iterator[Part]:
        """Yield the parts, in the order of the cases; last those that hold only faults of events without a case.

        Raises:
            CaseError: the rest of a table cannot be read.
        """
        if self._joining is None:
            raise ValueError(_WITHIN)
        joined = self._joining.joined(self._how.chunk)
        total = _first(joined)
        # No more processes than there are chunks: to start one takes longer than to judge a few cases.
        workers = min(self._how.workers, -(-total // self._how.chunk))
        asking = replace(self.asking, few=self.asking.engine == "auto" and total < FEW)
        strays: list[Stray] = []
        with closing(judged(asking, _kept(joined, strays), workers=workers, folder=self._folder)) as parts:  # type: ignore[type-var]  # a generator
            for part in parts:
                self._count(part.coverage, total)
                yield part
        for part in _stray_parts(strays, self.asking):
            self._count(part.coverage, total)
            yield part

    def _count(self, coverage: Coverage, total: int) -> None:
        self.coverage = self.coverage.plus(coverage)
        if self._how.progress is not None:
            self._how.progress(self.coverage.cases, total)


def _first(joined: Iterator[Rows | Stray | int]) -> int:
    """Return the number of cases, which comes before them."""
    found = next(joined)
    if not isinstance(found, int):  # pragma: no cover - it does
        raise TypeError(found)
    return found


def _kept(joined: Iterator[Rows | Stray | int], strays: list[Stray]) -> Iterator[Rows]:
    for each in joined:
        if isinstance(each, Stray):
            strays.append(each)
        elif not isinstance(each, int):
            yield each


def _stray_parts(strays: Sequence[Stray], asking: Asking) -> Iterator[Part]:
    """Yield the faults of events that belong to no case, in the order of their rows."""
    if not strays:
        return
    rows = np.concatenate([each.rows for each in strays])
    ids = pa.concat_arrays([each.ids for each in strays])
    order = np.argsort(rows, kind="stable")
    for start in range(0, len(order), _STRAYS):
        places = order[start : start + _STRAYS]
        faults = stray_table(Stray(rows[places], ids.take(pa.array(places))), asking.events)
        yield Part(DUTIES.empty_table(), GAPS.empty_table(), faults, Coverage(faults=faults.num_rows))


def _policies(asked: Asked) -> tuple[tuple[Policy, ...], Mapping[str, Mapping[str, str]]]:
    """Return the policies, and the options chosen for each.

    Raises:
        ReadingError: a reading or an option that there is not.
        TypeError: a policy that was not loaded.
        ValueError: no policy, or two different ones with one id.
    """
    given = asked.policy
    several: Sequence[object] = (given,) if isinstance(given, str | Policy) else given
    for each in several:  # callers without a type checker
        if not isinstance(each, Policy):
            msg = f"a policy has to be loaded before it judges, not {each!r}"
            raise TypeError(msg)
    found: tuple[Policy, ...] = (given,) if isinstance(given, Policy) else distinct(given)
    one = isinstance(given, Policy)
    chosen = {found[0].id: options(asked.readings) or {}} if one else options_by_policy(found, asked.readings)
    for policy in found:
        choose(policy, chosen.get(policy.id))
    return found, chosen


def _columns(given: BatchColumns | str | Path | None) -> BatchColumns:
    if isinstance(given, BatchColumns):
        return given
    if given is None:
        return BatchColumns()
    found, faults = read_batch_columns(given)
    if found is None:
        raise CaseError(faults)
    return found


def _micros(name: str, moment: Moment | None) -> int:
    if moment is None:
        return NONE
    found = instant(moment)
    if not FIRST_YEAR <= found.utc().year <= LAST_YEAR:
        msg = f"`{name}` {found} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise TimeError(msg)
    return found.micros


def collected(stream: Stream) -> Answers:
    """Return all parts of *stream* as one."""
    with stream as parts:
        found = list(parts)
    empty = (DUTIES.empty_table(), GAPS.empty_table(), SCHEMA.empty_table())
    duties, gaps, faults = (
        pa.concat_tables([each, *(part[place] for part in found)]).combine_chunks() for place, each in enumerate(empty)
    )
    return Answers(duties, gaps, faults, stream.coverage, stream.remarks)


@dataclass(frozen=True, slots=True)
class Files:
    """Parquet files to write to, each whole or not at all; what is ``None`` is not written."""

    duties: Path
    gaps: Path | None = None
    faults: Path | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Args:
        coverage: how many cases there were, and how they were judged.
        duties, gaps: how many rows there are of each.
        faults: the first of them, as rows of `faults.SCHEMA`; `coverage` counts them all.
        remarks: what is no fault.
    """

    coverage: Coverage
    duties: int
    gaps: int
    faults: tuple[Mapping[str, Any], ...]
    remarks: tuple[Diagnostic, ...]


def written(stream: Stream, files: Files) -> Written:
    """Write all parts of *stream* to *files*; the directory of the first is made if it is not there.

    Raises:
        OSError: a file cannot be written.
    """
    duties = gaps = 0
    shown: list[Mapping[str, Any]] = []
    with stream as parts, made(files.duties.parent), ExitStack() as stack:
        targets = ((files.duties, DUTIES), (files.gaps, GAPS), (files.faults, SCHEMA))
        writing = [None if path is None else _begun(Writing(path, schema), stack) for path, schema in targets]
        for part in parts:
            duties, gaps = duties + part.duties.num_rows, gaps + part.gaps.num_rows
            shown += part.faults.slice(0, SHOWN - len(shown)).to_pylist()
            for each, table in zip(writing, part[:3], strict=True):
                if each is not None:
                    each.add(table)
    return Written(stream.coverage, duties, gaps, tuple(shown), stream.remarks)


def _begun(writing: Writing, stack: ExitStack) -> Writing:
    stack.callback(writing.discard)
    return stack.enter_context(writing)


def files_in(folder: str | Path) -> Files:
    """Return the files of a batch in *folder*."""
    place = Path(folder)
    return Files(place / "duties.parquet", place / "gaps.parquet", place / "faults.parquet")
