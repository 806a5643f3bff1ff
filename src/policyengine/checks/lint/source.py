"""What a house rule looks at: a policy with the file that it came from, and what it finds there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic

from policyengine.checks.lint.texts import Text, texts
from policyengine.loading.places import reach, walk
from policyengine.loading.variants import readings_met
from policyengine.model.policy import Node

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.loading.places import Path
    from policyengine.loading.yaml_nodes import Document
    from policyengine.loading.yaml_nodes import Node as FileNode
    from policyengine.model.policy import Policy, Variants
    from policyengine.model.provision import DecisionTable, Gap, Provision


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the name of what it is about (a provision, gap, clause, reading, role…), and the diagnostic."""

    subject: str
    fault: Diagnostic


@dataclass(frozen=True, slots=True)
class Placed(Generic[Node]):
    """One table, provision or gap as written, and where.

    Args:
        name: its id.
        nodes: what it is under each combination of options that admits it; at least one.
        path: where it stands in the file.
    """

    name: str
    nodes: tuple[Node, ...]
    path: Path


@dataclass(frozen=True)
class LintSource:
    """A policy that has loaded, and the nodes of its file."""

    policy: Policy
    document: Document

    @cached_property
    def root(self) -> FileNode:
        """Return the whole file."""
        root = self.document.root
        if root is None:
            raise ValueError("a policy that has loaded has a file with something in it")
        return root

    @cached_property
    def tables(self) -> tuple[Placed[DecisionTable], ...]:
        """Return the decision tables, in file order."""
        return _placed("tables", self.policy.tables, lambda table: table.id)

    @cached_property
    def provisions(self) -> tuple[Placed[Provision], ...]:
        """Return the provisions, in file order."""
        return _placed("provisions", self.policy.provisions, lambda provision: provision.id)

    @cached_property
    def gaps(self) -> tuple[Placed[Gap], ...]:
        """Return the gaps, in file order."""
        return _placed("gaps", self.policy.gaps, lambda gap: gap.id)

    def on(self, clause: str) -> tuple[Provision, ...]:
        """Return every form of the provisions that rest on *clause*."""
        return tuple(node for each in self.provisions for node in each.nodes if clause in node.clause)

    def reads(self, path: Path) -> bool:
        """Tell whether the part at *path* hangs on a reading; so does one that only stands under an option."""
        node = reach(self.root, path)
        return node is None or bool(readings_met(node))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Return every text in both languages, in file order."""
        return tuple(texts(self.root, self.policy.id))

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where *path* leads, or the key that leads there."""
        return walk(self.root, path, key=key)[1]

    def found(
        self,
        code: str,
        subject: str,
        path: Path,
        *,
        key: bool = False,
        suggestion: str | None = None,
        **args: object,
    ) -> Found:
        """Return the finding *code* about *subject* at *path*, or at the key that leads there."""
        return self.at(code, subject, self.span(path, key=key), suggestion=suggestion, **args)

    def at(self, code: str, subject: str, span: Span, *, suggestion: str | None = None, **args: object) -> Found:
        """Return the finding *code* about *subject* at *span*; *suggestion* is a name that was probably meant."""
        return Found(subject, self.document.fault(code, span, suggestion=suggestion, declared=None, **args))


Check = Callable[[LintSource], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One house rule: its code, and what finds its breaches in a policy."""

    code: str
    check: Check


def _placed(section: str, parts: tuple[Variants[Node], ...], name: Callable[[Node], str]) -> tuple[Placed[Node], ...]:
    every = ((place, each.nodes()) for place, each in enumerate(parts))
    return tuple(Placed(name(nodes[0]), nodes, (section, place)) for place, nodes in every if nodes)
