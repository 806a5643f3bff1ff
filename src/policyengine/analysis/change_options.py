"""What two versions of a policy change about its readings: defaults, options, and what only options show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.change_hunt import Hunt
from policyengine.analysis.change_scope import Scope
from policyengine.analysis.sides import Side
from policyengine.errors import ReadingError

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.analysis.change_scope import Part
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy


_MOST_JUDGED = 1_000
"""So many answers are asked for under one option."""


@dataclass(frozen=True, slots=True)
class DefaultChange:
    """A reading whose default is another one.

    Args:
        reading: its name.
        old, new: the options that are the defaults.
    """

    reading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class OptionChange:
    """What changes under one option only, beyond what changes in any case.

    Args:
        reading, option: the option. A version that lacks it is looked at under its own default.
        in_old, in_new: which versions have it.
        chosen: whether it is what the version that alone has it is read under: then nothing more is to be said of it.
        parts: the provisions and gaps that may be answered differently under it.
        shown: of them those with a case that shows it.
    """

    reading: str
    option: str
    in_old: bool
    in_new: bool
    chosen: bool
    parts: tuple[Part, ...]
    shown: tuple[tuple[Part, Shown], ...]


def options_for(policy: Policy, readings: Mapping[str, str], beside: Policy) -> dict[str, str]:
    """Return those of *readings* that *policy* has; the other version may have the rest.

    Raises:
        ReadingError: neither has the reading.
    """
    for name in readings:
        if name not in policy.readings and name not in beside.readings:
            known = ", ".join(dict.fromkeys((*policy.readings, *beside.readings))) or "none at all"
            raise ReadingError(f"unknown reading {name!r}; the two versions have {known}")
    return {name: option for name, option in readings.items() if name in policy.readings}


def default_changes(scope: Scope, readings: Mapping[str, str]) -> tuple[DefaultChange, ...]:
    """Return the readings that both versions have with another default, but for those that are chosen."""
    old, new = scope.old.side.policy.readings, scope.new.side.policy.readings
    shared = (name for name in new if name in old and name not in readings)
    return tuple(
        DefaultChange(name, old[name].default, new[name].default)
        for name in shared
        if old[name].default != new[name].default
    )


def option_changes(scope: Scope, given: Mapping[str, FactValue]) -> tuple[OptionChange, ...]:
    """Return options that only one version has, and those under which more differs than under the ones chosen."""
    policies = (scope.old.side.policy, scope.new.side.policy)
    names = dict.fromkeys(name for each in policies for name in each.readings)
    found = (each for name in names for each in _of_reading(scope, name, given))
    return tuple(each for each in found if each.parts or not (each.in_old and each.in_new))


def _of_reading(scope: Scope, reading: str, given: Mapping[str, FactValue]) -> Iterator[OptionChange]:
    sides = (scope.old.side, scope.new.side)
    known = [tuple(each.policy.readings[reading].options) if reading in each.policy.readings else () for each in sides]
    for option in dict.fromkeys((*known[1], *known[0])):
        old, new = (
            Side.of(side.policy, {**side.readings, reading: option}) if option in has else side
            for side, has in zip(sides, known, strict=True)
        )
        found = Scope.of(old, new)
        chosen = (old.readings, new.readings) == tuple(each.readings for each in sides)
        parts = () if chosen else _parts(scope, found, both=all(option in each for each in known))
        turns = sorted(parts, key=lambda each: not found.edits(each))
        hunt = Hunt(found, given, _MOST_JUDGED)
        told = ((part, hunt.shown(part, ())) for part in turns)
        shown = tuple((part, cases[0]) for part, cases in told if cases)
        yield OptionChange(reading, option, option in known[0], option in known[1], chosen, parts, shown)


def _parts(scope: Scope, found: Scope, *, both: bool) -> tuple[Part, ...]:
    """Return what changes under an option beyond what changes in any case.

    Args:
        scope: the versions under the readings chosen.
        found: the versions under the option.
        both: whether both versions have it; what only one has can change no more than what depends on it there.
    """
    if both:
        return tuple(each for each, behind in found.affected.items() if {*behind} - scope.differing)
    own = {each.name for one, other in _pairs(scope, found) for each in Scope.of(one, other).affected}
    norms = (found.old.norms, found.new.norms)
    return tuple(each for each in found.affected if any(norm.id in own for one in norms if (norm := one.get(each))))


def _pairs(scope: Scope, found: Scope) -> Iterator[tuple[Side, Side]]:
    """Yield each version as it is read in both."""
    yield scope.old.side, found.old.side
    yield scope.new.side, found.new.side
