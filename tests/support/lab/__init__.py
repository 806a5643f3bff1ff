"""A laboratory for the engine: policies of a few lines, logs of a few words.

The day is 2026-03-02, a Monday, in Shanghai; `at("9:30")` is that day, `at("+1 9:30")` the next.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import policyengine as pe
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source

HERE = Path(__file__).parent
DAY = 86_400_000_000
_HEADER = """\
policy: lab
title: {zh: 试验规定, en: lab policy}
vocabulary: lab
time_zone: Asia/Shanghai
calendar: cn
versions: [{in_force: {}}]
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1":
      number: "1"
      digest: "0000000000000000"
      says: {zh: 试验, en: lab}
      provisions: NAMES
"""


def policy(provisions: str, header: str = "", names: str = "a b c d") -> pe.Policy:
    """Return a policy of *provisions*, each a mapping in flow style on a line of its own, whose `id` comes first.

    Title, clause and bearer are added; a bearer is not added to a prohibition.
    """
    lines = [line.strip() for line in provisions.strip().splitlines()]
    full = [_completed(line) for line in lines]
    declared = [name for name in names.split() if any(f"id: {name}," in line for line in lines)]
    head = _HEADER.replace("NAMES", json.dumps(declared))
    keys = {line.split(":")[0] for line in header.splitlines() if line[:1].isalpha()}
    head = "".join(part for part in re.split(r"(?m)^(?=[a-z])", head) if part.split(":")[0] not in keys)
    text = head + header + "\nprovisions:\n" + "".join(f"  - {line}\n" for line in full)
    loaded, faults = read_policy_text(Source("lab.yaml", text), beside=HERE)
    assert loaded is not None, [(str(each.span), each.code, each.message()) for each in faults]
    return loaded


def _completed(line: str) -> str:
    extra = 'title: {zh: 试, en: t}, clause: "LAB:1", '
    if "must_not:" not in line and "bearer:" not in line:
        extra += "bearer: unit, "
    return "{" + extra + line.removeprefix("{")


def at(when: str) -> pe.Instant:
    """Return an instant of the laboratory's day; `+N` before the time is N days later."""
    days, _, clock = when.rpartition(" ")
    hour, minute = clock.split(":")
    start = pe.Instant.parse(f"2026-03-02T{int(hour):02}:{minute}:00+08:00")
    return start.plus(int(days or 0) * DAY)


def log(*entries: str, **facts: object) -> pe.Case:
    """Return a case; an entry is `time type [fact=value ...] [attribute:value ...] [@by] [>to] [partly]`.

    Values are JSON or words.
    """
    events = [_event(f"e{number}", entry) for number, entry in enumerate(entries, start=1)]
    return pe.Case(id="lab", facts=facts, events=events)  # type: ignore[arg-type]


def _event(name: str, entry: str) -> pe.Event:
    words = entry.split()
    when = " ".join((words.pop(0), words.pop(0))) if words[0].startswith("+") else words.pop(0)
    kind = words.pop(0)
    sets: dict[str, object] = {}
    by: str | None = None
    to: tuple[str, ...] = ()
    attributes: dict[str, object] = {}
    partial = False
    for word in words:
        if word.startswith("@"):
            by = word[1:]
        elif word.startswith(">"):
            to = tuple(word[1:].split(","))
        elif word == "partly":
            partial = True
        elif word.startswith("means=") or ":" in word:
            attribute, value = word.replace("means=", "means:").split(":", 1)
            attributes[attribute] = value
        else:
            fact, value = word.split("=")
            sets[fact] = _value(value)
    given = {"sets": sets, "by": by, "to": to, "attributes": attributes, "partial": partial}
    return pe.Event(id=name, type=kind, at=at(when), **given)  # type: ignore[arg-type]


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def row(loaded: pe.Policy, case: pe.Case, when: str, provision: str = "a", **readings: str) -> pe.Duty:
    """Return one duty of *case* at *when*."""
    return pe.evaluate(loaded, case, as_of=at(when), readings=readings).duty(provision)


def rows(loaded: pe.Policy, case: pe.Case, when: str, provision: str = "a") -> dict[str | None, str]:
    """Return every duty of one provision at *when*, by its instance."""
    duties = pe.evaluate(loaded, case, as_of=at(when)).duties
    return {duty.instance: shown(duty) for duty in duties if duty.provision == provision}


def clock(instant: pe.Instant | None) -> str | None:
    """Return an instant as `+days hh:mm[:ss.ffffff]` of the laboratory."""
    if instant is None:
        return None
    days, rest = divmod(instant.micros - at("0:00").micros, DAY)
    minutes, micros = divmod(rest, 60_000_000)
    tail = f":{micros / 1_000_000:09.6f}" if micros else ""
    return f"{f'+{days} ' if days else ''}{minutes // 60}:{minutes % 60:02}{tail}"


def shown(duty: pe.Duty) -> str:
    """Return status, due and violation of a duty in one line."""
    due = None if duty.limit is None else clock(duty.limit.due)
    return " ".join(
        part
        for part in (
            duty.status.value,
            f"due {due}" if due else "",
            f"violated {clock(duty.violated_at)}" if duty.violated_at else "",
            f"by {duty.performed.event}" if duty.performed else "",
        )
        if part
    )
