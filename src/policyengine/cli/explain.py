"""`policyengine explain`: why a duty is as it is, why it is not there, and what would settle it or set it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine import api
from policyengine.cli import case_options, words
from policyengine.cli.asked import chosen, moment, pairs
from policyengine.cli.duties import Wanted, wanted
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Command, Option, page_format, spoken
from policyengine.cli.help import Misuse, suggested
from policyengine.cli.inputs import CaseFile, read_case_file
from policyengine.cli.pages import all_written
from policyengine.cli.questions import Asked, Question, questions
from policyengine.cli.streams import emit
from policyengine.diagnostics import nearest
from policyengine.errors import CaseError, DutyError, LoadError, MissingExtraError
from policyengine.report.explanation.as_json import explanation_json
from policyengine.report.explanation.page import explanation_page
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.engine.question import MatcherName
    from policyengine.model.policy import Policy
    from policyengine.report.explanation.explanation import Explanation

_SEVERAL_CASES = Wording(
    "文件中有 {n} 件案件，请用 --case 指定一件，如：{ids}", "the file has {n} cases; name one by --case, such as: {ids}"
)
_NO_SUCH_CASE = Wording("文件中没有案件 `{id}`", "the file has no case `{id}`")
_NO_SUCH_DUTY = Wording(
    "`{provision}` 在本案没有义务 `{instance}`；有：{known}",
    "`{provision}` has no duty `{instance}` here; it has: {known}",
)
_ONLY_ONE = Wording(
    "`{provision}` 在本案只有一项义务，请不写 --instance", "`{provision}` has one duty here only; leave out --instance"
)
_MOST_NAMED = 5
_JSON = "json"
_CASE_ID, _INSTANCE = "--case", "--instance"


def run(  # noqa: PLR0913 - one for each option
    *,
    case: str,
    duties: Sequence[str],
    instance: str | None,
    case_id: str | None,
    policy: Sequence[str],
    as_of: str | None,
    known_at: str | None,
    reading: Sequence[str],
    text: Sequence[str],
    output: str,
    matcher: MatcherName,
) -> int:
    """Explain duties of one case, and write everything once it is there."""
    lang = spoken()
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    file = _only(read_case_file(case), case_id, lang)
    (question,) = questions(file, Asked(policy, at, known, matcher, lang))
    options = chosen(pairs(reading, lang), question.policies, lang)
    try:
        asked = [_of(each, instance) for each in wanted(question, options, duties, lang)]
        found = [_explained(question, options, each, lang) for each in asked]
    except CaseError as error:
        raise LoadError(file.shown(error.diagnostics)) from error
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=case_options.DURABLE)) from error
    if output == _JSON:
        emit("".join(explanation_json(each, indent=None if len(found) > 1 else 2) for each in found))
    else:
        texts = {each: _sentences(each, text) for each in question.policies}
        emit(all_written((explanation_page(each, lang, sentences=texts[each.policy]) for each in found), output))
    return ANSWERED


def _only(file: CaseFile, case_id: str | None, lang: Lang) -> CaseFile:
    """Return *file* with the one case that is asked about."""
    ids = [each.id for each in file.cases]
    if case_id is not None and case_id not in ids:
        raise Misuse(suggested(_NO_SUCH_CASE.within(lang).format(id=case_id), nearest(case_id, ids), lang))
    if case_id is None and len(ids) > 1:
        raise Misuse(_SEVERAL_CASES.within(lang).format(n=len(ids), ids=", ".join(ids[:_MOST_NAMED])))
    return file.only(0 if case_id is None else ids.index(case_id))


def _of(each: Wanted, instance: str | None) -> Wanted:
    return each if instance is None else each._replace(instance=instance)


def _explained(
    question: Question, options: Mapping[Policy, Mapping[str, str]], each: Wanted, lang: Lang
) -> Explanation:
    try:
        return api.explain(
            each.policy,
            question.case,
            each.provision,
            as_of=question.as_of,
            instance=each.instance,
            known_at=question.known_at,
            readings=options[each.policy],
            matcher=question.matcher,
            beside=question.policies,
        )
    except DutyError as error:
        raise _no_such_duty(each, error, lang) from error


def _no_such_duty(each: Wanted, error: DutyError, lang: Lang) -> Misuse:
    if error.known == ("",):
        return Misuse(_ONLY_ONE.within(lang).format(provision=each.provision))
    more = ["…"] if len(error.known) > _MOST_NAMED else []
    known = ", ".join([*error.known[:_MOST_NAMED], *more])
    problem = _NO_SUCH_DUTY.within(lang).format(provision=each.provision, instance=each.instance, known=known)
    return Misuse(suggested(problem, error.suggestion, lang))


def _sentences(policy: Policy, texts: Sequence[str]) -> Mapping[str, str] | None:
    """Return the sentences of *policy* that stand in any of the *texts*; ``None`` without a text."""
    if not texts:
        return None
    return {name: sentence for each in texts for name, sentence in api.sentences(policy, each).items()}


COMMAND = Command(
    "explain",
    Wording(
        """说明一项义务何以如此，或何以没有：所见的事件和事实、条件、条款、期限的每一步计算、所作的解释和推定；
待定的，查明什么即可确定；违反的，怎样才不致违反。不写义务的，说明已违反的各项，没有违反的说明最近到期的一项。""",
        """Tells why a duty is as it is, or why there is none: events and facts, condition, clause, every step of the
limit's arithmetic, readings and presumptions; what would settle an undetermined one, and what would have kept
a violated one in order. Without a DUTY: everything that is violated, else what is due next.""",
    ),
    [
        case_options.case_argument(),
        Argument(
            "duties",
            Wording("规定的编号，可写前缀；可写多个", "id of a provision, or a prefix of it; may be several"),
            Wording("义务", "DUTY"),
            required=False,
            many=True,
        ),
        Option(
            _INSTANCE,
            Wording(
                "该规定有多项义务的，指明哪一项：触发事件的编号，或周期",
                "which of the provision's duties: the id of its event, or its period",
            ),
            Wording("编号", "ID"),
        ),
        Option(
            _CASE_ID,
            Wording("文件有多件案件的，指明哪一件", "which case, where the file has several"),
            Wording("编号", "ID"),
            parameter="case_id",
        ),
        case_options.policy_option(),
        case_options.as_of_option(),
        case_options.known_at_option(),
        case_options.reading_option(),
        Option(
            "--text",
            Wording(
                "文件原文 (UTF-8 文本)，在摘要旁显示原句；可多次使用",
                "the regulation's text (UTF-8): shows the sentences beside our summaries;\nmay be repeated",
            ),
            Wording("文件", "FILE"),
            many=True,
        ),
        page_format(),
        case_options.matcher_option(),
    ],
    run,
)
