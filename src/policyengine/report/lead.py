"""What every page about one answer begins with: the case, the instant asked about, and how much of the log is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report import words
from policyengine.report.names import one_line
from policyengine.report.page import Line, Tone

if TYPE_CHECKING:
    from policyengine.report.moments import Clock
    from policyengine.report.names import Names


def lead(names: Names, clock: Clock) -> Iterator[Line]:
    """Yield the lines; instants are on the policy's zone."""
    answer, policy, say = names.assessment, names.policy, names.say
    case, title = say(words.CASE, id=one_line(answer.case)), names.case.title
    yield Line(case if title is None else say(words.COLON, word=case, more=one_line(title)))
    zone, offset = policy.zone.name, clock.offset(answer.as_of)
    yield Line(say(words.AS_OF, when=clock.show(answer.as_of), zone=zone, offset=offset))
    if answer.known_at is not None:
        yield Line(say(words.KNOWN_AT, when=clock.show(answer.known_at)), Tone.OPEN)
    if answer.known_until is not None:
        yield Line(say(words.LOG_ENDS, when=clock.show(answer.known_until)), Tone.OPEN)
    yield from (Line(each, Tone.OPEN) for each in names.unseen())
