"""What a way is asked: a policy, a case at an instant, and the options chosen for some readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.evaluate import evaluate
from policyengine.errors import PolicyEngineError
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Triple:
    """A question about a case; what is known at an instant alone (`known_at`) stands in the case.

    Args:
        policy: any.
        case: with its log; one that the policy refuses is asked about too.
        as_of: the instant asked about.
        readings: options, the defaults for the others.
    """

    policy: Policy
    case: Case
    as_of: Instant
    readings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer but an exception.

    Args:
        error: its type.
        told: what it says.
    """

    error: str
    told: str

    @classmethod
    def by(cls, error: Exception) -> Refused:
        """Return *error* as a value."""
        return cls(type(error).__name__, str(error))


@dataclass(frozen=True, slots=True)
class Declined:
    """A way says that it does not answer this one, and leaves it to the reference.

    Args:
        why: in a few words, the same for the same reason: they are counted.
    """

    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """A triple with the reference's answer to it."""

    triple: Triple
    answer: Assessment | Refused


def known(triple: Triple) -> Known:
    """Return *triple* with the answer of the reference, or its refusal."""
    try:
        prepared = prepare(triple.policy, triple.case, triple.as_of, triple.readings)
    except PolicyEngineError as error:
        return Known(triple, Refused.by(error))
    return Known(triple, evaluate(prepared))
