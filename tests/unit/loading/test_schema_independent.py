"""The JSON Schemas as others read them: an independent validator's verdicts, and what an editor offers at a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from jsonschema import Draft202012Validator

from policyengine.loading import library
from policyengine.loading.schema_parts import Schema, children, named, target
from policyengine.loading.schema_words import KEYS
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import parse, plain, read_source
from policyengine.temporal.limit import Unit

if TYPE_CHECKING:
    from policyengine.model.vocabulary import Vocabulary

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests"
_EXPECTED = ("expect", "absent", "worklist", "conflicts", "same")
_MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$")


@cache
def stored(kind: str) -> Schema:
    """Return the schema as it is stored: what an editor reads."""
    document = parse_file(ROOT / "schemas" / f"{kind}.schema.json")
    return cast("Schema", document)


def parse_file(path: Path) -> object:
    source, faults = read_source(path)
    assert source is not None, faults
    root = parse(source).root
    assert root is not None
    return plain(root)


def refusals(kind: str, written: object) -> list[str]:
    """Return where the schema of *kind* refuses what is *written*, as JSON pointers."""
    found = Draft202012Validator(stored(kind)).iter_errors(written)
    return ["/".join(["", *map(str, each.absolute_path)]) for each in found]


def without_expectations(written: object) -> object:
    """Return a case without what our own tests write beside it."""
    assert isinstance(written, dict)
    return {key: value for key, value in written.items() if key not in _EXPECTED}


# Every sound file is taken


def kind_of(path: Path) -> str:
    """Return what a file is, by the first key of its own."""
    written = parse_file(path)
    assert isinstance(written, dict)
    return str(next(iter(written)))


_EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
SOUND = [
    *(("policy", path) for path in library.packaged_policies().values()),
    *(("policy", path) for path in sorted((TESTS / "policies" / "good").glob("*.yaml"))),
    *(("policy", path) for path in _EXAMPLES if kind_of(path) == "policy"),
    *(("vocabulary", path) for path in library.packaged("vocabulary").values()),
    *(("vocabulary", path) for path in _EXAMPLES if kind_of(path) == "vocabulary"),
    *(("vocabulary", path) for path in sorted((TESTS / "policies" / "good" / "vocabulary").glob("*.yaml"))),
    *(("calendar", path) for path in library.packaged("calendars").values()),
    *(("calendar", path) for path in _EXAMPLES if kind_of(path) == "calendar"),
    *(("example", path) for path in sorted((TESTS / "cases").rglob("*.yaml"))),
    *(("case", path) for path in sorted((TESTS / "cases").rglob("*.yaml")) if kind_of(path) == "case"),
    *(("case", path) for path in _EXAMPLES if kind_of(path) == "case"),
]


@pytest.mark.parametrize(
    ("kind", "path"), [pytest.param(*each, id=f"{each[0]} {each[1].parent.name}/{each[1].stem}") for each in SOUND]
)
def test_a_sound_file_is_taken(kind: str, path: Path) -> None:
    written = parse_file(path)
    alone = kind == "case" and "cases" in path.parts
    assert refusals(kind, without_expectations(written) if alone else written) == []


def test_no_example_was_left_out() -> None:
    assert set(_EXAMPLES) <= {path for _, path in SOUND}


# A broken one is refused, at its place

BROKEN = (
    ("policy", "bad-digest", "/source/clauses/SMP:1/digest"),
    ("policy", "bad-clause", "/provisions/0/clause"),
    ("policy", "bad-name", "/provisions/0/id"),
    ("policy", "bad-time-of-day", "/provisions/0/deadline/ends"),
    ("policy", "clause-without-disposition", "/source/clauses/SMP:2"),
    ("policy", "clause-without-number", "/source/clauses/SMP:1"),
    ("policy", "composite-of-one", "/provisions/0/deadline/earliest"),
    ("policy", "date-with-time", "/versions/0/in_force/from"),
    ("policy", "deadline-no-kind", "/provisions/0/deadline"),
    ("policy", "deadline-two-kinds", "/provisions/0/deadline/promptly"),
    ("policy", "each-without-upon", "/provisions/0"),
    ("policy", "empty-condition", "/provisions/0/when"),
    ("policy", "every-unknown-period", "/provisions/0/every"),
    ("policy", "fullwidth-comma", "/provisions/0/upon"),
    ("policy", "length-text", "/provisions/0/deadline/within/hours"),
    ("policy", "list-for-text", "/provisions/0/must"),
    ("policy", "missing-bearer", "/provisions/0"),
    ("policy", "missing-provisions", ""),
    ("policy", "missing-translation", "/provisions/0/title"),
    ("policy", "no-strength", "/provisions/0"),
    ("policy", "only-true", "/provisions/0/standing"),
    ("policy", "reserved-keys", "/provisions/0/deadline"),
    ("policy", "role-without-title", "/roles/unit"),
    ("policy", "table-without-else", "/tables/0"),
    ("policy", "title-is-text", "/provisions/0/title"),
    ("policy", "two-strengths", "/provisions/0/should"),
    ("policy", "unknown-key-in-provision", "/provisions/0"),
    ("policy", "unknown-section", ""),
    ("policy", "zone-is-offset", "/time_zone"),
    ("vocabulary", "not-a-type", "/facts/urgent/type"),
    ("vocabulary", "scale-of-one", "/scales/gravity"),
    ("calendar", "no-day-to-work", "/weekend"),
    ("calendar", "missing-end", "/years/0/days_off/0"),
    ("case", "naive-time", "/events/0/at"),
    ("case", "partial-in-words", "/events/2/partial"),
    ("case", "missing-keys", "/events/0"),
    ("case", "mapping-for-value", "/facts/urgent"),
    ("case", "scope", "/scope"),
)
"""Files whose fault a schema can see, and where it is, as a JSON pointer."""
_FOLDERS = {
    "policy": TESTS / "policies" / "bad",
    "vocabulary": TESTS / "policies" / "bad-vocabulary",
    "calendar": TESTS / "policies" / "bad-calendar",
    "case": TESTS / "cases-bad",
}


@pytest.mark.parametrize(("kind", "name", "pointer"), [pytest.param(*each, id=" ".join(each[:2])) for each in BROKEN])
def test_a_broken_file_is_refused_where_it_is_broken(kind: str, name: str, pointer: str) -> None:
    assert pointer in refusals(kind, parse_file(_FOLDERS[kind] / f"{name}.yaml"))


# What an editor offers


def ways(schemas: Iterable[object], whole: Schema) -> Iterator[Schema]:
    """Yield *schemas* and everything that they refer to, choose from or combine, as a language server sees it."""
    waiting, seen = list(schemas), set[int]()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, dict) or id(each) in seen:
            continue
        seen.add(id(each))
        name = target(each)
        if name is not None:
            waiting.append(named(whole, "$defs")[name])
        waiting += [part for key in ("anyOf", "allOf") for part in children(each, key)]
        waiting += [each[key] for key in ("then", "else") if key in each]
        yield each


def at(kind: str, *path: str | int) -> list[Schema]:
    """Return what the schema of *kind* says of the place that *path* leads to."""
    whole = stored(kind)
    found = list(ways([whole], whole))
    for step in path:
        found = list(ways([each for schema in found for each in _below(schema, step)], whole))
    return found


def _below(schema: Schema, step: str | int) -> Iterator[object]:
    if isinstance(step, int):
        yield schema.get("items")
        return
    properties = named(schema, "properties")
    if step in properties:
        yield properties[step]
    else:
        yield from (each for pattern, each in named(schema, "patternProperties").items() if re.search(pattern, step))


def keys_offered(kind: str, *path: str | int) -> dict[str, str]:
    """Return the keys offered at a place, each with what an editor shows beside it."""
    found: dict[str, str] = {}
    for schema in at(kind, *path):
        for key, each in named(schema, "properties").items():
            said = (str(way["description"]) for way in ways([each], stored(kind)) if "description" in way)
            found[key] = found.get(key) or next(said, "")
    return found


def values_offered(kind: str, *path: str | int) -> dict[str, str]:
    """Return the values offered at a place, each with its description."""
    found: dict[str, str] = {}
    for schema in at(kind, *path):
        values = cast("list[object]", schema.get("enum", []))
        said = cast("list[str]", schema.get("enumDescriptions", [""] * len(values)))
        found |= {str(value): each for value, each in zip(values, said, strict=True)}
        found |= {"true": ""} if schema.get("const") is True else {}
    return found


@cache
def packaged_words() -> Vocabulary:
    vocabulary, faults = read_vocabulary(library.packaged("vocabulary")["public-sentiment"])
    assert vocabulary is not None, faults
    return vocabulary


KEYS_OFFERED: Mapping[str, tuple[str, tuple[str | int, ...], set[str]]] = {
    "a policy": ("policy", (), {*KEYS["Header"], *KEYS["Policy"]}),
    "a provision": ("policy", ("provisions", 0), {*KEYS["Provision"], "reading", "under"}),
    "a limit": ("policy", ("provisions", 0, "deadline"), {*KEYS["Deadline"], "reading"}),
    "a limb of a limit": ("policy", ("provisions", 0, "deadline", "earliest", 1), {*KEYS["Deadline"], "reading"}),
    "a length": ("policy", ("provisions", 0, "deadline", "within"), {*Unit, "reading"}),
    "a condition": ("policy", ("provisions", 0, "when"), {*KEYS["Condition"], "event_severity", "matter", "reading"}),
    "a test": ("policy", ("provisions", 0, "when", "event_severity"), {*KEYS["FactTest"], "reading"}),
    "a trigger": ("policy", ("provisions", 0, "upon"), {*KEYS["Happening"], "reading"}),
    "what a trigger needs": ("policy", ("provisions", 0, "upon", "where"), {"by", "to", "means"}),
    "a clause": ("policy", ("source", "clauses", "CZH:1"), set(KEYS["Clause"])),
    "a gap": ("policy", ("gaps", 0), {*KEYS["Gap"], "under"}),
    "a row of a table": ("policy", ("tables", 0, "rows", 0), set(KEYS["Row"])),
    "an event": ("case", ("events", 0), set(KEYS["EventEntry"])),
    "facts of a case": ("case", ("facts",), {"event_severity", "matter"}),
    "a fact of a vocabulary": ("vocabulary", ("facts", "a"), set(KEYS["FactType"])),
    "a year of a calendar": ("calendar", ("years", 0), set(KEYS["YearEntry"])),
}


@pytest.mark.parametrize(
    ("kind", "path", "expected"), [pytest.param(*each, id=name) for name, each in KEYS_OFFERED.items()]
)
def test_keys_are_offered_with_what_they_are_for(kind: str, path: tuple[str | int, ...], expected: set[str]) -> None:
    offered = keys_offered(kind, *path)
    assert expected <= set(offered)
    assert [key for key in expected if " / " not in offered[key]] == [], "a key is described in both languages"


VALUES_OFFERED: Mapping[str, tuple[str, tuple[str | int, ...], str]] = {
    "an act": ("policy", ("provisions", 0, "must"), "acts"),
    "an act in principle": ("policy", ("provisions", 0, "should"), "acts"),
    "a bearer": ("policy", ("provisions", 0, "bearer"), "roles"),
    "a trigger": ("policy", ("provisions", 0, "upon"), "events"),
    "one of several triggers": ("policy", ("provisions", 0, "upon", 0), "events"),
    "an act as trigger": ("policy", ("provisions", 0, "upon", "event"), "acts"),
    "what an act must precede": ("policy", ("provisions", 0, "deadline", "before"), "events"),
    "an end": ("policy", ("provisions", 0, "until"), "events"),
    "a fact that is graded": ("policy", ("severities", 0, "fact"), "facts"),
    "the type of an event": ("case", ("events", 0, "type"), "events"),
    "who acted": ("case", ("events", 0, "by"), "roles"),
}


@pytest.mark.parametrize(
    ("kind", "path", "section"), [pytest.param(*each, id=name) for name, each in VALUES_OFFERED.items()]
)
def test_names_are_offered_with_their_titles(kind: str, path: tuple[str | int, ...], section: str) -> None:
    offered = values_offered(kind, *path)
    for name, each in getattr(packaged_words(), section).items():
        assert offered[name] == f"{each.title.zh} / {each.title.en}"


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        pytest.param("policy", ("provisions", 0, "scope"), {"case", "agency"}, id="a scope"),
        pytest.param("policy", ("provisions", 0, "standing"), {"true"}, id="what can only be true"),
        pytest.param("policy", ("provisions", 0, "every"), {"day", "working_day", "month"}, id="a period"),
        pytest.param("policy", ("provisions", 0, "deadline", "roll"), {"stay", "next_working_day"}, id="a roll"),
        pytest.param("policy", ("provisions", 0, "when", "event_severity"), {"major"}, id="a value of a scale"),
        pytest.param("policy", ("provisions", 0, "when", "event_severity", "at_least"), {"major"}, id="a bound"),
        pytest.param("policy", ("provisions", 0, "when", "matter", "contains"), {"vital_interests"}, id="an element"),
        pytest.param("policy", ("source", "clauses", "CZH:1", "disposition"), {"heading"}, id="a disposition"),
        pytest.param("policy", ("counting", "hours"), {"exact", "next_full_hour"}, id="a way of counting"),
        pytest.param("policy", ("vocabulary",), {"public-sentiment"}, id="a vocabulary"),
        pytest.param("policy", ("calendar",), {"cn", "always"}, id="a calendar"),
        pytest.param("case", ("policy",), {"changzhi-energy-bureau"}, id="a policy"),
        pytest.param("case", ("facts", "event_severity"), {"major"}, id="a value of a fact"),
        pytest.param("calendar", ("weekend", 0), {"saturday"}, id="a weekday"),
    ],
)
def test_values_are_offered(kind: str, path: tuple[str | int, ...], expected: set[str]) -> None:
    assert expected <= set(values_offered(kind, *path))


# How an editor finds the schema

_WITH_MODELINE = [*library.packaged_policies().values(), *_EXAMPLES, *sorted((TESTS / "cases").rglob("*.yaml"))]


@pytest.mark.parametrize("path", _WITH_MODELINE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_schema_that_a_file_names_is_there_and_is_its_own(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [match[1] for line in lines if (match := _MODELINE.match(line))]
    if path in library.packaged_policies().values():
        assert found == ["../schemas/policy.schema.json"]
    for each in found:
        named_schema = (path.parent / each).resolve()
        assert named_schema.is_file()
        kind = named_schema.name.removesuffix(".schema.json")
        assert (kind, path) in SOUND
