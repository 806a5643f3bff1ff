"""The JSON Schema of a map of columns, for editors; what it takes, `read_columns` takes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import TypeAdapter

from policyengine.loading.logs.columns import PARTS, Encoding, Names
from policyengine.model.base import Identifier
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]

_NAME: Schema = TypeAdapter(Identifier).json_schema()
_TEXT: Schema = {"type": "string", "minLength": 1}
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
_COLUMN = Wording("列名；不写则与案件文件中的键同名", "the column; unless given, it is called as in a case file")
_PART = Wording("列名对应的事实或属性", "column -> fact or attribute")
_DOCUMENT = Wording("事件表的列对照", "what the columns of a table of events mean")


def columns_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a map of columns."""
    names = {
        name: _said({"$ref": "#/$defs/meanings"}, _PART) if name in PARTS else _said({**_TEXT}, _COLUMN)
        for name in Names.model_fields
    }
    properties = {
        "columns": _closed(names),
        "time_zone": _TEXT,
        "separator": _TEXT,
        "delimiter": {"type": "string", "minLength": 1, "maxLength": 1},
        "encoding": {"enum": list(get_args(Encoding))},
        "booleans": _map({"type": "boolean"}),
        "types": _map(_NAME),
        "roles": _map(_NAME),
        "ignore": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_said(_closed(_described(properties)), _DOCUMENT),
        "$defs": {"meanings": _map({"anyOf": [_NAME, {"$ref": "#/$defs/meaning"}]}), "meaning": _meaning()},
    }


def _meaning() -> Schema:
    properties = {
        "name": _NAME,
        "type": {"enum": ["boolean", "number", "text"]},
        "many": {"type": "boolean"},
        "values": _map({"anyOf": [_ATOM, {"type": "array", "items": {"type": ["string", "number", "boolean"]}}]}),
    }
    return {**_closed(_described(properties)), "required": ["name"]}


def _described(properties: Mapping[str, Schema]) -> Schema:
    return {name: _said(schema, _KEYS[name]) for name, schema in properties.items()}


def _said(schema: Schema, words: Wording) -> Schema:
    return {"description": f"{words.zh} / {words.en}", **schema}


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}
