"""Whatever cases there are, written as a table in any order of their rows and read back they are the same."""

from __future__ import annotations

import csv
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyengine.loading.logs.columns import Columns
from policyengine.loading.logs.reading import Logged, read_logs
from policyengine.model.case import Case, Event
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.model.case import FactValue

NAMES = st.sampled_from(["a", "b-1", "c_2"])
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=8).filter(
    lambda text: text.strip() == text and text not in {"null", "NULL", "Null", "~"}
)
ROWS = [
    "case",
    "id",
    "type",
    "at",
    "recorded_at",
    "by",
    "to",
    "corrects",
    "retracts",
    "partial",
    "note",
    "policy",
    "scope",
]
FACTS = {
    "flag": st.booleans(),
    "count": st.integers(-(10**17), 10**17),
    "word": NAMES,
    "list": st.lists(NAMES, min_size=1),
}
COLUMNS = Columns.model_validate(
    {
        "columns": {
            part: {f"{part}.{name}": {"name": name, "many": name == "list"} for name in FACTS}
            for part in ("sets", "attributes", "facts")
        }
    }
)
INSTANTS = st.integers(-(10**15), 4 * 10**15).map(Instant)


def facts() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=FACTS)


@st.composite
def events(draw: st.DrawFn) -> Event:
    retracts = draw(st.none() | NAMES)
    return Event(
        draw(st.uuids().map(str)),
        draw(NAMES) if retracts is None else "",
        draw(INSTANTS),
        draw(st.none() | INSTANTS),
        draw(facts()),  # type: ignore[arg-type]
        draw(st.none() | NAMES),
        draw(st.lists(NAMES, max_size=2)),
        draw(facts()),  # type: ignore[arg-type]
        draw(st.none() | TEXTS),
        draw(st.none() | NAMES),
        retracts,
        draw(st.booleans()),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Case]:
    ids = draw(st.lists(TEXTS, unique=True, max_size=5))
    return [
        Case(
            id=each,
            facts=draw(facts()),  # type: ignore[arg-type]
            events=draw(st.lists(events(), max_size=5, unique_by=lambda event: event.at)),
            scope=draw(st.sampled_from(["case", "agency"])),
            policies=draw(st.lists(NAMES, max_size=2)),
        )
        for each in ids
    ]


def rows(case: Case) -> list[dict[str, object]]:
    of_case = {
        "case": case.id,
        "policy": list(case.policies) or None,
        "scope": case.scope,
        **named("facts", case.facts),
    }
    return [{**of_case, **row(each)} for each in case.events] or [of_case]


def row(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "type": event.type or None,
        "at": str(event.at),
        "recorded_at": None if event.recorded_at is None else str(event.recorded_at),
        "by": event.by,
        "to": list(event.to) or None,
        "corrects": event.corrects,
        "retracts": event.retracts,
        "partial": event.partial or None,
        "note": event.note,
        **named("sets", event.sets),
        **named("attributes", event.attributes),
    }


def named(part: str, values: object) -> dict[str, object]:
    items: list[tuple[str, FactValue]] = list(values.items())  # type: ignore[attr-defined]
    return {f"{part}.{name}": list(value) if isinstance(value, tuple) else value for name, value in items}


def cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)


HEAD = [*ROWS, *(f"{part}.{name}" for part in ("sets", "attributes", "facts") for name in FACTS)]


def as_csv(path: Path, table: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        writer.writerows([cell(each.get(name)) for name in HEAD] for each in table)


def as_jsonl(path: Path, table: list[dict[str, object]]) -> None:
    first = {"case": "-", "type": None, "at": None}  # so that a table of cases without events is one of events
    path.write_text("".join(json.dumps({**first, **each}) + "\n" for each in table), "utf-8")


KINDS = {"flag": pa.bool_(), "count": pa.int64(), "word": pa.string(), "list": pa.list_(pa.string())}


def as_parquet(path: Path, table: list[dict[str, object]]) -> None:
    listed = {"to", "policy"}
    fields = [
        (name, pa.list_(pa.string()) if name in listed else pa.bool_() if name == "partial" else pa.string())
        for name in ROWS
    ]
    fields += [(name, KINDS[name.partition(".")[2]]) for name in HEAD[len(ROWS) :]]
    pq.write_table(pa.table({name: pa.array([each.get(name) for each in table], kind) for name, kind in fields}), path)


@pytest.mark.parametrize("write", [as_csv, as_jsonl, as_parquet], ids=["csv", "jsonl", "parquet"])
@given(cases=logs(), seed=st.integers(), parts=st.integers(1, 3))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_cases_come_back_as_they_were(
    write: Callable[[Path, list[dict[str, object]]], None], cases: list[Case], seed: int, parts: int
) -> None:
    table = [each for case in cases for each in rows(case)]
    random.Random(seed).shuffle(table)  # noqa: S311 - an order, no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = []
        for part in range(parts):
            paths.append(folder / f"{part}.{write.__name__[3:]}")
            write(paths[-1], table[part::parts])
        found = list(read_logs(paths, columns=COLUMNS, folder=folder))
    assert {each.case.id: settled(each.case) for each in found if isinstance(each, Logged)} == {
        each.id: settled(each) for each in cases
    }


def settled(case: Case) -> tuple[object, ...]:
    events = sorted(case.events, key=lambda each: each.at)
    return (case.facts, events, case.scope, case.policies)
