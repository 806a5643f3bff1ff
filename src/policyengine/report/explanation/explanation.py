"""An explanation as its reader has it: as data, and in words of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model import explanation as _explanation
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.wording import Lang


class Explanation(_explanation.Explanation):
    """Why a duty is as it is, or why there is none; as data, and in words of either language."""

    __slots__ = ()

    def text(self, lang: Lang = "en", *, sentences: Mapping[str, str] | None = None, width: int | None = None) -> str:
        """Return the explanation as text.

        Args:
            lang: `zh` or `en`.
            sentences: by clause, the sentence itself, from :func:`sentences`; shown beside our summary of it.
            width: cells of a line, of which a Chinese character takes two; unless given, no line is broken.
        """
        from policyengine.report.explanation.page import explanation_page
        from policyengine.report.plain import plain

        _require_language(lang)
        return plain(explanation_page(self, lang, sentences=sentences), width=width)

    def markdown(self, lang: Lang = "en", *, sentences: Mapping[str, str] | None = None) -> str:
        """Return the explanation as Markdown, for pasting into a memo; the arguments are those of `text`."""
        from policyengine.report.explanation.page import explanation_page
        from policyengine.report.markdown import markdown

        _require_language(lang)
        return markdown(explanation_page(self, lang, sentences=sentences))

    def json(self, *, indent: int | None = 2) -> str:
        """Return the explanation as JSON text, as `policyengine schema explanation` describes it."""
        from policyengine.report.explanation.as_json import explanation_json

        return explanation_json(self, indent=indent)


def _require_language(lang: str) -> None:
    if lang not in LANGUAGES:
        msg = f"no language {lang!r}; there are {', '.join(LANGUAGES)}"
        raise ValueError(msg)
