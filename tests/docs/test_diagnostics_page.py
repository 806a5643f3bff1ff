"""The reference page of diagnostic codes is generated, and has no drift. `--update-golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyengine.codes import CODES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "diagnostics.md"
GROUPS = {
    "1": "Text and YAML 文本与 YAML",
    "2": "References 引用",
    "3": "Conditions 条件",
    "4": "Time 时间",
    "5": "Contradictions, gaps, sources 矛盾、空白与原文",
    "6": "Cases 案件",
}
_HEAD = """\
# Diagnostics 诊断代码

Everything wrong with a file is reported at `file:line:column` with one of these codes and a way out. A code is never
reused for another fault. 文件中的每个问题都以 `文件:行:列`、代码和解决办法报告；代码不会改作他用。
Words in braces are filled in. 花括号中的词由具体内容代替。
"""


def page() -> str:
    lines = [_HEAD]
    group = ""
    for name, code in sorted(CODES.items()):
        if name[2] != group:
            group = name[2]
            lines.append(f"\n## PE{group}xx {GROUPS[group]}\n")
        mark = "" if code.level == "error" else f" ({code.level})"
        lines.append(f"### {name}{mark}\n\n- {code.en}\n- {code.zh}\n")
        lines.append(f"Way out: {code.help_en}.\n办法：{code.help_zh}。\n")
    return "\n".join(lines).replace("{{", "{").replace("}}", "}")


def test_the_page_says_what_the_table_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", sorted(CODES))
def test_every_code_has_words_in_both_languages_and_a_way_out(name: str) -> None:
    code = CODES[name]
    assert all((code.en, code.zh, code.help_en, code.help_zh))
    assert code.en[0].islower() or not code.en[0].isalpha() or code.en.startswith("UTF")
    assert not code.en.endswith(".")
