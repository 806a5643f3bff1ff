"""What Hypothesis draws from, with nothing but the seed to decide.

Its own provider now and then takes a constant that it has read in the modules loaded so far, so that one seed made
other triples in a process that had imported more. Here none is taken: our strategies name themselves what to try.
"""

from __future__ import annotations

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

_NAME = "policyengine-seeded"


class Seeded(HypothesisProvider):
    """Draws as Hypothesis does, but never a constant of some module."""

    def _maybe_draw_constant(self, *_args: object, **_more: object) -> None:
        return None


def backend() -> str:
    """Return the name by which `hypothesis.settings` knows it."""
    AVAILABLE_PROVIDERS.setdefault(_NAME, f"{__name__}.{Seeded.__name__}")
    return _NAME
