"""Generated cases that reach what nobody thinks of: whatever can be reached is, several times over."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence

from conformance.collecting import Case
from conformance.table import Json, entry
from policyengine.loading.case import load_case_text
from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source
from policyengine.temporal.instant import Instant
from policyengine.testing.differential.reached import reached
from policyengine.testing.differential.triple import Known, Triple
from policyengine.testing.differential.triples import Size, triples

TIMES = 8
"""Each thing is reached by so many cases, if by any."""
MOST_ROWS, MOST_EVENTS, MOST_PROVISIONS = 8, 12, 6
SIZE = Size(policies=40, cases=2, steps=10)
ORIGIN = "generated; every answer is the reference's"


def generate(first: int, most: int) -> Iterator[Case]:
    """Yield at most so many cases, from the seeds on from *first*, each of which adds to what is reached."""
    done: Counter[str] = Counter()
    seen: set[str] = set()
    names = itertools.count(1)
    for seed in range(first, first + 60):
        for each in _small(seed):
            adds = {name for name in reached(each) if done[name] < TIMES}
            policy = each.triple.policy
            if len(adds) > (1 if len(seen) < most // 2 else 0) and f"{policy.digest} {sorted(adds)}" not in seen:
                seen.add(f"{policy.digest} {sorted(adds)}")
                done.update(set(reached(each)))
                name = f"generated-{next(names):03}"
                told = {"reaches": sorted(adds), "from": ORIGIN}
                yield Case(name, each.triple, f"policy-{policy.digest}", told)
                if len(seen) >= most:
                    return


def _small(seed: int) -> Iterator[Known]:
    for group in triples(seed, SIZE):
        for each in group:
            rows = len(getattr(each.answer, "duties", ()))
            document = json.loads(each.triple.policy.document)
            few = len(document["provisions"]) <= MOST_PROVISIONS and len(each.triple.case.events) <= MOST_EVENTS
            if few and 0 < rows <= MOST_ROWS:
                yield each


def again(table: Json) -> Sequence[Json]:
    """Return the cases of a generated table with the answers that the reference gives now; what is asked stays."""
    policies = {name: read_policy_text(Source(name, json.dumps(each)))[0] for name, each in table["policies"].items()}
    return [_again(each, policies[each["policy"]]) for each in table["cases"]]


def _again(old: Json, policy: Json) -> Json:
    case = load_case_text(json.dumps(old["case"]))
    triple = Triple(policy, case, Instant.parse(old["as_of"]), old["readings"])
    return entry(old["id"], triple, old["policy"], {name: old[name] for name in ("reaches", "from")})
