"""A comparison as JSON: regions as values, ids with titles in both languages, and every norm that it names once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report.comparison.telling import readings_of
from policyengine.report.explanation.as_json import as_in_file
from policyengine.report.json_values import both, titled, written

if TYPE_CHECKING:
    from policyengine.analysis import cells
    from policyengine.analysis.comparison import Cell, Comparison, Part, Row, Standing
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap, Provision
    from policyengine.report.json_values import Json

COMPARISON = "policyengine/comparison/1"


def comparison_json(comparison: Comparison, *, indent: int | None = 2) -> str:
    """Return *comparison* as JSON text that ends with a line end; it is the same in every language."""
    scale = comparison.scale
    graded = () if scale is None else comparison.sides[0].vocabulary.scales[scale]
    return written(
        {
            "schema": COMPARISON,
            "vocabulary": comparison.sides[0].vocabulary.vocabulary,
            "policies": [_side(each, comparison.against[each.policy.id]) for each in comparison.sides],
            "grades": [titled(each.id, each.title) for each in graded],
            "given": {name: _value(value) for name, value in comparison.given.items()},
            "rows": [_row(each) for each in comparison.rows],
            "provisions": [
                provision_json(side, each) for side in comparison.sides for each in _named(comparison, side)
            ],
            "gaps": [_gap(side, each) for side in comparison.sides for each in _silent(comparison, side)],
        },
        indent=indent,
    )


def _side(side: Side, against: tuple[str, ...]) -> Json:
    policy = side.policy
    return {
        **titled(policy.id, policy.title),
        "digest": policy.digest,
        "against": list(against),
        "readings": [
            {
                "reading": name,
                "question": both(reading.question),
                "option": side.readings[name],
                "by_default": side.readings[name] == reading.default,
                "options": [titled(each, says) for each, says in reading.options.items()],
                "why_default": both(reading.why),
            }
            for name, reading in policy.readings.items()
        ],
    }


def _row(row: Row) -> Json:
    return {
        "topic": titled(row.topic.id, row.topic.title),
        "acts": list(row.topic.acts),
        "grades": list(row.grades),
        "cells": [_cell(each) for each in row.cells],
    }


def _cell(cell: Cell) -> Json:
    return {
        "policy": cell.policy,
        "relation": None if cell.relation is None else cell.relation.value,
        "parts": [_part(each) for each in cell.parts if not each.empty],
        "standings": [_standing(each) for each in cell.standings],
    }


def _part(part: Part) -> Json:
    return {
        "region": _region(part.region),
        "provisions": [each.id for each in part.provisions],
        "undetermined": [each.id for each in part.doubtful],
        "gaps": [each.id for each in part.gaps],
    }


def _standing(standing: Standing) -> Json:
    return {
        "region": _region(standing.region),
        "trigger": None if standing.trigger is None else as_in_file(standing.trigger),
        "relation": standing.relation.value,
        "demanded": standing.demanded,
        "lacking": [{"policy": policy, "provision": each.id} for policy, each in standing.lacking],
        "beyond": [each.id for each in standing.beyond],
    }


def _region(region: Region) -> Json:
    return {
        "facts": [{"fact": name, "cells": [_range(each) for each in found]} for name, found in region.facts],
        "happened": [{"event": name, "has": list(truths)} for name, truths in region.happened],
    }


def _range(cell: cells.Cell) -> Json:
    """Return values that come to the same: each of them, or of a number the ends."""
    if cell.low is None and cell.high is None:
        return {"values": [_value(each) for each in cell.values]}
    return {"lower": cell.low, "lower_in": cell.low_in, "upper": cell.high, "upper_in": cell.high_in}


def _value(value: FactValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _named(comparison: Comparison, side: Side) -> Iterator[Provision]:
    """Yield the provisions of *side* that any cell or standing names, in the order of the file."""
    every = [cell for row in comparison.rows for cell in row.cells]
    own = [cell for cell in every if cell.policy == side.policy.id]
    named = {each.id for cell in own for part in cell.parts for each in (*part.provisions, *part.doubtful)}
    named |= {each.id for cell in own for standing in cell.standings for each in standing.beyond}
    for cell in every:
        for standing in cell.standings:
            named |= {each.id for policy, each in standing.lacking if policy == side.policy.id}
    return (each for each in side.provisions if each.id in named)


def _silent(comparison: Comparison, side: Side) -> Iterator[Gap]:
    own = (cell for row in comparison.rows for cell in row.cells if cell.policy == side.policy.id)
    named = {each.id for cell in own for part in cell.parts for each in part.gaps}
    return (each for each in side.gaps if each.id in named)


def provision_json(side: Side, provision: Provision) -> Json:
    """Return *provision* of *side* with all that it says, titles in both languages."""
    return {
        "policy": side.policy.id,
        **titled(provision.id, provision.title),
        "strength": provision.strength.value,
        "wording": provision.wording,
        "act": provision.act,
        "bearer": provision.bearer,
        "to": provision.to,
        "means": list(provision.means or ()),
        "scope": provision.scope,
        "upon": [as_in_file(each) for each in provision.upon or ()],
        "deadline": None if provision.deadline is None else as_in_file(provision.deadline),
        "every": None if provision.every is None else as_in_file(provision.every),
        "until": None if provision.until is None else as_in_file(provision.until),
        "standing": bool(provision.standing),
        "sanction": bool(provision.sanction),
        "note": None if provision.note is None else both(provision.note),
        **_grounds(side, provision),
    }


def _gap(side: Side, gap: Gap) -> Json:
    reference = gap.refers_to
    return {
        "policy": side.policy.id,
        **titled(gap.id, gap.title),
        "missing": both(gap.missing),
        "refers_to": None if reference is None else {"title": both(reference.title), "in_hand": reference.in_hand},
        **_grounds(side, gap),
    }


def _grounds(side: Side, norm: Provision | Gap) -> dict[str, Json]:
    clauses = side.policy.header.source.clauses
    return {
        "clauses": [
            {"id": each, "number": clauses[each].number, "says": both(clauses[each].says)} for each in norm.clause
        ],
        "readings": list(readings_of(side, norm)),
    }
