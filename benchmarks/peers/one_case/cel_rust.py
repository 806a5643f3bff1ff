"""The Common Expression Language in Rust: eleven programs over one context, or one expression that gives the duties."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.cel_text import CONDITIONS, DUTIES
from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import Short, asked, ended, finish, flat
from policyengine.wording import Wording

_PACKAGES = ("common-expression-language",)


def make(word: str) -> OneCase:
    """Return the peer; *word* is `conditions` or `duties`."""
    return _conditions() if word == "conditions" else _duties()


def _conditions() -> OneCase:
    cel = import_module("cel")
    programs = tuple((rule, cel.compile(text)) for rule, text in CONDITIONS.items())

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        context = cel.Context(variables=asked(facts))
        return finish(facts, [rule for rule, program in programs if program.execute(context)])

    what = Wording("CEL（Rust），11 个程序", "CEL (Rust), 11 programs over one context")
    return OneCase(Mode.MATCH, what, call, packages=_PACKAGES)


def _duties() -> OneCase:
    cel = import_module("cel")
    program = cel.compile(DUTIES)

    def call(case: dict[str, Any]) -> list[Short]:
        facts = flat(case)
        return ended(program.execute(cel.Context(variables=facts)), facts)

    what = Wording("CEL（Rust），一个表达式给出期限和状态", "CEL (Rust), one expression gives limits and statuses")
    return OneCase(Mode.FULL, what, call, packages=_PACKAGES)
