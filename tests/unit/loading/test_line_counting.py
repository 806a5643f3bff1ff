"""Lines as the parser counts them are lines as an editor counts them, wherever its count is relied on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.loading import library, yaml_events
from policyengine.loading.yaml_nodes import Source, parse

FILES = {
    path.name: path
    for found in (library.packaged_policies(), *map(library.packaged, library.KINDS))
    for path in found.values()
}
PIECES = (
    "a: ",
    "- ",
    "b",
    "长",
    '"x y"',
    "'",
    "|\n ",
    ">-\n ",
    "{c: d}",
    "[e, ",
    "]",
    "&f ",
    "*f",
    "\t",
    "😀",
    "?",
    ":",
)


def counted_by_us(text: str) -> object:
    """Return what is read of *text* when every offset is looked up in `Source`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_events, "_OTHER_BREAKS", ("",))
        return parse(Source("a.yaml", text))


@pytest.mark.parametrize("name", FILES)
def test_both_counts_place_every_node_of_a_packaged_file_alike(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert parse(Source("a.yaml", text)) == counted_by_us(text)


@pytest.mark.parametrize(
    "text", ["?", "? ", "a:\n  ?", "- ", "a: |", "a: [b", "'a", "a: b", "a: b\n", "%", "---", "a: &b"]
)
def test_both_counts_agree_at_the_end_of_a_text(text: str) -> None:
    assert parse(Source("a.yaml", text)) == counted_by_us(text)


@given(st.text())
def test_both_counts_agree_on_any_text(text: str) -> None:
    assert parse(Source("a.yaml", text)) == counted_by_us(text)


@given(st.lists(st.sampled_from((*PIECES, "\n", "\n  ", "\r\n", "\ufeff", "\x85", "\u2028", "\u2029"))).map("".join))
def test_both_counts_place_nodes_and_faults_alike(text: str) -> None:
    assert parse(Source("a.yaml", text)) == counted_by_us(text)
