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


def main() -> None:
    """Print a line for each packaged policy."""
    arguments = asked(__doc__)
    with tempfile.TemporaryDirectory() as directory:
        python = arguments.python or installed(Path(directory))
        command = [python, "-c", MEASURE, str(arguments.rounds)]
        found = subprocess.run(command, check=True, cwd=directory, capture_output=True, text=True)  # noqa: S603
    heads = ("events", "load", "least", "for 500 lines", "least")
    print(f"{'policy':34} {'lines':>5} " + " ".join(f"{head:>13}" for head in heads))
    for line in found.stdout.splitlines():
        name, lines, events, _, load, least = json.loads(line)
        shown = (events, load, least, load * 500 / lines, least * 500 / lines)
        print(f"{name:34} {lines:5} " + " ".join(f"{each:13.1f}" for each in shown))


if __name__ == "__main__":
    main()
