"""A name that is spelt unlike the others of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.loading.places import Path

CODE = "PE717"
_PROVISION, _GAP = Wording("规定", "provision"), Wording("空白", "gap")
_ROLE, _READING, _OPTION = Wording("角色", "role"), Wording("解释问题", "reading"), Wording("选项", "option")


def check(source: LintSource) -> Iterator[Found]:
    """Yield provisions and gaps with `_`, and roles, readings and options with `-`."""
    for kind, section in ((_PROVISION, source.provisions), (_GAP, source.gaps)):
        for placed in section:
            yield from _styled(source, kind, placed.name, (*placed.path, "id"), mark="_")
    header = source.policy.header
    for name in header.roles:
        yield from _styled(source, _ROLE, name, ("roles", name), mark="-")
    for name, reading in header.readings.items():
        yield from _styled(source, _READING, name, ("readings", name), mark="-")
        for option in reading.options:
            yield from _styled(source, _OPTION, option, ("readings", name, "options", option), mark="-")


def _styled(source: LintSource, kind: Wording, name: str, path: Path, *, mark: str) -> Iterator[Found]:
    if mark in name:
        meant = name.replace(mark, "-" if mark == "_" else "_")
        yield source.found(CODE, name, path, key=path[-1] != "id", kind=kind, name=name, mark=mark, suggestion=meant)
