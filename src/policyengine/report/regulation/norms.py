"""The provisions, kind by kind: each as a sentence, then its grounds and what other readings change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength
from policyengine.report import words as answer_words
from policyengine.report.regulation import words
from policyengine.report.regulation.counting import readings_of_counting
from policyengine.report.regulation.markup import code, heading, inline, items
from policyengine.report.regulation.sentence import aspects, sentence

if TYPE_CHECKING:
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Provision
    from policyengine.report.regulation.told import Told
    from policyengine.wording import Wording


def norms(told: Told) -> Iterator[str]:
    """Yield the sections of all kinds of provisions that the policy has."""
    for kind in words.KINDS:
        found = [each for each in told.norms.values() if _kind(each[0]) is kind]
        if found:
            yield from heading(2, told.say(kind))
        for provision, variants in found:
            yield from _norm(told, provision, variants)


def _kind(provision: Provision) -> Wording:
    """Return under which heading *provision* stands."""
    if provision.sanction:
        return words.SANCTIONS
    if provision.strength is Strength.MUST_NOT:
        return words.PROHIBITIONS
    if provision.strength is Strength.MAY:
        return words.PERMISSIONS
    if provision.scope == "agency":
        return words.AGENCY
    return words.STANDING if provision.standing or provision.every else words.OBLIGATIONS


def _norm(told: Told, provision: Provision, variants: Variants[Provision]) -> Iterator[str]:
    yield from heading(3, told.titled(told.say(provision.title), provision.id))
    yield from (inline(sentence(told, provision)), "")
    yield from items(told.md(words.ON_CLAUSE, clause=clause(told, each)) for each in provision.clause)
    yield from items([told.plain(words.NOTED, note=told.say(provision.note))] if provision.note else [])
    yield from items([told.admission(variants)])
    yield from items(told.differences(variants, lambda node: aspects(told, node)))
    yield from items(_elsewhere(told, provision))
    yield ""


def clause(told: Told, name: str) -> str:
    """Return a clause with its number and our summary of it, as Markdown."""
    found = told.policy.header.source.clauses[name]
    word = f"{code(name)} {inline(found.number)}"
    return told.md(answer_words.COLON, word=word, more=inline(told.say(found.says)))


def _elsewhere(told: Told, provision: Provision) -> Iterator[str]:
    """Yield what other parts of the page have to say on *provision*."""
    others = [name for name, (other, _) in told.norms.items() if provision.id in (other.defeats or ())]
    if others:
        yield told.md(words.DEFEATED_BY, provisions=told.listed(map(told.norm_titled, others)))
    gaps = [name for name, (gap, _) in told.silences.items() if provision.id in (gap.instead_of or ())]
    if gaps:
        yield told.md(words.GIVES_WAY, gaps=told.listed(map(told.silence_titled, gaps)))
    counting = readings_of_counting(told.policy, provision)
    if counting:
        yield told.md(words.COUNTED_AS_READ, readings=told.ids(counting))
    decided = {provision.bearer, provision.to, *_facts(provision)}
    tables = [each for each in told.policy.tables if told.base(each).id in decided]
    if tables:
        yield told.md(words.DECIDED_BY, tables=told.ids(told.base(each).id for each in tables))


def _facts(provision: Provision) -> Iterator[str]:
    for each in (provision.when, provision.unless):
        yield from each.facts_asked() if each is not None else ()
