"""How a policy stands to those it is held against, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.report.comparison import words
from policyengine.report.comparison.sheet import Place, Verdict
from policyengine.report.region_words import where

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Cell, Standing
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import Topic
    from policyengine.report.comparison.placing import Placing
    from policyengine.report.comparison.telling import Telling

_Norms = tuple[tuple[str, "Provision"], ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What names the provisions of several policies within one row.

    Args:
        topic: of the row.
        telling: by policy the words for its norms.
        short: by policy its short name.
        placing: the conditions of norms.
    """

    topic: Topic
    telling: Mapping[str, Telling]
    short: Mapping[str, str]
    placing: Placing

    def essence(self, policy: str, provision: Provision) -> str:
        """Return what is owed: how strongly and by when, with what it waits for and where, unless that is the usual."""
        told = self.telling[policy]
        text = told.essence(provision, self.topic)
        trigger = told.trigger(provision)
        if trigger and trigger != told.usual_trigger:
            text = told.phrases.say(words.FROM_TRIGGER, trigger=trigger, what=text)
        place = next((each for each, _ in self.placing.places(policy, provision)), "")
        return told.phrases.say(words.IN_PLACE, where=place, what=text) if place else text

    def theirs(self, norms: _Norms) -> tuple[tuple[str, str], ...]:
        """Return the provisions *norms* of several policies, as (short name, words)."""
        by_policy: dict[str, list[str]] = {}
        for policy, provision in norms:
            by_policy.setdefault(policy, []).append(self.essence(policy, provision))
        return tuple(
            (self.short[policy], self.telling[policy].phrases.listed(dict.fromkeys(texts)))
            for policy, texts in by_policy.items()
        )


def verdict(cell: Cell, naming: Naming) -> Verdict | None:
    """Return how the policy of *cell* stands; ``None`` where it is held against none, or nobody demands anything."""
    if cell.relation is None:
        return None
    places = tuple(_places(cell, naming))
    return Verdict(
        relation=cell.relation,
        word=naming.telling[cell.policy].phrases.say(words.RELATION[cell.relation]),
        reason=_overall(cell, naming),
        everywhere=all(each.relation is cell.relation for each in places),
        compared=any(each.demanded for each in cell.standings),
        places=places,
    )


def _places(cell: Cell, naming: Naming) -> Iterator[Place]:
    titles = naming.telling[cell.policy].phrases
    among = [each.region for each in cell.standings]
    for each in cell.standings:
        yield Place(
            where=where((each.region,), titles, among),
            trigger="" if each.trigger is None else titles.happening(each.trigger),
            relation=each.relation,
            word=titles.say(words.RELATION[each.relation]),
            lacking=naming.theirs(each.lacking),
            beyond=tuple(dict.fromkeys(naming.essence(cell.policy, one) for one in each.beyond)),
            reason=_reason((each,), cell.policy, naming),
        )


def _overall(cell: Cell, naming: Naming) -> str:
    """Return why it comes to what it does: from where it is just that, else from every place where they differ."""
    same = [each for each in cell.standings if each.relation is cell.relation]
    return _reason(same or cell.standings, cell.policy, naming)


def _reason(standings: Sequence[Standing], policy: str, naming: Naming) -> str:
    """Return in one sentence what is lacking in *standings*, and what goes beyond."""
    titles = naming.telling[policy].phrases
    lacking = {(name, each.id): (name, each) for standing in standings for name, each in standing.lacking}
    beyond = dict.fromkeys(naming.essence(policy, each) for standing in standings for each in standing.beyond)
    told = []
    if lacking:
        others = naming.theirs(tuple(lacking.values()))
        named = (titles.say(words.THEIRS, short=short, demands=demands) for short, demands in others)
        wording = words.NONE_OF if all(each.relation.missing for each in standings) else words.LACKING
        told.append(titles.say(wording, others=titles.listed(named)))
    beside = dict.fromkeys(naming.essence(policy, each) for standing in standings for each in standing.beside)
    if beside:
        told.append(titles.say(words.BESIDE, own=titles.listed(beside)))
    if beyond:
        told.append(titles.say(words.BEYOND, own=titles.listed(beyond)))
    return titles.listed(told)
