"""Unquoted scalars: the YAML 1.2 core schema, table by table."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.loading.scalars import UNFIT, NumberRefusedError, Value, resolve, shown_character


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        ("0", 0),
        ("24", 24),
        ("-7", -7),
        ("+7", 7),
        ("-0", 0),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("0x00000000000000000000000000000000000001", 1),
        ("999999999999999999", 10**18 - 1),
        ("-999999999999999999", 1 - 10**18),
        ("000000000000000000000001", 1),
    ],
)
def test_words_and_whole_numbers(text: str, value: Value) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5", 1.5), ("-.5", -0.5), ("5.", 5.0), ("1e3", 1000.0), ("1E-2", 0.01), ("+1.0", 1.0), ("1.10", 1.1)],
)
def test_fractions_are_never_whole_numbers(text: str, value: float) -> None:
    assert resolve(text) == value
    assert isinstance(resolve(text), float)


@pytest.mark.parametrize(
    "text",
    [
        "24:00",
        "1:30",
        "12:30:45",
        "190:20:30",
        "2025-10-08",
        "2025-10-08T23:30:00+08:00",
        "on",
        "off",
        "yes",
        "no",
        "NO",
        "y",
        "n",
        "nULL",
        "tRUE",
        "1_000",
        "0b1",
        "0o8",
        "0xG",
        "-0x1",
        "+0o7",
        "1e",
        "e1",
        ".",
        "-",
        "+",
        "--1",
        "1.2.3",
        "1,000",
        ".e1",
        "<<",
        "=",
        "١٢",
        "１２",
        ".infinity",
        "inf",
        "nan",
        "-.nan",
    ],
)
def test_all_else_stays_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1000000000000000000", id="nineteen digits"),
        pytest.param("-1000000000000000000", id="nineteen digits below zero"),
        pytest.param("0x" + "f" * 18, id="long hexadecimal"),
        pytest.param("0o" + "7" * 21, id="long octal"),
        pytest.param("0x" + "0" * 50 + "1", id="hexadecimal with many zeros"),
        pytest.param("9" * 10_000, id="ten thousand digits"),
        pytest.param("0" * 10_000, id="ten thousand zeros"),
        pytest.param("1.0000000000000000000", id="nineteen digits after a point"),
        pytest.param("1e400", id="beyond the greatest number"),
        pytest.param("1e" + "9" * 10_000, id="endless exponent"),
        *(pytest.param(text, id=text) for text in (".inf", "-.inf", "+.INF", ".Inf", ".nan", ".NaN", ".NAN")),
    ],
)
def test_numbers_that_cannot_be_kept_exactly_are_refused(text: str) -> None:
    with pytest.raises(NumberRefusedError):
        resolve(text)


@given(st.integers(1 - 10**18, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False))
def test_every_other_number_that_python_writes_is_read_back(number: float) -> None:
    assert resolve(repr(number)) == number


@given(st.text(alphabet="0123456789+-.eExXo_:infaINFA~", max_size=60))
def test_no_text_brings_the_resolver_down(text: str) -> None:
    with suppress(NumberRefusedError):
        resolve(text)


@pytest.mark.parametrize(
    "character", ["\t", "\n", "\x85", "\xa0", " ", "长", "\u3000", "\u2028", "\ue000", "\U0001f600", "~"]
)
def test_characters_that_files_may_hold(character: str) -> None:
    assert UNFIT.search(character) is None


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x80", "U+0080"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_characters_that_files_may_not_hold(character: str, name: str) -> None:
    assert UNFIT.search(character) is not None
    assert shown_character(character) == name
