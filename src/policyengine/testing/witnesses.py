"""The case that breaks a law, as a case file with the command that judges it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.loading.library import packaged_policies
from policyengine.report.case_files import case_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question


@dataclass(frozen=True, slots=True)
class Witness:
    """A file behind a failure, that is not written yet.

    Args:
        name: of the file.
        text: what it is to hold.
        options: for a case, what `policyengine evaluate` is given besides the file, so that it asks the same; ``None``
            for a policy.
    """

    name: str
    text: str
    options: tuple[str, ...] | None = None

    def commands(self, file: str) -> tuple[str, ...]:
        """Return what judges the case, where it stands in *file*."""
        return () if self.options is None else (shlex.join(["policyengine", "evaluate", file, *self.options]),)

    def note(self) -> str:
        """Return what a failure says of it: all that it would hold."""
        return f"To be saved as {self.name}:\n\n{self.text}"

    def written(self, folder: Path) -> str:
        """Write it into *folder*, in place of an older one, and return what a failure says of it."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        path.write_text(self.text, encoding="utf-8", newline="\n")
        return "\n  ".join((f"Saved as {path}", *self.commands(str(path))))


def witness(policy: Policy, asked: Question, law: str, *, told: str = "", named: str | None = None) -> Witness:
    """Return the case behind *asked* as a file that asks the same.

    Args:
        policy: that it is about.
        asked: with the case, the instant and the options chosen.
        law: what is broken, as a word of the file's name.
        told: how it is broken; its first line stands in the file.
        named: how the file names the policy: by a path from where it stands, or by an id. Unless given, by its id
            where it is packaged; otherwise the file names none and the command does, by the file name that the policy
            would have, were it called by its id.
    """
    name = f"{policy.id}-{law.lower()}"
    home = policy.id if named is None and policy.id in packaged_policies() else named
    found = Witness(f"{name}.yaml", "", tuple(_options(policy, asked.readings, named=home)))
    case = replace(asked.case, id=name, policies=() if home is None else (home,), as_of=asked.as_of)
    head = [line for line in (told.partition("\n")[0], *found.commands(found.name)) if line]
    return replace(found, text=case_file(case, policy.zone, head=head))


def _options(policy: Policy, readings: Mapping[str, str], *, named: str | None) -> Iterator[str]:
    if named is None:
        yield from ("--policy", f"{policy.id}.yaml")
    for name, option in readings.items():
        if option != policy.readings[name].default:
            yield from ("--reading", f"{name}={option}")
