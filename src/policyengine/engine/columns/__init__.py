"""Many cases at once over NumPy arrays: exactly what the reference answers, or declined.

`layout` lays a policy out as integer codes, a `Chunk` holds cases in them, and `judge` answers the chunk. What it
declines (`Judged.left`) is for the evaluator of single cases. NumPy is imported on use, Numba where it is installed.
"""

from policyengine.engine.columns.chunk import Chunk, Judged, Mark
from policyengine.engine.columns.coding import UNKNOWN, UNSTATED, Coding
from policyengine.engine.columns.encoding import chunk_of
from policyengine.engine.columns.judging import judge
from policyengine.engine.columns.layout import Column, Layout, layout
from policyengine.engine.columns.room import Room

__all__ = [
    "UNKNOWN",
    "UNSTATED",
    "Chunk",
    "Coding",
    "Column",
    "Judged",
    "Layout",
    "Mark",
    "Room",
    "chunk_of",
    "judge",
    "layout",
]
