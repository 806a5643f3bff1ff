"""How long it takes to load and check policies in a process that has loaded one. `python -m benchmarks.load`.

Loading is everything: text, shape, every name and number, each fault at its line and column. Each run loads a text that
differs from all before it by a comment, so that nothing can be remembered of the policy itself; its vocabulary and its
calendar are remembered. PyYAML's own events of the same text, without any node of ours, are the least that reading
YAML can take. The runs of all policies alternate; read the milliseconds for 500 lines.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from benchmarks.cold import asked, installed
from benchmarks.results import Measured, saved

MEASURE = """
import json, statistics, sys, tempfile, time
from pathlib import Path
import yaml
import policyengine as pe
from policyengine.loading.library import packaged_policies

def taken(run):
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)

loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
texts = {name: path.read_text(encoding="utf-8") for name, path in packaged_policies().items()}
found = {name: ([], []) for name in texts}
with tempfile.TemporaryDirectory() as directory:
    for number in range(int(sys.argv[1]) + 1):
        for name, text in texts.items():
            path = Path(directory, f"{name}.yaml")
            path.write_text(f"{text}# {number}\\n", encoding="utf-8")
            times = (taken(lambda: list(yaml.parse(text, Loader=loader))), taken(lambda: pe.load(path)))
            for kept, each in zip(found[name], times) if number else ():
                kept.append(each)
for name, times in found.items():
    summary = [each(kept) for kept in times for each in (statistics.median, min)]
    print(json.dumps([name, texts[name].count("\\n"), *summary]))
"""


_HALF_A_THOUSAND = 500


def table(told: str) -> dict[str, dict[str, float]]:
    """Return by policy its lines, the milliseconds of the parser's events and of loading, and those for 500 lines.

    Args:
        told: what the measurement printed, a line for each policy.
    """
    found: dict[str, dict[str, float]] = {}
    for line in told.splitlines():
        name, lines, events, _, load, least = json.loads(line)
        share = _HALF_A_THOUSAND / lines
        found[name] = {
            "lines": lines,
            "events": events,
            "load": load,
            "least": least,
            "per_500": load * share,
            "least_per_500": least * share,
        }
    return found


def overall(found: dict[str, dict[str, float]]) -> float:
    """Return the milliseconds for 500 lines of all policies together."""
    return (
        _HALF_A_THOUSAND * sum(each["load"] for each in found.values()) / sum(each["lines"] for each in found.values())
    )


def run(python: Path | None, rounds: int) -> Measured:
    """Return what each packaged policy takes, in *python* or in an environment that is made for it."""
    with tempfile.TemporaryDirectory() as directory:
        command = [str(python or installed(Path(directory))), "-c", MEASURE, str(rounds)]
        done = subprocess.run(command, check=True, cwd=directory, capture_output=True, text=True)  # noqa: S603
    found = table(done.stdout)
    return {"rounds": rounds, "policies": found, "per_500": overall(found)}


def main() -> None:
    """Print a line for each packaged policy, and one for all of them."""
    arguments = asked(__doc__)
    found = run(arguments.python, arguments.rounds)
    heads = ("events", "load", "least", "for 500 lines", "least")
    print(f"{'policy':34} {'lines':>5} " + " ".join(f"{head:>13}" for head in heads))
    for name, each in found["policies"].items():
        shown = (each["events"], each["load"], each["least"], each["per_500"], each["least_per_500"])
        print(f"{name:34} {each['lines']:5} " + " ".join(f"{value:13.1f}" for value in shown))
    print(f"500 lines of all of them: {found['per_500']:.1f} ms")
    if arguments.save:
        saved("load", found)


if __name__ == "__main__":
    main()
