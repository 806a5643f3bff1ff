"""What a case file holds, as its models: the case, its events, and how facts and times are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from policyengine.model.base import Identifier, Value, listed

if TYPE_CHECKING:
    from policyengine.model.case import FactValue


def _fact_value(value: object) -> FactValue:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list) and all(isinstance(each, bool | int | float | str) for each in value):
        return tuple(value)
    raise PydanticCustomError("fact_type", "a value, a list of values, or null")


FactField = Annotated[
    Any,
    PlainValidator(_fact_value),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean", "null"]},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            ]
        }
    ),
]
Facts = Annotated[dict[Identifier, FactField], Field(default_factory=dict)]
Text = Annotated[str, Field(min_length=1)]


def _scalar(value: object) -> object:
    if value is None or isinstance(value, list | dict):
        raise PydanticCustomError("instant_type", "an instant")
    return value


Time = Annotated[Any, PlainValidator(_scalar), WithJsonSchema({"type": "string"})]
"""A time as written; `Times` says what is wrong with it, in words about time."""


def _retracts(key: str, value: object) -> bool:
    return key.startswith("retract") and (key != "retracts" or value is not None)


def _needed(schema: dict[str, Any]) -> None:
    """Let only a retraction leave out what every other event needs."""
    schema["required"] = ["id"]
    schema["anyOf"] = [
        {"required": ["type", "at"]},
        {"required": ["retracts", "at"]},
        {"required": ["retracts", "recorded_at"]},
    ]


NO_TYPE = "retraction"
"""What stands for the type of a retraction that has none, while its shape is looked at."""


class EventEntry(Value):
    """One event, correction or retraction as its file has it."""

    model_config = ConfigDict(json_schema_extra=_needed)

    id: Text
    type: Identifier
    at: Time
    recorded_at: Time | None = None
    sets: Facts
    by: Identifier | None = None
    to: Annotated[tuple[Identifier, ...], BeforeValidator(listed)] = ()
    attributes: Facts
    note: str | None = None
    corrects: Text | None = None
    retracts: Text | None = None
    partial: bool = False

    @model_validator(mode="before")
    @classmethod
    def _no_happening(cls, value: object) -> object:
        """Fill in what a retraction may leave out: it is no happening (S4). One misspelt is told as that alone."""
        if not isinstance(value, dict) or not any(_retracts(key, told) for key, told in value.items()):
            return value
        at = {"at": value["recorded_at"]} if value.get("recorded_at") is not None else {}
        return {"type": NO_TYPE, **at, **value}


class CaseFile(Value):
    """One case as its file has it."""

    case: Text
    title: str | None = None
    scope: Literal["case", "agency"] = "case"
    policy: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()
    time_zone: str | None = None
    as_of: Time | None = None
    known_at: Time | None = None
    known_until: Time | None = None
    facts: Facts
    events: tuple[EventEntry, ...] = ()
