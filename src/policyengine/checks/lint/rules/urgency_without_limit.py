"""A title or summary that says "at once", above a provision that knows of no hurry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.provision import Provision

CODE = "PE703"
_URGENT = re.compile("第一时间|及时|立即|立刻|马上|尽快|尽早|及早|即时")
_NOT_ITS_OWN = re.compile("(?:不|未)(?:够|能)?$")
_IT_LACKS = Wording("没有期限", "it has no limit")
_THEY_LACK = Wording("以其为据的规定都没有期限", "no provision that rests on it has a limit")


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions and clauses that are urgent in words alone."""
    for placed in source.provisions:
        title = placed.nodes[0].title.zh
        if (word := _word(title)) and not _timed(placed.nodes):
            path = (*placed.path, "title", "zh")
            yield source.found(CODE, placed.name, path, name=placed.name, word=word, lacking=_IT_LACKS)
    for name, clause in source.policy.header.source.clauses.items():
        resting = source.on(name)
        if resting and not clause.gaps and (word := _word(clause.says.zh)) and not _timed(resting):
            path = ("source", "clauses", name, "says", "zh")
            yield source.found(CODE, name, path, name=name, word=word, lacking=_THEY_LACK)


def _word(text: str) -> str | None:
    """Return the urgent word of *text*, unless somebody is blamed there for not having been quick."""
    found = (each for each in _URGENT.finditer(text) if not _NOT_ITS_OWN.search(text[: each.start()]))
    return next((each[0] for each in found), None)


def _timed(provisions: Iterable[Provision]) -> bool:
    """Tell whether time plays a part in any of *provisions*, or no limit could stand there."""
    return any(
        each.deadline is not None
        or each.standing is not None
        or each.every is not None
        or each.strength in {Strength.MAY, Strength.MUST_NOT}
        for each in provisions
    )
