"""Our own evaluators: `pe.evaluate` on `Case` objects, and the function that `pe.compile` makes, at three depths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import policyengine as pe
from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload import policy
from benchmarks.workload.answers import in_brief, rows
from benchmarks.workload.cases import as_case, with_text
from policyengine.engine.compiled.compiled import compiled
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Case

STEADY = "benchmark-steady"
_PACKAGES = ("regulatory-duties",)
_WHAT = {
    "reference": Wording("pe.evaluate，参考求值器，Case 对象", "pe.evaluate, reference evaluator, Case objects"),
    "evaluate": Wording("pe.evaluate，默认求值器，Case 对象", "pe.evaluate, default evaluator, Case objects"),
    "call": Wording("pe.compile，仅调用，整数时间", "pe.compile, the call alone, integer instants"),
    "rows": Wording("pe.compile，并读取各行的状态和期限", "pe.compile, and status and limit of every row read"),
    "duties": Wording("pe.compile，并展开全部 Duty 对象", "pe.compile, and every Duty object spelled out"),
    "iso": Wording("pe.compile，仅调用，ISO 时间文本", "pe.compile, the call alone, ISO text in"),
    "text": Wording(
        "pe.compile，ISO 时间文本，并展开全部 Duty 对象", "pe.compile, ISO text in, every Duty object spelled out"
    ),
}


def make(word: str, under: str = STEADY) -> OneCase:
    """Return the peer; *word* is one of `reference`, `evaluate`, `call`, `rows`, `duties`, `iso`, `text`."""
    if word in {"reference", "evaluate"}:
        return _evaluate(word, under)
    return _compiled(word, under)


def _evaluate(word: str, under: str) -> OneCase:
    asked = policy(under)
    evaluator: Any = "reference" if word == "reference" else "compiled"

    def call(given: tuple[pe.Case, pe.Instant]) -> pe.Assessment:
        case, as_of = given
        found = pe.evaluate(asked, case, as_of=as_of, evaluator=evaluator)
        len(found.duties)
        return found

    def prepared(case: Case) -> tuple[pe.Case, pe.Instant]:
        return as_case(case), pe.Instant(case["as_of"])

    return OneCase(Mode.OURS, _WHAT[word], call, prepared, rows, _PACKAGES, under)


def _compiled(word: str, under: str) -> OneCase:
    judge = compiled(policy(under))

    def call(given: Given) -> pe.Assessment:
        case, as_of = given
        return judge(case, as_of)

    def read(given: Given) -> pe.Assessment:
        found = call(given)
        for _provision, _status, _due, _violated_at, _performed_at, _instance in found.standings:
            pass
        return found

    def spelled(given: Given) -> pe.Assessment:
        found = judge(*given)
        len(found.duties)
        return found

    depth: dict[str, Callable[[Given], pe.Assessment]] = {
        "call": call,
        "rows": read,
        "duties": spelled,
        "iso": call,
        "text": spelled,
    }
    prepared = _written if word not in {"iso", "text"} else lambda case: _written(with_text(case))
    checked = rows if word in {"duties", "text"} else in_brief
    return OneCase(Mode.OURS, _WHAT[word], depth[word], prepared, checked, _PACKAGES, under)


Given = tuple[dict[str, Any], int | str]
"""A case as a case file has it, and the instant asked about."""


def _written(case: Case) -> Given:
    return {name: case[name] for name in ("case", "facts", "events")}, case["as_of"]
