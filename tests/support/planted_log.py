"""A log of two hundred cases in which twelve things are wrong or open, and nothing else; in every form of log.

The year is 2026, in Shanghai, and the audit asks as of its last day at noon. A clean case is detected, answered within
its 24 hours, told about within two, and closed; what differs from that is planted, and :data:`PLANTED` lists it.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

AS_OF = "2026-12-31T12:00:00+08:00"
CASES = 200
_SEED = 20260302

POLICY = """\
policy: planted
title: {zh: 示例规定, en: Sample rules}
vocabulary: lab
time_zone: Asia/Shanghai
calendar: cn
versions: [{in_force: {}}]

provisions:
  - id: answer
    title: {zh: 答复, en: answer}
    clause: "PL:1"
    bearer: unit
    must: answer
    upon: start
    when: {grade: {at_least: mid}}
    deadline: {within: {hours: 24}}
  - id: tell-early
    title: {zh: 尽早告知, en: tell early}
    clause: "PL:2"
    bearer: chief
    should: tell
    upon: start
    deadline: {within: {hours: 2}}
  - id: confer-soon
    title: {zh: 会见, en: confer}
    clause: "PL:3"
    bearer: deputy
    must: confer
    upon: anchor
    deadline: {within: {days: 3}}
  - id: forgive-in-time
    title: {zh: 免除, en: forgive}
    clause: "PL:3"
    bearer: deputy
    must: forgive
    upon: change
    deadline: {within: {working_days: 5}}
  - id: no-punishment
    title: {zh: 办结前不得处分, en: no punishment before the end}
    clause: "PL:4"
    must_not: punish
    upon: start
    until: stop

gaps:
  - id: after-a-halt
    title: {zh: 终止之后, en: after a halt}
    clause: "PL:5"
    missing: {zh: 终止后的期限, en: a limit after a halt}
    upon: halt

source:
  title: {zh: 示例文本, en: Sample text}
  clauses:
    "PL:1": {number: 一, digest: a000000000000001, says: {zh: 一日内, en: answer within a day}, provisions: [answer]}
    "PL:2": {number: 二, digest: a000000000000002, says: {zh: 尽早告知, en: tell early}, provisions: [tell-early]}
    "PL:3":
      number: 三
      digest: a000000000000003
      says: {zh: 会见和免除, en: confer and forgive}
      provisions: [confer-soon, forgive-in-time]
    "PL:4": {number: 四, digest: a000000000000004, says: {zh: 不得处分, en: do not punish}, provisions: [no-punishment]}
    "PL:5": {number: 五, digest: a000000000000005, says: {zh: 可以终止, en: a halt}, gaps: [after-a-halt]}
"""

PLANTED = (
    ("c-007", "violation", "answer"),  # never answered
    ("c-019", "violation", "answer"),  # answered an hour late
    ("c-031", "violation", "answer"),  # answered in time, but the row says UTC and not +08:00
    ("c-042", "violation", "no-punishment"),  # breached twice
    ("c-042", "violation", "no-punishment"),
    ("c-055", "violation", "confer-soon"),  # done at 24:00 of the last day
    ("c-061", "advisory", "tell-early"),
    ("c-088", "undetermined", "answer"),  # nobody graded it
    ("c-103", "gap", "after-a-halt"),
    ("c-140", "fault", "PE205"),  # an event type that there is not
    ("c-151", "fault", "PE207"),  # a grade that there is not
    ("c-199", "provisional", "forgive-in-time"),  # the days of next year are not announced
)
"""What is planted, in the order of the log: the case, the kind, and what it is about."""


@dataclass(frozen=True)
class Row:
    """One event of the log; `grade` is what it sets."""

    case: str
    id: str
    type: str
    at: str
    by: str = ""
    to: str = ""
    grade: str = ""


def rows() -> Iterator[Row]:
    """Yield the events, those of a case together."""
    chance = random.Random(_SEED)  # noqa: S311 - a log, not a secret
    for number in range(CASES):
        name = f"c-{number:03}"
        month, day = 1 + number * 12 // CASES, chance.randint(1, 26)
        clock = _Clock(month, day, chance.randint(8, 11))
        yield from _planted(number, _clean(name, clock, chance), clock)


@dataclass(frozen=True)
class _Clock:
    """Times from the hour in which a case was detected."""

    month: int
    day: int
    hour: int

    def at(self, hours: int, minutes: int = 0, zone: str = "+08:00") -> str:
        days, hour = divmod(self.hour + hours, 24)
        return f"2026-{self.month:02}-{self.day + days:02}T{hour:02}:{minutes:02}:00{zone}"


def _clean(name: str, clock: _Clock, chance: random.Random) -> list[Row]:
    grade = chance.choice(("low", "mid", "high", "top"))
    return [
        Row(name, "e1", "start", clock.at(0), grade=grade),
        Row(name, "e2", "tell", clock.at(1, chance.randint(0, 59)), by="chief", to="public"),
        Row(name, "e3", "answer", clock.at(chance.randint(3, 8), chance.randint(0, 59)), by="unit"),
        Row(name, "e4", "stop", clock.at(23)),
    ]


def _planted(number: int, clean: list[Row], clock: _Clock) -> list[Row]:
    """Return the events of a clean case with what is wrong in case *number*."""
    start, tell, answer, stop = clean
    name = start.case
    graded = replace(start, grade="high")
    breaches = [Row(name, f"p{hours}", "punish", clock.at(hours), by="chief") for hours in (9, 10, 24)]
    # The day of the anchor is not counted: the last of the three ends 24:00 three days on.
    third = f"2026-{clock.month:02}-{clock.day + 3:02}T24:00:00+08:00"
    conferred = [Row(name, "a1", "anchor", clock.at(2)), Row(name, "a2", "confer", third, by="deputy")]
    plants = {
        7: [graded, tell, stop],
        19: [graded, tell, stop, replace(answer, at=clock.at(25))],
        31: [graded, tell, stop, replace(answer, at=clock.at(17, zone="Z"))],
        42: [start, tell, answer, *breaches[:2], stop, *breaches[2:]],
        55: [*clean, *conferred],
        61: [start, replace(tell, at=clock.at(2, 1)), answer, stop],
        88: [replace(start, grade=""), tell, stop],
        103: [*clean, Row(name, "h1", "halt", clock.at(10))],
        140: [*clean, Row(name, "x1", "strat", clock.at(10))],
        151: [replace(start, grade="hihg"), tell, answer, stop],
        199: [*clean, Row(name, "v1", "change", "2026-12-30T09:00:00+08:00")],
    }
    return plants.get(number, clean)


def write_policy(folder: Path) -> Path:
    """Write the policy into *folder*, its vocabulary beside it, and return its file."""
    (folder / "vocabulary").mkdir(parents=True)
    words = Path(__file__).parent / "lab" / "vocabulary" / "lab.yaml"
    (folder / "vocabulary" / "lab.yaml").write_bytes(words.read_bytes())
    (folder / "planted.yaml").write_text(POLICY)
    return folder / "planted.yaml"


def write_yaml(folder: Path) -> Path:
    """Write a file for each case into a new directory."""
    logs = folder / "cases"
    logs.mkdir()
    cases: dict[str, list[str]] = {}
    for row in rows():
        cases.setdefault(row.case, []).append(json.dumps(_event(row)))
    for name, events in cases.items():
        body = "".join(f"  - {each}\n" for each in events)
        (logs / f"{name}.yaml").write_text(f"case: {name}\nevents:\n{body}")
    return logs


def write_jsonl(folder: Path) -> Path:
    """Write a line for each event."""
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps({"case": row.case, **_event(row)}) + "\n" for row in rows()))
    return path


def write_csv(folder: Path) -> Path:
    """Write a row for each event."""
    path = folder / "log.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case", "id", "type", "at", "by", "to", "sets.grade"))
        writer.writerows((row.case, row.id, row.type, row.at, row.by, row.to, row.grade) for row in rows())
    return path


def write_parquet(folder: Path) -> Path:
    """Write a row for each event, what is empty as a null."""
    path = folder / "log.parquet"
    columns = {"case": "case", "id": "id", "type": "type", "at": "at", "by": "by", "to": "to", "sets.grade": "grade"}
    found = list(rows())
    table = {name: pa.array([getattr(row, key) or None for row in found], pa.string()) for name, key in columns.items()}
    pq.write_table(pa.table(table), path)
    return path


WRITERS = {"yaml": write_yaml, "jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}


def _event(row: Row) -> dict[str, object]:
    """Return an event as a case file has it; what is empty is left out."""
    sets = {"grade": row.grade} if row.grade else {}
    parts = {"id": row.id, "type": row.type, "at": row.at, "by": row.by, "to": row.to, "sets": sets}
    return {name: value for name, value in parts.items() if value}
