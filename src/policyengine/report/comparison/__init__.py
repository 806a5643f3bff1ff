"""A comparison in words: what is shown of it, and the formats that it is written in."""
