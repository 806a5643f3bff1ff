"""The timeline of a case: what it tells, as a value, as text, as Markdown and as a picture."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.model.several import Assessments
from policyengine.report.cells import cells
from policyengine.report.page import Tone
from policyengine.report.svg import Point
from policyengine.report.timeline import Timeline, timeline, timeline_markdown, timeline_svg, timeline_text
from policyengine.report.timeline.legend import legend
from policyengine.report.timeline.values import Lane, Mark
from tests.support.cases import CASES, Example, example, examples, policy_named
from tests.support.pictures import SVG, parsed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from policyengine.wording import Lang

AT = "2025-10-08T23:30:00+08:00"
GOOD = Path(__file__).parents[3] / "policies" / "good"
CHANGZHI = pe.load("changzhi")
BOTH = (CHANGZHI, pe.load("state-council-2016-80"))
EVERY = [
    each
    for folder in ("anshan", "changzhi", "hubei", "meihekou", "several", "xincheng")
    for each in examples(folder)
    if each.case.as_of is not None
]


def event(name: str, at: str = AT, kind: str = "detected", **more: object) -> pe.Event:
    return pe.Event(id=name, type=kind, at=at, **more)  # type: ignore[arg-type]


def grave(*events: pe.Event) -> pe.Case:
    first = event("e1", sets={"event_severity": "major", "sentiment_severity": "major", "concerns_other_agency": False})
    return pe.Case(id="one", events=[first, *events])


def made(
    case: pe.Case,
    as_of: str,
    lang: Lang = "en",
    policies: tuple[pe.Policy, ...] = (CHANGZHI,),
    readings: Mapping[str, Mapping[str, str]] | None = None,
) -> Timeline:
    return timeline(policies, case, pe.evaluate(policies, case, as_of=as_of, readings=readings), lang)


def kept(name: str, lang: Lang = "en") -> Timeline:
    """Return the timeline of an example as it stands."""
    return of(example(CASES / f"{name}.yaml"), lang)


def of(shown: Example, lang: Lang) -> Timeline:
    policies = tuple(map(policy_named, shown.case.policies))
    return made(shown.case, str(shown.case.as_of), lang, policies)


def lane(found: Timeline, provision: str) -> Lane:
    return next(each for each in found.lanes if f"({provision})" in each.title)


def drawn(found: Timeline) -> Element:
    return parsed(timeline_svg(found))


def texts(root: Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("as_of", "done", "mark", "state"),
    [
        pytest.param("2025-10-09T00:00:00+08:00", None, Mark.RUNNING, "in 30 min", id="still in time"),
        pytest.param("2025-10-09T00:30:00+08:00", None, Mark.RUNNING, "due this very instant", id="at the limit"),
        pytest.param("2025-10-09T00:31:00+08:00", None, Mark.DEPARTED, "1 min late, still owed", id="a minute late"),
        pytest.param("2025-10-09T02:00:00+08:00", "00:10", Mark.KEPT, "in time, 20 min to spare", id="done before"),
        pytest.param(
            "2025-10-09T02:00:00+08:00", "00:30", Mark.KEPT, "in time, at the very limit", id="done at the limit"
        ),
        pytest.param("2025-10-09T02:00:00+08:00", "00:45", Mark.DEPARTED, "done 15 min late", id="done too late"),
    ],
)
def test_how_a_duty_stands(as_of: str, done: str | None, mark: Mark, state: str) -> None:
    acts = [event("e2", f"2025-10-09T{done}:00+08:00", "publish_authoritative_information")] if done else []
    found = lane(made(grave(*acts), as_of), "first-bulletin")
    assert (found.mark, found.state, found.detail) == (mark, state, "due Thu 2025-10-09 00:30")
    assert found.clauses == ("CZH:17",)


def test_what_an_event_performs_and_makes_known_stands_beside_it() -> None:
    act = event("e2", "2025-10-09T00:10:00+08:00", "publish_authoritative_information", by="responsible_unit")
    first, second = made(grave(act), "2025-10-09T01:00:00+08:00").events
    assert first.remarks[0].words.startswith("makes known: grade of the sudden event: major; ")
    assert second.title == "section or unit responsible for the matter: publish authoritative information (e2)"
    assert second.short == "publish authoritative information (e2)"
    assert ("performs first information within 1 hour (first-bulletin): in time, 20 min to spare", Tone.GOOD) in [
        (each.words, each.tone) for each in second.remarks
    ]


def test_a_breached_prohibition_is_drawn_and_one_that_is_kept_is_only_named() -> None:
    found = kept("changzhi/published-without-asking")
    breach = lane(found, "confirm-first")
    assert (breach.mark, breach.state, breach.detail) == (Mark.BREACHED, "breached once", "first Wed 2026-05-06 16:00")
    act = next(each for each in found.events if each.title.endswith("(e2)"))
    assert any(each.words.startswith("breaches the prohibition: ") and each.tone is Tone.BAD for each in act.remarks)
    quiet = made(grave(), "2025-10-09T00:00:00+08:00")
    assert not [each for each in quiet.lanes if each.mark is Mark.BREACHED]
    assert [each.heading for each in quiet.others] == ["Not started", "Standing duties"]


def test_undetermined_duties_say_what_is_lacking() -> None:
    found = made(pe.Case(id="one", events=[event("e1")]), AT)
    open_duty = lane(found, "report-to-leader")
    assert open_duty.mark is Mark.UNDETERMINED
    assert open_duty.state == "undetermined, lacking: grade of the sentiment"


def test_a_limit_on_days_not_announced_is_provisional_and_ends_at_24() -> None:
    case = example(CASES / "meihekou" / "meihekou-approval-chain-kept.yaml").case
    moved = [replace(each, at=str(each.at).replace("2026", "2031")) for each in case.events]
    found = made(pe.Case(id="later", events=moved), "2031-02-01T00:00:00+08:00", policies=(pe.load("meihekou"),))
    assert lane(found, "written-report").detail == "due Mon 2031-02-03 24:00 (provisional)"
    assert "  in time, 4 d 13 h to spare, provisional" in timeline_text(found)
    assert "provisional limit" in texts(drawn(found))


def test_the_log_out_of_order_corrected_and_taken_back() -> None:
    case = pe.Case(
        id="one",
        events=[
            event("e2", "2025-10-09T00:10:00+08:00", "report"),
            event("e1", AT),
            event("c1", "2025-10-08T22:30:00+08:00", corrects="e1", recorded_at="2025-10-09T00:20:00+08:00"),
            event("e3", "2025-10-09T00:15:00+08:00", "respond"),
            pe.Event(id="r1", retracts="e3", recorded_at="2025-10-09T00:30:00+08:00"),
        ],
    )
    found = made(case, "2025-10-09T01:00:00+08:00")
    assert [each.title for each in found.events] == ["the sentiment was detected (e1, as corrected)", "report (e2)"]
    assert [each.text for each in found.premises] == ["taken back, not listed: respond (e3)"]


def test_what_is_later_than_the_instant_asked_about_is_there_but_not_seen() -> None:
    found = made(grave(event("e2", "2025-10-09T23:00:00+08:00", "respond")), "2025-10-09T00:00:00+08:00")
    assert [each.seen for each in found.events] == [True, False]
    assert not found.events[1].remarks
    assert "23:00  +23 h 30 min  not seen" in timeline_text(found)


def test_without_events() -> None:
    found = made(pe.Case(id="none"), AT)
    assert found.origin is None
    assert [each.text for each in found.premises] == ["the case has no events"]
    assert "\nWed 2025-10-08\n23:30  as of  the case is judged at this instant\n" in timeline_text(found)
    assert "as of" in texts(drawn(found))


def test_where_no_duty_can_be_drawn_the_picture_says_so() -> None:
    found = made(pe.Case(id="none"), "1999-01-01T00:00:00+08:00", policies=(pe.load("anshan"),))
    assert (found.lanes, found.counts) == ((), "")
    assert "No duty can be drawn at this instant" in texts(drawn(found))
    assert "In short" not in timeline_text(found)
    assert not kept("anshan/before-publication").lanes


def test_everything_at_one_instant_has_a_label_of_its_own() -> None:
    found = made(pe.Case(id="one", events=[event(f"e{n}") for n in range(40)]), AT)
    labels = {each.text: each.get("y") for each in drawn(found).iter(f"{SVG}text") if "(e" in (each.text or "")}
    assert len(set(labels.values())) == 40


def test_several_policies_have_bands_of_their_own_on_one_clock() -> None:
    found = made(grave(), "2025-10-09T01:00:00+08:00", policies=BOTH)
    assert [each.heading for each in found.bands] == [
        "changzhi-energy-bureau: Duties with a limit",
        "changzhi-energy-bureau: Duties without a number",
        "state-council-2016-80: Duties with a limit",
        "state-council-2016-80: Duties without a number",
        "state-council-2016-80: Undetermined duties",
    ]
    assert len(found.policies) == 2


def test_policies_with_clocks_of_their_own_are_told_on_that_of_the_first() -> None:
    policies = (pe.load(GOOD / "outcomes.yaml"), pe.load(GOOD / "days.yaml"))
    found = made(pe.Case(id="none"), AT, policies=policies)
    assert [each.text for each in found.premises] == [
        "the case has no events",
        "all times on the clock of Asia/Shanghai",
    ]


def test_what_performs_a_duty_only_in_part_is_an_act_and_says_so() -> None:
    part = event("e2", "2025-10-09T00:10:00+08:00", "publish_authoritative_information", partial=True)
    found = made(grave(part), "2025-10-09T00:20:00+08:00")
    assert found.events[1].title == "publish authoritative information (e2, in part)"
    assert "performs in part: first information within 1 hour (first-bulletin)" in [
        each.words for each in found.events[1].remarks
    ]
    (stretch,) = lane(found, "first-bulletin").stretches
    assert stretch.goes_on
    assert stretch.acts == (part.at,)


@pytest.mark.parametrize(
    ("status", "owed", "state"),
    [
        pytest.param(pe.Status.UNDETERMINED, True, "undetermined, but in any event departed from", id="not settled"),
        pytest.param(pe.Status.OVERDUE, None, "15 min late", id="perhaps no longer owed"),
        pytest.param(pe.Status.OVERDUE, False, "15 min late, no longer owed", id="no longer owed"),
    ],
)
def test_what_is_late_whether_or_not_it_is_still_owed(status: pe.Status, owed: bool | None, state: str) -> None:
    case, as_of = grave(), "2025-10-09T00:45:00+08:00"
    (answer,) = pe.evaluate([CHANGZHI], case, as_of=as_of)
    duties = tuple(
        replace(each, status=status, owed=owed) if each.provision == "first-bulletin" else each
        for each in answer.duties
    )
    found = timeline([CHANGZHI], case, Assessments((replace(answer, duties=duties),)), "en")
    assert lane(found, "first-bulletin").state == state
    assert lane(found, "first-bulletin").stretches[0].goes_on is (owed is not False)


def test_a_legend_takes_as_many_rows_as_it_needs() -> None:
    lanes = made(grave(), "2025-10-09T00:45:00+08:00").lanes
    wide, narrow = (legend(lanes, "en", at=Point(0, 0), width=width) for width in (1200, 200))
    assert narrow[1] > wide[1]
    assert len(narrow[0]) == len(wide[0])
    assert legend((), "en", at=Point(0, 0), width=200) == ((), 0)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_many_periods_share_a_lane_and_only_the_last_missed_are_rows(lang: Lang) -> None:
    case = example(CASES / "xincheng" / "agency-log.yaml").case
    policy = pe.load("xincheng")
    chosen = {policy.id: {"daily_patrol": "each_day"}}
    found = made(case, "2026-06-20T12:00:00+08:00", lang, (policy,), chosen)
    (many,) = [each for each in found.lanes if each.folded]
    assert len(many.stretches) == 113
    assert [each.lane.mark for each in found.limits] == [Mark.LATE] * 3 + [Mark.RUNNING]
    note = {"en": "of those missed only the last 3 are in the table", "zh": "表中只列最近 3 个未按期的"}
    assert note[lang] in timeline_text(found)
    rects = [each for each in drawn(found).iter(f"{SVG}rect") if "f-bad" in each.get("class", "").split()]
    assert len(rects) == 3  # one in the legend; a Sunday that can be seen; and all the others together


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_asked(lang: Lang, width: int) -> None:
    found = kept("meihekou/meihekou-approval-chain-kept", lang)
    assert max(map(cells, timeline_text(found, width=width).splitlines())) <= width


@pytest.mark.parametrize("width", [60, 100])
def test_colours_are_only_put_around_what_is_already_broken(width: int) -> None:
    found = made(grave(), "2025-10-09T01:00:00+08:00")
    painted = timeline_text(found, width=width, paint=lambda words, tone: f"<{tone}>{words}</>")
    assert re.sub(r"</?[a-z]*>", "", painted) == timeline_text(found, width=width)
    assert re.search(r"<open>[^<]*departed from *</>", painted)


def test_an_act_at_the_midnight_that_ends_a_limit_stands_behind_it_and_one_at_the_very_limit_before_it() -> None:
    lines = timeline_text(kept("changzhi/appraisal-missed")).splitlines()
    days = [each for each in lines if re.fullmatch(r"[A-Z][a-z]{2} \d{4}-\d{2}-\d{2}", each)]
    assert days[-4:] == ["Wed 2025-12-31", "Thu 2026-01-01", "Sun 2026-02-01", "Thu 2026-12-31"]
    act = event("e2", "2025-10-09T00:30:00+08:00", "publish_authoritative_information")
    text = timeline_text(made(grave(act), "2025-10-09T00:30:00+08:00"))
    assert text.index("(e2)") < text.index("limit: first information") < text.index("the case is judged")


def test_markdown_has_a_row_for_each_instant_and_obeys_no_text() -> None:
    case = pe.Case(id="a|b", title="*x*", events=[event("e|1")])
    text = timeline_markdown(made(case, AT))
    rows = [each for each in text.splitlines() if each.startswith("| ")]
    assert text.startswith("# Timeline: a\\|b, \\*x\\*\n")
    assert rows[0] == "| When | Since the first event | Mark | What | Clauses |"
    assert {len(re.split(r"(?<!\\)\|", each)) for each in rows} == {7}
    assert "## Undetermined duties (5)" in text


def test_a_picture_is_well_formed_whatever_the_case_is_called() -> None:
    case = pe.Case(id='<script>&"\x01', title="t\nu", events=[event("</text>")])
    root = drawn(made(case, AT, "zh"))
    assert root.find(f".//{SVG}script") is None
    assert '时间线：<script>&"\\x01，t u' in texts(root)


@pytest.mark.parametrize("shown", EVERY, ids=lambda each: each.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_example_can_be_drawn(shown: Example, lang: Lang) -> None:
    found = of(shown, lang)
    root = drawn(found)
    assert not re.search(r"href|src=|@import|url\((?!#)|<script", timeline_svg(found))
    assert [each.tag for each in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    for each in root.iter(f"{SVG}text"):
        assert 0 <= float(each.get("x", "-1")) <= float(root.get("width", "0"))
        assert 0 <= float(each.get("y", "-1")) <= float(root.get("height", "0"))
    told = timeline_text(found)
    assert all(each.title in told for each in found.lanes)
    assert all(each.title in told for each in found.events)
