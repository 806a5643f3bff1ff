"""Hold every way to answer to the reference, on as many generated triples as wanted. `--help` lists the options.

Each seed makes the same triples whenever it comes up, so that a run that was stopped goes on where it was: its last
line says with which seed. A difference is made as small as it can be and written out as a policy file and a case file.
Exit code 1 says that there was one, 2 that none of the ways is available.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from policyengine.testing.differential.campaign import Found, Manner, campaign
from policyengine.testing.differential.reached import everything
from policyengine.testing.differential.ways import WAYS


def main(words: Sequence[str] | None = None) -> int:
    """Run a campaign and print what came of it."""
    asked = _parser().parse_args(words)
    ways = [WAYS[name] for name in asked.ways.split(",")]
    run = _Run(asked.triples, asked.out)
    found = campaign(Manner(run.seeds(asked.seed), most=asked.most, after=run.after), ways)
    _print(found)
    print(f"go on with --seed {run.next_seed}")
    if not found.tallies:
        return 2
    return int(any(each.different for each in found.tallies.values()))


class _Run:
    """Counts, tells how far it has come, and writes differences down as they are found."""

    def __init__(self, wanted: int, out: Path) -> None:
        self.wanted, self.out, self.next_seed = wanted, out, 0
        self.made = self.written = 0
        self.start = time.perf_counter()

    def seeds(self, first: int) -> Iterator[int]:
        """Yield seeds until there are triples enough."""
        for seed in itertools.count(first):
            self.next_seed = seed
            if self.made >= self.wanted:
                return
            yield seed

    def after(self, found: Found, seed: int) -> None:
        """Tell of one seed."""
        self.made = found.triples
        took = time.perf_counter() - self.start
        wrong = {name: each.different for name, each in found.tallies.items() if each.different}
        told = f"different: {wrong}" if wrong else "no difference"
        print(f"seed {seed}: {found.triples} triples, {took:.0f} s, {told}", file=sys.stderr, flush=True)
        for each in found.differences[self.written :]:
            paths = each.files.written(self.out)
            lines = (f"{each.way} answers otherwise:", *each.told, *map(str, paths), *each.files.commands)
            print("\n  ".join(lines), flush=True)
        self.written = len(found.differences)


def _print(found: Found) -> None:
    print(f"{'way':16} {'equal':>9} {'declined':>9} {'different':>9}")
    for name, each in found.tallies.items():
        print(f"{name:16} {each.equal:9} {each.declined.total():9} {each.different:9}")
        for why, number in each.declined.most_common():
            print(f"{'':16} {'':9} {number:9}  {why}")
    for name, why in found.missing.items():
        print(f"{name:16} not available: {why}")
    print(f"\n{'reached':50} {'times':>9}")
    for name in everything():
        print(f"{name:50} {found.reached[name]:9}{'' if found.reached[name] else '  never'}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Hold every way to answer to the reference, on generated triples.")
    parser.add_argument("--triples", type=int, default=10_000, help="how many at least")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--ways", default=",".join(WAYS), help=f"some of {','.join(WAYS)}")
    parser.add_argument("--most", type=int, default=3, help="so many differences of each way are made small")
    parser.add_argument("--out", type=Path, default=Path("differences"), help="where their files are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
