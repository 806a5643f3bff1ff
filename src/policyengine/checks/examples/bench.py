"""Example files and the policies that judge them, brought together: what can be asked, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.checks.examples.faults import example_faults
from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.loading.policy import read_policy

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Example
    from policyengine.checks.examples.reading import ExampleFile
    from policyengine.model.policy import Policy

Read = Callable[[str], tuple["Policy | None", tuple[Diagnostic, ...]]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run holds against what.

    Args:
        examples: the examples that can be asked, in the order of their files.
        policies: all policies that they name, by those names.
        faults: what keeps the others from being asked, and warnings.
    """

    examples: tuple[Example, ...]
    policies: Mapping[str, Policy]
    faults: tuple[Diagnostic, ...]


def bench(files: Iterable[ExampleFile], *, read: Read = read_policy, instead: Sequence[Policy] = ()) -> Bench:
    """Return the examples of *files* that can be asked, with their policies.

    Args:
        files: what was read.
        read: gives a policy by its name; a place to keep policies that are read once.
        instead: policies that stand in for those of the same id, such as drafts; then examples under no policy of
            such an id are left out.
    """
    placing = _Placing(read, {each.id: each for each in instead})
    examples: list[Example] = []
    faults: list[Diagnostic] = []
    for file in files:
        found, more = placing.placed(file)
        examples += found
        faults += more
    return Bench(tuple(examples), placing.policies, ordered(faults))


class _Placing:
    """Finds the policies of examples, each read once; `policies` gathers them."""

    def __init__(self, read: Read, instead: Mapping[str, Policy]) -> None:
        self.policies: dict[str, Policy] = {}
        self._read = read
        self._instead = instead
        self._failed: dict[str, tuple[Diagnostic, ...]] = {}

    def placed(self, file: ExampleFile) -> tuple[list[Example], list[Diagnostic]]:
        """Return the examples of *file* that can be asked, and what is wrong with the file."""
        examples: list[Example] = []
        faults = list(file.faults)
        for each in file.examples:
            found = tuple(self._faults(each))
            faults += found
            if not has_errors(found) and self._asked(each):
                examples.append(each)
        return examples, [_shown(each, file) for each in faults]

    def _asked(self, example: Example) -> bool:
        judging = {self.policies[name].id for ask in example.asks for name in ask.policies}
        return not self._instead or not judging.isdisjoint(self._instead)

    def _faults(self, example: Example) -> Iterable[Diagnostic]:
        span = example.asks[0].spans.get("policy", example.span)
        names = dict.fromkeys(name for ask in example.asks for name in ask.policies)
        for name in names:
            self._find(name)
            yield from (replace(each, span=each.span or span) for each in self._failed.get(name, ()))
        if not self._failed.keys() & names:
            yield from example_faults(example, self.policies)

    def _find(self, name: str) -> None:
        if name in self.policies or name in self._failed:
            return
        policy, faults = self._read(name)
        if policy is None:
            self._failed[name] = faults
        else:
            self.policies[name] = self._instead.get(policy.id, policy)


def _shown(fault: Diagnostic, file: ExampleFile) -> Diagnostic:
    """Return *fault* with its line, where it is in *file* and lacks it."""
    source, span = file.source, fault.span
    if source is None or span is None or span.file != source.file or fault.excerpt is not None:
        return fault
    return replace(fault, excerpt=source.excerpt(span))
