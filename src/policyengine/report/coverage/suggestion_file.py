"""Suggested examples as a file that `policyengine test` reads, compact enough to be read by a lawyer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Subject
from policyengine.report.case_files import case_json
from policyengine.report.coverage import words
from policyengine.report.coverage.telling import Telling
from policyengine.report.visible import visible
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Coverage
    from policyengine.checks.coverage.suggesting import Question, Suggested, Suggestions
    from policyengine.checks.examples.example import Expected, Plain
    from policyengine.wording import Lang

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_WIDTH = 120


def suggestion_file(found: Suggestions, coverage: Coverage, lang: Lang, *, policy: str | None = None) -> str:
    """Return the YAML text of a file with all examples of *found*; empty where there are none.

    Args:
        found: for the policy of *coverage*.
        coverage: what was uncovered.
        lang: of the remarks.
        policy: what the file is to call the policy, unless it is what the examples call it.
    """
    if not found.examples:
        return ""
    name = policy or coverage.name
    writer = _Writer(Telling(coverage.policy, lang))
    lines = [
        *(f"# {line}" for line in writer.telling.say(words.SUGGESTED_HEAD).splitlines()),
        f"policy: {_scalar(name)}",
        "examples:",
        *(line for each in found.examples for line in writer.example(each)),
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes examples of one policy."""

    telling: Telling

    def example(self, suggested: Suggested) -> Iterator[str]:
        """Yield the lines of one example."""
        entry = case_json(suggested.case, self.telling.policy.zone)
        rest = {key: value for key, value in entry.items() if key not in {"case", "policy", "facts", "events"}}
        yield f"  - case: {_scalar(entry['case'])}"
        yield from (f"    {key}: {_flow(value)}" for key, value in rest.items())
        if entry["facts"]:
            yield f"    facts: {_flow(entry['facts'])}"
        yield "    events:" if entry["events"] else "    events: []"
        yield from (f"      - {_flow(each)}" for each in _listed(entry["events"]))
        yield "    ask:"
        for each in suggested.questions:
            yield from self._question(each)

    def _question(self, question: Question) -> Iterator[str]:
        for text in dict.fromkeys(map(self.telling.item, question.covers)):
            yield f"      # {visible(text)}"
        yield f"      - as_of: {question.as_of.to_iso(self.telling.policy.zone)}"
        if question.choose:
            yield f"        choose: {_flow(dict(question.choose))}"
        rows = [each for each in question.expected if each.subject is not Subject.ABSENT]
        absent = [each.name for each in question.expected if each.subject is Subject.ABSENT]
        if rows:
            yield "        expect:"
            for each in rows:
                yield from self._row(each)
        if absent:
            yield f"        absent: {_flow(absent)}"

    def _row(self, expected: Expected) -> Iterator[str]:
        subject = "gap" if expected.subject is Subject.GAP else "provision"
        instance = {} if expected.instance is None else {"instance": expected.instance}
        wanted = {key: self._value(value) for key, value in expected.wanted.items()}
        row = {subject: expected.name, **instance, **wanted, "why": self.telling.say(words.TO_BE_REVIEWED)}
        line = f"          - {_flow(row)}"
        if len(line) <= _WIDTH:
            yield line
            return
        for number, (key, value) in enumerate(row.items()):
            yield f"          {'- ' if number == 0 else '  '}{key}: {_flow(value)}"

    def _value(self, value: Plain) -> Plain:
        return value.to_iso(self.telling.policy.zone) if isinstance(value, Instant) else value


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _flow(value: object) -> str:
    """Return *value* in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    """Return one value; text is in quotes unless every reader of YAML takes it for text, or for this very moment."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT
    return value if plain or _MOMENT.fullmatch(value) else json.dumps(value, ensure_ascii=False)
