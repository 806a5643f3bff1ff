"""Changes to bytes that know nothing of what the bytes mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

# What breaks readers: marks of YAML and JSON, Chinese punctuation, characters that end lines or are none, and bytes
# that are no UTF-8.
SPLINTERS = tuple(
    each if isinstance(each, bytes) else each.encode()
    for each in (
        *(
            "：",
            "，",
            "“",
            "、",
            "\u3000",
            "\ufeff",
            "\x00",
            "\x07",
            "\x85",
            "\u2028",
            "\ud7ff",
            "😀",
            "\t",
            "\r",
            "\r\n",
        ),
        *(":", ": ", "- ", "?", "? ", "|", ">", "&a ", "*a", "<<: *a", "!!python/object:os.system ", "%TAG ! x:\n"),
        *("---\n", "...\n", "{", "}", "[", "]", "{}", '"', "'", ",", "#", "\\", "\\ud800", "\\u0000", "@", "`", "~"),
        *("null", "true", "1e999", ".nan", "0x1f", "010", "24:00", "2025-02-30", "12:30:45", "9" * 30, "a" * 200),
        *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe", b"\xef\xbb\xbf"),
    )
)


def mutated_bytes(data: bytes, chance: Random) -> bytes:
    """Return *data* with one change that knows nothing of its structure."""
    if not data:
        return chance.choice(SPLINTERS)
    change: Callable[[bytes, Random], bytes] = chance.choice(BYTE_CHANGES)
    return change(data, chance)


def _stretch(data: bytes, chance: Random, longest: int = 40) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.randint(1, longest))


def _splintered(data: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + chance.choice(SPLINTERS) + data[chance.choice((start, end)) :]


def _flipped(data: bytes, chance: Random) -> bytes:
    start, _ = _stretch(data, chance)
    return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]


def _cut(data: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance, 400)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance, 400)
    return data[:end] + data[start:end] * chance.randint(1, 3) + data[end:]


def _truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _moved(data: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance, 200)
    rest = data[:start] + data[end:]
    place = chance.randint(0, len(rest))
    return rest[:place] + data[start:end] + rest[place:]


def _lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[here], lines[there] = chance.choice((b"", b" ", b"  ", b"\t")) + lines[there], lines[here]
    return b"\n".join(lines)


def _recoded(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    whole = (
        lambda: data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\x85", b"\xe2\x80\xa8"))),
        lambda: text.encode(chance.choice(("utf-16", "utf-16-be", "utf-8-sig", "utf-32")), "replace"),
        lambda: text.encode("gb18030", "replace"),
        lambda: text.replace(
            chance.choice((": ", ", ", "[", "{", '"')), chance.choice(("：", "，", "［", "“"))
        ).encode(),
        lambda: b"[" * chance.choice((63, 64, 65, 5000)) + data,
        lambda: b"{a: " * chance.choice((63, 64, 65, 5000)) + data,
    )
    return chance.choice(whole)()


BYTE_CHANGES = (_splintered, _splintered, _flipped, _cut, _doubled, _truncated, _moved, _lines, _recoded)
