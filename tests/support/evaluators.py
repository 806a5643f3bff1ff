"""A law, tried on every evaluator with one generated case: to make the case takes longer than to answer it."""

from __future__ import annotations

from collections.abc import Callable

from policyengine.engine.question import EVALUATORS


def on_each(law: Callable[..., None], *given: object, **more: object) -> None:
    """Try *law* on each evaluator; a failure says on which."""
    for each in EVALUATORS:
        try:
            law(*given, **more, evaluator=each)
        except AssertionError as error:
            error.add_note(f"by the evaluator {each}")
            raise
