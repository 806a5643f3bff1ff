"""What `compare` is asked: which policies, held against which, about what; and the comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.comparing import compare, graded, presumed, scale_of
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.cli import words
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.help import Misuse, suggested
from policyengine.cli.inputs import Policies
from policyengine.diagnostics import nearest
from policyengine.errors import LoadError
from policyengine.loading.library import packaged_policies
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.base import Atom, Title
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import EventType, Vocabulary
    from policyengine.wording import Lang

_NOTHING = "none"
DIFFERENT_VOCABULARIES = Wording(
    "规则所用的词汇不同，无法对照：{policies}",
    "the policies use different vocabularies and cannot be laid side by side: {policies}",
)
NO_SUCH_TOPIC = Wording("没有事项或行为 `{name}`", "there is no topic or act `{name}`")
NO_SUCH_GRADE = Wording("没有等级 `{name}`", "there is no grade `{name}`")
NO_SUCH_FACT = Wording("没有事实 `{name}`", "there is no fact `{name}`")
NO_SUCH_POLICY = Wording("所列规则中没有 `{name}`", "`{name}` is none of the policies compared")
NOT_GIVEN = Wording("`{text}` 不是 事实=值 的形式", "`{text}` is not of the form FACT=VALUE")
NOT_A_VALUE = Wording("`{fact}` 不能是 `{value}`", "`{fact}` cannot be `{value}`")
CHOOSE_FROM = Wording("{problem}，可取：{allowed}", "{problem}; choose from: {allowed}")
NOT_A_NUMBER = Wording("`{fact}` 须为数字，不能是 `{value}`", "`{fact}` is a number and cannot be `{value}`")
TWO_VALUES = Wording("事实 `{fact}` 给了两个不同的值", "the fact `{fact}` is given two values")
GIVEN_GRADE = Wording(
    "`{fact}` 是等级，已按等级分行；请用 --severity", "`{fact}` is a grade, by which rows are split; use --severity"
)
TOO_MUCH = Wording("条件的组合过多，无法逐一列举：{reason}", "the conditions combine in too many ways: {reason}")


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments as they were given."""

    policies: Sequence[str]
    against: Sequence[str]
    topics: Sequence[str]
    grades: Sequence[str]
    given: Sequence[str]
    readings: Sequence[str]


def compared(asked: Asked, lang: Lang) -> Comparison:
    """Return the comparison that is *asked* for.

    Raises:
        LoadError: a policy does not load, or there is none of that name; holds all faults.
        Misuse: the policies cannot be compared, or something is asked for that their vocabulary does not have.
    """
    policies, against = _loaded(asked, lang)
    vocabulary = policies[0].vocabulary
    scale = scale_of(vocabulary, policies)
    topics = {**{each.id: each.title for each in vocabulary.topics}, **_titles(vocabulary.acts)}
    grades = {} if scale is None else {each.id: each.title for each in vocabulary.scales[scale]}
    try:
        return compare(
            policies,
            readings=_readings(asked.readings, policies, lang),
            against=[each.id for each in against] or None,
            topics=[known_name(each, topics, NO_SUCH_TOPIC, lang) for each in asked.topics] or None,
            grades=[known_name(each, grades, NO_SUCH_GRADE, lang) for each in asked.grades] or None,
            given=_given(asked.given, policies, scale, lang),
        )
    except (TooManyRegionsError, TooManyContentsError) as error:
        raise Misuse(TOO_MUCH.within(lang).format(reason=error)) from error


def _loaded(asked: Asked, lang: Lang) -> tuple[tuple[Policy, ...], tuple[Policy, ...]]:
    """Return the policies to compare, each once, and those that the others are to be held against."""
    library = Policies()
    faults: list[Diagnostic] = []
    named = _read(asked.policies or tuple(packaged_policies()), library, faults)
    against = _read(asked.against, library, faults)
    if faults:
        raise LoadError(faults)
    policies = tuple(dict.fromkeys((*named, *against)) if asked.policies else _superiors_first(named, against))
    ids = [each.id for each in policies]
    for name in ids:
        if ids.count(name) > 1:
            raise Misuse(words.CALLED_THE_SAME.within(lang).format(name=name))
    if any(each.vocabulary != policies[0].vocabulary for each in policies):
        told = ", ".join(f"{each.id} ({each.vocabulary.vocabulary})" for each in policies)
        raise Misuse(DIFFERENT_VOCABULARIES.within(lang).format(policies=told))
    return policies, against


def _read(names: Iterable[str], library: Policies, faults: list[Diagnostic]) -> tuple[Policy, ...]:
    found: dict[Policy, None] = {}
    for name in names:
        policy, wrong = library.read(name)
        if policy is None:
            faults.extend(wrong)
        else:
            found[policy] = None
    return tuple(found)


def _superiors_first(policies: Sequence[Policy], against: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return what is read first at the front: the policies that others are held against."""
    implemented = {name for each in policies for name in each.header.implements or ()}
    superiors = against or tuple(each for each in policies if each.id in implemented)
    return tuple(dict.fromkeys((*superiors, *policies)))


def _readings(texts: Sequence[str], policies: Sequence[Policy], lang: Lang) -> dict[str, dict[str, str]]:
    """Return by policy the options that are asked for; those for one policy come before those for all."""
    plain = [each for each in texts if ":" not in each.partition("=")[0]]
    found = {policy.id: options for policy, options in chosen(pairs(plain, lang), policies, lang).items()}
    for text in texts:
        prefix, colon, rest = text.partition(":")
        if colon and text not in plain:
            policy = policy_named(prefix, policies, lang)
            found[policy.id] = {**found[policy.id], **chosen(pairs([rest], lang), [policy], lang)[policy]}
    return found


def policy_named(prefix: str, policies: Sequence[Policy], lang: Lang) -> Policy:
    """Return the one of *policies* whose id begins with *prefix*.

    Raises:
        Misuse: none does, or several do.
    """
    by_id = {each.id: each for each in policies}
    matching = [prefix] if prefix in by_id else [name for name in by_id if name.startswith(prefix)]
    if len(matching) > 1:
        raise Misuse(words.SEVERAL.within(lang).format(prefix=prefix, names=", ".join(matching)))
    if not matching:
        problem = NO_SUCH_POLICY.within(lang).format(name=prefix)
        raise Misuse(suggested(problem, nearest(prefix, tuple(by_id)), lang))
    return by_id[matching[0]]


def _titles(kinds: Mapping[str, EventType]) -> dict[str, Title]:
    return {name: kind.title for name, kind in kinds.items()}


def known_name(name: str, known: Mapping[str, Title], wording: Wording, lang: Lang) -> str:
    """Return the id that *name* is, or that has it as its title in either language."""
    if name in known:
        return name
    titled = [each for each, title in known.items() if name in {title.zh, title.en}]
    if not titled:
        every = [*known, *(title.within(lang) for title in known.values())]
        raise Misuse(suggested(wording.within(lang).format(name=name), nearest(name, every), lang))
    return titled[0]


def _given(
    texts: Sequence[str], policies: Sequence[Policy], scale: str | None, lang: Lang
) -> dict[str, FactValue] | None:
    """Return the facts that are settled; ``None`` for what the policies presume."""
    if not texts:
        return None
    vocabulary = policies[0].vocabulary
    found: dict[str, FactValue] = {}
    for text in texts:
        if text != _NOTHING:
            fact, value = fact_given(text, vocabulary, scale, lang)
            if found.setdefault(fact, value) != value:
                raise Misuse(TWO_VALUES.within(lang).format(fact=fact))
    return found if _NOTHING in texts else {**presumed(policies, vocabulary, scale), **found}


def fact_given(text: str, vocabulary: Vocabulary, scale: str | None, lang: Lang) -> tuple[str, FactValue]:
    """Return the fact and the value that *text* gives as `FACT=VALUE`.

    Raises:
        Misuse: it gives none, or a fact or a value that the vocabulary lacks, or a grade of *scale*.
    """
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise Misuse(NOT_GIVEN.within(lang).format(text=text))
    fact = known_name(name, {each: kind.title for each, kind in vocabulary.facts.items()}, NO_SUCH_FACT, lang)
    if fact in graded(vocabulary, scale):
        raise Misuse(GIVEN_GRADE.within(lang).format(fact=fact))
    if vocabulary.facts[fact].many:
        return fact, tuple(_value(fact, each, vocabulary, lang) for each in value.split(","))
    return fact, _value(fact, value, vocabulary, lang)


def _value(fact: str, text: str, vocabulary: Vocabulary, lang: Lang) -> Atom:
    """Return the value of *fact* that *text* writes."""
    kind = vocabulary.facts[fact]
    if kind.type == "text":
        return text
    if kind.type == "number":
        return _number(fact, text, lang)
    allowed = ("true", "false") if kind.type == "boolean" else vocabulary.values(kind) or ()
    if text not in allowed:
        problem = NOT_A_VALUE.within(lang).format(fact=fact, value=text)
        raise Misuse(CHOOSE_FROM.within(lang).format(problem=problem, allowed=", ".join(allowed)))
    return text == "true" if kind.type == "boolean" else text


def _number(fact: str, text: str, lang: Lang) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Misuse(NOT_A_NUMBER.within(lang).format(fact=fact, value=text))
    return int(number) if number.is_integer() else number
