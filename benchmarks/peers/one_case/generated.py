"""Generated code: tuples out, or an object of nine fields for each duty, as a caller of a library wants to hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.peers.generated import compiled
from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.words import PROVISIONS
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.glue import Short


@dataclass(slots=True)
class Owed:
    """A duty with what a person asks of it."""

    number: int
    provision: str
    clause: str
    bearer: str
    act: str
    due: int
    status: int
    since: int
    done: int | None


def _rows(found: list[Owed]) -> list[Short]:
    return [(each.number, each.due, each.status) for each in found]


def make(word: str) -> OneCase:
    """Return the peer; *word* is `tuples` or `objects`."""
    if word == "tuples":
        what = Wording("由表格生成的一个 Python 函数，输出元组", "a table compiled to one Python function, tuples out")
        return OneCase(Mode.FULL, what, compiled("(%(rule)d, due, %(status)d)", {}))
    row = "Owed(%(rule)d, *words[%(rule)d], due, %(status)d, anchor, at)"
    what = Wording("同上，输出 9 个字段的对象", "as above, objects of nine fields out")
    return OneCase(Mode.FULL, what, compiled(row, {"Owed": Owed, "words": dict(PROVISIONS)}), rows=_rows)
