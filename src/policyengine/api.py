"""The library as its users see it; re-exported by :mod:`policyengine`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Literal, Self, overload

from policyengine.engine.question import Question, distinct, options, options_by_policy
from policyengine.errors import PolicyError, ReadingError
from policyengine.loading.case import load_case
from policyengine.loading.dump import dump
from policyengine.loading.policy import load_policy, read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.model import case as _case
from policyengine.model.case import Event
from policyengine.model.policy import Policy
from policyengine.model.several import Assessments

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.engine.matcher import Matcher
    from policyengine.engine.question import MatcherName
    from policyengine.model.assessment import Assessment
    from policyengine.model.ranges import AllReadings

__all__ = ["Case", "Event", "dump", "evaluate", "load"]


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


@overload
def evaluate(
    policy: Policy,
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, str] | None = None,
    matcher: MatcherName | Matcher = "reference",
) -> Assessment: ...


@overload
def evaluate(
    policy: Policy,
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Literal["all"],
    matcher: MatcherName | Matcher = "reference",
) -> AllReadings: ...


@overload
def evaluate(
    policy: Sequence[Policy],
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, Mapping[str, str]] | None = None,
    matcher: MatcherName | Matcher = "reference",
) -> Assessments: ...


@overload
def evaluate(
    policy: Sequence[Policy],
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Literal["all"],
    matcher: MatcherName | Matcher = "reference",
) -> tuple[AllReadings, ...]: ...


def evaluate(
    policy: Policy | Sequence[Policy],
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, str] | Mapping[str, Mapping[str, str]] | Literal["all"] | None = None,
    matcher: MatcherName | Matcher = "reference",
) -> Assessment | AllReadings | Assessments | tuple[AllReadings, ...]:
    """Return who must do what, by when, on which clause, and what has already gone wrong.

    Pure: no I/O and no clock; safe across threads and in async code.

    Args:
        policy: from :func:`load`; or several of them, which judge the case side by side: the answer then is an
            `Assessments`, whose `worklist` merges what they demand. The same policy given twice counts once.
        case: facts and events; events later than *as_of* are not seen.
        as_of: the instant asked about: an `Instant`, an aware datetime, or text with an offset.
        known_at: only what was recorded by then is there at all, corrections too ("as known then"), and the log is
            complete up to then at most; by default what the case says, else all of the log.
        readings: an option for each reading that is not to be answered by the policy's default; with several policies
            such options by the policy's id. `"all"` asks under every combination of options that matters for the
            case: the answer then is an `AllReadings`, or one for each of several policies.
        matcher: what decides triggers and conditions: ours, durable-rules (an extra), or both, stopping if they differ.

    >>> log = [Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
    >>> answer = evaluate(load("changzhi"), Case(id="demo", events=log), as_of="2025-10-09T00:45:00+08:00")
    >>> answer.duty("press-conference").limit.due.to_iso(load("changzhi").zone)
    '2025-10-09T23:30:00+08:00'
    >>> [duty.provision for duty in answer.advisories]
    ['first-bulletin']
    >>> ranges = evaluate(load("changzhi"), Case(id="demo", events=log), as_of=answer.as_of, readings="all")
    >>> row = ranges.duty("first-bulletin")
    >>> row.violated.verdict, [[each.option for each in departure] for departure in row.violated.least(False)]
    (<Verdict.SOME: 'some'>, [['left_out'], ['occurrence']])

    Raises:
        CaseError: the case has names or values that the policy's vocabulary lacks; with several policies, names that
            all of their vocabularies lack, or values that one of them does not allow.
        ReadingError: an unknown reading or option; with `"all"`, too many combinations that bear on one duty.
        ValueError: no policy at all, two different ones with one id, or an unknown matcher.
        TypeError: a policy's id or path in place of the policy, or a case's path in place of the case.
        TimeError: *as_of* or *known_at* is naive, malformed, impossible, or outside the years 1000 to 9000.
        MissingExtraError: durable-rules is asked for and not installed.
        MatcherMismatchError: the two matchers disagree (`verify`); a fault of ours.
    """
    _require_loaded(policy, case)
    known = None if known_at is None else _case.instant(known_at)
    question = Question(case, _case.instant(as_of), known, matcher)
    if isinstance(readings, str) and readings != "all":
        raise ReadingError(f"readings are chosen by name, or 'all'; not {readings!r}")
    if isinstance(policy, Policy):
        return question.ranges(policy) if isinstance(readings, str) else question.answer(policy, options(readings))
    question = replace(question, beside=distinct(policy))
    if isinstance(readings, str):
        return question.of_each(question.ranges)
    chosen = options_by_policy(question.beside, readings)
    return Assessments(question.of_each(lambda each: question.answer(each, chosen.get(each.id))))


def _require_loaded(policy: object, case: object) -> None:
    """Refuse ids and paths: nothing is read from a disk in the middle of an evaluation."""
    for each in policy if isinstance(policy, list | tuple) else (policy,):
        if isinstance(each, str | PathLike):
            msg = f"a policy has to be loaded before it judges: load({str(each)!r})"
            raise TypeError(msg)
    if not isinstance(case, _case.Case):
        msg = f"a case is a Case, such as Case.from_yaml gives, not {case!r}"
        raise TypeError(msg)
