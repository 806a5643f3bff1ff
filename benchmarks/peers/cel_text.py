"""The policy in the Common Expression Language: eleven conditions, or one expression that gives the duties."""

from __future__ import annotations

from types import MappingProxyType

from benchmarks.workload.words import HOUR

_GRAVE = "classified > 0 && severity in ['major', 'extraordinary']"
_WIDE = "detected > 0 && (reach >= 100000 || channel in ['news_media', 'hot_list'] || vital_interests)"

CONDITIONS = MappingProxyType(
    {
        1: "detected > 0",
        2: "detected > 0",
        3: _WIDE,
        4: _GRAVE,
        5: _GRAVE,
        6: _GRAVE,
        7: _GRAVE,
        8: "classified > 0 && !(severity in ['major', 'extraordinary'])",
        9: "classified > 0 && other_agency",
        10: "detected > 0 && illegal_rumour",
        11: "detected > 0 && report_required",
    }
)


def _duty(rule: int, limits: tuple[str, str], act: str) -> str:
    due, late = limits
    status = f"({act} > 0 ? ({act} < {late} ? 1 : 2) : (now < {late} ? 0 : 3))"
    return f"({CONDITIONS[rule]} ? [[{rule}, {due}, {status}]] : [])"


def _hours(anchor: str, hours: int) -> tuple[str, str]:
    return f"{anchor} + {hours * HOUR}", f"{anchor} + {hours * HOUR + 1}"


_UNTIL = "released > 0 && released <= classified + 86400000000"
_LIMIT = f"({_UNTIL} ? released : classified + 86400000000)", f"({_UNTIL} ? released : classified + 86400000001)"

DUTIES = " + ".join(
    (
        _duty(1, _hours("detected", 1), "report_to_leader"),
        _duty(2, _hours("detected", 1), "report_to_office"),
        _duty(3, _hours("detected", 4), "notify_network_office"),
        _duty(4, _hours("classified", 1), "publish_first_bulletin"),
        _duty(5, _hours("classified", 24), "hold_press_conference"),
        _duty(6, _hours("classified", 2), "take_the_lead"),
        f"({_GRAVE} ? [[7, 0, closed > 0 ? 4 : 0]] : [])",
        _duty(8, _hours("classified", 48), "respond"),
        _duty(9, _LIMIT, "confirm_with_agency"),
        _duty(10, _hours("detected", 24), "pass_on_leads"),
        _duty(11, ("fifth", "fifth"), "file_report"),
    )
)
