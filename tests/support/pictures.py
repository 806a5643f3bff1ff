"""Pictures as a browser reads them: well-formed or not at all."""

from __future__ import annotations

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ElementTree.Element:
    """Return the root of *picture*, which must be well-formed XML in the namespace of SVG."""
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own output
    assert root.tag == f"{SVG}svg"
    return root
