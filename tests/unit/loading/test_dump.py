"""What is dumped is read back as it was, and reads well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.loading.dump import dumped
from policyengine.loading.scalars import UNFIT
from policyengine.loading.yaml_nodes import Source, parse, plain

GOOD = Path(__file__).parents[2] / "policies" / "good"
QUOTED = (
    *("no", "Yes", "on", "off", "true", "NULL", "~", "", "=", "<<"),
    *("1:30", "02:30", "24:00", "12:30:45", "010", "0o10", "0x1f", "1_000", "1e3", ".inf", "-.5", "9" * 30, "+1"),
    *("2025-10-08", "2025-10-08T09:00", "1234e56789012345"),
)
AWKWARD = (
    *("- a", "a: b", "a #b", "#", "?", "? a", "|", ">", "&a", "*a", "!a", "%a", "@", "`", "{", "[", "]", ",", "---"),
    *("'", '"', 'it\'s "so"', "two\nlines", "\n", "\t", " a", "a ", "\\", "\r\n", "\x85", "\u2028", "\u3000", "\xad"),
    *("日期：今天", "“引号”、逗号，", "😀", "a：", "..."),
)


@pytest.mark.parametrize("text", [*QUOTED, *AWKWARD])
def test_text_stays_text(text: str) -> None:
    assert read({"a": text, "b": [text], text: 1}) == {"a": text, "b": [text], text: 1}


@pytest.mark.parametrize("text", QUOTED)
def test_what_others_could_take_for_something_else_is_quoted(text: str) -> None:
    assert dumped([text]).rstrip() == f"- '{text}'" or dumped([text]).startswith("  - '")
    assert yaml.safe_load(dumped([text])) == [text]


@pytest.mark.parametrize("value", [1, 0, -1, 1.0, -0.0, 1.5e300, 1e-7, 0.1, 123456789012345678, True, False, None])
def test_values_keep_their_type(value: object) -> None:
    assert json.dumps(read([value])) == json.dumps([value])


TEXTS = st.text(max_size=20).filter(lambda text: UNFIT.search(text) is None) | st.sampled_from((*QUOTED, *AWKWARD))
NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
DATA = st.recursive(
    TEXTS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_anything_is_read_back_as_it_was(value: object) -> None:
    assert json.dumps(read({"value": value})) == json.dumps({"value": value})


def test_a_policy_reads_well() -> None:
    text = pe.dump(pe.load(GOOD / "recurring.yaml"))
    assert "\n    title:\n      zh: 每日检查\n      en: inspect every day\n" in text
    assert "\nversions:\n  - in_force:\n      from: '2024-02-28'\n" in text
    assert "  - id: once-a-day\n" in text
    assert "at: '00:00'\n    in_person: true\n" in text
    assert list(yaml.safe_load(text)) == list(json.loads(pe.load(GOOD / "recurring.yaml").document))


def test_nothing_is_folded_over_lines() -> None:
    words = " ".join(["word"] * 200)
    assert words in dumped({"a": words})


def read(value: object) -> object:
    document = parse(Source("dumped.yaml", dumped(value)))
    assert document.root is not None, document.diagnostics
    assert document.diagnostics == ()
    return plain(document.root)
