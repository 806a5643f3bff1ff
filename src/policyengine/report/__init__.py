"""Writers: values in, text out, in Chinese or English. They decide nothing, read nothing and write nothing.

Each is imported on first use, so that whoever needs one does not pay for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.report.as_json import assessment_json
    from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
    from policyengine.report.more_schemas import assessments_schema, readings_schema
    from policyengine.report.ranges_json import readings_json
    from policyengine.report.ranges_text import readings_text
    from policyengine.report.schemas import assessment_schema, diagnostics_schema
    from policyengine.report.several_json import assessments_json
    from policyengine.report.text import assessment_text
    from policyengine.report.worklist import worklist_text

_HOMES = {
    "assessment_json": "policyengine.report.as_json",
    "assessment_schema": "policyengine.report.schemas",
    "assessment_text": "policyengine.report.text",
    "assessments_json": "policyengine.report.several_json",
    "assessments_schema": "policyengine.report.more_schemas",
    "diagnostics_json": "policyengine.report.diagnostics",
    "diagnostics_schema": "policyengine.report.schemas",
    "diagnostics_text": "policyengine.report.diagnostics",
    "readings_json": "policyengine.report.ranges_json",
    "readings_schema": "policyengine.report.more_schemas",
    "readings_text": "policyengine.report.ranges_text",
    "worklist_text": "policyengine.report.worklist",
}

__all__ = [
    "assessment_json",
    "assessment_schema",
    "assessment_text",
    "assessments_json",
    "assessments_schema",
    "diagnostics_json",
    "diagnostics_schema",
    "diagnostics_text",
    "readings_json",
    "readings_schema",
    "readings_text",
    "worklist_text",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
