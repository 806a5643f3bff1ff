"""`policyengine evaluate`: the answer for each case, as text or JSON; all of the answers or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.api import MatcherName, evaluate
from policyengine.cli import words
from policyengine.cli.asked import chosen, moment, out_of_range, pairs
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Choice, Command, Option, output_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import CaseFile, Policies, read_case_file
from policyengine.cli.streams import emit
from policyengine.diagnostics import Diagnostic, ordered
from policyengine.errors import CaseError, LoadError, MissingExtraError
from policyengine.report.as_json import assessment_json
from policyengine.report.text import assessment_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

_KEY_OF_POLICY = "policy"
_BETWEEN = f"\n{'=' * 72}\n\n"


@dataclass(frozen=True, slots=True)
class _Question:
    """One case under one policy at one instant."""

    case: Case
    policy: Policy
    as_of: Instant


def run(
    *, case: str, policy: str | None, as_of: str | None, reading: Sequence[str], output: str, matcher: MatcherName
) -> int:
    """Judge the cases of a file, and write the answers once all of them are there."""
    lang = spoken()
    at, asked = None if as_of is None else moment(as_of, lang), pairs(reading, lang)
    file = read_case_file(case)
    questions = _questions(file, policy, at)
    options = chosen(asked, (each.policy for each in questions), lang)
    try:
        answers = _answers(file, questions, options, matcher)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_DURABLE)) from error
    asked_and_answered = list(zip(questions, answers, strict=True))
    if output == "text":
        texts = (assessment_text(each.policy, each.case, answer, lang) for each, answer in asked_and_answered)
        emit(_BETWEEN.join(texts))
    else:
        indent = None if file.has_lines or len(questions) > 1 else 2
        emit("".join(assessment_json(each.policy, answer, indent=indent) for each, answer in asked_and_answered))
    return ANSWERED


def _questions(file: CaseFile, policy: str | None, at: Instant | None) -> list[_Question]:
    """Return what is asked of each case under each of its policies.

    Raises:
        LoadError: a policy does not load, or a case names no policy or no instant; holds all faults.
    """
    policies = Policies()
    questions: list[_Question] = []
    faults: list[Diagnostic] = []
    for place, case in enumerate(file.cases):
        faults += _lacks(file, place, policy, at)
        as_of = at or case.as_of
        for name in case.policies if policy is None else (policy,):
            found, wrong = policies.read(name, file.beside if policy is None else None)
            if found is None:
                faults += (each if policy is not None else file.at_key(each, place, _KEY_OF_POLICY) for each in wrong)
            elif as_of is not None:
                questions.append(_Question(case, found, as_of))
    if faults:
        raise LoadError(ordered(faults))
    return questions


def _lacks(file: CaseFile, place: int, policy: str | None, at: Instant | None) -> Iterator[Diagnostic]:
    case = file.cases[place]
    if policy is None and not case.policies:
        yield file.fault(place, "PE604")
    if at is None and case.as_of is None:
        yield file.fault(place, "PE603")
    elif at is None and case.as_of is not None:
        fault = out_of_range(case.as_of)
        if fault is not None:
            yield file.at_key(fault, place, "as_of")


def _answers(
    file: CaseFile, questions: Sequence[_Question], options: dict[Policy, dict[str, str]], matcher: MatcherName
) -> list[Assessment]:
    answers: list[Assessment] = []
    faults: list[Diagnostic] = []
    for each in questions:
        readings = options[each.policy]
        try:
            answers.append(evaluate(each.policy, each.case, as_of=each.as_of, readings=readings, matcher=matcher))
        except CaseError as error:
            faults += file.shown(error.diagnostics)
    if faults:
        raise LoadError(ordered(faults))
    return answers


_DURABLE = "durable"
_CASE = Wording("案件", "CASE")
_POLICY = Wording("规则", "POLICY")

COMMAND = Command(
    "evaluate",
    Wording(
        """判断案件：谁应当在何时之前做什么，依据哪一条，哪些已经出了问题。
全部案件都读入并判断之后才输出；任何一件有误，则只报告错误。""",
        """Judges cases: who must do what, by when, on which clause, and what has already gone wrong.
Nothing is printed before every case has been read and judged; if one is at fault, only the faults are reported.""",
    ),
    [
        Argument(
            "case",
            Wording(
                "一件案件的 YAML 或 JSON 文件，或每行一件的 JSON Lines (.jsonl)；- 为标准输入",
                "a YAML or JSON file with one case, or JSON Lines (.jsonl) with one a line;\n- is standard input",
            ),
            _CASE,
        ),
        Option(
            "--policy",
            Wording(
                "自带规则的编号或其前缀，或文件路径；默认取案件所写",
                "id of a packaged policy, a prefix of it, or a path;\nby default what the case names",
            ),
            _POLICY,
        ),
        Option(
            "--as-of",
            Wording(
                "判断时点，如 2025-10-08T23:30:00+08:00，或 now；默认取案件所写",
                "the instant asked about, such as 2025-10-08T23:30:00+08:00, or now;\nby default what the case names",
            ),
            Wording("时点", "INSTANT"),
        ),
        Option(
            "--reading",
            Wording(
                "为某个解释问题另选选项；可多次使用，名称和选项可写前缀",
                "another option of a reading; may be repeated, prefixes will do",
            ),
            Wording("名称=选项", "NAME=OPTION"),
            many=True,
        ),
        output_format(),
        Choice(
            "--matcher",
            Wording(
                "由谁判断条件：自带的 (默认)、durable-rules，或二者互相核对",
                "what decides conditions: our own (the default), durable-rules,\nor both, stopping on a difference",
            ),
            ("reference", _DURABLE, "verify"),
        ),
    ],
    run,
)
