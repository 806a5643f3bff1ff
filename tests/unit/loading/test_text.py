"""Reading files: what is refused, what is mended, and where excerpts are cut."""

from __future__ import annotations

import os
import pickle
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.diagnostics import Diagnostic, Span
from policyengine.loading.text import EXCERPT_WIDTH, MAX_FILE_BYTES, Source, caret_column, decode, read_source


def refusal(path: Path | str, *, limit: int = MAX_FILE_BYTES) -> Diagnostic:
    source, diagnostics = read_source(path, limit=limit)
    assert source is None
    (found,) = diagnostics
    assert found.span is not None
    return found


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.yaml"
    path.write_bytes(data)
    return path


def test_a_readable_file_comes_with_its_name_and_text(tmp_path: Path) -> None:
    path = written(tmp_path, "policy: 长治\n".encode())
    assert read_source(path) == (Source(str(path), "policy: 长治\n"), ())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"\xef\xbb\xbfa: 1", "a: 1", id="byte order mark dropped"),
        pytest.param(b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n", id="windows line ends"),
        pytest.param(b"a: 1\rb: 2", "a: 1\nb: 2", id="old mac line ends"),
        pytest.param(b"a\r\r\nb", "a\n\nb", id="cr before crlf is a line of its own"),
        pytest.param(b"", "", id="empty file"),
    ],
)
def test_marks_and_line_ends_are_mended(tmp_path: Path, data: bytes, text: str) -> None:
    source, diagnostics = read_source(written(tmp_path, data))
    assert diagnostics == ()
    assert source is not None
    assert source.text == text


def test_missing_file(tmp_path: Path) -> None:
    found = refusal(tmp_path / "no.yaml")
    assert (found.code, found.message()) == ("PE101", "cannot read the file: no such file")
    assert str(found.span) == f"{tmp_path / 'no.yaml'}:1:1"


def test_file_below_a_file(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"") / "b.yaml").message() == "cannot read the file: no such file"


def test_directory(tmp_path: Path) -> None:
    assert refusal(tmp_path).message() == "cannot read the file: it is a directory"


def test_name_with_a_nul_byte() -> None:
    assert refusal("a\0b.yaml").code == "PE101"


def test_name_that_is_no_text(tmp_path: Path) -> None:
    found = refusal(f"{tmp_path}/\ud800\nb.yaml")
    assert found.code == "PE101"
    assert str(found.span).isprintable()


def test_name_longer_than_the_system_allows() -> None:
    assert refusal("a" * 5000).message() == "cannot read the file: file name too long"


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert refusal(tmp_path / "a").code == "PE101"


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, b"a: 1")
    monkeypatch.setattr(os, "open", refuse)
    assert refusal(path).message() == "cannot read the file: permission denied"


def test_file_that_vanishes_between_look_and_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"a: 1")
    regular = path.stat()
    path.unlink()
    monkeypatch.setattr(Path, "stat", lambda _: regular)
    assert refusal(path).message() == "cannot read the file: no such file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    regular = written(tmp_path, b"").stat()
    os.mkfifo(tmp_path / "fifo")
    assert refusal(tmp_path / "fifo").message() == "cannot read the file: not a regular file"
    # A file that turns into a FIFO after the first look must not be waited for either.
    monkeypatch.setattr(Path, "stat", lambda _: regular)
    assert refusal(tmp_path / "fifo").message() == "cannot read the file: not a regular file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_devices_are_refused(device: str) -> None:
    if not Path(device).exists():
        pytest.skip("the system has no such device")
    assert refusal(device).message() == "cannot read the file: not a regular file"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert refusal("s").message() == "cannot read the file: not a regular file"


def test_size_at_the_limit_and_one_byte_past_it(tmp_path: Path) -> None:
    source, _ = read_source(written(tmp_path, b"12345"), limit=5)
    assert source is not None
    found = refusal(written(tmp_path, b"123456"), limit=5)
    assert (found.code, found.message()) == ("PE102", "the file has 6 bytes, more than the 5 allowed")


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    os.truncate(path, 50_000_000)
    assert refusal(path).args == (("size", "50000000"), ("limit", str(MAX_FILE_BYTES)))


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"")
    before = path.stat()
    path.write_bytes(b"123456")
    monkeypatch.setattr(os, "fstat", lambda _: before)
    assert refusal(path, limit=5).code == "PE102"


@pytest.mark.parametrize(
    ("data", "place", "offset", "excerpt"),
    [
        pytest.param(b"a: \xff\n", (1, 4), 3, "a: \ufffd", id="byte that no text has"),
        pytest.param(
            "a: 1\r\n标题: ".encode() + b"\xb0\xa1", (2, 5), 14, "标题: \ufffd\ufffd", id="gb18030 after chinese"
        ),
        pytest.param(b"\xef\xbb\xbfa\xff", (1, 2), 4, "a\ufffd", id="offset counts the byte order mark"),
        pytest.param("值".encode()[:2], (1, 1), 0, "\ufffd", id="character cut off by the end"),
        pytest.param(b"\xed\xa0\x80", (1, 1), 0, "\ufffd\ufffd\ufffd", id="surrogate written as utf-8"),
        pytest.param(b"\r\xff", (2, 1), 1, "\ufffd", id="after a lone carriage return"),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, place: tuple[int, int], offset: int, excerpt: str) -> None:
    source, (found,) = decode("a.yaml", data)
    assert source is None
    assert found.span is not None
    assert (found.code, found.args) == ("PE103", (("offset", str(offset)),))
    assert (found.span.line, found.span.column) == place
    assert found.excerpt == excerpt


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-32"])
def test_other_unicode_encodings_are_named(encoding: str) -> None:
    source, (found,) = decode("a.yaml", "a: 1".encode(encoding))
    assert source is None
    assert (found.code, found.message()) == ("PE125", f"the file is saved as {encoding}, not as UTF-8")


@given(st.binary(max_size=200))
def test_no_bytes_bring_decoding_down(data: bytes) -> None:
    source, diagnostics = decode("a.yaml", data)
    assert (source is None) == bool(diagnostics)


SOURCE = Source("a.yaml", "policy: 长治\n\nb: 2\n")


@pytest.mark.parametrize(
    ("number", "line"),
    [(0, ""), (1, "policy: 长治"), (2, ""), (3, "b: 2"), (4, ""), (5, ""), (-1, "")],
)
def test_lines_are_counted_from_one_and_absent_ones_are_empty(number: int, line: str) -> None:
    assert SOURCE.line(number) == line


def test_other_line_breaks_of_unicode_do_not_shift_lines() -> None:
    assert Source("a.yaml", "a\u2028b\x85c\u2029d\x0be\n2").line(2) == "2"


@given(st.text(alphabet="ab\n\r\u2028长\ufeff"), st.data())
def test_positions_agree_with_counting(text: str, data: st.DataObject) -> None:
    source = Source("a.yaml", text)
    offset = data.draw(st.integers(0, len(source.text)))
    before = source.text[:offset]
    assert source.position(offset) == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    end = data.draw(st.integers(offset, len(source.text)))
    assert source.span(offset, end) == Span("a.yaml", *source.position(offset), *source.position(end))


def test_a_source_can_be_pickled_compared_and_hashed() -> None:
    again = pickle.loads(pickle.dumps(SOURCE))  # noqa: S301 - our own bytes
    assert again == SOURCE
    assert hash(again) == hash(SOURCE)
    assert again.line(3) == "b: 2"


def at_column(column: int) -> Span:
    return Span("a.yaml", 1, column, 1, column + 1)


@pytest.mark.parametrize("column", [1, 60, 61, 139, 140, 141, 142, 200, 201, 5000, 9999, 10_000])
def test_the_caret_points_at_the_same_character_in_the_excerpt(column: int) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(10_000))
    excerpt = Source("a.yaml", text).excerpt(at_column(column))
    assert len(excerpt) <= EXCERPT_WIDTH
    assert excerpt[caret_column(at_column(column)) - 1] == text[column - 1]
    assert excerpt.startswith("…") == (column > 140)
    assert excerpt.endswith("…") == (column < 9800)


def test_a_caret_just_behind_a_long_line_stays_in_reach() -> None:
    excerpt = Source("a.yaml", "x" * 1000).excerpt(at_column(1001))
    assert caret_column(at_column(1001)) == len(excerpt) + 1


def test_a_line_of_full_width_is_not_cut() -> None:
    assert Source("a.yaml", "x" * EXCERPT_WIDTH).excerpt(at_column(1)) == "x" * EXCERPT_WIDTH


def test_characters_without_a_form_keep_their_place() -> None:
    assert Source("a.yaml", "\ta\x00b\u2028c　d\ud800").excerpt(at_column(1)) == " a\ufffdb\ufffdc　d\ufffd"


def test_a_fault_carries_line_suggestion_and_declaration() -> None:
    found = SOURCE.fault("PE113", at_column(1), key="b", allowed="`a`", suggestion="a", declared=at_column(3))
    assert found.excerpt == "policy: 长治"
    assert found.help() == "did you mean `a`, declared at a.yaml:1:3?"
