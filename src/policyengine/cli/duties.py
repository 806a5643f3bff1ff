"""Which duties of a case are asked about: those named, or those that want explaining most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policyengine.api import evaluate
from policyengine.cli import words
from policyengine.cli.help import Misuse, suggested
from policyengine.diagnostics import diagnostic, nearest
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.cli.questions import Question
    from policyengine.model.policy import Policy

_NAMES_A_GAP = Wording(
    "`{name}` 是文本的空白或援引，不是规定；其结果见 evaluate",
    "`{name}` is a silence of the text or a referral, not a provision; `evaluate` says what it comes to",
)
_NOTHING_PRESSING = Wording(
    "没有已确定的违反或者期限；请写明要说明的义务（待定的义务见 evaluate）",
    "nothing is violated, and no limit is running; name the duty to be explained",
)


class Wanted(NamedTuple):
    """A duty that is to be explained; of a provision's several, the most pressing one where `instance` is ``None``."""

    policy: Policy
    provision: str
    instance: str | None


def wanted(
    question: Question, options: Mapping[Policy, Mapping[str, str]], names: Sequence[str], lang: Lang
) -> list[Wanted]:
    """Return what *names* ask for; without any, everything that is violated, else what is due next.

    Args:
        question: the case, and the policies that judge it.
        options: the chosen options of readings, by policy.
        names: ids of provisions, or prefixes of one.
        lang: the language of what is refused.

    Raises:
        Misuse: none of the policies has a provision, or several begin so; or there is nothing pressing.
        CaseError: the policies cannot judge the case.
    """
    if names:
        return list(dict.fromkeys(each for name in names for each in _named(question.policies, name, lang)))
    found = list(_pressing(question, options))
    if not found:
        raise Misuse(_NOTHING_PRESSING.within(lang))
    return found


def _named(policies: Sequence[Policy], name: str, lang: Lang) -> list[Wanted]:
    known = {policy: policy.provision_ids for policy in policies}
    exact = [Wanted(policy, name, None) for policy, ids in known.items() if name in ids]
    begun = [Wanted(policy, each, None) for policy, ids in known.items() for each in ids if each.startswith(name)]
    ids = list(dict.fromkeys(each.provision for each in begun))
    if exact or len(ids) == 1:
        return exact or begun
    if ids:
        raise Misuse(words.SEVERAL.within(lang).format(prefix=name, names=", ".join(ids)))
    if any(node.id == name for policy in policies for each in policy.gaps for node in each.nodes()):
        raise Misuse(_NAMES_A_GAP.within(lang).format(name=name))
    every = [each for ids in known.values() for each in ids]
    raise Misuse(suggested(diagnostic("PE211", name=name).message(lang), nearest(name, every), lang))


def _pressing(question: Question, options: Mapping[Policy, Mapping[str, str]]) -> Iterator[Wanted]:
    answers = evaluate(
        question.policies,
        question.case,
        as_of=question.as_of,
        known_at=question.known_at,
        readings={each.id: options[each] for each in question.policies},
        matcher=question.matcher,
    )
    judged = list(zip(question.policies, answers, strict=True))
    violated = [
        Wanted(policy, duty.provision, duty.instance)
        for policy, answer in judged
        for duty in answer.duties
        if duty.violated
    ]
    if violated:
        yield from violated
        return
    due = [(answer.next_due, policy) for policy, answer in judged if answer.next_due is not None]
    limits = [(duty.limit.late_from, policy, duty) for duty, policy in due if duty.limit is not None]
    if limits:
        _, policy, duty = min(limits, key=lambda each: each[0])
        yield Wanted(policy, duty.provision, duty.instance)
