"""The file of survivors that are left alive for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.checks.mutation.accepted import read_accepted, reasons

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str) -> tuple[dict[str, str], list[str]]:
    path = folder / "accepted.yaml"
    path.write_text(text, encoding="utf-8")
    found, faults = read_accepted(path)
    return reasons(found, "shop"), [f"{each.code} {each.span and each.span.line}" for each in faults]


def test_reasons_are_by_mutant_and_policy(tmp_path: Path) -> None:
    text = "accepted:\n  - {policy: shop, mutant: 'a:remove', reason: r}\n  - {policy: other, mutant: b, reason: q}\n"
    assert read(tmp_path, text) == ({"a:remove": "r"}, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("accepted:\n  - {policy: shop, mutant: m}\n", "PE114 2"),
        ("accepted:\n  - {policy: shop, mutant: m, reason: ''}\n", "PE115 2"),
        ("accepted:\n  - {policy: shop, mutant: m, reason: r, until: x}\n", "PE113 2"),
        ("accepted: 3\n", "PE115 1"),
        ("accepted: [\n", "PE104 1"),
    ],
    ids=["no reason", "an empty reason", "another key", "no list", "no YAML"],
)
def test_faults_have_their_places(tmp_path: Path, text: str, code: str) -> None:
    found, faults = read(tmp_path, text)
    assert found == {}
    assert code in faults


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found, faults = read_accepted(tmp_path / "none.yaml")
    assert (found, [each.code for each in faults]) == ((), ["PE101"])
