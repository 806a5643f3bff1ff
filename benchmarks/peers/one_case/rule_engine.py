"""rule-engine (pure Python): eleven typed expressions, matched one by one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import ASKED, Short, finish, flat
from policyengine.wording import Wording

_GRAVE = "classified > 0 and severity in ['major', 'extraordinary']"
_CONDITIONS = {
    1: "detected > 0",
    2: "detected > 0",
    3: "detected > 0 and (reach >= 100000 or channel in ['news_media', 'hot_list'] or vital_interests)",
    4: _GRAVE,
    5: _GRAVE,
    6: _GRAVE,
    7: _GRAVE,
    8: "classified > 0 and not (severity in ['major', 'extraordinary'])",
    9: "classified > 0 and other_agency",
    10: "detected > 0 and illegal_rumour",
    11: "detected > 0 and report_required",
}
_TEXTS, _NUMBERS = ("severity", "channel"), ("reach", "detected", "classified")


def make() -> OneCase:
    """Return the peer."""
    engine = import_module("rule_engine")
    kinds = engine.DataType
    types = {
        name: kinds.STRING if name in _TEXTS else kinds.FLOAT if name in _NUMBERS else kinds.BOOLEAN for name in ASKED
    }
    context = engine.Context(type_resolver=engine.type_resolver_from_dict(types))
    rules = tuple((rule, engine.Rule(text, context=context)) for rule, text in _CONDITIONS.items())

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        return finish(facts, [number for number, rule in rules if rule.matches(facts)])

    what = Wording("rule-engine（纯 Python），11 个表达式", "rule-engine (pure Python), 11 expressions")
    return OneCase(Mode.MATCH, what, call, packages=("rule-engine",))
