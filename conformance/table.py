"""A table of cases as JSON: how questions and answers are written, and the text of a file, a row on a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyengine.model.assessment import NO_DUTY, Assessment, Duty, GapRow
from policyengine.model.frozen import FrozenMap
from policyengine.report.case_files import case_json
from policyengine.testing.differential.triple import Refused, Triple, known
from policyengine.testing.rendering import rendered

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

FORMAT = "policyengine/conformance/1"
HERE = Path(__file__).parent
TABLES = HERE / "cases"

_COPIED = frozenset({"clauses", "strength", "wording", "act", "to", "standing", "sanction", "promptly", "readings"})
"""What a row has from its provision as it stands; a table of answers need not say it again."""
_DEFAULTS = {each.name: each.default for each in fields(Duty) if each.default is not MISSING}
_NAMES = {"elapsed": "elapsed_micros"}

Json = Any
"""What `json` reads and writes."""


def question(triple: Triple, policy: str) -> dict[str, Json]:
    """Return what is asked, by the name that the table has for its policy."""
    asked = case_json(triple.case, triple.policy.zone)
    left = {name: each for name, each in asked.items() if name not in {"policy", "as_of", "title"}}
    readings = {name: each for name, each in triple.readings.items() if triple.policy.readings[name].default != each}
    return {"policy": policy, "as_of": str(triple.as_of), "readings": readings, "case": left}


def answer(given: Assessment | Refused) -> dict[str, Json]:
    """Return an answer as a table has it: what differs from row to row, and only what is so."""
    if isinstance(given, Refused):
        return {"refused": given.error}
    return {
        "facts": rendered(given.facts),
        "presumed": rendered(given.presumed),
        "duties": [row for row in map(duty, given.duties) if not _is_bare(row)],
        "no_duty": _by_status(row for row in map(duty, given.duties) if _is_bare(row)),
        "gaps": [gap(each) for each in given.gaps],
    }


def _is_bare(row: Mapping[str, Json]) -> bool:
    """Tell whether a row says only that there is no duty, and of which kind that is."""
    return row["status"] in NO_DUTY and row.keys() == {"provision", "status"}


def _by_status(rows: Iterable[Mapping[str, Json]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["status"], []).append(row["provision"])
    return found


def duty(row: Duty) -> dict[str, Json]:
    """Return a row: its provision and status, and every other field that does not have its default."""
    found: dict[str, Json] = {"provision": row.provision, "status": row.status.value}
    for name, default in _DEFAULTS.items():
        value = getattr(row, name)
        own = name in _COPIED or (name == "bearer" and row.assigned is None)
        if not own and value != default:
            found[_NAMES.get(name, name)] = _field(name, value)
    return found


def _field(name: str, value: object) -> Json:
    if name == "key":
        return {each: rendered(given) for each, given in value}  # type: ignore[attr-defined]
    if name == "missing_attributes":
        return [{"event": event, "attribute": each} for event, each in value]  # type: ignore[attr-defined]
    return _stated(rendered(value), but=frozenset({"steps"}))


def _stated(value: Json, *, but: frozenset[str] = frozenset()) -> Json:
    """Return *value* without what is null inside it, and without some fields."""
    if isinstance(value, Mapping):
        return {name: _stated(each) for name, each in value.items() if each is not None and name not in but}
    if isinstance(value, list):
        return [_stated(each) for each in value]
    return value


def gap(row: GapRow) -> dict[str, Json]:
    """Return a gap or referral that the case meets."""
    more = {"missing_facts": list(row.missing_facts)} if row.missing_facts else {}
    return {"gap": row.gap, "kind": row.kind.value, **more}


def entry(name: str, triple: Triple, policy: str, told: Mapping[str, Json]) -> dict[str, Json]:
    """Return one case of a table with the reference's answer.

    Args:
        name: its id.
        triple: what it asks.
        policy: the name that the table has for its policy.
        told: the statements it is about, where it comes from, and what was expected of it by hand.
    """
    return {"id": name, **told, **question(triple, policy), "expected": answer(known(triple).answer)}


def document(policy: Policy) -> Json:
    """Return the document of *policy* as plain data."""
    return json.loads(policy.document)


def text(table: Mapping[str, Json]) -> str:
    """Return the text of a file: cases apart, and each event, row and policy part on a line of its own."""
    return "".join(_lines(table, 0)) + "\n"


_FLAT = 110
"""What is shorter stands on one line."""


def _lines(value: Json, depth: int) -> Iterator[str]:
    flat = json.dumps(value, ensure_ascii=False)
    inner = " " * (depth + 1)
    if len(flat) <= _FLAT or not isinstance(value, Mapping | list) or _is_row(value):
        yield flat
    elif isinstance(value, Mapping):
        yield from _block(
            "{}", inner, [(f"{json.dumps(name, ensure_ascii=False)}: ", each) for name, each in value.items()]
        )
    else:
        yield from _block("[]", inner, [("", each) for each in value])


def _is_row(value: Json) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, Mapping) and not value.keys().isdisjoint({"provision", "gap", "at", "recorded_at"})


def _block(ends: str, inner: str, items: Sequence[tuple[str, Json]]) -> Iterator[str]:
    yield ends[0]
    for place, (head, each) in enumerate(items):
        yield f"{',' if place else ''}\n{inner}{head}"
        yield from _lines(each, len(inner))
    yield f"\n{inner[1:]}{ends[1]}"


def frozen(readings: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return options as a question has them."""
    return FrozenMap(readings or {})
