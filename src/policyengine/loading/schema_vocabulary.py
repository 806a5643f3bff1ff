"""The names that an editor offers: those of the packaged vocabularies, calendars and policies.

They are offered, never demanded: a policy may use a vocabulary of its own, which no schema knows. Whether a name
exists is for the loader to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from policyengine.errors import PolicyError
from policyengine.loading import library
from policyengine.loading.schema_parts import Schema, any_of, completing, enumerated, ref
from policyengine.loading.schema_words import described
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.model.base import Identifier
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.base import Title
    from policyengine.model.vocabulary import Choice, EventType, FactType, RoleType, Vocabulary

IDENTIFIER: Schema = TypeAdapter(Identifier).json_schema()
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})"
INSTANT = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?{OFFSET}?$"
ZONE = r"^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"

VALUES = "values."
"""How the names of the definitions of values begin."""
_TYPES = {"boolean": "boolean", "text": "string", "number": "number"}


@dataclass(frozen=True, slots=True)
class Offer:
    """The names that are offered.

    Args:
        definitions: of names and of values.
        facts: what is offered for each fact, by its name.
        attributes: the same for the attributes of events.
    """

    definitions: Mapping[str, Schema]
    facts: Mapping[str, Schema]
    attributes: Mapping[str, Schema]


def packaged_names() -> Offer:
    """Return the names of everything that is packaged.

    Raises:
        PolicyError: a packaged vocabulary does not load.
    """
    vocabularies = [_vocabulary(name) for name in library.packaged("vocabulary")]
    values: dict[str, Schema] = {}
    facts = _typed("fact", ((each, each.facts) for each in vocabularies), values)
    attributes = _typed("attribute", ((each, each.attributes) for each in vocabularies), values)
    return Offer({**dict(_names(vocabularies)), **values}, facts, attributes)


def _vocabulary(name: str) -> Vocabulary:
    vocabulary, faults = read_vocabulary(library.packaged("vocabulary")[name])
    if vocabulary is None:
        raise PolicyError(faults)
    return vocabulary


def _names(vocabularies: list[Vocabulary]) -> Iterable[tuple[str, Schema]]:
    named = {
        "act": _titles(each.acts for each in vocabularies),
        "event": _titles(each.event_types for each in vocabularies),
        "role": _titles(each.roles for each in vocabularies),
        "fact": _titles(each.facts for each in vocabularies),
        "grade": _choices(choice for each in vocabularies for scale in each.scales.values() for choice in scale),
        "vocabulary": {each.vocabulary: _title(each.title) for each in vocabularies},
        "calendar": dict.fromkeys(library.packaged("calendars"), ""),
    }
    for name, values in named.items():
        yield name, completing(values, IDENTIFIER)
    yield "policy", completing(dict.fromkeys(library.packaged_policies(), ""), {"type": "string", "minLength": 1})
    yield "zone", {"type": "string", "pattern": ZONE}
    yield "instant", {"type": "string", "pattern": INSTANT}


def _typed(
    family: str, tables: Iterable[tuple[Vocabulary, Mapping[str, FactType]]], values: dict[str, Schema]
) -> dict[str, Schema]:
    """Return what is offered for each name, and add the definitions of its values to *values*."""
    found: dict[str, Schema] = {}
    for vocabulary, table in tables:
        for name, kind in table.items():
            definition = f"{VALUES}{_family(kind) or f'{family}.{name}'}"
            values[definition] = any_of(*filter(None, (values.get(definition), _values(vocabulary, kind))))
            known = any_of(*filter(None, (found.get(name), ref(definition))))
            found[name] = {"description": _title(kind.title), **known}
    return found


def _family(kind: FactType) -> str | None:
    """Return the name that facts with the values of *kind* share; ``None`` when the values are a fact's own."""
    if kind.type is not None:
        return f"type.{kind.type}"
    return f"scale.{kind.scale}" if kind.scale is not None else None


def _values(vocabulary: Vocabulary, kind: FactType) -> Schema:
    if kind.type is not None:
        return {"type": _TYPES[kind.type]}
    return enumerated(_choices(kind.choices or vocabulary.scales[kind.scale or ""]))


def _titles(
    tables: Iterable[Mapping[str, EventType] | Mapping[str, RoleType] | Mapping[str, FactType]],
) -> dict[str, str]:
    return {name: _title(kind.title) for table in tables for name, kind in table.items()}


def _choices(choices: Iterable[Choice]) -> dict[str, str]:
    return {choice.id: _title(choice.title) for choice in choices}


def _title(title: Title) -> str:
    return described(Wording(title.zh, title.en))
