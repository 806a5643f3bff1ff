"""The cases behind findings as files that `policyengine evaluate` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report.case_files import case_file
from policyengine.report.case_files import case_json as written_case

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Finding, Proof, Witness
    from policyengine.analysis.sides import Side
    from policyengine.model.case import Case
    from policyengine.report.json_values import Json


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
    return written_case(_named(witness, name, policy), side.policy.zone)


def _text(side: Side, policy: str, name: str, told: tuple[Finding, Witness]) -> str:
    finding, witness = told
    chosen = [
        f" --reading {reading}={option}"
        for reading, option in side.readings.items()
        if option != side.policy.readings[reading].default
    ]
    shown = ", ".join(dict.fromkeys(f"{each.name}: {each.check.value}" for each in witness.expected))
    head = (f"{finding.kind.value}; {shown}", f"policyengine evaluate {name}.yaml{''.join(chosen)}")
    return case_file(_named(witness, name, policy), side.policy.zone, head=head)


def _named(witness: Witness, name: str, policy: str) -> Case:
    return replace(witness.case, id=name, policies=(policy,), as_of=witness.as_of)
