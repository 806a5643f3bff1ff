"""The harder workload, which no other engine here is given: plain Python and our own evaluators."""

from __future__ import annotations

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.peers.one_case import ours
from benchmarks.workload.graded import graded
from policyengine.wording import Wording

_POLICY = "benchmark-graded"


def make(word: str) -> OneCase:
    """Return the peer; *word* is `plain`, or one of ours."""
    if word == "plain":
        what = Wording("手写的 Python，输出元组", "Python written by hand, tuples out")
        return OneCase(Mode.MEASURE, what, graded, policy=_POLICY)
    return ours.make(word, _POLICY)
