"""The policies of an audit: each read once, however many cases name it, with the places of its norms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, diagnostic
from policyengine.loading.named_policies import located, own_file
from policyengine.loading.places_of_norms import places_of_norms
from policyengine.loading.policy import read_policy

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.diagnostics import Span
    from policyengine.model.policy import Policy

Found = tuple["Policy | None", tuple[Diagnostic, ...]]
Options = Mapping[str, str]


def _defaults(_: Policy) -> Options:
    return {}


@dataclass(slots=True)
class Shelf:
    """Policies by id, in the order in which they were met.

    Args:
        options: the options in force under a policy, asked for once, when it is met first.
    """

    options: Callable[[Policy], Options] = _defaults
    policies: dict[str, Policy] = field(default_factory=dict)
    chosen: dict[str, Options] = field(default_factory=dict)
    _read: dict[str | Path, Found] = field(default_factory=dict)
    _files: dict[str, Path | None] = field(default_factory=dict)
    _norms: dict[str, Mapping[str, Span]] = field(default_factory=dict)

    def named(self, name: str, beside: Path | None = None) -> Found:
        """Return the policy *name*, or what keeps it from being used, which is told on every call.

        Args:
            name: the id of a packaged policy, a prefix of it, or a path.
            beside: the directory that a path is relative to; the current one unless given.
        """
        key = located(name, beside)
        if key not in self._read:
            policy, faults = read_policy(key)
            self._read[key] = (None, faults) if policy is None else self.put(policy, own_file(key))
        return self._read[key]

    def put(self, policy: Policy, file: Path | None = None) -> Found:
        """Return *policy*, which was read from *file*, or why it cannot stand beside the others."""
        if self.policies.setdefault(policy.id, policy) != policy:
            return None, (diagnostic("PE687", policy=policy.id),)
        if policy.id not in self.chosen:
            self.chosen[policy.id] = self.options(policy)
            self._files[policy.id] = file
        return policy, ()

    def norm(self, policy: str, subject: str) -> Span | None:
        """Return where the provision or gap *subject* stands; ``None`` in a policy without a file of the user's."""
        if policy not in self._norms:
            file = self._files.get(policy)
            self._norms[policy] = {} if file is None else places_of_norms(file)
        return self._norms[policy].get(subject)
