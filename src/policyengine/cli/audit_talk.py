"""What `audit` says beside its answer: what could not be read, what waivers are to be looked at, what is gone."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from policyengine.report.diagnostics import diagnostics_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.checks.audit.audit import Audit
    from policyengine.diagnostics import Diagnostic
    from policyengine.wording import Lang

_MOST_FAULTS = 20
_MOST_NAMED = 5

_MORE_FAULTS = Wording("仅列出前 {most} 处，其余见结果\n", "these are the first {most}; the answer has the others\n")
_GONE = Wording(
    "基线中有 {n} 项不再出现，可从中删去：{names}{more}\n",
    "findings of the baseline that are gone, and can be taken out of it ({n}): {names}{more}\n",
)
_COMMA = Wording("、", ", ")
_AND_MORE = Wording("等", ", ...")


def faults_told(found: Audit, lang: Lang) -> str:
    """Return what is wrong with the log and with waivers, as `check` tells it; empty where nothing is."""
    told = list(islice(_faults(found), _MOST_FAULTS + 1))
    if not told:
        return ""
    more = _MORE_FAULTS.within(lang).format(most=_MOST_FAULTS) if len(told) > _MOST_FAULTS else ""
    return diagnostics_text(told[:_MOST_FAULTS], lang) + more


def gone_told(found: Audit, lang: Lang) -> str:
    """Return what the baseline has and the audit did not find; empty where there is nothing."""
    if not found.gone:
        return ""
    shown = [" ".join(part for part in (each.case, each.subject) if part) for each in found.gone[:_MOST_NAMED]]
    more = _AND_MORE.within(lang) if len(found.gone) > _MOST_NAMED else ""
    return _GONE.within(lang).format(n=len(found.gone), names=_COMMA.within(lang).join(shown), more=more)


def _faults(found: Audit) -> Iterator[Diagnostic]:
    return (each.fault for each in found.findings if each.fault is not None)
