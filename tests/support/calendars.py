"""Packaged calendars for tests that stand below the loader.

Stand-in for `policyengine.loading.calendar`: once that reads calendar files, `calendar` may hand over to it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policyengine.temporal.calendar import WEEKDAYS, Calendar, DaysOff, Source
from policyengine.wording import Wording

CALENDARS = Path(__file__).parents[2] / "policies" / "calendars"


@cache
def calendar(name: str) -> Calendar:
    """Return the packaged calendar *name*, read without any checks."""
    document: dict[str, Any] = yaml.safe_load((CALENDARS / f"{name}.yaml").read_text(encoding="utf-8"))
    years: list[dict[str, Any]] = document.get("years", [])
    return Calendar(
        id=document["calendar"],
        title=Wording(**document["title"]),
        weekend=frozenset(WEEKDAYS.index(day) for day in document["weekend"]),
        sources=tuple(Source(year["year"], year["issued"], Wording(**year["source"])) for year in years),
        days_off=tuple(
            DaysOff(holiday["from"], holiday["to"], Wording(**holiday["name"]))
            for year in years
            for holiday in year["days_off"]
        ),
        worked=frozenset(day for year in years for day in year["worked"]),
        start=document.get("start"),
        announced_until=document.get("announced_until"),
    )
