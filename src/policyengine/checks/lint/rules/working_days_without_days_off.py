"""Working days by a calendar in which every day is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.temporal.limit import Unit

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.provision import Provision

CODE = "PE707"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions that count working days where no day is off."""
    calendar = source.policy.calendar
    if calendar.weekend or calendar.days_off:
        return
    for placed in source.provisions:
        if any(map(_counts_working_days, placed.nodes)):
            yield source.found(CODE, placed.name, (*placed.path, "id"), provision=placed.name, calendar=calendar.id)


def _counts_working_days(provision: Provision) -> bool:
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    units = {unit for single in singles if single.within is not None for unit, _ in single.within.parts()}
    return Unit.WORKING_DAYS in units or (provision.every is not None and provision.every.period == "working_day")
