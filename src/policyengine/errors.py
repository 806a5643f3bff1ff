"""The exceptions of policyengine.

::

    PolicyEngineError
    ├── LoadError                 a file has faults; holds every diagnostic
    │   ├── PolicyError           … a policy, or a vocabulary or calendar it names
    │   └── CaseError             … a case, alone or under the policy it is evaluated with
    ├── ReadingError              (also ValueError) a reading or option that the policy does not have
    ├── DutyError                 (also LookupError) a provision that the policy does not have, or no such duty of it
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


class DutyError(PolicyEngineError, LookupError):
    """A provision that the policy does not have, or a duty of it that the case does not have.

    `known` are the names that there are, `suggestion` is the one that was probably meant.
    """

    def __init__(self, message: str, known: Iterable[str] = (), suggestion: str | None = None) -> None:
        """Say what is not there, and what is."""
        super().__init__(message if suggestion is None else f"{message}; did you mean {suggestion!r}?")
        self.known = tuple(known)
        self.suggestion = suggestion


class TimeError(PolicyEngineError, ValueError):
    """A time is naive, impossible, or outside the years 1 to 9999."""


class MissingExtraError(PolicyEngineError, ImportError):
    """An optional dependency is not installed; the message says what to install."""


class MatcherMismatchError(PolicyEngineError, AssertionError):
    """Two matchers decided one condition differently."""
