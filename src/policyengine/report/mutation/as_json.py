"""What became of the mutants of policies, as JSON: every mutant, with what noticed it or what would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine.report.json_values import Json, both, titled, written
from policyengine.report.mutation.difference import difference

if TYPE_CHECKING:
    from policyengine.checks.mutation.killing import Kill
    from policyengine.checks.mutation.verdict import Tally, Verdict
    from policyengine.diagnostics import Span
    from policyengine.report.mutation.mutated import Mutated

MUTATION = "policyengine/mutation/1"


def mutation_json(several: Sequence[Mutated], *, indent: int | None = 2) -> str:
    """Return what became of the mutants of each policy as JSON text that ends with a line end."""
    return written({"schema": MUTATION, "policies": [_policy(each) for each in several]}, indent=indent)


def _policy(mutated: Mutated) -> Json:
    mutation = mutated.mutation
    return {
        **titled(mutation.policy.id, mutation.policy.title),
        "digest": mutation.policy.digest,
        "questions": mutation.questions,
        "failing": [_kill(each) for each in mutation.failing],
        **_tally(mutation.total),
        "minimum": mutated.minimum,
        "below": mutated.below,
        "by_part": [{"part": name, **_tally(each)} for name, each in mutation.by_part().items()],
        "by_operator": [{"operator": name, **_tally(each)} for name, each in mutation.by_operator().items()],
        "mutants": [_verdict(mutated, each) for each in mutation.verdicts],
        "idle": list(mutation.idle),
    }


def _tally(tally: Tally) -> Mapping[str, Json]:
    return {"score": tally.score, "counts": {fate.value: n for fate, n in tally.counts.items()}}


def _verdict(mutated: Mutated, verdict: Verdict) -> Json:
    mutant, operator = verdict.mutant, mutated.operator(verdict.mutant)
    return {
        "id": mutant.id,
        "operator": operator.id,
        "name": both(operator.name),
        "slip": both(operator.slip),
        "section": mutant.part.section.value,
        "part": mutant.part.name,
        "path": list(mutant.path),
        "span": _span(mutated.span(mutant)),
        "readings": [{"reading": name, "option": option} for name, option in mutant.options.items()],
        "difference": list(difference(mutant)),
        "fate": verdict.fate.value,
        "killed_by": None if verdict.kill is None else _kill(verdict.kill),
        "accepted": mutated.mutation.accepted.get(mutant.id),
        "example": mutated.files.example(verdict),
        "file": mutated.files.name(verdict),
    }


def _kill(kill: Kill) -> Json:
    example, ask = kill.question
    outcome = kill.outcome
    return {
        "file": example.file,
        "example": example.name,
        "ask": ask.label,
        "subject": None if outcome is None else outcome.expected.subject.value,
        "name": None if outcome is None else outcome.expected.name,
        "keys": [] if outcome is None else [each.key for each in outcome.differences],
    }


def _span(span: Span | None) -> Json:
    if span is None:
        return None
    position = {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
    return {"file": span.file, **position}
