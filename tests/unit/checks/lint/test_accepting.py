"""Entries of a configuration accept what they name, and those that accept nothing are told of."""

from __future__ import annotations

import pytest

from policyengine.checks.lint.accepting import Ledger
from policyengine.checks.lint.running import LINTED
from policyengine.checks.lint.source import Found
from policyengine.diagnostics import Level, diagnostic
from policyengine.loading.config import configuration_in
from policyengine.loading.text import Source

UNUSED, LONG = (Found("office", diagnostic("PE721", role="office")), Found("respond", diagnostic("PE716")))


def ledger(*entries: str) -> Ledger:
    text = "\n".join(f'[[lint.accept]]\nreason = "so"\n{entry}' for entry in entries)
    configuration, faults = configuration_in(Source("policyengine.toml", text))
    assert configuration is not None
    assert faults == ()
    return Ledger(configuration)


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        pytest.param('rule = "role-unused"', [LONG], id="one rule"),
        pytest.param('rule = ["role-unused", "title-too-long"]', [], id="several rules"),
        pytest.param('rule = "role-unused"\nsubject = ["off*", "other"]', [LONG], id="a pattern"),
        pytest.param('rule = "role-unused"\nsubject = "other"', [UNUSED, LONG], id="another subject"),
        pytest.param('rule = "role-unused"\npolicy = "sample-*"', [LONG], id="the policy by its id"),
        pytest.param('rule = "role-unused"\npolicy = "rules/*.yaml"', [LONG], id="the policy by its file"),
        pytest.param('rule = "role-unused"\npolicy = "other"', [UNUSED, LONG], id="another policy"),
    ],
)
def test_what_is_accepted(entry: str, left: list[Found]) -> None:
    assert list(ledger(entry).left([UNUSED, LONG], "sample-rule", "rules/sample.yaml")) == left


@pytest.mark.parametrize(
    ("entry", "codes", "whole", "idle"),
    [
        pytest.param('rule = "role-unused"', LINTED, False, 0, id="of use"),
        pytest.param('rule = "one-option"', LINTED, False, 1, id="of no use"),
        pytest.param('rule = "one-option"', ("PE721",), False, 0, id="its rule did not run"),
        pytest.param('rule = "one-option"\npolicy = "other"', LINTED, False, 0, id="its policy was not checked"),
        pytest.param('rule = "one-option"\npolicy = "other"', LINTED, True, 1, id="all was checked"),
    ],
)
def test_what_accepts_nothing(entry: str, codes: tuple[str, ...], whole: bool, idle: int) -> None:
    kept = ledger(entry)
    list(kept.left([UNUSED], "sample-rule", "sample.yaml"))
    found = list(kept.idle(codes, whole=whole))
    assert [each.code for each in found] == ["PE794"] * idle
    assert all(each.span is not None and each.span.line == 1 for each in found)


def test_its_own_level_can_be_set() -> None:
    text = '[lint]\naccepted-nothing = "{}"\n[[lint.accept]]\nrule = "one-option"\nreason = "so"\n'
    for level, expected in (("error", [Level.ERROR]), ("off", [])):
        configuration, _ = configuration_in(Source("policyengine.toml", text.format(level)))
        assert configuration is not None
        assert [each.level for each in Ledger(configuration).idle(LINTED, whole=True)] == expected
