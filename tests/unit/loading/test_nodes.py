"""Trees: values without positions, and the way from a path to a place."""

from __future__ import annotations

import pytest

from policyengine.diagnostics import Span
from policyengine.loading.nodes import Mapping, Node, Scalar, locate, plain
from policyengine.loading.yaml_nodes import Source, parse

TEXT = """\
policy: a
roles:
  - id: office
    title: {zh: 办公室, en: office}
  - bare
none:
"""


def root_of(text: str) -> Node:
    root = parse(Source("a.yaml", text)).root
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("path", "place", "key_place"),
    [
        pytest.param((), "1:1-6:6", "1:1-6:6", id="the root itself"),
        pytest.param(("policy",), "1:9-1:10", "1:1-1:7", id="a key of the root"),
        pytest.param(("roles",), "3:3-5:9", "2:1-2:6", id="a list ends with its last item"),
        pytest.param(("roles", 0, "id"), "3:9-3:15", "3:5-3:7", id="a key within an item"),
        pytest.param(("roles", 0, "title", "en"), "4:26-4:32", "4:22-4:24", id="behind chinese text"),
        pytest.param(("roles", 1), "5:5-5:9", "5:5-5:9", id="an item has no key"),
        pytest.param(("none",), "6:6-6:6", "6:1-6:5", id="a value that was not written"),
        pytest.param(("roles", 0, "clause"), "3:5-4:33", "3:5-4:33", id="a missing key: the mapping that lacks it"),
        pytest.param(("roles", 7), "3:3-5:9", "2:1-2:6", id="an item past the end: the list"),
        pytest.param(("roles", -1), "3:3-5:9", "2:1-2:6", id="items are not counted from the end"),
        pytest.param(("policy", "x", "y"), "1:9-1:10", "1:1-1:7", id="a step into a scalar"),
        pytest.param(("roles", "id"), "3:3-5:9", "2:1-2:6", id="a key asked of a list"),
        pytest.param((0,), "1:1-6:6", "1:1-6:6", id="an index asked of a mapping"),
    ],
)
def test_paths_lead_as_far_as_there_is_something(path: tuple[str | int, ...], place: str, key_place: str) -> None:
    root = root_of(TEXT)
    assert shown(locate(root, path)) == place
    assert shown(locate(root, path, key=True)) == key_place


def shown(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def test_plain_values() -> None:
    assert plain(root_of(TEXT)) == {
        "policy": "a",
        "roles": [{"id": "office", "title": {"zh": "办公室", "en": "office"}}, "bare"],
        "none": None,
    }


def test_what_aliases_share_is_not_shared_in_plain_values() -> None:
    values = plain(root_of("a: &x [1]\nb: *x\n"))
    assert isinstance(values, dict)
    assert values == {"a": [1], "b": [1]}
    assert values["a"] is not values["b"]


def test_aliased_nodes_are_the_very_same() -> None:
    root = root_of("a: &x [1]\nb: *x\n")
    assert isinstance(root, Mapping)
    assert root.get("a") is root.get("b")
    assert root.get("c") is None


def test_nodes_compare_and_hash_by_value() -> None:
    assert root_of(TEXT) == root_of(TEXT)
    assert hash(root_of(TEXT)) == hash(root_of(TEXT))
    assert root_of("a") == Scalar("a", Span("a.yaml", 1, 1, 1, 2), plain=True)
