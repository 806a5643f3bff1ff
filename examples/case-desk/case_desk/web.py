"""Requests in, responses out: the WSGI application. The clock is read in one place, once a request."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import policyengine as pe
from case_desk import entries, pages
from case_desk.desk import CASE_ID, Desk, DutyName, Judged
from case_desk.faults import Refusal, refused
from case_desk.pages import View
from case_desk.store import Store
from case_desk.terms import Terms, values
from policyengine import report

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from case_desk.faults import Lang
    from case_desk.forms import Fields

_LARGEST = 64 * 1024
_MOST_FIELDS = 500
_ASKED = ("as_of", "known_at", "instance")
_STYLE = Path(__file__).with_name("style.css")
_HTML, _JSON, _CSS = (f"{kind}; charset=utf-8" for kind in ("text/html", "application/json", "text/css"))
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, and when."""

    method: str
    path: str
    query: Fields
    fields: Fields
    body: bytes
    json: bool
    lang: Lang
    now: pe.Instant

    def one(self, name: str) -> str | None:
        """Return what the query says of *name*."""
        return self.query.get(name, (None,))[0]

    @property
    def asked(self) -> dict[str, str]:
        """Return what the query asks, whatever the language."""
        return {name: texts[0] for name, texts in self.query.items() if name in _ASKED}


@dataclass(frozen=True, slots=True)
class Response:
    """What is sent back."""

    status: HTTPStatus
    body: str = ""
    kind: str = _HTML
    headers: tuple[tuple[str, str], ...] = ()


def application(
    database: Path, clock: Callable[[], datetime], policies: Iterable[pe.Policy] | None = None
) -> WSGIApplication:
    """Return the desk as a WSGI application.

    Args:
        database: the file; it is made if it is not there.
        clock: gives the present, as an aware datetime.
        policies: what cases can be under; the packaged ones unless given.
    """
    loaded = map(pe.load, pe.packaged()) if policies is None else policies
    desk = Desk(Store(database), {each.id: each for each in loaded})
    desk.store.prepare()

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        response = _respond(desk, environ, pe.Instant.from_datetime(clock()))
        body = response.body.encode()
        headers = [("Content-Type", response.kind), ("Content-Length", str(len(body))), *_HEADERS, *response.headers]
        start_response(f"{response.status.value} {response.status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return serve


def _respond(desk: Desk, environ: WSGIEnvironment, now: pe.Instant) -> Response:
    lang = _language(environ, {})
    try:
        request = _request(environ, now)
        lang = request.lang
        return _routed(desk, request)
    except Refusal as refusal:
        return _refused(refusal, View(lang, now, refusal=refusal), is_json=_is_json(environ))


# Reading a request


def _request(environ: WSGIEnvironment, now: pe.Instant) -> Request:
    path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
    query = _fields(environ.get("QUERY_STRING", ""))
    body = _body(environ) if method == "POST" else b""
    origin = environ.get("HTTP_ORIGIN")
    if method == "POST" and origin is not None and urlsplit(origin).netloc != environ.get("HTTP_HOST"):
        raise refused("请求来自其他网站", "the request comes from another site", HTTPStatus.FORBIDDEN)
    is_json = _is_json(environ)
    fields = {} if is_json else _fields(body)
    lang = _language(environ, {**query, **fields})
    return Request("GET" if method == "HEAD" else method, path, query, fields, body, is_json, lang, now)


def _is_json(environ: WSGIEnvironment) -> bool:
    kind: str = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    return kind == "application/json" or environ.get("PATH_INFO", "").endswith(".json")


def _fields(text: str | bytes) -> dict[str, list[str]]:
    try:
        text = text.decode() if isinstance(text, bytes) else text
        found = parse_qs(text, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise refused("无法读取表单或网址", "the form or the address cannot be read", HTTPStatus.BAD_REQUEST) from None
    return {name: [each.strip() for each in given] for name, given in found.items()}


def _body(environ: WSGIEnvironment) -> bytes:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise refused("请求长度有误", "the length of the request is malformed", HTTPStatus.BAD_REQUEST)
    if len(length) > len(str(_LARGEST)) or int(length) > _LARGEST:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        raise refused(f"请求超过 {_LARGEST} 字节", f"the request has more than {_LARGEST} bytes", status)
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def _language(environ: WSGIEnvironment, fields: Fields) -> Lang:
    asked = next(iter(fields.get("lang", ())), environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    return "en" if asked.lower().startswith("en") else "zh"


# Answering it


def _routed(desk: Desk, request: Request) -> Response:
    for pattern, answers in _ROUTES:
        found = pattern.fullmatch(request.path)
        if found is not None and request.method in answers:
            return answers[request.method](desk, request, **found.groupdict())
        if found is not None:
            refusal = refused("此处不接受这种请求", "this cannot be done here", HTTPStatus.METHOD_NOT_ALLOWED)
            refusal.headers = (("Allow", ", ".join((*answers, *(("HEAD",) if "GET" in answers else ())))),)
            raise refusal
    raise refused("没有此页", "there is no such page", HTTPStatus.NOT_FOUND)


def _index(desk: Desk, request: Request) -> Response:
    return _index_page(desk, View(request.lang, request.now))


def _style(_desk: Desk, _request: Request) -> Response:
    return Response(HTTPStatus.OK, _STYLE.read_text(encoding="utf-8"), _CSS)


def _open(desk: Desk, request: Request) -> Response:
    case_id, title = (" ".join(request.fields.get(name, ())) for name in ("id", "title"))
    try:
        desk.open(case_id, entries.text(title), request.fields.get("policy", ()), request.now)
    except Refusal as refusal:
        return _index_page(desk, View(request.lang, request.now, refusal=refusal, fields=request.fields))
    return _to_case(request, case_id)


def _case(desk: Desk, request: Request, case_id: str) -> Response:
    judged = _judged(desk, request, case_id)
    return Response(HTTPStatus.OK, pages.case(View(request.lang, judged.answers.as_of, request.asked), judged))


def _worklist(desk: Desk, request: Request, case_id: str) -> Response:
    judged = _judged(desk, request, case_id)
    return Response(HTTPStatus.OK, report.assessments_json(judged.policies, judged.answers), _JSON)


def _judged(desk: Desk, request: Request, case_id: str) -> Judged:
    return desk.judge(case_id, *_moments(request))


def _why(desk: Desk, request: Request, case_id: str, **duty: str) -> Response:
    found = _explained(desk, request, case_id, **duty)
    return Response(HTTPStatus.OK, pages.why(View(request.lang, found.assessment.as_of, request.asked), found))


def _why_json(desk: Desk, request: Request, case_id: str, **duty: str) -> Response:
    return Response(HTTPStatus.OK, _explained(desk, request, case_id, **duty).json(), _JSON)


def _explained(desk: Desk, request: Request, case_id: str, *, policy: str, provision: str) -> pe.Explanation:
    told = request.one("instance")
    instance = None if told is None else entries.text(told)
    return desk.explain(case_id, DutyName(policy, provision, instance), *_moments(request))


def _moments(request: Request) -> tuple[pe.Instant, pe.Instant | None]:
    """Return the instant asked about, the present unless another is given, and as known when."""
    asked = (request.one(name) for name in ("as_of", "known_at"))
    as_of, known_at = (None if told is None else entries.moment(told) for told in asked)
    return as_of or request.now, known_at


def _record(desk: Desk, request: Request, case_id: str) -> Response:
    if request.json:
        entry, is_new = desk.record(case_id, entries.event(entries.parsed(request.body)), request.now)
        status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return Response(status, json.dumps(entry, ensure_ascii=False) + "\n", _JSON)
    judged = desk.judge(case_id, request.now)
    try:
        given = Terms.of(judged.policies).event(request.fields)
        desk.record(case_id, entries.event(given, judged.policies[0].zone), request.now)
    except Refusal as refusal:
        return _refused_form(request, judged, refusal)
    return _to_case(request, case_id)


def _learn(desk: Desk, request: Request, case_id: str) -> Response:
    judged = desk.judge(case_id, request.now)
    try:
        given = values(Terms.of(judged.policies).facts, request.fields, "facts")
        desk.learn(case_id, entries.facts(given), request.now)
    except Refusal as refusal:
        return _refused_form(request, judged, refusal)
    return _to_case(request, case_id)


def _index_page(desk: Desk, view: View) -> Response:
    with desk.store.reading() as records:
        titles = records.titles()
    status = HTTPStatus.OK if view.refusal is None else view.refusal.status
    return Response(status, pages.index(view, titles, desk.policies.values()))


def _refused_form(request: Request, judged: Judged, refusal: Refusal) -> Response:
    """Return the case's page with what was typed and what is wrong with it."""
    view = View(request.lang, request.now, refusal=refusal, fields=request.fields)
    return Response(refusal.status, pages.case(view, judged))


def _to_case(request: Request, case_id: str) -> Response:
    """Lead to the case's page, which can be loaded anew without sending the form once more."""
    return Response(HTTPStatus.SEE_OTHER, headers=(("Location", f"/cases/{case_id}?lang={request.lang}"),))


def _refused(refusal: Refusal, view: View, *, is_json: bool) -> Response:
    if not is_json:
        return Response(refusal.status, pages.message(view), headers=refusal.headers)
    told = json.dumps({"faults": [each._asdict() for each in refusal.texts]}, ensure_ascii=False) + "\n"
    body = report.diagnostics_json(refusal.diagnostics) if refusal.diagnostics else told
    return Response(refusal.status, body, _JSON, refusal.headers)


_AT_CASE = rf"/cases/(?P<case_id>{CASE_ID.pattern})"
_AT_DUTY = rf"{_AT_CASE}/why/(?P<policy>[a-z0-9_-]{{1,80}})/(?P<provision>[a-z0-9_-]{{1,80}})"
_ROUTES: tuple[tuple[re.Pattern[str], Mapping[str, Callable[..., Response]]], ...] = (
    (re.compile("/"), {"GET": _index}),
    (re.compile(r"/style\.css"), {"GET": _style}),
    (re.compile("/cases"), {"POST": _open}),
    (re.compile(_AT_CASE), {"GET": _case}),
    (re.compile(rf"{_AT_CASE}/worklist\.json"), {"GET": _worklist}),
    (re.compile(_AT_DUTY), {"GET": _why}),
    (re.compile(rf"{_AT_DUTY}\.json"), {"GET": _why_json}),
    (re.compile(f"{_AT_CASE}/events"), {"POST": _record}),
    (re.compile(f"{_AT_CASE}/facts"), {"POST": _learn}),
)
