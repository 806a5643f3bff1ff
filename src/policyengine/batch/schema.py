"""The JSON Schema of a map of columns, for editors: of a log, or of the two tables of a batch."""

from __future__ import annotations

from policyengine.batch.columns import CaseNames
from policyengine.loading.logs.schema import COLUMN, NAME, TEXT, columns_schema, table_of
from policyengine.loading.schema_parts import Schema, closed, named, ref
from policyengine.loading.schema_words import said
from policyengine.wording import Wording

_CASES = Wording("案件表各列的含义 (批量判断)", "the columns of the table of cases, of a batch")
_FACTS = Wording("列名对应的事实，自始成立", "column -> the fact that holds from the start")
_EVENTS = Wording("列名对应的事件类型，格内为其时间", "column -> the type of the event whose instant it holds")


def batch_columns_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a map of columns; `cases` is read by a batch alone."""
    log = columns_schema()
    columns, *rest = named(log, "properties").items()
    return {**log, "properties": dict([columns, ("cases", said(_cases(), _CASES)), *rest])}


def _cases() -> Schema:
    maps = {"facts": said(ref("meanings"), _FACTS), "events": said(table_of(NAME), _EVENTS)}
    return closed({name: maps.get(name) or said(TEXT, COLUMN) for name in CaseNames.model_fields})
