"""The frame: each peer in a process of its own, checked before it is timed, in turn with all others."""
