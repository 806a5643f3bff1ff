"""Every diagnostic, pinned: beside each broken file stands what a user sees of it, place, words and way out."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyengine.codes import CODES
from policyengine.diagnostics import Diagnostic, Level, ordered
from policyengine.load.calendar import read_calendar
from policyengine.load.case import read_cases
from policyengine.load.policy import read_policy, read_policy_text
from policyengine.load.sources import verify
from policyengine.load.text import decode, read_source
from policyengine.load.vocabulary import read_vocabulary
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
