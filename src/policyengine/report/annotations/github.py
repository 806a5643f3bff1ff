"""Annotations for GitHub Actions: workflow commands that mark lines of a change, and the summary of a job.

GitHub shows at most ten annotations of a grade in one step, and takes at most 1 MiB of summary from it. So the gravest
come first, and what finds no place is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.report.annotations import words
from policyengine.report.annotations.annotation import Annotation, Grade
from policyengine.report.annotations.places import slashed
from policyengine.report.markdown import escaped
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.wording import Lang

MOST = 10
"""So many annotations of one grade GitHub shows for a step."""
LONGEST_SUMMARY = 1_000_000
"""Bytes of a summary; GitHub takes 1,048,576 from a step, and refuses all of it beyond that."""
_RESERVED = 1_000
"""Bytes kept for the line that says how much was left out."""
_COMMAND: Mapping[Grade, str] = MappingProxyType({Grade.ERROR: "error", Grade.WARNING: "warning", Grade.NOTE: "notice"})


def github(annotations: Iterable[Annotation], lang: Lang) -> Iterator[str]:
    """Yield a workflow command for each of *annotations* that GitHub would show, the gravest first.

    What is suppressed or known from before is left out; what is beyond GitHub's limit is counted in a last notice.
    Within a grade the order is that of *annotations*.
    """
    shown: dict[Grade, list[Annotation]] = {each: [] for each in Grade}
    more: Counter[Grade] = Counter()
    for each in annotations:
        if not each.counts:
            continue
        # The last notice is ours.
        most = MOST - 1 if each.grade is Grade.NOTE else MOST
        if len(shown[each.grade]) < most:
            shown[each.grade].append(each)
        else:
            more[each.grade] += 1
    for found in shown.values():
        yield from (f"{_command(each)}\n" for each in found)
    if more:
        told = words.AND_MORE.within(lang).format(counts=counted(more, lang), most=MOST)
        yield f"::notice title={_property(words.NOT_SHOWN.within(lang))}::{_data(told)}\n"


def counted(numbers: Mapping[Grade, int], lang: Lang) -> str:
    """Return how many there are of each grade, such as `2 errors, 1 warning`; empty where there are none."""
    told = (
        words.COUNTED[each][numbers.get(each, 0) != 1].within(lang).format(n=numbers[each])
        for each in Grade
        if numbers.get(each, 0)
    )
    return words.BETWEEN.within(lang).join(told)


def job_summary(title: str, figures: Sequence[tuple[str, str]], annotations: Iterable[Annotation], lang: Lang) -> str:
    """Return the summary of a job as Markdown of at most 1 MB: figures, then findings, the gravest first.

    Args:
        title: what was checked.
        figures: names with what they come to, as text.
        annotations: what was found; what is suppressed or known from before is left out.
        lang: the language of the texts.
    """
    head = f"## {escaped(title)}\n\n"
    if figures:
        head += "| | |\n|---|--:|\n" + "".join(f"| {escaped(name)} | {escaped(value)} |\n" for name, value in figures)
        head += "\n"
    rows, more = _rows(annotations, LONGEST_SUMMARY - _RESERVED - _size(head), lang)
    if not rows and not more:
        return f"{head}{words.NOTHING.within(lang)}\n"
    names = (words.GRADE_COLUMN, words.TITLE_COLUMN, words.PLACE_COLUMN, words.MESSAGE_COLUMN)
    table = f"| {' | '.join(each.within(lang) for each in names)} |\n|---|---|---|---|\n"
    left = words.LEFT_OUT.within(lang).format(counts=counted(more, lang))
    return "".join((head, f"### {words.FINDINGS.within(lang)}\n\n", table, *rows, f"\n{left}\n" if more else ""))


def _rows(annotations: Iterable[Annotation], room: int, lang: Lang) -> tuple[list[str], Counter[Grade]]:
    """Return the rows that *room* bytes can take, the gravest first, and how many findings there are beyond them."""
    held: dict[Grade, list[str]] = {each: [] for each in Grade}
    sizes: Counter[Grade] = Counter()
    more: Counter[Grade] = Counter()
    for each in annotations:
        if not each.counts:
            continue
        row = _row(each, lang)
        sizes[each.grade] += _size(row)
        if sizes[each.grade] <= room:
            held[each.grade].append(row)
        else:
            more[each.grade] += 1
    shown: list[str] = []
    for grade, rows in held.items():
        for row in rows:
            room -= _size(row)
            if room >= 0:
                shown.append(row)
            else:
                more[grade] += 1
    return shown, more


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _row(annotation: Annotation, lang: Lang) -> str:
    place = "" if annotation.span is None else f"{slashed(annotation.span.file)}:{annotation.span.line}"
    cells = (words.GRADE[annotation.grade].within(lang), annotation.title, place, annotation.message)
    return f"| {' | '.join(map(escaped, cells))} |\n"


def _command(annotation: Annotation) -> str:
    properties = {} if annotation.span is None else _place(annotation.span)
    properties["title"] = _lines(annotation.title)
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMAND[annotation.grade]} {told}::{_data(_lines(annotation.message))}"


def _place(span: Span) -> dict[str, str]:
    """Return where *span* is; GitHub takes columns within one line alone, and the last one is exclusive."""
    place = {"file": slashed(span.file), "line": str(span.line)}
    if span.end_line != span.line:
        return {**place, "endLine": str(span.end_line)}
    columns = {"col": str(span.column), "endColumn": str(max(span.column, span.end_column))}
    return {**place, "endLine": str(span.line), **columns}


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
