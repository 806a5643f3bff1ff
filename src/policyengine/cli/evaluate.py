"""`policyengine evaluate`: the answer for each case, as text or JSON; all of the answers or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from policyengine.cli import words
from policyengine.cli.asked import chosen, moment, pairs, same_roles
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Choice, Command, Option, output_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import read_case_file
from policyengine.cli.questions import Asked, Question, answers, questions
from policyengine.cli.streams import emit
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Assessment
from policyengine.model.several import Assessments
from policyengine.report import (
    assessment_json,
    assessment_text,
    assessments_json,
    readings_json,
    readings_text,
    worklist_text,
)
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.cli.questions import Answer
    from policyengine.engine.question import MatcherName

_BETWEEN = f"\n{'=' * 72}\n\n"
_ALL = "all"


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
) -> int:
    """Judge the cases of a file, and write the answers once all of them are there."""
    lang = spoken()
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    options = pairs(reading, lang)
    if options and readings == _ALL:
        raise Misuse(words.FIXED_AND_ALL.within(lang))
    file = read_case_file(case)
    asked = questions(file, Asked(policy, at, known, matcher, lang))
    policies = [each for question in asked for each in question.policies]
    by_policy, one = chosen(options, policies, lang), same_roles(same, policies, lang)
    try:
        found = answers(file, asked, None if readings == _ALL else by_policy)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_DURABLE)) from error
    answered = list(zip(asked, found, strict=True))
    if output == "text":
        emit(_BETWEEN.join(text for question, answer in answered for text in _texts(question, answer, one, lang)))
    else:
        lines = file.has_lines or sum(map(_documents, found)) > 1
        indent = None if lines else 2
        emit("".join(text for question, answer in answered for text in _json(question, answer, one, indent)))
    return ANSWERED


def _texts(question: Question, answer: Answer, same: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield the answer of each policy; of several, then what is to be done under all of them."""
    policies, case = question.policies, question.case
    if isinstance(answer, tuple):
        yield from (readings_text(policy, case, each, lang) for policy, each in zip(policies, answer, strict=True))
        return
    single = (answer,) if isinstance(answer, Assessment) else answer.answers
    yield from (assessment_text(policy, case, each, lang) for policy, each in zip(policies, single, strict=True))
    if isinstance(answer, Assessments):
        yield worklist_text(policies, case, answer, lang, same=same)


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


_DURABLE = "durable"
_CASE = Wording("案件", "CASE")
_POLICY = Wording("规则", "POLICY")

COMMAND = Command(
    "evaluate",
    Wording(
        """判断案件：谁应当在何时之前做什么，依据哪一条，哪些已经出了问题。
一件案件有多个规则的，分别判断，再列出合并的待办清单。
全部案件都读入并判断之后才输出；任何一件有误，则只报告错误。""",
        """Judges cases: who must do what, by when, on which clause, and what has already gone wrong.
A case under several policies is judged by each, and what they demand is merged into one worklist.
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
                "自带规则的编号或其前缀，或文件路径；可多次使用；默认取案件所写",
                "id of a packaged policy, a prefix of it, or a path;\nmay be repeated; by default what the case names",
            ),
            _POLICY,
            many=True,
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
            "--known-at",
            Wording(
                "只看此时已记录的事件、更正和撤回；默认取案件所写，案件未写则看全部记录",
                "only what was recorded by then: events, corrections, retractions;\n"
                "by default what the case names, else everything",
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
        Choice(
            "--readings",
            Wording(
                "all：在一切有影响的解释组合下判断，给出各义务状态和期限的范围",
                "all: judge under every combination of readings that matters,\n"
                "and give each duty the range of its statuses and limits",
            ),
            ("chosen", _ALL),
        ),
        Option(
            "--same",
            Wording(
                "合并待办时，前一角色在本案即后一角色；可多次使用",
                "the first role is the second in this case, where worklists are merged;\nmay be repeated",
            ),
            Wording("角色=角色", "ROLE=ROLE"),
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
