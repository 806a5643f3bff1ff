"""Case files that carry what is expected of them, readable by a lawyer.

A file is a case as `policyengine evaluate` reads it, and besides:

- `expect`: duties that must come out so; an item names the provision and only what matters of its row. `readings` are
  other defensible readings, each with the options that it chooses and what changes under them.
- `absent`: provisions that must have no duty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import policyengine as pe
from policyengine.loading.case import read_cases_text
from policyengine.loading.yaml_nodes import Source, parse, plain, read_source

CASES = Path(__file__).parents[1] / "cases"
MINUTE = 60_000_000


@dataclass(frozen=True)
class Example:
    """One case with its expectations."""

    name: str
    case: Any
    expect: tuple[Mapping[str, Any], ...]
    absent: tuple[str, ...]

    def answer(self, choose: Mapping[str, str] | None = None, matcher: str = "reference") -> pe.Assessment:
        """Return the assessment at the case's own `as_of` under the chosen options."""
        policy = pe.load(self.case.policies[0])
        return pe.evaluate(policy, self.case, as_of=self.case.as_of, readings=choose, matcher=matcher)  # type: ignore[arg-type]


def examples(folder: str = "") -> Iterator[Example]:
    """Yield every example below *folder*, in order."""
    for path in sorted((CASES / folder).rglob("*.yaml")):
        yield example(path)


def example(path: Path) -> Example:
    """Return the example in one file."""
    source, faults = read_source(path)
    assert source is not None, faults
    document = parse(source)
    assert document.root is not None, document.diagnostics
    content = plain(document.root)
    assert isinstance(content, dict)
    expect, absent = content.pop("expect"), content.pop("absent", [])
    cases, faults = read_cases_text(Source(f"{path.name}.json", json.dumps(content, ensure_ascii=False)))
    assert not faults, faults
    return Example(path.stem, cases[0], tuple(expect), tuple(absent))


def differences(answer: pe.Assessment, item: Mapping[str, Any]) -> list[str]:
    """Return how the row of the item's provision differs from what the item says."""
    duty = answer.duty(item["provision"])
    found: dict[str, object] = {
        "clause": duty.clauses[0],
        "bearer": duty.bearer,
        "to": duty.to,
        "strength": duty.strength.value,
        "status": duty.status.value,
        "standing": duty.standing,
        "due": None if duty.limit is None else duty.limit.due,
        "performed": None if duty.performed is None else duty.performed.event,
        "violated_at": duty.violated_at,
        "late_activation": duty.late_activation,
        "breaches": [each.event for each in duty.breaches],
        "missing": list(duty.missing_facts),
        "last_act": None if duty.last_act is None else duty.last_act.event,
        "elapsed_minutes": None if duty.elapsed is None else duty.elapsed / MINUTE,
        "finding": _finding(answer, duty),
    }
    wanted = {key: value for key, value in item.items() if key in found}
    for key in ("due", "violated_at"):
        if wanted.get(key) is not None:
            wanted[key] = pe.Instant.parse(wanted[key])
    unknown = set(item) - set(found) - {"provision", "why", "readings", "choose"}
    assert not unknown, f"the example asks for {unknown}, which rows do not have"
    return [f"{key}: expected {value}, found {found[key]}" for key, value in wanted.items() if found[key] != value]


def _finding(answer: pe.Assessment, duty: pe.Duty) -> str | None:
    if duty in answer.violations:
        return "violation"
    return "advisory" if duty in answer.advisories else None
