"""Coverage of laboratory policies by examples of a few lines."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from policyengine.checks.coverage.measure import coverage
from policyengine.checks.examples.reading import read_examples_text
from policyengine.loading.yaml_nodes import Source
from policyengine.report.coverage.telling import Telling

if TYPE_CHECKING:
    import policyengine as pe
    from policyengine.checks.coverage.coverage import Coverage, Item, Kind
    from policyengine.checks.examples.example import Example


def examples(text: str, name: str = "examples.yaml") -> tuple[Example, ...]:
    """Return the examples in *text*, which must be in order."""
    found, faults = read_examples_text(Source(name, textwrap.dedent(text)))
    assert not faults, [(str(each.span), each.code, each.message()) for each in faults]
    return found


def covering(policy: pe.Policy, text: str, source: Source | None = None) -> Coverage:
    """Return what the examples in *text* hold *policy* to."""
    sources = {} if source is None else {policy.id: source}
    (found,) = coverage(examples(text), {policy.id: policy}, sources)
    return found


def states(found: Coverage, kind: Kind) -> dict[str, str]:
    """Return for each item of *kind*, by its short name, `covered`, `uncovered` or `impossible`."""
    telling = Telling(found.policy, "en")
    return {telling.item(each): state(each) for each in found.of(kind)}


def covered(found: Coverage, kind: Kind) -> set[str]:
    """Return the short names of the items of *kind* that are covered."""
    return {name for name, state in states(found, kind).items() if state == "covered"}


def state(item: Item) -> str:
    """Return what has become of one item."""
    return "covered" if item.covered else "uncovered" if item.demanded else "impossible"
