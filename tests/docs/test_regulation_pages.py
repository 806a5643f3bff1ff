"""The pages on the packaged regulations are generated, and have no drift. `--update-golden` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.loading.library import packaged_policies
from policyengine.report.regulation import regulation_markdown
from policyengine.report.regulation.markup import inline, table
from policyengine.wording import LANGUAGES, Lang

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

FOLDER = Path(__file__).parents[2] / "docs" / "regulations"
POLICIES = {name: pe.load(path) for name, path in packaged_policies().items()}
_HEAD = """\
# The packaged regulations 自带的规则

Everything that each policy file says, for readers of no YAML: limits at a glance, grades, roles, how time is counted,
every provision as a sentence with its clause, readings and what they change, gaps, and the text sentence by sentence.
Generated from `policies/`; `policyengine policies POLICY --lang en` prints the same.
各规则文件的全部内容，不必读 YAML：时限一览、等级、角色、时间如何计算、逐条规定及其依据、解释问题及其影响、空白，
以及文本逐句。由 `policies/` 生成；`policyengine policies 规则 --lang zh` 输出相同内容。
"""
_BESIDE = """\
## Side by side 对照

How they stand to the documents that they implement, point by point, with clauses and judged cases:
[The regulations beside their parents](side-by-side.en.md).
各规则与其上位文件逐项对照，附条款和经判断的案例：[各规则与上位文件对照](side-by-side.zh.md)。
"""


def page(name: str, lang: Lang) -> str:
    return f"{name}.{lang}.md"


def index() -> str:
    """Return the index: the agencies' own regulations first, then the parents that they implement."""
    parents = {name for each in POLICIES.values() for name in each.header.implements or ()}
    own = (each for name, each in POLICIES.items() if name not in parents)
    above = (each for name, each in POLICIES.items() if name in parents)
    head = ("regulation", "规则", "implements 上级文件")
    return "\n".join((_HEAD, *table(head, (_row(each) for each in (*own, *above))), _BESIDE))


def _row(policy: Policy) -> tuple[str, ...]:
    links = [f"[{inline(policy.title.within(lang))}]({page(policy.id, lang)})" for lang in ("en", "zh")]
    return (*links, ", ".join(f"`{each}`" for each in policy.header.implements or ()))


FILES = {
    "README.md": index(),
    **{page(name, lang): regulation_markdown(policy, lang) for name, policy in POLICIES.items() for lang in LANGUAGES},
}


@pytest.mark.parametrize("name", FILES)
def test_a_page_says_what_the_policy_says(name: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / name
    if request.config.getoption("--update-golden", default=False):
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name].encode())
    assert path.read_bytes().decode() == FILES[name], f"{name} differs; if that is meant: --update-golden"


def test_there_is_no_page_besides() -> None:
    found = {path.name for path in FOLDER.iterdir()}
    assert {each for each in found if not each.startswith("side-by-side")} == set(FILES)
