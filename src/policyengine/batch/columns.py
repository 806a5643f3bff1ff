"""A map of the columns of two tables, cases and their events: the one for logs, and what the cases' own table adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from policyengine.loading.logs.columns import Columns, Meanings, Text, read_columns
from policyengine.model.base import Identifier, Value
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.diagnostics import Diagnostic


class CaseNames(Value):
    """The columns of the table of cases by what they hold; unless given, each is called as in a case file.

    Args:
        case: the id of the case.
        as_of: the instant asked about, unless it is one and the same for all.
        known_at: only what was recorded by then is there.
        known_until: the log is complete up to then.
        scope: `case` or `agency`.
        facts: column -> the fact that holds from the start; unless given, a column called as a fact of a vocabulary, or
            `facts.NAME`.
        events: column -> the type of the event whose instant it holds; unless given, a column called as an event or an
            act of a vocabulary.
    """

    case: Text = "case"
    as_of: Text = "as_of"
    known_at: Text = "known_at"
    known_until: Text = "known_until"
    scope: Text = "scope"
    facts: Meanings | None = None
    events: Annotated[Mapping[Text, Identifier], AfterValidator(FrozenMap)] | None = None


class BatchColumns(Columns):
    """What the columns of both tables mean, and how their cells are read.

    Args:
        cases: the columns of the table of cases; those of the table of events are `columns`, as for logs.
    """

    cases: CaseNames = CaseNames()


def read_batch_columns(path: str | Path) -> tuple[BatchColumns | None, tuple[Diagnostic, ...]]:
    """Return the map of columns in the file *path*, YAML or JSON, or ``None``, and everything that is wrong with it."""
    return read_columns(path, BatchColumns)
