"""`policyengine evaluate`: the answer for each case, as text, Markdown or JSON; all of the answers or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from policyengine.cli import case_options, words
from policyengine.cli.asked import chosen, moment, pairs, same_roles
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Choice, Command, page_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import read_case_file
from policyengine.cli.pages import all_written
from policyengine.cli.questions import Asked, Question, answers, questions
from policyengine.cli.streams import emit
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Assessment
from policyengine.model.several import Assessments
from policyengine.report import (
    Sheet,
    assessment_json,
    assessment_page,
    assessments_json,
    readings_json,
    readings_page,
    worklist_page,
)
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.cli.questions import Answer
    from policyengine.engine.question import EvaluatorName, MatcherName
    from policyengine.report.page import Page

_ALL = "all"
_JSON = "json"


def run(  # noqa: PLR0913 - one for each option
    *,
    case: str,
    policy: Sequence[str],
    as_of: str | None,
    known_at: str | None,
    reading: Sequence[str],
    readings: Literal["chosen", "all"],
    same: Sequence[str],
    output: str,
    matcher: MatcherName,
    evaluator: EvaluatorName,
) -> int:
    """Judge the cases of a file, and write the answers once all of them are there."""
    lang = spoken()
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    options = pairs(reading, lang)
    if options and readings == _ALL:
        raise Misuse(words.FIXED_AND_ALL.within(lang))
    file = read_case_file(case)
    asked = questions(file, Asked(policy, at, known, matcher, lang, evaluator))
    policies = [each for question in asked for each in question.policies]
    by_policy, one = chosen(options, policies, lang), same_roles(same, policies, lang)
    try:
        found = answers(file, asked, None if readings == _ALL else by_policy)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=case_options.DURABLE)) from error
    answered = list(zip(asked, found, strict=True))
    if output == _JSON:
        lines = file.has_lines or sum(map(_documents, found)) > 1
        indent = None if lines else 2
        emit("".join(text for question, answer in answered for text in _json(question, answer, one, indent)))
    else:
        pages = (page for question, answer in answered for page in _pages(question, answer, one, lang))
        emit(all_written(pages, output))
    return ANSWERED


def _pages(question: Question, answer: Answer, same: Mapping[str, str], lang: Lang) -> Iterator[Page]:
    """Yield the answer of each policy; of several, then what is to be done under all of them."""
    policies, case = question.policies, question.case
    if isinstance(answer, tuple):
        yield from (readings_page(policy, case, each, lang) for policy, each in zip(policies, answer, strict=True))
        return
    single = (answer,) if isinstance(answer, Assessment) else answer.answers
    yield from (assessment_page(policy, case, each, lang) for policy, each in zip(policies, single, strict=True))
    if isinstance(answer, Assessments):
        yield worklist_page([Sheet(policies, case, answer, answer.worklist(same=same))], lang)


def _json(question: Question, answer: Answer, same: Mapping[str, str], indent: int | None) -> Iterator[str]:
    policies = question.policies
    if isinstance(answer, tuple):
        yield from (readings_json(policy, each, indent=indent) for policy, each in zip(policies, answer, strict=True))
    elif isinstance(answer, Assessment):
        yield assessment_json(policies[0], answer, indent=indent)
    else:
        yield assessments_json(policies, answer, same=same, indent=indent)


def _documents(answer: Answer) -> int:
    return len(answer) if isinstance(answer, tuple) else 1


COMMAND = Command(
    "evaluate",
    Wording(
        """判断案件：谁应当在何时之前做什么，依据哪一条，哪些已经违反。
一件案件有多个规则的，分别判断，再列出合并的待办清单。
全部案件都读入并判断之后才输出；任何一件有误，则只报告错误。""",
        """Judges cases: who must do what, by when, on which clause, and what has already gone wrong.
A case under several policies is judged by each, and what they demand is merged into one worklist.
Nothing is printed before every case has been read and judged; if one is at fault, only the faults are reported.""",
    ),
    [
        case_options.case_argument(),
        case_options.policy_option(),
        case_options.as_of_option(),
        case_options.known_at_option(),
        case_options.reading_option(),
        Choice(
            "--readings",
            Wording(
                "all：在一切有影响的解释组合下判断，给出各义务状态和期限的范围",
                "all: judge under every combination of readings that matters,\n"
                "and give each duty the range of its statuses and limits",
            ),
            ("chosen", _ALL),
        ),
        case_options.same_option(),
        page_format(),
        case_options.matcher_option(),
        case_options.evaluator_option(),
    ],
    run,
)
