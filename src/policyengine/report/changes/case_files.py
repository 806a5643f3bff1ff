"""The cases behind changes: as files that `policyengine evaluate` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report.case_files import case_file
from policyengine.report.case_files import case_json as written_case

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.analysis.changes import Change, Changes
    from policyengine.model.case import Case
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
            commands = (f"policyengine evaluate {name}.yaml --policy {each}" for each in (old, new))
            head = (f"{change.name}: {shown.direction.value}", *commands)
            yield f"{name}.yaml", case_file(_named(shown, name, new), changes.new.policy.zone, head=head)


def case_name(changes: Changes, change: Change, shown: Shown) -> str:
    """Return what the file of a case is called, without its ending."""
    number = changes.changed.index(change) + 1
    return f"{number:02}-{change.name}-{shown.direction.value}"


def case_json(shown: Shown, name: str, zone: Zone, *, policy: str) -> Mapping[str, Json]:
    """Return a case as its file has it; instants are on *zone*."""
    return written_case(_named(shown, name, policy), zone)


def _named(shown: Shown, name: str, policy: str) -> Case:
    return replace(shown.case, id=name, policies=(policy,), as_of=shown.as_of)
