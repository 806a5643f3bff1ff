"""What one diagnostic code says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code: templates filled with the diagnostic's `args`.

    Args:
        en, zh: what is wrong.
        help_en, help_zh: the way out.
        level: how grave it is, unless a configuration says otherwise.
        name: what a configuration calls the rule, where the code is one of house rules; else empty.
        off: whether it is told only where a configuration asks for it.
    """

    en: str
    zh: str
    help_en: str = ""
    help_zh: str = ""
    level: Literal["error", "warning"] = "error"
    name: str = ""
    off: bool = False
