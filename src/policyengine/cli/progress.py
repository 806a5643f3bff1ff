"""How far a long run is, on a terminal that somebody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""


@contextmanager
def shown(label: str, *, quiet: bool) -> Iterator[Progress | None]:
    """Show a bar on standard error, if that is a terminal and nobody asked for *quiet*; else give ``None``."""
    if quiet or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield tell
