"""The first lines of an audit: what the log is held to, as of when, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.audit import words
from policyengine.temporal.zone import Zone

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit
    from policyengine.report.audit.telling import Telling


def held_to(telling: Telling) -> str:
    """Return the policies with their ids; empty where none judged a case."""
    policies = [book.more(book.say(book.policy.title), name) for name, book in telling.books.items()]
    return telling.say(words.HELD_TO, policies=telling.say(answer_words.SEMICOLON).join(policies)) if policies else ""


def as_of(audit: Audit, telling: Telling) -> str:
    """Return the instants asked about, on the clock of the first policy; empty where no case was judged."""
    if audit.as_of is None:
        return ""
    first, last = audit.as_of
    clock = telling.clock(next((policy.zone for policy in audit.policies.values()), Zone("UTC")))
    if first == last:
        told = telling.say(words.AS_OF, when=clock.show(last))
    else:
        told = telling.say(words.AS_OF_RANGE, first=clock.show(first), last=clock.show(last))
    where = telling.say(answer_words.STOP).join((clock.zone.name, clock.offset(last)))
    return telling.say(answer_words.PARENTHESES, word=told, more=where)


def in_short(audit: Audit, telling: Telling) -> str:
    """Return how much is new of each kind."""
    new = {kind: tally.new for kind, tally in audit.totals.kinds.items()}
    return telling.say(words.IN_SHORT, parts=telling.counts(new) or telling.say(words.NOTHING_NEW))
