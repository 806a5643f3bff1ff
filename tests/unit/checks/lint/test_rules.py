"""Every house rule finds what its bad file shows and nothing in its good one, and the packaged policies breach none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyengine.checks.lint.rules import RULES
from policyengine.checks.lint.running import LINTED, lint
from policyengine.checks.lint.source import LintSource
from policyengine.codes import CODES
from policyengine.diagnostics import Level
from policyengine.loading.library import packaged_policies
from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source, read_source
from policyengine.loading.yaml_nodes import parse
from tests.support.diagnostic_entries import entries

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found

LINT = Path(__file__).parents[3] / "policies" / "lint"
EXAMPLE = Path(__file__).parents[4] / "examples" / "product-recall" / "product-recall.yaml"
BASE = (LINT / "good" / "role-unused.yaml").read_text("utf-8")
ENTRIES = entries()
BY_NAME = {CODES[code].name: code for code in LINTED}
ALL_ON = dict.fromkeys(LINTED, Level.WARNING)


def found(text: str, *, beside: Path = LINT, every: bool = False) -> list[Found]:
    source = Source("policy.yaml", text)
    policy, faults = read_policy_text(source, beside)
    assert policy is not None, [each.message() for each in faults]
    return list(lint(LintSource(policy, parse(source)), ALL_ON if every else {}))


def found_in(path: Path) -> list[Found]:
    source, _ = read_source(path)
    assert source is not None
    return found(source.text, beside=path.parent)


def edited(*edits: tuple[str, str], text: str = BASE) -> str:
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def told(text: str, code: str) -> list[str]:
    return [each.fault.message() for each in found(text, every=True) if each.fault.code == code]


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_rule_finds_its_bad_file_and_not_its_good_one(name: str) -> None:
    code = BY_NAME[name]
    bad, good = (LINT / folder / f"{name}.yaml" for folder in ("bad", "good"))
    own = [code] if CODES[code].off else []
    breached = {each.fault.code for each in found_in(bad)}
    assert breached == ({code} - {*own})
    assert code in {each.fault.code for each in found(bad.read_text("utf-8"), every=True)}
    assert found_in(good) == []
    assert code not in {each.fault.code for each in found(good.read_text("utf-8"), every=True)}


def test_every_file_belongs_to_a_rule_and_the_good_one_is_what_the_page_shows() -> None:
    for folder in ("bad", "good"):
        assert {path.stem for path in (LINT / folder).iterdir()} == set(BY_NAME)
    for name, code in BY_NAME.items():
        assert (LINT / "good" / f"{name}.yaml").read_text("utf-8") == ENTRIES[code].right


@pytest.mark.parametrize("path", [*packaged_policies().values(), EXAMPLE], ids=lambda path: path.stem)
def test_what_we_ship_is_clean(path: Path) -> None:
    assert [str(each.fault.span) + each.fault.message() for each in found_in(path)] == []


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_finding_says_where_and_about_what(name: str) -> None:
    for each in found((LINT / "bad" / f"{name}.yaml").read_text("utf-8"), every=True):
        assert each.subject
        assert each.fault.span is not None
        assert each.fault.excerpt
        assert "{" not in each.fault.message("zh").replace("{promptly", "")
        assert each.fault.help("en")


NAMES = (
    ("PE701", "limit-without-start"),
    ("PE702", "start-not-stated"),
    ("PE703", "urgency-without-limit"),
    ("PE704", "title-against-limit"),
    ("PE705", "clause-length-unmet"),
    ("PE706", "lengths-differ"),
    ("PE707", "working-days-without-days-off"),
    ("PE708", "version-without-day"),
    ("PE709", "days-between-versions"),
    ("PE710", "chinese-missing"),
    ("PE711", "chinese-in-english"),
    ("PE712", "half-width-mark"),
    ("PE713", "mark-without-pair"),
    ("PE714", "text-unfinished"),
    ("PE715", "title-repeated"),
    ("PE716", "title-too-long"),
    ("PE717", "name-style"),
    ("PE718", "options-alike"),
    ("PE719", "one-option"),
    ("PE720", "reason-repeats"),
    ("PE721", "role-unused"),
    ("PE722", "waits-for-its-own-act"),
    ("PE723", "told-by-itself"),
    ("PE724", "presumption-unasked"),
    ("PE725", "grades-alike"),
    ("PE726", "table-without-effect"),
    ("PE727", "strength-against-wording"),
    ("PE728", "strength-without-wording"),
    ("PE729", "clause-skipped"),
    ("PE730", "disposition-with-provisions"),
    ("PE731", "sanction-without-cause"),
    ("PE732", "provision-repeated"),
    ("PE733", "digest-repeated"),
    ("PE734", "gap-repeats-title"),
    ("PE794", "accepted-nothing"),
)
"""Configurations name rules, so a name stays as it is, and so does its code."""


def test_codes_and_names_are_what_they_were() -> None:
    assert tuple((code, CODES[code].name) for code in sorted(CODES) if CODES[code].name) == NAMES


def test_rules_have_one_code_and_one_name_each() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == len(BY_NAME)
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


DEADLINE = "{within: {hours: 48}, of: detected}"
UPON = "    upon: detected\n"
TWO = "    upon: [detected, passed_on]\n"
READING = """readings:
  start:
    question: {zh: 问, en: q}
    options: {a: {zh: 甲, en: one}, b: {zh: 乙, en: two}}
    default: a
    why: {zh: 因, en: because}
"""


@pytest.mark.parametrize(
    ("edits", "code", "number"),
    [
        pytest.param(((UPON, TWO), (", of: detected", "")), "PE701", 1, id="two triggers, no start"),
        pytest.param(((UPON, TWO),), "PE701", 0, id="two triggers and a start"),
        pytest.param(((UPON, TWO + "    each: true\n"), (", of: detected", "")), "PE701", 0, id="each of them"),
        pytest.param(
            (
                ("roles:\n", READING + "roles:\n"),
                (UPON, TWO),
                (DEADLINE, "{within: {hours: 48}, reading: start, a: {}, b: {of: occurred}}"),
            ),
            "PE701",
            0,
            id="a reading decides",
        ),
        pytest.param(
            (("zh: 48小时内回应", "zh: 因未及时回应而说明"), (f"    deadline: {DEADLINE}\n", "")),
            "PE703",
            0,
            id="blame for slowness",
        ),
        pytest.param(
            (("zh: 48小时内回应", "zh: 立即回应"), (f"    deadline: {DEADLINE}\n", "    standing: true\n")),
            "PE703",
            0,
            id="standing",
        ),
        pytest.param(
            (("回应, en: respond within 48 hours}", "回应, en: respond within two days}"),), "PE704", 1, id="in English"
        ),
        pytest.param((("zh: 48小时内回应", "zh: 实行24小时值班"),), "PE704", 0, id="day and night is no limit"),
        pytest.param(
            (("zh: 发现舆情后48小时内回应", "zh: 2024年9月8日起48小时内回应"),), "PE705", 0, id="a date is no length"
        ),
        pytest.param((("wording: 应", "wording: 不得少于"),), "PE727", 0, id="no less than"),
        pytest.param(
            (
                ("wording: 应", "wording: 必要时可"),
                ("must: respond", "may: respond"),
                (f"    deadline: {DEADLINE}\n", ""),
            ),
            "PE727",
            0,
            id="may",
        ),
        pytest.param(
            (("wording: 应", "wording: 必须"), ("must: respond", "should: respond")),
            "PE727",
            1,
            id="a must that advises",
        ),
        pytest.param(
            (("en: responsible unit", 'en: "the office called 责任单位 there"'),),
            "PE711",
            0,
            id="a word that is spoken of",
        ),
        pytest.param((("zh: 责任单位", "zh: OECD"),), "PE710", 0, id="an abbreviation"),
        pytest.param(
            (("en: responsible unit", 'en: "a) responsible unit (no. 12)"'),), "PE713", 0, id="numbers of a list"
        ),
        pytest.param((("en: responsible unit", 'en: "unit) responsible"'),), "PE713", 1, id="closed and not opened"),
        pytest.param(
            (('{title: {zh: 责任单位, en: responsible unit}, clause: "SMP:1"}', '{title: {zh: 责任单位, en: "..."}}'),),
            "PE714",
            1,
            id="dots alone",
        ),
    ],
)
def test_a_rule_knows_what_it_does_not_mean(edits: tuple[tuple[str, str], ...], code: str, number: int) -> None:
    assert len(told(edited(*edits), code)) == number


def test_an_option_is_compared_under_every_other_reading() -> None:
    text = edited(
        ("roles:\n", READING + READING.replace("readings:\n", "").replace("start:", "end:") + "roles:\n"),
        (DEADLINE, "{within: {hours: {reading: start, a: 48, b: {reading: end, a: 48, b: 24}}}, of: detected}"),
    )
    assert told(text, "PE718") == []


def test_a_role_of_a_definition_is_there_for_it() -> None:
    role = '  office: {title: {zh: 办公室, en: office}, clause: "SMP:2"}\n'
    clause = (
        '    "SMP:2":\n      number: 二\n      digest: 1123456789abcdef\n'
        "      says: {zh: 设办公室, en: an office}\n      disposition: definition\n"
    )
    text = edited(("\nprovisions:\n", role + "\nprovisions:\n")) + clause
    assert told(text, "PE721") == []
    assert told(text.replace("disposition: definition", "disposition: principle"), "PE721") != []
