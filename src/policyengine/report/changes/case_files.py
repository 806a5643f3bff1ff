"""The cases behind changes: as files that `policyengine evaluate` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.loading.dump import dumped

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.analysis.changes import Change, Changes
    from policyengine.model.case import Event, FactValue
    from policyengine.report.json_values import Json
    from policyengine.temporal.zone import Zone


def case_files(changes: Changes, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a name and the text of a file for every case that is shown, in order; no two have the same name.

    Args:
        changes: with the cases.
        names: how the files name the old version and the new one: by id or by path.
    """
    for change in changes.changed:
        for shown in change.shown:
            name = case_name(changes, change, shown)
            old, new = names
            head = f"# {change.name}: {shown.direction.value}\n" + "".join(
                f"# policyengine evaluate {name}.yaml --policy {each}\n" for each in (old, new)
            )
            yield f"{name}.yaml", head + dumped(case_json(shown, name, changes.new.policy.zone, policy=new))


def case_name(changes: Changes, change: Change, shown: Shown) -> str:
    """Return what the file of a case is called, without its ending."""
    number = changes.changed.index(change) + 1
    return f"{number:02}-{change.name}-{shown.direction.value}"


def case_json(shown: Shown, name: str, zone: Zone, *, policy: str) -> Mapping[str, Json]:
    """Return a case as its file has it; instants are on *zone*."""
    case = shown.case
    return {
        "case": name,
        **({} if case.scope == "case" else {"scope": case.scope}),
        "policy": policy,
        "as_of": shown.as_of.to_iso(zone),
        "facts": {each: _plain(value) for each, value in case.facts.items()},
        "events": [_event(each, zone) for each in case.events],
    }


def _event(event: Event, zone: Zone) -> Mapping[str, Json]:
    said: dict[str, Json] = {
        "by": event.by,
        "to": list(event.to),
        "sets": {name: _plain(value) for name, value in event.sets.items()},
        "attributes": {name: _plain(value) for name, value in event.attributes.items()},
        "partial": event.partial,
    }
    kept = {name: value for name, value in said.items() if value}
    return {"id": event.id, "type": event.type, "at": event.at.to_iso(zone), **kept}


def _plain(value: FactValue) -> Json:
    return list(value) if isinstance(value, tuple) else value
