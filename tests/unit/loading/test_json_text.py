"""JSON: strict by RFC 8259, with the same caps and refusals as YAML."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.loading import builder
from policyengine.loading.yaml_nodes import Document, Source, parse, plain


def read(text: str, name: str = "a.json") -> Document:
    return parse(Source(name, text))


def faults(document: Document) -> list[str]:
    return [f"{each.code} {str(each.span).split(':', 1)[1]}" for each in document.diagnostics]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        (" [ ] \n", []),
        ("12", 12),
        ("-0", 0),
        ("1.5e2", 150.0),
        ('"24:00"', "24:00"),
        ("null", None),
        ('{\t"a"\n\t:\n\t[true, false, null]\n}', {"a": [True, False, None]}),
        pytest.param(r'"\ud83d\ude00 \u957f \/ \n"', "😀 长 / \n", id="escapes, surrogate pairs joined"),
        pytest.param('"a\u2028b\x85c"', "a\u2028b\x85c", id="line breaks of unicode are text"),
        pytest.param('{"' + "k" * 5000 + '": 1}', {"k" * 5000: 1}, id="key longer than YAML allows"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "A.JSON"])
def test_values(text: str, value: object, name: str) -> None:
    document = read(text, name)
    assert faults(document) == []
    assert document.root is not None
    assert plain(document.root) == value


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("[1 2]", "1:4", "`,` or `]` is expected here"),
        ('{"a" 1}', "1:6", "`:` is expected here"),
        ('{"a":1 "b":2}', "1:8", "`,` or `}` is expected here"),
        ('{"a":1,}', "1:8", "a key in double quotes is expected here"),
        ("{1: 2}", "1:2", "a key in double quotes or `}` is expected here"),
        ("{a: 2}", "1:2", "a key in double quotes or `}` is expected here"),
        ("[1,]", "1:4", "a value is expected here"),
        ("[01]", "1:2", "a value or `]` is expected here"),
        ("[1.]", "1:2", "a value or `]` is expected here"),
        ("[+1]", "1:2", "a value or `]` is expected here"),
        ("[1}", "1:3", "`,` or `]` is expected here"),
        ("]", "1:1", "a value is expected here"),
        ("nulls", "1:1", "a value is expected here"),
        ("{}\n{}", "2:1", "the end of the text is expected here"),
        ("1, 2", "1:2", "the end of the text is expected here"),
        ("# x\n{}", "1:1", "a value is expected here"),
        ("[", "1:2", "the text ends where a value or `]` is expected"),
        ('{"长":\n', "1:6", "the text ends where a value is expected"),
        ('{"a"', "1:5", "the text ends where `:` is expected"),
        ('["长', "1:2", "a quoted text without end, or with a tab or line end in it"),
        ('["a\tb"]', "1:2", "a quoted text without end, or with a tab or line end in it"),
        ('["a\nb"]', "1:2", "a quoted text without end, or with a tab or line end in it"),
        (r'["ab\x"]', "1:5", "an escape that JSON does not have"),
        (r'["\u12"]', "1:4", "an escape that JSON does not have"),
    ],
)
def test_what_is_not_json(text: str, place: str, problem: str) -> None:
    document = read(text)
    assert document.root is None
    assert faults(document) == [f"PE104 {place}"]
    assert document.diagnostics[0].message() == f"not valid JSON: {problem}"


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        ('{"a":1,\n"a":2}', ["PE107 2:1"], {"a": 1}),
        ("[NaN, -Infinity]", ["PE112 1:2", "PE112 1:7"], ["NaN", "-Infinity"]),
        ("[1e999, 1234567890123456789]", ["PE112 1:2", "PE112 1:9"], ["1e999", "1234567890123456789"]),
        (r'["\ud800", "\u0000"]', ["PE118 1:2", "PE118 1:12"], ["\ufffd", "\ufffd"]),
        ('["\x00"]', ["PE118 1:3"], ["\ufffd"]),
        ("", ["PE108 1:1"], None),
        (" \n", ["PE108 1:1"], None),
        ('{"a"：1}', ["PE119 1:5"], None),
        ("[1，2]", ["PE119 1:3"], None),
        ('["a"，2]', ["PE119 1:5"], None),
        ("[" * 64 + "]" * 64, [], None),
        ("[" * 65 + "]" * 65, ["PE105 1:65"], None),
        ('{"a":' * 20_000, ["PE105 1:321"], None),
    ],
)
def test_faults_shared_with_yaml(text: str, expected: list[str], value: object) -> None:
    document = read(text)
    assert faults(document) == expected
    if value is not None:
        assert document.root is not None
        assert plain(document.root) == value


def test_keys_do_not_count_as_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MAX_VALUES", 4)
    assert faults(read('{"a": 1, "b": [2]}')) == []
    assert faults(read('{"a": 1, "b": [2, 3]}')) == ["PE106 1:19"]


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
    | st.sampled_from("\t\n\x85")
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 10**18, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]), st.sampled_from(["a.json", "a.yaml", "<text>"]))
def test_what_python_writes_is_read_back(value: object, ascii_only: bool, indent: int | str | None, name: str) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    if not (name == "a.json" or isinstance(value, list | dict)):
        text = f"[{text}]"
        value = [value]
    document = read(text, name)
    assert document.diagnostics == ()
    assert document.root is not None
    assert plain(document.root) == value


@given(st.text(alphabet='{}[],:"\\u0d8e1.-tfn \n', max_size=60))
def test_accepts_what_python_accepts_and_nothing_else(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        assert read(text).diagnostics
    else:
        assert "PE104" not in {each.code for each in read(text).diagnostics}
