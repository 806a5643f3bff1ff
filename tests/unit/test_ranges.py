"""Every reading at once (S7): what the ranges say is what asking under each combination says."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.engine import ranges
from policyengine.loading.library import packaged_policies
from policyengine.model.assessment import NO_DUTY
from policyengine.temporal.instant import DAY
from policyengine.testing import strategies

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "policies" / "good"
SMALL = ("days", "outcomes", "prohibitions", "readings", "regrading")
PATHS = {**{name: GOOD / f"{name}.yaml" for name in SMALL}, "changzhi": packaged_policies()["changzhi-energy-bureau"]}
EXAMPLE = ROOT / "examples" / "changzhi-grave-emergency.yaml"


@cache
def loaded(name: str) -> pe.Policy:
    return pe.load(PATHS[name])


def combinations(policy: pe.Policy) -> Iterator[Mapping[str, str]]:
    """Yield every combination of the options of all readings."""
    for options in product(*(tuple(each.options) for each in policy.readings.values())):
        yield dict(zip(policy.readings, options, strict=True))


def said(answer: pe.Assessment) -> dict[tuple[str, str | None], tuple[object, ...]]:
    """Return what ranges are about, row by row."""
    return {(each.provision, each.instance): _said(each) for each in answer.duties}


def _said(duty: pe.Duty) -> tuple[object, ...]:
    undetermined = duty.status is pe.Status.UNDETERMINED
    late = {pe.Status.OVERDUE, pe.Status.FULFILLED_LATE, pe.Status.BREACHED}
    return (
        duty.status,
        None if duty.limit is None else (duty.limit.due, duty.limit.late_from, duty.limit.provisional),
        duty.strength,
        duty.bearer,
        None if undetermined and NO_DUTY & {*duty.possible} else duty.exists,
        True if duty.violated else None if undetermined and late & {*duty.possible} else False,
        duty.owed if duty.strength in (pe.Strength.MUST, pe.Strength.SHOULD) else False,
    )


def claimed(found: pe.AllReadings, chosen: Mapping[str, str]) -> dict[tuple[str, str | None], tuple[object, ...]]:
    """Return what the ranges say of one combination."""
    rows: dict[tuple[str, str | None], tuple[object, ...]] = {}
    for row in found.duties:
        limit = row.limits.at(chosen)
        status = row.statuses.at(chosen)
        if status is not None:
            rows[row.provision, row.instance] = (
                status,
                None if limit is None else (limit.due, limit.late_from, limit.provisional),
                *(each.at(chosen) for each in (row.strengths, row.bearers, row.existing, row.violated, row.owed)),
            )
    return rows


def check(policy: pe.Policy, case: pe.Case, as_of: pe.Instant, asked: list[Mapping[str, str]]) -> pe.AllReadings:
    """Hold the ranges against asking under each of the combinations *asked*."""
    found = pe.evaluate(policy, case, as_of=as_of, readings="all")
    for chosen in asked:
        answer = pe.evaluate(policy, case, as_of=as_of, readings=chosen)
        assert claimed(found, chosen) == said(answer), chosen
        gaps = {each.gap: kind for each in found.gaps if (kind := each.kinds.at(chosen)) is not None}
        assert gaps == {each.gap: each.kind for each in answer.gaps}
    return found


@pytest.mark.parametrize("name", PATHS)
def test_ranges_are_what_every_combination_says(name: str) -> None:
    policy = loaded(name)
    every = list(combinations(policy))

    @settings(
        max_examples=max(4, min(50, settings().max_examples * 5 // len(every))),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(strategies.questions(policy), st.data())
    def holds(question: strategies.Question, data: st.DataObject) -> None:
        # All of them where there are few; elsewhere the further ones of a sample.
        some = every if len(every) <= 64 else data.draw(st.lists(st.sampled_from(every), min_size=16, max_size=16))
        case = question.case
        if data.draw(st.booleans()):
            case = replace(case, known_until=question.as_of.plus(-data.draw(st.integers(0, 3 * DAY))))
        check(policy, case, question.as_of, some)

    holds()


@pytest.mark.parametrize("as_of", ["2025-10-09T00:45:00+08:00", "2025-10-10T12:00:00+08:00"])
def test_the_whole_product_on_one_case(as_of: str) -> None:
    policy, case = loaded("changzhi"), pe.Case.from_yaml(EXAMPLE)
    found = check(policy, case, pe.Instant.parse(as_of), list(combinations(policy)))
    assert found.combinations < 64 < len(list(combinations(policy)))


def row(provision: str) -> pe.DutyRange:
    case = pe.Case.from_yaml(EXAMPLE)
    return pe.evaluate(loaded("changzhi"), case, as_of="2025-10-09T00:45:00+08:00", readings="all").duty(provision)


def test_which_readings_make_which_status() -> None:
    first = row("first-bulletin")
    assert first.readings == ("clock_start", "starting_hour")
    assert first.statuses.values == (pe.Status.OVERDUE, pe.Status.ACTIVE)
    assert first.statuses.least(pe.Status.OVERDUE) == ((),)
    assert first.statuses.least(pe.Status.ACTIVE) == ((pe.Choice("starting_hour", "left_out"),),)
    assert first.statuses.defaults == (pe.Choice("starting_hour", "counted"),)
    assert (first.existing.verdict, first.violated.verdict, first.owed.verdict) == ("every", "some", "every")
    assert first.earliest is not None
    assert first.latest is not None
    assert (str(first.earliest.due), str(first.latest.due)) == ("2025-10-08T16:10:00Z", "2025-10-08T17:00:00Z")


def test_a_row_that_only_another_reading_admits() -> None:
    finder = row("finder-reports-to-city-government")
    assert finder.statuses.default is None
    assert finder.statuses.at({"city_report": "finder_too"}) is pe.Status.ACTIVE
    assert finder.existing.verdict == finder.owed.verdict == "some"
    assert finder.row.status is pe.Status.ACTIVE


def test_strength_and_bearer_have_ranges_as_well() -> None:
    assert row("press-conference").strengths.values == (pe.Strength.MUST, pe.Strength.SHOULD)
    facts = {"level": "high"}
    case = pe.Case(id="x", facts=facts, events=[pe.Event(id="e1", type="opened", at=AT)])
    found = pe.evaluate(loaded("readings"), case, as_of=AT, readings="all")
    assert found.duty("tell-sooner").bearers.values == ("keeper", "owner")
    assert found.duty("tell-sooner").readings == ("keeper_first", "starting_hour", "strictness")


AT = "2025-03-03T09:30:00+08:00"


def test_settled_rows_and_readings_that_make_no_difference() -> None:
    case = pe.Case(id="x", events=[pe.Event(id="e1", type="review_or_suit_brought", at=pe.Instant.parse(AT))])
    found = pe.evaluate(loaded("changzhi"), case, as_of=AT, readings="all")
    # Nothing was detected: what those readings are about has not come up.
    assert found.duty("review-or-suit").settled
    assert found.duty("press-conference").readings == ("in_principle",)
    assert found.readings == ("in_principle", "city_report")
    assert found.combinations < 16
    assert (found.policy, found.case, str(found.as_of)) == ("changzhi-energy-bureau", "x", "2025-03-03T01:30:00Z")
    with pytest.raises(LookupError, match="no provision 'nothing'"):
        found.duty("nothing")
    with pytest.raises(LookupError, match="no such combination"):
        found.duty("press-conference").strengths.at({"in_principle": "neither"})


def test_gaps_have_ranges() -> None:
    case = pe.Case(id="x", events=[pe.Event(id="e1", type="alarm", at=pe.Instant.parse(AT))])
    found = pe.evaluate(loaded("readings"), case, as_of=AT, readings="all")
    (only,) = found.gaps
    assert (only.gap, only.row.kind) == ("other-rules", pe.GapKind.REFERRAL)
    assert only.kinds.values == (None, pe.GapKind.REFERRAL)
    assert only.kinds.least(pe.GapKind.REFERRAL) == ((pe.Choice("silence", "rules"),),)


def test_what_hangs_on_a_missing_fact_is_no_verdict() -> None:
    case = pe.Case(id="x", events=[pe.Event(id="e1", type="detected", at=pe.Instant.parse(AT))])
    found = pe.evaluate(loaded("changzhi"), case, as_of=AT, readings="all")
    assert found.duty("report-to-leader").existing.verdict == "undetermined"
    assert found.duty("report-to-leader").violated.verdict == "none"


def test_too_many_combinations_are_refused_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "MOST_COMBINATIONS", 7)
    with pytest.raises(
        pe.ReadingError, match=r"combinations of readings bear on '.*' of .* clock_start, starting_hour"
    ):
        pe.evaluate(loaded("changzhi"), pe.Case.from_yaml(EXAMPLE), as_of=AT.replace("2025", "2026"), readings="all")


def test_the_value_is_immutable_hashable_and_picklable() -> None:
    case = pe.Case.from_yaml(EXAMPLE)
    found, again = (pe.evaluate(loaded("changzhi"), case, as_of=AT, readings="all") for _ in range(2))
    assert found == again
    assert hash(found) == hash(again)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError):
        found.combinations = 0  # type: ignore[misc]


def test_only_all_is_a_word_for_readings() -> None:
    with pytest.raises(pe.ReadingError, match="'every'"):
        pe.evaluate(loaded("changzhi"), pe.Case(id="x"), as_of=AT, readings="every")  # type: ignore[call-overload]


def test_the_matcher_decides_here_too() -> None:
    class Counted:
        """Our own matcher, and how often it is asked."""

        def __init__(self) -> None:
            from policyengine.engine.reference.conditions import ReferenceMatcher

            self.own, self.asked = ReferenceMatcher(loaded("readings").vocabulary), 0

        def decide(self, conditions, records):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            self.asked += 1
            return self.own.decide(conditions, records)

    matcher = Counted()
    found = pe.evaluate(loaded("readings"), pe.Case(id="x"), as_of=AT, readings="all", matcher=matcher)
    assert matcher.asked >= found.combinations
