"""This implementation, for `python conformance/run.py -- python -m conformance.adapter compiled`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from conformance.table import answer
from policyengine.loading.case import load_case_text
from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source
from policyengine.model.assessment import Assessment
from policyengine.temporal.instant import Instant
from policyengine.testing.differential.triple import Refused, Triple, known
from policyengine.testing.differential.ways import WAYS

if TYPE_CHECKING:
    from policyengine.model.policy import Policy


def main(words: Sequence[str]) -> None:
    """Answer every line of the standard input by the way that is named, the reference unless it is."""
    way = WAYS[words[0] if words else "reference"]
    with TemporaryDirectory() as folder:
        for line in sys.stdin:
            asked = json.loads(line)
            policy = _policy(folder, *(json.dumps(asked[name]) for name in ("policy", "vocabulary", "calendar")))
            case = load_case_text(json.dumps(asked["case"]))
            triple = Triple(policy, case, Instant.parse(asked["as_of"]), asked["readings"])
            ((_, given),) = way.ask((known(triple),))
            if not isinstance(given, Refused | Assessment):
                raise TypeError(given)
            print(json.dumps(answer(given), ensure_ascii=False))


@lru_cache(maxsize=64)
def _policy(folder: str, policy: str, vocabulary: str, calendar: str) -> Policy:
    """Return the policy of three documents, of which two stand in files beside it."""
    for kind, key, text in (("vocabulary", "vocabulary", vocabulary), ("calendars", "calendar", calendar)):
        path = Path(folder) / kind / f"{json.loads(text)[key]}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found, faults = read_policy_text(Source("policy.json", policy), Path(folder))
    if found is None:
        msg = f"the policy does not load: {faults}"
        raise ValueError(msg)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
