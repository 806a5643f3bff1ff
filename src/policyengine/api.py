"""The library as its users see it; re-exported by :mod:`policyengine`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from os import PathLike
from typing import TYPE_CHECKING, Literal, Self, overload

from policyengine.engine.question import Question, distinct, options, options_by_policy
from policyengine.errors import LoadError, PolicyError, ReadingError
from policyengine.loading import library
from policyengine.loading.policy import load_policy, read_policy_text
from policyengine.loading.text import Source, read_source
from policyengine.model import case as _case
from policyengine.model.case import Event
from policyengine.model.policy import Policy

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.engine.compiled.compiled import Compiled
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.question import EvaluatorName, MatcherName
    from policyengine.model.assessment import Assessment
    from policyengine.model.ranges import AllReadings
    from policyengine.model.several import Assessments
    from policyengine.report.explanation.explanation import Explanation

__all__ = ["Case", "Event", "compile", "evaluate", "explain", "load", "packaged", "sentences"]


class Case(_case.Case):
    """A case, with the ways to read one from a file or a text."""

    __slots__ = ()

    @classmethod
    def from_yaml(cls, path: str | Path) -> Self:
        """Return the case in the YAML or JSON file *path*.

        Raises:
            CaseError: holds every fault of the file, each at its place.
            TypeError: a text in place of a path.
        """
        if isinstance(path, str) and "\n" in path:
            raise TypeError("this is a text, not a path: use Case.from_text")
        from policyengine.loading.case import load_case

        return cls._own(load_case(path, cls))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the case in *text*, YAML or JSON, as it would stand in a file.

        >>> Case.from_text('{"case": "demo", "events": []}').id
        'demo'

        Raises:
            CaseError: holds every fault of the text, each at its place.
            TypeError: bytes, or nothing that is a text.
        """
        from policyengine.loading.case import load_case_text

        _require_text("text", text)
        return cls._own(load_case_text(text, cls))

    @classmethod
    def _own(cls, found: _case.Case) -> Self:
        if not isinstance(found, cls):  # pragma: no cover - the loader builds what it is given
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


def packaged() -> tuple[str, ...]:
    """Return the ids of the packaged policies, in order.

    >>> packaged()[:2]
    ('anshan-public-resource-exchange', 'changzhi-energy-bureau')
    """
    return tuple(library.packaged_policies())


@overload
def evaluate(
    policy: Policy,
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, str] | None = None,
    matcher: MatcherName | Matcher = "reference",
    evaluator: EvaluatorName = "compiled",
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
    evaluator: EvaluatorName = "compiled",
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
    evaluator: EvaluatorName = "compiled",
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
    evaluator: EvaluatorName = "compiled",
) -> tuple[AllReadings, ...]: ...


def evaluate(  # noqa: PLR0913 - one for each part of the question
    policy: Policy | Sequence[Policy],
    case: _case.Case,
    *,
    as_of: _case.Moment,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, str] | Mapping[str, Mapping[str, str]] | Literal["all"] | None = None,
    matcher: MatcherName | Matcher = "reference",
    evaluator: EvaluatorName = "compiled",
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
        evaluator: what judges; both give the same answers, and the reference, which defines them, takes longer. It
            judges alone where the matcher is not ours.

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
        ValueError: no policy at all, two different ones with one id, or an unknown matcher or evaluator.
        TypeError: a policy's id or path in place of the policy, or a case's path in place of the case.
        TimeError: *as_of* or *known_at* is naive, malformed, impossible, or outside the years 1000 to 9000.
        MissingExtraError: durable-rules is asked for and not installed.
        MatcherMismatchError: the two matchers disagree (`verify`); a fault of ours.
    """
    _require_loaded(policy, case)
    known = None if known_at is None else _case.instant(known_at)
    question = Question(case, _case.instant(as_of), known, matcher, evaluator=evaluator)
    if isinstance(readings, str) and readings != "all":
        raise ReadingError(f"readings are chosen by name, or 'all'; not {readings!r}")
    if isinstance(policy, Policy):
        return question.ranges(policy) if isinstance(readings, str) else question.answer(policy, options(readings))
    question = replace(question, beside=distinct(policy))
    if isinstance(readings, str):
        return question.of_each(question.ranges)
    from policyengine.model.several import Assessments

    chosen = options_by_policy(question.beside, readings)
    return Assessments(question.of_each(lambda each: question.answer(each, chosen.get(each.id))))


def compile(  # noqa: A001 - what it does; the builtin is not meant by anybody who writes `pe.compile`
    policy: Policy, *, readings: Mapping[str, str] | None = None
) -> Compiled:
    """Return *policy* as a function of a case and an instant, for applications that judge many.

    It gives the answers of :func:`evaluate`, and also takes cases as data, with the keys of a case file.

    >>> judge = compile(load("changzhi"))
    >>> log = [{"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00", "sets": {"event_severity": "major"}}]
    >>> answer = judge({"case": "demo", "events": log}, "2025-10-09T00:45:00+08:00")
    >>> [duty.provision for duty in answer.advisories]
    ['first-bulletin']

    Args:
        policy: from :func:`load`.
        readings: an option for each reading that is not to be answered by the policy's default.

    Raises:
        ReadingError: an unknown reading or option.
        TypeError: a policy's id or path in place of the policy.
    """
    given: object = policy  # callers without a type checker
    if not isinstance(given, Policy):
        msg = f"a policy has to be loaded before it is compiled: load({given!r})"
        raise TypeError(msg)
    from policyengine.engine.compiled.compiled import compiled

    return compiled(policy, options(readings))


def explain(  # noqa: PLR0913 - one for each part of the question
    policy: Policy,
    case: _case.Case,
    provision: str,
    *,
    as_of: _case.Moment,
    instance: str | None = None,
    known_at: _case.Moment | None = None,
    readings: Mapping[str, str] | None = None,
    matcher: MatcherName | Matcher = "reference",
    beside: Sequence[Policy] = (),
) -> Explanation:
    """Return why the duty of *provision* is as it is in *case*, or why there is none.

    The explanation is the reference run, told: what was waited for and found, which facts stood and who set them, every
    step of the limit's arithmetic, the worth of each act, and what all that rests on. What would settle an undetermined
    duty, and what would have kept a violated one in order, is found by asking again with that change.

    Args:
        policy: from :func:`load`.
        case: facts and events.
        provision: the provision's id.
        as_of: the instant asked about, as for :func:`evaluate`.
        instance: which of the provision's duties in the case; unless given, the first that is violated, else the first
            that is still owed, else the first.
        known_at: only what was recorded by then is there at all, as for :func:`evaluate`.
        readings: an option for each reading that is not to be answered by the policy's default.
        matcher: what decides triggers and conditions, as for :func:`evaluate`.
        beside: other policies that judge the case too, so that it may hold names which only they know.

    >>> log = [Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
    >>> case = Case(id="demo", events=log)
    >>> found = explain(load("changzhi"), case, "press-conference", as_of="2025-10-09T00:45:00+08:00")
    >>> [(span.fact, [each.value for each in span.spans]) for span in found.derivations[0].facts]
    [('event_severity', ['none', 'major'])]
    >>> print(found.text("en").splitlines()[0])
    Why: press conference within 24 hours (press-conference)

    Raises:
        DutyError: the policy has no such provision under any reading, or the provision no such duty in the case.
        CaseError, ReadingError, TimeError, TypeError, ValueError: as for :func:`evaluate`.
    """
    _require_loaded(policy, case)
    given: object = policy  # callers without a type checker
    if not isinstance(given, Policy):
        msg = "one policy is explained at a time; name others that judge the case too by `beside`"
        raise TypeError(msg)
    for name, value in (("provision", provision), ("instance", instance or "")):
        _require_text(name, value)
    if isinstance(readings, str):
        raise ReadingError(f"a duty is explained under one option of each reading, chosen by name; not {readings!r}")
    known = None if known_at is None else _case.instant(known_at)
    question = Question(case, _case.instant(as_of), known, matcher, tuple(beside))
    from policyengine.report.explanation.explanation import Explanation

    found = question.explanation(policy, (provision, instance), options(readings))
    return Explanation(**{each.name: getattr(found, each.name) for each in fields(found)})


def sentences(policy: Policy, text: str | Path) -> Mapping[str, str]:
    """Return the sentences that the clauses of *policy* rest on, from the file *text* that holds the regulation.

    A clause whose sentence is not there word for word, as its digest tells, is left out.

    Raises:
        LoadError: the file cannot be read.
    """
    given: object = policy  # callers without a type checker
    if not isinstance(given, Policy):
        msg = f"a policy has to be loaded before its sentences are looked for, not {given!r}"
        raise TypeError(msg)
    from policyengine.loading.sources import by_clause

    source, faults = read_source(text)
    if source is None:
        raise LoadError(faults)
    return by_clause(policy, source)


def _require_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        msg = f"{name!r} is a text, not {value!r}"
        raise TypeError(msg)


def _require_loaded(policy: object, case: object) -> None:
    """Refuse ids and paths: nothing is read from a disk in the middle of an evaluation."""
    for each in policy if isinstance(policy, list | tuple) else (policy,):
        if isinstance(each, str | PathLike):
            msg = f"a policy has to be loaded before it judges: load({str(each)!r})"
            raise TypeError(msg)
    if not isinstance(case, _case.Case):
        msg = f"a case is a Case, such as Case.from_yaml gives, not {case!r}"
        raise TypeError(msg)
