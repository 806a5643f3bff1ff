"""The generated reference pages: what each holds comes from the code, so that none of them can fall behind it."""

from __future__ import annotations

from tests.support.reference_pages.command_line import command_line_page
from tests.support.reference_pages.files import KINDS, file_page
from tests.support.reference_pages.outputs import json_page
from tests.support.reference_pages.python_api import python_page
from tests.support.reference_pages.vocabularies import vocabulary_pages

__all__ = ["pages"]


def pages() -> dict[str, str]:
    """Return every generated page, by the name of its file in `docs/reference/`."""
    return {
        **{f"{kind.name}-file.md": file_page(kind) for kind in KINDS},
        **vocabulary_pages(),
        "command-line.md": command_line_page(),
        "json.md": json_page(),
        "python.md": python_page(),
    }
