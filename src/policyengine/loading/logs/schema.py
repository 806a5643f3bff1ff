"""The JSON Schema of a map of columns, for editors; what it takes, `read_columns` takes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from pydantic import TypeAdapter

from policyengine.loading.logs.columns import PARTS, Encoding, Names
from policyengine.loading.schema_parts import Schema, closed, ref
from policyengine.loading.schema_words import said
from policyengine.model.base import Identifier
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Schema = TypeAdapter(Identifier).json_schema()
TEXT: Schema = {"type": "string", "minLength": 1}
_ATOM: Schema = {"type": ["string", "number", "boolean", "null"]}
_KEYS: Mapping[str, Wording] = MappingProxyType(
    {
        "columns": Wording("各列的含义", "the columns by what they hold"),
        "time_zone": Wording(
            "未写时差的时间所属时区；不写则此类时间是错误", "the zone of times without an offset, which else are faults"
        ),
        "separator": Wording("一格内多项之间的分隔", "stands between the items of a list in one cell"),
        "delimiter": Wording("CSV 各格之间的分隔", "stands between the cells of a CSV file"),
        "encoding": Wording("CSV 文件的编码", "how CSV files are saved"),
        "booleans": Wording("表示是、否的词", "words that stand for true or false"),
        "types": Wording("表中的词所指的事件类型", "the event types that are meant by the words in the table"),
        "roles": Wording("表中的词所指的角色", "the roles that are meant by the words in the table"),
        "ignore": Wording("有意不读的列；* 为其余全部", "columns left unread on purpose; * is every other one"),
        "name": Wording("事实或属性", "the fact or attribute"),
        "type": Wording("一格按何种类型读取", "what a cell is read as"),
        "many": Wording("一格内是否有多项", "whether a cell holds a list"),
        "values": Wording(
            "一格或其中一项所指的值；null 为未知", "what a cell or an item of it stands for; null: unknown"
        ),
    }
)
COLUMN = Wording("列名；不写则与案件文件中的键同名", "the column; unless given, it is called as in a case file")
_PART = Wording("列名对应的事实或属性", "column -> fact or attribute")
_DOCUMENT = Wording("事件表的列对照", "what the columns of a table of events mean")


def columns_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the map of columns of a log."""
    names = {
        name: said(ref("meanings"), _PART) if name in PARTS else said({**TEXT}, COLUMN) for name in Names.model_fields
    }
    properties: dict[str, Schema] = {
        "columns": closed(names),
        "time_zone": TEXT,
        "separator": TEXT,
        "delimiter": {"type": "string", "minLength": 1, "maxLength": 1},
        "encoding": {"enum": list(get_args(Encoding))},
        "booleans": table_of({"type": "boolean"}),
        "types": table_of(NAME),
        "roles": table_of(NAME),
        "ignore": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **said(closed(_described(properties)), _DOCUMENT),
        "$defs": {"meanings": table_of({"anyOf": [NAME, ref("meaning")]}), "meaning": _meaning()},
    }


def _meaning() -> Schema:
    properties: dict[str, Schema] = {
        "name": NAME,
        "type": {"enum": ["boolean", "number", "text"]},
        "many": {"type": "boolean"},
        "values": table_of({"anyOf": [_ATOM, {"type": "array", "items": {"type": ["string", "number", "boolean"]}}]}),
    }
    return closed(_described(properties), ("name",))


def _described(properties: Mapping[str, Schema]) -> dict[str, Schema]:
    return {name: said(schema, _KEYS[name]) for name, schema in properties.items()}


def table_of(values: Schema) -> Schema:
    """Return an object with *values* under any keys."""
    return {"type": "object", "additionalProperties": values}
