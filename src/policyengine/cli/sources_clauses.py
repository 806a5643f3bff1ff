"""`policyengine sources clauses`: a text's sentences as the skeleton of a policy's `clauses`, with their digests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policyengine.cli import words
from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Command, Option, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.streams import emit
from policyengine.errors import LoadError
from policyengine.loading.sources import sentences
from policyengine.loading.text import read_source
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.loading.sources import Sentence
    from policyengine.wording import Lang

_TEXT = "--text"
_PREFIX = "--prefix"
_USUAL = "A"
_SHAPE = re.compile("[A-Z][A-Z0-9]{0,9}")
_SHOWN = 24
_FILL = Wording(
    "# 每一条：用自己的话写摘要 (says)；写 provisions: [规定编号…] 或 gaps: […]，没有的写 disposition:",
    "# of each: say it in your own words (says); then write provisions: [ids], or gaps: [ids], or else disposition:",
)
_LINE = Wording("第 {line} 行：{text}", "line {line}: {text}")
_NO_SENTENCE = Wording("`{file}` 中没有任何文字", "`{file}` holds no sentence")
_BAD_PREFIX = Wording(
    "`--prefix` 不能是 `{prefix}`：须为 1 至 10 个大写字母或数字，以字母开头",
    "`--prefix` cannot be `{prefix}`: 1 to 10 capital letters or digits, a letter first",
)


def run(*, text: str | None, prefix: str | None) -> int:
    """Print the skeleton."""
    lang = spoken()
    if text is None:
        raise Misuse(words.MISSING_OPTION.within(lang).format(name=_TEXT))
    name = _USUAL if prefix is None else prefix
    if not _SHAPE.fullmatch(name):
        raise Misuse(_BAD_PREFIX.within(lang).format(prefix=name))
    source, faults = read_source(text)
    if source is None:
        raise LoadError(faults)
    found = tuple(sentences(source))
    if not found:
        raise Misuse(_NO_SENTENCE.within(lang).format(file=text))
    emit("\n".join(_lines(found, name, lang)) + "\n")
    return ANSWERED


def _lines(found: Iterable[Sentence], prefix: str, lang: Lang) -> Iterator[str]:
    yield _FILL.within(lang)
    yield "clauses:"
    for number, each in enumerate(found, start=1):
        text = each.text if len(each.text) <= _SHOWN else f"{each.text[:_SHOWN]}…"
        yield f'  "{prefix}:{number}":  # {_LINE.within(lang).format(line=each.span.line, text=text)}'
        yield f'    number: "{number}"'
        yield f'    digest: "{each.digest}"'
        yield "    says: {zh: , en: }"


COMMAND = Command(
    "clauses",
    Wording(
        "把文本逐句列成规则文件 source 下 clauses 的骨架：编号、摘要值、所在的行。网页的菜单、页脚等也在其中，请删去。",
        "Lists the sentences of a text as the skeleton of `clauses` under a policy's `source`: number, digest, line.\n"
        "Menus, footers and the like of a page are among them: strike them out.",
    ),
    [
        Option(_TEXT, Wording("文件原文 (UTF-8 文本)", "the regulation's text (UTF-8)"), Wording("文件", "FILE")),
        Option(
            _PREFIX,
            Wording("条款编号的前缀，如 CZH；默认 A", "what the ids of clauses begin with, such as CZH; A by default"),
            Wording("前缀", "PREFIX"),
        ),
    ],
    run,
)
