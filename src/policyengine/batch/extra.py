"""What batches need besides the core: told where it is not installed."""

from __future__ import annotations

from importlib import import_module

from policyengine.errors import MissingExtraError

_NEEDED = ("numpy", "pyarrow")


def require() -> None:
    """Make sure that what batches are computed with is installed.

    Raises:
        MissingExtraError: it is not.
    """
    try:
        for name in _NEEDED:
            import_module(name)
    except ImportError as error:
        message = "batches need numpy and pyarrow: install `regulatory-duties[batch]`"
        raise MissingExtraError(message) from error
