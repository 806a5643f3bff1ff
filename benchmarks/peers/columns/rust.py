"""One pass in Rust, one thread, into arrays made before."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode, NotAvailableError
from benchmarks.workload.working_days import EPOCH, FIFTH
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Columns

_SOURCE = Path(__file__).with_name("policy.rs")
_PROVISIONS = 12


def _library() -> ctypes.CDLL:
    compiler = shutil.which("rustc")
    if compiler is None:
        raise NotAvailableError("no rustc")
    with TemporaryDirectory() as folder:
        built = Path(folder, "policy.so")
        options = ("-O", "-C", "target-cpu=native", "--crate-type", "cdylib", "-o", str(built))
        done = subprocess.run([compiler, *options, str(_SOURCE)], capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise NotAvailableError(f"rustc: {done.stderr.strip().splitlines()[-1]}")
        return ctypes.CDLL(str(built))


def make() -> Batch:
    """Return the peer."""
    judge = _library().judge
    fifth = np.array(FIFTH, np.int64)

    def prepared(given: Columns) -> tuple[tuple[Any, ...], tuple[Any, Any]]:
        outputs = np.empty((_PROVISIONS, given.n), np.int64), np.empty((_PROVISIONS, given.n), np.int8)
        inputs = (
            *(given.as_of, given.severity, given.channel, given.reach, given.vital_interests, given.other_agency),
            *(given.illegal_rumour, given.report_required, given.offsets, given.types, given.at, fifth),
        )
        return inputs, outputs

    def call(state: tuple[tuple[Any, ...], tuple[Any, Any]]) -> tuple[Any, Any]:
        inputs, outputs = state
        place = ctypes.c_void_p
        judge(
            ctypes.c_size_t(len(inputs[0])),
            *(place(each.ctypes.data) for each in inputs),
            ctypes.c_int64(EPOCH),
            *(place(each.ctypes.data) for each in outputs),
        )
        return outputs

    return Batch(Mode.LIMIT, Wording("Rust，一遍扫描", "Rust, one pass"), call, prepared)
