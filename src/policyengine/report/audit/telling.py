"""What an audit found, in words: what, who, by when, how late, on which clause, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.audit.finding import Kind
from policyengine.model.provision import Gap, Provision, Strength
from policyengine.report import words as answer_words
from policyengine.report.audit import words
from policyengine.report.audit.words import State
from policyengine.report.moments import Clock, duration
from policyengine.report.names import one_line
from policyengine.report.regulation.markup import capital
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.checks.audit.finding import Finding, Waiver
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import Departure
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.zone import Zone
    from policyengine.wording import Lang, Wording


@dataclass(frozen=True)
class Book(Titles):
    """A policy whose provisions, gaps and clauses are told, under whatever reading admits them."""

    @cached_property
    def clock(self) -> Clock:
        """The clock on the policy's wall."""
        return Clock(self.policy.zone, self.lang)

    @cached_property
    def nodes(self) -> Mapping[str, Provision | Gap]:
        """Every provision and gap by its id, as the first reading that admits it has it."""
        gaps = {node.id: node for each in self.policy.gaps for node in reversed(each.nodes())}
        return {**gaps, **{node.id: node for each in self.policy.provisions for node in reversed(each.nodes())}}

    def title_of(self, name: str | None) -> str:
        """Return the title of a provision or a gap alone; empty where there is none."""
        node = None if name is None else self.nodes.get(name)
        return "" if node is None else self.say(node.title)

    def subject(self, name: str, *more: str) -> str:
        """Return the title of a provision or a gap with its id, and *more* in the same parentheses."""
        return self.more(self.say(self.nodes[name].title), name, *more) if name in self.nodes else name

    def norm(self, provision: Provision, bearer: str | None) -> str:
        """Return the norm as a sentence: who must do what, towards whom."""
        forms = (answer_words.OWES, answer_words.OWES_TO)
        owes = bearer or provision.bearer
        if owes is None and provision.strength is Strength.MUST_NOT:
            forms = (answer_words.NOBODY_MAY, answer_words.NOBODY_MAY_TO)
        return self.say(
            forms[provision.to is not None],
            bearer=self.say(answer_words.NO_BEARER) if owes is None else self.role(owes),
            strength=self.say(answer_words.STRENGTH[provision.strength]),
            word="",
            act=self.type(provision.act),
            to="" if provision.to is None else self.role(provision.to),
        )


def state_of(finding: Finding) -> State:
    """Return whether *finding* is news; a waiver says more than a baseline."""
    if finding.waived is not None:
        return State.WAIVED
    if finding.known:
        return State.KNOWN
    return State.SOME if finding.only_some else State.NEW


class Telling:
    """Tells findings in one language.

    Args:
        policies: every policy that a finding may name, by id.
        lang: the language.
    """

    def __init__(self, policies: Mapping[str, Policy], lang: Lang) -> None:
        self.lang = lang
        self.books = {name: Book(policy, lang) for name, policy in policies.items()}

    def say(self, wording: Wording, **parts: object) -> str:
        """Return *wording* in the language, filled with *parts*."""
        text = wording.within(self.lang)
        return text.format(**parts) if parts else text

    def book(self, finding: Finding) -> Book | None:
        """Return the policy that *finding* is about, if it is about one that was loaded."""
        return None if finding.policy is None else self.books.get(finding.policy)

    def clock(self, zone: Zone) -> Clock:
        """Return the clock on the wall of *zone*."""
        return Clock(zone, self.lang)

    def counts(self, numbers: Mapping[Kind, int]) -> str:
        """Return how many there are of each kind, such as `2 violations, 1 undetermined`; empty without any."""
        told = (self.say(words.COUNTED[kind][n != 1], n=n) for kind, n in numbers.items() if n)
        return self.say(words.BETWEEN).join(told)

    def subject(self, finding: Finding) -> str:
        """Return what *finding* is about: a provision or a gap with its id; a fault is about its code."""
        book = self.book(finding)
        if finding.fault is not None:
            return finding.fault.code
        if finding.subject is None:
            return finding.policy or ""
        return finding.subject if book is None else self.of_policy(book, finding.subject)

    def of_policy(self, book: Book, name: str) -> str:
        """Return the title of a provision or a gap with its id, and with the policy's where there are several."""
        return book.subject(name, *([book.policy.id] if len(self.books) > 1 else []))

    def title(self, finding: Finding) -> str:
        """Return a few words that stand alone: the kind, and what it is about."""
        kind = capital(self.say(words.KIND[finding.kind]))
        return self.say(answer_words.COLON, word=kind, more=self.subject(finding))

    def about(self, finding: Finding) -> str:
        """Return in which case *finding* is, and which of its duties it is about; empty outside of any."""
        if finding.case is None:
            return ""
        case = self.say(words.CASE, case=one_line(finding.case))
        if finding.instance is None:
            return case
        return self.say(answer_words.PARENTHESES, word=case, more=one_line(finding.instance))

    def norm(self, finding: Finding) -> str:
        """Return who must do what; of a gap what the text does not say."""
        book = self.book(finding)
        node = None if book is None or finding.subject is None else book.nodes.get(finding.subject)
        if book is None or node is None or finding.fault is not None:
            return ""
        if isinstance(node, Provision):
            return book.norm(node, finding.bearer)
        missing = book.say(answer_words.MISSING, what=book.say(node.missing))
        if node.refers_to is None:
            return missing
        in_hand = answer_words.IN_HAND if node.refers_to.in_hand else answer_words.NOT_IN_HAND
        refers = book.say(answer_words.REFERS_TO, title=book.say(node.refers_to.title), in_hand=book.say(in_hand))
        return book.listed((missing, refers))

    def time(self, finding: Finding) -> str:
        """Return by when it was due and how late it was, or when it was breached."""
        book = self.book(finding)
        if book is None:
            return ""
        clock = book.clock
        due = "" if finding.due is None else clock.end_at(finding.due)
        if finding.kind is Kind.PROVISIONAL:
            return self.say(words.NOT_ANNOUNCED, due=due) if due else ""
        if finding.kind is Kind.UNDETERMINED:
            told = self.say(words.NOT_SETTLED)
            return book.listed((told, self.say(words.IF_SO, due=due))) if due else told
        if due:
            return self._missed(finding, due, clock)
        if finding.at is None:
            return ""
        return self.say(words.BREACHED if self._forbids(finding) else words.VIOLATED, when=clock.show(finding.at))

    def _missed(self, finding: Finding, due: str, clock: Clock) -> str:
        if finding.done is None or finding.late is None:
            return self.say(words.NOT_DONE, due=due)
        late = duration(finding.late, self.lang)
        if finding.done or finding.as_of is None:
            return self.say(words.DONE_LATE, due=due, late=late)
        return self.say(words.STILL_OWED, due=due, late=late, as_of=clock.show(finding.as_of))

    def _forbids(self, finding: Finding) -> bool:
        book = self.book(finding)
        node = None if book is None or finding.subject is None else book.nodes.get(finding.subject)
        return isinstance(node, Provision) and node.strength is Strength.MUST_NOT

    def late(self, finding: Finding) -> str:
        """Return how late it was; empty where there is no number."""
        return "" if finding.late is None else duration(finding.late, self.lang)

    def iso(self, finding: Finding, instant: Instant) -> str:
        """Return *instant* as an ISO text on the zone of the policy that *finding* is about, else in UTC."""
        book = self.book(finding)
        return instant.to_iso(None if book is None else book.policy.zone)

    def clauses(self, finding: Finding) -> tuple[str, ...]:
        """Return each clause: its id, its number in the text, and our summary."""
        book = self.book(finding)
        return () if book is None else tuple(book.clause(each) for each in finding.clauses)

    def settling(self, finding: Finding) -> str:
        """Return the facts and attributes that would settle it; empty where nothing is missing."""
        book = self.book(finding)
        if book is None or not (finding.missing or finding.missing_attributes):
            return ""
        facts = [book.fact(each) for each in finding.missing]
        facts += [
            self.say(answer_words.ATTRIBUTE_OF, attribute=book.attribute(name), event=one_line(event))
            for event, name in finding.missing_attributes
        ]
        return self.say(answer_words.SETTLED_BY, facts=book.listed(facts))

    def extent(self, finding: Finding) -> str:
        """Return under which readings it stands, where it does not under all; empty where it does."""
        if not finding.only_some:
            return ""
        under = self.say(answer_words.SEMICOLON).join(map(self._departure, finding.under))
        return self.say(words.ONLY_UNDER, readings=under)

    def _departure(self, departure: Departure) -> str:
        options = self.say(answer_words.AND).join(f"{each.reading}={each.option}" for each in departure)
        return options or self.say(words.BY_DEFAULT)

    def fault(self, fault: Diagnostic) -> Iterator[str]:
        """Yield what is wrong with the log, and the way out."""
        yield fault.message(self.lang)
        found = fault.help(self.lang)
        if found is not None:
            yield found

    def sentence(self, text: str) -> str:
        """Return *text* as a sentence, with a capital and a full stop; ids at its beginning stay as they are."""
        stop = self.say(words.SENTENCE, text="")
        return text if text.endswith((stop, ".", "。", "?", "？")) else self.say(words.SENTENCE, text=capital(text))

    def waived(self, waiver: Waiver) -> str:
        """Return who lets it stand, until when, and why."""
        return self.say(
            words.WAIVED_BY,
            authority=one_line(waiver.authority),
            expires=waiver.expires,
            reason=one_line(waiver.reason),
        )

    def brief(self, finding: Finding) -> Iterator[str]:
        """Yield what is so in this case alone: the time, what would settle it, the readings; of a fault everything."""
        if finding.fault is not None:
            yield from self.fault(finding.fault)
            return
        yield from filter(None, (self.time(finding), self.settling(finding), self.extent(finding)))

    def lines(self, finding: Finding) -> Iterator[str]:
        """Yield everything about *finding* but its title, case and waiver, the clauses last."""
        yield from filter(None, (self.norm(finding), *self.brief(finding), *self.grounds(finding)))

    def grounds(self, finding: Finding) -> Iterator[str]:
        """Yield each clause that it rests on, as a phrase."""
        return (self.say(words.CLAUSE, clause=each) for each in self.clauses(finding))
