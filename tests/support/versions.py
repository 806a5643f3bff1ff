"""Two versions of one policy: a packaged one, and the same with edits to its document."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import policyengine as pe
from policyengine.loading.dump import dumped

Document = dict[str, Any]
Edit = Callable[[Document], object]


def document(name: str) -> Document:
    """Return the document of the packaged policy *name*, free to be edited."""
    found: Document = json.loads(pe.load(name).document)
    return found


def text(name: str, *edits: Edit) -> str:
    """Return the packaged policy *name* with *edits* as YAML."""
    found = document(name)
    for each in edits:
        each(found)
    return dumped(found)


def versions(name: str, *edits: Edit) -> tuple[pe.Policy, pe.Policy]:
    """Return the packaged policy *name* as it is, and with *edits*."""
    return pe.load(name), pe.load(text(name, *edits))


def provision(found: Document, name: str) -> Document:
    """Return one provision of a document."""
    node: Document = next(each for each in found["provisions"] if each["id"] == name)
    return node


def put(name: str, **parts: object) -> Edit:
    """Return the edit that puts *parts* into the provision *name*; ``None`` takes a part away."""

    def edit(found: Document) -> None:
        node = provision(found, name)
        node.update(parts)
        for each in [key for key, value in parts.items() if value is None]:
            del node[each]

    return edit


def within(name: str, **length: int) -> Edit:
    """Return the edit that gives the limit of the provision *name* another length, and leaves all else of it."""

    def edit(found: Document) -> None:
        provision(found, name)["deadline"]["within"] = length

    return edit


def dropped(name: str) -> Edit:
    """Return the edit that drops a provision, and what its clauses say of it."""

    def edit(found: Document) -> None:
        found["provisions"] = [each for each in found["provisions"] if each["id"] != name]
        for clause in found["source"]["clauses"].values():
            left = [each for each in clause.get("provisions", ()) if each != name]
            if left != clause.get("provisions", []):
                clause["provisions"] = left
            if clause.get("provisions") == []:
                del clause["provisions"]
                clause["disposition"] = "principle"

    return edit


def renamed(old: str, new: str) -> Edit:
    """Return the edit that gives a provision another id, wherever it is named."""

    def edit(found: Document) -> None:
        changed = json.loads(json.dumps(found).replace(f'"{old}"', f'"{new}"'))
        found.clear()
        found.update(changed)

    return edit


def next_full_hour(found: Document) -> None:
    """Count hours from the next full hour, as a rule rather than as an option."""
    found["counting"] = {"hours": "next_full_hour"}
    del found["readings"]["starting_hour"]


def in_principle_both(found: Document) -> None:
    """Make the other option of a reading its default."""
    found["readings"]["in_principle"]["default"] = "both"


def nothing_presumed(found: Document) -> None:
    """Presume nothing any more."""
    found["presume"] = {}


def from_july(found: Document) -> None:
    """Let the policy come into force on a day."""
    found["versions"] = [{"in_force": {"from": "2025-07-01"}}]


def other_bearer(found: Document) -> None:
    """Let a table of Hubei's notice name somebody else for what concerns several places."""
    rows = found["tables"][0]["rows"]
    rows[1]["then"] = rows[0]["then"]


def missed_limit_less(found: Document) -> None:
    """Let what is triggered under one option only be triggered by less."""
    provision(found, "circular-for-inactivity")["upon"]["missed_limit"] = ["passivity_found"]


AMENDMENT: tuple[Edit, ...] = (
    within("respond", hours=24),
    put("head-leads", when={"event_severity": {"at_least": "larger"}}),
    put("leads-to-police", bearer="bureau_office"),
    put("confirm-first", until="closed"),
    put("first-word-early", deadline={"within": {"hours": 2}}),
    put("report-to-leader", title={"zh": "向分管领导报告", "en": "report to the leader"}),
    dropped("leads-to-network-supervision"),
    in_principle_both,
    next_full_hour,
    missed_limit_less,
    renamed("inspect-effect", "inspect-effects"),
)
"""An amendment of Changzhi's policy in which something of every kind changes."""
