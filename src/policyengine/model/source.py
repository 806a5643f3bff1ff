"""The text that a policy rests on, sentence by sentence: nothing is silently left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from policyengine.model.base import ClauseId, Names, Title, Value

Disposition = Literal[
    "definition", "principle", "heading", "purpose", "non_operational", "referral", "effect", "duplicate", "furniture"
]


class Clause(Value):
    """One sentence of the text: its number, the digest of the normalised sentence, our summary, what became of it.

    A text that is not at hand (`at_hand: false`) has no digest: what is said of it is known from elsewhere.
    """

    number: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    at_hand: bool = True
    says: Title
    provisions: Names | None = None
    gaps: Names | None = None
    disposition: Disposition | None = None
    note: Title | None = None


class Extent(Value):
    """What a file of the text holds besides one copy of it: further copies, lines that are page furniture."""

    copies: Annotated[int, Field(ge=1, le=9)] = 1
    furniture: tuple[str, ...] = ()


class Source(Value):
    """The text, sentence by sentence."""

    title: Title
    extent: Extent = Extent()
    clauses: Annotated[Mapping[ClauseId, Clause], Field(min_length=1)]
