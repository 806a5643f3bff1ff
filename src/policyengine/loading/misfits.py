"""What does not fit where it stands, in words: something else than was expected, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.loading.places import written
from policyengine.loading.words import found_words
from policyengine.loading.yaml_nodes import Document, Node, Scalar
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span


def misfit(node: Node, span: Span, expected: Wording, document: Document) -> Diagnostic:
    """Return the diagnostic for a *node* in the place of what was *expected*; one without value is told at *span*."""
    if isinstance(node, Scalar) and node.value is None:
        return valueless_fault(document, span, node.span)
    return document.fault("PE115", node.span, expected=expected, found=found_words(node))


def valueless_fault(document: Document, span: Span, value: Span) -> Diagnostic:
    """Return the diagnostic for the key at *span*, or the list entry, whose *value* was not written."""
    name = Wording("列表中的一项", "an entry of the list") if span == value else f"`{written(span, document)}`"
    return document.fault("PE128", span, name=name)
