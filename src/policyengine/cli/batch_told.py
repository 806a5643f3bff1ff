"""What `batch` says: what it did, and what is wrong with the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policyengine.report.diagnostics import diagnostics_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.batch.coverage import PolicyCoverage
    from policyengine.batch.evaluating import Written
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_TITLE = Wording("批量判断", "Batch of cases")
_CASES = Wording(
    "案件：{cases}；已判断 {answered}，搁置 {kept_back}；事件：{events}",
    "cases: {cases}; answered {answered}, kept back {kept_back}; events: {events}",
)
_ROWS = Wording(
    "义务：{duties}；空白和转引：{gaps}；问题：{faults}", "duties: {duties}; gaps: {gaps}; faults: {faults}"
)
_POLICY = Wording("依据：{title} ({id})", "Held to: {title} ({id})")
_WAYS = Wording("  按列判断 {columns}，逐案判断 {alone}", "  {columns} in columns, {alone} case by case")
_WHY = Wording("    {count}：{why}", "    {count}: {why}")
_PROVISION = Wording("    {provision}：{why}", "    {provision}: {why}")
_WRITTEN = Wording("写入：{names}", "written: {names}")
_COMMA = Wording("、", ", ")
_FAULT = Wording("{table}:{row}{column}：错误 {code}：{message}", "{table}:{row}{column}: error {code}: {message}")
_COLUMN = Wording("，列 `{name}`", " (`{name}`)")
_MORE = Wording("仅列出前 {most} 处，其余见问题表", "these are the first {most}; the table of faults has the others")


def summary(policies: Sequence[Policy], found: Written, files: Sequence[str], lang: Lang) -> str:
    """Return what was judged, how, and what was written."""
    return "\n".join(_lines(policies, found, files, lang)) + "\n"


def _lines(policies: Sequence[Policy], found: Written, files: Sequence[str], lang: Lang) -> Iterator[str]:
    coverage = found.coverage
    yield _TITLE.within(lang)
    yield _CASES.within(lang).format(
        cases=f"{coverage.cases:,}",
        answered=f"{coverage.answered:,}",
        kept_back=f"{coverage.kept_back:,}",
        events=f"{coverage.events:,}",
    )
    yield _ROWS.within(lang).format(duties=f"{found.duties:,}", gaps=f"{found.gaps:,}", faults=f"{coverage.faults:,}")
    for each in policies:
        yield _POLICY.within(lang).format(title=each.title.within(lang), id=each.id)
        part = coverage.policies.get(each.id)
        if part is not None:
            yield from _ways(part, lang)
    yield _WRITTEN.within(lang).format(names=_COMMA.within(lang).join(files))


def _ways(part: PolicyCoverage, lang: Lang) -> Iterator[str]:
    from policyengine.batch.coverage import WHY, Why

    alone = sum(part.alone.values())
    yield _WAYS.within(lang).format(columns=f"{part.in_columns:,}", alone=f"{alone:,}")
    for why, count in part.alone.items():
        yield _WHY.within(lang).format(count=f"{count:,}", why=WHY[Why(why)].within(lang))
        if why == Why.PROVISIONS:
            for name, reason in part.others.items():
                yield "  " + _PROVISION.within(lang).format(provision=name, why=reason.within(lang))


def faults_told(found: Written, lang: Lang) -> str:
    """Return the first faults of rows, a line each, and the remarks; empty where there are none."""
    remarks = diagnostics_text(found.remarks, lang) if found.remarks else ""
    lines = [_fault(each, lang) for each in found.faults]
    if found.coverage.faults > len(lines):
        lines.append(_MORE.within(lang).format(most=len(lines)))
    return remarks + "".join(f"{line}\n" for line in lines)


def _fault(row: Mapping[str, Any], lang: Lang) -> str:
    column = _COLUMN.within(lang).format(name=row["column"]) if row["column"] else ""
    return _FAULT.within(lang).format(
        table=row["table"],
        row=row["row"],
        column=column,
        code=row["code"],
        message=row[f"message_{lang}"],
    )
