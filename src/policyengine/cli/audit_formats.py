"""The formats that `audit` writes: each a text in pieces, since nobody knows how many findings there are."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING

from policyengine.checks.audit.failing import FailOn, fails
from policyengine.checks.audit.finding import Kind
from policyengine.cli.pages import written
from policyengine.report.audit import words
from policyengine.report.audit.annotating import Annotating
from policyengine.report.audit.words import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.checks.audit.audit import Audit
    from policyengine.report.annotations.annotation import Annotation
    from policyengine.wording import Lang

GITHUB = "github"
PAGES = ("text", "markdown")
"""Those that people read; they list what could not be read."""
_DISTRIBUTION = "regulatory-duties"


def pieces(found: Audit, output: str, on: FailOn, lang: Lang) -> Iterable[str]:
    """Return the audit in the format *output*, piece by piece.

    Args:
        found: the audit.
        output: one of `FORMATS`.
        on: from what on findings fail, for formats that tell what has failed.
        lang: the language.

    Raises:
        MissingExtraError: the format needs what is not installed.
    """
    if output in PAGES:
        from policyengine.report.audit.page import audit_page

        return [written(audit_page(found, lang), output)]
    return _WRITERS[output](found, on, lang)


def summary_text(found: Audit, lang: Lang) -> Iterable[str]:
    """Return the summary of a job, as Markdown."""
    from policyengine.report.annotations.github import job_summary

    annotating = Annotating(found, lang)
    return [job_summary(words.TITLE.within(lang), annotating.figures(), annotating.annotations(), lang)]


def _json(found: Audit, _on: FailOn, _lang: Lang) -> Iterable[str]:
    from policyengine.report.audit.as_json import audit_json

    return audit_json(found)


def _sarif(found: Audit, _on: FailOn, lang: Lang) -> Iterable[str]:
    from policyengine.report.annotations.sarif import sarif

    annotating = Annotating(found, lang)
    return sarif(
        annotating.annotations(),
        annotating.rules(),
        version=version(_DISTRIBUTION),
        lang=lang,
        baseline=found.has_baseline,
        waivers=bool(found.waivers),
    )


def _junit(found: Audit, on: FailOn, lang: Lang) -> Iterable[str]:
    from policyengine.report.annotations.junit import junit

    def failing(each: Annotation) -> bool:
        some = each.properties["state"] == State.SOME.value
        return each.fault or (each.counts and fails(Kind(str(each.properties["kind"])), on, only_some=some))

    return junit(Annotating(found, lang).checked(), name=words.TITLE.within(lang), lang=lang, failing=failing)


def _github(found: Audit, _on: FailOn, lang: Lang) -> Iterable[str]:
    from policyengine.report.annotations.github import github

    return github(Annotating(found, lang).annotations(), lang)


def _csv(found: Audit, _on: FailOn, lang: Lang) -> Iterable[str]:
    from policyengine.report.audit.csv_rows import audit_csv

    return audit_csv(found, lang)


def _html(found: Audit, _on: FailOn, lang: Lang) -> Iterable[str]:
    from policyengine.report.audit.html import audit_html

    return [audit_html(found, lang)]


_WRITERS: dict[str, Callable[[Audit, FailOn, Lang], Iterable[str]]] = {
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    GITHUB: _github,
    "csv": _csv,
    "html": _html,
}
FORMATS = ("text", "json", "sarif", "junit", GITHUB, "markdown", "csv", "html")
"""What may be asked for, the usual one first."""
