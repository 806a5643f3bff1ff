"""Generated policies load, and between them use everything that a policy can say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

import policyengine as pe
from policyengine.model.base import Value
from policyengine.model.deadline import Deadline, Recurrence, Within
from policyengine.model.happening import Happening, Until
from policyengine.model.provision import DecisionTable, Gap, Provision, Strength
from policyengine.model.vocabulary import Vocabulary
from policyengine.testing import names, strategies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[2] / "policies" / "good"
WORKSHOP = strategies.policies(pe.load(GOOD / "tables.yaml").vocabulary, beside=GOOD)
SENTIMENT = strategies.policies(pe.load("changzhi").vocabulary)
generating = settings(
    database=None,
    derandomize=True,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=(HealthCheck.too_slow,),
)


def generated() -> tuple[Policy, ...]:
    """Return several hundred policies; one that did not load would have raised."""
    found: list[Policy] = []

    @settings(generating, max_examples=400)
    @given(WORKSHOP)
    def of_the_workshop(policy: Policy) -> None:
        found.append(policy)

    @settings(generating, max_examples=100)
    @given(SENTIMENT)
    def on_public_sentiment(policy: Policy) -> None:
        found.append(policy)

    of_the_workshop()
    on_public_sentiment()
    return tuple(found)


def test_they_load_and_say_everything_that_a_policy_can_say() -> None:
    found = generated()
    used: Counter[str] = Counter()
    for policy in found:
        parts = (*names.provisions(policy), *names.gaps(policy), *names.tables(policy))
        used.update(key for part in parts for key in keys(part))
        used.update(key for counting in policy.counting.nodes() for key in keys(counting))
        used.update(f"header.{key}" for key in keys(policy.header))
    expected = {
        f"{kind.__name__}.{name}"
        for kind in (Provision, Gap, DecisionTable, Deadline, Within, Recurrence, Happening, Until)
        for name in kind.model_fields
    }
    assert expected - used.keys() == set()
    assert {each.strength for policy in found for each in names.provisions(policy)} == set(Strength)
    sections = ("presume", "severities", "roles", "readings")
    assert all(any(getattr(policy.header, name) for policy in found) for name in sections)
    assert any(len(policy.header.versions) > 1 for policy in found)
    assert any(each.readings for policy in found for each in policy.tables)
    assert any(node is None for policy in found for each in policy.provisions for _, node in each.by_options)


def keys(part: Value) -> Iterator[str]:
    """Yield the keys that are given in *part* and inside it, each with its model."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if value not in (None, ()):
            yield f"{type(part).__name__}.{name}"
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Value):
                yield from keys(each)


def test_a_vocabulary_needs_no_more_than_an_act(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    text = "vocabulary: bare\ntitle: {zh: 空, en: bare}\nacts: {walk: {title: {zh: 走, en: walk}}}\n"
    (tmp_path / "vocabulary" / "bare.yaml").write_text(text, encoding="utf-8")
    title = {"zh": "空", "en": "bare"}
    bare = Vocabulary.model_validate({"vocabulary": "bare", "title": title, "acts": {"walk": {"title": title}}})
    found: list[Policy] = []

    @settings(generating, max_examples=50)
    @given(strategies.policies(bare, beside=tmp_path))
    def collect(policy: Policy) -> None:
        found.append(policy)

    collect()
    assert {each.act for policy in found for each in names.provisions(policy)} == {"walk"}
