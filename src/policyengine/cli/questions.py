"""What `evaluate` asks: each case of a file under its policies, at its instant; and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.api import evaluate
from policyengine.cli import words
from policyengine.cli.asked import out_of_range
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import CaseFile, Policies
from policyengine.diagnostics import Diagnostic, ordered
from policyengine.errors import CaseError, LoadError

if TYPE_CHECKING:
    from policyengine.engine.question import EvaluatorName, MatcherName
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import AllReadings
    from policyengine.model.several import Assessments
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Lang

    Options = Mapping[Policy, Mapping[str, str]]
    Answer = Assessment | Assessments | tuple[AllReadings, ...]

_KEY_OF_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Question:
    """One case at one instant under its policies, each of them once."""

    case: Case
    policies: tuple[Policy, ...]
    as_of: Instant
    known_at: Instant | None
    matcher: MatcherName
    evaluator: EvaluatorName = "compiled"

    def answer(self, options: Options | None) -> Answer:
        """Return the answer under chosen *options*; under every reading where they are ``None``.

        Raises:
            CaseError: the policies cannot judge the case.
        """
        if options is None:
            return evaluate(
                self.policies,
                self.case,
                as_of=self.as_of,
                known_at=self.known_at,
                readings="all",
                matcher=self.matcher,
                evaluator=self.evaluator,
            )
        several = evaluate(
            self.policies,
            self.case,
            as_of=self.as_of,
            known_at=self.known_at,
            readings={each.id: options[each] for each in self.policies},
            matcher=self.matcher,
            evaluator=self.evaluator,
        )
        return several if len(several) > 1 else several.answers[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given besides the file; what is empty or ``None`` is as the cases have it."""

    policies: Sequence[str]
    as_of: Instant | None
    known_at: Instant | None
    matcher: MatcherName
    lang: Lang
    evaluator: EvaluatorName = "compiled"


def questions(file: CaseFile, asked: Asked) -> list[Question]:
    """Return what is asked of each case.

    Raises:
        LoadError: a policy does not load, or a case names no policy or no instant; holds all faults.
        Misuse: two different policies of one case have one id.
    """
    policies = Policies()
    found: list[Question] = []
    faults: list[Diagnostic] = []
    for place, case in enumerate(file.cases):
        faults += _lacks(file, place, asked)
        loaded: dict[Policy, None] = {}
        for name in asked.policies or case.policies:
            policy, wrong = policies.read(name, None if asked.policies else file.beside)
            if policy is None:
                faults += wrong if asked.policies else (file.at_key(each, place, _KEY_OF_POLICY) for each in wrong)
            else:
                loaded[policy] = None
        as_of = asked.as_of or case.as_of
        if loaded and as_of is not None:
            _refuse_namesakes(tuple(loaded), asked.lang)
            found.append(Question(case, tuple(loaded), as_of, asked.known_at, asked.matcher, asked.evaluator))
    if faults:
        raise LoadError(ordered(faults))
    return found


def _refuse_namesakes(policies: Sequence[Policy], lang: Lang) -> None:
    ids = [each.id for each in policies]
    for name in ids:
        if ids.count(name) > 1:
            raise Misuse(words.CALLED_THE_SAME.within(lang).format(name=name))


def _lacks(file: CaseFile, place: int, asked: Asked) -> Iterator[Diagnostic]:
    case = file.cases[place]
    if not asked.policies and not case.policies:
        yield file.fault(place, "PE604")
    if asked.as_of is None and case.as_of is None:
        yield file.fault(place, "PE603")
    elif asked.as_of is None and case.as_of is not None:
        fault = out_of_range(case.as_of)
        if fault is not None:
            yield file.at_key(fault, place, "as_of")


def answers(file: CaseFile, asked: Sequence[Question], options: Options | None) -> list[Answer]:
    """Return the answers to all questions.

    Raises:
        LoadError: holds every fault that a case has under its policies.
    """
    found: list[Answer] = []
    faults: list[Diagnostic] = []
    for each in asked:
        try:
            found.append(each.answer(options))
        except CaseError as error:
            faults += file.shown(error.diagnostics)
    if faults:
        raise LoadError(ordered(faults))
    return found
