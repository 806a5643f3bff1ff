"""A directory for what is too much for memory, which is gone in the end, however the run ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_PREFIX = "policyengine-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a new directory that only this user can read, and remove it and all that is in it afterwards.

    Being told to end (SIGTERM, as CI services do) is an interruption meanwhile, so that it is removed then too.
    """
    with _ended_as_interrupted(), TemporaryDirectory(prefix=_PREFIX) as name:
        yield Path(name)


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only there can signals be taken
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
