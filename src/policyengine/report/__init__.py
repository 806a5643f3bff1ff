"""Writers: values in, text out, in Chinese or English. They decide nothing, read nothing and write nothing.

Each is imported on first use, so that whoever needs one does not pay for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.report.as_json import assessment_json
    from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
    from policyengine.report.explanation.as_json import explanation_json
    from policyengine.report.explanation.page import explanation_page, explanation_text
    from policyengine.report.explanation.schema import explanation_schema
    from policyengine.report.more_schemas import assessments_schema, readings_schema, worklist_schema
    from policyengine.report.ranges_json import readings_json
    from policyengine.report.ranges_text import readings_page, readings_text
    from policyengine.report.regulation import regulation_markdown
    from policyengine.report.schemas import assessment_schema, diagnostics_schema
    from policyengine.report.several_json import assessments_json
    from policyengine.report.text import assessment_page, assessment_text
    from policyengine.report.worklist import worklist_page, worklist_text
    from policyengine.report.worklist_json import worklist_json
    from policyengine.report.worklist_sheet import Sheet

_HOMES = {
    "Sheet": "policyengine.report.worklist_sheet",
    "assessment_json": "policyengine.report.as_json",
    "assessment_page": "policyengine.report.text",
    "assessment_schema": "policyengine.report.schemas",
    "assessment_text": "policyengine.report.text",
    "assessments_json": "policyengine.report.several_json",
    "assessments_schema": "policyengine.report.more_schemas",
    "diagnostics_json": "policyengine.report.diagnostics",
    "diagnostics_schema": "policyengine.report.schemas",
    "diagnostics_text": "policyengine.report.diagnostics",
    "explanation_json": "policyengine.report.explanation.as_json",
    "explanation_page": "policyengine.report.explanation.page",
    "explanation_schema": "policyengine.report.explanation.schema",
    "explanation_text": "policyengine.report.explanation.page",
    "readings_json": "policyengine.report.ranges_json",
    "readings_page": "policyengine.report.ranges_text",
    "readings_schema": "policyengine.report.more_schemas",
    "readings_text": "policyengine.report.ranges_text",
    "regulation_markdown": "policyengine.report.regulation",
    "worklist_json": "policyengine.report.worklist_json",
    "worklist_page": "policyengine.report.worklist",
    "worklist_schema": "policyengine.report.more_schemas",
    "worklist_text": "policyengine.report.worklist",
}

__all__ = [
    "Sheet",
    "assessment_json",
    "assessment_page",
    "assessment_schema",
    "assessment_text",
    "assessments_json",
    "assessments_schema",
    "diagnostics_json",
    "diagnostics_schema",
    "diagnostics_text",
    "explanation_json",
    "explanation_page",
    "explanation_schema",
    "explanation_text",
    "readings_json",
    "readings_page",
    "readings_schema",
    "readings_text",
    "regulation_markdown",
    "worklist_json",
    "worklist_page",
    "worklist_schema",
    "worklist_text",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
