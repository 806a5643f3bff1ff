"""Case logs held against policies: what was violated, what is open, what could not be read."""
