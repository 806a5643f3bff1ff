"""What `strictness` is asked: which two policies, read how, about which acts, under which facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.comparing import presumed, scale_of
from policyengine.cli import words
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.compare_asked import (
    DIFFERENT_VOCABULARIES,
    NO_SUCH_TOPIC,
    TWO_VALUES,
    fact_given,
    known_name,
    policy_named,
)
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.errors import LoadError
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.base import Title
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_NOTHING = "none"
Both = tuple["Policy", "Policy"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question.

    Args:
        policies: the one that should be strict enough, and the other.
        readings: the options that were chosen for each.
        given: facts taken as settled.
        topics: the titles of what is asked about; none for everything.
        acts: what is asked about; ``None`` for everything.
    """

    policies: Both
    readings: tuple[Mapping[str, str], Mapping[str, str]]
    given: Mapping[str, FactValue]
    topics: tuple[str, ...]
    acts: tuple[str, ...] | None


def asked(
    names: tuple[str, str], lang: Lang, *, topics: Sequence[str], given: Sequence[str], readings: Sequence[str]
) -> Asked:
    """Return what the arguments ask for.

    Raises:
        LoadError: a policy does not load, or there is none of that name; holds the faults of both.
        Misuse: the policies have different vocabularies, or something is asked for that theirs does not have.
    """
    both = _loaded(names, lang)
    about = [_topic(each, both[0], lang) for each in topics]
    return Asked(
        policies=both,
        readings=_readings(readings, both, lang),
        given=_given(given, both, lang),
        topics=tuple(title.within(lang) for title, _ in about),
        acts=tuple(dict.fromkeys(act for _, acts in about for act in acts)) if about else None,
    )


def _loaded(names: tuple[str, str], lang: Lang) -> Both:
    library = Policies()
    faults: list[Diagnostic] = []
    found: list[Policy] = []
    for name in names:
        policy, wrong = library.read(name)
        if policy is None:
            faults += wrong
        else:
            found.append(policy)
    if faults:
        raise LoadError(tuple(dict.fromkeys(faults)))
    one, other = found
    if one.vocabulary != other.vocabulary:
        told = ", ".join(f"{each.id} ({each.vocabulary.vocabulary})" for each in found)
        raise Misuse(DIFFERENT_VOCABULARIES.within(lang).format(policies=told))
    return one, other


def _topic(name: str, policy: Policy, lang: Lang) -> tuple[Title, tuple[str, ...]]:
    """Return the title and the acts of a topic, or of an act, named by its id or title."""
    vocabulary = policy.vocabulary
    topics = {each.id: each for each in vocabulary.topics}
    titles = {act: kind.title for act, kind in vocabulary.acts.items()}
    found = known_name(name, {**titles, **{each.id: each.title for each in vocabulary.topics}}, NO_SUCH_TOPIC, lang)
    return (topics[found].title, topics[found].acts) if found in topics else (titles[found], (found,))


def _given(texts: Sequence[str], both: Both, lang: Lang) -> Mapping[str, FactValue]:
    """Return the facts that are settled: what the policies presume apart from grades, unless that is dropped."""
    vocabulary = both[0].vocabulary
    found: dict[str, FactValue] = {}
    for text in texts:
        if text != _NOTHING:
            fact, value = fact_given(text, vocabulary, None, lang)
            if found.setdefault(fact, value) != value:
                raise Misuse(TWO_VALUES.within(lang).format(fact=fact))
    settled = {} if _NOTHING in texts else presumed(both, vocabulary, scale_of(vocabulary, both))
    return FrozenMap({**settled, **found})


def _readings(texts: Sequence[str], both: Both, lang: Lang) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the options that are asked for; those for one policy come before those for both."""
    plain = [each for each in texts if ":" not in each.partition("=")[0]]
    found = chosen(pairs(plain, lang), both, lang)
    for text in texts:
        prefix, colon, rest = text.partition(":")
        if colon and text not in plain:
            if both[0].id == both[1].id and both[0] != both[1]:
                raise Misuse(words.CALLED_THE_SAME.within(lang).format(name=both[0].id))
            policy = policy_named(prefix, both, lang)
            found[policy] = {**found[policy], **chosen(pairs([rest], lang), [policy], lang)[policy]}
    return found[both[0]], found[both[1]]
