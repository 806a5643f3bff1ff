"""The words that a case may use: those of its policies' vocabularies, with their titles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case_desk.faults import Lang, Text
from case_desk.words import say

if TYPE_CHECKING:
    import policyengine as pe
    from policyengine.model.vocabulary import FactType, Vocabulary

YES, NO, UNKNOWN = Text("是", "yes"), Text("否", "no"), Text("不明", "not known")
_YES_OR_NO = ((True, YES), (False, NO))


@dataclass(frozen=True, slots=True)
class Kind:
    """What values a fact or an attribute takes; `options` are empty where they are free."""

    title: Text
    options: tuple[tuple[bool | str, Text], ...]
    many: bool
    number: bool

    def read(self, given: Sequence[str]) -> object:
        """Return the value that a form gives: options are sent as JSON, anything else as it was typed."""
        values = [_loaded(each) if self.options or self.number else each for each in given]
        return values if self.many else values[0] if len(values) == 1 else values

    def line(self, value: object, lang: Lang) -> str:
        """Return the title with a value."""
        return say("told_of", lang, name=self.title.within(lang), value=self._shown(value, lang))

    def _shown(self, value: object, lang: Lang) -> str:
        values = value if isinstance(value, list | tuple) else [value]
        titles = {json.dumps(option): title for option, title in (*self.options, (None, UNKNOWN))}
        return say("and", lang).join(
            titles.get(json.dumps(each), Text(str(each), str(each))).within(lang) for each in values
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """Event types, roles, facts and attributes of several policies; of two with one name the first policy's."""

    events: Mapping[str, Text]
    roles: Mapping[str, Text]
    facts: Mapping[str, Kind]
    attributes: Mapping[str, Kind]

    @classmethod
    def of(cls, policies: Sequence[pe.Policy]) -> Terms:
        """Return the terms of *policies*."""
        events: dict[str, Text] = {}
        roles: dict[str, Text] = {}
        facts: dict[str, Kind] = {}
        attributes: dict[str, Kind] = {}
        for policy in reversed(policies):
            words = policy.vocabulary
            events |= {name: _text(each.title) for name, each in words.event_types.items()}
            roles |= {name: _text(each.title) for name, each in {**words.roles, **policy.header.roles}.items()}
            facts |= {name: _kind(words, each) for name, each in words.facts.items()}
            attributes |= {name: _kind(words, each) for name, each in words.attributes.items()}
        return cls(events, roles, facts, attributes)

    def event(self, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Return the event that a form describes, to be checked like one that came as JSON."""
        given: dict[str, Any] = {name: texts[0] for name, texts in fields.items() if "." not in name and name != "lang"}
        given |= {"to": list(fields["to"])} if "to" in fields else {}
        tables = {table: values(kinds, fields, table) for table, kinds in self._tables.items()}
        return given | {name: table for name, table in tables.items() if table}

    @property
    def _tables(self) -> Mapping[str, Mapping[str, Kind]]:
        return {"sets": self.facts, "attributes": self.attributes}


def values(kinds: Mapping[str, Kind], fields: Mapping[str, Sequence[str]], table: str) -> dict[str, Any]:
    """Return the facts or attributes that a form gives in fields such as `sets.NAME`; blanks are left out.

    A name that is no word of the vocabulary is kept, for policyengine to find.
    """
    named = ((name.partition(".")[2], texts) for name, texts in fields.items() if name.startswith(f"{table}."))
    return {name: kinds[name].read(texts) if name in kinds else list(texts) for name, texts in named}


def _text(title: Any) -> Text:  # noqa: ANN401 - whatever has a text in both languages
    return Text(title.zh, title.en)


def _kind(words: Vocabulary, kind: FactType) -> Kind:
    choices = words.scales[kind.scale] if kind.scale is not None else kind.choices or ()
    named = tuple((each.id, _text(each.title)) for each in choices)
    return Kind(_text(kind.title), _YES_OR_NO if kind.type == "boolean" else named, kind.many, kind.type == "number")


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
