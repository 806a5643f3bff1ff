"""The command `policyengine`: arguments, exit codes, choice of writer; the only reader of clock and environment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec

from policyengine.cli.exits import INTERRUPTED, USAGE
from policyengine.cli.streams import tell, use_utf8
from policyengine.wording import Wording

_CLICK_IS_MISSING = Wording(
    "命令行需要 click，请安装：pip install 'regulatory-duties[cli]'",
    "the command needs click; install it with: pip install 'regulatory-duties[cli]'",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        argv: the arguments after the command's name; those of the process unless given.
    """
    if find_spec("click") is None:
        use_utf8((sys.stderr,))
        tell("".join(f"{line}\n" for line in _CLICK_IS_MISSING))  # both languages: the first thing that a user meets
        return USAGE
    try:
        from policyengine.cli.run import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED
