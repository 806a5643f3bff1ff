"""Each law catches an engine that breaks it, and says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyengine.api import Case, Event, evaluate, load
from policyengine.errors import MissingExtraError
from policyengine.loading.dump import dump
from policyengine.model.assessment import GapKind, Status
from policyengine.temporal.instant import HOUR, Instant
from policyengine.testing import laws
from policyengine.testing.shifting import shiftable

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Moment
    from policyengine.model.policy import Policy
    from policyengine.testing.laws import Readings

GOOD = Path(__file__).parents[2] / "policies" / "good"
# Half an hour after the limit of 48 hours, and before the repair.
AS_OF = Instant.parse("2025-05-08T10:30:00+08:00")
CASE = Case(
    id="c",
    facts={"level": "low", "tags": ("water",), "exempt": False},
    events=[
        Event(id="e1", type="opened", at=Instant.parse("2025-05-06T10:00:00+08:00")),
        Event(id="e2", type="alarm", at=Instant.parse("2025-05-06T11:00:00+08:00"), sets={"risk": "high"}),
        Event(id="e3", type="repair", at=Instant.parse("2025-05-09T11:00:00+08:00")),
    ],
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(GOOD / "regrading.yaml")


class Broken:
    """An engine that answers well and then changes the row of one duty, as it sees fit."""

    def __init__(self, change: Callable[[Duty, Case, Instant], Duty], row: str = "tell-slowly") -> None:
        self.change = change
        self.row = row

    def __call__(
        self, policy: Policy, case: Case, *, as_of: Moment, readings: Readings = None, matcher: str = "reference"
    ) -> Assessment:
        assert matcher in {"reference", "durable"}
        answer = evaluate(policy, case, as_of=as_of, readings=readings)
        rows = (self.change(each, case, answer.as_of) if each.provision == self.row else each for each in answer.duties)
        return replace(answer, duties=tuple(rows))


LAWS = (
    laws.law_deterministic,
    laws.law_prefix,
    laws.law_recording_order,
    laws.law_other_zone,
    laws.law_irrelevant_event,
    laws.law_violations_persist,
    laws.law_limit_after_anchor,
    laws.law_shift,
    laws.law_matchers_agree,
    laws.law_unknown_settles,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_engine_obeys(law: Callable[..., None], policy: Policy) -> None:
    law(policy, CASE, AS_OF)
    law(policy, CASE, AS_OF, {"upward": "restart"})
    law(policy, Case(id="empty"), AS_OF)


def noted(duty: Duty, text: object) -> Duty:
    return replace(duty, wording=str(text))


def counting_calls() -> Callable[..., Duty]:
    calls: list[int] = []

    def change(duty: Duty, _case: Case, _as_of: Instant) -> Duty:
        calls.append(1)
        return noted(duty, len(calls))

    return change


def earlier(duty: Duty, _case: Case, _as_of: Instant) -> Duty:
    assert duty.limit is not None
    return replace(duty, limit=replace(duty.limit, anchor=duty.limit.due.plus(1)))


def by_the_clock(duty: Duty, _case: Case, as_of: Instant) -> Duty:
    return replace(duty, status=Status.ACTIVE if as_of.utc().hour == AS_OF.utc().hour else Status.OVERDUE)


def forgetful(duty: Duty, _case: Case, as_of: Instant) -> Duty:
    return replace(duty, violated_at=None) if as_of > AS_OF else duty


def guessing(duty: Duty, case: Case, _as_of: Instant) -> Duty:
    return replace(duty, status=Status.FULFILLED if "mode" in case.facts else Status.OVERDUE)


def settling_elsewhere(duty: Duty, case: Case, _as_of: Instant) -> Duty:
    if "mode" in case.facts:
        return replace(duty, status=Status.BREACHED)
    return replace(duty, status=Status.UNDETERMINED, possible=(Status.ACTIVE, Status.NOT_APPLICABLE))


def with_another_bearer(duty: Duty, case: Case, _as_of: Instant) -> Duty:
    return replace(duty, bearer="owner") if "mode" in case.facts else duty


def owed_no_more(duty: Duty, case: Case, _as_of: Instant) -> Duty:
    return replace(duty, owed="mode" not in case.facts)


@pytest.mark.parametrize(
    ("law", "change", "words"),
    [
        (laws.law_deterministic, counting_calls(), "L1: asking again changes the answer"),
        (laws.law_prefix, lambda duty, case, _: noted(duty, len(case.events)), "L2: leaving out 1 later events"),
        (laws.law_recording_order, lambda duty, case, _: noted(duty, case.events[0].id), "L3: recording in the order"),
        (laws.law_other_zone, counting_calls(), "L4: writing 2025-05-08T02:30:00Z as"),
        (laws.law_irrelevant_event, lambda duty, case, _: noted(duty, len(case.events)), "L5: adding graded, approved"),
        (laws.law_violations_persist, forgetful, "L6: violations of 2025-05-08T02:30:00Z are not those of 2025-05-09"),
        (laws.law_limit_after_anchor, earlier, "L7: tell-slowly"),
        (laws.law_shift, by_the_clock, "L8: moving everything by 25213000001 µs"),
        (laws.law_matchers_agree, counting_calls(), "L9: matching with durable-rules changes the answer"),
        (laws.law_unknown_settles, guessing, "L12: giving {'mode': 'open'} changes what was determined"),
        (laws.law_unknown_settles, with_another_bearer, "tell-slowly: its bearer keeper became owner"),
        (laws.law_unknown_settles, owed_no_more, "tell-slowly: owed True became False"),
        (laws.law_unknown_settles, settling_elsewhere, "tell-slowly: breached was not among active, not_applicable"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_law_catches_who_breaks_it(
    law: Callable[..., None],
    change: Callable[[Duty, Case, Instant], Duty],
    words: str,
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(laws, "evaluate", Broken(change))
    with pytest.raises(AssertionError) as caught:
        law(policy, CASE, AS_OF)
    assert words in str(caught.value)
    assert "tell-slowly" in str(caught.value)


def test_a_message_names_the_row_and_the_field(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "evaluate", Broken(lambda duty, case, _: noted(duty, len(case.events))))
    with pytest.raises(AssertionError) as caught:
        laws.law_prefix(policy, CASE, AS_OF)
    assert str(caught.value) == (
        'L2: leaving out 1 later events changes the answer:\n  duties.tell-slowly.wording: "3" became "2"'
    )


def test_l6_tells_the_duties_of_one_provision_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = load(GOOD / "occurrences.yaml")
    laws.law_violations_persist(policy, CASE, AS_OF)
    monkeypatch.setattr(laws, "evaluate", Broken(forgetful, "look-each-time"))
    with pytest.raises(AssertionError, match=r"look-each-time e2: violated at .*, then overdue, violated at None"):
        laws.law_violations_persist(policy, CASE, AS_OF)


def test_l6_misses_a_duty_that_is_gone(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(policy: Policy, case: Case, *, as_of: Moment, readings: Readings) -> Assessment:
        answer = evaluate(policy, case, as_of=as_of, readings=readings)
        return replace(answer, duties=tuple(each for each in answer.duties if as_of == AS_OF))

    monkeypatch.setattr(laws, "evaluate", losing)
    with pytest.raises(AssertionError, match=r"tell-slowly: violated at .*, then nothing"):
        laws.law_violations_persist(policy, CASE, AS_OF)


def test_l12_asks_where_a_duty_comes_from(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    def gaining(policy: Policy, case: Case, *, as_of: Moment, readings: Readings) -> Assessment:
        answer = evaluate(policy, case, as_of=as_of, readings=readings)
        more = (replace(answer.duty("tell-slowly"), instance="e9"),) if "mode" in case.facts else ()
        return replace(answer, duties=(*answer.duties, *more))

    monkeypatch.setattr(laws, "evaluate", gaining)
    with pytest.raises(AssertionError, match="tell-slowly e9: overdue came from nowhere"):
        laws.law_unknown_settles(policy, CASE, AS_OF)


def test_l10_compares_everything_that_was_loaded(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    laws.law_dump(policy, beside=GOOD)
    monkeypatch.setattr(laws, "dump", lambda policy: dump(policy).replace("hours: 48", "hours: 49"))
    with pytest.raises(AssertionError, match="L10: dumping and loading changes digest, provisions, document"):
        laws.law_dump(policy, beside=GOOD)
    monkeypatch.setattr(laws, "dump", lambda policy: dump(policy).replace("must: tell", "must: whisper"))
    with pytest.raises(AssertionError, match=r"L10: what was dumped does not load: .*whisper"):
        laws.law_dump(policy, beside=GOOD)


def test_l12_holds_gaps_to_account(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = load(GOOD / "prohibitions.yaml")
    case = Case(id="c", facts={"injured": 3}, events=[Event(id="e1", type="opened", at=AS_OF)])

    def losing(policy: Policy, case: Case, *, as_of: Moment, readings: Readings) -> Assessment:
        answer = evaluate(policy, case, as_of=as_of, readings=readings)
        return replace(answer, gaps=() if "level" in case.facts else answer.gaps)

    assert [each.kind for each in evaluate(policy, case, as_of=AS_OF).gaps] == [GapKind.GAP]
    laws.law_unknown_settles(policy, case, AS_OF)
    monkeypatch.setattr(laws, "evaluate", losing)
    with pytest.raises(AssertionError, match="many-injured: gap became no gap"):
        laws.law_unknown_settles(policy, case, AS_OF)


def test_l9_holds_where_durable_rules_is_missing(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(
        policy: Policy, case: Case, *, as_of: Moment, readings: Readings, matcher: str = "reference"
    ) -> Assessment:
        if matcher != "reference":
            raise MissingExtraError
        return evaluate(policy, case, as_of=as_of, readings=readings)

    monkeypatch.setattr(laws, "evaluate", lacking)
    laws.law_matchers_agree(policy, CASE, AS_OF)


def test_l8_leaves_out_what_counts_days_or_full_hours() -> None:
    days = load(GOOD / "days.yaml")
    assert shiftable(days, "case") == ("two-hours", "ninety-minutes")
    assert shiftable(days, "case", {"starting_hour": "left_out"}) == ()
    assert shiftable(load(GOOD / "prohibitions.yaml"), "case") == ()
    assert shiftable(load(GOOD / "recurring.yaml"), "case") == ()
    assert shiftable(load(GOOD / "composites.yaml"), "case") == ("without-trigger",)
    assert shiftable(load(GOOD / "occurrences.yaml"), "case") == (
        *("look-each-time", "tell-each-sender", "no-release-on-alarm"),
    )
    case = Case(id="c", facts={"risk": "high"}, events=[Event(id="e1", type="opened", at=AS_OF)])
    laws.law_shift(days, case, AS_OF, micros=100 * 24 * HOUR)


def test_unknown_facts_are_those_that_nobody_said_anything_about(policy: Policy) -> None:
    assert laws.unknown_facts(policy, CASE) == ("urgent", "injured", "place", "mode", "spare")
    assert "risk" in laws.unknown_facts(policy, Case(id="c", facts={"risk": None}))
