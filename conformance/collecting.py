"""Cases whose answers somebody worked out by hand: each is held against that before it is written into a table."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import policyengine as pe
from conformance.documents import RECALL, ROOT, read
from conformance.table import HERE, Json, document, entry, frozen
from policyengine.checks.examples.bench import bench
from policyengine.checks.examples.example import Ask, Subject
from policyengine.checks.examples.judging import judge
from policyengine.checks.examples.reading import read_example_file
from policyengine.errors import PolicyError
from policyengine.prepare.log import LAST_YEAR
from policyengine.testing.differential.triple import Refused, Triple, known
from tests.support import lab

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ROOT / "tests" / "tables"
STATEMENTS = HERE / "statements.yaml"
_WORD = re.compile(r"[A-Za-z][\w-]*")
_TRUTHS = {"true": "active", "false": "not_applicable", "unknown": "undetermined"}


class DisagreementError(AssertionError):
    """The reference answers otherwise than somebody worked out by hand."""


@dataclass(frozen=True)
class Case:
    """A case of a table, ready to be written.

    Args:
        id: its name, which begins with its statement where it is about one.
        triple: what it asks.
        policy: the name of its policy; the policy stands in the table itself unless it is `shared`.
        told: the statements, where it comes from, and what was worked out by hand.
        shared: whether the policy is one of `policies/`.
    """

    id: str
    triple: Triple
    policy: str
    told: Mapping[str, Json]
    shared: bool = False


def table(cases: Sequence[Case], about: Mapping[str, str]) -> Json:
    """Return the table of *cases*."""
    own = {each.policy: document(each.triple.policy) for each in cases if not each.shared}
    rows = [entry(each.id, each.triple, each.policy, each.told) for each in cases]
    return {"format": "policyengine/conformance/1", "about": dict(about), "policies": own, "cases": rows}


def worked(folder: Path, label: str) -> Iterator[Case]:
    """Yield a case for every question of the case files below *folder* that is asked of one policy."""
    for path in sorted(folder.rglob("*.yaml")):
        ready = bench([read_example_file(path)], read=_policy)
        for each in ready.examples:
            for number, ask in enumerate(each.asks, 1):
                # Most questions ask about the same log under another reading; one of them for each case is enough.
                others = [one for one in each.asks[: number - 1] if one.choose]
                if len(ask.policies) == 1 and not (ask.choose and others):
                    name = f"{label}/{path.stem}/{each.name}" if len(ready.examples) > 1 else f"{label}/{path.stem}"
                    yield _worked(name if len(each.asks) == 1 else f"{name}/{number}", ask, ready.policies, path)


def _policy(name: str) -> tuple[pe.Policy, tuple[pe.Diagnostic, ...]]:
    path = RECALL / "product-recall.yaml" if "product-recall" in name else None
    return pe.load(path or name), ()


def _worked(name: str, ask: Ask, policies: Mapping[str, pe.Policy], path: Path) -> Case:
    if wrong := [each.expected.name for each in judge(ask, policies) if not each.passed]:
        raise DisagreementError(f"{name}: {', '.join(wrong)}")
    policy = policies[ask.policies[0]]
    rows = {Subject.DUTY, Subject.GAP, Subject.ABSENT}
    by_hand = list(dict.fromkeys(each.name for each in ask.expected if each.subject in rows))
    told = {"from": path.relative_to(ROOT).as_posix(), "by_hand": by_hand}
    triple = Triple(policy, ask.case, ask.as_of, frozen(ask.choose.get(ask.policies[0])))
    return Case(name, triple, policy.id, told, shared=True)


def conditions() -> Iterator[Case]:
    """Yield a case for every row of the table of conditions: a duty that is there, or not, or perhaps (S9)."""
    for row in read(TABLES / "conditions.yaml"):
        policy = lab.policy(f"{{id: a, must: forgive, when: {_flow(row['when'])}}}")
        log = [f"9:0{place} {each}" for place, each in enumerate(row.get("happened", ()))]
        case = lab.log(*log, **row.get("facts", {}))
        expect = {"a": _TRUTHS[row["truth"]]}
        yield _checked(f"S9 {row['id']}", policy, (case, lab.at("9:30")), (expect, "tests/tables/conditions.yaml"))


def deadlines() -> Iterator[Case]:
    """Yield a case for every row of the table of deadlines that a policy can say (S17 to S19, S22)."""
    with (TABLES / "deadlines.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            policy = _counting(row) if pe.Instant.parse(row["anchor"]).utc().year < LAST_YEAR else None
            if policy is not None:
                yield _deadline(row, policy)


def _counting(row: Mapping[str, str]) -> pe.Policy | None:
    ends = {"ends": row["ends"]} if row["ends"] else {}
    counting = {"hours": row["hours"], "days": {"roll": row["roll"], **ends}}
    header = f"time_zone: {row['zone']}\ncalendar: {row['calendar']}\ncounting: {json.dumps(counting)}\n"
    length = f"{{{row['unit']}: {row['n']}}}"
    try:
        return lab.policy(f"{{id: a, must: answer, upon: start, deadline: {{within: {length}}}}}", header=header)
    except (AssertionError, PolicyError):  # a length that no policy may have
        return None


def _deadline(row: Mapping[str, str], policy: pe.Policy) -> Case:
    anchor = pe.Instant.parse(row["anchor"])
    case = pe.Case(id="lab", events=[pe.Event(id="e1", type="start", at=anchor)])
    triple = Triple(policy, case, anchor, frozen(None))
    given = known(triple).answer
    limit = None if isinstance(given, Refused) else given.duty("a").limit
    by_hand = {name: row[name] for name in ("due", "inclusive", "provisional")}
    if limit is None:
        raise DisagreementError(row["id"])
    found = (limit.due, limit.due_inclusive, limit.provisional)
    if found != (pe.Instant.parse(row["due"]), row["inclusive"] == "yes", row["provisional"] == "yes"):
        raise DisagreementError(f"{row['id']}: {found}")
    number = (
        "S18" if row["unit"] in {"hours", "minutes", "seconds"} else "S22" if row["provisional"] == "yes" else "S19"
    )
    told = {"statements": [number], "from": "tests/tables/deadlines.csv", "by_hand": by_hand, "why": row["why"]}
    return Case(f"{number} {row['id']}", triple, f"{number} {row['id']}", told)


def statements(path: Path = STATEMENTS) -> Iterator[Case]:
    """Yield a case for every row of a file in the notation of `tests/tables/lifecycle.yaml`."""
    for row in read(path):
        policy = lab.policy("\n".join(map(_flow, row["provisions"])), header=row.get("header", ""))
        case = lab.log(*row["log"], **row.get("facts", {}))
        case = _changed(case, row)
        expect = row["expect"] if isinstance(row["expect"], dict) else {"a": row["expect"]}
        asked = (case, lab.at(row["at"]))
        by_hand = (expect, path.relative_to(ROOT).as_posix())
        yield _checked(row["id"], policy, asked, by_hand, readings=row.get("readings"))


def _changed(case: pe.Case, row: Mapping[str, Json]) -> pe.Case:
    """Return *case* with what a log of the laboratory cannot say: when things were recorded, amendments, the scope."""
    events = [*case.events, *(_event(each) for each in row.get("amendments", ()))]
    late = {name: lab.at(at) for name, at in row.get("recorded", {}).items()}
    moments: Json = {name: lab.at(row[name]) for name in ("known_at", "known_until") if name in row}
    told = [pe.Event(**{**_fields(each), "recorded_at": late.get(each.id, each.recorded_at)}) for each in events]
    return pe.Case(id=case.id, facts=case.facts, events=told, scope=row.get("scope", "case"), **moments)


def _event(given: Mapping[str, Json]) -> pe.Event:
    told: Json = {name: lab.at(each) if name in {"at", "recorded_at"} else each for name, each in given.items()}
    return pe.Event(**told)


def _fields(event: pe.Event) -> dict[str, Json]:
    return {name: getattr(event, name) for name in event.__slots__ if name != "span"}


def _checked(
    name: str,
    policy: pe.Policy,
    asked: tuple[pe.Case, pe.Instant],
    by_hand: tuple[Mapping[str, str], str],
    *,
    readings: Mapping[str, str] | None = None,
) -> Case:
    expect, source = by_hand
    triple = Triple(policy, *asked, frozen(readings))
    given = known(triple).answer
    for row, wanted in expect.items():
        if (found := _shown(given, row)) != wanted:
            raise DisagreementError(f"{name}: {row}: by hand {wanted!r}, by the reference {found!r}")
    told = {"statements": [name.partition(" ")[0]], "from": source, "by_hand": dict(expect)}
    return Case(name, triple, name, told)


def _shown(given: pe.Assessment | Refused, row: str) -> str:
    if isinstance(given, Refused):
        return "refused" if row == "answer" else given.told
    if row.startswith("gap "):
        return next((each.kind.value for each in given.gaps if each.gap == row.removeprefix("gap ")), "none")
    name, _, instance = row.partition(" ")
    duty = given.duty(name, instance or None)
    bearer = f" for {duty.bearer}" if duty.assigned and duty.bearer else ""
    late = " provisional" if duty.limit is not None and duty.limit.provisional else ""
    return lab.shown(duty) + bearer + late


def _flow(node: Json) -> str:
    """Return plain data as YAML in flow style, keys bare, so that the laboratory can complete it."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(_flow(value) for value in node) + "]"
    quoted = isinstance(node, bool | None) or (isinstance(node, str) and not _WORD.fullmatch(node))
    return json.dumps(node, ensure_ascii=False) if quoted else str(node)
