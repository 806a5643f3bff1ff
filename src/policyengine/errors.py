"""The exceptions of policyengine.

::

    PolicyEngineError
    ├── LoadError                 a file has faults; holds every diagnostic
    │   ├── PolicyError           … a policy, or a vocabulary or calendar it names
    │   └── CaseError             … a case, alone or under the policy it is evaluated with
    ├── ReadingError              (also ValueError) a reading or option that the policy does not have
    ├── TimeError                 (also ValueError) a time that is naive, impossible or out of range
    ├── MissingExtraError         (also ImportError) an optional dependency is not installed
    └── MatcherMismatchError      (also AssertionError) two matchers disagree: a fault of ours, never of a file
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.diagnostics import Diagnostic


class PolicyEngineError(Exception):
    """Base of everything that policyengine raises on purpose."""


class LoadError(PolicyEngineError):
    """A file has faults. `diagnostics` holds all of them, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep *diagnostics*; the exception's text is the English form of each, a line apiece."""
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(
            f"{each.span or '-'}: {each.level} {each.code}: {each.message('en')}" for each in self.diagnostics
        )


class PolicyError(LoadError):
    """A policy, or a vocabulary or calendar that it names, has faults."""


class CaseError(LoadError):
    """A case has faults: its file, or its facts and events under the policy's vocabulary."""


class ReadingError(PolicyEngineError, ValueError):
    """A chosen reading or option does not exist in the policy."""


class TimeError(PolicyEngineError, ValueError):
    """A time is naive, impossible, or outside the years 1 to 9999."""


class MissingExtraError(PolicyEngineError, ImportError):
    """An optional dependency is not installed; the message says what to install."""


class MatcherMismatchError(PolicyEngineError, AssertionError):
    """Two matchers decided one condition differently."""
