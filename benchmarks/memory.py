"""What cases and answers take in memory, by form; measured with `tracemalloc`, one thousand cases each."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import policyengine as pe
from benchmarks.workload import policy
from benchmarks.workload.cases import as_case, columns, dictionaries, with_text
from benchmarks.workload.plain import plain

_CASES = 1_000
_SEED = 11


def table() -> dict[str, Any]:
    """Return bytes a case by form."""
    drawn = columns(_CASES, _SEED)
    cases = dictionaries(drawn)
    objects = [(as_case(each), pe.Instant(each["as_of"])) for each in cases]
    steady = policy("benchmark-steady")
    arrays = (getattr(drawn, each.name) for each in fields(drawn) if each.name != "n")
    return {
        "cases": _CASES,
        "bytes": {
            "case, columns": round(sum(each.nbytes for each in arrays) / _CASES),
            "case, dictionary": _held(lambda: dictionaries(drawn)),
            "case, dictionary of text": _held(lambda: [with_text(each) for each in cases]),
            "case, pe.Case": _held(lambda: [as_case(each) for each in cases]),
            "answer, rows of plain Python": _held(lambda: [plain(each) for each in cases]),
            "answer, pe.Assessment": _held(lambda: [_answer(steady, *each) for each in objects]),
        },
    }


def _answer(under: pe.Policy, case: pe.Case, as_of: pe.Instant) -> pe.Assessment:
    found = pe.evaluate(under, case, as_of=as_of)
    len(found.duties)
    return found


def _held(make: Callable[[], list[Any]]) -> int:
    """Return the bytes a case that what *make* returns takes, beside what was there before."""
    make()  # what is made once and kept is no part of it
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    held = make()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round((after - before) / len(held))
