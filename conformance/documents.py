"""Vocabularies, calendars and packaged policies as plain JSON, beside the tables that ask about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import policyengine as pe
from conformance.table import HERE, Json, document, text
from policyengine.loading.yaml_nodes import parse, plain, read_source

if TYPE_CHECKING:
    from pathlib import Path

ROOT = HERE.parent
RECALL = ROOT / "examples" / "product-recall"
_FOLDERS = (ROOT / "policies", ROOT / "tests" / "support" / "lab", RECALL)


def documents() -> Iterator[tuple[Path, str]]:
    """Yield every file that tables name, with its text: `policies/`, `vocabulary/` and `calendars/`."""
    for name in pe.packaged():
        yield HERE / "policies" / f"{name}.json", text(document(pe.load(name)))
    recall = pe.load(RECALL / "product-recall.yaml")
    yield HERE / "policies" / f"{recall.id}.json", text(document(recall))
    for folder in ("vocabulary", "calendars"):
        for path in sorted(path for root in _FOLDERS for path in (root / folder).glob("*.yaml")):
            yield HERE / folder / f"{path.stem}.json", text(read(path))


def read(path: Path) -> Json:
    """Return what a YAML file holds."""
    source, faults = read_source(path)
    root = None if source is None else parse(source).root
    if root is None:
        msg = f"{path}: {faults}"
        raise ValueError(msg)
    return plain(root)
