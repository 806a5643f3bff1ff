"""Readings: each of their options, and each provision and gap under each option that it depends on.

An option is covered where it is in force, by choice or by default, and something is expected of a provision or gap that
depends on the reading: that it is there for certain, or that its own conditions or the option keep it away. Several
readings that meet in one provision are covered one by one; not every combination of their options is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Kind, Option
from policyengine.checks.coverage.tables import uses

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.model.policy import Policy, Variants
    from policyengine.model.provision import Gap, Provision


def shown(trial: Trial) -> Iterator[Key]:
    """Yield the options that *trial* shows, each by its reading, and by what depends on it."""
    chosen = trial.inquiry.prepared.readings
    in_force = frozenset(Option(name, option) for name, option in chosen.items())
    for name, (readings, options) in _depends(trial.policy).items():
        if name in trial.settled:
            yield from ((Kind.READINGS, each, Option(each, chosen[each])) for each in readings)
            yield from ((Kind.READINGS, name, each) for each in options if each in in_force and _is_there(trial, name))
    yield from ((Kind.READINGS, each, Option(each, chosen[each])) for each in (*_counted(trial), *_decided(trial)))


def items(policy: Policy) -> Iterator[Key]:
    """Yield each option of each reading, then each provision and gap under each option that it depends on."""
    for name, reading in policy.readings.items():
        yield from ((Kind.READINGS, name, Option(name, option)) for option in reading.options)
    for name, (_, options) in _depends(policy).items():
        yield from ((Kind.READINGS, name, option) for option in options)


def _counted(trial: Trial) -> Iterator[str]:
    """Yield the readings that a limit of an asserted duty is counted by."""
    duties = (duty for asserted in trial.certain.values() for _, duty in asserted)
    return (each.reading for duty in duties for each in duty.readings)


def _decided(trial: Trial) -> Iterator[str]:
    """Yield the readings that a table depends on which decided something asserted."""
    for use in uses(trial):
        yield from (name for each in trial.policy.tables if use.table in each.nodes() for name in each.readings)


def _is_there(trial: Trial, name: str) -> bool:
    """Tell whether the options in force admit the provision or gap *name*."""
    return name in trial.inquiry.provisions or any(each.id == name for each in trial.inquiry.prepared.gaps)


def _depends(policy: Policy) -> Mapping[str, tuple[tuple[str, ...], tuple[Option, ...]]]:
    """Return by provision and gap the readings that its text depends on, and those of their options that admit it."""
    found: dict[str, tuple[tuple[str, ...], tuple[Option, ...]]] = {}
    variants: tuple[Variants[Provision] | Variants[Gap], ...] = (*policy.provisions, *policy.gaps)
    for each in variants:
        admitting = [options for options, node in each.by_options if node is not None]
        options = (
            Option(reading, option)
            for place, reading in enumerate(each.readings)
            for option in dict.fromkeys(chosen[place] for chosen in admitting)
        )
        found[each.nodes()[0].id] = (each.readings, tuple(options))  # the loader refuses what no option admits
    return found
