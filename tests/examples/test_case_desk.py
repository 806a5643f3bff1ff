"""The example of an application: a case desk, asked over WSGI as a browser and as a program would, at a fixed time."""

from __future__ import annotations

import ast
import datetime
import http.client
import io
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from case_desk import application
from jsonschema import Draft202012Validator

import policyengine as pe
from policyengine.report import assessments_schema, explanation_page, explanation_schema
from tests.support.command import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path
    from wsgiref.types import WSGIApplication

    from case_desk.faults import Lang

    from policyengine.report.page import Line

FOLDER = EXAMPLES / "case-desk"

CHANGZHI, GB80, XINCHENG = (pe.load(name) for name in ("changzhi", "state-council-2016-80", "xincheng"))
NOW = datetime.datetime.fromisoformat("2025-10-09T00:45:00+08:00")
DETECTED: Mapping[str, Any] = {
    "type": "detected",
    "at": "2025-10-08T23:30:00+08:00",
    "sets": {"event_severity": "major"},
}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
HOSTILE = "<script>alert('1')</script>\"&"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads(self.text)


@dataclass
class Browser:
    """Asks the application; `now` is what its clock shows."""

    database: Path
    now: datetime.datetime = NOW

    def __post_init__(self) -> None:
        self.app: WSGIApplication = validator(application(self.database, lambda: self.now, (CHANGZHI, GB80)))

    def ask(self, method: str, url: str, body: bytes = b"", kind: str = FORM, **environ: str) -> Answer:
        path, _, query = url.partition("?")
        asked: dict[str, Any] = {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query}
        asked |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), **environ}
        setup_testing_defaults(asked)
        found: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
            found.extend((int(status[:3]), dict(headers)))
            return found.append

        parts = self.app(asked, start_response)
        text = b"".join(parts).decode()
        if hasattr(parts, "close"):  # as a server does
            parts.close()
        return Answer(found[0], found[1], text)

    def get(self, url: str) -> Answer:
        return self.ask("GET", url)

    def send(self, url: str, *fields: tuple[str, str]) -> Answer:
        return self.ask("POST", url, urlencode(fields).encode())

    def post(self, url: str, value: object) -> Answer:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.ask("POST", url, body, JSON)

    def events(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as connection:
            return [name for (name,) in connection.execute("SELECT id FROM events ORDER BY number")]


class _Tags(HTMLParser):
    """Gathers the elements of a page, and refuses one that is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"input", "link", "meta"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def on_record() -> pe.Case:
    """Return the case of the `browser`, as the library takes it, with the one event in it."""
    return pe.Case(id="CZH-1", title="国庆夜", events=[pe.Event(id="e1", **DETECTED, recorded_at=NOW)])


def flat(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield *lines*, each with all that belong to it behind it."""
    for line in lines:
        yield line
        yield from flat(line.under)


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser at a desk with one case, under two policies."""
    found = Browser(tmp_path / "cases.db")
    policies = [("policy", CHANGZHI.id), ("policy", GB80.id)]
    assert found.send("/cases", ("id", "CZH-1"), ("title", "国庆夜"), *policies).status == 303
    return found


# What a user does


def test_a_case_is_opened_and_the_browser_led_to_it(tmp_path: Path) -> None:
    desk = Browser(tmp_path / "new.db")
    done = desk.send("/cases", ("lang", "en"), ("id", "A-1"), ("title", "Bridge"), ("policy", CHANGZHI.id))
    assert (done.status, done.headers["Location"], done.text) == (303, "/cases/A-1?lang=en", "")
    assert '<a href="/cases/A-1?lang=en">Bridge</a>' in desk.get("/?lang=en").text
    page = desk.get(done.headers["Location"]).text
    assert "<h1>Bridge</h1>" in page
    assert "Nothing is to be done now." in page
    assert "There are no events yet." in page


@pytest.mark.parametrize(
    ("lang", "act", "limit", "overdue", "clause"),
    [
        ("zh", "发布权威信息", "原则上应当：2025-10-09 00:30", "逾期 0 小时 15 分", "原则上1小时首次发布"),
        (
            "en",
            "publish authoritative information",
            "should in principle: 2025-10-09 00:30",
            "overdue by 0 h 15 min",
            "1 h",
        ),
    ],
)
def test_the_page_shows_what_is_overdue_and_due_next_on_its_clauses(
    browser: Browser, lang: str, act: str, limit: str, overdue: str, clause: str
) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    page = browser.get(f"/cases/CZH-1?lang={lang}").text
    row = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    for text in (act, limit, overdue, "CZH:17 三", clause):
        assert text in row
    due = {
        "zh": "最近到期：发布权威信息，2025-10-09 04:30",
        "en": "Next due: publish authoritative information, 2025-10-09 04:30",
    }
    assert due[lang] in page
    assert CHANGZHI.digest in page


@pytest.mark.parametrize(
    ("lang", "link"),
    [("zh", "为什么：1小时内首次信息发布"), ("en", "Why: first information within 1 hour")],
)
def test_each_entry_and_finding_leads_to_a_page_that_says_why(browser: Browser, lang: Lang, link: str) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    page = browser.get(f"/cases/CZH-1?lang={lang}").text
    rows = [row for row in page.split("<tr>") if f'href="/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin?' in row]
    assert len(rows) == 2  # it is still to be done, and a finding too
    assert all(f">{link}</a>" in row for row in rows)
    links = [unescape(anchor.partition('"')[0]) for anchor in page.split('<a href="') if anchor.startswith("/cases/")]
    assert {browser.get(each).status for each in links} == {200}
    answer = browser.get(next(each for each in links if "/why/" in each)).text
    told = explanation_page(pe.explain(CHANGZHI, on_record(), "first-bulletin", as_of=NOW), lang)
    assert f"<h1>{told.title}</h1>" in answer
    assert f'href="/cases/CZH-1?lang={lang}&amp;as_of=2025-10-08T16%3A45%3A00Z"' in answer
    for section in told.sections:
        assert f">{section.heading}</h2><ul><li" in answer
    lines = list(flat((*told.lead, *(line for section in told.sections for line in section.lines))))
    for line in lines:
        below = "<ul><li" if line.under else "</li>"
        assert f'<span class="{line.tone}">{escape(line.text)}</span>{below}' in answer
    assert answer.count('<li class="item">') == sum(line.bullet for line in lines)
    assert len(lines) > 20
    _Tags(answer)


def test_the_page_that_says_why_keeps_its_question_in_the_other_language_and_as_data(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    asked = "as_of=2025-10-09T05:00:00%2B08:00&known_at=2025-10-09T00:44:59%2B08:00"
    page = browser.get(f"/cases/CZH-1/why/{GB80.id}/authoritative-information?{asked}").text
    links = [each["href"] or "" for tag, each in _Tags(page).found if tag == "a"]
    english = browser.get(next(each for each in links if "lang=en" in each and "/why/" in each)).text
    assert "Thu 2025-10-09 05:00" in english
    assert "Thu 2025-10-09 00:44:59" in english
    data = browser.get(next(each for each in links if ".json?" in each)).json
    assert (data["as_of"], data["known_at"]) == ("2025-10-09T05:00:00+08:00", "2025-10-09T00:44:59+08:00")
    assert data["derivations"][0]["duty"]["status"] == "not_triggered"


def test_of_several_duties_of_one_provision_each_has_its_page(tmp_path: Path) -> None:
    desk = Browser(tmp_path / "enquiries.db")
    desk.app = validator(application(desk.database, lambda: NOW, (XINCHENG,)))
    desk.send("/cases", ("id", "E"), ("policy", XINCHENG.id))
    for name, at in (("first", "2025-10-08T09:00:00+08:00"), ("the <2nd>", "2025-10-08T15:00:00+08:00")):
        assert desk.post("/cases/E/events", {"id": name, "type": "enquiry_received", "at": at}).status == 201
    page = desk.get("/cases/E?lang=en").text
    links = [each["href"] or "" for tag, each in _Tags(page).found if tag == "a" and "accept-enquiry" in str(each)]
    assert [each.partition("&instance=")[2] for each in links] == ["first", "the+%3C2nd%3E"]
    first, second = (desk.get(each).text for each in links)
    assert "Wed 2025-10-08 09:00: “an enquiry or complaint was received” (first)" in first
    assert "Wed 2025-10-08 15:00: “an enquiry or complaint was received” (the &lt;2nd&gt;)" in second
    _Tags(second)


def test_why_there_is_no_duty_is_told_too(browser: Browser) -> None:
    page = browser.get(f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin?lang=en").text
    assert "<h1>Why not: first information within 1 hour (first-bulletin)</h1>" in page
    explanation = pe.explain(CHANGZHI, pe.Case(id="CZH-1", title="国庆夜"), "first-bulletin", as_of=NOW)
    assert explanation_page(explanation, "en").sections[0].lines[0].text in page


def test_a_form_records_an_event_on_the_policys_clock(browser: Browser) -> None:
    fields = [("type", "detected"), ("at", "2025-10-08T23:30"), ("sets.event_severity", '"major"'), ("note", " 夜里  ")]
    more = [
        ("by", "bureau_office"),
        ("to", "bureau_head"),
        ("sets.concerns_other_agency", "false"),
        ("by.x", ""),
        ("corrects", ""),
    ]
    done = browser.send("/cases/CZH-1/events", ("lang", "en"), *fields, *more)
    assert (done.status, done.headers["Location"]) == (303, "/cases/CZH-1?lang=en")
    page = browser.get("/cases/CZH-1?lang=en").text
    assert "<td>2025-10-08T23:30:00+08:00</td><td>2025-10-09T00:45:00+08:00</td>" in page
    assert "grade of the sudden event: major" in page
    assert "the information concerns another agency: no" in page
    assert "夜里" in page


def test_facts_known_from_the_start_settle_what_was_undetermined(browser: Browser) -> None:
    missing = "the information concerns another agency"
    listed = f"<li>{missing}</li>"
    assert listed in browser.get("/cases/CZH-1?lang=en").text
    done = browser.send(
        "/cases/CZH-1/facts",
        ("lang", "en"),
        ("facts.concerns_other_agency", "false"),
        ("facts.matter", '"misread_policy"'),
    )
    assert done.status == 303
    page = browser.get("/cases/CZH-1?lang=en").text
    assert listed not in page
    assert f"<li>{missing}: no</li>" in page
    assert "<li>kinds of matter: a major policy is misread</li>" in page


def test_an_event_recorded_wrongly_is_corrected_or_retracted_and_stays_on_record(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    browser.send(
        "/cases/CZH-1/events",
        ("type", "detected"),
        ("at", "2025-10-09T00:00"),
        ("corrects", "e1"),
        ("sets.event_severity", '"major"'),
    )
    assert "2025-10-09 01:00" in browser.get("/cases/CZH-1").text  # one hour from the corrected start
    browser.send("/cases/CZH-1/events", ("retracts", "e1"))
    page = browser.get("/cases/CZH-1?lang=en").text
    assert "2025-10-09 01:00" not in page
    assert "the sentiment was detected corrects e1" in page
    assert "takes back e1" in page
    assert browser.events() == ["e1", "e2", "e3"]


def test_nothing_on_record_can_be_changed_or_removed(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    browser.send("/cases/CZH-1/facts", ("facts.in_remit", "true"))
    with closing(sqlite3.connect(browser.database)) as connection:
        for table in ("cases", "facts", "events"):
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid + 1"):  # noqa: S608 - ours
                with pytest.raises(sqlite3.IntegrityError, match="append only"):
                    connection.execute(statement)


# What a program does


def test_the_worklist_as_json_is_what_the_library_says(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    done = browser.get("/cases/CZH-1/worklist.json?as_of=2025-10-09T04:30:01%2B08:00")
    Draft202012Validator(assessments_schema()).validate(done.json)
    assert done.json["as_of"] == "2025-10-09T04:30:01+08:00"
    assert [each["digest"] for each in done.json["assessments"]] == [CHANGZHI.digest, GB80.digest]
    assert [each["act"]["id"] for each in done.json["worklist"]["entries"]][:2] == [
        "publish_authoritative_information"
    ] * 2
    assert done.json["assessments"][1]["violations"] == [{"provision": "authoritative-information", "instance": None}]


def test_why_as_json_is_what_the_library_says(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    done = browser.get(f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin.json?as_of=2025-10-09T00:30:01%2B08:00")
    assert (done.status, done.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    Draft202012Validator(explanation_schema()).validate(done.json)
    at = "2025-10-09T00:30:01+08:00"
    said = pe.explain(CHANGZHI, on_record(), "first-bulletin", as_of=at, beside=[CHANGZHI, GB80])
    assert done.text == said.json()


def test_as_known_earlier_neither_later_events_nor_later_facts_are_seen(browser: Browser) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    browser.now += datetime.timedelta(hours=1)
    browser.post("/cases/CZH-1/events", {"type": "closed", "at": "2025-10-09T00:40:00+08:00"})
    browser.send("/cases/CZH-1/facts", ("facts.concerns_other_agency", "false"))
    then = browser.get("/cases/CZH-1/worklist.json?known_at=2025-10-09T00:45:00%2B08:00").json["assessments"][0]
    now = browser.get("/cases/CZH-1/worklist.json").json["assessments"][0]
    assert ("concerns_other_agency" in then["missing_facts"], "concerns_other_agency" in now["missing_facts"]) == (
        True,
        False,
    )
    status = {each["provision"]["id"]: each["status"] for each in now["duties"]}
    earlier = {each["provision"]["id"]: each["status"] for each in then["duties"]}
    assert (earlier["rolling-publication"], status["rolling-publication"]) == ("active", "ended")


def test_an_event_sent_again_counts_once(browser: Browser) -> None:
    first = browser.post("/cases/CZH-1/events", {**DETECTED, "id": "x1"})
    browser.now += datetime.timedelta(minutes=5)
    again = browser.post("/cases/CZH-1/events", {**DETECTED, "id": "x1"})
    assert (first.status, again.status, first.json) == (201, 200, again.json)
    assert browser.events() == ["x1"]
    other = browser.post("/cases/CZH-1/events", {**DETECTED, "id": "x1", "note": "another"})
    assert (other.status, [each["code"] for each in other.json["diagnostics"]]) == (422, ["PE601"])
    assert browser.post("/cases/CZH-1/events", {**DETECTED, "id": "e3"}).json["id"] == "e3"
    assert browser.post("/cases/CZH-1/events", DETECTED).json["id"] == "e4"


def test_events_sent_at_once_are_all_recorded_and_one_sent_by_all_once(browser: Browser) -> None:
    def send(number: int) -> list[int]:
        event = {"type": "detected", "at": f"2025-10-08T23:{number:02}:00+08:00"}
        return [browser.post("/cases/CZH-1/events", each).status for each in (event, {**DETECTED, "id": "same"})]

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(16)))
    assert [each[0] for each in statuses] == [201] * 16
    assert sorted(each[1] for each in statuses) == [200] * 15 + [201]
    events = browser.events()
    assert (len(events), len(set(events)), events.count("same")) == (17, 17, 1)


# What is refused


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        pytest.param({**DETECTED, "type": "detectd"}, 422, "PE205", id="an event that the vocabulary lacks"),
        pytest.param({**DETECTED, "by": "nobody"}, 422, "PE203", id="a role that nobody has"),
        pytest.param(
            {**DETECTED, "sets": {"event_severity": "grave"}}, 422, "PE207", id="a value that the scale lacks"
        ),
        pytest.param({**DETECTED, "sets": {"unheard": 1}}, 422, "PE206", id="a fact that the vocabulary lacks"),
        pytest.param({**DETECTED, "attributes": {"unheard": 1}}, 422, "PE221", id="an attribute that it lacks"),
        pytest.param({**DETECTED, "sets": {"in_remit": "true"}}, 422, "PE602", id="text for yes or no"),
        pytest.param({**DETECTED, "at": "0999-01-01T00:00:00Z"}, 422, "PE410", id="a year too early"),
        pytest.param({**DETECTED, "corrects": "e9"}, 422, "PE6", id="a correction of nothing"),
        pytest.param({**DETECTED, "at": "2025-10-08T23:30"}, 400, "no instant", id="no offset"),
        pytest.param({**DETECTED, "at": "2025-02-29T23:30Z"}, 400, "no instant", id="no such day"),
        pytest.param({**DETECTED, "at": 1759937400}, 422, "a text is expected", id="seconds"),
        pytest.param({"type": "detected"}, 422, "a text is expected", id="no instant at all"),
        pytest.param({"at": DETECTED["at"]}, 422, "an event has a type", id="no type"),
        pytest.param(
            {**DETECTED, "recorded_at": DETECTED["at"]}, 422, 'no such fields: \\"recorded_at', id="own recording"
        ),
        pytest.param({**DETECTED, "sets": [1]}, 422, "names with values", id="a list of facts"),
        pytest.param({**DETECTED, "sets": {"matter": {"a": 1}}}, 422, "not a value", id="a mapping for a value"),
        pytest.param({**DETECTED, "type": ["detected"]}, 422, "a text is expected", id="a list for the type"),
        pytest.param({**DETECTED, "note": "\ud800"}, 422, "cannot be shown", id="half a character"),
        pytest.param({**DETECTED, "note": "a\x00b"}, 422, "cannot be shown", id="a control character"),
        pytest.param({**DETECTED, "note": "n" * 2001}, 422, "2000 characters", id="a long note"),
        pytest.param([DETECTED], 400, "JSON object", id="a list"),
        pytest.param(b"{", 400, "not JSON", id="no JSON"),
        pytest.param(b"", 400, "not JSON", id="nothing"),
        pytest.param(b"\xff", 400, "not JSON", id="no text"),
        pytest.param(b"[" * 50_000, 400, "not JSON", id="brackets without end"),
        pytest.param(b'{"sets": {"in_remit": NaN}}', 400, "not JSON", id="not a number"),
        pytest.param(
            b'{"type": "x", "at": "2025-10-08T23:30Z", "sets": {"in_remit": 1e999}}', 422, "not a value", id="infinity"
        ),
        pytest.param(b" " * 70_000, 413, "65536", id="too much"),
    ],
)
def test_a_program_is_told_what_is_wrong_and_nothing_is_recorded(
    browser: Browser, body: object, status: int, told: str
) -> None:
    done = browser.post("/cases/CZH-1/events", body)
    assert (done.status, done.headers["Content-Type"]) == (status, "application/json; charset=utf-8")
    assert told in done.text
    assert browser.events() == []
    assert browser.get("/cases/CZH-1").status == 200


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "未知的事件类型 `detectd`（PE205）。建议：是否想写 `detected`？"), ("en", "did you mean `detected`?")],
)
def test_a_user_is_told_at_the_form_which_keeps_what_was_typed(browser: Browser, lang: str, told: str) -> None:
    fields = [
        ("lang", lang),
        ("type", "detectd"),
        ("at", "2025-10-08T23:30"),
        ("note", HOSTILE),
        ("sets.in_remit", "true"),
    ]
    done = browser.send("/cases/CZH-1/events", *fields)
    assert done.status == 422
    tags = _Tags(done.text).found
    typed = {each["name"]: each.get("value") for tag, each in tags if tag == "input" and "name" in each}
    assert (typed["at"], typed["note"]) == ("2025-10-08T23:30", " ".join(HOSTILE.split()))
    assert ("option", {"value": "true", "selected": None}) in tags
    assert 'role="alert"' in done.text
    assert told in done.text
    assert browser.events() == []


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ([("id", "B"), ("policy", "nowhere")], 422, "there is no policy nowhere"),
        ([("id", "B"), ("policy", HOSTILE)], 422, "there is no policy &lt;script&gt;"),
        ([("id", "B")], 422, "choose one policy at least"),
        ([("id", "../B"), ("policy", CHANGZHI.id)], 422, "the id of a case has letters"),
        ([("policy", CHANGZHI.id)], 422, "the id of a case has letters"),
        ([("id", "CZH-1"), ("policy", CHANGZHI.id)], 409, "there is a case CZH-1 already"),
        ([("id", "B"), ("title", "t" * 201), ("policy", CHANGZHI.id)], 422, "more than 200 characters"),
    ],
)
def test_a_case_that_cannot_be_opened_is_refused_at_the_form(
    browser: Browser, fields: Sequence[tuple[str, str]], status: int, told: str
) -> None:
    done = browser.send("/cases", ("lang", "en"), *fields)
    assert done.status == status
    assert told in done.text
    assert "<script" not in done.text
    assert browser.get("/").text.count("<li><a href=") == 1


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/cases/", 404),
        ("GET", "/cases/none", 404),
        ("GET", "/cases/none/worklist.json", 404),
        ("GET", f"/cases/none/why/{CHANGZHI.id}/first-bulletin", 404),
        ("GET", f"/cases/none/why/{CHANGZHI.id}/first-bulletin.json", 404),
        ("GET", f"/cases/CZH-1/why/{CHANGZHI.id}", 404),
        ("GET", f"/cases/CZH-1/why/{CHANGZHI.id}/First", 404),
        ("GET", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin?as_of=yesterday", 400),
        ("GET", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin?as_of=9001-01-01T00:00:00Z", 422),
        ("GET", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin?instance=%00", 422),
        ("HEAD", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin", 200),
        ("POST", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin", 405),
        ("POST", "/cases/none/events", 404),
        ("POST", "/cases/none/facts", 404),
        ("GET", "/cases/..%2F..%2Fetc", 404),
        ("GET", "/cases/CZH-1/events", 405),
        ("POST", "/cases/CZH-1", 405),
        ("DELETE", "/cases/CZH-1", 405),
        ("PUT", "/cases/CZH-1/worklist.json", 405),
        ("GET", "/cases/CZH-1?as_of=yesterday", 400),
        ("GET", "/cases/CZH-1?as_of=2025-10-09T00:45:00", 400),
        ("GET", "/cases/CZH-1?as_of=2025-10-09T00:45:00+08:00", 400),  # in an address `+` is a space
        ("GET", "/cases/CZH-1?as_of=9001-01-01T00:00:00Z", 422),
        ("GET", "/cases/CZH-1/worklist.json?as_of=", 200),
        ("GET", "/?lang=%FF", 400),
        ("HEAD", "/cases/CZH-1", 200),
    ],
)
def test_other_addresses_and_methods_are_answered_as_http_has_it(
    browser: Browser, method: str, url: str, status: int
) -> None:
    done = browser.ask(method, url)
    assert done.status == status
    assert ("Allow" in done.headers) == (status == 405)
    assert (done.text == "") == (method == "HEAD")
    if status >= 400 and url.partition("?")[0].endswith(".json"):
        assert {"zh", "en"} == set(done.json["faults"][0])


@pytest.mark.parametrize(
    ("duty", "zh", "en"),
    [
        pytest.param(
            f"{CHANGZHI.id}/nowhere",
            "changzhi-energy-bureau 在本案没有义务 nowhere",
            "changzhi-energy-bureau has no duty nowhere in this case",
            id="no such provision",
        ),
        pytest.param(
            f"{XINCHENG.id}/accept-enquiry",
            "xincheng-petition-bureau 在本案没有义务 accept-enquiry",
            "xincheng-petition-bureau has no duty accept-enquiry in this case",
            id="a policy that the case is not under",
        ),
        pytest.param(
            f"{CHANGZHI.id}/first-bulletin?instance=%3Cb%3E",
            "changzhi-energy-bureau 在本案没有义务 first-bulletin (<b>)",
            "changzhi-energy-bureau has no duty first-bulletin (<b>) in this case",
            id="no such instance",
        ),
    ],
)
def test_a_duty_that_is_not_there_is_told_in_the_users_language(browser: Browser, duty: str, zh: str, en: str) -> None:
    path, _, query = duty.partition("?")
    for lang, told in (("zh", zh), ("en", en)):
        done = browser.get(f"/cases/CZH-1/why/{path}?lang={lang}&{query}")
        assert done.status == 404
        assert f"<li>{escape(told)}</li>" in done.text
        _Tags(done.text)
    done = browser.get(f"/cases/CZH-1/why/{path}.json?{query}")
    assert (done.status, done.json) == (404, {"faults": [{"zh": zh, "en": en}]})


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "²"}, 400),
        ({"CONTENT_LENGTH": "9" * 5000}, 413),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": "http://127.0.0.1"}, 422),  # our own; what is missing is a type
    ],
)
def test_a_malformed_or_foreign_request_is_refused(browser: Browser, environ: Mapping[str, str], status: int) -> None:
    # Without the validator, which refuses a malformed length before we see it.
    browser.app = application(browser.database, lambda: NOW, (CHANGZHI, GB80))
    assert browser.ask("POST", "/cases/CZH-1/events", b"a=b", **environ).status == status


def test_what_users_wrote_is_never_markup(browser: Browser) -> None:
    browser.send("/cases", ("id", "evil"), ("title", HOSTILE), ("policy", CHANGZHI.id))
    browser.post(
        "/cases/evil/events", {**DETECTED, "id": HOSTILE, "note": HOSTILE, "attributes": {"occasion": HOSTILE}}
    )
    why = f"/cases/evil/why/{CHANGZHI.id}/first-bulletin"
    asked = urlencode({"as_of": HOSTILE})
    pages = [browser.get(url).text for url in ("/", "/cases/evil", f"/cases/evil?{asked}", why, f"{why}?{asked}")]
    for page in pages:
        assert {tag for tag, _ in _Tags(page).found} & {"script"} == set()
        assert "&lt;script&gt;" in page
    assert pages[1].count("&lt;script&gt;") > 3
    policy = browser.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_says_its_language_and_labels_everything(browser: Browser, lang: str) -> None:
    browser.post("/cases/CZH-1/events", DETECTED)
    for url in ("/", "/cases/CZH-1", f"/cases/CZH-1/why/{CHANGZHI.id}/first-bulletin"):
        text = browser.get(f"{url}?lang={lang}").text
        tags = _Tags(text).found
        assert tags[0] == ("html", {"lang": {"zh": "zh-CN", "en": "en"}[lang]})
        fields = [each for tag, each in tags if tag in {"input", "select"} and each.get("type") != "hidden"]
        assert len(fields) == text.count("<label>")
        heads = [each for tag, each in tags if tag == "th"]
        assert all(each["scope"] in {"row", "col"} for each in heads)
        assert {tag for tag, _ in tags} & {"script", "style"} == set()
        assert [each for _, each in tags if "style" in each or "onclick" in each] == []
    assert browser.get("/style.css").headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("header", "lang"), [("en-GB,en;q=0.9", "en"), ("zh-CN,zh", "zh-CN"), ("fr", "zh-CN"), ("", "zh-CN")]
)
def test_the_browsers_language_is_spoken_unless_another_is_asked_for(browser: Browser, header: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in browser.ask("GET", "/", HTTP_ACCEPT_LANGUAGE=header).text


# The whole


def test_a_case_under_a_policy_that_the_desk_no_longer_has_is_refused(browser: Browser) -> None:
    browser.app = validator(application(browser.database, lambda: NOW, (CHANGZHI,)))
    done = browser.get("/cases/CZH-1?lang=en")
    assert done.status == 422
    assert f"there is no policy {GB80.id}" in done.text
    assert browser.get("/").status == 200


def test_another_domain_needs_no_new_code(tmp_path: Path) -> None:
    recall = pe.load(EXAMPLES / "product-recall" / "product-recall.yaml")
    desk = Browser(tmp_path / "recall.db")
    desk.app = validator(application(desk.database, lambda: NOW, (recall,)))
    desk.send("/cases", ("id", "R"), ("policy", recall.id))
    done = desk.send("/cases/R/events", ("type", "hazard_learned"), ("at", "2025-10-08T17:30"), ("lang", "en"))
    assert done.status == 303, done.text
    assert "2025-10-08T17:30:00+02:00" in desk.get("/cases/R?lang=en").text


def test_no_word_of_a_vocabulary_stands_in_the_code() -> None:
    words = CHANGZHI.vocabulary
    names = {*words.event_types, *words.facts, *words.attributes, *words.roles} - {"report"}
    found = {
        f"{path.name}:{node.lineno} {node.value}"
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert found == set()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Start the desk as the README says, on a port that is free, and return where it listens."""
    command = [sys.executable, "-m", "case_desk", "--database", str(tmp_path / "cases.db"), "--port", "0"]
    with subprocess.Popen(
        [*command, "--policy", "changzhi"], cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().removeprefix("http://").rstrip("/")
        host, _, port = address.partition(":")
        try:
            yield host, int(port)
        finally:
            process.kill()


def test_the_desk_is_served_to_several_at_once(server: tuple[str, int]) -> None:
    def request(method: str, url: str, body: str = "", kind: str = FORM) -> tuple[int, str]:
        with closing(http.client.HTTPConnection(*server, timeout=30)) as connection:
            connection.request(method, url, body.encode(), {"Content-Type": kind})
            response = connection.getresponse()
            return response.status, response.read().decode()

    assert request("POST", "/cases", urlencode({"id": "S", "policy": CHANGZHI.id}))[0] == 303
    barrier = threading.Barrier(4)

    def send(number: int) -> int:
        barrier.wait()
        event = {"type": "detected", "at": f"2025-10-08T23:{number:02}:00+08:00"}
        return request("POST", "/cases/S/events", json.dumps(event), JSON)[0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [201] * 4
    status, text = request("GET", "/cases/S/worklist.json")
    assert (status, json.loads(text)["case"]) == (200, "S")
    assert request("GET", "/cases/S")[0] == 200
