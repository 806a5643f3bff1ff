"""Findings of house rules that a configuration lets stand, and its entries that let nothing stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from policyengine.checks.lint.running import own_level
from policyengine.codes import CODES

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.config import Acceptance, Configuration

IDLE = "PE794"


@dataclass(slots=True, eq=False)
class Ledger:
    """The entries of one configuration, with what became of them while policies were checked."""

    configuration: Configuration
    _met: set[Acceptance] = field(default_factory=set)
    _used: set[Acceptance] = field(default_factory=set)

    def left(self, findings: Iterable[Found], policy: str, file: str) -> Iterator[Found]:
        """Yield the findings in a policy that no entry accepts.

        Args:
            findings: what the rules found.
            policy: the policy's id.
            file: its file, counted from the configuration's folder, with forward slashes.
        """
        entries = [each for each in self.configuration.accepted if _any(each.policies, (policy, file))]
        self._met.update(entries)
        for found in findings:
            accepting = [each for each in entries if _accepts(each, found)]
            self._used.update(accepting)
            if not accepting:
                yield found

    def idle(self, codes: Iterable[str], *, whole: bool) -> Iterator[Diagnostic]:
        """Yield the entries that accepted nothing, although their rules ran on their policies.

        Args:
            codes: the rules that ran; an entry for others is not told of.
            whole: whether everything that the configuration is for was checked, so that an entry that met no policy
                never will.
        """
        level = self.configuration.levels.get(IDLE, own_level(IDLE))
        ran = frozenset(codes)
        for entry in self.configuration.accepted:
            could = (whole or entry in self._met) and ran.issuperset(entry.codes)
            if level is not None and could and entry not in self._used:
                rules = ", ".join(CODES[code].name for code in entry.codes)
                fault = self.configuration.source.fault(IDLE, entry.span, rules=rules)
                yield replace(fault, set_level=level)


def _accepts(entry: Acceptance, found: Found) -> bool:
    return found.fault.code in entry.codes and _any(entry.subjects, (found.subject,))


def _any(patterns: Iterable[str], names: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)
