"""Cases that once broke a law, or could: each kept as small as it was found."""

from __future__ import annotations
