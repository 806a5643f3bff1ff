"""What came out, recorded: the file passes afterwards, and is byte for byte as it was wherever nothing differed."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.checks.examples.bench import bench
from policyengine.checks.examples.reading import ExampleFile, read_examples_text
from policyengine.checks.examples.recording import Recorded, recorded
from policyengine.checks.examples.running import Held, run
from policyengine.loading.yaml_nodes import Source, parse, plain
from tests.support.cases import CASES, policy_named

if TYPE_CHECKING:
    import policyengine as pe
    from policyengine.checks.examples.bench import Bench

FILES = tuple(sorted(CASES.rglob("*.yaml")))
CASE = """case: c
policy: changzhi
as_of: 2025-10-09T00:45:00+08:00
facts: {event_severity: major}
events: [{id: e1, type: detected, at: 2025-10-08T23:30:00+08:00}]
"""
DUE = "2025-10-09T00:30:00+08:00"


@cache
def read(name: str) -> tuple[pe.Policy, tuple[pe.Diagnostic, ...]]:
    return policy_named(name), ()


def ready(text: str, name: str = "a.yaml") -> Bench:
    source = Source(name, text)
    found, faults = read_examples_text(source)
    made = bench([ExampleFile(Path(name), source, found, faults)], read=read)
    assert made.faults == ()
    return made


def failing(text: str, name: str = "a.yaml") -> list[Held]:
    made = ready(text, name)
    return [each for each in run(made.examples, made.policies) if not each.outcome.passed]


def record(text: str, name: str = "a.yaml") -> Recorded:
    made = ready(text, name)
    found = [each for each in run(made.examples, made.policies) if not each.outcome.passed]
    zones = [made.policies[each.outcome.expected.policy or each.ask.policies[0]].zone for each in found]
    return recorded(name, text, list(zip(found, zones, strict=True)))


# Layouts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("status: active", "status: overdue", id="a name"),
        pytest.param("status: 'active'", "status: 'overdue'", id="in single quotes"),
        pytest.param('status: "active"', 'status: "overdue"', id="in double quotes"),
        pytest.param("status:   active   # why", "status:   overdue   # why", id="a comment behind it"),
        pytest.param("due: null", f"due: {DUE}", id="nothing, to an instant"),
        pytest.param("due:", f"due: {DUE}", id="nothing written"),
        pytest.param("due: # none", f"due: {DUE} # none", id="nothing written, with a comment"),
        pytest.param('due: "2025-10-09T09:00:00+08:00"', f'due: "{DUE}"', id="an instant in quotes"),
        pytest.param("elapsed_minutes: 7", "elapsed_minutes: null", id="a number, to nothing"),
        pytest.param("owed: false", "owed: true", id="a truth value"),
        pytest.param("clause: CZH:16", 'clause: "CZH:17"', id="a clause"),
        pytest.param('clauses: ["CZH:16", "CZH:18"]', 'clauses: ["CZH:17"]', id="a list"),
        pytest.param("breaches: [e1]", "breaches: []", id="a list, to none"),
        pytest.param("breaches:\n      - e1", "breaches: []", id="a list of lines, to none"),
        pytest.param("breaches:\n    - e1", "breaches: []", id="a list at the margin of its key, to none"),
        pytest.param('clauses:\n      - "CZH:16"\n      - "CZH:9"', 'clauses:\n      - "CZH:17"', id="a list of lines"),
        pytest.param('clauses:\n    - "CZH:16"', 'clauses:\n    - "CZH:17"', id="a list at the margin"),
        pytest.param("missing: []\n    key: {means: [website]}", "missing: []\n    key: {}", id="a mapping"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_the_value_changes_whatever_its_layout(old: str, new: str, end: str) -> None:
    around = (
        f"{CASE}expect: # some\n  - provision: first-bulletin\n    ",
        "\n    why: so  # more\n\nabsent: [respond]",
    )
    text, wanted = (f"\ufeff{each.join(around)}".replace("\n", end) for each in (old, new))
    found = record(text)
    assert (found.text, found.values, found.left) == (wanted, 1, ())
    assert failing(found.text) == []


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        pytest.param(
            "  - provision: first-bulletin\n",
            f"  - provision: first-bulletin\n    status: overdue\n    bearer: responsible_unit\n    due: {DUE}\n"
            "    finding: advisory\n",
            id="lines",
        ),
        pytest.param(
            "  - {provision: first-bulletin}\n",
            "  - {provision: first-bulletin, status: overdue, bearer: responsible_unit, "
            f"due: {DUE}, finding: advisory}}\n",
            id="brackets",
        ),
        pytest.param(
            "  - provision: first-bulletin # one hour\n    why: so\n",
            "  - provision: first-bulletin # one hour\n    status: overdue\n    bearer: responsible_unit\n"
            f"    due: {DUE}\n    finding: advisory\n    why: so\n",
            id="a comment and another key",
        ),
        pytest.param(
            "  - provision: respond",
            "  - provision: respond\n    status: not_applicable\n    bearer: responsible_unit",
            id="no line end",
        ),
    ],
)
def test_an_expectation_that_says_nothing_gets_what_came_out(item: str, wanted: str) -> None:
    found = record(f"{CASE}expect:\n{item}")
    assert found.text == f"{CASE}expect:\n{wanted}"
    assert (found.left, failing(found.text)) == ((), [])


def test_json_stays_json() -> None:
    document = plain(parse(Source("a.yaml", f"{CASE}expect: [{{provision: first-bulletin, status: active}}]\n")).root)  # type: ignore[arg-type]  # there is a root
    assert isinstance(document, dict)
    document["expect"].append({"provision": "press-conference"})
    found = record(json.dumps(document, indent=1), "a.json")
    expect = json.loads(found.text)["expect"]
    assert expect[0] == {"provision": "first-bulletin", "status": "overdue"}
    assert expect[1]["due"] == "2025-10-09T23:30:00+08:00"
    assert failing(found.text, "a.json") == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("absent: [first-bulletin]", id="a duty that must not be"),
        pytest.param("expect: [{provision: first-bulletin, instance: e9, status: active}]", id="no such instance"),
        pytest.param(
            "expect:\n  - provision: first-bulletin\n    breaches:\n      - e1 # why\n      - e1",
            id="a comment in a list",
        ),
        pytest.param(
            "expect:\n  - {provision: first-bulletin, status: &s active}\n"
            "  - {provision: press-conference, status: *s}",
            id="an alias that also stands where nothing differs",
        ),
    ],
)
def test_what_cannot_be_recorded_is_left_to_the_author(lines: str) -> None:
    found = record(f"{CASE}{lines}\n")
    assert (found.text, found.values, len(found.left)) == (f"{CASE}{lines}\n", 0, 1)


# Any file


_STATUS = re.compile(r"(?<=status: )[a-z_]+")
_INSTANT = re.compile(r"(?<=due: )\"?[0-9T:+.-]{20,}\"?")
_EVENT = re.compile(r"(?<=performed: )e[0-9]+")


def spoilt(text: str, chance: random.Random) -> str:
    """Return *text* with about half of the statuses, limits and performances that it expects made wrong."""
    head, mark, expected = text.partition("\nexpect:")
    for pattern, wrong in ((_STATUS, "waived"), (_INSTANT, "2031-02-03T04:05:06Z"), (_EVENT, "null")):
        expected = pattern.sub(lambda found, wrong=wrong: wrong if chance.random() < 0.5 else found[0], expected)  # type: ignore[misc]  # the default binds the value of this round
    return head + mark + expected


@settings(max_examples=60)
@given(path=st.sampled_from(FILES), seed=st.integers(0, 2**16), crlf=st.booleans())
def test_a_spoilt_file_passes_once_recorded_and_is_as_it_was_elsewhere(path: Path, seed: int, *, crlf: bool) -> None:
    text = path.read_text(encoding="utf-8")
    wrong = spoilt(text, random.Random(seed))  # noqa: S311 - no secret
    if crlf:
        text, wrong = text.replace("\n", "\r\n"), wrong.replace("\n", "\r\n")
    found = record(wrong)
    assert found.left == ()
    assert failing(found.text) == []
    lines = zip(wrong.split("\n"), found.text.split("\n"), strict=True)
    differing = [(values(old), values(new)) for old, new in lines if old != new]
    assert len(differing) <= found.values
    for old, new in differing:
        # Line by line, what stands around the values is there character by character.
        assert old[1::2] == new[1::2]


def values(line: str) -> list[str]:
    """Return the words of a line at even places, and what stands between them at odd ones."""
    return re.split(r"([ ,{}\r]+)", line)
