"""A comparison as CSV: a line for each policy, topic, stretch of grades, condition and demand or silence.

The names of the columns never change with the language; ids stand beside words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.csv_cells import MARK, plain_cell

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Cell, Demand, Row, Sheet, Silence

COLUMNS = (
    *("policy", "policy_short", "topic", "topic_title", "grades", "grades_title", "where"),
    *("kind", "id", "title", "strength", "binding", "quoted", "bearer", "act", "addressee"),
    *(
        "limit",
        "counted_from",
        "trigger",
        "sanction",
        "undetermined",
        "clauses",
        "says",
        "refers_to",
        "note",
        "readings",
    ),
    *("relation", "relation_title", "in_part", "reason"),
)


def comparison_csv(sheet: Sheet) -> str:
    """Return *sheet* as CSV; `kind` is `demand`, `gap`, `referral`, or `nothing` where there is but a relation."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for row in sheet.rows:
        for cell in row.cells:
            writer.writerows(
                {name: plain_cell(value) for name, value in each.items()} for each in _cell(sheet, row, cell)
            )
    return MARK + text.getvalue()


def _cell(sheet: Sheet, row: Row, cell: Cell) -> Iterator[dict[str, str]]:
    common = {
        "policy": cell.policy,
        "policy_short": sheet.column(cell.policy).short,
        "topic": row.topic,
        "topic_title": row.title,
        "grades": " ".join(row.grades),
        "grades_title": row.stretch or words.ALL_GRADES.within(sheet.lang),
        **_verdict(cell),
    }
    for part in cell.parts:
        yield from ({**common, "where": part.where, **_demand(each, sheet)} for each in part.demands)
        yield from ({**common, "where": part.where, **_silence(each, sheet)} for each in part.silences)
    if not cell.parts and cell.verdict is not None:
        yield {**common, "kind": "nothing"}


def _verdict(cell: Cell) -> dict[str, str]:
    found = cell.verdict
    if found is None:
        return {}
    return {
        "relation": found.relation.value,
        "relation_title": found.word,
        "in_part": _flag(not found.everywhere),
        "reason": found.reason,
    }


def _demand(demand: Demand, sheet: Sheet) -> dict[str, str]:
    return {
        "kind": "demand",
        "id": demand.provision,
        "title": demand.title,
        "strength": demand.strength.value,
        "binding": demand.binding,
        "quoted": demand.quoted,
        "bearer": demand.bearer,
        "act": demand.act,
        "addressee": demand.addressee,
        "limit": demand.limit,
        "counted_from": demand.counted_from,
        "trigger": demand.trigger,
        "sanction": _flag(demand.sanction),
        "undetermined": _flag(demand.doubtful),
        "note": demand.note,
        **_grounds(demand, sheet),
    }


def _silence(silence: Silence, sheet: Sheet) -> dict[str, str]:
    return {
        "kind": "referral" if silence.refers_to else "gap",
        "id": silence.id,
        "title": silence.title,
        "refers_to": silence.refers_to,
        "note": silence.missing,
        **_grounds(silence, sheet),
    }


def _grounds(norm: Demand | Silence, sheet: Sheet) -> dict[str, str]:
    return {
        "clauses": " ".join(each.id for each in norm.clauses),
        "says": answer_words.SEMICOLON.within(sheet.lang).join(each.says for each in norm.clauses),
        "readings": " ".join(f"{each.name}={each.option}" for each in norm.readings),
    }


def _flag(value: bool) -> str:  # noqa: FBT001 - the value is what is written
    return "1" if value else "0"
