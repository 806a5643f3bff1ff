"""Other engines, plain Python and our own evaluators on the same work: a module each, whose `make` returns the peer.

To add one: a module beside the others with `make()` and its name below. A name such as `ours:call` gives `make` a word.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.peers.kinds import Peer

ONE_CASE = (
    "plain",
    "plain_iso",
    "glue",
    "generated:tuples",
    "generated:objects",
    "ours:call",
    "ours:rows",
    "ours:duties",
    "ours:iso",
    "ours:text",
    "ours:evaluate",
    "ours:reference",
    "zen_table",
    "zen_expression",
    "cel_rust:conditions",
    "cel_rust:duties",
    "cel_python",
    "regorus:machine",
    "regorus:interpreter",
    "clips",
    "durable_rules",
    "rule_engine",
)
GRADED = ("graded:plain", "graded:call", "graded:duties", "graded:evaluate", "graded:reference")
COLUMNS = ("plain", "numpy", "numba", "rust", "polars", "duckdb", "ours:kernel", "ours:evaluate")

NAMES = tuple(
    f"{folder}.{name}" for folder, names in (("one_case", (*ONE_CASE, *GRADED)), ("columns", COLUMNS)) for name in names
)


def peer(name: str) -> Peer:
    """Return the peer called *name*, such as `one_case.zen_table`.

    Raises:
        ImportError: a package that it needs is not installed.
        NotAvailableError: something else that it needs is not there.
    """
    module, _, word = name.partition(":")
    make = import_module(f"benchmarks.peers.{module}").make
    found: Peer = make(word) if word else make()
    return found
