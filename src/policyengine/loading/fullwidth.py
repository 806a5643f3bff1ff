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
_COLON = rf"\s*(?:-\s+)*{_FIRST_WORD}："
_LISTED = r"[\w.-]+(?:([，、；])[\w.-]+)+"
_LONE_KEY = rf"\s*{_FIRST_WORD}\s*"
_BEFORE_A_KEY = rf"(?:，|[:：,]\s*[｛［])(?=\s*{_FIRST_WORD}$)"
_SPACE = r"^\s*?[\u3000\u00a0]|:[\u3000\u00a0]"


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
        listed = re.fullmatch(_LISTED, found.value)
        if listed is not None:
            return listed[1], ","
        found = found.value
        if found[:1] in _OPENING:
            return found[0], _OPENING[found[0]]
    return ("：", MEANT["："]) if re.match(_COLON, found) else None


def mistyped(line: str, end: int) -> tuple[int, str, str] | None:
    """Return what was mistyped in *line*, which cannot be understood from column *end* on: its offset, it, the meant.

    >>> mistyped("title: {zh: 甲，en: b}", 16)
    (13, '，', ',')
    """
    space = re.search(_SPACE, line)
    if space is not None:
        return space.end() - 1, line[space.end() - 1], " "
    before = re.search(_BEFORE_A_KEY, line[:end])
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
    return re.fullmatch(_LONE_KEY, text) is not None
