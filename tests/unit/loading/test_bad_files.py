"""Every diagnostic, pinned: beside each broken file stands what a user sees of it, place, words and way out."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyengine.codes import CODES
from policyengine.diagnostics import Diagnostic, Level, ordered
from policyengine.loading import library
from policyengine.loading.calendar import read_calendar
from policyengine.loading.case import read_cases
from policyengine.loading.policy import read_policy, read_policy_text
from policyengine.loading.sources import verify
from policyengine.loading.text import Source, decode, read_source
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.prepare.log import case_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policyengine.diagnostics import Span
    from policyengine.model.policy import Policy

TESTS = Path(__file__).parents[2]
BAD, GOOD = TESTS / "policies" / "bad", TESTS / "policies" / "good"
SAMPLE = GOOD / "sample.yaml"
FILES = frozenset({".yaml", ".json", ".jsonl"})

Faults = tuple[Diagnostic, ...]


def read_beside_bad(path: Path) -> tuple[Policy | None, Faults]:
    source, faults = read_source(path)
    return (None, faults) if source is None else read_policy_text(source, beside=BAD)


def sample() -> Policy:
    policy, faults = read_beside_bad(SAMPLE)
    assert policy is not None, faults
    return policy


def faults_of_case(path: Path) -> Faults:
    """Return what is wrong with a case file, alone and under the sample policy."""
    cases, faults = read_cases(path)
    policy = sample()
    return ordered((*faults, *(each for case in cases for each in case_faults(policy, case))))


READERS: dict[Path, Callable[[Path], Faults]] = {
    BAD: lambda path: read_policy(path)[1],
    TESTS / "policies" / "bad-vocabulary": lambda path: read_vocabulary(path)[1],
    TESTS / "policies" / "bad-calendar": lambda path: read_calendar(path)[1],
    TESTS / "cases-bad": faults_of_case,
}
CORPUS = tuple(path for folder in READERS for path in sorted(folder.iterdir()) if path.suffix in FILES)
OURS = re.compile(r"\b(None|True|False|NoneType|str|int|float|bool|dict|tuple|class|pydantic)\b|[(]'|datetime")
"""Words of Python, which say nothing to a lawyer."""


def shown(faults: Faults, folder: Path) -> str:
    """Return what a user sees, file names being relative to *folder*."""
    blocks = ("".join(f"{line}\n" for line in _lines(each)) for each in faults)
    return "\n".join(blocks).replace(f"{folder}/", "")


def _lines(fault: Diagnostic) -> Iterator[str]:
    yield f"{_place(fault.span)} {fault.code} {fault.level}"
    yield f"  | {_marked(fault)}"
    for lang in ("en", "zh"):
        yield f"  {lang}: {fault.message(lang)}"
        yield f"      {fault.help(lang)}"


def _place(span: Span | None) -> str:
    return "-" if span is None else f"{span.file}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def _marked(fault: Diagnostic) -> str:
    """Return the text that the span marks; `…` where it goes on in the next line."""
    source = None if fault.span is None else read_source(fault.span.file)[0]
    if fault.span is None or source is None:
        return ""
    span, line = fault.span, source.line(fault.span.line)
    if span.line == span.end_line:
        return line[span.column - 1 : span.end_column - 1]
    return f"{line[span.column - 1 :]}…"


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in CORPUS])
def test_what_a_user_sees(path: Path, request: pytest.FixtureRequest) -> None:
    expected = path.with_name(f"{path.name}.expected")
    found = shown(READERS[path.parent](path), path.parent)
    if request.config.getoption("--update-golden", default=False):
        expected.write_text(found, "utf-8", newline="\n")
    assert found == expected.read_text("utf-8")


def test_each_recording_has_its_file() -> None:
    recorded = {path for folder in READERS for path in folder.glob("*.expected")}
    assert recorded == {path.with_name(f"{path.name}.expected") for path in CORPUS}


def test_only_warnings_let_their_policy_load() -> None:
    loaded = [path.name for path in CORPUS if path.parent == BAD and read_policy(path)[0] is not None]
    assert loaded == ["clause-names-uncited.yaml", "reading-unused.yaml"]


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in CORPUS])
def test_words_are_of_the_domain(path: Path) -> None:
    for fault in READERS[path.parent](path):
        for lang in ("en", "zh"):
            # What stands in backticks is the user's own.
            said = re.sub("`[^`]*`", "", f"{fault.message(lang)} {fault.help(lang)}")
            assert OURS.search(said) is None, said
        assert re.search("[\u4e00-\u9fff]", fault.message("zh"))


# What no file of text can show


def written(folder: Path, data: bytes) -> Faults:
    path = folder / "a.yaml"
    path.write_bytes(data)
    return read_policy(path)[1]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"policy: \xff\n", ["PE103 1:9-1:10"], id="a byte that is no UTF-8"),
        pytest.param("policy: a\n".encode("utf-16"), ["PE125 1:1-1:1"], id="UTF-16"),
        pytest.param(b"#" * (8 * 1024 * 1024 + 1), ["PE102 1:1-1:1"], id="eight megabytes and a byte"),
        pytest.param(b"policy: [" + b"a," * 1_000_000 + b"]\n", ["PE106 1:2000006-1:2000007"], id="too many values"),
    ],
)
def test_bytes_that_are_no_policy(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    found = written(tmp_path, data)
    assert [f"{each.code} {_place(each.span).partition(':')[2]}" for each in found] == expected


@pytest.mark.parametrize(
    ("name", "code", "place"),
    [
        pytest.param(TESTS / "no-such.yaml", "PE101", "1:1-1:1", id="no such file"),
        pytest.param("nowhere", "PE213", "", id="no such policy"),
        pytest.param("", "PE213", "", id="no name at all"),
    ],
)
def test_names_of_no_policy(name: str | Path, code: str, place: str) -> None:
    policy, faults = read_policy(name)
    assert policy is None
    assert [(each.code, _place(each.span).partition(":")[2]) for each in faults] == [(code, place)]


def test_a_name_that_begins_two_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "packaged_policies", lambda: {"north-1": SAMPLE, "north-2": SAMPLE})
    (fault,) = read_policy("north")[1]
    assert (fault.code, fault.message()) == ("PE216", "several packaged policies start with `north`: north-1, north-2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("一。", ["PE511 1:1-1:3"], id="another sentence"),
        pytest.param("一。二。", ["PE511 1:1-1:3", "PE512 1:3-1:5"], id="a sentence too many"),
        pytest.param("", ["PE513 1:1-1:2"], id="no sentence"),
    ],
)
def test_a_text_that_is_another(text: str, expected: list[str]) -> None:
    found = verify(sample(), Source("text", text))
    assert [f"{each.code} {_place(each.span).partition(':')[2]}" for each in found] == expected


# What is sound


def test_byte_order_mark_and_windows_line_ends() -> None:
    data = b"\xef\xbb\xbf" + SAMPLE.read_bytes().replace(b"\n", b"\r\n")
    source, _ = decode("sample.yaml", data)
    assert source is not None
    policy, faults = read_policy_text(source, beside=BAD)
    assert (policy, faults) == (sample(), ())


def test_json_is_the_same_policy() -> None:
    assert read_beside_bad(GOOD / "sample.json") == (sample(), ())


GOOD_CASE = (BAD.parents[1] / "cases-bad" / "naive-time.yaml").read_text("utf-8").replace("23:30:00,", "23:30:00Z,")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("", "", id="the case itself"),
        pytest.param("{urgent: true}", "{urgent: null, topics: [flood], reporter: '1'}", id="facts that are not known"),
        pytest.param("by: unit", "by: null, note: null", id="null for what is not given"),
        pytest.param("  - {id: e2", "  - &e {id: e2", id="an anchor"),
    ],
)
def test_sound_cases(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(GOOD_CASE.replace(old, new, 1), "utf-8")
    assert faults_of_case(path) == ()


def test_the_same_event_twice_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"{GOOD_CASE}{GOOD_CASE.splitlines()[-1]}\n", "utf-8")
    assert faults_of_case(path) == ()


# The table of codes


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("name", sorted(CODES))
def test_both_languages_fill_in_the_same(name: str) -> None:
    code = CODES[name]
    assert fields(code.en) == fields(code.zh)
    assert fields(code.help_en) == fields(code.help_zh)


def test_every_code_is_produced() -> None:
    recorded = "".join(path.read_text("utf-8") for folder in READERS for path in folder.glob("*.expected"))
    tests = "".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    found = {*re.findall(r" (PE\d{3}) ", recorded), *re.findall(r"\bPE\d{3}\b", tests)}
    assert sorted(CODES.keys() - found) == []


def test_levels() -> None:
    warnings = [name for name in CODES if Diagnostic(name).level is Level.WARNING and not CODES[name].name]
    assert warnings == ["PE218", "PE515", "PE638", "PE639", "PE643", "PE682", "PE683", "PE684"]
