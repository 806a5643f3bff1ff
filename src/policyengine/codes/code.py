"""What one diagnostic code says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code: templates filled with the diagnostic's `args`."""

    en: str
    zh: str
    help_en: str = ""
    help_zh: str = ""
    level: Literal["error", "warning"] = "error"
