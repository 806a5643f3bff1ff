"""Files as annotations name them: as they were given, with forward slashes, and as the URI that SARIF wants."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote


def slashed(file: str) -> str:
    """Return the name of *file* with forward slashes, whatever the machine writes."""
    return PurePath(file).as_posix()


def file_uri(file: str) -> str:
    """Return *file* as a URI: relative where its name is, so that it means the same in every checkout.

    >>> file_uri("记录/a b.jsonl")
    '%E8%AE%B0%E5%BD%95/a%20b.jsonl'
    >>> file_uri("/srv/a.jsonl")
    'file:///srv/a.jsonl'
    """
    path = slashed(file)
    # A name may hold bytes that are no text; they are told as well as can be.
    if not PurePath(file).is_absolute():
        return quote(path, errors="surrogatepass")
    return f"file:///{quote(path.lstrip('/'), safe='/:', errors='surrogatepass')}"
