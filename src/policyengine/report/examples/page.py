"""What became of a run of examples, as a page: each failure at its place, and the counts at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.report import words as common
from policyengine.report.examples import words
from policyengine.report.examples.telling import Telling
from policyengine.report.page import Line, Page, Section, Tone

if TYPE_CHECKING:
    from policyengine.checks.examples.running import Held
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang


@dataclass(frozen=True, slots=True)
class Finished:
    """A run that is over.

    Args:
        held: what became of every expectation.
        policies: the policies by the names that the examples have for them.
        unread: the files that were not checked, or not all of them.
    """

    held: tuple[Held, ...]
    policies: Mapping[str, Policy]
    unread: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Held, ...]:
        """Return the expectations that were not met, in the order of their places."""
        return tuple(sorted((each for each in self.held if not each.outcome.passed), key=_place))

    @property
    def examples(self) -> int:
        """Return how many examples there were."""
        return len({(each.example.file, each.example.name) for each in self.held})

    @property
    def asks(self) -> int:
        """Return how many questions there were."""
        return len({(each.example.file, each.example.name, each.ask.label) for each in self.held})


def _place(held: Held) -> tuple[str, int, int]:
    span = held.outcome.expected.span
    return (held.example.file, 0, 0) if span is None else (span.file, span.line, span.column)


def finished_page(finished: Finished, lang: Lang, *, quiet: bool) -> Page:
    """Return what became of a run, failures in the order of their files; *quiet* leaves out why they came out so."""
    telling = Telling(finished.policies, lang)
    sections = [failure_section(each, telling, quiet=quiet) for each in finished.failed]
    return Page(words.TITLE.within(lang), (), (*sections, Section(None, tuple(_counts(finished, lang)))))


def failure_section(held: Held, telling: Telling, *, quiet: bool) -> Section:
    """Return one failure under its place and what it is about; *quiet* leaves out why it came out so."""
    place, about = held.outcome.expected.span, telling.about(held)
    heading = about if place is None else f"{place}: {about}"
    if quiet:
        return Section(heading, tuple(Line(each, Tone.BAD) for each in telling.differences(held)))
    return Section(heading, tuple(telling.lines(held)))


def counts_line(finished: Finished, lang: Lang) -> str:
    """Return how many expectations there were, and how many were not met, in one line."""
    failed, n = len(finished.failed), len(finished.held)
    if not n:
        return words.NONE_FOUND.within(lang)
    wording = words.COUNTS if failed else words.PASSED if n > 1 else words.PASSED_ONE
    counts = wording.within(lang).format(failed=failed, n=n)
    more = words.OUT_OF.within(lang).format(examples=finished.examples, asks=finished.asks)
    return common.PARENTHESES.within(lang).format(word=counts, more=more)


def _counts(finished: Finished, lang: Lang) -> Sequence[Line]:
    tone = Tone.BAD if finished.failed else Tone.GOOD if finished.held else Tone.OPEN
    lines = [Line(counts_line(finished, lang), tone)]
    if finished.unread:
        lines.append(Line(words.FAULTS.within(lang).format(n=len(finished.unread)), Tone.BAD))
    return lines
