"""`fuzz`: of each law whether it holds, and of one that is broken the smallest case, as page, JSON and file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

import policyengine as pe
from policyengine.report.fuzz.as_json import fuzz_json
from policyengine.report.fuzz.case_files import case_files
from policyengine.report.fuzz.fuzzed import Verdict
from policyengine.report.fuzz.page import fuzz_page
from policyengine.report.fuzz.schema import fuzz_schema
from policyengine.report.plain import plain
from policyengine.testing import fuzzing, laws
from policyengine.testing.fuzzing import Manner, fuzz
from policyengine.testing.trials import LAWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy
    from policyengine.report.fuzz.fuzzed import Fuzzed
    from policyengine.wording import Lang
    from tests.support.golden import Golden

GOOD = Path(__file__).parents[2] / "policies" / "good"
POLICY = pe.load(GOOD / "prohibitions.yaml")
CHANGZHI = pe.load("changzhi")
BARE = """
policy: bare
title: {zh: 一, en: one}
vocabulary: public-sentiment
time_zone: UTC
calendar: always
versions: [{in_force: {}}]
roles: {anybody: {title: {zh: 人, en: anybody}}}
provisions:
  - {id: only, title: {zh: 一, en: only}, clause: "B:1", bearer: anybody, must: publish, upon: detected}
source:
  title: {zh: 一, en: one}
  clauses:
    "B:1": {number: "1", digest: "0000000000000001", says: {zh: 一, en: one}, provisions: [only]}
"""


def breaking(law: str, holds: Callable[..., None]) -> Mapping[str, object]:
    return {**LAWS, law: replace(LAWS[law], holds=holds)}


def no_two_events(_policy: Policy, case: pe.Case, _as_of: pe.Instant, _readings: object, **_more: object) -> None:
    if len(case.events) > 1:
        raise AssertionError("L6: two events\n  are one too many")


def crashes(*_given: object, **_more: object) -> None:
    raise RuntimeError("the engine broke down")


def found(law: str, holds: Callable[..., None], *, policy: Policy = CHANGZHI) -> Fuzzed:
    return fuzz(policy, Manner(examples=60, laws=(law,)), breaking(law, holds))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "policy", [POLICY, pe.load(BARE), pe.load("state-council-2016-61")], ids=lambda policy: policy.id
)
def test_every_law_holds_of_our_policies(policy: Policy) -> None:
    fuzzed = fuzz(policy, Manner(examples=8, beside=GOOD))
    assert [each.law for each in fuzzed.tried] == list(LAWS)
    assert {each.verdict for each in fuzzed.tried} <= {Verdict.HOLDS, Verdict.NOT_TRIED}
    assert fuzzed.broken == ()
    assert {each.cases for each in fuzzed.tried if each.verdict is Verdict.HOLDS} == {0, 8}
    jsonschema.validate(json.loads(fuzz_json(fuzzed)), fuzz_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(fuzz_schema())


def test_one_seed_always_makes_the_same_cases() -> None:
    one, again, other = (found_with(seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def found_with(seed: int) -> list[str]:
    seen: list[str] = []

    def noted(_policy: Policy, case: pe.Case, *_: object) -> None:
        seen.append(repr(case))

    fuzz(POLICY, Manner(examples=10, seed=seed, laws=("L1",)), breaking("L1", noted))  # type: ignore[arg-type]
    return seen


def test_the_smallest_case_is_found() -> None:
    (tried,) = found("L6", no_two_events).broken
    broken = tried.broken
    assert broken is not None
    assert broken.case is not None
    assert (len(broken.case.events), dict(broken.case.facts), broken.readings) == (2, {}, {})
    assert broken.told.startswith("L6: two events")
    assert tried.cases >= 1


def test_the_case_is_a_file_that_asks_the_same() -> None:
    fuzzed = found("L6", no_two_events)
    ((name, text),) = case_files(fuzzed, "changzhi")
    assert name == "changzhi-energy-bureau-l6.yaml"
    assert text.splitlines()[:2] == ["# L6: two events", f"# policyengine evaluate {name}"]
    case, broken = pe.Case.from_text(text), fuzzed.broken[0].broken
    assert broken is not None
    assert broken.case is not None
    assert (case.policies, case.as_of, case.events) == (("changzhi",), broken.as_of, broken.case.events)


def test_an_engine_that_breaks_down_breaks_the_law() -> None:
    fuzzed = found("L1", crashes)
    (tried,) = fuzzed.broken
    assert tried.broken is not None
    assert tried.broken.told == "RuntimeError: the engine broke down"
    jsonschema.validate(json.loads(fuzz_json(fuzzed)), fuzz_schema())


def test_a_law_about_policies_has_no_case() -> None:
    fuzzed = found("L10", crashes)
    (tried,) = fuzzed.broken
    assert (tried.cases, tried.broken and tried.broken.case) == (0, None)
    assert list(case_files(fuzzed, "changzhi")) == []
    jsonschema.validate(json.loads(fuzz_json(fuzzed)), fuzz_schema())


def test_an_engine_of_ours_that_fails_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(policy: Policy, case: pe.Case, *, as_of: pe.Instant, readings: dict[str, str]) -> Assessment:
        answer = pe.evaluate(policy, case, as_of=as_of, readings=readings)
        rows = (replace(each, wording=str(len(case.events))) for each in answer.duties)
        return replace(answer, duties=tuple(rows))

    monkeypatch.setattr(laws, "evaluate", forgetful)
    fuzzed = fuzz(POLICY, Manner(examples=50, laws=("L2",)))
    assert [each.law for each in fuzzed.broken] == ["L2"]


def test_what_nothing_triggers_is_idle() -> None:
    text = BARE.replace("upon: detected}", "upon: detected, when: {all: [{in_remit: true}, {in_remit: false}]}}")
    fuzzed = fuzz(pe.load(text), Manner(examples=20, laws=("L7",)))
    assert (fuzzed.looked_at, fuzzed.idle) == (20, ("only",))
    assert fuzz(pe.load(BARE), Manner(examples=20, laws=("L7",))).idle == ()


def test_no_new_case_is_made_once_the_time_is_up() -> None:
    shares: list[float] = []

    def enough(share: float) -> bool:
        shares.append(share)
        return len(shares) > 3

    fuzzed = fuzz(POLICY, Manner(examples=50, laws=("L1", "L10", "L7"), enough=enough, beside=GOOD))
    first, *others = fuzzed.tried
    assert (first.verdict, first.cases in {1, 2, 3}) == (Verdict.HOLDS, True)
    assert [(each.law, each.verdict.value, each.cases) for each in others] == [
        ("L7", "not_tried", 0),
        ("L10", "holds", 0),
    ]
    assert (fuzzed.looked_at, fuzzed.idle) == (0, ())
    assert shares == [0.25] * 4 + [0.5, 1.0]
    assert "not tried: the time was up" in plain(fuzz_page(fuzzed, "en"))


def test_what_is_not_installed_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_vocabulary: object) -> None:
        raise pe.MissingExtraError

    monkeypatch.setattr(fuzzing, "DurableMatcher", missing)
    (tried,) = fuzz(POLICY, Manner(examples=5, laws=("L9",))).tried
    assert (tried.verdict, tried.cases) == (Verdict.NOT_TRIED, 0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_in_words(lang: Lang, golden: Golden) -> None:
    fuzzed = found("L6", no_two_events)
    more = fuzz(CHANGZHI, Manner(examples=5, laws=("L1", "L10", "L9"), readings={"in_principle": "both"}))
    skipped = replace(more.tried[1], verdict=Verdict.NOT_TRIED, cases=0, why=fuzzing.NO_DURABLE)
    tried = (more.tried[0], replace(fuzzed.tried[0], cases=17), skipped, more.tried[2])
    shown = replace(fuzzed, tried=tried, fixed=more.fixed, idle=("head-leads",), looked_at=60)
    golden.check(f"fuzz-changzhi.{lang}.txt", plain(fuzz_page(shown, lang), width=100))


def test_only_what_is_broken() -> None:
    fuzzed = found("L6", no_two_events)
    text = plain(fuzz_page(replace(fuzzed, idle=("head-leads",)), "en", broken_only=True))
    assert "Laws (1)" in text
    assert "Never a duty" not in text
