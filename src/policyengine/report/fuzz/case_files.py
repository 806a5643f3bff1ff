"""The cases that break laws: as files that `policyengine evaluate` reads."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report.case_files import case_file, case_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.model.case import Case
    from policyengine.report.fuzz.fuzzed import Broken, Fuzzed, Tried
    from policyengine.report.json_values import Json


def case_files(fuzzed: Fuzzed, policy: str) -> Iterator[tuple[str, str]]:
    """Yield a name and the text of a file for every case that breaks a law, in order; each has a name of its own.

    Args:
        fuzzed: with the cases.
        policy: how the files name the policy: by id, or by its path from where they stand.
    """
    for each in fuzzed.broken:
        if each.broken is not None and each.broken.case is not None:
            name = _name(fuzzed, each)
            head = (each.broken.told.partition("\n")[0], _command(f"{name}.yaml", each.broken))
            yield f"{name}.yaml", case_file(_named(each.broken, name, policy), fuzzed.policy.zone, head=head)


def broken_case_json(fuzzed: Fuzzed, tried: Tried, broken: Broken) -> Json:
    """Return the case that breaks a law as its file has it; ``None`` for a law about policies alone."""
    if broken.case is None:
        return None
    return case_json(_named(broken, _name(fuzzed, tried), fuzzed.policy.id), fuzzed.policy.zone)


def _name(fuzzed: Fuzzed, tried: Tried) -> str:
    return f"{fuzzed.policy.id}-{tried.law.lower()}"


def _named(broken: Broken, name: str, policy: str) -> Case:
    if broken.case is None:
        raise TypeError
    return replace(broken.case, id=name, policies=(policy,), as_of=broken.as_of)


def _command(file: str, broken: Broken) -> str:
    chosen = [word for name, option in (broken.readings or {}).items() for word in ("--reading", f"{name}={option}")]
    return shlex.join(["policyengine", "evaluate", file, *chosen])
