"""What the desk does: it puts cases, events and facts on record, and asks policyengine what follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import count
from typing import Any, NamedTuple

import policyengine as pe
from case_desk.faults import Refusal, of_case, refused
from case_desk.store import Entry, Record, Records, Store

CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MOST_EVENTS = 2_000


class DutyName(NamedTuple):
    """What tells a duty from all others of a case; without an instance, the first of its provision that matters."""

    policy: str
    provision: str
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the answers of its policies."""

    record: Record
    case: pe.Case
    policies: tuple[pe.Policy, ...]
    answers: pe.Assessments


@dataclass(frozen=True, slots=True)
class Desk:
    """A database and the policies that cases can be under, by id. Loaded once: policies never change."""

    store: Store
    policies: Mapping[str, pe.Policy]

    def open(self, case_id: str, title: str, policies: Sequence[str], now: pe.Instant) -> None:
        """Put a new case on record."""
        if CASE_ID.fullmatch(case_id) is None:
            raise refused(
                "案件编号由字母、数字、“.”、“_”、“-”组成，最多 64 个",
                "the id of a case has letters, digits, `.`, `_` and `-`, 64 at most",
            )
        record = Record(case_id, title or case_id, tuple(dict.fromkeys(policies)), {}, (), ())
        self.under(record)
        with self.store.writing() as records:
            if records.find(case_id) is not None:
                raise refused(f"案件 {case_id} 已存在", f"there is a case {case_id} already", HTTPStatus.CONFLICT)
            records.add_case(record, now)

    def judge(self, case_id: str, as_of: pe.Instant, known_at: pe.Instant | None = None) -> Judged:
        """Return what the policies of a case say about it, as known at *known_at* if that is given."""
        with self.store.reading() as records:
            record = _found(records, case_id, known_at)
        return self._judged(record, as_of, known_at)

    def explain(
        self, case_id: str, duty: DutyName, as_of: pe.Instant, known_at: pe.Instant | None = None
    ) -> pe.Explanation:
        """Return why a duty is as it is in a case, or why there is none, as known at *known_at* if that is given."""
        with self.store.reading() as records:
            record = _found(records, case_id, known_at)
        policies, case = self.under(record), record.case()
        policy = next((each for each in policies if each.id == duty.policy), None)
        if policy is None:
            raise _no_duty(duty)
        name, which = duty.provision, duty.instance
        try:
            with _refusing():
                return pe.explain(policy, case, name, instance=which, as_of=as_of, known_at=known_at, beside=policies)
        except pe.DutyError:
            raise _no_duty(duty) from None

    def record(self, case_id: str, given: Entry, now: pe.Instant) -> tuple[Entry, bool]:
        """Put an event on record, unless a policy's vocabulary does not know what it says.

        Returns:
            The event as it stands on record, and whether it is new: the same event may be sent any number of times.
        """
        with self.store.writing() as records:
            record = _found(records, case_id)
            entry = {"id": _free_id(record), **given}
            if entry in record.entries:
                return entry, False
            if len(record.entries) >= _MOST_EVENTS:
                raise refused(f"案件已有 {_MOST_EVENTS} 个事件", f"the case has {_MOST_EVENTS} events already")
            after = replace(record, entries=(*record.entries, entry), recorded=(*record.recorded, now))
            self._judged(after, now)
            records.add_event(case_id, entry, now)
        return entry, True

    def learn(self, case_id: str, facts: Mapping[str, Any], now: pe.Instant) -> None:
        """Put on record what is known of a case from its start."""
        with self.store.writing() as records:
            record = _found(records, case_id)
            self._judged(replace(record, facts={**record.facts, **facts}), now)
            records.add_facts(case_id, facts, now)

    def under(self, record: Record) -> tuple[pe.Policy, ...]:
        """Return the policies that a case is under."""
        for name in record.policies:
            if name not in self.policies:
                raise refused(f"没有规定 {name}", f"there is no policy {name}")
        if not record.policies:
            raise refused("请至少选择一部规定", "choose one policy at least")
        return tuple(self.policies[name] for name in record.policies)

    def _judged(self, record: Record, as_of: pe.Instant, known_at: pe.Instant | None = None) -> Judged:
        policies, case = self.under(record), record.case()
        with _refusing():
            return Judged(record, case, policies, pe.evaluate(policies, case, as_of=as_of, known_at=known_at))


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what policyengine cannot judge."""
    try:
        yield
    except pe.CaseError as error:
        raise of_case(error) from None
    except pe.TimeError:
        raise refused("只能判断公元 1000 年至 9000 年", "only the years 1000 to 9000 can be judged") from None


def _no_duty(duty: DutyName) -> Refusal:
    shown = duty.provision if duty.instance is None else f"{duty.provision} ({duty.instance})"
    return refused(
        f"{duty.policy} 在本案没有义务 {shown}", f"{duty.policy} has no duty {shown} in this case", HTTPStatus.NOT_FOUND
    )


def _free_id(record: Record) -> str:
    taken = {entry["id"] for entry in record.entries}
    return next(name for name in map("e{}".format, count(len(taken) + 1)) if name not in taken)


def _found(records: Records, case_id: str, known_at: pe.Instant | None = None) -> Record:
    record = records.find(case_id, known_at)
    if record is None:
        raise refused(f"没有案件 {case_id}", f"there is no case {case_id}", HTTPStatus.NOT_FOUND)
    return record
