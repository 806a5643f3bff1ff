"""What became of examples, as annotations: for JUnit, SARIF and GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.codes import CODES
from policyengine.diagnostics import Diagnostic, Level
from policyengine.model.frozen import FrozenMap
from policyengine.report.annotations.annotation import Annotation, Checked, Grade, Rule
from policyengine.report.examples import words
from policyengine.report.examples.telling import Telling
from policyengine.report.page import Page, Section
from policyengine.report.plain import plain

if TYPE_CHECKING:
    from policyengine.checks.examples.running import Held
    from policyengine.report.examples.page import Finished
    from policyengine.wording import Lang

EXAMPLE = "example"
"""The rule of everything that an example expects otherwise."""


def checked(finished: Finished, faults: Iterable[Diagnostic], lang: Lang, *, derived: bool) -> Iterator[Checked]:
    """Yield every expectation of a run with what is wrong with it, then what is wrong with files.

    Args:
        finished: the run.
        faults: what is wrong with files.
        lang: the language of the texts.
        derived: whether the message says why it came out so.
    """
    telling = Telling(finished.policies, lang)
    for each in finished.held:
        found = () if each.outcome.passed else (_annotation(each, telling, derived=derived),)
        yield Checked(each.example.file, "::".join(each.path), found, each.outcome.expected.span)
    for fault in faults:
        file = "-" if fault.span is None else fault.span.file
        yield Checked(file, f"{fault.code} {fault.span or ''}".rstrip(), (fault_annotation(fault, lang),), fault.span)


def annotated(finished: Finished, faults: Iterable[Diagnostic], lang: Lang, *, derived: bool) -> Iterator[Annotation]:
    """Yield only what is wrong; the arguments are those of `checked`."""
    for each in checked(finished, faults, lang, derived=derived):
        yield from each.annotations


def rules(faults: Sequence[Diagnostic], lang: Lang) -> tuple[Rule, ...]:
    """Return what the annotations of a run are: an example that fails, and each code of its *faults*."""
    own = Rule(EXAMPLE, words.RULE.within(lang), words.RULE_HELP.within(lang), Grade.ERROR)
    codes = dict.fromkeys(each.code for each in faults)
    return (own, *(Rule(code, _title(code, lang), words.FAULT_RULE_HELP.within(lang), _grade(code)) for code in codes))


def fault_annotation(fault: Diagnostic, lang: Lang) -> Annotation:
    """Return the annotation of what is wrong with a file."""
    message, way_out = fault.message(lang), fault.help(lang)
    told = message if way_out is None else f"{message}\n{way_out}"
    grade = _grade(fault.code)
    return Annotation(fault.code, grade, message, told, fault.span, fault=fault.level is Level.ERROR)


def _annotation(held: Held, telling: Telling, *, derived: bool) -> Annotation:
    differences = telling.differences(held)
    message = "\n".join(differences)
    if derived:
        reasons = Section(None, tuple(telling.lines(held))[len(differences) :])
        message += "\n\n" + plain(Page("", (), (reasons,))).strip()
    expected = held.outcome.expected
    first = next((each.key for each in held.outcome.differences), "")
    return Annotation(
        rule=EXAMPLE,
        grade=Grade.ERROR,
        title=telling.about(held),
        message=message,
        span=expected.spans.get(first, expected.span) if len(differences) == 1 else expected.span,
        fingerprint=held.id,
        properties=FrozenMap({"case": held.example.name, "question": held.ask.label, "name": expected.name}),
    )


def _title(code: str, lang: Lang) -> str:
    return str(getattr(CODES[code], lang))


def _grade(code: str) -> Grade:
    return Grade.ERROR if CODES[code].level == Level.ERROR.value else Grade.WARNING
