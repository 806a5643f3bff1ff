"""What slips of the pen in a policy its examples would notice, and which they would not."""
