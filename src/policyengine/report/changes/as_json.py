"""What another version of a policy changes, as JSON: regions as values, cases as their files have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policyengine.analysis.change_effects import rows
from policyengine.analysis.change_scope import Part
from policyengine.model.assessment import Duty
from policyengine.report.as_json import Writer
from policyengine.report.changes.case_files import case_json, case_name
from policyengine.report.json_values import Json, both, titled, written
from policyengine.report.proof.as_json import region_json

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.analysis.change_options import OptionChange
    from policyengine.analysis.changes import Change, Changes
    from policyengine.analysis.sides import Side
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import FactValue

DIFF = "policyengine/diff/1"


def changes_json(changes: Changes, *, indent: int | None = 2) -> str:
    """Return *changes* as JSON text that ends with a line end; instants are on the zone of the new version."""
    return written(
        {
            "schema": DIFF,
            "old": _side(changes.old),
            "new": _side(changes.new),
            "given": {name: _plain(value) for name, value in changes.given.items()},
            "answers_change": True if changes.changed else None if changes.unsettled else False,
            "changes": [_change(changes, each) for each in changes.changed],
            "unsettled": [_change(changes, each) for each in changes.unsettled],
            "causes": [
                {
                    **_part(each.part),
                    "changes": [change.name for change in each.changes],
                    "unsettled": [change.name for change in each.unsettled],
                }
                for each in changes.causes
            ],
            "defaults": [{"reading": each.reading, "old": each.old, "new": each.new} for each in changes.defaults],
            "options": [_option(each) for each in changes.options],
            "renamed": [{"old": old, "new": new} for old, new in changes.renamed],
            "words": [
                {"of": each.of.value, "id": each.name, "keys": list(each.keys), "added": each.added}
                for each in changes.reworded
            ],
        },
        indent=indent,
    )


def _side(side: Side) -> Json:
    readings: Json = [{"reading": name, "option": option} for name, option in side.readings.items()]
    return {**titled(side.policy.id, side.policy.title), "digest": side.policy.digest, "readings": readings}


def _plain(value: FactValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _part(part: Part) -> Mapping[str, Json]:
    return {"kind": part.kind.value, "name": part.name}


def _change(changes: Changes, change: Change) -> Json:
    norm = change.new or change.old
    return {
        "kind": change.part.kind.value,
        "id": change.name,
        "title": None if norm is None else both(norm.title),
        "in_old": change.old is not None,
        "in_new": change.new is not None,
        "direction": change.direction.value if change.shown else None,
        "edits": list(change.edits),
        "through": [_part(each) for each in change.through],
        "clauses": [] if norm is None else list(norm.clause),
        "gained": [region_json(each) for each in change.gained],
        "lost": [region_json(each) for each in change.lost],
        "never_looser": change.never_looser,
        "never_stricter": change.never_stricter,
        "cases": [_shown(changes, change, each) for each in change.shown],
    }


def _shown(changes: Changes, change: Change, shown: Shown) -> Json:
    name, policy = case_name(changes, change, shown), changes.new.policy
    after = Part(change.part.kind, change.name)
    return {
        "direction": shown.direction.value,
        "case": case_json(shown, name, policy.zone, policy=policy.id),
        "before": _rows(changes.old, shown.before, change.part),
        "after": _rows(changes.new, shown.after, after),
    }


def _rows(side: Side, answer: Assessment, part: Part) -> Json:
    writer, found = Writer(side.policy, answer), rows(answer, part)
    return [writer.duty(each) if isinstance(each, Duty) else writer.gap(each) for each in found]


def _option(option: OptionChange) -> Json:
    shown = [part for part, _ in option.shown]
    return {
        "reading": option.reading,
        "option": option.option,
        "in_old": option.in_old,
        "in_new": option.in_new,
        "chosen": option.chosen,
        "changes": [each.name for each in shown],
        "unsettled": [each.name for each in option.parts if each not in shown],
    }
