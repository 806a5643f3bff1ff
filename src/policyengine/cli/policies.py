"""`policyengine policies`: the packaged policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Command, output_format, spoken
from policyengine.cli.streams import emit
from policyengine.loading.library import packaged_policies
from policyengine.loading.policy import load_policy
from policyengine.report.json_values import Json, titled, written
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


def run(*, output: str) -> int:
    """List the policies, a line each."""
    policies = [load_policy(path) for path in packaged_policies().values()]
    emit(_text(policies, spoken()) if output == "text" else written({"schema": _SCHEMA, "policies": _values(policies)}))
    return ANSWERED


def _text(policies: Sequence[Policy], lang: Lang) -> str:
    return "".join(
        _LINE.within(lang).format(
            id=each.id,
            title=each.title.within(lang),
            provisions=len(each.provisions),
            readings=len(each.readings),
            versions=", ".join(_period(version, lang) for version in each.header.versions),
        )
        + "\n"
        for each in policies
    )


def _period(version: Version, lang: Lang) -> str:
    start, end = version.in_force.from_, version.in_force.to
    if start is None and end is None:
        return _UNDATED.within(lang)
    return _PERIOD.within(lang).format(start=start or "…", end=end or "…")


def _values(policies: Sequence[Policy]) -> Json:
    return [
        {
            **titled(each.id, each.title),
            "digest": each.digest,
            "provisions": len(each.provisions),
            "readings": list(each.readings),
            "versions": [_dates(version) for version in each.header.versions],
        }
        for each in policies
    ]


def _dates(version: Version) -> Json:
    start, end = version.in_force.from_, version.in_force.to
    return {"from": None if start is None else start.isoformat(), "to": None if end is None else end.isoformat()}


COMMAND = Command(
    "policies",
    Wording("列出自带的规则，每行一个。", "Lists the packaged policies, one a line."),
    [output_format()],
    run,
)
