"""zen-engine's expression language (Rust): one compiled expression that gives limits and statuses."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, ended, flat
from benchmarks.workload.words import HOUR
from policyengine.wording import Wording

_GRAVE = "classified > 0 and severity in ['major', 'extraordinary']"


def _duty(rule: int, condition: str, limits: tuple[str, str], act: str) -> str:
    due, late = limits
    status = f"{act} > 0 ? ({act} < {late} ? 1 : 2) : (now < {late} ? 0 : 3)"
    return f"({condition}) ? [[{rule}, {due}, {status}]] : []"


def _hours(anchor: str, hours: int) -> tuple[str, str]:
    return f"({anchor} + {hours * HOUR})", f"({anchor} + {hours * HOUR + 1})"


_WIDE = "detected > 0 and (reach >= 100000 or channel in ['news_media', 'hot_list'] or vital_interests)"
_DUTIES = (
    _duty(1, "detected > 0", _hours("detected", 1), "report_to_leader"),
    _duty(2, "detected > 0", _hours("detected", 1), "report_to_office"),
    _duty(3, _WIDE, _hours("detected", 4), "notify_network_office"),
    _duty(4, _GRAVE, _hours("classified", 1), "publish_first_bulletin"),
    _duty(5, _GRAVE, _hours("classified", 24), "hold_press_conference"),
    _duty(6, _GRAVE, _hours("classified", 2), "take_the_lead"),
    f"({_GRAVE}) ? [[7, 0, closed > 0 ? 4 : 0]] : []",
    _duty(8, "classified > 0 and severity not in ['major', 'extraordinary']", _hours("classified", 48), "respond"),
    _duty(9, "classified > 0 and other_agency", ("limit", "late"), "confirm_with_agency"),
    _duty(10, "detected > 0 and illegal_rumour", _hours("detected", 24), "pass_on_leads"),
    _duty(11, "detected > 0 and report_required", ("fifth", "fifth"), "file_report"),
)


def make() -> OneCase:
    """Return the peer."""
    zen = import_module("zen")
    expression = zen.compile_expression(f"flatMap([{', '.join(_DUTIES)}], #)")

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        due, released = facts["classified"] + 24 * HOUR, facts["released"]
        facts["limit"], facts["late"] = (released, released) if 0 < released <= due else (due, due + 1)
        return ended(expression.evaluate(facts), facts)

    what = Wording(
        "zen 编译表达式（Rust），给出期限和状态", "one compiled zen expression (Rust) gives limits and statuses"
    )
    return OneCase(Mode.FULL, what, call, packages=("zen-engine",))
