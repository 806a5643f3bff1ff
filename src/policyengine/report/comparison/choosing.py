"""Which topics are told in full: those that the vocabulary names, or in which a policy stands against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class Choice:
    """The topics of a sheet by how much is told of them.

    Args:
        full: told in full.
        shared: acts that several policies demand, none of them held against another for it: (rows, policies).
        lone: by policy the topics that it alone provides for.
    """

    full: tuple[tuple[Row, ...], ...]
    shared: tuple[tuple[tuple[Row, ...], tuple[str, ...]], ...] = ()
    lone: tuple[tuple[str, tuple[tuple[Row, ...], ...]], ...] = ()


def chosen(sheet: Sheet, *, whole: bool) -> Choice:
    """Return which topics of *sheet* are told in full: all if *whole*, or if there is one policy only."""
    if whole or len(sheet.columns) == 1:
        return Choice(sheet.topics)
    full: list[tuple[Row, ...]] = []
    shared: list[tuple[tuple[Row, ...], tuple[str, ...]]] = []
    lone: dict[str, list[tuple[Row, ...]]] = {}
    for rows in sheet.topics:
        speaking = _demanding(rows)
        if _compared(rows) or (rows[0].named and len(speaking) > 1):
            full.append(rows)
        elif len(speaking) > 1:
            shared.append((rows, speaking))
        elif speaking:
            lone.setdefault(speaking[0], []).append(rows)
    return Choice(tuple(full), tuple(shared), tuple((policy, tuple(each)) for policy, each in lone.items()))


def _demanding(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.policy for row in rows for cell in row.cells if cell.demands))


def _compared(rows: Sequence[Row]) -> bool:
    """Tell whether any policy stands against another here, and not only on its own."""
    verdicts = (cell.verdict for row in rows for cell in row.cells if cell.verdict is not None)
    return any(each.compared for each in verdicts)
