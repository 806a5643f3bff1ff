"""What became of the laws, as JSON: every case as its file has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.report.fuzz.case_files import broken_case_json
from policyengine.report.json_values import both, titled, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.report.fuzz.fuzzed import Fuzzed, Tried
    from policyengine.report.json_values import Json

FUZZ = "policyengine/fuzz/1"


def fuzz_json(fuzzed: Fuzzed, *, indent: int | None = 2) -> str:
    """Return what became of the laws as JSON text that ends with a line end."""
    return written(
        {
            "schema": FUZZ,
            "policy": titled(fuzzed.policy.id, fuzzed.policy.title),
            "digest": fuzzed.policy.digest,
            "seed": fuzzed.seed,
            "examples": fuzzed.examples,
            "readings": _options(fuzzed.fixed),
            "broken": [each.law for each in fuzzed.broken],
            "laws": [_law(fuzzed, each) for each in fuzzed.tried],
            "idle": {"cases": fuzzed.looked_at, "provisions": list(fuzzed.idle)},
        },
        indent=indent,
    )


def _options(options: Mapping[str, str]) -> Json:
    return [{"reading": name, "option": option} for name, option in options.items()]


def _law(fuzzed: Fuzzed, tried: Tried) -> Json:
    broken = tried.broken
    return {
        "law": tried.law,
        "says": both(tried.says),
        "verdict": tried.verdict.value,
        "cases": tried.cases,
        "why": None if tried.why is None else both(tried.why),
        "told": None if broken is None else broken.told,
        "case": None if broken is None else broken_case_json(fuzzed, tried, broken),
        "readings": None if broken is None or broken.readings is None else _options(broken.readings),
    }
