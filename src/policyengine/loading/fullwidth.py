"""Chinese punctuation where YAML and JSON want their own: `：` for `:`, `，` for `,`, `“` for `"`."""

from __future__ import annotations

import re
from types import MappingProxyType

from policyengine.loading.nodes import Scalar
from policyengine.wording import Wording

MEANT = MappingProxyType({"：": ":", "，": ","})
_SPACES = MappingProxyType(
    {"\u3000": Wording("全角空格", "full-width space"), "\u00a0": Wording("不间断空格", "no-break space")}
)
_OPENING = MappingProxyType({"“": '"', "”": '"', "‘": "'", "「": '"', "［": "[", "【": "[", "｛": "{"})
_FIRST_WORD = r"[^\s：:，,\[\]{}\"'#]+"
_COLON = re.compile(rf"\s*(?:-\s+)*{_FIRST_WORD}：")
_LISTED = re.compile(r"[\w.-]+(?:([，、；])[\w.-]+)+")
_LONE_KEY = re.compile(rf"\s*{_FIRST_WORD}\s*")
_BEFORE_A_KEY = re.compile(rf"(?:，|[:：,]\s*[｛［])(?=\s*{_FIRST_WORD}$)")
_SPACE = re.compile(r"^\s*?[\u3000\u00a0]|:[\u3000\u00a0]")


def fullwidth_hint(found: Scalar | str) -> tuple[str, str] | None:
    """Return the full-width character that was probably typed for YAML punctuation, and the one meant.

    `：` counts directly behind the first word of a line, `，`, `、` and `；` between words and nothing else, as in
    `[a，b]`, and quotes and brackets at the beginning.
    It is a hint: ask only where text stands that cannot be meant, such as text in place of a mapping.

    Args:
        found: an unquoted scalar, or a line of a file.

    >>> fullwidth_hint("  - policy：changzhi")
    ('：', ':')
    """
    if isinstance(found, Scalar):
        if not (found.plain and isinstance(found.value, str)):
            return None
        listed = _LISTED.fullmatch(found.value)
        if listed is not None:
            return listed[1], ","
        found = found.value
        if found[:1] in _OPENING:
            return found[0], _OPENING[found[0]]
    return ("：", MEANT["："]) if _COLON.match(found) else None


def mistyped(line: str, end: int) -> tuple[int, str, str] | None:
    """Return what was mistyped in *line*, which cannot be understood from column *end* on: its offset, it, the meant.

    >>> mistyped("title: {zh: 甲，en: b}", 16)
    (13, '，', ',')
    """
    space = _SPACE.search(line)
    if space is not None:
        return space.end() - 1, line[space.end() - 1], " "
    before = _BEFORE_A_KEY.search(line[:end])
    if before is None:
        return None
    found = line[before.end() - 1]
    return before.end() - 1, found, {**MEANT, **_OPENING}[found]


def shown(character: str) -> str | Wording:
    """Return *character* as a message shows it: a space, which nobody sees, by its name."""
    return _SPACES.get(character, character)


def meant_words(character: str) -> Wording:
    """Return what to write, in words for a message."""
    match character:
        case " ":
            return Wording("普通空格", "an ordinary space")
        case '"' | "'":
            return Wording(f"半角 `{character}`，前后各一", f"the half-width `{character}`, before and behind")
        case "[" | "{":
            closing = "]" if character == "[" else "}"
            return Wording(f"半角 `{character}` 和 `{closing}`", f"the half-width `{character}` and `{closing}`")
        case _:
            return Wording(f"半角 `{character}`，后加空格", f"the half-width `{character}` followed by a space")


def is_lone_key(text: str) -> bool:
    """Tell whether *text*, the part of a line before its colon, is one word.

    If YAML refuses that colon, the fault is above: there, a line failed to be a key of the same mapping.
    """
    return _LONE_KEY.fullmatch(text) is not None
