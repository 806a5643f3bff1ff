"""`policyengine worklist`: what is to be done in each case, or in all cases of a file together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyengine.cli import case_options, words
from policyengine.cli.asked import chosen, moment, pairs, same_roles
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Command, Flag, page_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import read_case_file
from policyengine.cli.pages import all_written
from policyengine.cli.questions import Asked, answers, questions
from policyengine.cli.streams import emit
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Assessment
from policyengine.model.several import Assessments
from policyengine.report.worklist import worklist_page
from policyengine.report.worklist_json import worklist_json
from policyengine.report.worklist_sheet import Sheet
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.cli.questions import Answer
    from policyengine.engine.question import MatcherName
    from policyengine.wording import Lang

_SEVERAL_INSTANTS = Wording(
    "案件的判断时点不同，不能合并；请用 --as-of 指定一个",
    "the cases name different instants and cannot be merged; give one by --as-of",
)
_JSON = "json"


def run(  # noqa: PLR0913 - one for each option
    *,
    case: str,
    policy: Sequence[str],
    as_of: str | None,
    known_at: str | None,
    reading: Sequence[str],
    same: Sequence[str],
    role: str | None,
    by_bearer: bool,
    merge: bool,
    output: str,
    matcher: MatcherName,
) -> int:
    """Judge the cases of a file, and write their worklists once all of them are there."""
    lang = spoken()
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    options = pairs(reading, lang)
    file = read_case_file(case)
    asked = questions(file, Asked(policy, at, known, matcher, lang))
    policies = [each for question in asked for each in question.policies]
    by_policy, one = chosen(options, policies, lang), same_roles(same, policies, lang)
    whose = None if role is None else case_options.role_named(role, policies, lang)
    try:
        found = map(_several, answers(file, asked, by_policy))
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=case_options.DURABLE)) from error
    sheets = [
        Sheet(question.policies, question.case, each, each.worklist(whose, same=one))
        for question, each in zip(asked, found, strict=True)
    ]
    lists = [_together(sheets, lang)] if merge else [[each] for each in sheets]
    if output == _JSON:
        indent = None if file.has_lines else 2
        emit("".join(worklist_json(each, indent=indent) for each in lists))
    else:
        emit(all_written((worklist_page(each, lang, by_bearer=by_bearer) for each in lists), output))
    return ANSWERED


def _several(answer: Answer) -> Assessments:
    """Return the answers of the policies, also where there is only one."""
    if isinstance(answer, tuple):  # pragma: no cover - readings are chosen here, never all of them
        raise TypeError
    return Assessments((answer,)) if isinstance(answer, Assessment) else answer


def _together(sheets: list[Sheet], lang: Lang) -> list[Sheet]:
    if len({each.worklist.as_of for each in sheets}) > 1:
        raise Misuse(_SEVERAL_INSTANTS.within(lang))
    return sheets


COMMAND = Command(
    "worklist",
    Wording(
        """列出待办：谁应当在何时之前做什么，还剩多少时间，依据哪一条；何事待定、何事禁止、何处冲突。
各规则要求的同一行为合并为一项。一个文件有多件案件的，逐件列出，或用 --merge 合为一张清单。""",
        """Lists what is to be done: who must do what by when, how long is left, on which clause; and what is
undetermined, forbidden or in conflict. What several policies demand is one entry where one act serves them.
A file with several cases gives one list for each, or with --merge one list for all.""",
    ),
    [
        case_options.case_argument(),
        case_options.policy_option(),
        case_options.as_of_option(),
        case_options.known_at_option(),
        case_options.reading_option(),
        case_options.role_option(),
        Flag("--by-bearer", Wording("按承担者分列 (JSON 不受影响)", "under each bearer (JSON stays as it is)")),
        Flag(
            "--merge",
            Wording(
                "全部案件合为一张清单，最紧急的在前；须为同一判断时点",
                "one list for all cases, the most urgent first; of one instant",
            ),
        ),
        case_options.same_option(),
        page_format(),
        case_options.matcher_option(),
    ],
    run,
)
