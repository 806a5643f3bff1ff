"""Chunks of cases judged one after another, or by several processes; the answers come in the order of the cases."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import ipc

from policyengine.batch.decoding import Rows
from policyengine.batch.judging import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from policyengine.batch.judging import Asking, Part

_AHEAD = 2
"""Chunks that wait or are judged at a time, for each process."""


def judged(asking: Asking, chunks: Iterable[Rows], *, workers: int, folder: Path) -> Iterator[Part]:
    """Yield the answers for *chunks*, in their order.

    Args:
        asking: what is asked.
        chunks: cases with all their rows.
        workers: how many processes judge; with 1, this one does.
        folder: for a file by which the processes see that they are still needed.
    """
    if workers <= 1:
        judge = Judge(asking)
        yield from map(judge.part, chunks)
        return
    sign = folder / "judging"
    sign.touch()
    packed = pickle.dumps((asking, sign))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_started)
    waiting: deque[Future[Part]] = deque()
    try:
        for rows in chunks:
            waiting.append(pool.submit(_part, packed, _sent(rows)))
            if len(waiting) >= _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        sign.unlink(missing_ok=True)
        pool.shutdown(cancel_futures=True)


def _started() -> None:
    """Leave interruptions to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _part(packed: bytes, sent: tuple[bytes, bytes | None, tuple[Any, ...]]) -> Part:
    cases, events, numbers = sent
    case_rows, event_rows, owner, copies = numbers
    read = None if events is None else _read(events)
    return _judge(packed).part(Rows(_read(cases), case_rows, read, event_rows, owner, copies))


@lru_cache(maxsize=1)
def _judge(packed: bytes) -> Judge:
    asking, sign = pickle.loads(packed)  # noqa: S301 - packed above
    return Judge(asking, lambda: not Path.exists(sign))


def _sent(rows: Rows) -> tuple[bytes, bytes | None, tuple[Any, ...]]:
    """Return *rows* to be sent: as the format of Arrow, which, unlike pickle, leaves out what was sliced off."""
    events = None if rows.events is None else _written(rows.events)
    return _written(rows.cases), events, (rows.case_rows, rows.event_rows, rows.owner, rows.copies)


def _written(table: Any) -> bytes:  # noqa: ANN401 - a table of pyarrow
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.unify_dictionaries())
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _read(written: bytes) -> Any:  # noqa: ANN401 - likewise
    with ipc.open_stream(written) as reader:
        return reader.read_all()
