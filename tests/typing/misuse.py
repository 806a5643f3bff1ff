"""What type checkers refuse. Never run: an ignored error that is none any more is itself an error to `mypy`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import policyengine as pe

if TYPE_CHECKING:
    import datetime

AT = pe.Instant(0)


def loading() -> None:
    pe.load(1)  # type: ignore[arg-type]
    pe.load(b"policy: x\n")  # type: ignore[arg-type]
    pe.dump("changzhi")  # type: ignore[arg-type]
    pe.Case.from_yaml(None)  # type: ignore[arg-type]
    pe.Case.from_text(Path("case.yaml"))  # type: ignore[arg-type]
    pe.packaged("changzhi")  # type: ignore[call-arg]


def evaluating(policy: pe.Policy, case: pe.Case, day: datetime.date) -> None:
    pe.evaluate(policy, case)  # type: ignore[call-overload]
    pe.evaluate(policy, case, "2025-10-09T00:45:00+08:00")  # type: ignore[call-overload]
    pe.evaluate("changzhi", case, as_of=AT)  # type: ignore[arg-type]
    pe.evaluate(["changzhi"], case, as_of=AT)  # type: ignore[list-item]
    pe.evaluate(policy, Path("case.yaml"), as_of=AT)  # type: ignore[call-overload]
    pe.evaluate(policy, case, as_of=1735689600)  # type: ignore[call-overload]
    pe.evaluate(policy, case, as_of=day)  # type: ignore[call-overload]
    pe.evaluate(policy, case, as_of=AT, readings="default")  # type: ignore[call-overload]
    pe.evaluate(policy, case, as_of=AT, readings={policy.id: {"clock_start": "detection"}})  # type: ignore[dict-item]
    pe.evaluate([policy], case, as_of=AT, readings={"clock_start": "detection"})  # type: ignore[dict-item]
    pe.evaluate(policy, case, as_of=AT, matcher="guess")  # type: ignore[call-overload]
    pe.evaluate(policy, case, at=AT)  # type: ignore[call-overload]


def explaining(policy: pe.Policy, case: pe.Case, found: pe.Explanation) -> None:
    pe.explain(policy, case, "first-bulletin")  # type: ignore[call-arg]
    pe.explain(policy, case, as_of=AT)  # type: ignore[call-arg]
    pe.explain("changzhi", case, "first-bulletin", as_of=AT)  # type: ignore[arg-type]
    pe.explain([policy], case, "first-bulletin", as_of=AT)  # type: ignore[arg-type]
    pe.explain(policy, case, "first-bulletin", as_of=AT, readings="all")  # type: ignore[arg-type]
    pe.explain(policy, case, "first-bulletin", as_of=AT, beside=policy)  # type: ignore[arg-type]
    pe.explain(policy, case, "first-bulletin", AT)  # type: ignore[call-arg]
    pe.sentences("changzhi", "regulation.txt")  # type: ignore[arg-type]
    found.text("fr")  # type: ignore[arg-type]
    found.markdown("en", width=80)  # type: ignore[call-arg]
    found.json(80)  # type: ignore[call-arg]
    found.duty.limit  # type: ignore[union-attr]  # noqa: B018 - there may be no duty at all
    found.provision = "other"  # type: ignore[misc]


def making() -> None:
    pe.Event(type="detected", at=AT)  # type: ignore[call-arg]
    pe.Event(id=1, type="detected", at=AT)  # type: ignore[arg-type]
    pe.Event(id="e1", type="detected", at=1735689600)  # type: ignore[arg-type]
    pe.Event(id="e1", type="detected", at=AT, sets={"matter": {"a": 1}})  # type: ignore[dict-item]
    pe.Event(id="e1", type="detected", at=AT, happened=True)  # type: ignore[call-arg]
    pe.Case(id="x", scope="office")  # type: ignore[arg-type]
    pe.Case(id="x", events=["detected"])  # type: ignore[list-item]
    pe.Instant("2025-10-08T23:30:00+08:00")  # type: ignore[arg-type]


def changing(policy: pe.Policy, case: pe.Case, answer: pe.Assessment) -> None:
    policy.digest = "0"  # type: ignore[misc]
    policy.id = "other"  # type: ignore[misc]
    policy.header.policy = "other"  # type: ignore[misc]
    case.id = "other"  # type: ignore[misc]
    case.facts["in_remit"] = True  # type: ignore[index]
    answer.duties += ()  # type: ignore[misc]
    answer.duties[0].status = pe.Status.FULFILLED  # type: ignore[misc]


def forgetting(answer: pe.Assessment, both: pe.Assessments) -> None:
    answer.next_due.provision  # type: ignore[union-attr]  # noqa: B018 - nothing may be due
    answer.duty("first-bulletin").limit.due  # type: ignore[union-attr]  # noqa: B018 - there may be no number
    answer.duty(0)  # type: ignore[arg-type]
    answer.dutys  # type: ignore[attr-defined]  # noqa: B018 - no such name
    both.duty("first-bulletin")  # type: ignore[attr-defined]
    both[0]  # type: ignore[index]
    answer.worklist(same={})  # type: ignore[call-arg]
    answer.worklist().next_due.duty  # type: ignore[union-attr]  # noqa: B018 - nothing may be due
    abs(answer.worklist().entries[0].left)  # type: ignore[arg-type]  # there may be no number
    answer.worklist().entries[0].limit.due  # type: ignore[union-attr]  # noqa: B018 - likewise
