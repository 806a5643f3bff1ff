"""zen-engine (Rust): a decision table of eleven rows that collects.

The static loader compiles the graph; a decision from `create_decision` is ten times slower and more.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, asked, finish, flat
from policyengine.wording import Wording

_GRAVE, _OTHER = "'major', 'extraordinary'", "'ordinary', 'larger'"
# detected, classified, severity, a free expression
_ROWS = {
    1: ("> 0", "", "", ""),
    2: ("> 0", "", "", ""),
    3: ("> 0", "", "", "reach >= 100000 or channel in ['news_media', 'hot_list'] or vital_interests"),
    4: ("", "> 0", _GRAVE, ""),
    5: ("", "> 0", _GRAVE, ""),
    6: ("", "> 0", _GRAVE, ""),
    7: ("", "> 0", _GRAVE, ""),
    8: ("", "> 0", _OTHER, ""),
    9: ("", "> 0", "", "other_agency"),
    10: ("> 0", "", "", "illegal_rumour"),
    11: ("> 0", "", "", "report_required"),
}


def _graph() -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    table = {
        "hitPolicy": "collect",
        "inputs": [
            {"id": "a", "name": "detected", "field": "detected"},
            {"id": "b", "name": "classified", "field": "classified"},
            {"id": "c", "name": "severity", "field": "severity"},
            {"id": "d", "name": "free"},
        ],
        "outputs": [{"id": "r", "name": "rule", "field": "rule"}],
        "rules": [{**dict(zip("abcd", row, strict=True)), "_id": str(i), "r": str(i)} for i, row in _ROWS.items()],
    }
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "i", "type": "inputNode", "name": "in", "position": place},
            {"id": "t", "type": "decisionTableNode", "name": "t", "position": place, "content": table},
            {"id": "o", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "i", "targetId": "t", "type": "edge"},
            {"id": "2", "sourceId": "t", "targetId": "o", "type": "edge"},
        ],
    }


def make() -> OneCase:
    """Return the peer."""
    zen = import_module("zen")
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"policy": _graph()}}})

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        found = engine.evaluate("policy", asked(facts))["result"]
        return finish(facts, [each["rule"] for each in found])

    what = Wording("zen 决策表（Rust），11 行", "zen decision table (Rust), 11 rows")
    return OneCase(Mode.MATCH, what, call, packages=("zen-engine",))
