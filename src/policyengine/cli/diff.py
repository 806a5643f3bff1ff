"""`policyengine diff`: in which cases two versions of a policy answer differently; no text diff."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.analysis.changes import diff
from policyengine.cli import case_options
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Command, Option, page_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.pages import written
from policyengine.cli.streams import emit
from policyengine.errors import LoadError, ReadingError
from policyengine.report.changes.as_json import changes_json
from policyengine.report.changes.case_files import case_files
from policyengine.report.changes.page import changes_page
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.analysis.changes import Changes
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

OTHER_VOCABULARY = Wording(
    "两个文本使用不同的词汇表，无法对照：修改前为 `{old}`，修改后为 `{new}`",
    "the two use different vocabularies and cannot be held against each other: `{old}` before, `{new}` after",
)
CHANGED_VOCABULARY = Wording(
    "词汇表 `{name}` 本身在两处内容不同；请先让两个文本使用同一词汇表，再作对照",
    "the vocabulary `{name}` itself differs between the two; let both use one vocabulary first",
)
NO_OPTION = Wording("所选选项不能用于两个文本：{reason}", "the options chosen do not fit both versions: {reason}")


def run(*, old: str, new: str, reading: Sequence[str], output: str, witness: str | None) -> int:
    """Hold two versions against each other, write the cases if that is asked for, and then what was found."""
    lang = spoken()
    policies = _loaded((old, new))
    found = _found(policies, reading, lang)
    text = (
        changes_json(found)
        if output == "json"
        else written(changes_page(found, lang, names=(old, new), files=witness is not None), output)
    )
    if witness is not None:
        folder = Path(witness)
        names = (named_from(folder, old, policies[0]), named_from(folder, new, policies[1]))
        write_new(folder, case_files(found, names), lang)
    emit(text)
    return ANSWERED if found.none else FINDINGS


def _loaded(names: tuple[str, str]) -> tuple[Policy, Policy]:
    """Return both versions; the faults of both are told together."""
    library = Policies()
    read = [library.read(name) for name in names]
    faults: list[Diagnostic] = [each for policy, wrong in read if policy is None for each in wrong]
    old, new = (policy for policy, _ in read)
    if old is None or new is None:
        raise LoadError(tuple(dict.fromkeys(faults)))
    return old, new


def _found(policies: tuple[Policy, Policy], reading: Sequence[str], lang: Lang) -> Changes:
    old, new = policies
    words = (old.vocabulary, new.vocabulary)
    if words[0].vocabulary != words[1].vocabulary:
        names = {"old": words[0].vocabulary, "new": words[1].vocabulary}
        raise Misuse(OTHER_VOCABULARY.within(lang).format(**names))
    if words[0] != words[1]:
        raise Misuse(CHANGED_VOCABULARY.within(lang).format(name=words[0].vocabulary))
    options = {
        name: option for each in chosen(pairs(reading, lang), policies, lang).values() for name, option in each.items()
    }
    try:
        return diff(old, new, readings=options)
    except ReadingError as error:
        raise Misuse(NO_OPTION.within(lang).format(reason=error)) from error


_POLICY = Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path")

COMMAND = Command(
    "diff",
    Wording(
        """对照一部规则修改前后的两个文本：哪些案件的答案因此改变，每处附一件案例，已依两个文本分别判断。
不是文字比较：只改文字的，另列为不影响答案。
退出码：0 没有案件的答案改变；1 有案件的答案改变，或者未能排除。""",
        """Holds two versions of a policy against each other: which cases are answered differently, with one for each
change, judged under both. No text diff: what changes in words only stands apart.
Exit codes: 0 no answer changes; 1 answers change, or that cannot be ruled out.""",
    ),
    [
        Argument("old", _POLICY, Wording("修改前", "OLD")),
        Argument("new", _POLICY, Wording("修改后", "NEW")),
        case_options.reading_option(),
        page_format(),
        Option(
            "--witness",
            Wording(
                "把各案例写成文件存入该目录，可用 evaluate 判断；不覆盖已有文件",
                "write the cases to files in this directory, for evaluate to read;\nfiles that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
    ],
    run,
)
