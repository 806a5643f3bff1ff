"""Coverage as one page of HTML that needs nothing else: the text clause by clause, each provision with its mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policyengine.checks.coverage.coverage import Count, Item, Kind
from policyengine.report.coverage import words
from policyengine.report.coverage.page import lead
from policyengine.report.coverage.telling import Telling
from policyengine.report.html_page import environment, page_file, rendered

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Asked, Coverage
    from policyengine.wording import Lang, Wording

Mark = Literal["covered", "partly", "uncovered", "impossible"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the page tells it: what it is, or what no example does, and where it stands."""

    mark: Mark
    text: str
    place: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A provision, gap, table or reading, with all its items."""

    name: str
    title: str
    mark: Mark
    entries: tuple[Entry, ...]
    covered: int
    total: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the text with what it became."""

    title: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of one kind is covered."""

    title: str
    count: Count


@dataclass(frozen=True, slots=True)
class Sheet:
    """One policy on the page."""

    name: str
    title: str
    lead: str
    tallies: tuple[Tally, ...]
    clauses: tuple[Clause, ...]
    tables: tuple[Subject, ...]
    readings: tuple[Subject, ...]


def coverage_html(found: Sequence[Coverage], lang: Lang) -> str:
    """Return the coverage of several policies as a whole HTML document in the words of *lang*.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    within = environment()

    def say(wording: Wording, **parts: object) -> str:
        text = wording.within(lang)
        return text.format(**parts) if parts else text

    values: dict[str, object] = {
        "lang": lang,
        "w": words,
        "say": say,
        "sheets": tuple(_sheet(each, Telling(each.policy, lang)) for each in found),
    }
    package = "policyengine.report.coverage"
    return rendered(package, values, within, style=page_file(package, "html.css"))


def _sheet(coverage: Coverage, telling: Telling) -> Sheet:
    own: dict[str, list[Item]] = {}
    for each in coverage.items:
        if each.kind is not Kind.CLAUSES:
            own.setdefault(each.owner, []).append(each)
    subjects = {name: _subject(telling, items) for name, items in own.items()}
    clauses = tuple(_clauses(coverage, telling, subjects))
    norms = {each.owner for each in coverage.items if each.kind in (Kind.PROVISIONS, Kind.GAPS)}
    tables = {each.owner for each in coverage.of(Kind.ROWS)}
    return Sheet(
        coverage.policy.id,
        telling.say(coverage.policy.title),
        lead(coverage, telling),
        tuple(Tally(telling.say(words.KINDS[kind]), count) for kind, count in coverage.counts.items()),
        clauses,
        tuple(subjects[name] for name in subjects if name in tables),
        tuple(subjects[name] for name in subjects if name not in tables and name not in norms),
    )


def _clauses(coverage: Coverage, telling: Telling, subjects: dict[str, Subject]) -> Iterator[Clause]:
    for name, clause in coverage.policy.header.source.clauses.items():
        named = (*(clause.provisions or ()), *(clause.gaps or ()))
        found = tuple(subjects[each] for each in named if each in subjects)
        if found:
            yield Clause(telling.clause(name), found)


def _subject(telling: Telling, items: Sequence[Item]) -> Subject:
    demanded = [each for each in items if each.demanded]
    covered = sum(each.covered for each in demanded)
    mark: Mark = "covered" if covered == len(demanded) else "partly" if covered else "uncovered"
    # What is not covered comes first: it is what the reader looks for.
    ordered = sorted(items, key=lambda each: (each.covered, not each.demanded))
    entries = tuple(_entry(telling, each) for each in ordered)
    return Subject(items[0].owner, telling.owner(items[0]), mark, entries, covered, len(demanded))


def _entry(telling: Telling, item: Item) -> Entry:
    mark: Mark = "covered" if item.covered else "uncovered" if item.demanded else "impossible"
    text = telling.need(item) if mark == "uncovered" else telling.item(item)
    place = "" if item.span is None else f"{item.span.file}:{item.span.line}"
    return Entry(mark, text, place, item.covered_by)
