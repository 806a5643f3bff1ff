"""The way in: which reader takes a text, JSON Lines, and what no text may bring down."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from policyengine.diagnostics import Span
from policyengine.loading import yaml_events, yaml_nodes
from policyengine.loading.yaml_nodes import (
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    decode,
    parse,
    parse_lines,
    plain,
)


def faults(document: Document) -> list[str]:
    return [f"{each.code} {str(each.span).split(':', 1)[1]}" for each in document.diagnostics]


def value(document: Document) -> object:
    return None if document.root is None else plain(document.root)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("a.yaml", '{"a": "\\ud83d\\ude00"}', {"a": "😀"}, id="JSON under a YAML name"),
        pytest.param("<text>", '{\n\t"a": 1\n}', {"a": 1}, id="JSON with tabs and no name"),
        pytest.param("a.yaml", '{"a": 1} # note', {"a": 1}, id="braces with a comment are YAML"),
        pytest.param("a.yaml", "{a: 1, b: [x, 24:00],}", {"a": 1, "b": ["x", "24:00"]}, id="braces of YAML"),
        pytest.param("a.yaml", "[0x1F]", [31], id="brackets of YAML"),
    ],
)
def test_brackets_are_json_if_they_can_be(name: str, text: str, expected: object) -> None:
    document = parse(Source(name, text))
    assert faults(document) == []
    assert value(document) == expected


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.json", "JSON"), ("cases.jsonl", "JSON"), ("cases.ndjson", "JSON"), ("a.yaml", "YAML"), ("<text>", "YAML")],
)
def test_the_name_says_which_form_is_expected(name: str, form: str) -> None:
    (found,) = parse(Source(name, "{a: b: c}")).diagnostics
    assert dict(found.args)["format"] == form


def test_faults_seen_while_trying_json_are_not_told_twice() -> None:
    assert faults(parse(Source("a.yaml", '{"a": 1, "a": 2,}'))) == ["PE107 1:10"]


def test_a_document_words_faults_with_the_line() -> None:
    document = parse(Source("a.yaml", "roles:\n  office: 1\n"))
    span = Span("a.yaml", 2, 3, 2, 9)
    found = document.fault("PE203", span, name="ofice", suggestion="office", declared=span)
    assert (found.excerpt, found.args) == ("  office: 1", (("name", "ofice"),))
    assert found.help() == "did you mean `office`, declared at a.yaml:2:3?"


def test_binary_junk_is_told_in_few_words() -> None:
    assert len(parse(Source("a.yaml", "\0\x01" * 5000)).diagnostics) == 10


LINES = """\
{"id": "一", "n": 1}

{"id": 2
\t
[1, NaN]
{"id": "三"}"""


def test_each_line_is_a_document_of_its_own() -> None:
    documents = parse_lines(Source("cases.jsonl", LINES))
    assert [value(each) for each in documents] == [{"id": "一", "n": 1}, None, [1, "NaN"], {"id": "三"}]
    assert [faults(each) for each in documents] == [[], ["PE104 3:9"], ["PE112 5:5"], []]
    last = documents[-1].root
    assert isinstance(last, Mapping)
    assert last.span == Span("cases.jsonl", 6, 1, 6, 12)
    assert documents[1].diagnostics[0].excerpt == '{"id": 2'


def test_lines_are_json_and_never_yaml() -> None:
    (document,) = parse_lines(Source("cases.yaml", "id: 1"))
    assert faults(document) == ["PE104 1:1"]


def test_only_the_line_itself_is_blamed_for_its_characters() -> None:
    documents = parse_lines(Source("cases.jsonl", '[1]\n["\x07"]\n[2]\n'))
    assert [faults(each) for each in documents] == [[], ["PE118 2:3"], []]


def test_a_line_break_of_unicode_does_not_end_a_line() -> None:
    documents = parse_lines(Source("cases.jsonl", '["a\u2028b\x85"]\n[2]'))
    assert [value(each) for each in documents] == [["a\u2028b\x85"], [2]]


def test_no_lines_no_documents() -> None:
    assert parse_lines(Source("cases.jsonl", "\n  \n")) == ()


def test_the_public_names_are_sorted_and_there() -> None:
    names = yaml_nodes.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name.islower(), name))
    assert all(hasattr(yaml_nodes, name) for name in names)


def spans(node: Node) -> list[Span]:
    match node:
        case Mapping():
            inner = [span for key, item in node.entries for span in (key.span, *spans(item))]
        case Sequence():
            inner = [span for item in node.items for span in spans(item)]
        case _:
            inner = []
    return [node.span, *inner]


def check(source: Source, document: Document) -> None:
    found = [] if document.root is None else spans(document.root)
    found += [each.span for each in document.diagnostics if each.span is not None]
    last = source.position(len(source.text))
    for span in found:
        start, end = (span.line, span.column), (span.end_line, span.end_column)
        assert (1, 1) <= start <= end <= last
        assert span.column <= len(source.line(span.line)) + 1
        assert span.end_column <= len(source.line(span.end_line)) + 1
    assert document.root is not None or document.diagnostics
    for each in document.diagnostics:
        assert each.message("zh").isprintable()
        assert each.help("en")


# Pieces that mean something to YAML or JSON are far likelier to do harm than characters at random.
PIECES = st.sampled_from(
    [
        *"[]{},:-?&*!|>'\"%@`#~<=\\ \n\t\r\x85\u2028\u2029\ufeff\0\x07\ud800：，长",
        "  ",
        "\n  ",
        "\n- ",
        "\n---\n",
        "\n...\n",
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!str ",
        "!<x> ",
        "! ",
        "a",
        "b: ",
        "1",
        "0x1",
        ".inf",
        "null",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "|\n",
        ">-\n",
        "\\ud83d",
        "\\UFFFFFFFF",
        "<<: ",
        '"a"',
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
@example("- ? b: \n\n- ")
def test_no_text_brings_the_readers_down(text: str) -> None:
    source = Source("a.yaml", text)
    for document in (parse(source), *parse_lines(source), parse(Source("a.json", text))):
        check(source, document)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_both_loaders_read_the_same(text: str) -> None:
    source = Source("a.yaml", text)
    fast = parse(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_events, "LOADER", yaml.SafeLoader)
        slow = parse(source)
    check(source, slow)
    if not (fast.diagnostics or slow.diagnostics):
        assert fast.root == slow.root


@given(st.binary(max_size=100))
def test_no_bytes_bring_the_readers_down(data: bytes) -> None:
    source, _ = decode("a.yaml", data)
    if source is not None:
        check(source, parse(source))


NAMES = st.text(alphabet="ab长治标题é😀", min_size=1, max_size=5)


@given(st.dictionaries(NAMES, NAMES, min_size=1), st.integers(0, 3))
def test_spans_frame_exactly_what_was_written(pairs: dict[str, str], indent: int) -> None:
    lines = [f"{' ' * indent}{key}: {text}  # 注" for key, text in pairs.items()]
    source = Source("a.yaml", "# 题\n" + "\n".join(lines))
    root = parse(source).root
    assert isinstance(root, Mapping)
    for key, item in root.entries:
        assert isinstance(item, Scalar)
        for node in (key, item):
            line = source.line(node.span.line)
            assert line[node.span.column - 1 : node.span.end_column - 1] == node.value


@pytest.mark.parametrize(
    "piece", ["[", "{", "- ", "? a\n", "a: ", "&a ", "- *a\n", '"', "\n", "%TAG !a! x\n", "甲", "\t"]
)
def test_a_megabyte_of_anything_ends_soon(piece: str) -> None:
    source = Source("a.yaml", piece * (1_000_000 // len(piece)))
    start = time.process_time()
    parse(source)
    assert time.process_time() - start < 30  # quadratic work would take minutes
