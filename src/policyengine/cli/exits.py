"""Exit codes, the same for every command."""

from __future__ import annotations

ANSWERED = 0
"""Answered, whatever the duties; or checked and clean."""
FINDINGS = 1
USAGE = 2
DID_NOT_LOAD = 3
"""A file did not load, or what was to be written could not be."""
OWN_FAULT = 70
INTERRUPTED = 130
