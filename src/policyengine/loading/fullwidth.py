"""Chinese punctuation where YAML and JSON want their own: `：` for `:` and `，` for `,`."""

from __future__ import annotations

import re
from types import MappingProxyType

from policyengine.loading.nodes import Scalar

MEANT = MappingProxyType({"：": ":", "，": ","})
_FIRST_WORD = r"[^\s：:，,\[\]{}\"'#]+"
_COLON = re.compile(rf"\s*(?:-\s+)*{_FIRST_WORD}：")
_COMMA = re.compile(r"[\w.-]+(?:，[\w.-]+)+")
_LONE_KEY = re.compile(rf"\s*{_FIRST_WORD}\s*")


def fullwidth_hint(found: Scalar | str) -> tuple[str, str] | None:
    """Return the full-width character that was probably typed for YAML punctuation, and the one meant.

    `：` counts directly behind the first word of a line, `，` between words and nothing else, as in `[a，b]`.
    It is a hint: ask only where text stands that cannot be meant, such as text in place of a mapping.

    Args:
        found: an unquoted scalar, or a line of a file.

    >>> fullwidth_hint("  - policy：changzhi")
    ('：', ':')
    """
    if isinstance(found, Scalar):
        if not (found.plain and isinstance(found.value, str)):
            return None
        if _COMMA.fullmatch(found.value):
            return "，", MEANT["，"]
        found = found.value
    return ("：", MEANT["："]) if _COLON.match(found) else None


def is_lone_key(text: str) -> bool:
    """Tell whether *text*, the part of a line before its colon, is one word.

    If YAML refuses that colon, the fault is above: there, a line failed to be a key of the same mapping.
    """
    return _LONE_KEY.fullmatch(text) is not None
