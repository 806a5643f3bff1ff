"""policyengine: a regulation as data, and for any case who must do what, by when, on which clause.

>>> import policyengine as pe
>>> policy = pe.load("changzhi")
>>> policy.title.en
'Changzhi Energy Bureau, response to public sentiment'

Everything is imported on first use, so that `import policyengine` costs next to nothing.
"""

from __future__ import annotations

# Not from `typing`, whose import would take longer than everything else here.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from policyengine import batch as batch
    from policyengine.analysis.changes import Changes
    from policyengine.analysis.comparison import Comparison, Relation
    from policyengine.analysis.degrees import Degree
    from policyengine.analysis.every_reading import StrictnessRange
    from policyengine.analysis.proving.finding import Proof
    from policyengine.analysis.questions import at_least_as_strict, compare, diff, prove
    from policyengine.analysis.strictness import Counterexample, Strictness
    from policyengine.api import Case, Event, evaluate, explain, load, packaged, sentences
    from policyengine.api import compile as compile  # noqa: A004 - what it does; nobody means the builtin by it
    from policyengine.diagnostics import Diagnostic, Level, Span
    from policyengine.engine.compiled.compiled import Compiled
    from policyengine.errors import (
        CaseError,
        DutyError,
        LoadError,
        MatcherMismatchError,
        MissingExtraError,
        PolicyEngineError,
        PolicyError,
        ReadingError,
        TimeError,
    )
    from policyengine.loading.dump import dump
    from policyengine.model.assessment import Assessment, Choice, Duty, GapKind, GapRow, Occurrence, Status
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Strength
    from policyengine.model.ranges import AllReadings, DutyRange, GapRange, Range, Truths, Verdict
    from policyengine.model.several import Assessments
    from policyengine.model.worklist import Claim, Conflict, Entry, Worklist
    from policyengine.monitor.monitor import Monitor
    from policyengine.monitor.positions import Change, Position
    from policyengine.report.explanation.explanation import Explanation
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit

_HOMES = {
    "policyengine.analysis.changes": ("Changes",),
    "policyengine.analysis.comparison": ("Comparison", "Relation"),
    "policyengine.analysis.degrees": ("Degree",),
    "policyengine.analysis.every_reading": ("StrictnessRange",),
    "policyengine.analysis.proving.finding": ("Proof",),
    "policyengine.analysis.questions": ("at_least_as_strict", "compare", "diff", "prove"),
    "policyengine.analysis.strictness": ("Counterexample", "Strictness"),
    "policyengine.api": (
        "Case",
        "Event",
        "compile",
        "evaluate",
        "explain",
        "load",
        "packaged",
        "sentences",
    ),
    "policyengine.diagnostics": ("Diagnostic", "Level", "Span"),
    "policyengine.engine.compiled.compiled": ("Compiled",),
    "policyengine.errors": (
        *("CaseError", "DutyError", "LoadError", "MatcherMismatchError", "MissingExtraError", "PolicyEngineError"),
        *("PolicyError", "ReadingError", "TimeError"),
    ),
    "policyengine.loading.dump": ("dump",),
    "policyengine.model.assessment": (*("Assessment", "Choice", "Duty", "GapKind", "GapRow", "Occurrence", "Status"),),
    "policyengine.model.policy": ("Policy",),
    "policyengine.model.provision": ("Strength",),
    "policyengine.model.ranges": ("AllReadings", "DutyRange", "GapRange", "Range", "Truths", "Verdict"),
    "policyengine.model.several": ("Assessments",),
    "policyengine.model.worklist": ("Claim", "Conflict", "Entry", "Worklist"),
    "policyengine.monitor.monitor": ("Monitor",),
    "policyengine.monitor.positions": ("Change", "Position"),
    "policyengine.report.explanation.explanation": ("Explanation",),
    "policyengine.temporal.instant": ("Instant",),
    "policyengine.temporal.limit": ("Limit",),
}

__all__ = [
    "AllReadings",
    "Assessment",
    "Assessments",
    "Case",
    "CaseError",
    "Change",
    "Changes",
    "Choice",
    "Claim",
    "Comparison",
    "Compiled",
    "Conflict",
    "Counterexample",
    "Degree",
    "Diagnostic",
    "Duty",
    "DutyError",
    "DutyRange",
    "Entry",
    "Event",
    "Explanation",
    "GapKind",
    "GapRange",
    "GapRow",
    "Instant",
    "Level",
    "Limit",
    "LoadError",
    "MatcherMismatchError",
    "MissingExtraError",
    "Monitor",
    "Occurrence",
    "Policy",
    "PolicyEngineError",
    "PolicyError",
    "Position",
    "Proof",
    "Range",
    "ReadingError",
    "Relation",
    "Span",
    "Status",
    "Strength",
    "Strictness",
    "StrictnessRange",
    "TimeError",
    "Truths",
    "Verdict",
    "Worklist",
    "at_least_as_strict",
    "compare",
    "compile",
    "diff",
    "dump",
    "evaluate",
    "explain",
    "load",
    "packaged",
    "prove",
    "sentences",
]


def __getattr__(name: str) -> object:
    if name == "batch":
        from importlib import import_module

        return import_module("policyengine.batch")
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            # Python asks here only for a name that the module lacks: once for each.
            return globals().setdefault(name, getattr(import_module(home), name))
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
