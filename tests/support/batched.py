"""Cases as tables, their answers one by one as rows, and logs that are made up without hypothesis."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import policyengine as pe
from policyengine.batch.columns import BatchColumns
from policyengine.loading.logs.columns import Meaning
from policyengine.model.case import Case, Event
from policyengine.testing import names

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import FactType
    from policyengine.temporal.instant import Instant

AS_OF = "2025-10-12T00:00:00+08:00"
UNKNOWN = "?"
"""What stands for null in the tables."""
NONE = "-"
"""What stands for a list of nothing."""
_FIELDS = ("case", "id", "type", "at", "recorded_at", "by", "to", "partial", "corrects", "retracts")


def tables(policy: Policy, cases: Sequence[Case]) -> tuple[pa.Table, pa.Table, BatchColumns]:
    """Return *cases* as a table of cases and a table of events, every value as text, and what their columns mean."""
    words = policy.vocabulary
    facts = sorted({name for case in cases for name in case.facts})
    sets = sorted({name for case in cases for event in case.events for name in event.sets})
    attributes = sorted({name for case in cases for event in case.events for name in event.attributes})
    rows = [
        {
            "case": case.id,
            "known_at": _instant(case.known_at),
            "known_until": _instant(case.known_until),
            "scope": case.scope,
            **{name: _text(case.facts, name) for name in facts},
        }
        for case in cases
    ]
    events = [
        {
            **{name: _field(case, event, name) for name in _FIELDS},
            **{f"sets.{name}": _text(event.sets, name) for name in sets},
            **{f"attributes.{name}": _text(event.attributes, name) for name in attributes},
        }
        for case in cases
        for event in case.events
    ]
    meant = {
        "columns": {
            "sets": {f"sets.{name}": _meaning(words.facts, name) for name in sets},
            "attributes": {f"attributes.{name}": _meaning(words.attributes, name) for name in attributes},
        },
        "cases": {"facts": {name: _meaning(words.facts, name) for name in facts}},
    }
    columns = BatchColumns.model_validate(meant)
    return (
        _table(rows, ("case", "known_at", "known_until", "scope", *facts)),
        _events_table(events, sets, attributes),
        columns,
    )


def _events_table(events: list[dict[str, Any]], sets: Iterable[str], attributes: Iterable[str]) -> pa.Table:
    named = (*(f"sets.{name}" for name in sets), *(f"attributes.{name}" for name in attributes))
    return _table(events, (*_FIELDS, *named))


def _table(rows: list[dict[str, Any]], columns: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in columns})


def _meaning(kinds: Mapping[str, FactType], name: str) -> Meaning:
    kind = kinds[name]
    return Meaning(
        name=name, type=kind.type or "text", many=kind.many, values={UNKNOWN: None, **({NONE: []} if kind.many else {})}
    )


def _field(case: Case, event: Event, name: str) -> str | None:
    match name:
        case "case":
            return case.id
        case "to":
            return ";".join(event.to) or None
        case "at" | "recorded_at":
            return _instant(getattr(event, name))
        case "partial":
            return "true" if event.partial else None
        case _:
            found = getattr(event, name)
            return None if not found else str(found)


def _instant(moment: Instant | None) -> str | None:
    return None if moment is None else moment.to_iso()


def _text(values: Mapping[str, FactValue], name: str) -> str | None:
    if name not in values:
        return None
    value = values[name]
    if value is None:
        return UNKNOWN
    if isinstance(value, tuple):
        return ";".join(map(_atom, value)) or NONE
    return _atom(value)


def _atom(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def rows_of(policy: Policy, answer: Assessment, *, every: bool = False) -> list[dict[str, Any]]:
    """Return the duties of *answer* as rows of the table of duties, computed from the answer alone."""
    return [_row(answer, policy, each) for each in answer.duties if every or each.exists]


def _row(answer: Assessment, policy: Policy, duty: Any) -> dict[str, Any]:  # noqa: ANN401
    limit, done = duty.limit, duty.performed
    lateness = None
    if duty.violated_at is not None and limit is not None and (done is not None or duty.owed):
        lateness = (answer.as_of if done is None else done.at).micros - limit.due.micros
    return {
        "case": answer.case,
        "policy": policy.id,
        "provision": duty.provision,
        "instance": duty.instance,
        "status": duty.status.value,
        "strength": duty.strength.value,
        "bearer": duty.bearer,
        "due": None if limit is None else _utc(limit.due),
        "due_inclusive": None if limit is None else limit.due_inclusive,
        "violated_at": None if duty.violated_at is None else _utc(duty.violated_at),
        "performed_at": None if done is None else _utc(done.at),
        "lateness": lateness,
        "owed": duty.owed,
        "provisional": None if limit is None else limit.provisional,
    }


def _utc(moment: Instant) -> datetime:
    return moment.utc().astimezone(UTC)


def gap_rows(policy: Policy, answer: Assessment) -> list[dict[str, Any]]:
    """Return the gaps of *answer* as rows of the table of gaps."""
    return [
        {
            "case": answer.case,
            "policy": policy.id,
            "gap": each.gap,
            "kind": each.kind.value,
            "instead_of": list(each.instead_of),
            "missing_facts": list(each.missing_facts),
        }
        for each in answer.gaps
    ]


def one_by_one(
    policy: Policy, cases: Iterable[Case], as_of: str | Instant = AS_OF
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of duties and of gaps that *cases* come to, each judged on its own by the reference."""
    answers = [pe.evaluate(policy, case, as_of=as_of, evaluator="reference") for case in cases]
    duties = [row for each in answers for row in rows_of(policy, each)]
    return duties, [row for each in answers for row in gap_rows(policy, each)]


def made_up(policy: Policy, count: int, seed: int = 1) -> list[Case]:
    """Return *count* cases of what *policy* asks about, the same at every run."""
    return [_case(policy, number, random.Random(seed * 1_000_003 + number)) for number in range(count)]  # noqa: S311


def _case(policy: Policy, number: int, chance: random.Random) -> Case:
    facts = {name: _value(policy, name, chance) for name in names.used_facts(policy) if chance.random() < 0.5}
    acts = [each.act for each in names.provisions(policy)]
    types = [each.event for each in names.triggers(policy) if each.event is not None]
    roles = (*names.named_roles(policy), None)
    start = int(datetime(2025, 10, 1 + chance.randrange(9), tzinfo=UTC).timestamp()) + 60 * chance.randrange(1440)
    events = []
    for place in range(chance.randrange(9)):
        start += 60 * chance.choice((0, 1, 30, 60, 300, 1440, 2880, 7200))
        sets = {name: _value(policy, name, chance) for name in names.used_facts(policy) if chance.random() < 0.1}
        name = chance.choice(types if place < 2 and types else (*acts, *types))
        event = Event(
            f"e{place}",
            name,
            datetime.fromtimestamp(start, UTC),
            sets=sets,
            by=chance.choice(roles),
            to=tuple(each for each in (chance.choice(roles),) if each is not None),
            partial=chance.random() < 0.05,
        )
        events.append(event)
    if chance.random() < 0.3:
        chance.shuffle(events)
    if events and chance.random() < 0.05:
        events.append(Event("x", retracts=events[0].id, recorded_at=datetime.fromtimestamp(start, UTC)))
    return Case(f"case-{number}", facts=facts, events=events)


def _value(policy: Policy, fact: str, chance: random.Random) -> FactValue:
    return chance.choice((*names.values_of(policy, fact), None))
