"""A proof as JSON, titles in both languages, every case as its file has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.analysis.proving.finding import Chain, Dead, Rows, Slack, Unowed
from policyengine.report.as_json import choice
from policyengine.report.json_values import Json, both, titled, written
from policyengine.report.proof import words
from policyengine.report.proof.case_file import case_json

if TYPE_CHECKING:
    from policyengine.analysis.cells import Cell
    from policyengine.analysis.proving.finding import Detail, Expected, Finding, Proof, Step, Waits, Witness
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.assessment import Choice

PROOF = "policyengine/proof/1"


def proof_json(proof: Proof, *, indent: int | None = 2) -> str:
    """Return *proof* as JSON text that ends with a line end."""
    side = proof.side
    return written(
        {
            "schema": PROOF,
            "policy": titled(side.policy.id, side.policy.title),
            "digest": side.policy.digest,
            "readings": [{"reading": name, "option": option} for name, option in side.readings.items()],
            "beside": [titled(each.policy.id, each.policy.title) for each in proof.beside],
            "given": dict(proof.given),
            "findings": [_finding(side, each) for each in proof.findings],
            "stated": [_finding(side, each) for each in proof.stated],
            "undecided": [
                {"kind": each.kind.value, "subjects": list(each.subjects), "reason": each.reason}
                for each in proof.undecided
            ],
            "elsewhere": None
            if proof.elsewhere is None
            else [{"under": choice(under), **_key(finding)} for under, finding in proof.elsewhere],
        },
        indent=indent,
    )


def _key(finding: Finding) -> dict[str, Json]:
    return {"kind": finding.kind.value, "subjects": list(finding.subjects)}


def _finding(side: Side, finding: Finding) -> Json:
    reach = finding.reach
    return {
        **_key(finding),
        "title": both(words.KIND[finding.kind]),
        "why": both(words.WHY[finding.kind]),
        "way_out": both(words.WAY_OUT[finding.kind]),
        "provisions": [_provision(side, each) for each in finding.provisions],
        "clauses": [_clause(side, each) for each in finding.clauses],
        "regions": [region_json(each) for each in finding.regions],
        "detail": _detail(finding.detail),
        "stated_by": list(finding.stated),
        "readings": None if reach is None else {"asked": _choices(reach.asked), "gone": _choices(reach.gone)},
        "witnesses": [_witness(side, each) for each in finding.witnesses],
    }


def _choices(chosen: tuple[Choice, ...]) -> Json:
    return [choice(each) for each in chosen]


def _provision(side: Side, name: str) -> Json:
    found = side.provision(name)
    nodes = (node for each in side.policy.provisions for node in each.nodes() if node.id == name)
    return titled(name, found.title if found is not None else next(nodes).title)


def _clause(side: Side, name: str) -> Json:
    clause = side.policy.header.source.clauses[name]
    return {"id": name, "number": clause.number, "says": both(clause.says)}


def region_json(region: Region) -> Json:
    """Return a region: facts that are not named may be anything; of a number the stretches that it lies in."""
    return {
        "facts": [{"fact": name, "cells": [_cell(each) for each in found]} for name, found in region.facts],
        "happened": [{"event": name, "has": list(truths)} for name, truths in region.happened],
    }


def _cell(cell: Cell) -> Json:
    if cell.low is None and cell.high is None:
        return {"values": [list(each) if isinstance(each, tuple) else each for each in cell.values]}
    return {"lower": cell.low, "lower_in": cell.low_in, "upper": cell.high, "upper_in": cell.high_in}


def _detail(detail: Detail) -> Json:
    if isinstance(detail, Chain):
        return {
            "steps": [_step(each) for each in detail.steps],
            "always": detail.always,
            "announced_only": detail.announced_only,
        }
    if isinstance(detail, Dead):
        return {"cause": detail.cause.value, "others": list(detail.others)}
    if isinstance(detail, Rows):
        return {"table": detail.table, "rows": list(detail.rows)}
    if isinstance(detail, Slack):
        return {
            "act": detail.act,
            "to": detail.to,
            "fact": detail.fact,
            "milder": list(detail.milder),
            "graver": list(detail.graver),
            "later": list(detail.later),
        }
    if isinstance(detail, Unowed):
        return {
            "policy": detail.policy,
            "provision": detail.provision,
            "act": detail.act,
            "clauses": list(detail.clauses),
        }
    return {"waits": [_waits(each) for each in detail]}


def _step(step: Step) -> Json:
    length: Json = None
    if step.within is not None:
        unit, number = step.within.parts()[0]
        length = {"unit": unit, "n": number}
    return {"act": step.act, "provision": step.provision, "length": length}


def _waits(waits: Waits) -> Json:
    return {"act": waits.act, "first": list(waits.first), "every": waits.every, "provision": waits.provision}


def _witness(side: Side, witness: Witness) -> Json:
    return {
        "case": case_json(side, witness, witness.case.id, side.policy.id),
        "expected": [_expected(side, each) for each in witness.expected],
    }


def _expected(side: Side, expected: Expected) -> Json:
    at = None if expected.at is None else expected.at.to_iso(side.policy.zone)
    return {"name": expected.name, "check": expected.check.value, "at": at, "value": expected.value}
