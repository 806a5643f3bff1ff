"""What the JSON writers share: the type of JSON, titles in both languages, and one way of writing it down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.base import Title
    from policyengine.wording import Wording

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def written(value: Json, *, indent: int | None = 2) -> str:
    """Return *value* as JSON text that ends with a line end; Chinese stays as it is, and NaN is refused."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def both(words: Title | Wording) -> Mapping[str, Json]:
    """Return a text in both languages."""
    return {"zh": words.zh, "en": words.en}


def titled(name: str, title: Title) -> Mapping[str, Json]:
    """Return an id with its title in both languages."""
    return {"id": name, "title": both(title)}
