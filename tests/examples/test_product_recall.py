"""The example of a new domain: an invented ordinance on product recalls, all of it data and none of it code."""

from __future__ import annotations

import ast
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import holidays
import pytest
from jsonschema import Draft202012Validator

import policyengine as pe
from policyengine.loading.calendar import read_calendar
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import parse, plain, read_source
from tests.support.cases import Example, example
from tests.support.command import EXAMPLES, call, run
from tests.support.durable import needs_durable

if TYPE_CHECKING:
    from tests.support.golden import Golden

FOLDER = EXAMPLES / "product-recall"
POLICY = FOLDER / "product-recall.yaml"
VOCABULARY = FOLDER / "vocabulary" / "product-safety.yaml"
CALENDAR = FOLDER / "calendars" / "vienna.yaml"
DEMO = FOLDER / "serious-hazard.yaml"
TEXT = FOLDER / "regulation.txt"
SOURCE = Path(pe.__file__).parent
CASES = {path.stem: example(path) for path in sorted((FOLDER / "cases").glob("*.yaml"))}


def _norms(policy: pe.Policy) -> set[str]:
    """Return the ids of the provisions and gaps of *policy*."""
    provisions = {node.id for each in policy.provisions for node in each.nodes()}
    return provisions | {node.id for each in policy.gaps for node in each.nodes()}


# The answers


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_everything_comes_out_as_worked(case: Example) -> None:
    outcomes = dict(case.outcomes())
    assert outcomes
    assert {name: each.differences for name, each in outcomes.items() if not each.passed} == {}


@needs_durable
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_second_matcher_confirms_every_decision(case: Example) -> None:
    assert case.answer("verify") == case.answer() == case.answer("durable")


def test_beyond_the_announced_calendar_a_limit_in_working_days_is_provisional_and_one_in_hours_is_not() -> None:
    answer = CASES["beyond-the-calendar"].answer()
    limits = {name: answer.duty(name).limit for name in ("notify-office", "warn-public")}
    assert {name: limit and limit.provisional for name, limit in limits.items()} == {
        "notify-office": True,
        "warn-public": False,
    }


def test_every_provision_reading_and_gap_has_a_case() -> None:
    policy = pe.load(POLICY)
    asked = {expected.name for each in CASES.values() for expected in each.expected}
    chosen = {
        name for each in CASES.values() for ask in each.asks for options in ask.choose.values() for name in options
    }
    assert asked == _norms(policy)
    assert chosen == set(policy.readings)


# The files


@pytest.mark.parametrize(
    ("kind", "path"), [("policy", POLICY), ("vocabulary", VOCABULARY), ("calendar", CALENDAR), ("case", DEMO)]
)
def test_the_schema_that_the_command_prints_accepts_the_file(tmp_path: Path, kind: str, path: Path) -> None:
    schema = json.loads(run("schema", kind, cwd=tmp_path).stdout)
    source, _ = read_source(path)
    assert source is not None
    document = parse(source)
    assert document.root is not None
    found = Draft202012Validator(schema).iter_errors(plain(document.root))
    assert [f"{each.json_path}: {each.message[:200]}" for each in found] == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_calendar_agrees_with_another_source_on_every_day(year: int) -> None:
    calendar, faults = read_calendar(CALENDAR)
    assert calendar is not None, faults
    other = holidays.country_holidays("AT", years=year)
    days = [date(year, 1, 1) + timedelta(number) for number in range(365)]
    assert [day for day in days if calendar.is_working_day(day) != other.is_working_day(day)] == []
    assert {day for each in calendar.days_off for day in each.days() if day.year == year} == set(other)
    assert all(map(calendar.certain, days))


def test_the_calendar_promises_nothing_after_2026() -> None:
    calendar, _ = read_calendar(CALENDAR)
    assert calendar is not None
    assert (calendar.certain(date(2026, 12, 31)), calendar.certain(date(2027, 1, 1))) == (True, False)


def _own_words() -> set[str]:
    """Return every name that the policy and its vocabulary give to something."""
    policy, (vocabulary, _) = pe.load(POLICY), read_vocabulary(VOCABULARY)
    assert vocabulary is not None
    header = policy.header
    options = {name for reading in policy.readings.values() for name in reading.options}
    sections = ("scales", "facts", "attributes", "events", "acts", "roles")
    words = {name for section in sections for name in getattr(vocabulary, section)}
    values = {choice.id for scale in vocabulary.scales.values() for choice in scale}
    names = {policy.id, header.calendar, header.vocabulary, header.time_zone}
    return _norms(policy) | options | words | values | names | set(header.roles) | set(policy.readings)


def test_no_word_of_the_example_stands_in_the_source() -> None:
    words = _own_words()
    assert len(words) > 70
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.value!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]
    assert found == []


def test_the_example_is_not_packaged() -> None:
    with pytest.raises(pe.LoadError):
        pe.load("product-recall")


# The commands


def test_check_finds_nothing_wrong(tmp_path: Path) -> None:
    done = run("check", POLICY, VOCABULARY, CALENDAR, DEMO, "--fail-on", "warning", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing wrong\n", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_evaluate_answers_in_both_languages(tmp_path: Path, golden: Golden, lang: str) -> None:
    done = run("evaluate", DEMO, "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    golden.check(f"evaluate-product-recall.{lang}.txt", done.stdout)


def test_every_sentence_of_the_ordinance_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    done = call(capsys, "sources", "verify", POLICY, "--text", TEXT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "14 sentences, all accounted for\n", "")


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        pytest.param("within 24 hours of learning", "within 48 hours of learning", "PR:4", id="another number"),
        pytest.param("nobody shall sell", "nobody should sell", "PR:6", id="another strength"),
        pytest.param("1 January 2025", "1 January 2026", "PR:14", id="another date"),
    ],
)
def test_a_changed_sentence_is_noticed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, clause: str
) -> None:
    text = TEXT.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    done = call(capsys, "sources", "verify", POLICY, "--text", changed)
    assert done.returncode == 1
    assert f"`{clause}`" in done.stdout
