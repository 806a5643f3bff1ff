"""What Hypothesis calls when it is imported: our types become known to `from_type`, and nothing else is imported.

Whoever asks for a strategy of a type has the type at hand, from `policyengine`, which makes its names on first use. So
each type is registered when its name is first asked for, or at once where that has happened already; and what its
strategy needs is imported when that is asked for.
"""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import policyengine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

_HOMES: Mapping[str, str] = MappingProxyType(
    {
        "Assessment": "policyengine.model.assessment",
        "Case": "policyengine.api",
        "Event": "policyengine.api",
        "Instant": "policyengine.temporal.instant",
        "Policy": "policyengine.model.policy",
    }
)
"""The types that have strategies, each with the module by which it is known to be loaded."""


def register() -> None:
    """Register strategies for the types that are loaded, and for the others as soon as they are."""
    make = policyengine.__getattr__

    def made(name: str) -> object:
        value = make(name)
        if name in _HOMES and isinstance(value, type):
            _register(value)
        return value

    for name, home in _HOMES.items():
        if home in sys.modules:
            made(name)
    vars(policyengine)["__getattr__"] = made


def _register(kind: type) -> None:
    from hypothesis.strategies import register_type_strategy

    def resolved(_: type) -> SearchStrategy[object]:
        from policyengine.testing.of_types import STRATEGIES

        return STRATEGIES[kind]()

    register_type_strategy(kind, resolved)
