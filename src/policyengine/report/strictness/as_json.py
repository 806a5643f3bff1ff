"""Answers about strictness as JSON: regions as values, cases as their files have them, every provision named once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.report.comparison.as_json import provision_json
from policyengine.report.json_values import Json, titled, written
from policyengine.report.proof.as_json import region_json
from policyengine.report.strictness.both_ways import never
from policyengine.report.strictness.case_files import counterexample_case
from policyengine.report.strictness.leaves import sides_of
from policyengine.report.strictness.stretches import stretches

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import DemandRange, Leaf, Options, StrictnessRange
    from policyengine.analysis.sides import Side
    from policyengine.analysis.strictness import Counterexample, Demand
    from policyengine.model.assessment import Duty
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.report.strictness.both_ways import BothWays
    from policyengine.temporal.zone import Zone

STRICTNESS = "policyengine/strictness/1"
STRICTNESS_RANGE = "policyengine/strictness-range/1"
_Sides = tuple["Side", "Side"]


def strictness_json(found: BothWays, *, indent: int | None = 2) -> str:
    """Return *found* as JSON text that ends with a line end; instants are on the other policy's zone."""
    there = found.there
    sides = (there.one, there.other)
    return written(
        {
            "schema": STRICTNESS,
            "one": _side(there.one),
            "other": _side(there.other),
            "given": _given(there.given),
            "holds": there.holds,
            "converse": found.converse,
            "relation": None if found.relation is None else found.relation.value,
            "demands": [_demand(found, each, sides) for each in there.demands],
            "back": [
                {
                    "provision": each.provision.id,
                    "finding": each.finding.value,
                    "counterexample": _counterexample(each.counterexample, sides),
                }
                for each in found.back.values()
            ],
            "provisions": list(_provisions(found)),
        },
        indent=indent,
    )


def _side(side: Side) -> Json:
    readings = [{"reading": name, "option": option} for name, option in side.readings.items()]
    return {**_policy(side.policy), "readings": readings}


def _policy(policy: Policy) -> Mapping[str, Json]:
    return {**titled(policy.id, policy.title), "digest": policy.digest}


def _given(given: Mapping[str, FactValue]) -> Json:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def _demand(found: BothWays, demand: Demand, sides: _Sides) -> Json:
    relation = found.relation_to(demand)
    return {
        "provision": demand.provision.id,
        "relation": None if relation is None else relation.value,
        **_found(demand, sides),
        "never_applies": never(demand),
        "beyond": [each.provision.id for each in found.beyond(demand)],
    }


def _found(demand: Demand, sides: _Sides) -> Mapping[str, Json]:
    return {
        "finding": demand.finding.value,
        "where": [
            {
                "region": region_json(region),
                "short": [each.name.lower() for each in how if each is not None],
                "covered": None in how,
            }
            for region, how in stretches(demand)
        ],
        "missing": None if demand.missing is None else demand.missing.value,
        "announced_only": demand.announced_only,
        "counterexample": _counterexample(demand.counterexample, sides),
    }


def _counterexample(found: Counterexample | None, sides: _Sides) -> Json:
    if found is None:
        return None
    zone = sides[1].policy.zone
    names = (sides[0].policy.id, sides[1].policy.id)
    return {
        "case": counterexample_case(found, sides, found.case.id, names),
        "shortfall": found.shortfall.name.lower(),
        "found": found.found.name.lower(),
        "instead": found.instead.name.lower(),
        "duty": _row(found.duty, zone),
        "rows": [_row(each, zone) for each in found.rows],
    }


def _row(duty: Duty, zone: Zone) -> Json:
    limit = duty.limit
    return {
        "provision": duty.provision,
        "instance": duty.instance,
        "status": duty.status.value,
        "due": None if limit is None else limit.due.to_iso(zone),
        "due_inclusive": None if limit is None else limit.due_inclusive,
    }


def _provisions(found: BothWays) -> Iterator[Json]:
    """Yield what is demanded, and what of the one policy was held against the other or stands in a case."""
    there = found.there
    own = {*found.back, *(row.provision for each in there.counterexamples for row in each.rows)}
    yield from (provision_json(there.one, each) for each in there.one.provisions if each.id in own)
    yield from (provision_json(there.other, each.provision) for each in there.demands)


def strictness_range_json(found: StrictnessRange, *, indent: int | None = 2) -> str:
    """Return *found* as JSON text that ends with a line end; instants are on the other policy's zone."""
    return written(
        {
            "schema": STRICTNESS_RANGE,
            "one": _policy(found.one),
            "other": _policy(found.other),
            "given": _given(found.given),
            "verdict": found.verdict.value,
            "demands": [_demand_range(found, each) for each in found.demands],
        },
        indent=indent,
    )


def _demand_range(found: StrictnessRange, demand: DemandRange) -> Json:
    return {
        "provision": demand.provision,
        "verdict": demand.verdict.value,
        "leaves": [_leaf(found, each) for each in demand.leaves],
    }


def _leaf(found: StrictnessRange, leaf: Leaf) -> Json:
    return {
        "one": _options(leaf.one),
        "other": _options(leaf.other),
        "demand": None if leaf.demand is None else _found(leaf.demand, sides_of(found, leaf)),
    }


def _options(options: Options) -> Json:
    return [{"reading": reading, "options": list(chosen)} for reading, chosen in options]
