"""What every value read from a file shares: strictness, immutability, titles in two languages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from policyengine.model.frozen import FrozenMap

Item = TypeVar("Item")

Atom = bool | int | float | str
"""One value of a fact. Types are strict (S9): `1`, `true` and `"1"` are three values."""


class Value(BaseModel):
    """A frozen value of a file: unknown keys are refused and types are not converted."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True, defer_build=True)


class Title(Value):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def within(self, lang: Literal["zh", "en"]) -> str:
        """Return the text in *lang*."""
        return self.zh if lang == "zh" else self.en


def _atom(value: object) -> Atom:
    if isinstance(value, bool | int | float | str):
        return value
    msg = "a text, a number, true or false"
    raise ValueError(msg)


AtomField = Annotated[
    Any, PlainValidator(_atom), WithJsonSchema({"type": ["string", "number", "boolean"], "title": "a value of a fact"})
]

IDENTIFIER = r"^[a-z][a-z0-9_-]{0,79}$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
"""A name within a file: small letters, digits, `_` and `-`, at most 80."""

ClauseId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,9}:[0-9]{1,4}$")]
"""A clause: the regulation's short name and the number of the sentence, such as `CZH:17`."""


def _day(value: object) -> object:
    # Left to itself, a date in a file may also be a number of seconds, as text; we read dates only.
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value) if _DAY.fullmatch(value) else _no_day()
        except ValueError as error:
            raise PydanticCustomError("date_parsing", "{problem}", {"problem": str(error)}) from error
    return value


def _no_day() -> object:
    raise PydanticCustomError("date_parsing", "not a date")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A day, written as `2025-10-08`."""

Table = Annotated[Mapping[Identifier, Item], AfterValidator(FrozenMap)]
"""Named things of a file; immutable once read."""


def listed(value: object) -> tuple[object, ...]:
    """Let a single value stand for a list of one."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return *values* without repetitions, in their order."""
    return tuple(dict.fromkeys(values))


UniqueNames = Annotated[tuple[Identifier, ...], AfterValidator(unique)]

Names = Annotated[tuple[Identifier, ...], BeforeValidator(listed), Field(min_length=1)]
"""One name, or several."""
