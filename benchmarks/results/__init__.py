"""What was measured, as JSON files beside this one."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

from benchmarks.harness.machine import machine, versions

HERE = Path(__file__).parent
NAMES = ("one-case", "columns", "cold", "load", "growth", "memory", "monitor", "ten-million")
Measured = dict[str, Any]


def saved(name: str, measured: Measured) -> None:
    """Write *measured* to the file of *name*, with the machine and its load, versions and the day."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    told: Measured = {"machine": machine(), "versions": versions(("regulatory-duties", "numpy", "pyarrow")), "day": day}
    told["load"] = round(os.getloadavg()[0], 1)
    text = json.dumps(told | measured, ensure_ascii=False, indent=1)
    (HERE / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def measured(name: str) -> Measured | None:
    """Return what the file of *name* holds; ``None`` when it was not measured."""
    file = HERE / f"{name}.json"
    if not file.exists():
        return None
    found: Measured = json.loads(file.read_text(encoding="utf-8"))
    return found
