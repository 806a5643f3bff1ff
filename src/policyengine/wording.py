"""The two languages in which everything that a user reads exists."""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


class Wording(NamedTuple):
    """One short text in both languages."""

    zh: str
    en: str

    def within(self, lang: Lang) -> str:
        """Return the text in *lang*."""
        return self.zh if lang == "zh" else self.en
