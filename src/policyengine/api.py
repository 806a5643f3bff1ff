"""The library as its users see it; re-exported by :mod:`policyengine`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from policyengine.errors import PolicyError
from policyengine.loading.case import load_case
from policyengine.loading.policy import load_policy, read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.model import case as _case
from policyengine.model.case import Event
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policyengine.engine.matcher import Matcher
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy

__all__ = ["Case", "Event", "evaluate", "load"]

MatcherName = Literal["reference", "durable", "verify"]


class Case(_case.Case):
    """A case, with the ways to read one from a file or a text."""

    __slots__ = ()

    @classmethod
    def from_yaml(cls, path: str | Path) -> Self:
        """Return the case in the YAML or JSON file *path*.

        Raises:
            CaseError: holds every fault of the file, each at its place.
        """
        found = load_case(path, cls)
        if not isinstance(found, cls):  # pragma: no cover - `load_case` builds what it is given
            raise TypeError
        return found


def load(policy: str | Path) -> Policy:
    """Return a policy: a packaged one by its id or a unique prefix of it, one in a file by its path, or one in a text.

    A text is told from a path by its line ends. Vocabulary and calendar are looked for beside the file, in
    `vocabulary/` and `calendars/`, then among the packaged ones.

    >>> load("changzhi").title.en
    'Changzhi Energy Bureau, response to public sentiment'

    Raises:
        PolicyError: holds every fault of the policy, its vocabulary and its calendar, each at its place.
    """
    if isinstance(policy, str) and "\n" in policy:
        loaded, faults = read_policy_text(Source("<text>", policy))
        if loaded is None:
            raise PolicyError(faults)
        return loaded
    return load_policy(policy)


def evaluate(
    policy: Policy,
    case: _case.Case,
    *,
    as_of: _case.Moment,
    readings: Mapping[str, str] | None = None,
    matcher: MatcherName | Matcher = "reference",
) -> Assessment:
    """Return who must do what, by when, on which clause, and what has already gone wrong.

    Pure: no I/O and no clock; safe across threads and in async code.

    Args:
        policy: from :func:`load`.
        case: facts and events; events later than *as_of* are not seen.
        as_of: the instant asked about: an `Instant`, an aware datetime, or text with an offset.
        readings: an option for each reading that is not to be answered by the policy's default.
        matcher: what decides triggers and conditions: ours, durable-rules (an extra), or both, stopping if they differ.

    >>> log = [Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
    >>> answer = evaluate(load("changzhi"), Case(id="demo", events=log), as_of="2025-10-09T00:45:00+08:00")
    >>> answer.duty("press-conference").limit.due.to_iso(load("changzhi").zone)
    '2025-10-09T23:30:00+08:00'
    >>> [duty.provision for duty in answer.advisories]
    ['first-bulletin']

    Raises:
        CaseError: the case has names or values that the policy's vocabulary lacks.
        ReadingError: an unknown reading or option.
        TimeError: *as_of* is naive, malformed, impossible, or outside the years 1000 to 9000.
        MissingExtraError: durable-rules is asked for and not installed.
        MatcherMismatchError: the two matchers disagree (`verify`); a fault of ours.
    """
    from policyengine.engine.reference.evaluate import evaluate as reference

    prepared = prepare(policy, case, _case.instant(as_of), readings)
    return reference(prepared, _matcher(policy, matcher))


def _matcher(policy: Policy, matcher: MatcherName | Matcher) -> Matcher | None:
    if matcher == "reference":
        return None
    if matcher == "durable":
        from policyengine.engine.durable import DurableMatcher

        return DurableMatcher(policy.vocabulary)
    if matcher == "verify":
        from policyengine.engine.verifying import VerifyingMatcher

        return VerifyingMatcher(policy.vocabulary)
    if isinstance(matcher, str):
        msg = f"unknown matcher {matcher!r}; choose reference, durable or verify"
        raise ValueError(msg)  # noqa: TRY004 - the type is right, the name is not
    return matcher
