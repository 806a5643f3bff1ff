"""What is on record, in SQLite: cases, and for each its facts and events, never changed and never removed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import policyengine as pe

Entry = Mapping[str, Any]
"""The fields of an event as JSON has them; every value was checked before it came here."""

_SCHEMA = Path(__file__).with_name("schema.sql")
_PATIENCE = 10.0  # seconds that a request waits for another one's writing


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on record about one case; `recorded` has for each event the instant that it was recorded at."""

    id: str
    title: str
    policies: tuple[str, ...]
    facts: Mapping[str, Any]
    entries: tuple[Entry, ...]
    recorded: tuple[pe.Instant, ...]

    def case(self) -> pe.Case:
        """Return the case as policyengine takes it."""
        log = zip(self.entries, self.recorded, strict=True)
        events = [pe.Event(**entry, recorded_at=recorded_at) for entry, recorded_at in log]
        return pe.Case(id=self.id, title=self.title, facts=self.facts, events=events, policies=self.policies)


@dataclass(frozen=True, slots=True)
class Records:
    """One transaction."""

    connection: sqlite3.Connection

    def titles(self) -> list[tuple[str, str]]:
        """Return id and title of every case, the newest first."""
        found = self.connection.execute("SELECT id, title FROM cases ORDER BY opened_at DESC, rowid DESC LIMIT 500")
        return found.fetchall()

    def find(self, case_id: str, known_at: pe.Instant | None = None) -> Record | None:
        """Return a case; of its facts only those recorded by *known_at*, which evaluation applies to events alone."""
        row = self.connection.execute("SELECT title, policies FROM cases WHERE id = ?", (case_id,)).fetchone()
        if row is None:
            return None
        latest = None if known_at is None else known_at.micros
        facts = self.connection.execute(
            "SELECT name, value FROM facts WHERE case_id = ?1 AND (?2 IS NULL OR recorded_at <= ?2) ORDER BY number",
            (case_id, latest),
        ).fetchall()
        events = self.connection.execute(
            "SELECT entry, recorded_at FROM events WHERE case_id = ? ORDER BY number", (case_id,)
        ).fetchall()
        return Record(
            id=case_id,
            title=row[0],
            policies=tuple(json.loads(row[1])),
            facts={name: json.loads(value) for name, value in facts},
            entries=tuple(json.loads(entry) for entry, _ in events),
            recorded=tuple(pe.Instant(recorded_at) for _, recorded_at in events),
        )

    def add_case(self, record: Record, now: pe.Instant) -> None:
        """Put a new case on record, so far without facts and events."""
        values = (record.id, record.title, _json(list(record.policies)), now.micros)
        self.connection.execute("INSERT INTO cases (id, title, policies, opened_at) VALUES (?, ?, ?, ?)", values)

    def add_facts(self, case_id: str, facts: Mapping[str, Any], now: pe.Instant) -> None:
        """Put on record what is known of a case from its start."""
        rows = [(case_id, name, _json(value), now.micros) for name, value in facts.items()]
        self.connection.executemany("INSERT INTO facts (case_id, name, value, recorded_at) VALUES (?, ?, ?, ?)", rows)

    def add_event(self, case_id: str, entry: Entry, now: pe.Instant) -> None:
        """Put an event on record."""
        values = (case_id, entry["id"], _json(entry), now.micros)
        self.connection.execute("INSERT INTO events (case_id, id, entry, recorded_at) VALUES (?, ?, ?, ?)", values)


@dataclass(frozen=True, slots=True)
class Store:
    """The file of the database. Every request has a connection of its own, so that threads share none."""

    path: Path

    def prepare(self) -> None:
        """Make the tables that are not there yet."""
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as connection:
            connection.executescript(_SCHEMA.read_text(encoding="utf-8"))

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Let one state of the database be read."""
        with self._transaction("BEGIN") as records:
            yield records

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """Let what was read be added to: nobody else writes in between, and nothing is kept of what raises."""
        with self._transaction("BEGIN IMMEDIATE") as records:
            yield records

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Records]:
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(begin)
            yield Records(connection)
            connection.execute("COMMIT")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
