"""A reason that is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.base import Title

CODE = "PE720"
_QUESTION, _OPTION = Wording("问题", "question"), Wording("选项", "option")
_AROUND = " \t\n。．.？?！!"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the readings whose `why` has the words of their question, or of an option, in either language."""
    for name, reading in source.policy.readings.items():
        parts = [(_QUESTION, reading.question), *((_OPTION, title) for title in reading.options.values())]
        same = next((kind for kind, text in parts if _same(reading.why, text)), None)
        if same is not None:
            yield source.found(CODE, name, ("readings", name, "why"), reading=name, part=same)


def _same(one: Title, other: Title) -> bool:
    return _bare(one.zh) == _bare(other.zh) or _bare(one.en) == _bare(other.en)


def _bare(text: str) -> str:
    return text.strip(_AROUND).casefold()
