"""What covers a demand, and in what it falls short: one row for each way, read in both directions."""

from __future__ import annotations

import pytest

from policyengine.analysis.bound import Bound
from policyengine.analysis.coverage import Coverage, Shortfall, coverage
from policyengine.analysis.sides import Side
from tests.support.lab import clock
from tests.support.pairs import written

MISSING, STRENGTH, ACT = Shortfall.MISSING, Shortfall.STRENGTH, Shortfall.ACT
ENDING, RECURRENCE = Shortfall.ENDING, Shortfall.RECURRENCE
ANCHOR, LIMIT = Shortfall.ANCHOR, Shortfall.LIMIT

START = "must: answer, upon: start"
HOUR = f"{START}, deadline: {{within: {{hours: 1}}}}"
EACH = f"{START}, each: true"
KEYED = f"{EACH}, key: [dept]"
FORBIDDEN = "must_not: answer, upon: start"
ROLE = """\
roles: {{r: {{title: {{zh: 角, en: r}}}}}}
tables:
  - {{assigns: r, clause: "LAB:1", rows: [{{when: {{flag: true}}, then: {then}}}], else: unit}}
"""
CLASS = """\
tables:
  - {{derives: class, clause: "LAB:1", rows: [{{when: {{flag: true}}, then: {then}}}], else: mid}}
"""


def limit(text: str) -> str:
    return f"{START}, deadline: {{{text}}}"


def covering(one: str, other: str, headers: tuple[str, str] = ("", "")) -> Coverage:
    """Return whether the provisions of *one* cover the provision `a` of *other*, from its first trigger on."""
    side, against = (Side.of(written(text, head)) for text, head in zip((one, other), headers, strict=True))
    demand = against.provision("a")
    assert demand is not None
    trigger = demand.upon[0] if demand.upon else None
    return coverage([Bound(side, each) for each in side.provisions], Bound(against, demand), trigger)


@pytest.mark.parametrize(
    ("one", "other", "forth", "back"),
    [
        # Something is demanded at all
        pytest.param(HOUR, HOUR, None, None, id="the same"),
        pytest.param("must: tell, upon: start", START, MISSING, MISSING, id="another act"),
        pytest.param("may: answer, upon: start", START, MISSING, None, id="a permission demands nothing"),
        pytest.param("must_not: answer, upon: start", START, MISSING, MISSING, id="to forbid is not to demand"),
        pytest.param(f"{START}, scope: agency", START, MISSING, MISSING, id="of the agency, of the case"),
        # Triggers
        pytest.param("must: answer, upon: stop", START, MISSING, MISSING, id="another trigger"),
        pytest.param(START, "must: answer, upon: begin", None, MISSING, id="upon what the trigger is a kind of"),
        pytest.param("must: answer, upon: [stop, start]", START, None, MISSING, id="upon either"),
        pytest.param("must: answer, upon: [stop, begin]", START, MISSING, MISSING, id="upon a kind of it only"),
        pytest.param(
            START, "must: answer, upon: {event: start, where: {dept: x}}", None, MISSING, id="in one department only"
        ),
        pytest.param(
            "must: answer, upon: {event: start, where: {dept: [x, y]}}",
            "must: answer, upon: {event: start, where: {dept: y}}",
            None,
            MISSING,
            id="in one of two departments",
        ),
        pytest.param(
            "must: answer, upon: {event: start, where: {dept: [x, y]}}",
            "must: answer, upon: {event: start, where: {by: chief}}",
            MISSING,
            MISSING,
            id="told by other attributes",
        ),
        pytest.param("must: answer", START, MISSING, MISSING, id="without a trigger"),
        pytest.param("must: answer, standing: true", START, None, MISSING, id="standing from the first"),
        pytest.param(
            "must: answer, standing: true, until: stop",
            f"{START}, until: stop",
            MISSING,
            MISSING,
            id="what can have ended before",
        ),
        # How strongly
        pytest.param(START, "should: answer, upon: start", None, STRENGTH, id="in principle"),
        pytest.param(
            "should: answer, upon: start, deadline: {within: {hours: 1}}",
            limit("within: {hours: 5}"),
            STRENGTH,
            LIMIT,
            id="should in 1 h, must in 5 h",
        ),
        # The act
        pytest.param("must: confer, upon: start", START, None, MISSING, id="a kind of the act"),
        pytest.param(f"{START}, means: [a]", f"{START}, means: [a, b]", None, ACT, id="by fewer means"),
        pytest.param(f"{START}, means: [a]", START, None, ACT, id="by any means"),
        pytest.param(f"{START}, to: public", START, None, ACT, id="to anybody"),
        pytest.param(f"{START}, to: public", f"{START}, to: chief", ACT, ACT, id="to others"),
        pytest.param(f"{START}, in_person: true", START, None, ACT, id="in person"),
        pytest.param(
            f"{START}, in_person: true, bearer: chief", f"{START}, in_person: true", ACT, ACT, id="another in person"
        ),
        pytest.param(f"{START}, bearer: chief", START, None, None, id="whoever bears it"),
        # When it ends
        pytest.param(START, f"{START}, until: stop", None, ENDING, id="until"),
        pytest.param(f"{START}, until: stop", f"{START}, until: [stop, halt]", None, ENDING, id="until either"),
        pytest.param(
            f"{START}, until: {{all: [stop, halt]}}", f"{START}, until: stop", None, ENDING, id="until both, until one"
        ),
        pytest.param(
            f"{START}, until: {{all: [stop, halt]}}",
            f"{START}, until: [stop, halt]",
            None,
            ENDING,
            id="until both, until either",
        ),
        pytest.param(
            f"{START}, until: {{all: [stop, halt, change]}}",
            f"{START}, until: {{all: [stop, halt]}}",
            None,
            ENDING,
            id="until three, until two of them",
        ),
        pytest.param(f"{START}, until: begin", f"{START}, until: start", None, ENDING, id="until a kind of it"),
        pytest.param(START, f"{START}, waived_by: forgive", None, ENDING, id="waived"),
        pytest.param(
            f"{START}, waived_by: {{event: forgive, where: {{by: chief}}}}",
            f"{START}, waived_by: forgive",
            ENDING,
            ENDING,
            id="waived by one only: not settled from the norms",
        ),
        pytest.param(START, f"{START}, in_force: {{from: 2026-01-01}}", None, ENDING, id="in force for a time"),
        # How often
        pytest.param(EACH, START, None, RECURRENCE, id="each time, the first time"),
        pytest.param(KEYED, START, None, RECURRENCE, id="each time for its department, the first time"),
        pytest.param(KEYED, EACH, None, RECURRENCE, id="each time for its department, and each time"),
        pytest.param(f"{START}, standing: true", START, None, RECURRENCE, id="acting all along, or once"),
        pytest.param(f"{START}, every: day", START, RECURRENCE, RECURRENCE, id="every day, or once"),
        pytest.param(
            f"{START}, every: day", f"{START}, every: working_day", RECURRENCE, RECURRENCE, id="other periods"
        ),
        pytest.param(
            f"{START}, every: day", f"{START}, every: day, late: oldest_open", RECURRENCE, RECURRENCE, id="late"
        ),
        # Limits
        pytest.param(HOUR, limit("within: {hours: 5}"), None, LIMIT, id="1 h and 5 h"),
        pytest.param(HOUR, START, None, LIMIT, id="1 h and no limit"),
        pytest.param(HOUR, limit("promptly: true"), None, LIMIT, id="1 h and promptly"),
        pytest.param(limit("promptly: true"), START, None, None, id="promptly and no limit"),
        pytest.param(HOUR, limit("within: {hours: 1}, of: anchor"), ANCHOR, ANCHOR, id="of another event"),
        pytest.param(limit("within: {hours: 1}, of: start"), HOUR, None, None, id="of the trigger by its name"),
        pytest.param(limit("before: stop"), limit("before: halt"), LIMIT, LIMIT, id="before other events"),
        pytest.param(limit("before: start"), limit("before: begin"), None, LIMIT, id="before a kind of it"),
        pytest.param(limit("before: stop"), HOUR, LIMIT, LIMIT, id="before an event, and 1 h"),
        pytest.param(
            limit("earliest: [{within: {hours: 1}}, {before: stop}]"),
            HOUR,
            None,
            LIMIT,
            id="1 h or before, the earlier",
        ),
        pytest.param(
            limit("latest: [{within: {hours: 1}}, {within: {hours: 5}}]"),
            limit("within: {hours: 5}"),
            LIMIT,
            None,
            id="the later of two: only its own equal covers it",
        ),
        pytest.param(
            HOUR, limit("latest: [{within: {hours: 1}}, {before: stop}]"), None, LIMIT, id="1 h, and the later of two"
        ),
        pytest.param(
            limit("earliest: [{within: {hours: 1}, when: {flag: true}}, {within: {hours: 5}}]"),
            limit("within: {hours: 5}"),
            None,
            LIMIT,
            id="a limb on a condition can only tighten",
        ),
        pytest.param(
            limit("earliest: [{within: {hours: 1}}, {within: {hours: 9}, of: anchor}]"),
            HOUR,
            ANCHOR,
            ANCHOR,
            id="acts since an anchor of its own count",
        ),
        # Prohibitions
        pytest.param("must_not: speak, upon: start", FORBIDDEN, None, ACT, id="forbidden: the wider act"),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, bearer: chief", None, ACT, id="forbidden to everybody"),
        pytest.param(f"{FORBIDDEN}, bearer: unit", f"{FORBIDDEN}, bearer: chief", ACT, ACT, id="forbidden to others"),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, means: a", None, ACT, id="forbidden by any means"),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, to: public", None, ACT, id="forbidden towards anybody"),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, until: stop", None, ENDING, id="forbidden until"),
        pytest.param("must_not: answer", FORBIDDEN, None, MISSING, id="forbidden from the first"),
        pytest.param(
            "must_not: answer, until: stop",
            f"{FORBIDDEN}, until: stop",
            MISSING,
            MISSING,
            id="that can have ended before",
        ),
        pytest.param(
            f"{FORBIDDEN}, each: true, until: stop", f"{FORBIDDEN}, until: stop", None, RECURRENCE, id="forbidden anew"
        ),
        pytest.param(FORBIDDEN, f"{FORBIDDEN}, each: true", None, None, id="forbidden for good the first time"),
        pytest.param(
            FORBIDDEN, f"{FORBIDDEN}, each: true, key: [dept]", None, RECURRENCE, id="forbidden in a department only"
        ),
    ],
)
def test_what_one_provision_is_to_another(
    one: str, other: str, forth: Shortfall | None, back: Shortfall | None
) -> None:
    assert (covering(one, other).shortfall, covering(other, one).shortfall) == (forth, back)


@pytest.mark.parametrize(
    ("provisions", "demand", "expected"),
    [
        pytest.param(
            f"{limit('within: {days: 2}')}\nid: b, {limit('within: {hours: 40}')}",
            limit("within: {hours: 48}"),
            None,
            id="one that is in time is enough",
        ),
        pytest.param(
            f"{HOUR}, until: stop\nid: b, {limit('within: {hours: 5}')}",
            HOUR,
            LIMIT,
            id="what ends does not help what is late",
        ),
        pytest.param(
            f"{limit('within: {minutes: 1470}')}\nid: b, {limit('within: {days: 1}')}",
            limit("within: {hours: 24}, hours: next_full_hour"),
            LIMIT,
            id="two that are both late within an hour of the day",
        ),
        pytest.param(
            f"{limit('within: {days: 1}')}\nid: b, {limit('within: {hours: 30}')}",
            limit("earliest: [{within: {hours: 49}}, {within: {days: 1}, ends: '23:59'}]"),
            LIMIT,
            id="a minute before midnight",
        ),
    ],
)
def test_what_several_provisions_are_together(provisions: str, demand: str, expected: Shortfall | None) -> None:
    assert covering(provisions, demand).shortfall is expected


FULL = "counting: {hours: next_full_hour}\n"


@pytest.mark.parametrize(
    ("provision", "headers", "forth", "back"),
    [
        pytest.param(HOUR, ("", FULL), None, LIMIT, id="the starting hour"),
        pytest.param(HOUR, ("", "time_zone: UTC\n"), None, None, id="hours in any zone"),
        pytest.param(HOUR, (FULL, f"time_zone: Asia/Kolkata\n{FULL}"), LIMIT, LIMIT, id="full hours of a zone"),
        pytest.param(limit("within: {days: 1}"), ("", "time_zone: UTC\n"), LIMIT, LIMIT, id="days of a zone"),
        pytest.param(
            limit("within: {working_days: 1}"), ("", "calendar: weekends-only\n"), LIMIT, LIMIT, id="working days"
        ),
        pytest.param(
            f"{START}, every: day", ("", "time_zone: UTC\n"), RECURRENCE, RECURRENCE, id="every day of a zone"
        ),
        pytest.param(
            f"{START}, every: {{since_last_act: {{hours: 4}}}}",
            ("", FULL),
            RECURRENCE,
            RECURRENCE,
            id="since the last act",
        ),
        pytest.param(
            f"{START}, bearer: r, in_person: true",
            (ROLE.format(then="unit"), ROLE.format(then="chief")),
            ACT,
            ACT,
            id="whom a table means in person",
        ),
        pytest.param(
            f"{FORBIDDEN}, bearer: r",
            (ROLE.format(then="unit"), ROLE.format(then="chief")),
            ACT,
            ACT,
            id="to whom a table forbids it",
        ),
        pytest.param(
            limit("earliest: [{within: {hours: 1}, when: {class: top}}, {within: {hours: 5}}]"),
            (CLASS.format(then="low"), CLASS.format(then="top")),
            LIMIT,
            LIMIT,
            id="a limb on what tables derive",
        ),
        pytest.param(
            f"{START}, in_force: {{from: 2026-03-02}}", ("", "time_zone: UTC\n"), ENDING, ENDING, id="days in force"
        ),
        pytest.param(
            f"{START}, deadline: {{within: {{hours: 1}}, of: {{performed: w}}}}\nid: w, must: tell, upon: start",
            ("", "time_zone: UTC\n"),
            ANCHOR,
            ANCHOR,
            id="what follows upon another duty that is counted otherwise",
        ),
    ],
)
def test_one_provision_read_in_two_ways(
    provision: str, headers: tuple[str, str], forth: Shortfall | None, back: Shortfall | None
) -> None:
    found = [covering(provision, provision, each).shortfall for each in (headers, headers[::-1])]
    assert found == [forth, back]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(KEYED, KEYED, id="a key"),
        pytest.param(
            f"{KEYED}, deadline: {{before: stop}}", f"{EACH}, deadline: {{before: stop}}", id="before: of its key"
        ),
    ],
)
def test_a_duty_with_a_key_has_limits_of_its_key(one: str, other: str) -> None:
    assert covering(one, other).holds == (one == other)


def test_an_anchor_shows_where_a_limit_is_later() -> None:
    found = covering(limit("within: {days: 1}"), limit("within: {hours: 36}"))
    assert found.shortfall is LIMIT
    assert clock(found.anchor) == "+-791 0:00"


@pytest.mark.parametrize(
    ("one", "other", "announced_only"),
    [
        pytest.param("days: 1", "working_days: 1", False, id="days off only put it off"),
        pytest.param("working_days: 1", "days: 12", True, id="twelve days, as far as holidays are announced"),
        pytest.param("hours: 24", "days: 1", False, id="hours and days"),
    ],
)
def test_what_rests_on_days_off_is_marked(one: str, other: str, announced_only: bool) -> None:
    found = covering(limit(f"within: {{{one}}}"), limit(f"within: {{{other}}}"))
    assert (found.holds, found.announced_only) == (True, announced_only)


def test_limits_that_nobody_can_count_yet_are_not_compared() -> None:
    three_years = limit("within: {years: 3}, roll: next_working_day")
    assert covering(three_years, limit("within: {working_days: 5}")).shortfall is ANCHOR
    assert covering(three_years, three_years).holds
