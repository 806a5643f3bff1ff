"""What slips of the pen a policy's examples would let pass: as a page, as JSON, as example files to add."""
