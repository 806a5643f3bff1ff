"""The JSON Schemas: what the loader takes they take, what they refuse it refuses, and an editor completes from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from jsonschema import Draft202012Validator

from policyengine.diagnostics import has_errors
from policyengine.errors import PolicyError
from policyengine.loading import library
from policyengine.loading.calendar import CalendarFile
from policyengine.loading.case import read_cases_text
from policyengine.loading.case_shape import CaseFile
from policyengine.loading.examples import ExampleFile
from policyengine.loading.policy import read_policy_text
from policyengine.loading.schema import schema_text, schemas
from policyengine.loading.schema_forms import NAMES, TABLES, forms
from policyengine.loading.schema_parts import Schema, alternatives, child, named, references, target
from policyengine.loading.schema_rules import always, at_last
from policyengine.loading.schema_vocabulary import INSTANT, ZONE, packaged_names
from policyengine.loading.schema_words import KEYS
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import Source, parse, plain
from policyengine.model.deadline import Counting
from policyengine.model.policy import Header
from policyengine.model.provision import DecisionTable, Gap, Provision
from policyengine.model.vocabulary import Vocabulary
from policyengine.temporal.instant import Instant
from policyengine.temporal.zone import Zone, zone_names

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parents[3]
KINDS = ("policy", "vocabulary", "case", "example", "calendar")
MODELS: tuple[type[BaseModel], ...] = (
    Header,
    DecisionTable,
    Provision,
    Gap,
    Counting,
    Vocabulary,
    CaseFile,
    ExampleFile,
    CalendarFile,
)
OUR_OWN = {("Condition", "facts"), ("FactTest", "fact"), ("FactTest", "one_of")}
"""Keys that only our own form of a condition has; no file writes them."""
POLICY = ROOT / "policies" / "changzhi-energy-bureau.yaml"
CASE = ROOT / "examples" / "changzhi-grave-emergency.yaml"


@cache
def schema(kind: str) -> Schema:
    return schemas()[kind]


def complaints(kind: str, text: str) -> list[str]:
    """Return what the schema of a *kind* of file has against *text*, which is YAML or JSON without faults."""
    document = parse(Source(f"{kind}.yaml", text))
    assert document.root is not None, document.diagnostics
    found = Draft202012Validator(schema(kind)).iter_errors(plain(document.root))
    return [f"{each.json_path}: {each.message[:200]}" for each in found]


def loads(kind: str, text: str) -> bool:
    """Tell whether the loader takes *text*."""
    source = Source(f"{kind}.yaml", text)
    faults = read_policy_text(source)[1] if kind == "policy" else read_cases_text(source)[1]
    return not has_errors(faults)


def edited(path: Path, old: str, new: str) -> str:
    """Return the text of a file with the first *old* in it replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


# What the schemas are


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_stored_schema_is_the_generated_one(kind: str) -> None:
    stored = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert stored == schema_text(schema(kind)), "schemas/ is not what `policyengine schema --check` expects"


def test_there_is_one_for_each_kind_of_file() -> None:
    assert tuple(schemas()) == KINDS


def test_texts_are_the_same_each_time() -> None:
    assert [schema_text(each) for each in schemas().values()] == [schema_text(each) for each in schemas().values()]


@pytest.mark.parametrize("kind", KINDS)
def test_definitions_are_all_there_and_all_used(kind: str) -> None:
    assert set(references(schema(kind))) == set(named(schema(kind), "$defs"))


def test_a_text_ends_its_last_line_and_keeps_characters() -> None:
    assert schema_text({"description": "期限"}) == '{\n  "description": "期限"\n}\n'


# What they take


PACKAGED = [
    *(("policy", path) for path in library.packaged_policies().values()),
    *(("vocabulary", path) for path in library.packaged("vocabulary").values()),
    *(("calendar", path) for path in library.packaged("calendars").values()),
    *(("case", path) for path in sorted((ROOT / "examples").glob("*.yaml"))),
]


@pytest.mark.parametrize(("kind", "path"), [pytest.param(*each, id=f"{each[0]} {each[1].stem}") for each in PACKAGED])
def test_packaged_files_are_taken(kind: str, path: Path) -> None:
    assert complaints(kind, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        pytest.param("policy", "policies/good", id="good policies"),
        pytest.param("policy", "policies/bad", id="those bad policies that load, with a warning"),
        pytest.param("case", "cases-bad", id="those bad cases whose faults only a policy shows"),
    ],
)
def test_whatever_the_loader_takes_is_taken(kind: str, folder: str) -> None:
    for path in sorted((ROOT / "tests" / folder).glob("*.yaml")):
        text = path.read_bytes().decode(errors="replace")
        if parse(Source("a.yaml", text)).root is not None and loaded_beside(kind, path, text):
            assert complaints(kind, text) == [], path.name


def loaded_beside(kind: str, path: Path, text: str) -> bool:
    if kind == "case":
        return loads(kind, text)
    return not has_errors(read_policy_text(Source(path.name, text), beside=path.parent)[1])


GOOD_POLICIES = {
    "a list of one clause": ('    clause: "CZH:3"\n', '    clause: ["CZH:3"]\n'),
    "a list of triggers": ("upon: detected", "upon: [detected, {event: graded}]"),
    "a trigger with attributes": (
        "upon: detected",
        "upon: {event: publish, where: {means: website, by: [publisher, finder]}}",
    ),
    "an outcome as trigger": ("upon: detected", "upon: {violated: respond}"),
    "an end by name": ("until: closed", "until: [closed, escalated]"),
    "an end by all events": ("until: closed", "until: {all: [closed, escalated]}"),
    "a list of values": ("{event_severity: {at_least: major}}", "{event_severity: [major, extraordinary]}"),
    "several tests of a fact": ("{at_least: major}}", "{at_least: ordinary, less_than: extraordinary}}"),
    "a condition that is nested": (
        "{event_severity: {at_least: major}}",
        "{any: [{event_severity: major}, {all: [{matter: {contains: vital_interests}}, {not: {happened: graded}}]}]}",
    ),
    "an exception": ("    upon: detected\n", "    upon: detected\n    unless: {happened: [closed, escalated]}\n"),
    "means": ("    upon: detected\n", "    upon: detected\n    means: [website, social_media]\n"),
    "a deadline in working days": (
        "deadline: {promptly: true}",
        'deadline: {within: {working_days: 5}, roll: stay, ends: "17:30"}',
    ),
    "no gaps": ("gaps: []\n", ""),
    "a gap": (
        "gaps: []\n",
        (
            'gaps: [{id: silent, title: {zh: a, en: b}, clause: "CZH:3", missing: {zh: a, en: b}, upon: detected,'
            " instead_of: respond, refers_to: {title: {zh: a, en: b}, in_hand: true}}]\n"
        ),
    ),
    "a reading for a bearer": (
        "bearer: responsible_unit",
        "bearer: {reading: clock_start, detection: responsible_unit, occurrence: finder}",
    ),
    "a reading for a title": (
        "title: {zh: 对政务舆情作出处置, en: deal with the sentiment}",
        "title: {zh: 处置, reading: clock_start, detection: {en: a}, occurrence: {en: b}}",
    ),
    "a reading for half a title": (
        "en: deal with the sentiment",
        "en: {reading: clock_start, detection: a, occurrence: b}",
    ),
    "a reading for an item of a list": (
        "upon: [detected, response_drafted]",
        "upon: [detected, {reading: clock_start, detection: response_drafted, occurrence: {event: occurred}}]",
    ),
    "a reading for an item of an end": (
        "until: closed",
        "until: [closed, {reading: clock_start, detection: escalated, occurrence: graded}]",
    ),
    "a reading for an end": (
        "until: closed",
        "until: {reading: clock_start, detection: [closed, escalated], occurrence: {all: [closed, graded]}}",
    ),
    "a reading for part of a deadline": (
        "deadline: {promptly: true}",
        "deadline: {reading: clock_start, of: graded, detection: {within: {hours: 1}}, occurrence: {promptly: true}}",
    ),
    "a reading for a length": (
        "within: {hours: 48}",
        "within: {reading: clock_start, detection: {hours: 48}, occurrence: {working_days: 2}}",
    ),
    "a reading for a number": ("hours: 48", "hours: {reading: clock_start, detection: 48, occurrence: 24}"),
    "a reading within a reading": (
        "of: {reading: clock_start, detection: detected, occurrence: occurred}",
        (
            "of: {reading: clock_start, detection: detected,"
            " occurrence: {reading: city_report, office: occurred, finder_too: {performed: report-to-office}}}"
        ),
    ),
    "a reading for a condition": (
        "{event_severity: {at_least: major}}",
        (
            "{reading: clock_start, detection: {event_severity: major}, occurrence: {happened: occurred},"
            " concerns_other_agency: true}"
        ),
    ),
    "a reading for a value": (
        "{event_severity: {at_least: major}}",
        "{event_severity: {at_least: {reading: clock_start, detection: major, occurrence: larger}}}",
    ),
    "a reading for attributes": (
        "upon: detected",
        (
            "upon: {event: publish, where: {by: publisher, reading: clock_start, detection: {means: website},"
            " occurrence: {means: {reading: city_report, office: [website], finder_too: interview}}}}"
        ),
    ),
    "a reading for the strength": (
        "    must: gather_information\n",
        "    reading: clock_start\n    detection: {must: gather_information}\n    occurrence: {should: respond}\n",
    ),
    "a reading for how days end": (
        "counting:\n",
        (
            "counting:\n  days: {reading: clock_start, detection: {roll: stay}, occurrence: {roll: next_working_day}}\n"
            "  regrading: {up: {reading: clock_start, detection: restart, occurrence: capped}}\n"
        ),
    ),
    "a duty for each occurrence": (
        "    upon: detected\n",
        "    upon: detected\n    each: true\n    key: [by, means]\n",
    ),
    "a key that a reading decides": (
        "    upon: detected\n",
        "    upon: detected\n    each: true\n    key: {reading: clock_start, detection: by, occurrence: [by, to]}\n",
    ),
    "a period": ("    deadline: {promptly: true}\n", "    every: working_day\n    late: oldest_open\n"),
    "a period by its key": ("    deadline: {promptly: true}\n", "    every: {period: quarter}\n"),
    "times of day": ("    deadline: {promptly: true}\n", '    every: {at: ["09:00", "17:00"]}\n'),
    "one time of day": ("    deadline: {promptly: true}\n", '    every: {at: "09:00"}\n'),
    "so long after the last act": ("    deadline: {promptly: true}\n", "    every: {since_last_act: {hours: 4}}\n"),
    "a reading for a period": (
        "    deadline: {promptly: true}\n",
        "    every: {reading: clock_start, detection: day, occurrence: {since_last_act: {days: 1}}}\n",
    ),
    "what is owed under one option, and recurs under the other": (
        "    deadline: {promptly: true}\n",
        "    reading: clock_start\n    detection: {every: day}\n    occurrence: {deadline: {promptly: true}}\n",
    ),
    "the earliest of several limits": (
        "deadline: {promptly: true}",
        'deadline: {earliest: [{within: {days: 1}, ends: "17:30"}, {before: publish, when: {event_severity: major}}]}',
    ),
    "a composite within a composite": (
        "deadline: {promptly: true}",
        (
            "deadline: {latest: [{within: {hours: 2}, hours: exact},"
            " {earliest: [{within: {hours: 4}}, {within: {days: 1}, of: {performed: respond}}]}]}"
        ),
    ),
    "readings in and for limbs": (
        "deadline: {promptly: true}",
        (
            "deadline: {latest: [{within: {hours: {reading: clock_start, detection: 2, occurrence: 3}}},"
            " {reading: city_report, office: {before: publish}, finder_too: {within: {days: 1}}}]}"
        ),
    ),
    "a reading for a composite": (
        "deadline: {promptly: true}",
        (
            "deadline: {reading: clock_start, detection: {promptly: true},"
            " occurrence: {latest: [{within: {hours: 2}}, {before: publish}]}}"
        ),
    ),
    "a waiver": (
        "    upon: detected\n",
        "    upon: detected\n    waived_by: {event: closed, where: {by: publisher}}\n",
    ),
    "several waivers": ("    upon: detected\n", "    upon: detected\n    waived_by: [closed, {event: escalated}]\n"),
    "an act in person": ("    upon: detected\n", "    upon: detected\n    in_person: true\n"),
    "days of its own": (
        "    upon: detected\n",
        "    upon: detected\n    in_force: {from: 2020-01-01, to: 2021-01-01}\n",
    ),
    "a table of roles": (
        "provisions:\n",
        (
            'tables: [{assigns: responsible_unit, clause: "CZH:13", else: unstated, note: {zh: a, en: b},'
            " rows: [{when: {event_severity: major}, then: bureau_office}]}]\nprovisions:\n"
        ),
    ),
    "a table of facts under a reading": (
        "provisions:\n",
        (
            "tables: [{derives: concerns_other_agency, under: {clock_start: detection}, hit: unique,"
            ' clause: ["CZH:13"],'
            " else: {reading: city_report, office: true, finder_too: false}, rows: [{reading: clock_start,"
            ' when: {event_severity: major}, detection: {then: true}, occurrence: {then: false}, clause: "CZH:13"}]}]\n'
            "provisions:\n"
        ),
    ),
    "an option of a condition that adds nothing": (
        "when: {concerns_other_agency: true}",
        (
            "when: {reading: clock_start, detection: {}, occurrence: {event_severity: major},"
            " concerns_other_agency: true}"
        ),
    ),
    "admitted under one option": (
        "    under: {city_report: [finder_too]}\n",
        "    under: {city_report: finder_too, clock_start: [detection, occurrence]}\n",
    ),
    "a clause whose text is not at hand": ("digest: 4c1dbd9330878bec", "at_hand: false"),
    "a clause without a duty, and why": (
        "disposition: purpose",
        "disposition: non_operational\n      note: {zh: 无要求, en: asks nothing}",
    ),
}
"""Forms that a file may write, as edits of a policy: old text, new text."""


@pytest.mark.parametrize(("old", "new"), [pytest.param(*edit, id=name) for name, edit in GOOD_POLICIES.items()])
def test_every_form_of_a_policy_is_taken(old: str, new: str) -> None:
    text = edited(POLICY, old, new)
    assert [each for each in read_policy_text(Source("policy.yaml", text))[1] if each.code != "PE220"] == []
    assert complaints("policy", text) == []


GOOD_CASES = {
    "several policies": ("policy: changzhi", "policy: [changzhi, hubei]"),
    "a log of the agency": ("case: CZH", "scope: agency\ncase: CZH"),
    "facts that are not known": ("events:", "facts: {event_severity: null, matter: [vital_interests]}\nevents:"),
    "several addressees": ("to: leader_in_charge", "to: [leader_in_charge, bureau_office]"),
    "attributes": ("    by: publisher", "    by: publisher\n    attributes: {means: [website]}"),
    "a time without offset where the file has a zone": (
        "as_of: 2025-10-09T00:45:00+08:00",
        "time_zone: Asia/Shanghai\nas_of: 2025-10-09 00:45",
    ),
    "the end of a day": ("2025-10-08T23:10:00+08:00", "2025-10-08T24:00Z"),
    "when it was learned": (
        "    at: 2025-10-08T23:10:00+08:00",
        "    at: 2025-10-08T23:10Z\n    recorded_at: 2025-10-09T00:00Z",
    ),
}


@pytest.mark.parametrize(("old", "new"), [pytest.param(*edit, id=name) for name, edit in GOOD_CASES.items()])
def test_every_form_of_a_case_is_taken(old: str, new: str) -> None:
    text = edited(CASE, old, new)
    assert read_cases_text(Source("case.yaml", text))[1] == ()
    assert complaints("case", text) == []


def test_a_policy_with_words_of_its_own_is_taken() -> None:
    own = ROOT / "tests" / "policies" / "good" / "sample.yaml"
    assert complaints("policy", own.read_text(encoding="utf-8")) == []


# What they refuse


BAD_POLICIES = {
    "an unknown section": ("gaps: []", "gap: []"),
    "no provisions": ("provisions:\n", "provision:\n"),
    "provisions by name": ("gaps: []", "gaps: {one: {}}"),
    "no calendar": ("calendar: cn\n", ""),
    "a calendar under a reading": (
        "calendar: cn",
        "calendar: {reading: clock_start, detection: cn, occurrence: always}",
    ),
    "a name with a capital": ("policy: changzhi", "policy: Changzhi"),
    "a zone that is an offset": ("Asia/Shanghai", "+08:00"),
    "a title in one language": ("title: {zh: 局办公室, en: bureau office}", "title: {zh: 局办公室}"),
    "a version without dates": ("in_force: {}", "in_force: 2017"),
    "a clause without a digest": ("      digest: 4c1dbd9330878bec\n", ""),
    "a digest of a text that is not at hand": (
        "digest: 4c1dbd9330878bec",
        "digest: 4c1dbd9330878bec\n      at_hand: false",
    ),
    "a clause without a duty and without a reason": ("disposition: purpose", "disposition: non_operational"),
    "a date that is a year": ("in_force: {}", "in_force: {from: 2017}"),
    "presumed nothing": ("{event_severity: none}", "{event_severity: }"),
    "grades without values": ("reference: [none, ordinary, larger]", "reference: []"),
    "a reading without reason": ("    default: detection\n", "    defaults: detection\n"),
    "a digest that is too short": ("digest: 4c1dbd9330878bec", "digest: 4c1dbd93"),
    "a sentence that nothing came of": ("      disposition: purpose\n", ""),
    "an unknown disposition": ("disposition: purpose", "disposition: aim"),
    "a sentence without its number": ('    "CZH:1":', '    "CZH:x":'),
    "an unknown key": ("    must: gather_information", "    must: gather_information\n    bogus: 1"),
    "a key of later": ("    must: gather_information", "    must: gather_information\n    stop: closed"),
    "a length for a period": ("    deadline: {promptly: true}\n", "    every: {days: 1}\n"),
    "an unknown period": ("    deadline: {promptly: true}\n", "    every: weekly\n"),
    "a period and times of day": ("    deadline: {promptly: true}\n", '    every: {period: day, at: ["09:00"]}\n'),
    "a time of day that no clock shows": ("    deadline: {promptly: true}\n", '    every: {at: ["9:00"]}\n'),
    "a period with a deadline": (
        "    deadline: {promptly: true}\n",
        "    deadline: {promptly: true}\n    every: day\n",
    ),
    "a period with a state": ("    deadline: {promptly: true}\n", "    standing: true\n    every: day\n"),
    "a prohibition that recurs": ("must_not: publish", "must_not: publish\n    every: day"),
    "a prohibition that is waived": ("must_not: publish", "must_not: publish\n    waived_by: closed"),
    "a late act of nothing that recurs": ("    upon: detected\n", "    upon: detected\n    late: oldest_open\n"),
    "each: false": ("    upon: detected\n", "    upon: detected\n    each: false\n"),
    "a key without each": ("    upon: detected\n", "    upon: detected\n    key: by\n"),
    "each without a trigger": ("    upon: detected\n", "    each: true\n"),
    "in_person: false": ("    upon: detected\n", "    upon: detected\n    in_person: false\n"),
    "in person, but who": ("must_not: publish", "must_not: publish\n    in_person: true"),
    "a composite of one limit": ("deadline: {promptly: true}", "deadline: {earliest: [{within: {hours: 1}}]}"),
    "a composite that counts": (
        "deadline: {promptly: true}",
        "deadline: {of: graded, earliest: [{within: {hours: 1}}, {before: publish}]}",
    ),
    "a limb of two kinds": (
        "deadline: {promptly: true}",
        "deadline: {earliest: [{within: {hours: 1}, before: publish}, {before: publish}]}",
    ),
    "a condition of what is prompt": (
        "deadline: {promptly: true}",
        "deadline: {promptly: true, when: {event_severity: major}}",
    ),
    "a waiver that is an outcome of nothing": ("    upon: detected\n", "    upon: detected\n    waived_by: {}\n"),
    "tables by name": ("provisions:\n", "tables: {}\nprovisions:\n"),
    "a table without else": (
        "provisions:\n",
        (
            'tables: [{assigns: responsible_unit, clause: "CZH:13",'
            " rows: [{when: {event_severity: major}, then: bureau_office}]}]\nprovisions:\n"
        ),
    ),
    "a table of two things": (
        "provisions:\n",
        (
            'tables: [{assigns: responsible_unit, derives: matter, clause: "CZH:13", else: unstated,'
            " rows: [{when: {event_severity: major}, then: bureau_office}]}]\nprovisions:\n"
        ),
    ),
    "a table without rows": (
        "provisions:\n",
        'tables: [{assigns: responsible_unit, clause: "CZH:13", else: unstated, rows: []}]\nprovisions:\n',
    ),
    "a row that is true anyway": (
        "provisions:\n",
        (
            'tables: [{assigns: responsible_unit, clause: "CZH:13", else: unstated,'
            " rows: [{then: bureau_office}]}]\nprovisions:\n"
        ),
    ),
    "options without reading": (
        "    must: gather_information",
        "    detection: {must: gather_information}\n    occurrence: {must: respond}",
    ),
    "two strengths": ("    must: gather_information", "    must: gather_information\n    should: respond"),
    "two strengths beside a reading": (
        "    reading: in_principle\n",
        "    reading: in_principle\n    must: respond\n    may: publish\n",
    ),
    "no strength": ("    must: gather_information\n", ""),
    "no bearer": ("    bearer: leading_group_office\n", ""),
    "no id": ("  - id: gather-information\n    title:", "  - title:"),
    "an id under a reading": (
        "id: gather-information",
        "id: {reading: clock_start, detection: gather-information, occurrence: gather-it}",
    ),
    "an act that is a number": ("must: gather_information", "must: 24"),
    "a clause without colon": ('    clause: "CZH:3"\n', '    clause: "CZH3"\n'),
    "no clause at all": ('    clause: "CZH:3"\n', "    clause: []\n"),
    "a scope of its own": ("scope: agency", "scope: bureau"),
    "standing: false": ("standing: true", "standing: false"),
    "standing with a deadline": ("standing: true", "standing: true\n    deadline: {before: publish}"),
    "a prohibition with a deadline": ("must_not: publish", "must_not: publish\n    deadline: {promptly: true}"),
    "a trigger of two kinds": ("upon: detected", "upon: {event: detected, violated: respond}"),
    "a trigger of no kind": ("upon: detected", "upon: {where: {by: finder}}"),
    "attributes of an outcome": ("upon: detected", "upon: {violated: respond, where: {by: finder}}"),
    "a trigger that is true": ("upon: detected", "upon: true"),
    "an empty condition": ("when: {concerns_other_agency: true}", "when: {}"),
    "a condition that is a list": ("when: {concerns_other_agency: true}", "when: [concerns_other_agency]"),
    "any without list": ("when: {concerns_other_agency: true}", "when: {any: {concerns_other_agency: true}}"),
    "an unknown test": ("{at_least: major}", "{minimum: major}"),
    "no test": ("{at_least: major}", "{}"),
    "a test of nothing": ("{at_least: major}", "{at_least: }"),
    "a deadline of two kinds": ("deadline: {promptly: true}", "deadline: {promptly: true, before: publish}"),
    "a deadline of no kind": ("deadline: {promptly: true}", "deadline: {of: detected}"),
    "an anchor beside an event": ("deadline: {before: publish}", "deadline: {before: publish, of: detected}"),
    "a limit in weeks": ("within: {hours: 1}", "within: {weeks: 1}"),
    "a limit of two lengths": ("within: {hours: 1}", "within: {hours: 1, days: 1}"),
    "a limit of no length": ("within: {hours: 1}", "within: {}"),
    "a limit of half an hour": ("within: {hours: 1}", "within: {hours: 0.5}"),
    "a limit of zero": ("within: {hours: 1}", "within: {hours: 0}"),
    "a limit of a thousand years": ("within: {hours: 1}", "within: {years: 1000}"),
    "a limit in words": ("within: {hours: 1}", "within: {hours: one}"),
    "a time without quotes for colon": ("deadline: {promptly: true}", "deadline: {promptly: true, ends: 1730}"),
    "an end of two kinds": ("until: closed", "until: {any: closed, all: closed}"),
    "an end that says nothing": ("until: closed", "until: {}"),
    "a reading that is a list": ("{reading: clock_start, detection", "{reading: [clock_start], detection"),
    "an unknown way of counting": ("counted: exact", "counted: about"),
    "a value for how days end": ("counting:\n", "counting:\n  days: stay\n"),
    "an unknown way to regrade": ("counting:\n", "counting:\n  regrading: {up: always}\n"),
}
"""Slips, as edits of a policy: old text, new text."""


@pytest.mark.parametrize(("old", "new"), [pytest.param(*edit, id=name) for name, edit in BAD_POLICIES.items()])
def test_a_slip_in_a_policy_is_refused_by_both(old: str, new: str) -> None:
    text = edited(POLICY, old, new)
    assert complaints("policy", text) != []
    assert not loads("policy", text)


BAD_CASES = {
    "no name": ("case: CZH-2025-1008\n", ""),
    "a name that is a number": ("case: CZH-2025-1008", "case: 1008"),
    "an unknown key": ("events:", "event:"),
    "a policy that is a mapping": ("policy: changzhi", "policy: {id: changzhi}"),
    "events by name": ("events:", "events: {}\nrest:"),
    "an event without type": ("    type: detected\n", ""),
    "an event without time": ("    at: 2025-10-08T23:10:00+08:00\n", ""),
    "an unknown key of an event": ("    by: publisher", "    bye: publisher"),
    "a time without offset": ("2025-10-08T23:10:00+08:00", "2025-10-08T23:10:00"),
    "an instant asked about without offset": ("as_of: 2025-10-09T00:45:00+08:00", "as_of: 2025-10-09T00:45:00"),
    "a time that is a date": ("2025-10-08T23:10:00+08:00", "2025-10-08"),
    "a time in words": ("2025-10-08T23:10:00+08:00", "yesterday"),
    "a zone that is no name": ("as_of:", "time_zone: +08:00\nas_of:"),
    "a type with a space": ("type: occurred", "type: it occurred"),
    "a scope of its own": ("title:", "scope: bureau\ntitle:"),
    "a fact that is a mapping": ("event_severity: major", "event_severity: {at_least: major}"),
    "a fact with a capital": ("event_severity: major", "Event_severity: major"),
    "a list within a list": ("event_severity: major", "matter: [[vital_interests]]"),
    "facts as a list": ("sets: {event_severity: major,", "facts: [event_severity]\n    sets: {event_severity: major,"),
    "an addressee that is a number": ("to: leader_in_charge", "to: 7"),
    "a note that is a list": ("    by: publisher", "    by: publisher\n    note: [a]"),
}
"""Slips, as edits of a case: old text, new text."""


@pytest.mark.parametrize(("old", "new"), [pytest.param(*edit, id=name) for name, edit in BAD_CASES.items()])
def test_a_slip_in_a_case_is_refused_by_both(old: str, new: str) -> None:
    text = edited(CASE, old, new)
    assert complaints("case", text) != []
    assert not loads("case", text)


BAD_WORDS = {
    "a fact of no type": (
        "vocabulary",
        "concerns_other_agency: {",
        "concerns_other_agency: {many: true}\n  other_one: {",
    ),
    "a fact of two types": ("vocabulary", "type: boolean}", "type: boolean, scale: gravity}"),
    "an unknown type": ("vocabulary", "type: boolean}", "type: flag}"),
    "a role without title": ("vocabulary", "police: {title: {zh: 公安机关, en: police}}", "police: {}"),
    "a scale of one value": (
        "vocabulary",
        "scales: # lowest first\n",
        "scales:\n  one: [{id: a, title: {zh: a, en: b}}]\n",
    ),
    "an unknown weekday": ("calendar", "weekend: [saturday, sunday]", "weekend: [saturday, 7]"),
    "no weekday to work": (
        "calendar",
        "weekend: [saturday, sunday]",
        "weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
    ),
    "a year that is text": ("calendar", "year: 2024", 'year: "2024"'),
    "a day in another form": ("calendar", "start: 2024-01-01", "start: 2024/01/01"),
}


@pytest.mark.parametrize(("kind", "old", "new"), [pytest.param(*edit, id=name) for name, edit in BAD_WORDS.items()])
def test_a_slip_in_a_vocabulary_or_calendar_is_refused(kind: str, old: str, new: str) -> None:
    path = (
        library.packaged("vocabulary")["public-sentiment"]
        if kind == "vocabulary"
        else library.packaged("calendars")["cn"]
    )
    assert complaints(kind, edited(path, old, new)) != []


# What they offer


@pytest.mark.parametrize("kind", ["policy", "case"])
@pytest.mark.parametrize("section", ["events", "acts", "roles", "facts", "attributes"])
def test_every_name_of_the_vocabularies_is_offered(kind: str, section: str) -> None:
    words = strings(schema(kind))
    for path in library.packaged("vocabulary").values():
        vocabulary, _ = read_vocabulary(path)
        assert vocabulary is not None
        assert set(getattr(vocabulary, section)) <= words
        kinds = (*vocabulary.facts.values(), *vocabulary.attributes.values())
        assert {value for each in kinds for value in vocabulary.values(each) or ()} <= words


def strings(value: object) -> set[str]:
    """Return every text in *value*, keys included."""
    if isinstance(value, dict):
        return set(value) | {text for each in value.values() for text in strings(each)}
    if isinstance(value, list):
        return {text for each in value for text in strings(each)}
    return {value} if isinstance(value, str) else set()


def test_a_name_is_offered_with_its_titles() -> None:
    offer, _ = alternatives(child(named(schema("policy"), "$defs"), "act"))
    assert (
        dict(zip(cast("list[str]", offer["enum"]), cast("list[str]", offer["enumDescriptions"]), strict=True))["report"]
        == "报告 / report"
    )


def test_two_vocabularies_share_a_fact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "{zh: a, en: b}"
    scale = f"[{{id: low, title: {title}}}, {{id: high, title: {title}}}]"
    texts = {
        "one": f"scales: {{step: {scale}}}\nfacts: {{height: {{title: {title}, scale: step}}}}",
        "other": f"facts: {{height: {{title: {title}, type: number}}, age: {{title: {title}, type: number}}}}",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(f"vocabulary: {name}\ntitle: {title}\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(library, "packaged", lambda _: {path.stem: path for path in sorted(tmp_path.iterdir())})
    assert [target(each) for each in alternatives(packaged_names().facts["height"])] == [
        "values.scale.step",
        "values.type.number",
    ]
    found = schemas()["policy"]
    Draft202012Validator.check_schema(found)
    tests = named(child(named(found, "$defs"), "node.Condition"), "properties")
    assert [target(tests[name]) for name in ("height", "age")] == ["node.test.fact.height", "node.test.type.number"]


def test_a_packaged_vocabulary_that_is_broken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.yaml").write_text("vocabulary: bad\n", encoding="utf-8")
    monkeypatch.setattr(library, "packaged", lambda _: {"bad": tmp_path / "bad.yaml"})
    with pytest.raises(PolicyError):
        schemas()


# What they say beside a key


def keys_of_models() -> Iterator[tuple[str, str]]:
    words = packaged_names()
    for model in MODELS:
        for name, form in forms(model, words).items():
            yield from ((name, key) for key in named(form, "properties"))


def test_every_key_of_every_model_is_described_and_no_other() -> None:
    added = {("Policy", key) for key in ("tables", "provisions", "gaps", "counting")} | {
        ("Node", "reading"),
        ("Node", "under"),
    }
    described = {(model, key) for model, keys in KEYS.items() for key in keys}
    assert described == (set(keys_of_models()) - OUR_OWN) | added


def test_descriptions_are_in_both_languages_and_short() -> None:
    for wording in (wording for keys in KEYS.values() for wording in keys.values()):
        assert wording.zh
        assert wording.en
        assert len(wording.zh) <= 40
        assert len(wording.en) <= 70


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_in_a_schema_has_its_description(kind: str) -> None:
    whole = schema(kind)
    bare = {key for key, each in keys(whole) if not described(each, whole)}
    assert bare == set()


def keys(value: object) -> Iterator[tuple[str, Schema]]:
    """Yield the keys that objects in a schema declare, with their schemas; rules about them are left out."""
    if isinstance(value, list):
        for each in value:
            yield from keys(each)
    elif isinstance(value, dict):
        if value.get("type") == "object":
            yield from ((key, each) for key, each in named(value, "properties").items())
        for each in value.values():
            yield from keys(each)


def described(each: Schema, whole: Schema) -> bool:
    if "description" in each:
        return True
    name = target(each)
    return name is not None and described(named(whole, "$defs")[name], whole)


def test_tables_and_rules_name_keys_that_models_have() -> None:
    known = set(keys_of_models())
    assert set(NAMES) <= known
    assert set(TABLES) <= known
    assert {(model, key) for model, _ in known for key in ruled_keys(model)} <= known


def ruled_keys(model: str) -> set[str]:
    rules = [*always(model), *at_last(model)]
    required = {
        key for rule in rules for part in alternatives(rule) for key in cast("list[str]", part.get("required", []))
    }
    return required | {
        key for rule in rules for each in (child(rule, "if"), child(rule, "then")) for key in named(each, "properties")
    }


# How times are written


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-08T23:30:00+08:00",
        "2025-10-08 23:30Z",
        "2025-10-08T24:00-05:00",
        "2025-10-08T23:30:00.5Z",
        "2025-10-08T23:30:00.123456+00:00",
    ],
)
def test_times_that_the_loader_reads_are_written_so(text: str) -> None:
    Instant.parse(text)
    assert matches(INSTANT, text)
    assert matches(INSTANT, text[:16])


@pytest.mark.parametrize("text", ["2025-10-08", "2025-10-08T23Z", "2025-10-08T23:30+08", "20251008T2330Z", "now", ""])
def test_times_that_the_loader_does_not_read_are_not(text: str) -> None:
    assert not matches(INSTANT, text)
    with pytest.raises(ValueError, match=r".*"):
        Instant.parse(text, Zone("UTC"))


def test_every_zone_has_the_form_of_one() -> None:
    assert [name for name in zone_names() if not matches(ZONE, name)] == []


def matches(pattern: str, text: str) -> bool:
    return not list(Draft202012Validator({"pattern": pattern}).iter_errors(text))
