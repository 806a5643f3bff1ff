"""Cases as files that `policyengine evaluate` reads: nothing of a case is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine.loading.dump import dumped
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.report.json_values import Json
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.zone import Zone


def case_file(case: Case, zone: Zone, *, head: Sequence[str] = ()) -> str:
    """Return *case* as the YAML text of a file, which reads back as an equal case.

    Args:
        case: named, with the policies and the instant that the file is to ask about.
        zone: whose clock instants are written on, each with its offset.
        head: comments above it, each a line, without their mark; control characters show as escapes.

    >>> from policyengine import Case, Event, load
    >>> case = Case(id="demo", events=[Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00")])
    >>> text = case_file(case, load("changzhi").zone, head=["as it was reported"])
    >>> print(text.splitlines()[0], "/", text.splitlines()[-1].strip())
    # as it was reported / at: '2025-10-08T23:30:00+08:00'
    >>> Case.from_text(text) == case
    True
    """
    return "".join(f"# {visible(each)}\n" for each in head) + dumped(case_json(case, zone))


def case_json(case: Case, zone: Zone) -> dict[str, Json]:
    """Return *case* as its file has it, what is not said left out; instants are on the clock of *zone*."""
    named = list(case.policies)
    return {
        "case": case.id,
        **_said(title=case.title),
        **({} if case.scope == "case" else {"scope": case.scope}),
        **({} if not named else {"policy": named[0] if len(named) == 1 else named}),
        **_moments(zone, as_of=case.as_of, known_at=case.known_at, known_until=case.known_until),
        "facts": _plain(case.facts),
        "events": [_event(each, zone) for each in case.events],
    }


def _event(event: Event, zone: Zone) -> Json:
    return {
        "id": event.id,
        **({"type": event.type} if event.type else {}),
        **_moments(zone, at=event.at, recorded_at=event.recorded_at),
        **_said(by=event.by),
        **({"to": list(event.to)} if event.to else {}),
        **({"sets": _plain(event.sets)} if event.sets else {}),
        **({"attributes": _plain(event.attributes)} if event.attributes else {}),
        **({"partial": True} if event.partial else {}),
        **_said(corrects=event.corrects, retracts=event.retracts, note=event.note),
    }


def _said(**texts: str | None) -> dict[str, Json]:
    return {name: text for name, text in texts.items() if text is not None}


def _moments(zone: Zone, **moments: Instant | None) -> dict[str, Json]:
    return {name: moment.to_iso(zone) for name, moment in moments.items() if moment is not None}


def _plain(values: Mapping[str, FactValue]) -> dict[str, Json]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
