"""Plain Python, instants as text."""

from __future__ import annotations

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.cases import with_text
from benchmarks.workload.plain import plain_iso
from policyengine.wording import Wording


def make() -> OneCase:
    """Return the peer."""
    what = Wording(
        "手写的 Python，输入 ISO 时间文本，每次解析", "Python written by hand, ISO text in, parsed each time"
    )
    return OneCase(Mode.MEASURE, what, plain_iso, with_text)
