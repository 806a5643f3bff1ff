"""The worked cases of `tests/cases` and of the examples, read as `policyengine test` reads them.

What such a file may hold, and what is held against it, is the product's own: see `policyengine.checks.examples`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import policyengine as pe
from policyengine.checks.examples.bench import Bench, bench
from policyengine.checks.examples.judging import assessment, judge
from policyengine.checks.examples.reading import read_example_file
from policyengine.checks.examples.running import names

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Expected
    from policyengine.checks.examples.example import Example as OneExample
    from policyengine.checks.examples.judging import Outcome
    from policyengine.engine.question import MatcherName

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Example:
    """One case with its expectations.

    Args:
        name: its folder and its file, and its case where the file has several.
        read: what the file holds.
        bench: its policies by the names that it has for them.
    """

    name: str
    read: OneExample
    bench: Bench

    @property
    def case(self) -> Any:  # noqa: ANN401 - a case with an instant, which tests need not ask about
        """Return the case as its own question has it."""
        return self.asks[0].case

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Return its questions."""
        return self.read.asks

    @property
    def expected(self) -> tuple[Expected, ...]:
        """Return what its first question expects."""
        return self.asks[0].expected

    @property
    def policies(self) -> tuple[pe.Policy, ...]:
        """Return the policies that judge the case."""
        return tuple(self.bench.policies[name] for name in self.asks[0].policies)

    @property
    def chosen(self) -> tuple[Mapping[str, str], ...]:
        """Return the options that its first question chooses, policy by policy."""
        return tuple(self.asks[0].choose.get(name, {}) for name in self.asks[0].policies)

    def outcomes(self, matcher: MatcherName = "reference") -> Iterator[tuple[str, Outcome]]:
        """Yield what becomes of every expectation, by the question and a name of its own."""
        for ask in self.asks:
            for name, outcome in zip(names(ask), judge(ask, self.bench.policies, matcher), strict=True):
                yield f"{ask.label}::{name}", outcome

    def answers(self, matcher: MatcherName = "reference") -> pe.Assessments:
        """Return the assessments of all policies that the case names, as its first question asks them."""
        ask = self.asks[0]
        return pe.Assessments(tuple(assessment(ask, self.bench.policies, name, matcher) for name in ask.policies))

    def answer(self, matcher: MatcherName = "reference") -> pe.Assessment:
        """Return the assessment of the first policy."""
        return self.answers(matcher).answers[0]


@cache
def policy_named(name: str) -> pe.Policy:
    """Return a packaged policy, read once: a policy never changes."""
    return pe.load(name)


def examples(folder: str = "") -> Iterator[Example]:
    """Yield every example below *folder*, in order."""
    for path in sorted((CASES / folder).rglob("*.yaml")):
        yield from examples_in(path)


def examples_in(path: Path) -> Iterator[Example]:
    """Yield the examples of one file."""
    ready = bench([read_example_file(path)], read=_read)
    assert not ready.faults, ready.faults
    for each in ready.examples:
        more = f"/{each.name}" if len(ready.examples) > 1 else ""
        yield Example(f"{path.parent.name}/{path.stem}{more}", each, ready)


def example(path: Path) -> Example:
    """Return the only example of one file."""
    (found,) = examples_in(path)
    return found


def _read(name: str) -> tuple[pe.Policy, tuple[pe.Diagnostic, ...]]:
    return policy_named(name), ()
