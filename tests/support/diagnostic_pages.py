"""The reference pages of the diagnostic codes, as Markdown: one for each code, and the index of them all."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from policyengine.codes import CODES, Code
from policyengine.wording import Lang, Wording
from tests.support.diagnostic_entries import Entry, Run, visible

INDEX = Path(__file__).parents[2] / "docs" / "reference" / "diagnostics.md"
FOLDER = INDEX.with_suffix("")

GROUPS = {
    "1": Wording("文本与 YAML", "Text and YAML"),
    "2": Wording("引用", "References"),
    "3": Wording("条件", "Conditions"),
    "4": Wording("时间", "Time"),
    "5": Wording("矛盾、空白与原文", "Contradictions, gaps, sources"),
    "6": Wording("案件", "Cases"),
    "7": Wording("编写规范", "House rules"),
    "8": Wording("监控与批量判断", "Monitors and batches"),
}
"""What the codes of each hundred are about."""

_HEAD = """\
# Diagnostics 诊断代码

Everything wrong with a file is reported at `file:line:column` with one of these codes and a way out; an error keeps the
file from being used, a warning does not. Each code has a page: why it is wrong, an example, and how to put it right. A
code is never reused for another fault. Words in braces are filled in.

文件中的每个问题都以 `文件:行:列`、代码和解决办法报告；有错误的文件不能使用，警告则不影响使用。每个代码有一页说明：
为何是问题、示例以及改法。代码不会改作他用。花括号中的词由具体内容代替。
"""
_TITLES: Mapping[Lang, str] = {"en": "English", "zh": "中文"}
_LEVELS = {"error": Wording("错误", "error"), "warning": Wording("警告", "warning")}
_OFF = Wording("默认关闭", "off by default")
_WHY = Wording("为何是问题", "Why it is wrong")
_DIFFERENCE = Wording("从错 (-) 到对 (+)", "From wrong (-) to right (+)")
_PRINTED = Wording("`{command}` 的输出", "What `{command}` prints")
_WAY_OUT = Wording("办法", "Way out")
_IN_PYTHON = Wording("Python 中 `{command}` 报告的内容", "What `{command}` in Python reports")
_STOP = Wording("。", ".")
_AVOID = Wording("避免 (-)，改为 (+)", "Avoid (-), prefer (+)")
_SETTING = Wording("设置级别", "Setting the level")
_IN_THE_CONFIGURATION = Wording(
    "在 `policyengine.toml` 中写 `error`、`warning` 或 `off`；不写则为 `{default}`。",
    "In `policyengine.toml`: `error`, `warning` or `off`; without a line it is `{default}`.",
)
_ACCEPTING = Wording(
    "一处问题确有理由保留的，写明理由予以接受：",
    "A finding that is to stand is accepted with its reason:",
)
_NOT_ACCEPTED = "accepted-nothing"
_SUBJECT = "…"
_REASON = Wording("理由", "the reason")
_BETWEEN_WIDE = re.compile(r"(?<=[，。；：、）”])\s+|\s+(?=[（“])|(?<=[\u3000-\uffef])\s+(?=[\u3000-\uffef])")


def index() -> str:
    """Return the page that lists every code."""
    return "\n".join(_index_lines())


def _index_lines() -> Iterator[str]:
    yield _HEAD
    group = ""
    for name, code in sorted(CODES.items()):
        if name[2] != group:
            group = name[2]
            about = GROUPS[group]
            yield f"\n## PE{group}xx {about.en} {about.zh}\n"
            yield "| code 代码 | message | 信息 |\n|---|---|---|"
        mark = "" if code.level == "error" else f" ({code.level} {_LEVELS[code.level].zh})"
        mark = f" ({_OFF.en} {_OFF.zh})" if code.off else mark
        mark = f" `{code.name}`{mark}" if code.name else mark
        said = _message(code)
        yield f"| [{name}]({FOLDER.name}/{name}.md){mark} | {said.en} | {said.zh} |"
    yield ""


def page(name: str, entry: Entry, runs: Mapping[Lang, Run]) -> str:
    """Return the page of the code *name*; *runs* are those of the example."""
    return "\n".join(_page_lines(name, entry, runs)) + "\n"


def _page_lines(name: str, entry: Entry, runs: Mapping[Lang, Run]) -> Iterator[str]:
    code = CODES[name]
    level = _OFF if code.off else _LEVELS[code.level]
    called = f"{code.name}, " if code.name else ""
    yield f"# {name}: {called}{level.en} {level.zh}\n"
    yield f"[English](#english) · [中文](#中文) · [all codes 全部代码](../{INDEX.name})"
    for lang, title in _TITLES.items():
        yield f"\n## {title}\n"
        yield from _in(lang, CODES[name], entry, runs[lang].said)


def _in(lang: Lang, code: Code, entry: Entry, printed: str) -> Iterator[str]:
    command = entry.asked if entry.python else f"policyengine {entry.asked}"
    difference = _AVOID if entry.house and code.name else _DIFFERENCE
    heading = (_IN_PYTHON if entry.python else _PRINTED).within(lang).format(command=command)
    way_out = _filled(Wording(code.help_zh, code.help_en)).within(lang)
    yield f"> {_message(code).within(lang)}\n"
    yield f"### {_WHY.within(lang)}\n\n{_paragraph(entry.why.within(lang), lang)}\n"
    yield f"### {difference.within(lang)}\n\n```diff\n{entry.difference(lang)}\n```\n"
    yield f"### {heading}\n\n```text\n{''.join(map(_line, printed.splitlines()))}```\n"
    yield f"### {_WAY_OUT.within(lang)}\n\n{way_out[0].upper()}{way_out[1:]}{_STOP.within(lang)}"
    if code.name:
        yield from _setting(lang, code)


def _setting(lang: Lang, code: Code) -> Iterator[str]:
    """Yield how a house rule is set and accepted."""
    default, other = ("off", code.level) if code.off else (code.level, "off")
    yield f"\n### {_SETTING.within(lang)}\n"
    yield _IN_THE_CONFIGURATION.within(lang).format(default=default)
    yield f'\n```toml\n[lint]\n{code.name} = "{other}"\n```'
    if code.name != _NOT_ACCEPTED:
        reason = _REASON.within(lang)
        yield f"\n{_ACCEPTING.within(lang)}\n"
        yield f'```toml\n[[lint.accept]]\nrule = "{code.name}"\nsubject = "{_SUBJECT}"\nreason = "{reason}"\n```'


def _paragraph(text: str, lang: Lang) -> str:
    """Return *text* as one paragraph; YAML makes a space of a line's end, which Chinese does not have."""
    if lang == "zh":
        return _BETWEEN_WIDE.sub("", text.strip())
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _line(line: str) -> str:
    return f"{visible(line)}\n"


def _message(code: Code) -> Wording:
    return _filled(Wording(code.zh, code.en))


def _filled(wording: Wording) -> Wording:
    """Return templates as they read once they are filled: with single braces."""
    return Wording(*(text.replace("{{", "{").replace("}}", "}") for text in wording))
