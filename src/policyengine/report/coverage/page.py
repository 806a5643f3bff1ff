"""Coverage as headed lines: what is not covered first, by what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Boundary, Kind
from policyengine.report import words as common
from policyengine.report.coverage import words
from policyengine.report.coverage.telling import Telling
from policyengine.report.page import Line, Page, Section, Tone, item

if TYPE_CHECKING:
    from policyengine.checks.coverage.boundaries import NumberedLimit
    from policyengine.checks.coverage.coverage import Count, Coverage, Item
    from policyengine.diagnostics import Span
    from policyengine.wording import Lang


def coverage_page(coverage: Coverage, lang: Lang) -> Page:
    """Return what the examples hold one policy to: how much of each kind, what is not covered, and what cannot be."""
    telling = Telling(coverage.policy, lang)
    sections = tuple(_sections(telling, coverage.uncovered)) or (
        Section(None, (Line(telling.say(words.ALL_COVERED), Tone.GOOD),)),
    )
    impossible = tuple(_line(telling, each) for each in coverage.impossible)
    apart = (Section(telling.say(words.IMPOSSIBLE), impossible, Tone.QUIET),) if impossible else ()
    return Page(
        telling.say(words.TITLE, policy=telling.more(telling.say(coverage.policy.title), coverage.policy.id)),
        (Line(lead(coverage, telling), _tone(coverage.overall)), *_counts(coverage, telling)),
        (*sections, *apart),
    )


def lead(coverage: Coverage, telling: Telling) -> str:
    """Return how much of everything is covered, by how many questions."""
    found, asks = coverage.overall, len(coverage.tried)
    wording = words.ONE_ASK if asks == 1 else words.LEAD
    return telling.say(wording, asks=asks, total=found.total, covered=found.covered, percent=found.percent)


def count_line(kind: Kind, found: Count, telling: Telling) -> str:
    """Return how much of one kind is covered."""
    wording = words.COUNT_IMPOSSIBLE if found.impossible else words.COUNT
    return telling.say(
        wording,
        kind=telling.say(words.KINDS[kind]),
        covered=found.covered,
        total=found.total,
        percent=found.percent,
        impossible=found.impossible,
    )


def _counts(coverage: Coverage, telling: Telling) -> Iterator[Line]:
    return (item(count_line(kind, found, telling), tone=_tone(found)) for kind, found in coverage.counts.items())


def _tone(found: Count) -> Tone:
    return Tone.GOOD if found.covered == found.total else Tone.PLAIN


def _sections(telling: Telling, items: Iterable[Item]) -> Iterator[Section]:
    """Yield what is not covered, a section for each provision, gap, table, reading and clause."""
    by_owner: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for each in items:
        by_owner.setdefault((telling.owner(each), each.clauses), []).append(each)
    for (owner, clauses), found in by_owner.items():
        own = clauses if found[0].owner not in clauses else ()
        heading = telling.say(words.UNDER_CLAUSE, name=owner, clauses=telling.listed(own)) if own else owner
        yield Section(heading, tuple(_lines(telling, found)))


def _lines(telling: Telling, items: Sequence[Item]) -> Iterator[Line]:
    """Yield what an example would have to do about one owner; the sides of one limit are told together.

    Of a provision or gap that no example reaches nothing else can be covered, so that the rest is only counted.
    """
    own = [each for each in items if each.kind in (Kind.PROVISIONS, Kind.GAPS)]
    if own:
        yield _placed(telling, own[0].span, _and_more(telling, telling.need(own[0]), len(items) - len(own)))
        return
    limits: dict[NumberedLimit, list[Item]] = {}
    for each in items:
        if isinstance(each.detail, Boundary):
            limits.setdefault(each.detail.limit, []).append(each)
    for limit, found in limits.items():
        sides = [each.detail.side for each in found if isinstance(each.detail, Boundary)]
        yield _placed(telling, found[0].span, telling.sides(found[0].owner, limit, sides))
    yield from (_line(telling, each) for each in items if not isinstance(each.detail, Boundary))


def _and_more(telling: Telling, text: str, n: int) -> str:
    if n == 0:
        return text
    return telling.say(words.AND_ONE if n == 1 else words.AND_MORE, text=text, n=n)


def _line(telling: Telling, found: Item) -> Line:
    """Return what an example would have to do, or which item it is that none can cover."""
    return _placed(telling, found.span, telling.need(found) if found.demanded else telling.item(found))


def _placed(telling: Telling, span: Span | None, text: str) -> Line:
    """Return *text* after the place in the policy's file that it is about."""
    if span is None:
        return item(text)
    return item(telling.say(common.COLON, word=f"{span.file}:{span.line}", more=text))
