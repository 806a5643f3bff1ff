"""One open case as a saved state has it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from policyengine.errors import CaseError
from policyengine.model.case import Case, Event
from policyengine.monitor.entries import event_data, facts_data, read_event, value_faults
from policyengine.monitor.open_case import Told
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    from policyengine.model.case import Given
    from policyengine.monitor.docket import Docket
    from policyengine.monitor.open_case import OpenCase
    from policyengine.monitor.saved_parts import Part

_KEYS = ("case", "title", "facts", "scope", "known_at", "known_until", "told", "events")
_SCOPES = ("case", "agency")


def case_data(found: OpenCase) -> dict[str, object]:
    """Return an open case as a state has it: what is left out is its default."""
    given = found.given
    data: dict[str, object] = {"case": given.id}
    if given.title is not None:
        data["title"] = given.title
    if given.facts:
        data["facts"] = facts_data(given.facts)
    if given.scope != "case":
        data["scope"] = given.scope
    for name in ("known_at", "known_until"):
        if (moment := getattr(given, name)) is not None:
            data[name] = str(moment)
    if found.told is not None:
        data["told"] = {"entries": found.told.entries, "at": str(found.told.at)}
    return {**data, "events": [event_data(each) for each in found.log.values()]}


def read_case(docket: Docket, part: Part) -> None:
    """Open the case that *part* is, unless anything is wrong with it."""
    before = len(part.faults)
    if not part.keys(_KEYS):
        return
    name, scope, facts = part.at("case").text(), part.at("scope"), _facts(part.at("facts"))
    title, moments = part.at("title"), {key: part.at(key) for key in ("known_at", "known_until")}
    known = {key: each.instant() for key, each in moments.items() if each.value is not None}
    if scope.value is not None and scope.value not in _SCOPES:
        scope.fault(Wording("应为 case 或 agency", "expected case or agency"))
    named = None if title.value is None else title.text()
    log = part.at("events")
    events = tuple(_events(log))
    told = _told(part.at("told"), len(log.value) if isinstance(log.value, list) else 0)
    if name is None or len(part.faults) > before:
        return
    which = cast("Literal['case', 'agency']", scope.value or "case")
    case = Case(name, facts, events, which, title=named, **known)  # type: ignore[arg-type]
    try:
        docket.open(case, told)
    except CaseError as error:
        part.told(error.diagnostics)


def _facts(part: Part) -> Mapping[str, Given]:
    if part.value is None:
        return {}
    faults = tuple(value_faults(part.value))
    part.told(faults)
    return {} if faults else cast("Mapping[str, Given]", part.value)


def _events(part: Part) -> Iterator[Event]:
    for each in part.items():
        if not isinstance(each.value, dict):
            each.keys(())
            continue
        event, faults = read_event(each.value)
        each.told(faults)
        if event is not None:
            yield event


def _told(part: Part, entries: int) -> Told | None:
    if part.value is None or not part.keys(("entries", "at")):
        return None
    count, at = part.at("entries").count(), part.at("at").instant()
    if count is not None and count > entries:
        part.at("entries").fault(Wording("多于日志中的条数", "there are not so many entries in the log"))
    return None if count is None or at is None else Told(count, at)
