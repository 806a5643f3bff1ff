"""Both matchers side by side, stopping on the first difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.durable import DurableMatcher
from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.errors import MatcherMismatchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.engine.matcher import Decisions, Record
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import Vocabulary


class VerifyingMatcher:
    """Answers as the reference does, and has durable-rules confirm every answer."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read kinds and orders from *vocabulary*.

        Raises:
            MissingExtraError: durable-rules is not installed.
        """
        self._reference = ReferenceMatcher(vocabulary)
        self._durable = DurableMatcher(vocabulary)

    def decide(self, conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
        """Return for each condition its truth on each record.

        Raises:
            MatcherMismatchError: the matchers disagree; a fault of ours.
        """
        decided = self._reference.decide(conditions, records)
        confirmed = self._durable.decide(conditions, records)
        for place, (ours, theirs) in enumerate(zip(decided, confirmed, strict=True)):
            for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                if one is not other:
                    raise MatcherMismatchError(
                        f"condition {place} on record {number}: {one} by the reference, {other} by durable-rules;"
                        f" the condition is {conditions[place]!r}, the record {records[number]!r}"
                    )
        return decided
