"""A calendar file -> a calendar: weekends, announced holidays, make-up working days, and how far they are known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from policyengine.diagnostics import Diagnostic, has_errors
from policyengine.loading.memory import remembered
from policyengine.loading.places import walk
from policyengine.loading.shape import misplaced, told, validate
from policyengine.loading.yaml_nodes import Document, Node, parse, read_source
from policyengine.loading.yaml_nodes import Source as Text
from policyengine.model.base import Day, Identifier, Title, Value
from policyengine.temporal.calendar import LONGEST_HOLIDAY, WEEKDAYS, Calendar, DaysOff, Source
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from policyengine.loading.places import Path

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class HolidayEntry(Value):
    """One holiday: first and last day off."""

    from_: Day = Field(alias="from")
    to: Day
    name: Title


class YearEntry(Value):
    """What was announced for one year, when, and by which act."""

    year: Annotated[int, Field(ge=1, le=9999)]
    issued: Day
    source: Title
    days_off: tuple[HolidayEntry, ...] = ()
    worked: tuple[Day, ...] = ()


class CalendarFile(Value):
    """A calendar as its file has it."""

    calendar: Identifier
    title: Title
    weekend: Annotated[tuple[Weekday, ...], Field(max_length=6)]
    start: Day | None = None
    announced_until: Day | None = None
    years: tuple[YearEntry, ...] = ()


def read_calendar(path: FilePath) -> tuple[Calendar | None, tuple[Diagnostic, ...]]:
    """Return the calendar in the file *path*, or ``None``, and everything that is wrong with it."""
    source, faults = read_source(path)
    return (None, faults) if source is None else _read(source)


@remembered
def _read(source: Text) -> tuple[Calendar | None, tuple[Diagnostic, ...]]:
    document = parse(source)
    if document.root is None:
        return None, document.diagnostics
    other = misplaced(document, "calendar")
    if other is not None:
        return None, told(document, [other])
    entry, shape = validate(CalendarFile, document.root, document)
    found = told(document, (*shape, *(() if entry is None else _faults(entry, document.root, document))))
    return (None if entry is None or has_errors(found) else _calendar(entry)), found


def _faults(entry: CalendarFile, root: Node, document: Document) -> Iterator[Diagnostic]:
    start, end = entry.start or datetime.date.min, entry.announced_until or datetime.date.max
    if start > end:
        span = walk(root, ("announced_until",))[1]
        yield document.fault("PE407", span, start=start, end=end, first="start", last="announced_until")
    off = {day for _, holiday in _holidays(entry) for day in _days_off(holiday)}
    for path, holiday in _holidays(entry):
        if not _days_off(holiday):
            span = walk(root, (*path, "to"))[1]
            yield document.fault("PE412", span, start=holiday.from_, end=holiday.to)
    for path, day in _days(entry):
        span = walk(root, path)[1]
        if path[-2] == "worked" and day in off:
            yield document.fault("PE411", span, date=day)
        if start <= end and not start <= day <= end:
            yield document.fault("PE409", span, date=day, period=_period(entry))


def _holidays(entry: CalendarFile) -> Iterator[tuple[Path, HolidayEntry]]:
    for place, year in enumerate(entry.years):
        for index, holiday in enumerate(year.days_off):
            yield ("years", place, "days_off", index), holiday


def _days_off(holiday: HolidayEntry) -> tuple[datetime.date, ...]:
    """Return the days of a holiday; none if it ends before it begins, or is too long to be meant."""
    length = (holiday.to - holiday.from_).days
    days = range(length + 1) if length < LONGEST_HOLIDAY else ()
    return tuple(holiday.from_ + datetime.timedelta(each) for each in days)


def _days(entry: CalendarFile) -> Iterator[tuple[Path, datetime.date]]:
    """Yield every date that the file gives, and where; those of a holiday that cannot be have been told of."""
    for path, holiday in _holidays(entry):
        if _days_off(holiday):
            yield (*path, "from"), holiday.from_
            yield (*path, "to"), holiday.to
    for place, year in enumerate(entry.years):
        for index, day in enumerate(year.worked):
            yield ("years", place, "worked", index), day


def _period(entry: CalendarFile) -> Wording:
    start, end = entry.start, entry.announced_until
    zh = " ".join([*([f"自 {start}"] if start else []), *([f"至 {end}"] if end else [])])
    en = " ".join([*([f"from {start}"] if start else []), *([f"to {end}"] if end else [])])
    return Wording(zh, en)


def _calendar(entry: CalendarFile) -> Calendar:
    return Calendar(
        id=entry.calendar,
        title=_wording(entry.title),
        weekend=frozenset(WEEKDAYS.index(day) for day in entry.weekend),
        sources=tuple(Source(year.year, year.issued, _wording(year.source)) for year in entry.years),
        days_off=tuple(DaysOff(day.from_, day.to, _wording(day.name)) for year in entry.years for day in year.days_off),
        worked=frozenset(day for year in entry.years for day in year.worked),
        start=entry.start,
        announced_until=entry.announced_until,
    )


def _wording(title: Title) -> Wording:
    return Wording(zh=title.zh, en=title.en)
