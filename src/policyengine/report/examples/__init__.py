"""What became of examples: as text, as data, and as annotations."""
