"""A provision as one sentence, and every aspect of it by itself, to tell what other readings change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength
from policyengine.report import phrase_words
from policyengine.report import words as answer_words
from policyengine.report.regulation import words
from policyengine.report.regulation.markup import capital
from policyengine.report.regulation.periods import in_force

if TYPE_CHECKING:
    from policyengine.model.provision import Provision
    from policyengine.report.regulation.told import Aspects, Told


def sentence(told: Told, provision: Provision) -> str:
    """Return who must, should, may or must not do what, upon what, when and by when, as one sentence of plain text."""
    parts = aspects(told, provision)
    limit, deadline = parts[words.LIMIT], provision.deadline
    inside = deadline is not None and not deadline.limbs
    tail = [*([limit] if deadline is not None and not inside else ()), *(parts[each] for each in _TAIL)]
    return capital(
        told.say(
            words.SENTENCE,
            opening=_opening(told, provision, parts),
            who=parts[words.BEARER],
            act=act(told, provision),
            limit=told.say(words.LIMIT_INSIDE, limit=limit) if inside else "",
            tail="".join(told.say(words.TAIL, text=each) for each in tail if each),
            none=told.say(words.NO_LIMIT, limit=limit) if limit and deadline is None else "",
        )
    )


_TAIL = (
    *(words.RECURRENCE, words.PERSONAL, words.MATCHED, words.END),
    *(words.EXCEPTION, words.WAIVER, words.IN_PLACE_OF, words.LIFETIME),
)
"""What stands behind the act, in order."""


def aspects(told: Told, provision: Provision) -> Aspects:
    """Return everything that *provision* says by aspect: what is equal in two of them is equal in the provisions."""
    return {
        words.TITLE: told.say(provision.title),
        words.CLAUSES: told.listed(provision.clause, words.COMMA),
        words.TRIGGER: trigger(told, provision),
        words.CONDITION: "" if provision.when is None else told.condition(provision.when),
        words.BEARER: bearer(told, provision),
        words.ACT: told.type(provision.act),
        words.ADDRESSEE: "" if provision.to is None else told.role(provision.to),
        words.BY_MEANS: told.means(provision.means or (), answer_words.OR),
        words.LIMIT: _limit(told, provision),
        words.RECURRENCE: told.listed(_recurrence(told, provision)),
        words.PERSONAL: told.say(words.IN_PERSON) if provision.in_person else "",
        words.MATCHED: _key(told, provision),
        words.END: "" if provision.until is None else told.until(provision.until),
        words.EXCEPTION: ""
        if provision.unless is None
        else told.say(words.UNLESS, condition=told.condition(provision.unless)),
        words.WAIVER: told.say(words.WAIVED, what=told.triggers(provision.waived_by)) if provision.waived_by else "",
        words.IN_PLACE_OF: told.say(words.DEFEATS, provisions=told.provisions_named(provision.defeats))
        if provision.defeats
        else "",
        words.LIFETIME: told.say(words.LIFE, period=in_force(told, provision.in_force)) if provision.in_force else "",
        words.REACH: told.say(words.SCOPES[provision.scope]),
        words.SANCTION: told.say(words.IS_SANCTION) if provision.sanction else "",
        words.NOTE: "" if provision.note is None else told.say(provision.note),
    }


def trigger(told: Told, provision: Provision) -> str:
    """Return what puts the duty in force, and whether each occurrence does."""
    text = told.triggers(provision.upon or ())
    return told.say(words.EACH, trigger=text) if provision.each else text


def bearer(told: Told, provision: Provision) -> str:
    """Return who is bound, how strongly, and the text's own word for that."""
    word = told.say(words.QUOTED, word=provision.wording) if provision.wording else ""
    if provision.bearer is None and provision.strength is Strength.MUST_NOT:
        return told.say(words.NOBODY, word=word)
    who = told.say(answer_words.NO_BEARER) if provision.bearer is None else told.role(provision.bearer)
    return told.say(words.WHO_DOES, bearer=who, strength=told.say(answer_words.STRENGTH[provision.strength]), word=word)


def act(told: Told, provision: Provision) -> str:
    """Return the act, with its addressee and the means that will do."""
    return told.more(told.type(provision.act), *_towards(told, provision))


def _opening(told: Told, provision: Provision, parts: Aspects) -> str:
    """Return the trigger, unless the limit names it anyway, and the condition."""
    text = ""
    if parts[words.TRIGGER] and (provision.each or not _limit_names_trigger(provision)):
        text = told.say(words.AFTER, trigger=parts[words.TRIGGER])
    elif not parts[words.TRIGGER] and provision.anchors():
        text = told.say(words.AT_ANY_TIME)
    if parts[words.CONDITION]:
        text += told.say(words.WHEN_NEXT if text else words.WHEN_FIRST, when=parts[words.CONDITION])
    return text


def _limit_names_trigger(provision: Provision) -> bool:
    deadline = provision.deadline
    if deadline is None or deadline.within is None:
        return False
    return deadline.of is None or provision.upon == (deadline.of,)


def _towards(told: Told, provision: Provision) -> Iterator[str]:
    if provision.to is not None:
        yield told.say(words.TO, role=told.role(provision.to))
    if provision.means is not None:
        yield told.say(words.MEANS, means=told.means(provision.means, answer_words.OR))


def _limit(told: Told, provision: Provision) -> str:
    """Return the limit; of an obligation without one, that there is none."""
    if provision.deadline is not None:
        return told.deadline(provision.deadline, provision.upon or ())
    owed = provision.strength in (Strength.MUST, Strength.SHOULD)
    return told.say(phrase_words.NO_LIMIT) if owed and not (provision.standing or provision.every) else ""


def _recurrence(told: Told, provision: Provision) -> Iterator[str]:
    if provision.standing:
        yield told.say(words.STANDS)
    if provision.every is not None:
        yield told.every(provision.every)
    if provision.late is not None:
        yield told.say(words.LATE[provision.late])


def _key(told: Told, provision: Provision) -> str:
    attributes = told.listed(map(told.attribute, provision.key or ()), words.COMMA)
    return told.say(words.KEY, attributes=attributes) if attributes else ""
