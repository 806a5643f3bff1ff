"""Which tests hold which statement of the semantics: read off the tests' own names.

A test names a statement or a law at the start of its name (`test_s11_...`, `test_l6_...`), a row of the lifecycle table
at the start of its id (`S11 ...`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from policyengine.loading.yaml_nodes import parse, plain, read_source

TESTS = Path(__file__).parents[1]
LIFECYCLE = TESTS / "tables" / "lifecycle.yaml"

TITLES = {
    "S1": "instants are zone-aware; no clock below the command line",
    "S2": "days, months and office hours in the policy's zone",
    "S3": "only events up to `as_of` are seen",
    "S4": "recording times, `known_at`, corrections and retractions",
    "S5": "order of events; repeated ids",
    "S6": "versions in force, and provisions with a life of their own",
    "S7": "readings, chosen or all",
    "S8": "values of facts along time; the end of the log",
    "S9": "three-valued conditions, strict types",
    "S10": "derived facts and assigned roles as decision tables",
    "S11": "triggers; one duty for each occurrence",
    "S12": "in force: trigger, condition, exceptions, defeaters",
    "S13": "unknown facts: undetermined duties",
    "S14": "rows of provisions without a duty",
    "S15": "no circles; what is watched comes first",
    "S16": "anchors",
    "S17": "order of counting; `due` and `late_from`",
    "S18": "hours, minutes, seconds",
    "S19": "days, working days, months, years; roll and ends",
    "S20": "composite limits",
    "S21": "`before` an event; `promptly`",
    "S22": "dated calendars; provisional limits",
    "S23": "what is not supported yet is refused",
    "S24": "which acts perform a duty",
    "S25": "statuses, violations, waivers",
    "S26": "regrading and caps",
    "S27": "prohibitions and permissions",
    "S28": "standing and recurring duties",
    "S29": "strengths, sanctions",
    "S30": "gaps and referrals",
    "S31": "several policies on one case",
    "L1": "same input, same bytes",
    "L2": "later events change nothing",
    "L3": "the order of recording does not matter",
    "L4": "zones of instants do not matter",
    "L5": "irrelevant events change nothing",
    "L6": "violations stay",
    "L7": "limits are not before their anchor and grow with their length",
    "L8": "shifting every instant shifts the answer",
    "L9": "all evaluators and matchers agree",
    "L10": "`load(dump(p)) == p`",
    "L11": "comparing with itself finds nothing; strictness is reflexive and transitive; counterexamples replay",
    "L12": "a value for an unknown fact only settles what was open",
}
"""What each statement and law is about, in a few words."""


def named() -> dict[str, list[tuple[str, str]]]:
    """Return for each statement and law the tests that name it, as (file, name), in order."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in TITLES}
    for statement, place in sorted(set(_tests()), key=lambda each: each[1]):
        found.setdefault(statement, []).append(place)
    return found


def _tests() -> Iterator[tuple[str, tuple[str, str]]]:
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (match := re.match(r"test_([sl][0-9]+)_(.+)", node.name)):
                yield match[1].upper(), (_shown(path), match[2].replace("_", " "))
    source, faults = read_source(LIFECYCLE)
    assert source is not None, faults
    root = parse(source).root
    rows = plain(root) if root is not None else None
    for row in rows if isinstance(rows, list) else ():
        statement, _, words = str(row["id"]).partition(" ")
        yield statement, (_shown(LIFECYCLE), words)


def _shown(path: Path) -> str:
    return path.relative_to(TESTS.parent).as_posix()
