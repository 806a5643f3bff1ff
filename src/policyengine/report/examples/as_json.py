"""What became of a run of examples as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.report.diagnostics import diagnostic_json, span_json
from policyengine.report.examples.telling import Telling, plain_value
from policyengine.report.json_values import Json, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.checks.examples.running import Held
    from policyengine.diagnostics import Diagnostic
    from policyengine.report.examples.page import Finished

FINISHED = "policyengine/test/1"


def finished_json(finished: Finished, faults: Iterable[Diagnostic], *, coverage: Json, mutation: Json) -> str:
    """Return a run as JSON text, as `finished_schema` describes it.

    Args:
        finished: the run.
        faults: what is wrong with files.
        coverage: what the examples reach of their policies, if that was asked, as JSON of its own.
        mutation: which changes of the policies they notice, likewise.
    """
    return written(
        {
            "schema": FINISHED,
            "examples": finished.examples,
            "questions": finished.asks,
            "expectations": len(finished.held),
            "failed": len(finished.failed),
            "outcomes": [_outcome(each, finished) for each in finished.held],
            "diagnostics": [diagnostic_json(each) for each in faults],
            "coverage": coverage,
            "mutation": mutation,
        }
    )


def _outcome(held: Held, finished: Finished) -> Json:
    expected, ask = held.outcome.expected, held.ask
    zone = Telling(finished.policies, "en").zone(held)
    policy = finished.policies[expected.policy].id if expected.policy else None
    return {
        "id": held.id,
        "file": held.example.file,
        "case": held.example.name,
        "question": ask.label or None,
        "as_of": ask.as_of.to_iso(zone),
        "policy": policy,
        "subject": expected.subject.value,
        "name": expected.name,
        "instance": expected.instance,
        "span": span_json(expected.span),
        "passed": held.outcome.passed,
        "differences": [
            {
                "key": each.key,
                "said": each.said,
                "wanted": plain_value(each.wanted, zone),
                "found": plain_value(each.found, zone),
                "span": span_json(expected.spans.get(each.key)),
            }
            for each in held.outcome.differences
        ],
    }
