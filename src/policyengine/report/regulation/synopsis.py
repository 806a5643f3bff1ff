"""Limits at a glance: grade by grade, then every provision that has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import conjunction, holds, negation
from policyengine.model.condition import Condition, Truth
from policyengine.report import words as answer_words
from policyengine.report.regulation import words
from policyengine.report.regulation.counting import readings_of_counting
from policyengine.report.regulation.markup import code, heading, inline, table
from policyengine.report.regulation.sentence import act, aspects

if TYPE_CHECKING:
    from policyengine.model.policy import Grade, Grading
    from policyengine.model.provision import Gap, Provision
    from policyengine.report.regulation.told import Told
    from policyengine.wording import Wording


def synopsis(told: Told) -> Iterator[str]:
    """Yield the section of tables on limits."""
    yield from heading(2, told.say(words.AT_A_GLANCE))
    for grading in told.policy.header.severities:
        yield from heading(3, told.plain(words.BY_GRADE, fact=told.fact(grading.fact)))
        yield from _by_grade(told, grading)
    timed = [each for each, _ in told.norms.values() if each.deadline is not None or each.every is not None]
    for title, found in _sorted(timed):
        if found:
            yield from heading(3, told.say(title))
            yield from _listed(told, found)
    if any(map(partial(_differs, told), timed)):
        yield from (told.say(words.STAR), "")
    if not timed:
        yield from (told.say(words.NO_LIMITS), "")


def _sorted(timed: Sequence[Provision]) -> Iterator[tuple[Wording, list[Provision]]]:
    """Yield the provisions by how their limit is written."""
    words_only = [each for each in timed if each.deadline is not None and each.deadline.promptly]
    order_only = [each for each in timed if each.deadline is not None and each.deadline.before is not None]
    others = [each for each in timed if each not in words_only and each not in order_only]
    yield from ((words.NUMBERS, others), (words.ORDER, order_only), (words.PROMPTLY, words_only))


def _listed(told: Told, provisions: Sequence[Provision]) -> Iterator[str]:
    head = (words.ACT, words.WHERE, words.WHAT_HOLDS, words.BINDS, words.WHO, words.CLAUSE, words.PROVISION)
    yield from table(
        [told.say(each) for each in head],
        (
            (
                *(inline(act(told, each)), inline(_where(told, each)), _limit(told, each), _binds(told, each)),
                *(_who(told, each), told.ids(each.clause), code(each.id)),
            )
            for each in provisions
        ),
    )


def _where(told: Told, provision: Provision) -> str:
    parts = aspects(told, provision)
    return told.listed(each for each in (parts[words.CONDITION], parts[words.EXCEPTION]) if each)


def _limit(told: Told, provision: Provision) -> str:
    """Return the limit, with a star if it, or the whole provision, depends on readings."""
    parts = aspects(told, provision)
    text = inline(told.listed(each for each in (parts[words.LIMIT], parts[words.RECURRENCE]) if each))
    if told.norms[provision.id][1].under(told.defaults) is None:
        text = told.md(words.NOT_THERE_BY_DEFAULT, text=text)
    return told.md(words.DIFFERS, text=text) if _differs(told, provision) else text


def _differs(told: Told, provision: Provision) -> bool:
    return bool(told.norms[provision.id][1].readings or readings_of_counting(told.policy, provision))


def _binds(told: Told, provision: Provision) -> str:
    strength = told.say(answer_words.STRENGTH[provision.strength])
    return inline(told.more(strength, told.named(provision.wording) if provision.wording else ""))


def _who(told: Told, provision: Provision) -> str:
    if provision.bearer is None:
        return told.plain(answer_words.NO_BEARER)
    return inline(told.role(provision.bearer))


def _by_grade(told: Told, grading: Grading) -> Iterator[str]:
    head = (words.GRADE, words.WHAT_HOLDS, words.ACT, words.BINDS, words.WHO, words.PROVISION)
    rows = (row for grade in grading.grades for row in _rows(told, grading.fact, grade))
    yield from table([told.say(each) for each in head], rows)


def _rows(told: Told, fact: str, grade: Grade) -> Iterator[tuple[str, ...]]:
    """Yield a row for each limit in numbers that asks for the grade, and for each silence."""
    title = f"**{inline(told.say(grade.title))}**"
    found = [*_limits(told, fact, grade), *_silences(told, fact, grade)]
    for each in found or [(told.say(words.NOTHING_IN_NUMBERS), "", "", "", "")]:
        yield (title, *each)


def _limits(told: Told, fact: str, grade: Grade) -> Iterator[tuple[str, ...]]:
    for provision, variants in told.norms.values():
        if not _in_numbers(provision) or variants.under(told.defaults) is None:
            continue
        truths = {value: _applies(told, provision, fact, value) for value in grade.reference}
        if _asks(provision, fact) and set(truths.values()) != {Truth.FALSE}:
            limit = _qualified(told, _limit(told, provision), fact, truths)
            yield (
                limit,
                inline(act(told, provision)),
                _binds(told, provision),
                _who(told, provision),
                code(provision.id),
            )


def _silences(told: Told, fact: str, grade: Grade) -> Iterator[tuple[str, ...]]:
    for gap, variants in told.silences.values():
        if variants.under(told.defaults) is None or not _asks(gap, fact):
            continue
        truths = {value: _applies(told, gap, fact, value) for value in grade.reference}
        if set(truths.values()) != {Truth.FALSE}:
            text = told.plain(words.SILENT if gap.refers_to is None else words.ELSEWHERE, title=told.say(gap.title))
            text = told.md(words.DIFFERS, text=text) if variants.readings else text
            yield _qualified(told, text, fact, truths), "", "", "", code(gap.id)


def _in_numbers(provision: Provision) -> bool:
    singles = () if provision.deadline is None else provision.deadline.singles()
    return provision.every is not None or any(each.within is not None for each in singles)


def _conditions(node: Provision | Gap) -> tuple[Condition | None, Condition | None]:
    return node.when, getattr(node, "unless", None)


def _asks(node: Provision | Gap, fact: str) -> bool:
    return any(each is not None and fact in each.facts_asked() for each in _conditions(node))


def _applies(told: Told, node: Provision | Gap, fact: str, value: str) -> Truth:
    """Return whether *node* applies if all that is known is the value of *fact*."""
    record = Record({fact: value}, complete=False)
    when, unless = _conditions(node)
    vocabulary = told.policy.vocabulary
    truths = [] if when is None else [holds(when, record, vocabulary)]
    truths += [] if unless is None else [negation(holds(unless, record, vocabulary))]
    return conjunction(truths)


def _qualified(told: Told, text: str, fact: str, truths: dict[str, Truth]) -> str:
    """Return *text* with the values for which alone it holds, and whether anything else is asked."""
    values = [value for value, truth in truths.items() if truth is not Truth.FALSE]
    if len(values) < len(truths):
        named = told.listed((told.value(fact, each) for each in values), words.COMMA)
        text = told.md(words.ONLY_FOR, text=text, values=inline(named))
    if Truth.UNKNOWN in truths.values():
        text = told.md(words.AND_MORE, text=text)
    return text
