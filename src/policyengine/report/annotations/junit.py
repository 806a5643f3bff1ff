"""What was checked as JUnit XML, which the test pages of CI services read: a test case for each thing checked.

The attributes are those on which Jenkins, GitLab and the reporters of GitHub agree; what passed is counted too. What
stands in the way of the check itself is an `error`, what it found wanting a `failure`, and a finding that somebody lets
stand is `skipped`, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Self
from xml.sax.saxutils import escape, quoteattr

from policyengine.report.annotations import words
from policyengine.report.annotations.annotation import Annotation, Checked, Grade
from policyengine.report.annotations.places import slashed
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.wording import Lang

_NO_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many checks came to what, and how long they took."""

    tests: int = 0
    failures: int = 0
    errors: int = 0
    skipped: int = 0
    seconds: float | None = None

    @classmethod
    def of(cls, outcomes: Iterable[tuple[str, float | None]]) -> Self:
        found: Counter[str] = Counter()
        time: float | None = None
        for outcome, seconds in outcomes:
            found[outcome] += 1
            time = time if seconds is None else (time or 0) + seconds
        return cls(found.total(), found["failure"], found["error"], found["skipped"], time)

    @classmethod
    def sum(cls, parts: Iterable[Self]) -> Self:
        whole = cls()
        for each in parts:
            time = whole.seconds if each.seconds is None else (whole.seconds or 0) + each.seconds
            whole = cls(
                whole.tests + each.tests,
                whole.failures + each.failures,
                whole.errors + each.errors,
                whole.skipped + each.skipped,
                time,
            )
        return whole

    def attributes(self) -> Mapping[str, str]:
        counts = {name: str(getattr(self, name)) for name in ("tests", "failures", "errors", "skipped")}
        return counts if self.seconds is None else {**counts, "time": f"{self.seconds:.3f}"}


def fails(annotation: Annotation) -> bool:
    """Tell whether a check that finds *annotation* has failed: it is an error, new, and nobody lets it stand."""
    return annotation.grade is Grade.ERROR and annotation.counts


def junit(
    checked: Iterable[Checked], *, name: str, lang: Lang, failing: Callable[[Annotation], bool] = fails
) -> Iterator[str]:
    """Yield JUnit XML in chunks of text, one to a test case.

    Args:
        checked: what was checked. It is gone through twice, since numbers come before what they count; a suite that
            comes back after another one is an element of its own.
        name: that of the whole.
        lang: the language of the texts.
        failing: which annotations fail a check; the others are told in its output.

    Raises:
        TypeError: *checked* is an iterator, which can be gone through only once.
    """
    if isinstance(checked, Iterator):
        raise TypeError("what was checked is gone through twice: give a list, not an iterator")
    suites = [
        (suite, _Counted.of(_outcome(each, failing) for each in cases))
        for suite, cases in groupby(checked, attrgetter("suite"))
    ]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes({'name': name, **_Counted.sum(each for _, each in suites).attributes()})}>\n"
    for (suite, counted), (_, cases) in zip(suites, groupby(checked, attrgetter("suite")), strict=True):
        yield f"  <testsuite{_attributes({'name': suite, **counted.attributes()})}>\n"
        for each in cases:
            yield _case(each, lang, failing)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _outcome(checked: Checked, failing: Callable[[Annotation], bool]) -> tuple[str, float | None]:
    """Return the name of the element that says what came of a check, and how long it took."""
    bad = [each for each in checked.annotations if failing(each)]
    if bad:
        return ("error" if any(each.fault for each in bad) else "failure"), checked.seconds
    waived = any(each.suppressed is not None for each in checked.annotations)
    return ("skipped" if waived else "passed"), checked.seconds


def _case(checked: Checked, lang: Lang, failing: Callable[[Annotation], bool]) -> str:
    attributes = {"name": checked.name, "classname": checked.group or checked.suite}
    if checked.span is not None:
        attributes |= {"file": slashed(checked.span.file), "line": str(checked.span.line)}
    if checked.seconds is not None:
        attributes["time"] = f"{checked.seconds:.3f}"
    bad = [each for each in checked.annotations if failing(each)]
    others = [each for each in checked.annotations if not failing(each)]
    outcome, _ = _outcome(checked, failing)
    inside = [_element_of(outcome, bad, others, lang), *_output(others, lang)]
    body = "".join(f"      {each}\n" for each in inside if each)
    opened = f"    <testcase{_attributes(attributes)}"
    return f"{opened}>\n{body}    </testcase>\n" if body else f"{opened}/>\n"


def _element_of(outcome: str, bad: Sequence[Annotation], others: Sequence[Annotation], lang: Lang) -> str:
    if bad:
        # One element for all of them: many readers show the first alone.
        attributes = {"message": _several([each.title for each in bad], lang), "type": bad[0].rule}
        return _element(outcome, attributes, "\n".join(_told(each, lang) for each in bad))
    if outcome == "skipped":
        reasons = [_why(each, lang) for each in others if each.suppressed is not None]
        return f"<skipped{_attributes({'message': _several(reasons, lang)})}/>"
    return ""


def _several(texts: Sequence[str], lang: Lang) -> str:
    first = texts[0]
    return words.AND_OTHERS.within(lang).format(first=first, n=len(texts) - 1) if len(texts) > 1 else first


def _output(others: Sequence[Annotation], lang: Lang) -> Iterator[str]:
    if others:
        yield _element("system-out", {}, "\n".join(_told(each, lang) for each in others))


def _told(annotation: Annotation, lang: Lang) -> str:
    """Return an annotation in a line of its own that begins with its place, as compilers write it."""
    grade = words.GRADE[annotation.grade].within(lang)
    told = words.ABOUT.within(lang).format(grade=grade, message=annotation.message)
    place = "" if annotation.span is None else f"{annotation.span}: "
    notes = [_why(annotation, lang)] * (annotation.suppressed is not None)
    notes += [words.KNOWN.within(lang)] * annotation.known
    return place + " · ".join((told, *notes))


def _why(annotation: Annotation, lang: Lang) -> str:
    return words.SUPPRESSED.within(lang).format(reason=annotation.suppressed)


def _element(name: str, attributes: Mapping[str, str], text: str) -> str:
    return f"<{name}{_attributes(attributes)}>{escape(_legal(text))}</{name}>"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_legal(value))}" for name, value in attributes.items())


def _legal(text: str) -> str:
    """Return *text* without what is no character of XML, nor one that a reader's terminal would obey."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", "\n".join(map(visible, text.splitlines())))
