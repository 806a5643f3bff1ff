"""cel-python (pure Python), with the runner that compiles."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.cel_text import CONDITIONS
from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import ASKED, Short, finish, flat
from policyengine.wording import Wording


def make() -> OneCase:
    """Return the peer."""
    celpy = import_module("celpy")
    types = import_module("celpy.celtypes")
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    programs = tuple((rule, environment.program(environment.compile(text))) for rule, text in CONDITIONS.items())
    forms = {str: types.StringType, int: types.IntType, bool: types.BoolType}

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        activation = {name: forms[type(facts[name])](facts[name]) for name in ASKED}
        return finish(facts, [rule for rule, program in programs if program.evaluate(activation)])

    what = Wording("cel-python（纯 Python），11 个程序", "cel-python (pure Python), 11 programs")
    return OneCase(Mode.MATCH, what, call, packages=("cel-python",))
