"""The cases behind findings as files that `policyengine evaluate` reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.dump import dumped

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Finding, Proof, Witness
    from policyengine.analysis.sides import Side
    from policyengine.model.case import Event, FactValue
    from policyengine.report.json_values import Json
    from policyengine.temporal.zone import Zone


def case_files(proof: Proof, policy: str) -> Iterator[tuple[str, str]]:
    """Yield a name and the text of a file for every case behind a finding, in order; no two have the same name.

    Args:
        proof: with the findings, those included that the policy states itself.
        policy: how the files name the policy, as in a case file.
    """
    for number, finding in enumerate((*proof.findings, *proof.stated), start=1):
        for place, witness in enumerate(finding.witnesses, start=1):
            name = f"{proof.side.policy.id}-{number:02}-{finding.kind.value.replace('_', '-')}-{place}"
            yield f"{name}.yaml", _text(proof.side, policy, name, (finding, witness))


def case_json(side: Side, witness: Witness, name: str, policy: str) -> dict[str, Json]:
    """Return a case as its file has it; instants are on the policy's zone."""
    zone = side.policy.zone
    return {
        "case": name,
        **({} if witness.case.scope == "case" else {"scope": witness.case.scope}),
        "policy": policy,
        "as_of": witness.as_of.to_iso(zone),
        "facts": {each: _plain(value) for each, value in witness.case.facts.items()},
        "events": [_event(each, zone) for each in witness.case.events],
    }


def _text(side: Side, policy: str, name: str, told: tuple[Finding, Witness]) -> str:
    finding, witness = told
    chosen = [
        f" --reading {reading}={option}"
        for reading, option in side.readings.items()
        if option != side.policy.readings[reading].default
    ]
    shown = ", ".join(dict.fromkeys(f"{each.name}: {each.check.value}" for each in witness.expected))
    head = f"# {finding.kind.value}; {shown}\n# policyengine evaluate {name}.yaml{''.join(chosen)}\n"
    return head + dumped(case_json(side, witness, name, policy))


def _event(event: Event, zone: Zone) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "at": event.at.to_iso(zone),
        **({} if event.by is None else {"by": event.by}),
        **({"to": list(event.to)} if event.to else {}),
        **(
            {"attributes": {name: _plain(value) for name, value in event.attributes.items()}}
            if event.attributes
            else {}
        ),
    }


def _plain(value: FactValue) -> Json:
    return list(value) if isinstance(value, tuple) else value
