"""Case files that carry what is expected of them, readable by a lawyer.

A file is a case as `policyengine evaluate` reads it, and besides:

- `expect`: duties that must come out so; an item names the provision and only what matters of its row, and the
  `instance` where the provision has several. `readings` are other defensible readings, each with the options that it
  chooses and what changes under them; a fact that the case leaves open may be `given` there instead.
- An item that names a `gap` instead says what the text's silence comes to: `kind` (`null` where the case does not meet
  it), `clause`, `instead_of`, `missing`. Under another reading a `provision` may stand in its place.
- `absent`: provisions that must have no duty.
- Where the case is under several policies, an item names its `policy`, unless it means the first, and the file may say
  what the merged `worklist` holds: entries in their order, among others that need not be listed, each with only what
  matters of it, and all `conflicts` by the clauses on both sides. `same` says which roles are one in this case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import policyengine as pe
from policyengine.loading.case import read_cases_text
from policyengine.loading.yaml_nodes import Source, parse, plain, read_source

if TYPE_CHECKING:
    from policyengine.engine.question import MatcherName

CASES = Path(__file__).parents[1] / "cases"
MINUTE = 60_000_000


@dataclass(frozen=True)
class Example:
    """One case with its expectations."""

    name: str
    case: Any
    expect: tuple[Mapping[str, Any], ...]
    absent: tuple[str, ...]
    worklist: tuple[Mapping[str, Any], ...] = ()
    conflicts: tuple[Mapping[str, Any], ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)

    def answer(
        self,
        choose: Mapping[str, str] | None = None,
        matcher: MatcherName = "reference",
        given: Mapping[str, Any] | None = None,
        policy: str | None = None,
    ) -> pe.Assessment:
        """Return the assessment at the case's own `as_of` under the chosen options, with the facts *given* as well.

        Of several policies it is that of *policy*, by default of the first; the others are asked as well.
        """
        asked = policy or self.case.policies[0]
        case = replace(self.case, facts={**self.case.facts, **(given or {})})
        readings = {policy_named(asked).id: choose or {}}
        return self._answers(case, readings, matcher).of(policy_named(asked).id)

    def answers(self) -> pe.Assessments:
        """Return the assessments of all policies that the case names, under their default readings."""
        return self._answers(self.case, {}, "reference")

    def _answers(
        self, case: pe.Case, readings: Mapping[str, Mapping[str, str]], matcher: MatcherName
    ) -> pe.Assessments:
        policies = tuple(map(policy_named, self.case.policies))
        return pe.evaluate(policies, case, as_of=self.case.as_of, readings=readings, matcher=matcher)


@cache
def policy_named(name: str) -> pe.Policy:
    """Return a packaged policy, read once: a policy never changes."""
    return pe.load(name)


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
    merged = {key: content.pop(key) for key in ("worklist", "conflicts", "same") if key in content}
    cases, faults = read_cases_text(Source(f"{path.name}.json", json.dumps(content, ensure_ascii=False)))
    assert not faults, faults
    return Example(f"{path.parent.name}/{path.stem}", cases[0], tuple(map(_item, expect)), tuple(absent), **merged)


def _item(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item about a gap with the gap's name where others have their provision's, in its readings as well."""
    if "gap" not in item:
        return item
    named = {"gap": item["gap"], "provision": item["gap"]}
    readings = [other if "provision" in other else {**other, **named} for other in item.get("readings", ())]
    return {**item, **named, "readings": readings}


def differences(answer: pe.Assessment, item: Mapping[str, Any]) -> list[str]:
    """Return how the row of the item's provision, or gap, differs from what the item says."""
    wanted = {key: value for key, value in item.items() if key not in NOT_ASKED}
    for key in INSTANTS & wanted.keys():
        wanted[key] = None if wanted[key] is None else pe.Instant.parse(wanted[key])
    found = _gap(answer, item["gap"]) if "gap" in item else _row(answer, item)
    unknown = wanted.keys() - found.keys()
    assert not unknown, f"the example asks for {unknown}, which rows do not have"
    return [f"{key}: expected {value}, found {found[key]}" for key, value in wanted.items() if found[key] != value]


NOT_ASKED = {"policy", "provision", "gap", "instance", "why", "readings", "choose", "given"}
INSTANTS = {"due", "violated_at"}


def _gap(answer: pe.Assessment, name: str) -> dict[str, object]:
    """Return what can be asked of a gap; all of it is nothing where the case does not meet the gap."""
    row = next((each for each in answer.gaps if each.gap == name), None)
    return {
        "kind": None if row is None else row.kind.value,
        "clause": None if row is None else row.clauses[0],
        "instead_of": None if row is None else list(row.instead_of),
        "missing": None if row is None else list(row.missing_facts),
    }


def _row(answer: pe.Assessment, item: Mapping[str, Any]) -> dict[str, object]:
    """Return what can be asked of a duty's row."""
    duty = _duty(answer, item)
    return {
        **{each.name: getattr(duty, each.name) for each in fields(duty)},
        "clause": duty.clauses[0],
        "strength": duty.strength.value,
        "status": duty.status.value,
        "due": None if duty.limit is None else duty.limit.due,
        "performed": None if duty.performed is None else duty.performed.event,
        "breaches": [each.event for each in duty.breaches],
        "possible": [each.value for each in duty.possible],
        "candidates": [each.role for each in duty.candidates],
        "missing": list(duty.missing_facts),
        "last_act": None if duty.last_act is None else duty.last_act.event,
        "elapsed_minutes": None if duty.elapsed is None else duty.elapsed / MINUTE,
        "finding": _finding(answer, duty),
    }


def _duty(answer: pe.Assessment, item: Mapping[str, Any]) -> pe.Duty:
    """Return the row that an item is about: of the instance that it names, else the provision's first."""
    if "instance" not in item:
        return answer.duty(item["provision"])
    rows = [each for each in answer.duties if each.provision == item["provision"]]
    instances = {str(getattr(each, "instance", None)): each for each in rows}
    return instances[str(item["instance"])]


def _finding(answer: pe.Assessment, duty: pe.Duty) -> str | None:
    if duty in answer.violations:
        return "violation"
    return "advisory" if duty in answer.advisories else None
