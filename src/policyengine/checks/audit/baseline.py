"""Baselines: the findings of an earlier audit, which are known and do not fail a build."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policyengine.checks.audit.finding import Kind
from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.text import read_source
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.audit.finding import Finding

VERSION = 1
MOST_KNOWN = 100_000
"""The most findings that a baseline holds: nobody reviews more, and they are held in memory."""
_MOST_BYTES = 128 * 1024 * 1024

KINDS = tuple(each for each in Kind if each not in {Kind.FAULT, Kind.WAIVER})
"""What a baseline can hold. What cannot be read may hide anything, so it is never known; waivers have their file."""


class Known(NamedTuple):
    """One finding of a baseline, as its file has it; the words are for whoever reviews it."""

    case: str | None
    policy: str | None
    subject: str | None
    instance: str | None
    at: str | None
    kind: str
    fingerprint: str


_NO_JSON = Wording("不是 JSON 文本", "it is not JSON")
_NO_KEYS = Wording(
    "应有且仅有 `baseline` 和 `findings`", "it has keys other than `baseline` and `findings`, or lacks one"
)
_NO_VERSION = Wording(f"`baseline` 应为 {VERSION}", f"`baseline` is not {VERSION}")
_NO_LIST = Wording("`findings` 应为列表", "`findings` is no list")
_NO_ENTRY = Wording("`findings` 的第 {number} 项不是一个结果", "entry {number} of `findings` is no finding")
_TOO_MANY = Wording(f"超过 {MOST_KNOWN} 项", f"it has more than {MOST_KNOWN} findings")


@dataclass(slots=True)
class Baseline:
    """The known findings of an earlier audit; which of them are there still shows in the course of another.

    Args:
        known: by fingerprint, in the order of the file.
    """

    known: Mapping[str, Known]
    _met: set[str] = field(default_factory=set)

    def has(self, finding: Finding) -> bool:
        """Tell whether *finding* is known, and note that it is there still."""
        fingerprint = finding.fingerprint
        if fingerprint not in self.known:
            return False
        self._met.add(fingerprint)
        return True

    def gone(self) -> tuple[Known, ...]:
        """Return what was not found again."""
        return tuple(each for fingerprint, each in self.known.items() if fingerprint not in self._met)


def read_baseline(path: str | Path) -> tuple[Baseline | None, tuple[Diagnostic, ...]]:
    """Return the baseline in the file *path*, or ``None`` and what is wrong with it."""
    source, faults = read_source(path, limit=_MOST_BYTES)
    if source is None:
        return None, faults
    try:
        found = json.loads(source.text, object_pairs_hook=_read)
    except json.JSONDecodeError as error:
        return None, (_fault(_NO_JSON, Span(source.file, error.lineno, error.colno, error.lineno, error.colno + 1)),)
    except (ValueError, RecursionError):  # a number without end, brackets without end
        return None, (_fault(_NO_JSON, Span(source.file, 1, 1, 1, 1)),)
    problem = _problem(found)
    if problem is not None:
        return None, (_fault(problem, Span(source.file, 1, 1, 1, 1)),)
    return Baseline({each.fingerprint: each for each in found["findings"]}), ()


def baseline_text(findings: Iterable[Finding]) -> str | None:
    """Return the baseline that holds *findings*, sorted, one a line; ``None`` if they are too many for one.

    What is waived stays out: it would be known for good, and outlive its waiver. So do faults, and what is said of
    waivers.
    """
    lines: set[str] = set()
    for each in findings:
        if each.kind in KINDS and each.waived is None:
            lines.add(json.dumps(_known(each)._asdict(), ensure_ascii=False))
        if len(lines) > MOST_KNOWN:
            return None
    entries = ",".join(f"\n  {line}" for line in sorted(lines))
    end = "\n " if entries else ""
    return f'{{\n "baseline": {VERSION},\n "findings": [{entries}{end}]\n}}\n'


def _known(finding: Finding) -> Known:
    return Known(
        finding.case,
        finding.policy,
        finding.subject,
        finding.instance,
        None if finding.at is None else str(finding.at),
        finding.kind.value,
        finding.fingerprint,
    )


def _read(pairs: Sequence[tuple[str, object]]) -> object:
    """Return an entry as it is held, which takes a fraction of the room, and any other mapping as it is."""
    found = dict(pairs)
    if len(found) == len(pairs) == len(Known._fields) and found.keys() == set(Known._fields) and _sound(found):
        return Known(**found)  # type: ignore[arg-type]
    return found


def _sound(entry: Mapping[str, object]) -> bool:
    fingerprint = entry["fingerprint"]
    return (
        all(value is None or isinstance(value, str) for value in entry.values())
        and entry["kind"] in {each.value for each in KINDS}
        and isinstance(fingerprint, str)
        and len(fingerprint) == 16  # noqa: PLR2004 - as many as a fingerprint has
        and set(fingerprint) <= set("0123456789abcdef")
    )


def _problem(found: object) -> Wording | None:
    if not isinstance(found, dict) or found.keys() != {"baseline", "findings"}:
        return _NO_KEYS
    if type(found["baseline"]) is not int or found["baseline"] != VERSION:
        return _NO_VERSION
    if not isinstance(found["findings"], list):
        return _NO_LIST
    if len(found["findings"]) > MOST_KNOWN:
        return _TOO_MANY
    number = next((number for number, each in enumerate(found["findings"]) if not isinstance(each, Known)), None)
    if number is None:
        return None
    return Wording(*(text.format(number=number + 1) for text in (_NO_ENTRY.zh, _NO_ENTRY.en)))


def _fault(problem: Wording, span: Span) -> Diagnostic:
    return diagnostic("PE685", span, problem=problem)
