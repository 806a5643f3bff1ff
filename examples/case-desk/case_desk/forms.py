"""The forms of the desk. What was typed stands in them again when it could not be taken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from case_desk.markup import Content, Html, tag
from case_desk.terms import UNKNOWN, Kind, Terms
from case_desk.words import say

if TYPE_CHECKING:
    import policyengine as pe
    from case_desk.desk import Judged
    from case_desk.faults import Lang

Fields = Mapping[str, Sequence[str]]
"""What was sent by name, blanks left out."""


def language(lang: Lang) -> Html:
    """Return the hidden field that keeps the language."""
    return tag("input", type="hidden", name="lang", value=lang)


def opening(lang: Lang, fields: Fields, policies: Iterable[pe.Policy]) -> Html:
    """Return the form that opens a case."""
    chosen = fields.get("policy", ())
    boxes = [
        (tag("input", type="checkbox", name="policy", value=each.id, checked=each.id in chosen), each)
        for each in policies
    ]
    content = (
        _labelled(say("case_id", lang), _input("id", fields, required=True, maxlength="64")),
        _labelled(say("case_title", lang), _input("title", fields, maxlength="200")),
        tag(
            "fieldset",
            tag("legend", say("policies", lang)),
            (_labelled(each.title.within(lang), box) for box, each in boxes),
        ),
    )
    return _form("open", lang, "/cases", content)


def event(lang: Lang, fields: Fields, terms: Terms, judged: Judged) -> Html:
    """Return the form that records an event."""
    types, roles = (
        [(name, title.within(lang)) for name, title in each.items()] for each in (terms.events, terms.roles)
    )
    earlier = [(each.id, each.id) for each in judged.case.events]
    amends = [_labelled(say(name, lang), _select(name, fields, earlier, lang)) for name in ("corrects", "retracts")]
    content = (
        _labelled(say("event", lang), _select("type", fields, types, lang)),
        _labelled(say("at", lang), _input("at", fields, type="datetime-local", step="1")),
        _labelled(say("by_whom", lang), _select("by", fields, roles, lang)),
        _labelled(say("told", lang), _select("to", fields, roles, lang, multiple=True)),
        _labelled(say("note", lang), _input("note", fields, maxlength="2000")),
        *(
            _values(word, lang, fields, kinds)
            for word, kinds in (("sets", terms.facts), ("attributes", terms.attributes))
        ),
        tag("details", tag("summary", say("amends", lang)), amends) if earlier else (),
    )
    return _form("record", lang, f"/cases/{judged.case.id}/events", content)


def facts(lang: Lang, fields: Fields, terms: Terms, judged: Judged) -> Html:
    """Return the form for what is known of a case from its start."""
    known = (terms.facts[name].line(value, lang) for name, value in judged.record.facts.items())
    content = (tag("ul", (tag("li", each) for each in known)), _values("facts", lang, fields, terms.facts))
    return _form("learn", lang, f"/cases/{judged.case.id}/facts", content)


def _form(word: str, lang: Lang, action: str, content: Content) -> Html:
    form = tag("form", language(lang), content, tag("button", say(word, lang)), action=action, method="post")
    return tag("section", tag("h2", say(word, lang), id=word), form, aria_labelledby=word)


def _values(word: str, lang: Lang, fields: Fields, kinds: Mapping[str, Kind]) -> Html:
    """Return a field for the value of each of *kinds*, folded away unless one of them was filled in."""
    content = [
        _labelled(kind.title.within(lang), _value(f"{word}.{name}", kind, fields, lang)) for name, kind in kinds.items()
    ]
    given = any(name.startswith(f"{word}.") for name in fields)
    return tag("details", tag("summary", say(word, lang)), content, open=given)


def _value(name: str, kind: Kind, fields: Fields, lang: Lang) -> Html:
    if not kind.options:
        return _input(name, fields, maxlength="200")
    options = [(json.dumps(value), title.within(lang)) for value, title in kind.options]
    unknown = () if kind.many else (("null", UNKNOWN.within(lang)),)
    return _select(name, fields, (*options, *unknown), lang, multiple=kind.many)


def _select(
    name: str, fields: Fields, options: Iterable[tuple[str, str]], lang: Lang, *, multiple: bool = False
) -> Html:
    blank = () if multiple else (("", say("unchanged", lang)),)
    chosen = fields.get(name, ())
    shown = (tag("option", title, value=value, selected=value in chosen) for value, title in (*blank, *options))
    return tag("select", shown, name=name, multiple=multiple)


def _input(name: str, fields: Fields, **attributes: str | bool) -> Html:
    return tag("input", name=name, value=" ".join(fields.get(name, ())), **attributes)


def _labelled(label: str, control: Html) -> Html:
    return tag("label", tag("span", label), control)
