"""A sanction for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.provision import Provision

CODE = "PE731"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the sanctions that, under some reading, wait for nothing and ask nothing."""
    for placed in source.provisions:
        if any(map(_strikes_all, placed.nodes)):
            yield source.found(CODE, placed.name, (*placed.path, "sanction"), key=True, provision=placed.name)


def _strikes_all(provision: Provision) -> bool:
    asked = (provision.upon, provision.when, provision.unless)
    return provision.sanction is not None and all(each is None for each in asked)
