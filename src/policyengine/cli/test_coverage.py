"""`policyengine test --coverage`: what the examples hold their policies to, and examples for what they do not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Kind
from policyengine.checks.coverage.measure import coverage
from policyengine.checks.coverage.suggesting import suggestions
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.help import Misuse
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.out import deliver
from policyengine.cli.pages import all_written
from policyengine.loading.library import packaged_policies
from policyengine.loading.named_policies import own_file
from policyengine.loading.yaml_nodes import parse, plain, read_source
from policyengine.report.coverage.as_json import coverage_json
from policyengine.report.coverage.html import coverage_html
from policyengine.report.coverage.page import coverage_page
from policyengine.report.coverage.suggestion_file import suggestion_file
from policyengine.report.coverage.words import KINDS
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Coverage
    from policyengine.checks.examples.example import Example
    from policyengine.loading.yaml_nodes import Source
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

Minimum = float | Mapping[Kind, float] | None
"""How much of each kind must be covered, in percent; one number is meant for every kind."""

_MOST = 100
_NO_MINIMUM = Wording(
    "`--cov-min` 须为 0 至 100 的数，或“类别=数”，以逗号分隔 (类别：{kinds})：`{value}`",
    "`--cov-min` is a number from 0 to 100, or KIND=NUMBER separated by commas (kinds: {kinds}), not `{value}`",
)
_TOO_LITTLE = Wording(
    "{policy}：{kind}覆盖 {covered}/{total}，未达到 {least:g}%",
    "{policy}: {covered} of {total} {kind} covered, which is less than {least:g}%",
)


def run_coverage(  # noqa: PLR0913 - one for each option
    examples: Sequence[Example],
    policies: Mapping[str, Policy],
    *,
    output: str,
    lang: Lang,
    minimum: Minimum = None,
    html: str | None = None,
    suggest: str | None = None,
) -> tuple[str, int]:
    """Return what *examples* hold *policies* to in the format *output*, and the exit code.

    Args:
        examples: from the reader of example files.
        policies: by the names that the examples have for them.
        output: `text`, `markdown`, `json` or `html`.
        lang: of the words.
        minimum: below which the exit code tells of findings: every kind of every policy has to reach it.
        html: a file to which the page of HTML is written besides.
        suggest: a new directory, or one without files of their names, for suggested examples, a file for each policy.

    Raises:
        Misuse: a file cannot be written, or is there already.
        MissingExtraError: jinja2 is not installed, and HTML is asked for.
    """
    found = coverage(examples, policies, _sources(policies))
    if html is not None:
        deliver(coverage_html(found, lang), html, lang)
    if suggest is not None:
        write_new(Path(suggest), tuple(_suggested(found, Path(suggest), lang)), lang)
    missed = tuple(_missed(found, least(minimum), lang))
    text = _written(found, output, lang)
    told = "".join(f"{each}\n" for each in missed) if output in {"text", "markdown"} else ""
    return text + (f"\n{told}" if told else ""), FINDINGS if missed else ANSWERED


def least(minimum: Minimum) -> Mapping[Kind, float]:
    """Return by kind how much must be covered; kinds for which nothing is said are left out."""
    if minimum is None:
        return {}
    return minimum if isinstance(minimum, Mapping) else dict.fromkeys(Kind, minimum)


def minima(value: str, lang: Lang) -> Mapping[Kind, float]:
    """Return what `--cov-min` says: `90` for every kind, `boundaries=100,branches=90` for some, `80,rows=100` for both.

    Raises:
        Misuse: no number from 0 to 100, or an unknown kind.
    """
    found: dict[Kind, float] = {}
    for part in value.split(","):
        name, equals, number = part.strip().rpartition("=")
        kinds = [each for each in Kind if not equals or each.value == name.strip()]
        share = _share(number)
        if share is None or not kinds:
            raise Misuse(_NO_MINIMUM.within(lang).format(kinds=", ".join(Kind), value=value))
        found.update(dict.fromkeys(kinds, share))
    return found


def _share(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= _MOST else None


def _written(found: Sequence[Coverage], output: str, lang: Lang) -> str:
    if output == "json":
        return coverage_json(found)
    if output == "html":
        return coverage_html(found, lang)
    return all_written((coverage_page(each, lang) for each in found), output)


def _missed(found: Iterable[Coverage], minima: Mapping[Kind, float], lang: Lang) -> Iterator[str]:
    """Yield which kinds of which policies fall short."""
    for each in found:
        for kind, count in each.counts.items():
            if kind in minima and not count.reaches(minima[kind]):
                yield _TOO_LITTLE.within(lang).format(
                    policy=each.policy.id,
                    kind=KINDS[kind].within(lang),
                    covered=count.covered,
                    total=count.total,
                    least=minima[kind],
                )


def _suggested(found: Iterable[Coverage], folder: Path, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield a file of suggested examples for each policy that has something uncovered."""
    for each in found:
        name = named_from(folder, each.name, each.policy)
        text = suggestion_file(suggestions(each), each, lang, policy=name)
        if text:
            yield f"{each.policy.id}.yaml", text


def _sources(policies: Mapping[str, Policy]) -> Mapping[str, Source]:
    """Return the texts of *policies*, so far as their files hold what was loaded."""
    found = {name: _source(name, policy) for name, policy in policies.items()}
    return {name: source for name, source in found.items() if source is not None}


def _source(name: str, policy: Policy) -> Source | None:
    path = own_file(name) or packaged_policies().get(name)
    source = None if path is None else read_source(_short(path))[0]
    root = None if source is None else parse(source).root
    same = root is not None and json.dumps(plain(root), ensure_ascii=False) == policy.document
    return source if same else None


def _short(path: Path) -> Path:
    """Return *path* from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
