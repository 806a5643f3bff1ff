"""A calendar file -> a calendar: weekends, announced holidays, make-up working days, and how far they are known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.load.shape import validate, walk
from policyengine.load.yaml_nodes import Document, Node, parse, read_source
from policyengine.model.base import Identifier, Title, Value
from policyengine.temporal.calendar import WEEKDAYS, Calendar, DaysOff, Source
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class HolidayEntry(Value):
    """One holiday: first and last day off."""

    from_: datetime.date = Field(alias="from")
    to: datetime.date
    name: Title


class YearEntry(Value):
    """What was announced for one year, when, and by which act."""

    year: Annotated[int, Field(ge=1, le=9999)]
    issued: datetime.date
    source: Title
    days_off: tuple[HolidayEntry, ...] = ()
    worked: tuple[datetime.date, ...] = ()


class CalendarFile(Value):
    """A calendar as its file has it."""

    calendar: Identifier
    title: Title
    weekend: Annotated[tuple[Weekday, ...], Field(max_length=6)]
    start: datetime.date | None = None
    announced_until: datetime.date | None = None
    years: tuple[YearEntry, ...] = ()


def read_calendar(path: Path) -> tuple[Calendar | None, tuple[Diagnostic, ...]]:
    """Return the calendar in the file *path*, or ``None``, and everything that is wrong with it."""
    source, faults = read_source(path)
    if source is None:
        return None, faults
    document = parse(source)
    if document.root is None or has_errors(document.diagnostics):
        return None, ordered((*faults, *document.diagnostics))
    entry, shape = validate(CalendarFile, document.root, document)
    found = list(shape)
    if entry is not None:
        found += _faults(entry, document.root, document)
    if entry is None or has_errors(found):
        return None, ordered(found)
    return _calendar(entry), ordered(found)


def _faults(entry: CalendarFile, root: Node, document: Document) -> Iterator[Diagnostic]:
    worked = {day for year in entry.years for day in year.worked}
    for place, year in enumerate(entry.years):
        for index, holiday in enumerate(year.days_off):
            path = ("years", place, "days_off", index)
            length = (holiday.to - holiday.from_).days
            if not 0 <= length <= 366:  # noqa: PLR2004 - a year
                yield document.fault("PE407", walk(root, path)[1], start=holiday.from_, end=holiday.to)
                continue
            days = (holiday.from_ + datetime.timedelta(each) for each in range(length + 1))
            yield from (document.fault("PE411", walk(root, path)[1], date=day) for day in days if day in worked)
            yield from _outside(entry, (holiday.from_, holiday.to), path, root, document)
        for index, day in enumerate(year.worked):
            yield from _outside(entry, (day,), ("years", place, "worked", index), root, document)


def _outside(
    entry: CalendarFile, days: tuple[datetime.date, ...], path: tuple[str | int, ...], root: Node, document: Document
) -> Iterator[Diagnostic]:
    start, end = entry.start or datetime.date.min, entry.announced_until or datetime.date.max
    for day in days:
        if not start <= day <= end:
            yield document.fault("PE409", walk(root, path)[1], date=day, start=start, end=end)


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
