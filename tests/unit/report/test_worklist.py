"""Worklists as text, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.report import worklist_text
from policyengine.report.page import Line, Page, Tone
from policyengine.report.plain import plain
from policyengine.report.worklist import worklist_page
from policyengine.report.worklist_sheet import Sheet
from tests.support import lab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policyengine.wording import Lang

GOOD = Path(__file__).parents[2] / "policies" / "good"
POLICIES = (pe.load("changzhi"), pe.load("state-council-2016-80"))
SAME = {"superior_department": "responsible_unit"}
AT = pe.Instant.parse("2025-10-08T23:30:00+08:00")


def case(**facts: object) -> pe.Case:
    log = [pe.Event(id="e1", type="detected", at=AT, sets={"event_severity": "major"})]
    known = {"sentiment_severity": "none", "concerns_other_agency": False, "matter_scope": ["several_places"]}
    return pe.Case(id="one", facts={**known, **facts}, events=log)  # type: ignore[dict-item]


def sheet(
    policies: Sequence[pe.Policy],
    asked: pe.Case,
    as_of: pe.Instant | str,
    role: str | None = None,
    same: Mapping[str, str] | None = None,
    readings: Mapping[str, Mapping[str, str]] | None = None,
) -> Sheet:
    found = pe.evaluate(policies, asked, as_of=as_of, readings=readings)
    return Sheet(policies, asked, found, found.worklist(role, same=same or {}))


def lines(asked: pe.Case, as_of: str, lang: Lang) -> list[str]:
    return worklist_text(POLICIES, asked, pe.evaluate(POLICIES, asked, as_of=as_of), lang, same=SAME).splitlines()


def said(policy: pe.Policy, asked: pe.Case, as_of: pe.Instant | str, lang: Lang = "en") -> list[str]:
    return plain(worklist_page([sheet([policy], asked, as_of)], lang)).splitlines()


def tones(found: Iterable[Line]) -> Iterator[tuple[str, Tone]]:
    for each in found:
        yield each.text, each.tone
        yield from tones(each.under)


def headings(page: Page) -> list[str | None]:
    return [each.heading for each in page.sections]


def test_what_is_next_stands_at_a_glance() -> None:
    found = lines(case(concerns_other_agency=True), "2025-10-09T00:45:00+08:00", "en")
    assert found[:2] == ["Worklist: one", "As of Thu 2025-10-09 00:45, Asia/Shanghai (UTC+08:00)"]
    assert found[3:6] == [
        "In short: 11 to be done; 1 of them past a limit; 8 undetermined; 1 forbidden; 5 in conflict",
        (
            "Next due in 3 h 45 min, Thu 2025-10-09 04:30: "
            "section or unit responsible for the matter: publish authoritative information"
        ),
        "Facts to be found out: what kind of comments the public makes",
    ]


def test_a_merged_entry_shows_both_limits_and_all_clauses() -> None:
    found = lines(case(), "2025-10-09T00:30:00+08:00", "en")
    start = found.index("- section or unit responsible for the matter: publish authoritative information")
    assert found[start + 1 : start + 7] == [
        "    must, due Thu 2025-10-09 04:30, in 4 h",
        "    should in principle, due Thu 2025-10-09 00:30, this very instant",
        (
            "    should in principle (“原则上要”): first information within 1 hour (first-bulletin), "
            "under changzhi-energy-bureau"
        ),
        "        due Thu 2025-10-09 00:30, this very instant",
        "        counted from Wed 2025-10-08 23:30",
        "        CZH:17 三: keep publishing; first word in 1 h in principle; press conference in 24 h",
    ]
    assert "        GB80:1 四: major or extraordinary events, authoritative information in 5 h" in found


def test_the_same_in_chinese_and_late() -> None:
    found = lines(case(), "2025-10-09T04:31:00+08:00", "zh")
    assert found[0] == "待办清单：one"
    assert "期限已过，最久的在前（1）" in found
    start = found.index("- 涉事责任科室、单位：发布权威信息")
    assert found[start + 1 : start + 3] == [
        "    应当，期限 2025-10-09 周四 04:30，已逾期 1分钟",
        "    原则上应当，期限 2025-10-09 周四 00:30，已逾期 4小时1分钟",
    ]


def test_a_conflict_names_both_sides_and_what_would_end_it() -> None:
    found = lines(case(concerns_other_agency=True), "2025-10-09T00:30:00+08:00", "en")
    start = found.index("Conflicts: owed and forbidden at once (5)")
    assert found[start + 1 : start + 3] == [
        "- section or unit responsible for the matter: publish authoritative information",
        "    owed:",
    ]
    end = next(place for place in range(start, len(found)) if found[place] == "    forbidden:")
    assert found[end + 1 : end + 5] == [
        (
            "        must not (“应”): no publication before the other agency has confirmed (confirm-first), "
            "under changzhi-energy-bureau"
        ),
        "            observed",
        "            until: confirm with the other agency",
        "            CZH:15 三: confirm with the other agency before publishing what concerns it",
    ]


def test_nothing_to_do() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    quiet = pe.Case(id="one", events=[pe.Event(id="e1", type="visited", at=AT)], facts={"mode": "open"})
    assert said(policy, quiet, AT)[2:] == [
        "Under: Prohibitions and permissions (prohibitions)",
        "Nothing is to be done for certain now.",
    ]
    assert said(policy, quiet, AT, "zh")[-1] == "目前没有已确定应当办理的事项"


def test_means_addressees_and_ends_of_prohibitions() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    log = [pe.Event(id=f"e{n}", type=each, at=AT) for n, each in enumerate(("opened", "alarm"), 1)]
    asked = pe.Case(id="one", events=log, facts={"mode": "closed", "level": "low"})
    found = said(policy, asked, AT)
    assert "- keeper: tell, to owner" in found
    start = found.index("- owner must not borrow")
    assert found[start + 1 : start + 5] == [
        "    observed",
        "    until all of these: heard and approved",
        "    must not: no borrowing until heard and approved (no-borrowing)",
        "    by: paper; phone",
    ]
    assert "    as read: who_may=everybody" in found
    assert "No settled limit is still running." in found


def test_each_kind_of_entry_has_its_section() -> None:
    policy = lab.policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}
        {id: b, must: tell, upon: start, deadline: {within: {hours: 9}}}
        {id: c, must: speak, upon: start, deadline: {promptly: true}}
        {id: d, must: forgive, upon: start, standing: true}
        {id: e, must: confer, upon: start, deadline: {within: {hours: 1}, of: anchor}}
        {id: f, must: punish, upon: start, when: {flag: true}, deadline: {within: {hours: 2}}}
        {id: g, must_not: punish, to: chief}
        {id: h, bearer: unit, must_not: confer, to: chief, when: {flag: true}}
        """,
        names="a b c d e f g h",
    )
    page = worklist_page([sheet([policy], lab.log("9:00 start"), lab.at("11:00"))], "en")
    assert headings(page) == [
        "Past a limit, the longest first (1)",
        "Still in time, the nearest limit first (1)",
        "The text gives no number, the longest waited for first (1)",
        "Standing duties (1)",
        "Not started (1)",
        "May be owed, depending on missing facts (1)",
        "Forbidden now (1)",
        "May be forbidden, depending on missing facts (1)",
    ]
    told = {each.heading: dict(tones(each.lines)) for each in page.sections}
    late, running, promptly, standing, waiting, open_, forbidden, perhaps = told.values()
    assert late["overdue since Mon 2026-03-02 10:00, 1 h late"] is Tone.BAD
    assert "due Mon 2026-03-02 18:00, in 7 h" in running
    assert "the text only says promptly, 2 h so far, since Mon 2026-03-02 09:00" in promptly
    assert "no act on record" in standing
    assert "starts with this event: anchor" in waiting
    assert open_["these facts would settle it: flag"] is Tone.OPEN
    assert "if it holds, due Mon 2026-03-02 11:00" in open_
    assert "nobody may punish to chief" in forbidden
    assert "unit must not confer to chief" in perhaps


def test_doubts_about_a_limit_stand_beside_it() -> None:
    one = lab.policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {working_days: 9}}}
        {id: b, should: answer, upon: start, deadline: {earliest: LIMBS}}
        """.replace("LIMBS", "[{within: {working_days: 8}, when: {flag: true}}, {within: {working_days: 9}}]")
    )
    start = pe.Instant.parse("2027-01-04T09:00:00+08:00")
    asked = pe.Case(id="x", events=[pe.Event(id="e", type="start", at=start)])
    found = said(one, asked, start)
    place = found.index("- unit: answer")
    assert found[place + 1].startswith("    must, due Fri 2027-01-15 24:00 (provisional), in ")
    assert found[place + 2].startswith("    should in principle, due ")
    assert "(undetermined, provisional), in " in found[place + 2]


def test_under_each_bearer() -> None:
    asked = pe.Case(id="one", events=case().events)
    policies = (pe.load("changzhi"), pe.load("state-council-2016-61"))
    page = worklist_page([sheet(policies, asked, AT)], "en", by_bearer=True)
    told = {str(each.heading): [line.text for line in each.lines] for each in page.sections}
    assert "publish authoritative information" in told["section or unit responsible for the matter (5)"]
    unsettled = told["Nobody named, or not settled who (2)"]
    assert all("(not settled: " in text for text in unsettled)
    may_be_owed = told["May be owed, depending on missing facts (9)"]
    assert "bureau office: report, to city government" in may_be_owed


def test_what_an_answer_rests_on_is_told() -> None:
    log = case().events
    asked = pe.Case(id="one", facts=case().facts, events=log, known_until=AT)
    chosen = {POLICIES[0].id: {"starting_hour": "left_out"}}
    later = sheet(POLICIES[:1], asked, AT.plus(1), "bureau_head", readings=chosen)
    found = plain(worklist_page([later], "zh")).splitlines()
    assert "只列以下角色承担或可能承担的：局主要负责人" in found
    assert "记录只完整到 2025-10-08 周三 23:30，其后未见记录不等于未履行" in found
    assert "changzhi-energy-bureau 不按默认的解释：starting_hour=left_out" in found


def test_several_cases_as_one_list_tell_their_case() -> None:
    first, second = case(), pe.Case(id="two\nlines", events=[pe.Event(id="e", type="detected", at=AT.plus(-1))])
    sheets = [sheet(POLICIES[:1], each, AT) for each in (first, second)]
    page = worklist_page(sheets, "en")
    assert page.title == "Worklist: 2 cases together"
    texts = [line.text for section in page.sections for line in section.lines]
    assert all(text.startswith(("[one] ", "[two lines] ")) for text in texts)
    waiting = next(each for each in page.sections if each.heading and each.heading.startswith("The text gives"))
    assert waiting.lines[0].text.startswith("[two lines] ")
    assert any(line.text.startswith("Next due in ") and ": [one] " in line.text for line in page.lead)
    assert not any(line.text.startswith("Facts to be") for line in page.lead)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_has_a_hole(lang: Lang) -> None:
    text = plain(worklist_page([sheet(POLICIES, case(), AT)], lang))
    assert "{" not in text
    assert "None" not in text
