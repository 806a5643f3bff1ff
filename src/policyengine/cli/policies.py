"""`policyengine policies`: the packaged policies; or everything that one policy says, for people who read no YAML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Command, page_format, spoken
from policyengine.cli.inputs import Policies
from policyengine.cli.streams import emit
from policyengine.errors import LoadError
from policyengine.loading.library import packaged_policies
from policyengine.loading.policy import load_policy
from policyengine.report.json_values import Json, titled, written
from policyengine.report.regulation import regulation_markdown
from policyengine.report.regulation.markup import code, inline, items
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.model.policy import Policy, Version

_SCHEMA = "policyengine/policies/1"
_LINE = Wording(
    "{id}：{title}；规定 {provisions} 条，解释问题 {readings} 个，版本：{versions}",
    "{id}: {title}; {provisions} provisions, {readings} readings, in force: {versions}",
)
_UNDATED = Wording("未注明日期", "undated")
_PERIOD = Wording("{start} 至 {end}", "{start} to {end}")


def run(*, policy: str | None, output: str) -> int:
    """List the packaged policies, a line each; or tell everything that *policy* says."""
    lang = spoken()
    if policy is None:
        packaged = [load_policy(path) for path in packaged_policies().values()]
        emit(_listed(packaged, output, lang))
        return ANSWERED
    found, faults = Policies().read(policy)
    if found is None:
        raise LoadError(faults)
    emit(_json([found]) if output == "json" else regulation_markdown(found, lang))
    return ANSWERED


def _listed(policies: Sequence[Policy], output: str, lang: Lang) -> str:
    if output == "json":
        return _json(policies)
    if output == "markdown":
        return "".join(f"{line}\n" for line in items(_line(each, lang, markdown=True) for each in policies))
    return "".join(f"{_line(each, lang)}\n" for each in policies)


def _line(policy: Policy, lang: Lang, *, markdown: bool = False) -> str:
    title = policy.title.within(lang)
    return _LINE.within(lang).format(
        id=code(policy.id) if markdown else policy.id,
        title=inline(title) if markdown else title,
        provisions=len(policy.provisions),
        readings=len(policy.readings),
        versions=", ".join(_period(version, lang) for version in policy.header.versions),
    )


def _period(version: Version, lang: Lang) -> str:
    start, end = version.in_force.from_, version.in_force.to
    if start is None and end is None:
        return _UNDATED.within(lang)
    return _PERIOD.within(lang).format(start=start or "…", end=end or "…")


def _json(policies: Sequence[Policy]) -> str:
    entries: list[Json] = [
        {
            **titled(each.id, each.title),
            "digest": each.digest,
            "provisions": len(each.provisions),
            "readings": list(each.readings),
            "versions": [_dates(version) for version in each.header.versions],
        }
        for each in policies
    ]
    return written({"schema": _SCHEMA, "policies": entries})


def _dates(version: Version) -> Json:
    start, end = version.in_force.from_, version.in_force.to
    return {"from": None if start is None else start.isoformat(), "to": None if end is None else end.isoformat()}


COMMAND = Command(
    "policies",
    Wording(
        "列出自带的规则，每行一个；写明规则的，说明该规则的全部内容：时限、义务、解释问题、空白，不必读 YAML。\n"
        "一个规则的文字即 Markdown；JSON 为该规则在列表中的一项。",
        "Lists the packaged policies, one a line; of one policy, tells everything that it says (limits, duties,\n"
        "readings, gaps), for readers of no YAML. Its text is Markdown; its JSON is its entry of the list.",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
            required=False,
        ),
        page_format(),
    ],
    run,
)
