"""An audit for CI services: a rule for every kind of finding and provision, an annotation for every finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.audit.finding import Finding, Kind
from policyengine.model.frozen import FrozenMap
from policyengine.report import words as answer_words
from policyengine.report.annotations.annotation import Annotation, Checked, Grade, Rule
from policyengine.report.audit import words
from policyengine.report.audit.telling import Telling, state_of

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit
    from policyengine.checks.audit.sheet import Sheet
    from policyengine.diagnostics import Span
    from policyengine.report.json_values import Json
    from policyengine.wording import Lang

GRADE: Mapping[Kind, Grade] = MappingProxyType(
    {
        Kind.FAULT: Grade.ERROR,
        Kind.VIOLATION: Grade.ERROR,
        Kind.ADVISORY: Grade.WARNING,
        Kind.UNDETERMINED: Grade.WARNING,
        Kind.WAIVER: Grade.WARNING,
        Kind.PROVISIONAL: Grade.NOTE,
        Kind.GAP: Grade.NOTE,
    }
)


@dataclass(frozen=True, slots=True)
class Annotating:
    """An audit in one language, as the writers of annotations take it.

    Every property and method can be asked any number of times, as long as the audit's findings are there.
    """

    audit: Audit
    lang: Lang

    def rules(self) -> tuple[Rule, ...]:
        """Return a rule for each kind and provision that something was found about, gravest first."""
        telling = Telling(self.audit.policies, self.lang)
        found: dict[str, tuple[Kind, Rule]] = {}
        for each in self.audit.findings:
            name = _rule(each)
            if name not in found:
                found[name] = (each.kind, _rule_of(each, name, telling))
        order = list(Kind)
        return tuple(rule for _, rule in sorted(found.values(), key=lambda pair: order.index(pair[0])))

    def annotations(self) -> Iterator[Annotation]:
        """Yield an annotation for each finding, in the order of the audit."""
        telling = Telling(self.audit.policies, self.lang)
        return (_annotation(each, telling) for each in self.audit.findings)

    def checked(self) -> Checks:
        """Return every case under every policy that judged it, those without findings too."""
        return Checks(self)

    def figures(self) -> tuple[tuple[str, str], ...]:
        """Return names with what they come to: cases, events, and the findings of each kind that there are."""
        totals, say = self.audit.totals, Telling({}, self.lang).say
        counts = ((words.CASES, totals.cases), (words.JUDGED, totals.judged), (words.EVENTS, totals.events))
        kinds = ((words.KIND[kind], tally.new) for kind, tally in totals.kinds.items() if tally.found)
        return tuple((say(name), str(number)) for name, number in (*counts, *kinds))


@dataclass(frozen=True, slots=True)
class Checks:
    """Every case under every policy that judged it: goes through the audit each time that it is gone through."""

    annotating: Annotating

    def __iter__(self) -> Iterator[Checked]:
        """Yield what was checked, case by case; findings outside of cases each on their own."""
        audit, lang = self.annotating.audit, self.annotating.lang
        telling = Telling(audit.policies, lang)
        for sheet in audit.findings.sheets():
            yield from _checked(sheet, telling)


def _checked(sheet: Sheet, telling: Telling) -> Iterator[Checked]:
    judged, log = sheet.judged, telling.say(words.LOG)
    if judged is None:
        for each in sheet.findings:
            annotation = _annotation(each, telling)
            name = annotation.title if each.span is None else f"{annotation.title}, {each.span}"
            yield Checked(_file(each.span, log), name, (annotation,), each.span, group=log)
        return
    found: dict[str | None, list[Annotation]] = {each: [] for each in judged.policies}
    for each in sheet.findings:
        found.setdefault(each.policy, []).append(_annotation(each, telling))
    suite = _file(judged.span, log)
    for policy, about in found.items():
        yield Checked(suite, judged.case, tuple(about), judged.span, group=policy or log)


def _file(span: Span | None, otherwise: str) -> str:
    return otherwise if span is None else PurePath(span.file).as_posix()


def _rule(finding: Finding) -> str:
    """Return the id of the rule that *finding* is under: its kind and what it is about, the policy among it."""
    if finding.fault is not None:
        return f"{finding.kind.value}/{finding.fault.code}"
    return "/".join(each for each in (finding.kind.value, finding.policy, finding.subject) if each)


def _rule_of(finding: Finding, name: str, telling: Telling) -> Rule:
    told = (telling.say(words.CLAUSE, clause=each) for each in telling.clauses(finding))
    lines = (*map(telling.sentence, told), telling.say(words.HELP[finding.kind]))
    return Rule(name, telling.title(finding), "\n".join(lines), GRADE[finding.kind])


def _annotation(finding: Finding, telling: Telling) -> Annotation:
    return Annotation(
        rule=_rule(finding),
        grade=_grade(finding),
        title=telling.title(finding),
        message="\n".join(_sentences(finding, telling)),
        span=finding.span or (None if finding.fault is None else finding.fault.span),
        related=tuple(_related(finding, telling)),
        fingerprint=finding.fingerprint,
        suppressed=None if finding.waived is None else telling.waived(finding.waived),
        known=finding.known,
        fault=finding.kind is Kind.FAULT,
        properties=_properties(finding),
    )


def _grade(finding: Finding) -> Grade:
    """Return how grave it is; what only some readings make an error is for somebody to decide."""
    grade = GRADE[finding.kind]
    return Grade.WARNING if grade is Grade.ERROR and finding.only_some else grade


def _sentences(finding: Finding, telling: Telling) -> Iterator[str]:
    """Yield the message: the case and the title, then everything else, a line each."""
    about, title = telling.about(finding), telling.title(finding)
    yield telling.sentence(telling.say(answer_words.COLON, word=about, more=title) if about else title)
    yield from map(telling.sentence, telling.lines(finding))


def _related(finding: Finding, telling: Telling) -> Iterator[tuple[Span, str]]:
    if finding.norm is not None:
        yield finding.norm, telling.say(words.THE_GAP if finding.kind is Kind.GAP else words.THE_PROVISION)
    if finding.waived is not None and finding.waived.span is not None:
        yield finding.waived.span, telling.say(words.THE_WAIVER)


def _properties(finding: Finding) -> Mapping[str, Json]:
    """Return what programs sort by; what is not known is left out."""
    parts: dict[str, Json] = {
        "kind": finding.kind.value,
        "state": state_of(finding).value,
        "case": finding.case,
        "policy": finding.policy,
        "provision": finding.subject,
        "instance": finding.instance,
        "clauses": list(finding.clauses) or None,
        "bearer": finding.bearer,
        "late_micros": finding.late,
    }
    return FrozenMap({name: value for name, value in parts.items() if value is not None})
