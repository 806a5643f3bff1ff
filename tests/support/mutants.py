"""A small policy with examples that leave some of its slips unnoticed, on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from policyengine.checks.examples.reading import read_example_file
from policyengine.checks.mutation.mutating import Trial
from policyengine.loading.policy import load_policy

GOOD = Path(__file__).parents[1] / "policies" / "good"
POLICY = """\
policy: shop
title: {zh: 车间规定, en: Rules of the shop}
vocabulary: workshop
time_zone: Asia/Shanghai
calendar: always
versions: [{in_force: {}}]
presume: {level: low}

readings:
  start:
    question: {zh: 自何时起算？, en: From when?}
    options: {opening: {zh: 立案, en: the opening}, alarm: {zh: 报警, en: the alarm}}
    default: opening
    why: {zh: 测试, en: a test}

provisions:
  - id: tell-soon
    title: {zh: 及时告知, en: tell soon}
    clause: "SH:1"
    bearer: keeper
    must: tell
    upon: opened
    when: {level: {at_least: high}}
    deadline: {within: {hours: 24}, of: {reading: start, opening: opened, alarm: alarm}}
  - id: repair
    title: {zh: 修复, en: repair}
    clause: "SH:2"
    bearer: warden
    should: repair
    upon: alarm

gaps:
  - id: no-hearing
    title: {zh: 未写听取意见, en: nothing on hearings}
    clause: "SH:3"
    missing: {zh: 如何听取意见, en: how to hear people}
    upon: heard
    when: {urgent: true}

source:
  title: {zh: 文本, en: Text}
  clauses:
    "SH:1": {number: 一, digest: 0123456789abcdef, says: {zh: 一, en: one}, provisions: [tell-soon]}
    "SH:2": {number: 二, digest: 0123456789abcdef, says: {zh: 二, en: two}, provisions: [repair]}
    "SH:3": {number: 三, digest: 0123456789abcdef, says: {zh: 三, en: three}, gaps: [no-hearing]}
"""
PLAIN = POLICY.replace("presume: {level: low}\n", "").replace("    when: {level: {at_least: high}}\n", "")
"""The same without the condition and the presumption, so that no change of facts has to be thought of."""
EXAMPLE = """\
case: told-late
policy: shop.yaml
as_of: 2026-03-03T09:00:01+08:00
facts: {level: high}
events:
  - {id: e1, type: opened, at: 2026-03-02T09:00:00+08:00}
expect:
  - provision: tell-soon
    clause: "SH:1"
    strength: must
    bearer: keeper
    status: overdue
    due: 2026-03-03T09:00:00+08:00
absent: [repair]
"""


def shop(folder: Path, *, policy: str = POLICY, example: str = EXAMPLE) -> None:
    """Write the policy `shop.yaml`, its vocabulary, and the example file `told-late.yaml` into *folder*."""
    shutil.copytree(GOOD / "vocabulary", folder / "vocabulary", dirs_exist_ok=True)
    (folder / "shop.yaml").write_text(policy, encoding="utf-8")
    (folder / "told-late.yaml").write_text(example, encoding="utf-8")


def trial(folder: Path) -> Trial:
    """Return the policy in *folder* on trial, with every other YAML file there as its examples."""
    files = sorted(each for each in folder.glob("*.yaml") if each.name != "shop.yaml")
    read = [read_example_file(str(each)) for each in files]
    assert not [fault for each in read for fault in each.faults]
    examples = tuple(example for each in read for example in each.examples)
    policy = load_policy(folder / "shop.yaml")
    names = {name for example in examples for ask in example.asks for name in ask.policies}
    return Trial(policy, dict.fromkeys(names, policy), examples, folder)
