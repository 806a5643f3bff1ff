"""`policyengine timeline`: what happened in a case, and which limit ends when, as a table or as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from policyengine.cli import case_options, terminal, words
from policyengine.cli.asked import chosen, moment, pairs
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Choice, Command, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import read_case_file
from policyengine.cli.out import deliver, out_option
from policyengine.cli.questions import Asked, answers, questions
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Assessment
from policyengine.model.several import Assessments
from policyengine.report.timeline import timeline, timeline_markdown, timeline_svg, timeline_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.cli.questions import Answer
    from policyengine.engine.question import MatcherName
    from policyengine.report.timeline import Timeline

_TEXT, _MARKDOWN, _SVG = "text", "markdown", "svg"
_MOST_RULED = 72
ONE_PICTURE = Wording(
    "一幅图只画一件案件，而文件有 {n} 件；请另存为单件，或用 text、markdown 格式",
    "a picture shows one case, and the file has {n}; put one into a file of its own, or ask for text or markdown",
)


def run(  # noqa: PLR0913 - one for each option
    *,
    case: str,
    policy: Sequence[str],
    as_of: str | None,
    known_at: str | None,
    reading: Sequence[str],
    output: str,
    out: str | None,
    matcher: MatcherName,
) -> int:
    """Judge the cases of a file, and draw their timelines once all of them are there."""
    lang = spoken()
    at = None if as_of is None else moment(as_of, lang)
    known = None if known_at is None else moment(known_at, lang, "--known-at")
    options = pairs(reading, lang)
    file = read_case_file(case)
    if output == _SVG and len(file.cases) > 1:
        raise Misuse(ONE_PICTURE.within(lang).format(n=len(file.cases)))
    asked = questions(file, Asked(policy, at, known, matcher, lang))
    by_policy = chosen(options, [each for question in asked for each in question.policies], lang)
    try:
        found = answers(file, asked, by_policy)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=case_options.DURABLE)) from error
    drawn = (
        timeline(question.policies, question.case, _several(each), lang)
        for question, each in zip(asked, found, strict=True)
    )
    deliver(_written(drawn, output, to_file=out is not None), out, lang)
    return ANSWERED


def _several(answer: Answer) -> Assessments:
    """Return the answers of the policies, also where there is only one."""
    if isinstance(answer, tuple):  # pragma: no cover - readings are chosen here, never all of them
        raise TypeError
    return Assessments((answer,)) if isinstance(answer, Assessment) else answer


def _written(timelines: Iterable[Timeline], output: str, *, to_file: bool) -> str:
    if output == _SVG:
        return "".join(map(timeline_svg, timelines))
    if output == _MARKDOWN:
        return "\n".join(map(timeline_markdown, timelines))
    width, paint = terminal.width(), None if to_file else terminal.paint()
    between = f"\n{'=' * min(_MOST_RULED, width)}\n\n"
    return between.join(timeline_text(each, width=width, paint=paint) for each in timelines)


COMMAND = Command(
    "timeline",
    Wording(
        """按时间顺序列出一件案件：何时发生何事，各项期限何时届满，哪些按期，哪些逾期，哪些待定。
一个文件有多件案件的，逐件列出；图 (svg) 只画一件案件。""",
        """Tells a case in order of time: what happened when, when each limit ends, what was in time, what is late,
and what is not settled. A file with several cases gives one timeline for each; a picture (svg) shows one case.""",
    ),
    [
        case_options.case_argument(),
        case_options.policy_option(),
        case_options.as_of_option(),
        case_options.known_at_option(),
        case_options.reading_option(),
        Choice(
            "--format",
            Wording("文字 (默认)、Markdown 或 SVG 图", "text (the default), Markdown or a picture in SVG"),
            (_TEXT, _MARKDOWN, _SVG),
            parameter="output",
        ),
        out_option(),
        case_options.matcher_option(),
    ],
    run,
)
