"""Plain Python, integers in."""

from __future__ import annotations

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.plain import plain
from policyengine.wording import Wording


def make() -> OneCase:
    """Return the peer."""
    return OneCase(Mode.MEASURE, Wording("手写的 Python，输出元组", "Python written by hand, tuples out"), plain)
