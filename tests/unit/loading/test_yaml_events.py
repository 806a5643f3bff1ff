"""YAML: each trap closed, with libyaml and without."""

from __future__ import annotations

from itertools import pairwise

import pytest
import yaml

from policyengine.loading import yaml_events
from policyengine.loading.yaml_nodes import Document, Source, parse, plain
from policyengine.wording import Wording


@pytest.fixture(autouse=True, params=["libyaml", "pure python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    if request.param == "pure python":
        monkeypatch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
    return str(request.param)


def read(text: str) -> Document:
    return parse(Source("a.yaml", text))


def faults(document: Document) -> list[str]:
    return [f"{each.code} {str(each.span).removeprefix('a.yaml:')}" for each in document.diagnostics]


def values(text: str) -> object:
    document = read(text)
    assert faults(document) == []
    assert document.root is not None
    return plain(document.root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("open: 24:00", {"open": "24:00"}, id="time of day"),
        pytest.param("a: 1:30", {"a": "1:30"}, id="no numbers to base sixty"),
        pytest.param("country: NO", {"country": "NO"}, id="norway"),
        pytest.param("on: off", {"on": "off"}, id="on and off, as key and value"),
        pytest.param("a: 010", {"a": 10}, id="leading zero is decimal"),
        pytest.param("a: 2025-10-08", {"a": "2025-10-08"}, id="date"),
        pytest.param("a: '12'", {"a": "12"}, id="quoted number"),
        pytest.param('a: "null"', {"a": "null"}, id="quoted null"),
        pytest.param("a: |\n  12\n", {"a": "12\n"}, id="block text"),
        pytest.param("a: >-\n  12\n  13\n", {"a": "12 13"}, id="folded text"),
        pytest.param("a: ! 12", {"a": "12"}, id="the tag without a name makes text"),
        pytest.param("a:\nb: ~", {"a": None, "b": None}, id="nothing and tilde"),
        pytest.param("<<: {a: 1}", {"<<": {"a": 1}}, id="merge key is a key like others"),
        pytest.param("=: 1", {"=": 1}, id="the default key of YAML 1.1 is text"),
        pytest.param('"1": a', {"1": "a"}, id="quoted key"),
        pytest.param("? a\n: b", {"a": "b"}, id="explicit key"),
        pytest.param("[a: b, c]", [{"a": "b"}, "c"], id="single pair in a list"),
        pytest.param("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}, id="directive, start and end"),
        pytest.param("# note\n\n'text'", "text", id="text alone"),
        pytest.param("~", None, id="an explicit null is not an empty document"),
        pytest.param("a: {b, c: d}", {"a": {"b": None, "c": "d"}}, id="key without value in braces"),
        pytest.param("a: &x 1\nb: *x", {"a": 1, "b": 1}, id="alias"),
        pytest.param("- &x a\n- &x b\n- *x", ["a", "b", "b"], id="anchor declared again"),
        pytest.param("- &x [&x a, *x]\n- *x", [["a", "a"], "a"], id="anchor declared again inside itself"),
        pytest.param("&k a: 1\nb: *k", {"a": 1, "b": "a"}, id="alias of a key"),
        pytest.param("- &k a\n- *k : 1", ["a", {"a": 1}], id="alias as a key"),
        pytest.param("注: 'a：b，c'\n", {"注": "a：b，c"}, id="quoted full-width punctuation"),
        pytest.param("- 注意：报告", ["注意：报告"], id="full-width punctuation in text"),
    ],
)
def test_values(text: str, value: object) -> None:
    assert values(text) == value


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        pytest.param("a: 1\nb: 2\na: 3", ["PE107 3:1"], {"a": 1, "b": 2}, id="key twice: the first stays"),
        pytest.param("a: 1\n'a': 2", ["PE107 2:1"], {"a": 1}, id="key twice, once in quotes"),
        pytest.param("x:\n  - {a: 1, a: 2}", ["PE107 2:12"], {"x": [{"a": 1}]}, id="key twice in braces"),
        pytest.param("1: a", ["PE111 1:1"], {"1": "a"}, id="number as key"),
        pytest.param("null: a\ntrue: b\n1.5: c", ["PE111 1:1", "PE111 2:1", "PE111 3:1"], None, id="words as keys"),
        pytest.param(".inf: a", ["PE111 1:1"], {".inf": "a"}, id="refused number as key"),
        pytest.param("? [a, b]\n: 1\nc: 2", ["PE111 1:3"], {"c": 2}, id="list as key"),
        pytest.param("{{a: 1}: 2, c: 3}", ["PE111 1:2"], {"c": 3}, id="mapping as key"),
        pytest.param("- &k 1\n- *k : 1", ["PE111 2:3"], [1, {}], id="alias of a number as key"),
        pytest.param("a: .inf\nb: 1e999", ["PE112 1:4", "PE112 2:4"], {"a": ".inf", "b": "1e999"}, id="not finite"),
        pytest.param("a: 1234567890123456789", ["PE112 1:4"], {"a": "1234567890123456789"}, id="nineteen digits"),
        pytest.param("a: !!python/object:os.system x", ["PE110 1:4"], {"a": "x"}, id="python tag"),
        pytest.param("a: !!str 1", ["PE110 1:4"], {"a": 1}, id="core tag"),
        pytest.param("a: !foo {b: 1}", ["PE110 1:4"], {"a": {"b": 1}}, id="local tag of a mapping"),
        pytest.param("a: &x !<tag:b> [1]", ["PE110 1:7"], {"a": [1]}, id="tag behind an anchor"),
        pytest.param(
            'a: "\\0"\nb: "\\e"', ["PE118 1:4", "PE118 2:4"], {"a": "\ufffd", "b": "\ufffd"}, id="escaped control"
        ),
        pytest.param("a\0b: 1\n\x07", ["PE118 1:2", "PE118 2:1", "PE104 2:1"], None, id="raw controls"),
        pytest.param("a: \ud800", ["PE118 1:4"], {"a": "\ufffd"}, id="lone surrogate"),
        pytest.param("a: \ufeffb", ["PE118 1:4"], {"a": "\ufffdb"}, id="byte order mark within"),
        pytest.param("a: *b", ["PE121 1:4"], {"a": "*b"}, id="unknown anchor"),
        pytest.param("- *b\n- &b 1", ["PE121 1:3"], ["*b", 1], id="alias before its anchor"),
        pytest.param("&a [1, *a]", ["PE123 1:8"], [1, "*a"], id="list within itself"),
        pytest.param("&a {b: {c: *a}}", ["PE123 1:12"], {"b": {"c": "*a"}}, id="mapping within itself"),
        pytest.param("a: 1\n---\nb: 2", ["PE109 2:1"], {"a": 1}, id="second document"),
        pytest.param("---\n---\n", ["PE108 1:1", "PE109 2:1"], None, id="second document after an empty one"),
        pytest.param(
            "a: 1\na: .nan\n2: !x y\nb: *c\n---\n",
            ["PE107 2:1", "PE112 2:4", "PE111 3:1", "PE110 3:4", "PE121 4:4", "PE109 5:1"],
            {"a": 1, "2": "y", "b": "*c"},
            id="all faults in one pass",
        ),
        pytest.param("a: 1\na: 2\nb: [", ["PE107 2:1", "PE104 3:5"], None, id="faults before a syntax error stay"),
        *(
            pytest.param(text, ["PE108 1:1"], None, id=f"empty document: {name}")
            for text, name in [("", "no text"), ("\n\n", "blank lines"), ("# x\n", "comment"), ("---\n", "start alone")]
        ),
    ],
)
def test_faults_that_leave_the_rest_readable(text: str, expected: list[str], value: object) -> None:
    document = read(text)
    assert sorted(faults(document)) == sorted(expected)
    if value is not None:
        assert document.root is not None
        assert plain(document.root) == value


def test_a_key_given_twice_names_both_places() -> None:
    (found,) = read("角: 1\n角: 2").diagnostics
    assert found.message() == "the key `角` stands twice in one mapping"
    assert found.help() == "the first one is at a.yaml:1:1; keep one of the two"
    assert found.excerpt == "角: 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("~: a", "a key must be text, found `~`"),
        ("{a: 1, ? }", "a key must be text, found `null`"),
        ("? {a: 1}\n: b", "a key must be text, found `{…}`"),
        ("a: !!int '1'", "the tag `!!int` is not allowed"),
        ("a: !<tag:x.org:y> 1", "the tag `tag:x.org:y` is not allowed"),
    ],
)
def test_messages_show_what_was_written(text: str, message: str) -> None:
    (found,) = read(text).diagnostics
    assert found.message() == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: b: c", "PE104 1:5", id="two colons in a line"),
        pytest.param("角色: [一, 二\n名: 1", "PE104 1:5", id="bracket left open, shown where it opens"),
        pytest.param("x: 1\na: [一, 二\n\n", "PE104 2:4", id="bracket left open to the end"),
        pytest.param('角: 1\n色: "一\nb: 2\n', "PE104 2:4", id="quote left open"),
        pytest.param("a: 1\nbcd\ne: 2", "PE104 2:1", id="key without colon"),
        pytest.param("a: 1\n bad: 2\n", "PE104 2:5", id="indentation too deep"),
        pytest.param("a:\n  b: [1,\n\n\n", "PE104 2:9", id="end of text within brackets"),
        pytest.param("a: @b", "PE104 1:4", id="reserved character"),
        pytest.param("a: 'b' c", "PE104 1:8", id="text behind quotes"),
        pytest.param("%YAML 2.0\n---\na: 1", "PE104 1:1", id="another version"),
        pytest.param("%YAML 1." + "1" * 5000 + "\n---\na", "PE104", id="endless version"),
        pytest.param("a: 1\n...\nb: 2", "PE104 3:1", id="text after the end"),
        pytest.param('a: "\\q"', "PE104 1:", id="unknown escape"),
        pytest.param('a: "\\UFFFFFFFF"', "PE104", id="escape beyond unicode"),
        pytest.param("a:\n\tb: 1", "PE124 2:1", id="tab as indentation"),
        pytest.param("%TAG !e! tag:x\n---\na: 1", "PE110 1:1", id="declaration of tags"),
        pytest.param("[" * 65 + "]" * 65, "PE105 1:65", id="sixty-five brackets"),
        pytest.param("[" * 20_000, "PE105 1:65", id="twenty thousand brackets"),
        pytest.param("{a: " * 65, "PE105", id="sixty-five braces"),
        pytest.param("- " * 20_000, "PE105 1:129", id="twenty thousand dashes"),
        pytest.param(
            "\n".join(" " * n + "a:" for n in range(65)), "PE105 65:65", id="sixty-five levels of indentation"
        ),
    ],
)
def test_faults_that_end_reading(text: str, expected: str) -> None:
    document = read(text)
    assert document.root is None
    (found,) = faults(document)
    assert found.startswith(expected)


def test_sixty_four_levels_are_allowed() -> None:
    assert read("[" * 64 + "]" * 64).diagnostics == ()


def test_aliases_count_towards_the_depth() -> None:
    chain = ["- &a0 []", *(f"- &a{n} [*a{n - 1}]" for n in range(1, 80))]
    # The outer list, 62 lists in the chain and the innermost make 64.
    assert faults(read("\n".join(chain[:63]))) == []
    assert faults(read("\n".join(chain))) == ["PE105 64:9"]


def test_a_bomb_of_aliases_is_stopped_at_once() -> None:
    levels = "abcdefghijklmnop"
    lines = [f"a: &a [{', '.join('x' * 10)}]"]
    lines += [f"{this}: &{this} [{', '.join([f'*{last}'] * 10)}]" for last, this in pairwise(levels)]
    document = read("\n".join(lines))
    assert document.root is None
    (found,) = document.diagnostics
    assert found.message() == "more than 1000000 values in one document, aliases counted each time they are used"
    assert found.span is not None
    assert found.span.line == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("policy：changzhi", "PE119 1:7", id="the whole document on a line"),
        pytest.param("# 注\npolicy：changzhi\ntitle：长治", "PE119 2:7", id="every line"),
        pytest.param("policy: a\ntitle：长治\nroles: []\n", "PE119 2:6", id="a line between others"),
        pytest.param("roles:\n  - id：a\n\n    title: b\n", "PE119 2:7", id="the line above the refused colon"),
        pytest.param('{"a"：1}', "PE119 1:5", id="colon behind quotes"),
        pytest.param('a: ["甲"，"乙"]', "PE119 1:8", id="comma between quotes"),
        pytest.param("a: {zh: 甲，en: b}", "PE119 1:10", id="comma before a key in braces"),
        pytest.param("a: {b: ｛c: d｝}", "PE119 1:8", id="brace before a key"),
        pytest.param("x:\n  a: 1\n　　b: 2\n  c: 3", "PE119 3:1", id="space that indents"),
        pytest.param("a: 1\nb: 2\nc: 3", "PE119 2:3", id="space behind a colon"),
        pytest.param("- 注意：x\n-b\n", "PE104 2:1", id="not blamed for the line below"),
        pytest.param("- 注意：x\n- a: b: c\n", "PE104 2:7", id="not blamed for two colons below"),
    ],
)
def test_full_width_punctuation(text: str, expected: str) -> None:
    document = read(text)
    assert document.root is None
    assert faults(document) == [expected]


def test_full_width_punctuation_says_what_is_meant() -> None:
    (found,) = read("policy：a").diagnostics
    assert found.args == (
        ("found", "："),
        ("meant", Wording("半角 `:`，后加空格", "the half-width `:` followed by a space")),
    )
    assert "`：`" in found.message("zh")
    assert "`:`" in (found.help("en") or "")


def test_line_breaks_of_unicode_do_not_shift_places() -> None:
    document = read('a: "x\u2028y\x85z"\nb: 1\nb: 2')
    (found,) = document.diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column, found.excerpt) == (3, 1, "b: 2")


def test_faults_past_a_hundred_are_left_out() -> None:
    assert len(read("a: 1\n" * 5000).diagnostics) == 100
