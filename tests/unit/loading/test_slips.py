"""What was probably meant: near misses are mended, and what only looks like one is left alone."""

from __future__ import annotations

import pytest

from policyengine.loading.slips import compared, dated, entry_meant, fitting, length_meant, titles
from policyengine.loading.yaml_nodes import Mapping, Source, parse

NAME = "^[a-z][a-z0-9_-]{0,79}$"
CLAUSE = "^[A-Z][A-Z0-9]{0,9}:[0-9]{1,4}$"
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
DIGEST = "^[0-9a-f]{16}$"


@pytest.mark.parametrize(
    ("text", "pattern", "meant"),
    [
        pytest.param("Respond in 48 h", NAME, "respond-in-48-h", id="words for a name"),
        pytest.param("“respond”", NAME, "respond", id="Chinese quotes"),
        pytest.param("CZH：17", CLAUSE, "CZH:17", id="a full-width colon"),
        pytest.param("czh:17", CLAUSE, "CZH:17", id="a clause in small letters"),
        pytest.param("9:00", CLOCK, "09:00", id="an hour of one digit"),
        pytest.param("25:00", CLOCK, None, id="an hour that there is not"),
        pytest.param("0123456789ABCDEF", DIGEST, "0123456789abcdef", id="a digest in capitals"),
        pytest.param("0123456789abcde", DIGEST, None, id="a digest is never filled up"),
        pytest.param("回应", NAME, None, id="Chinese has no spelling in letters"),
        pytest.param("vocabulary/tiny.yaml", NAME, None, id="a path is no name"),
    ],
)
def test_texts_that_nearly_fit(text: str, pattern: str, meant: str | None) -> None:
    assert fitting(text, pattern) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2017年3月1日", "2017-03-01"),
        ("2017/3/1", "2017-03-01"),
        ("2017.03.01", "2017-03-01"),
        ("２０１７年３月１日", "2017-03-01"),
        ("2017年2月30日", None),
        ("2017年3月", None),
        ("1 March 2017", None),
    ],
)
def test_dates_in_other_forms(text: str, meant: str | None) -> None:
    assert dated(text) == meant


def node(text: str) -> Mapping:
    root = parse(Source("a.yaml", text)).root
    assert isinstance(root, Mapping)
    return root


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("hours: 48", "hours", "within: {hours: 48}"),
        ("days: many", "days", None),
        ("days: true", "days", None),
        ("fortnights: 2", "fortnights", None),
        ("{within: {days: 1}, hours: 48}", "hours", None),
    ],
)
def test_lengths_that_stand_in_the_limit_itself(text: str, key: str, meant: str | None) -> None:
    assert length_meant(node(text), key) == meant


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("{hours:48}", "hours:48", "hours: 48"),
        ("{en: respond, within 48 hours}", "within 48 hours", 'en: "respond, within 48 hours"'),
        ("{en: respond, zh}", "zh", None),
        ("{within 48 hours}", "within 48 hours", None),
        ("{en: [a], within 48 hours}", "within 48 hours", None),
    ],
)
def test_entries_without_value(text: str, key: str, meant: str | None) -> None:
    assert entry_meant(node(text), key) == meant


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("< major", "{less_than: major}"),
        (">=major", "{at_least: major}"),
        ("≤ major", "{at_most: major}"),
        ("＞ major", "{more_than: major}"),
        ("< huge", None),
        ("major", None),
    ],
)
def test_comparisons_by_sign(value: str, meant: str | None) -> None:
    assert compared(value, ["minor", "major"]) == meant


def test_titles_lead_to_names() -> None:
    found = titles(
        node(
            "roles: {head: {title: {zh: 负责人, en: the head}}}\n"
            "grades: [{id: other, title: {zh: 其他, en: other}}, {id: rest, title: {zh: 其他}}, {title: {zh: 无名}}]\n"
        )
    )
    assert found == {"负责人": ("head",), "the head": ("head",), "其他": ("other", "rest"), "other": ("other",)}
