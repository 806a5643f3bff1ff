"""By when, how often and until when a provision is to be kept, in as few words as tell it apart from others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength
from policyengine.report.comparison import words

if TYPE_CHECKING:
    from policyengine.model.deadline import Deadline
    from policyengine.model.provision import Provision
    from policyengine.report.phrases import Phrases


def limit_words(provision: Provision, told: Phrases) -> str:
    """Return by when, how often or until when; nothing where the kind of norm has no limit."""
    found = told.listed((*_deadline(provision, told), *_course(provision, told)))
    return found or (told.say(words.NO_LIMIT) if unlimited(provision) else "")


def unlimited(provision: Provision) -> bool:
    """Tell whether something is owed for which the text states no limit at all."""
    owed = provision.strength in {Strength.MUST, Strength.SHOULD}
    return owed and not (provision.deadline or provision.standing or provision.every or provision.until)


def promptly_only(provision: Provision) -> bool:
    """Tell whether the text has a word for haste, and no number."""
    return provision.deadline is not None and all(each.promptly for each in provision.deadline.singles())


def order_words(provision: Provision, told: Phrases) -> str:
    """Return what it must come before, and what ends it."""
    before = [told.deadline(each) for each in _singles(provision) if each.before is not None]
    return told.listed((*before, *([told.until(provision.until)] if provision.until is not None else [])))


def counted_from(provision: Provision, told: Phrases) -> str:
    """Return what its limit counts from, where that is not what triggers it."""
    deadline = provision.deadline
    if deadline is None or deadline.of is None or provision.upon == (deadline.of,):
        return ""
    return told.anchor(deadline.of)


def _singles(provision: Provision) -> tuple[Deadline, ...]:
    return () if provision.deadline is None else provision.deadline.singles()


def _deadline(provision: Provision, told: Phrases) -> Iterator[str]:
    deadline = provision.deadline
    if deadline is None:
        return
    own_counting = deadline.hours or deadline.roll or deadline.ends
    if deadline.limbs or deadline.before is not None or own_counting:
        yield told.deadline(deadline, provision.upon or ())
    elif deadline.within is not None:
        yield told.say(words.WITHIN, length=told.length(deadline.within))
    else:
        yield told.say(words.PROMPTLY)


def _course(provision: Provision, told: Phrases) -> Iterator[str]:
    if provision.standing and provision.until is None:
        yield told.say(words.STANDING)
    if provision.every is not None:
        yield told.every(provision.every)
    if provision.until is not None:
        yield told.until(provision.until)
