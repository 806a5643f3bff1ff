"""Acts that another policy demands, and that this one leaves to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.proving.finding import FindingKind, Unowed
from policyengine.analysis.proving.replay import answer, shows
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Finding, Proof
    from policyengine.model.policy import Policy

DEMAND = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}"


def unowed(proof: Proof) -> list[Finding]:
    return [each for each in proof.findings if each.kind is FindingKind.UNOWED_ACT]


def held(own: str, demanded: str = DEMAND) -> list[Finding]:
    other = policy(demanded, header="policy: other\n")
    return unowed(pe.prove(policy(own), beside=[other]))


@pytest.mark.parametrize(
    ("own", "found"),
    [
        pytest.param("{id: b, must: tell, upon: start}", 1, id="nothing of it"),
        pytest.param("{id: b, must: answer, upon: stop}", 1, id="upon something else only"),
        pytest.param("{id: b, must: answer, upon: start, when: {flag: true}}", 1, id="in part only"),
        pytest.param("{id: b, may: answer, upon: start}", 1, id="discretion is no duty"),
        pytest.param("{id: b, should: answer, upon: start}", 0, id="owed in principle"),
        pytest.param("{id: b, must: speak, upon: start}", 0, id="a wider act is owed"),
        pytest.param("{id: b, must: confer, upon: start}", 0, id="a narrower act is owed"),
    ],
)
def test_who_owes_it(own: str, found: int) -> None:
    assert len(held(own)) == found


def test_where_it_is_owed_by_nobody_and_where_it_would_be() -> None:
    (finding,) = held("{id: b, must: answer, upon: start, when: {flag: true}}")
    (region,) = finding.regions
    assert {name: [value for cell in cells for value in cell.values] for name, cells in region.facts} == {
        "flag": [False]
    }
    assert finding.provisions == ("b",)
    assert finding.detail == Unowed("other", "a", "answer", ("LAB:1",))


@pytest.mark.parametrize("name", [each for each in pe.packaged() if not each.startswith("state-council")])
def test_every_one_of_the_regulations_is_shown_by_a_case_of_both_policies(name: str) -> None:
    own, other = policy_named(name), policy_named("state-council-2016-61")
    proof = pe.prove(own, beside=[other])
    found = [each for each in (*proof.findings, *proof.stated) if each.kind is FindingKind.UNOWED_ACT]
    assert found or name.startswith("hubei")
    for each in found:
        assert shows(proof.side, each)
        assert owes(other, each)


def owes(other: Policy, finding: Finding) -> bool:
    """Tell whether the other policy finds the act owed in the case."""
    side = next(each for each in pe.prove(other, beside=[other]).beside)
    (witness,) = finding.witnesses
    rows = answer(side, witness.case, witness.as_of).duties
    return any(each.provision == finding.subjects[1] and each.owed for each in rows)


def test_what_the_policy_states_itself_is_no_finding() -> None:
    meihekou, rules = policy_named("meihekou"), policy_named("state-council-2016-61")
    proof = pe.prove(meihekou, beside=[rules])
    stated = {each.subjects[1]: each.stated for each in proof.stated if each.kind is FindingKind.UNOWED_ACT}
    assert stated["leads-to-police"] == ("rumours",)
    assert "leads-to-police" not in {each.subjects[1] for each in unowed(proof)}


def test_beside_itself_a_policy_lacks_nothing() -> None:
    hubei = policy_named("hubei")
    assert unowed(pe.prove(hubei, beside=[hubei])) == []
