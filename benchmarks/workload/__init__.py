"""What is judged: two policies made for measuring, random cases under them, and plain Python that judges the same.

`benchmark-steady` has twelve provisions, and every fact is stated at the start: hours, working days, the earlier of two
limits, a standing duty, and a duty upon any violation. An interval between publications ("every 12 hours, six times at
most") has no exact form in the language, so the rolling publication is a standing duty that the closing ends.
`benchmark-graded` has gradings that change a presumed fact, and facts that nobody knows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import policyengine as pe

HERE = Path(__file__).parent


def policy(name: str) -> pe.Policy:
    """Return the policy of this folder called *name*, such as `benchmark-steady`."""
    import policyengine as pe

    return pe.load(HERE / f"{name}.yaml")
