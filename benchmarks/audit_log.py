"""How long `policyengine audit` takes over a great log out of order, and how much memory. It prints figures.

    python benchmarks/audit_log.py [CASES [FOLDER]]

The log has ten events a case, 100,000 cases unless another number is given, one event a row in CSV, all rows shuffled
with one seed. It stays in FOLDER, if one is named, with the findings beside it.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

SEED = 20251008
START = datetime.fromisoformat("2025-01-06T08:00:00+08:00")
AS_OF = "2026-06-30T00:00:00+08:00"
EVENTS = (
    ("occurred", "", 0),
    ("detected", "", 20),
    ("report", "finder", 35),
    ("confirm_with_agency", "publisher", 80),
    ("publish_first_bulletin", "publisher", 280),
    ("consult", "", 400),
    ("publish_update", "publisher", 900),
    ("hold_press_conference", "publisher", 1400),
    ("track_sentiment", "", 2000),
    ("report", "finder", 2600),
)
"""Type, actor, and about how many minutes after the first."""
GRADES = ("larger", "major", "extraordinary")
FACTS = ("event_severity", "sentiment_severity", "concerns_other_agency")
COLUMNS = ("case", "id", "type", "at", "by", "to", *(f"sets.{name}" for name in FACTS))


def row(chance: random.Random, case: int, number: int) -> tuple[str, ...]:
    """Return one event of one case; one in ten is late."""
    kind, by, minutes = EVENTS[number]
    late = chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 1, 4))
    at = START + timedelta(minutes=case * 5 % 500_000 + minutes * late + chance.randrange(10))
    sets = (chance.choice(GRADES), chance.choice(GRADES), chance.choice(("true", "false")))
    to = "leader_in_charge" if kind == "report" else ""
    told = sets if kind == "detected" else ("", "", "")
    return (f"case-{case:06}", f"e{number}", kind, at.isoformat(), by, to, *told)


def write_log(path: Path, cases: int) -> None:
    """Write the rows of all cases in an order without any."""
    chance = random.Random(SEED)  # noqa: S311  figures, not secrets
    order = list(range(cases * len(EVENTS)))
    chance.shuffle(order)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(row(chance, *divmod(each, len(EVENTS))) for each in order)


def measured(log: Path, out: Path) -> tuple[int, float, int]:
    """Return the exit code of the command, how many seconds it took, and its peak of memory in bytes."""
    command = (sys.executable, "-m", "policyengine", "audit", str(log), "--policy", "changzhi", "--as-of", AS_OF)
    start = time.perf_counter()
    done = subprocess.run([*command, "--format", "json", "--out", str(out)], check=False)  # noqa: S603  our own command
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return done.returncode, took, peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Print what one run took."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else spare)  # noqa: PLR2004  the second argument
        folder.mkdir(parents=True, exist_ok=True)
        log, out = folder / "log.csv", folder / "findings.json"
        write_log(log, cases)
        print(f"{cases} cases, {cases * len(EVENTS)} events, {log.stat().st_size} bytes", flush=True)
        code, took, peak = measured(log, out)
        kinds = Counter(each["kind"] for each in json.loads(out.read_bytes())["findings"])
        print(f"exit code {code}, {took:.0f} s, {took / cases * 1000:.2f} ms a case")
        print(f"peak {peak / 1e6:.0f} MB, {kinds.total()} findings: {dict(kinds)}")


if __name__ == "__main__":
    main()
