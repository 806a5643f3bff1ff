"""Readings are resolved before evaluation; the chosen set is part of the answer (S7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policyengine.errors import ReadingError
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.policy import Policy


def choose(policy: Policy, chosen: Mapping[str, str] | None = None) -> FrozenMap[str]:
    """Return an option for every reading of *policy*: the chosen ones, the defaults elsewhere.

    Raises:
        ReadingError: a reading or option that the policy does not have.
    """
    wanted = dict(chosen or {})
    for name, option in wanted.items():
        _check(policy, name, option)
    return FrozenMap({name: wanted.get(name, reading.default) for name, reading in policy.readings.items()})


def _check(policy: Policy, name: str, option: str) -> None:
    reading = policy.readings.get(name)
    if reading is None:
        msg = f"unknown reading {name!r}; {policy.id!r} has {', '.join(policy.readings) or 'none at all'}"
        raise ReadingError(msg)
    if option not in reading.options:
        msg = f"the reading {name!r} has no option {option!r}; its options are {', '.join(reading.options)}"
        raise ReadingError(msg)
