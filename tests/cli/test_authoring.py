"""Slips that people make when they write a policy: each is told once, where it is, with a way out that works."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from policyengine.loading.library import home
from tests.support.command import call, run

if TYPE_CHECKING:
    from pathlib import Path

SOUND = (home() / "changzhi-energy-bureau.yaml").read_text(encoding="utf-8")

# Stretches of the packaged policy that the slips are made in.
_CLAUSE = 'within 48 hours}\n    clause: "CZH:18"\n'
_TITLE = "{zh: 48小时内回应, en: respond within 48 hours}"
_LIMIT = "      within: {hours: 48}\n      of: {reading: clock_start, detection: detected, occurrence: occurred}\n"
_STANDING = (
    "    standing: true\n    until: closed\n    note: {zh: 文本未规定间隔, en: the text sets no interval}\n  - id: f"
)


@dataclass(frozen=True)
class Slip:
    """One slip.

    Args:
        old: what the sound policy has.
        new: what was written instead.
        code: the diagnostic that is expected, and no other.
        marked: the text that it points at.
        zh: what the way out says in Chinese, or the beginning of it.
        en: the same in English.
        suggestion: what is to be written in place of the marked text, so that all is well.
        line: the line that it points at, where that is not the line of the slip.
    """

    old: str
    new: str
    code: str
    marked: str
    zh: str
    en: str
    suggestion: str | None = None
    line: int | None = None


def meant(old: str, new: str, code: str, marked: str, suggestion: str) -> Slip:
    """Return a slip whose way out is a *suggestion*."""
    return Slip(old, new, code, marked, f"是否想写 `{suggestion}`", f"did you mean `{suggestion}`", suggestion)


SLIPS = {
    # Names
    "a role misspelt": meant("bearer: bureau_head", "bearer: bureau_haed", "PE203", "bureau_haed", "bureau_head"),
    "a role by its title": meant("bearer: bureau_head", "bearer: 局主要负责人", "PE115", "局主要负责人", "bureau_head"),
    "an unknown act": meant("must: respond\n", "must: respnd\n", "PE204", "respnd", "respond"),
    "a provision for an event": meant(
        "upon: review_or_suit_brought",
        "upon: legality-review",
        "PE205",
        "legality-review",
        "{performed: legality-review}",
    ),
    "a key with a capital": meant("    must: respond\n", "    Must: respond\n", "PE113", "Must", "must"),
    "an id in words": meant("  - id: head-leads\n", "  - id: Head leads\n", "PE115", "Head leads", "head-leads"),
    "an id twice": Slip(
        "  - id: continue-publication\n",
        "  - id: respond\n",
        "PE212",
        "respond",
        "第一次声明在",
        "the first one is at",
    ),
    "the id of a clause without its text": Slip(
        _CLAUSE, _CLAUSE.replace('"CZH:18"', "18"), "PE115", "18", "请按此形式书写", "write it in that form"
    ),
    "a clause with a full-width colon": meant(_CLAUSE, _CLAUSE.replace(":18", "：18"), "PE115", '"CZH：18"', "CZH:18"),
    "a clause that there is not": Slip(
        _CLAUSE, _CLAUSE.replace("18", "81"), "PE210", '"CZH:81"', "请在 `source: clauses:` 下声明", "declare it under"
    ),
    "a clause that does not name its provision": Slip(
        "provisions: [respond, continue-publication]",
        "provisions: [continue-publication]",
        "PE220",
        '"CZH:18"',
        "请在该条款的 `provisions:` 中补上",
        "add it to the clause's `provisions:`",
        line=205,
    ),
    # What is left out, and what is too much
    "no clause": Slip(_CLAUSE, "within 48 hours}\n", "PE114", "id", "请补上 `clause:`", "add `clause:`"),
    "a title in one language": Slip(_TITLE, "{zh: 48小时内回应}", "PE114", "{", "请补上 `en:`", "add `en:`"),
    "two strengths": Slip(
        "    must: respond\n",
        "    must: respond\n    should: respond\n",
        "PE120",
        "should",
        "请只保留其中一个",
        "keep one of them",
    ),
    "a standing duty with a limit": Slip(
        _STANDING,
        "    standing: true\n    deadline: {promptly: true}\n  - id: f",
        "PE122",
        "standing",
        "请删去其中之一",
        "remove one of the two",
    ),
    "no dash before an entry": Slip(
        "  - id: respond\n", "    id: respond\n", "PE107", "id", "是否想写 `- id`", "did you mean `- id`"
    ),
    # Conditions
    "a value that is not on the scale": Slip(
        "{less_than: major}",
        "{less_than: huge}",
        "PE207",
        "huge",
        "可取值：none, ordinary, larger, major, extraordinary",
        "its values are none, ordinary",
    ),
    "a value by its title": meant("{less_than: major}", "{less_than: 重大}", "PE207", "重大", "major"),
    "a comparison by its sign": meant(
        "{event_severity: {less_than: major}}",
        "{event_severity: < major}",
        "PE207",
        "< major",
        "{less_than: major}",
    ),
    "a comparison that there is not": Slip(
        "{less_than: major}",
        "{lower_than: major}",
        "PE113",
        "lower_than",
        "此处允许：at_least, at_most, more_than, less_than",
        "allowed here: at_least",
    ),
    "a condition as a sentence": Slip(
        "when: {concerns_other_agency: true}",
        "when: concerns_other_agency is true",
        "PE115",
        "concerns_other_agency is true",
        "请按此形式书写",
        "write it in that form",
    ),
    # Limits and dates
    "hours in quotes": Slip("{hours: 48}", '{hours: "48"}', "PE405", '"48"', "例如 `hours: 24`", "write for instance"),
    "hours with their word": Slip("{hours: 48}", "{hours: 48小时}", "PE405", "48小时", "例如 `hours: 24`", "write for"),
    "a length without unit": Slip(
        "within: {hours: 48}", "within: 48", "PE115", "48", "请按此形式书写", "write it in that form"
    ),
    "a length without `within`": Slip(
        f"    deadline:\n{_LIMIT}",
        "    deadline: {hours: 48}\n",
        "PE116",
        "48",
        "是否想写 `within: {hours: 48}`",
        "did you mean `within: {hours: 48}`",
    ),
    "a unit that is nearly one": meant("{hours: 48}", "{workdays: 5}", "PE113", "workdays", "working_days"),
    "a date in Chinese": meant("in_force: {}", "in_force: {from: 2017年3月1日}", "PE406", "2017年3月1日", "2017-03-01"),
    "a date with slashes": meant("in_force: {}", "in_force: {from: 2017/3/1}", "PE406", "2017/3/1", "2017-03-01"),
    "a day that there is not": Slip(
        "in_force: {}", "in_force: {from: 2017-02-30}", "PE403", "2017-02-30", "请检查日期和时刻", "check day, month"
    ),
    # Readings and digests
    "a reading that is not defined": meant(
        "    reading: in_principle\n", "    reading: in_principal\n", "PE208", "in_principal", "in_principle"
    ),
    "an option that is not defined": meant(
        "of: {reading: clock_start, detection: detected, occurrence: occurred}",
        "of: {reading: clock_start, detection: detected, occurence: occurred}",
        "PE209",
        "occurence",
        "occurrence",
    ),
    "a digest in capitals": meant(
        "digest: f7d176c47b60d2af", "digest: F7D176C47B60D2AF", "PE115", "F7D176C47B60D2AF", "f7d176c47b60d2af"
    ),
    "a digest that is too short": Slip(
        "digest: f7d176c47b60d2af",
        "digest: f7d176c47b60d2a",
        "PE115",
        "f7d176c47b60d2a",
        "请按此形式书写",
        "write it in that form",
    ),
    # Punctuation and indentation
    "a full-width colon": Slip(
        "    must: respond\n", "    must：respond\n", "PE119", "：", "请改用半角 `:`", "write the"
    ),
    "a full-width comma": Slip(_TITLE, _TITLE.replace(", ", "，"), "PE119", "，", "请改用半角 `,`", "write the"),
    "Chinese quotes": Slip(
        _CLAUSE, _CLAUSE.replace('"CZH:18"', "“CZH:18”"), "PE119", "“", '请改用半角 `"`', "write the"
    ),
    "a full-width space": Slip(
        "    must: respond\n",
        "\u3000\u3000must: respond\n",
        "PE119",
        "\u3000",
        "请改用普通空格",
        "write an ordinary space",
    ),
    "a tab": Slip(
        "    must: respond\n", "\tmust: respond\n", "PE124", "\t", "请用空格代替制表符", "use spaces instead"
    ),
    "no space behind a colon": Slip(
        "    must: respond\n", "    must:respond\n", "PE104", "m", "请写成 `键: 值`", "write `key: value`"
    ),
    "no space behind a colon in braces": meant("{hours: 48}", "{hours:48}", "PE113", "hours:48", "hours: 48"),
    "a line indented too little": Slip(
        "    must: respond\n", "   must: respond\n", "PE104", "m", "请与同组各行左对齐", "align it with the lines"
    ),
    "a line indented too far": Slip(
        "    must: respond\n", "      must: respond\n", "PE104", ":", "请与上一行左对齐", "align it with the line above"
    ),
    "a bracket left open": Slip(
        "upon: [detected, response_drafted]",
        "upon: [detected, response_drafted",
        "PE104",
        "[",
        "请在其内容末尾补上 `]`",
        "put `]` or `}` at the end",
    ),
    "a quote left open": Slip(
        _CLAUSE, _CLAUSE.replace('18"', "18"), "PE104", '"', "请在文本末尾补上同样的引号", "put the same quote"
    ),
    "a text with a colon": Slip(
        _TITLE, "{zh: 48小时内回应, en: note: respond}", "PE104", ":", "请补上 `,` 或右括号", "add `,` or the closing"
    ),
    "a text with a comma": Slip(
        _TITLE,
        "{zh: 48小时内回应, en: respond, within 48 hours}",
        "PE113",
        "within 48 hours",
        '是否想写 `en: "respond, within 48 hours"`',
        'did you mean `en: "respond, within 48 hours"`',
    ),
}
EACH = pytest.mark.parametrize("slip", [pytest.param(slip, id=name) for name, slip in SLIPS.items()])


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def with_slip(slip: Slip) -> str:
    assert slip.old in SOUND
    return SOUND.replace(slip.old, slip.new, 1)


def faults(path: Path, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    found = json.loads(call(capsys, "check", path, "--no-lint", "--format", "json").stdout)["diagnostics"]
    assert isinstance(found, list)
    return found


def marked(text: str, span: dict[str, int]) -> str:
    line = text.split("\n")[span["line"] - 1]
    return line[span["column"] - 1 : span["end_column"] - 1]


def test_the_policy_is_sound_without_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faults(written(tmp_path, SOUND), capsys) == []


@EACH
def test_one_slip_is_one_fault_where_it_is(slip: Slip, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = with_slip(slip)
    (fault,) = faults(written(tmp_path, text), capsys)
    first = SOUND[: SOUND.index(slip.old)].count("\n") + 1
    last = first + max(slip.old.count("\n"), slip.new.count("\n"))
    assert fault["code"] == slip.code
    assert marked(text, fault["span"]) == slip.marked
    # What is missing is told at the first key of what lacks it, a line above.
    assert fault["span"]["line"] in ([slip.line] if slip.line is not None else range(first - 1, last + 1))
    assert fault["help"]["zh"].startswith(slip.zh)
    assert fault["help"]["en"].startswith(slip.en)


@pytest.mark.parametrize(
    "slip", [pytest.param(slip, id=name) for name, slip in SLIPS.items() if slip.suggestion is not None]
)
def test_a_suggestion_taken_as_it_is_mends_the_file(
    slip: Slip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = with_slip(slip)
    (fault,) = faults(written(tmp_path, text), capsys)
    lines, span = text.split("\n"), fault["span"]
    line = lines[span["line"] - 1]
    lines[span["line"] - 1] = line[: span["column"] - 1] + fault["suggestion"] + line[span["end_column"] - 1 :]
    assert faults(written(tmp_path, "\n".join(lines)), capsys) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_lawyer_is_told_in_one_language(lang: str, tmp_path: Path) -> None:
    """Nothing of the parser's own English is left in Chinese."""
    for name in ("a tab", "a line indented too little", "a quote left open", "no space behind a colon"):
        path = written(tmp_path, with_slip(SLIPS[name]))
        done = run("check", path, "--lang", lang, cwd=tmp_path)
        message = done.stdout.splitlines()[0].removeprefix(str(path))
        assert done.returncode == 1
        assert (lang == "zh") == any("\u4e00" <= each <= "\u9fff" for each in message)
        assert not any(word in message for word in ("expected", "token", "block", "scalar", "found"))
