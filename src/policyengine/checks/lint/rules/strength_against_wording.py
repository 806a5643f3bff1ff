"""A norm that binds more, or less, than the word that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.provision import Strength
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE727"
_MUST, _SHOULD, _MAY, _MUST_NOT = (
    Wording(f" `{each}`", f"a `{each}`") for each in ("must", "should", "may", "must_not")
)
_OWED = frozenset({Strength.MUST, Strength.MUST_NOT})
_FORCES: tuple[tuple[re.Pattern[str], frozenset[Strength], Wording], ...] = (
    (
        re.compile(r"不得(?![少低迟晚早超])|严禁|禁止|不准|\b(?:must|shall|may) not\b"),
        frozenset({Strength.MUST_NOT}),
        _MUST_NOT,
    ),
    (
        re.compile(
            r"原则上|一般(?=应|要|须|情况下|$)|鼓励|提倡|倡导|力争|尽量|\bin principle\b|\bas a rule\b|\bencouraged?\b"
        ),
        frozenset({Strength.SHOULD, Strength.MAY}),
        _SHOULD,
    ),
    (re.compile(r"(?<!不)可(?![能靠行信])|有权|\bmay\b"), frozenset({Strength.MAY, Strength.SHOULD}), _MAY),
    (re.compile(r"必须|务必|(?<![无毋])须|\b(?:must|shall)\b"), _OWED, _MUST),
    (re.compile(r"应(?!急)|(?<!必)要(?!求)"), _OWED | {Strength.SHOULD}, _MUST),
)
"""Words by their force, the one that decides first; which strengths they may stand for; and what they come to."""


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions whose quoted word stands for another strength, under any reading."""
    for placed in source.provisions:
        for node in placed.nodes:
            decided = _decided(node.wording or "")
            if decided is not None and node.strength not in decided.fit:
                yield source.found(
                    CODE,
                    placed.name,
                    (*placed.path, "wording"),
                    provision=placed.name,
                    strength=node.strength,
                    wording=node.wording,
                    words=decided.word,
                    meant=decided.meant,
                )
                break


class _Decided(NamedTuple):
    """The word of a wording that decides, the strengths that it may stand for, and what it comes to."""

    word: str
    fit: frozenset[Strength]
    meant: Wording


def _decided(wording: str) -> _Decided | None:
    found = (_Decided(word[0], fit, meant) for each, fit, meant in _FORCES if (word := each.search(wording)))
    return next(found, None)
