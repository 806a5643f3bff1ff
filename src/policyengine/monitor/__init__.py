"""Many open cases at once, event by event: the same answers, and when each of them changes next.

Invariants: whatever is refused leaves a monitor as it was; nothing looks at all cases; an answer is that of a fresh
evaluation of the same case at the same instant.
"""

from policyengine.monitor.monitor import Monitor
from policyengine.monitor.positions import Change, Position

__all__ = ["Change", "Monitor", "Position"]
