"""The pages of the desk. They read without a script, and say by words what colours say as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from case_desk import forms
from case_desk.markup import Content, Html, joined, tag
from case_desk.outline import outline
from case_desk.terms import Terms
from case_desk.words import say
from policyengine.report import explanation_page

if TYPE_CHECKING:
    import policyengine as pe
    from case_desk.desk import Judged
    from case_desk.faults import Lang, Refusal
    from case_desk.forms import Fields

_CODES = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class View:
    """How a page is to be shown: its language, the instant that it is about, and what could not be done.

    Args:
        lang: the language.
        as_of: the instant.
        asked: what the address asked besides the language; the same page in the other language asks it too.
        refusal: what could not be done.
        fields: what was typed then.
    """

    lang: Lang
    as_of: pe.Instant
    asked: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    fields: Fields = field(default_factory=dict)

    def say(self, word: str, **parts: object) -> str:
        """Return a word of the desk in the view's language."""
        return say(word, self.lang, **parts)

    def link(self, url: str, instance: str | None = None) -> str:
        """Return the address of another page about the instant of this one, in the same language."""
        known = {"known_at": self.asked["known_at"]} if "known_at" in self.asked else {}
        which = {} if instance is None else {"instance": instance}
        return f"{url}?{urlencode({'lang': self.lang, 'as_of': self.as_of.to_iso(), **known, **which})}"


def message(view: View) -> str:
    """Return a page that says only what was refused."""
    return _page(view, view.say("desk"), "/", _refused(view))


def index(view: View, titles: Sequence[tuple[str, str]], policies: Iterable[pe.Policy]) -> str:
    """Return the list of cases, with a form that opens one."""
    links = (tag("li", tag("a", title, href=f"/cases/{name}?lang={view.lang}"), f" ({name})") for name, title in titles)
    cases = tag("ul", links) if titles else tag("p", view.say("no_cases"))
    found = tag("section", tag("h2", view.say("cases")), cases)
    return _page(view, view.say("desk"), "/", _refused(view), found, forms.opening(view.lang, view.fields, policies))


def case(view: View, judged: Judged) -> str:
    """Return what is to be done in a case, what has gone wrong, the log, and forms that add to it."""
    writer, terms = _Writer(view, judged), Terms.of(judged.policies)
    url = f"/cases/{judged.case.id}"
    sections = [
        *(writer.header(url), _refused(view), writer.in_short(), writer.worklist(), writer.forbidden()),
        *(writer.conflicts(), writer.findings(), writer.missing(terms), writer.log(terms)),
        forms.event(view.lang, view.fields, terms, judged),
        forms.facts(view.lang, view.fields, terms, judged),
        tag("footer", writer.rests_on()),
    ]
    return _page(view, judged.case.title or judged.case.id, url, *sections)


def why(view: View, explanation: pe.Explanation) -> str:
    """Return why a duty is as it is, or why there is none: as policyengine tells it, in the markup of the desk."""
    answer, told = explanation.assessment, explanation_page(explanation, view.lang)
    case_url = f"/cases/{answer.case}"
    url = f"{case_url}/why/{answer.policy}/{explanation.provision}"
    duty = explanation.duty
    data = view.link(f"{url}.json", None if duty is None else duty.instance)
    footer = tag(
        "footer",
        tag("p", view.say("rests_on", policies=f"{answer.policy} {answer.digest}")),
        tag("p", tag("a", "JSON", href=data)),
    )
    back = tag("p", tag("a", view.say("back"), href=view.link(case_url)))
    return _page(view, told.title, url, back, outline(told), footer)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the parts of one case's page. Every act, role and clause by the title that its policy gives it."""

    view: View
    judged: Judged

    def header(self, url: str) -> Html:
        policies = (tag("li", each.title.within(self.view.lang)) for each in self.judged.policies)
        value = self.view.asked.get("as_of") or self._clock(self.view.as_of)
        asked = tag("input", name="as_of", value=value, size="30", required=True)
        ask = (tag("label", self.view.say("as_of"), " ", asked), forms.language(self.view.lang))
        form = tag("form", ask, tag("button", self.view.say("show")), action=url, method="get")
        return joined((tag("p", self.judged.case.id), tag("ul", policies), form))

    def in_short(self) -> Html:
        answers, entries = self.judged.answers, self._worklist.entries
        counts = {
            "violated": sum(len(each.violations) for each in answers),
            "undetermined": sum(len(each.undetermined) for each in answers),
        }
        told = [
            tag(
                "p",
                self.view.say("in_short", todo=len(entries), overdue=sum(each.late for each in entries), **counts),
                class_="lead",
            )
        ]
        claim = self._worklist.next_due
        if claim is not None and claim.duty.limit is not None:
            act, due = self._type(claim.policy, claim.duty.act), self._end(claim.policy, claim.duty.limit)
            told.append(tag("p", self.view.say("next_due", act=act, due=due)))
        return joined(told)

    def worklist(self) -> Html:
        rows = [self._row(each) for each in self._worklist.entries]
        heads = ("act", "bearer", "limit", "state", "clauses")
        return self._section("worklist", self._table(heads, rows) if rows else tag("p", self.view.say("nothing")))

    def forbidden(self) -> Html:
        found = self._worklist.forbidden
        rows = [(self._act(each), self._who(each), self._claims(each.claims)) for each in found]
        return self._section("must_not", self._table(("act", "bearer", "clauses"), rows)) if rows else Html()

    def conflicts(self) -> Html:
        found = self._worklist.conflicts
        rows = [(self._act(each.entry), self._claims(each.owed), self._claims(each.forbidden)) for each in found]
        return self._section("conflicts", self._table(("act", "must", "must_not"), rows)) if rows else Html()

    def findings(self) -> Html:
        rows = [
            (
                self._norm(answer.policy, duty),
                self._shown(answer.policy, duty.violated_at),
                tag("ul", self._grounds(answer.policy, duty)),
            )
            for answer in self.judged.answers
            for duty in (*answer.violations, *answer.advisories)
        ]
        return self._section("findings", self._table(("act", "since", "clauses"), rows)) if rows else Html()

    def missing(self, terms: Terms) -> Html:
        names = dict.fromkeys(name for answer in self.judged.answers for name in answer.missing_facts)
        items = (tag("li", terms.facts[name].title.within(self.view.lang)) for name in names)
        return self._section("missing", tag("ul", items)) if names else Html()

    def log(self, terms: Terms) -> Html:
        heads = ("id", "event", "at", "recorded_at", "details")
        rows = [self._event(each, terms) for each in self.judged.case.events]
        return self._section("log", self._table(heads, rows) if rows else tag("p", self.view.say("log_empty")))

    def rests_on(self) -> str:
        told = self.view.say("and").join(f"{each.policy} {each.digest}" for each in self.judged.answers)
        return self.view.say("rests_on", policies=told)

    @property
    def _worklist(self) -> pe.Worklist:
        return self.judged.answers.worklist()

    def _policy(self, name: str) -> pe.Policy:
        return next(each for each in self.judged.policies if each.id == name)

    def _row(self, entry: pe.Entry) -> tuple[Content, ...]:
        first, limits = entry.claims[0], (("must", entry.must), ("should", entry.should))
        by_when = [
            tag("div", self.view.say("by", strength=self.view.say(word), due=self._end(first.policy, limit)))
            for word, limit in limits
            if limit is not None
        ]
        return (
            self._act(entry),
            self._who(entry),
            by_when or self.view.say("no_number"),
            self._state(entry),
            self._claims(entry.claims),
        )

    def _act(self, entry: pe.Entry) -> str:
        act = self._type(entry.claims[0].policy, entry.act)
        return act if entry.to is None else self.view.say("to_whom", act=act, to=self._role(entry.to))

    def _state(self, entry: pe.Entry) -> Content:
        if entry.left is None:
            return self.view.say("open_end")
        hours, minutes = divmod(timedelta(microseconds=abs(entry.left)) // timedelta(minutes=1), 60)
        time = self.view.say("time", hours=hours, minutes=minutes)
        told = self.view.say("overdue" if entry.late else "left", time=time)
        return tag("strong", told, class_="late") if entry.late else told

    def _claims(self, claims: Iterable[pe.Claim]) -> Html:
        return tag("ul", (self._grounds(each.policy, each.duty) for each in claims))

    def _grounds(self, policy: str, duty: pe.Duty) -> Html:
        """Return what a duty rests on, and a link to the page that says why it is as it is."""
        clauses = (tag("li", self._clause(policy, name)) for name in duty.clauses)
        return joined((*clauses, tag("li", self._why(policy, duty))))

    def _why(self, policy: str, duty: pe.Duty) -> Html:
        options = {each.reading: each.option for each in self.judged.answers.of(policy).readings}
        provisions = (each.under(options) for each in self._policy(policy).provisions)
        title = next(each.title for each in provisions if each is not None and each.id == duty.provision)
        url = f"/cases/{self.judged.case.id}/why/{policy}/{duty.provision}"
        told = self.view.say("why", title=title.within(self.view.lang))
        return tag("a", told, href=self.view.link(url, duty.instance))

    def _clause(self, policy: str, name: str) -> Content:
        clause = self._policy(policy).header.source.clauses[name]
        title = self._policy(policy).title.within(self.view.lang)
        return (tag("abbr", f"{name} {clause.number}", title=title), " ", clause.says.within(self.view.lang))

    def _norm(self, policy: str, duty: pe.Duty) -> str:
        who = self._role(duty.bearer) if duty.bearer is not None else self.view.say("nobody")
        strength = self.view.say(duty.strength.value)
        return self.view.say("norm", bearer=who, strength=strength, act=self._type(policy, duty.act))

    def _who(self, entry: pe.Entry) -> str:
        role = entry.claims[0].duty.assigned
        if entry.bearer is not None:
            return self._role(entry.bearer)
        return self.view.say("nobody") if role is None else self.view.say("not_settled", role=self._role(role))

    def _role(self, name: str) -> str:
        """Return the title of a role, which one of the policies knows."""
        known = (each for each in self.judged.policies if name in {*each.header.roles, *each.vocabulary.roles})
        return next((each.role(name).title.within(self.view.lang) for each in known), name)

    def _type(self, policy: str, name: str) -> str:
        return self._policy(policy).vocabulary.event_types[name].title.within(self.view.lang)

    def _end(self, policy: str, limit: pe.Limit) -> str:
        """Return when *limit* ends; a midnight that is too late itself is 24:00 of the day before."""
        local = self._policy(policy).zone.local(limit.due)
        shown = self._shown(policy, limit.due)
        if not limit.due_inclusive and local.time().isoformat() == "00:00:00":
            shown = f"{local.date() - timedelta(days=1)} 24:00"
        return self.view.say("provisional", due=shown) if limit.provisional else shown

    def _shown(self, policy: str, instant: pe.Instant | None) -> str:
        zone = self._policy(policy).zone
        return "" if instant is None else zone.local(instant).replace(tzinfo=None).isoformat(" ", "minutes")

    def _clock(self, instant: pe.Instant) -> str:
        return instant.to_iso(self.judged.policies[0].zone)

    def _event(self, event: pe.Event, terms: Terms) -> tuple[Content, ...]:
        title = terms.events[event.type].within(self.view.lang) if event.type else ""
        amends = self.view.say("correction", id=event.corrects) if event.corrects else ""
        amends = self.view.say("retraction", id=event.retracts) if event.retracts else amends
        return (
            event.id,
            " ".join(filter(None, (title, amends))),
            self._clock(event.at),
            self._clock(event.recorded),
            tag("ul", (tag("li", each) for each in self._details(event, terms))),
        )

    def _details(self, event: pe.Event, terms: Terms) -> Iterable[str]:
        if event.by is not None:
            yield self.view.say("told_of", name=self.view.say("by_whom"), value=self._role(event.by))
        if event.to:
            roles = self.view.say("and").join(map(self._role, event.to))
            yield self.view.say("told_of", name=self.view.say("told"), value=roles)
        for kinds, given in ((terms.facts, event.sets), (terms.attributes, event.attributes)):
            yield from (kinds[name].line(value, self.view.lang) for name, value in given.items())
        if event.note:
            yield event.note

    def _section(self, word: str, content: Content) -> Html:
        return tag("section", tag("h2", self.view.say(word), id=word), content, aria_labelledby=word)

    def _table(self, heads: Iterable[str], rows: Iterable[Sequence[Content]]) -> Html:
        head = tag("tr", (tag("th", self.view.say(word), scope="col") for word in heads))
        body = (tag("tr", tag("th", first, scope="row"), (tag("td", each) for each in rest)) for first, *rest in rows)
        return tag("div", tag("table", tag("thead", head), tag("tbody", body)), class_="wide")


def _refused(view: View) -> Html:
    if view.refusal is None:
        return Html()
    told = tag("ul", (tag("li", each.within(view.lang)) for each in view.refusal.texts))
    return tag("section", tag("h2", view.say("refused")), told, class_="refused", role="alert")


def _page(view: View, title: str, url: str, *content: Content) -> str:
    other = "en" if view.lang == "zh" else "zh"
    asked = urlencode({"lang": other, **view.asked})
    links = (
        tag("a", view.say("desk"), href=f"/?lang={view.lang}"),
        tag("a", view.say("other_language"), href=f"{url}?{asked}", lang=_CODES[other], hreflang=_CODES[other]),
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="stylesheet", href="/style.css"),
    )
    body = tag("body", tag("header", tag("nav", links)), tag("main", tag("h1", title), content))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=_CODES[view.lang])}\n"
