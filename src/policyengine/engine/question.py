"""What a case is asked: under one policy or several, under chosen readings or all, with one matcher or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from policyengine.diagnostics import Diagnostic, ordered
from policyengine.errors import CaseError, ReadingError
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.model.assessment import Assessment, GapRow
    from policyengine.model.case import Case
    from policyengine.model.explanation import Explanation
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import AllReadings
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant

MatcherName = Literal["reference", "durable", "verify"]
EvaluatorName = Literal["compiled", "reference"]
EVALUATORS: tuple[EvaluatorName, ...] = ("compiled", "reference")
Answer = TypeVar("Answer")
Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A case at an instant.

    Args:
        case: facts and events.
        as_of: the instant asked about.
        known_at: only what was recorded by then is there; ``None`` for what the case says.
        matcher: what decides triggers and conditions.
        beside: the policies that judge the case, where there are several.
        evaluator: what judges by what the matcher decides. A matcher other than the reference's own has its answers
            taken up by the reference.
    """

    case: Case
    as_of: Instant
    known_at: Instant | None
    matcher: MatcherName | Matcher
    beside: tuple[Policy, ...] = ()
    evaluator: EvaluatorName = "compiled"

    def __post_init__(self) -> None:
        if self.evaluator not in EVALUATORS:
            msg = f"unknown evaluator {self.evaluator!r}; choose {' or '.join(EVALUATORS)}"
            raise ValueError(msg)

    def answer(self, policy: Policy, readings: Options | None = None) -> Assessment:
        """Return the answer of *policy* under the chosen *readings*, the defaults elsewhere."""
        matcher = _matcher(policy, self.matcher)
        if matcher is None and self.evaluator == "compiled":
            from policyengine.engine.compiled.evaluator import evaluate

            return evaluate(policy, self.case, self.as_of, readings, known_at=self.known_at, beside=self.beside)
        return _judged(self._prepared(policy, readings), matcher)

    def gaps(self, policy: Policy, readings: Options | None = None) -> tuple[GapRow, ...]:
        """Return the gaps alone of what `answer` returns."""
        if _matcher(policy, self.matcher) is None and self.evaluator == "compiled":
            from policyengine.engine.compiled.evaluator import gaps

            return gaps(policy, self.case, self.as_of, readings, known_at=self.known_at, beside=self.beside)
        return self.answer(policy, readings).gaps

    def ranges(self, policy: Policy) -> AllReadings:
        """Return what *policy* comes to under every combination of readings that matters (S7)."""
        from policyengine.engine.ranges import every_reading

        happened = {event.type for event in self._prepared(policy).events}
        return every_reading(policy, happened, lambda chosen: self.answer(policy, chosen))

    def explanation(self, policy: Policy, duty: tuple[str, str | None], readings: Options | None = None) -> Explanation:
        """Return why *duty*, a provision and one of its instances, is as it is under *policy*, or why it is not there.

        Raises:
            DutyError: the policy has no such provision, or the provision no such instance in the case.
        """
        from policyengine.engine.explaining import explained

        matcher = _matcher(policy, self.matcher)
        prepared = self._prepared(policy, readings)

        def ask(case: Case, as_of: Instant) -> Assessment:
            return replace(self, case=case, as_of=as_of, known_at=None).answer(policy, readings)

        return explained(prepared, self.case, duty, matcher=matcher, ask=ask)

    def of_each(self, ask: Callable[[Policy], Answer]) -> tuple[Answer, ...]:
        """Return what *ask* says of each policy.

        Raises:
            CaseError: holds the faults that the case has under any of them.
        """
        answers: list[Answer] = []
        faults: list[Diagnostic] = []
        for each in self.beside:
            try:
                answers.append(ask(each))
            except CaseError as error:
                faults += error.diagnostics
        if faults:
            raise CaseError(ordered(dict.fromkeys(faults)))
        return tuple(answers)

    def _prepared(self, policy: Policy, readings: Options | None = None) -> Prepared:
        return prepare(policy, self.case, self.as_of, readings, known_at=self.known_at, beside=self.beside)


def options(readings: Mapping[str, str] | Mapping[str, Options] | None) -> Options | None:
    """Return *readings* as one policy has them chosen.

    Raises:
        ReadingError: they are chosen policy by policy.
    """
    found = {name: option for name, option in (readings or {}).items() if isinstance(option, str)}
    if len(found) != len(readings or {}):
        raise ReadingError("one policy has its readings chosen by name: {reading: option}")
    return found


def options_by_policy(
    policies: Sequence[Policy], readings: Mapping[str, str] | Mapping[str, Options] | None
) -> Mapping[str, Options]:
    """Return *readings* as several policies have them chosen.

    Raises:
        ReadingError: a policy that is not asked, or readings that are not chosen policy by policy.
    """
    ids = [each.id for each in policies]
    found = {name: chosen for name, chosen in (readings or {}).items() if isinstance(chosen, Mapping)}
    if len(found) != len(readings or {}):
        raise ReadingError("several policies have their readings chosen by id: {policy: {reading: option}}")
    for name in found:
        if name not in ids:
            raise ReadingError(f"readings are chosen for {name!r}, and the case is asked under {', '.join(ids)}")
    return found


def distinct(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return *policies*, each once.

    Raises:
        ValueError: there is none, or two different ones have one id.
    """
    found = tuple(dict.fromkeys(policies))
    ids = [each.id for each in found]
    if not ids:
        raise ValueError("no policy to judge by")
    for name in ids:
        if ids.count(name) > 1:
            raise ValueError(f"two different policies are called {name!r}")
    return found


def _judged(prepared: Prepared, matcher: Matcher | None) -> Assessment:
    from policyengine.engine.reference.evaluate import evaluate, terms

    return replace(evaluate(prepared, matcher), terms=terms(prepared))


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
