"""regorus (Rego in Rust): the whole policy in Rego, by its bytecode machine (JSON in and out) or its interpreter."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, flat
from policyengine.wording import Wording

_POLICY = Path(__file__).with_name("policy.rego")
_PACKAGES = ("gordon-to-regorus",)


def make(word: str) -> OneCase:
    """Return the peer; *word* is `machine` or `interpreter`."""
    return _machine() if word == "machine" else _interpreter()


def _machine() -> OneCase:
    regorus = import_module("regorus")
    modules = [(_POLICY.name, _POLICY.read_text(encoding="utf-8"))]
    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules("{}", modules, ["data.policy.duties"]))
    machine.set_data_json("{}")

    def call(case: dict[str, Any]) -> list[Short]:
        machine.set_input_json(json.dumps(flat(case)))
        return [(rule, due, status) for rule, due, status in json.loads(machine.execute())]

    what = Wording("regorus 字节码（Rego，Rust），12 条全部", "regorus bytecode (Rego in Rust), all 12 provisions")
    return OneCase(Mode.FULL, what, call, packages=_PACKAGES)


def _interpreter() -> OneCase:
    engine = import_module("regorus").Engine()
    engine.add_policy(_POLICY.name, _POLICY.read_text(encoding="utf-8"))

    def call(case: dict[str, Any]) -> list[Short]:
        engine.set_input(flat(case))
        return [(rule, due, status) for rule, due, status in engine.eval_rule("data.policy.duties")]

    what = Wording("regorus 解释器（Rego，Rust），12 条全部", "regorus interpreter (Rego in Rust), all 12 provisions")
    return OneCase(Mode.FULL, what, call, packages=_PACKAGES)
