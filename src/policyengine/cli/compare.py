"""`policyengine compare`: what several policies demand, side by side, and how each stands to those above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyengine.cli import terminal, words
from policyengine.cli.compare_asked import Asked, compared
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Choice, Command, Flag, Option, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.out import deliver, out_option
from policyengine.errors import MissingExtraError
from policyengine.report.comparison.as_json import comparison_json
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.csv_rows import comparison_csv
from policyengine.report.comparison.picture import comparison_svg
from policyengine.report.comparison.text import comparison_markdown, comparison_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.wording import Lang

_TEXT, _MARKDOWN, _CSV, _JSON, _HTML, _SVG = "text", "markdown", "csv", "json", "html", "svg"


def run(  # noqa: PLR0913 - one for each option
    *,
    policies: Sequence[str],
    against: Sequence[str],
    topic: Sequence[str],
    severity: Sequence[str],
    given: Sequence[str],
    reading: Sequence[str],
    output: str,
    details: bool,
    whole: bool,
    out: str | None,
) -> int:
    """Lay the policies side by side, and write that once all of it is there."""
    lang = spoken()
    found = compared(Asked(policies, against, topic, severity, given, reading), lang)
    told_whole = whole or bool(topic)
    if output in {_TEXT, _MARKDOWN}:
        text = _page(found, output, lang, details=details, whole=told_whole, coloured=out is None)
    else:
        text = _data(found, output, lang)
    deliver(text, out, lang)
    return ANSWERED


def _page(found: Comparison, output: str, lang: Lang, *, details: bool, whole: bool, coloured: bool) -> str:
    sheet = comparison_sheet(found, lang)
    if output == _MARKDOWN:
        return comparison_markdown(sheet, details=details, whole=whole)
    paint = terminal.paint() if coloured else None
    return comparison_text(sheet, width=terminal.width(), paint=paint, details=details, whole=whole)


def _data(found: Comparison, output: str, lang: Lang) -> str:
    if output == _JSON:
        return comparison_json(found)
    if output == _CSV:
        return comparison_csv(comparison_sheet(found, lang))
    if output == _SVG:
        return comparison_svg(found, lang)
    from policyengine.report.comparison.html import comparison_html

    try:
        return comparison_html(found, lang)
    except MissingExtraError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_HTML)) from error


COMMAND = Command(
    "compare",
    Wording(
        """对照各规则：同一事项、同一等级，各要求谁在何时之前做什么，并注明比上位文件较严、较宽还是缺漏。
不写规则的，对照自带的全部规则。每部规则与所列规则中它所实施的文件比较；用 --against 另行指定。""",
        """Lays policies side by side: who must do what by when, topic by topic and grade by grade, and whether that is
stricter or looser than what stands above it, or missing. Without a POLICY: all that are packaged. Each is held
against those among them that it implements, unless --against names others.""",
    ),
    [
        Argument(
            "policies",
            Wording(
                "自带规则的编号或其前缀，或文件路径；可写多个",
                "id of a packaged policy, a prefix of it, or a path;\nmay be several",
            ),
            Wording("规则", "POLICY"),
            required=False,
            many=True,
        ),
        Option(
            "--against",
            Wording("其他规则都与该规则比较；可多次使用", "hold the others against this policy; may be repeated"),
            Wording("规则", "POLICY"),
            many=True,
        ),
        Option(
            "--topic",
            Wording(
                "只看该事项或行为 (编号或标题)，并全部列出；可多次使用",
                "only this topic or act, by id or title, and in full;\nmay be repeated",
            ),
            Wording("事项", "TOPIC"),
            many=True,
        ),
        Option(
            "--severity",
            Wording("只看该等级 (编号或标题)；可多次使用", "only this grade, by id or title; may be repeated"),
            Wording("等级", "GRADE"),
            many=True,
        ),
        Option(
            "--given",
            Wording(
                "视为已定的事实，可多次使用；默认取各规则的推定，none 为不取",
                "a fact taken as settled, may be repeated; by default what the\npolicies presume, which none drops",
            ),
            Wording("事实=值|none", "FACT=VALUE|none"),
            many=True,
        ),
        Option(
            "--reading",
            Wording(
                "为某个解释问题另选选项，可限于一部规则；可多次使用，均可写前缀",
                "another option of a reading, of one policy or of all that have it;\nmay be repeated, prefixes will do",
            ),
            Wording("[规则:]名称=选项", "[POLICY:]NAME=OPTION"),
            many=True,
        ),
        Flag(
            "--details",
            Wording("列出所依据的条款摘要、解释和理由", "also the clauses, readings and reasons behind every line"),
        ),
        Flag(
            "--whole",
            Wording(
                "全部事项都详细列出，包括没有可比之处的",
                "every topic in full, also where no policy stands against another",
            ),
        ),
        Choice(
            "--format",
            Wording(
                "文字 (默认)、Markdown、CSV (UTF-8 带 BOM，Excel 可直接打开)、JSON、网页或期限图 (SVG)",
                "text (the default), Markdown, CSV (UTF-8 with a mark, as Excel needs it),\n"
                "JSON, a page of HTML, or a picture of the limits (SVG)",
            ),
            (_TEXT, _MARKDOWN, _CSV, _JSON, _HTML, _SVG),
            parameter="output",
        ),
        out_option(),
    ],
    run,
)
