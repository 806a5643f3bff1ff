"""A way to answer: a name, how it is asked, and what of an answer it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policyengine.model.assessment import Assessment
from policyengine.testing.differential.triple import Declined, Known, Refused, Triple

Given = tuple[Triple | Known, object]
"""What was asked, and what the way said: an answer, or what `see` tells of one, or a refusal, or that it declines."""

Ask = Callable[[Sequence[Known]], Iterable[Given]]
"""Answers questions about one policy under the same readings; what it yields may be about other triples than those."""

See = Callable[[Triple, Assessment], object]


def _whole(_: Triple, answer: Assessment) -> object:
    return answer


@dataclass(frozen=True, slots=True)
class Way:
    """A way to answer.

    Args:
        name: a word, as commands have it.
        ask: answers the triples of one policy under one choice of readings, in whatever order.
        see: what of the reference's answer it gives; all of it unless said.
        needs: raises ``ImportError`` where the way is not there; its text says what is missing.
        options: of `policyengine evaluate`, under which the command line shows its answer; none where it cannot.
    """

    name: str
    ask: Ask
    see: See = _whole
    needs: Callable[[], object] = lambda: None
    options: tuple[str, ...] | None = None

    def missing(self) -> str | None:
        """Return why the way is not available; ``None`` where it is."""
        try:
            self.needs()
        except ImportError as error:
            return str(error)
        return None

    def expected(self, asked: Known) -> object:
        """Return what the way has to say to what was asked, by the reference."""
        if isinstance(asked.answer, Refused):
            return asked.answer
        return self.see(asked.triple, asked.answer)


def one_by_one(answer: Callable[[Triple], Assessment]) -> Ask:
    """Return how a way is asked that answers one triple after the other; what it raises is its refusal."""

    def ask(asked: Sequence[Known]) -> Iterable[Given]:
        for each in asked:
            try:
                yield each, answer(each.triple)
            except Exception as error:  # noqa: BLE001 - whatever it raises is held against what the reference raises
                yield each, Refused.by(error)

    return ask


def agree(expected: object, found: object) -> bool:
    """Tell whether two answers are the same to the last: values, their types, and the order of what is in them."""
    if isinstance(expected, Assessment) and isinstance(found, Assessment):
        terms = expected.terms is None or repr(expected.terms) == repr(found.terms)
        brief = expected.standings == found.standings
        return brief and expected == found and repr(expected) == repr(found) and terms
    return type(expected) is type(found) and expected == found and repr(expected) == repr(found)


def declines(found: object) -> bool:
    """Tell whether a way left the question to the reference."""
    return isinstance(found, Declined)
