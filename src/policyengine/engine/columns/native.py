"""The loops as machine code, by Numba, where it is installed.

They know no policy, so that they are compiled once for all. That takes some ten seconds, and the machine code is kept
on disk where Numba finds a place for it: beside this module, or else in the user's cache.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Facts, Log, Out

    Numbers = npt.NDArray[np.int64]
    Drive = Callable[[Numbers, Numbers, Log, Facts, Numbers, Numbers, Out], None]

LOOPS = (
    "scanning",
    "counting",
    "deciding",
    "waiting",
    "limiting",
    "living",
    "judging",
    "plain",
    "writing",
    "driving",
)
"""The modules of the loops; none asks one that comes later. The last one holds what drives all others."""


def driver() -> Drive:
    """Return `driving.drive`: as machine code where Numba is installed, else as it stands."""
    if installed():
        return compiled()
    from policyengine.engine.columns.loops.driving import drive

    return drive


def installed() -> bool:
    """Tell whether there is a Numba to compile with."""
    return find_spec("numba") is not None


@lru_cache(maxsize=1)
def compiled() -> Drive:
    """Return `driving.drive`, to be compiled at its first call; it lets other threads run meanwhile.

    Every function gets its names from one place, in which the functions that it calls are compiled ones.
    """
    from numba import njit

    names: dict[str, Any] = {}
    spaces = [_space(import_module(f"policyengine.engine.columns.loops.{each}")) for each in LOOPS]
    drive = spaces[-1][0].pop("drive")
    for functions, space in spaces:
        space.update({name: names[name] for name in space if name in names})
        for name, function in functions.items():
            space[name] = names[name] = njit(nogil=True)(FunctionType(function.__code__, space, name))
    function = FunctionType(drive.__code__, spaces[-1][1], "drive")
    # The name under which machine code is kept tells all that it was made from: no other version ever finds it.
    function.__qualname__ = f"drive_{_digest(spaces, drive)}"
    try:
        found: Drive = njit(nogil=True, cache=True)(function)
    except RuntimeError:  # there is no place to keep it in
        found = njit(nogil=True)(function)
    return found


Space = tuple[dict[str, FunctionType], dict[str, Any]]


def _space(module: object) -> Space:
    """Return the functions of a module of loops, and what else they have names for."""
    own = vars(module)
    functions = {name: each for name, each in own.items() if _is_loop(each, own["__name__"])}
    return functions, {name: each for name, each in own.items() if name not in functions}


def _is_loop(each: object, module: str) -> bool:
    return isinstance(each, FunctionType) and each.__module__ == module


def _digest(spaces: list[Space], drive: FunctionType) -> str:
    found = sha256(_written(drive))
    for functions, space in spaces:
        for function in functions.values():
            found.update(_written(function))
        found.update(repr(sorted((name, each) for name, each in space.items() if isinstance(each, int))).encode())
    return found.hexdigest()[:16]


def _written(function: FunctionType) -> bytes:
    code = function.__code__
    return repr((code.co_name, code.co_code, code.co_consts, code.co_names, code.co_varnames)).encode()
