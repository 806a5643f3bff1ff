"""Limits with a number, and what they run from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import LintSource, Placed
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Provision


def counted_from_trigger(source: LintSource) -> Iterator[tuple[Placed[Provision], Provision]]:
    """Yield each provision, in one of its forms, that has a limit in numbers without `of` and without a reading."""
    for placed in source.provisions:
        node = next((each for each in placed.nodes if _starts_at_trigger(each)), None)
        if node is not None and not source.reads((*placed.path, "deadline")):
            yield placed, node


def _starts_at_trigger(provision: Provision) -> bool:
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    return any(single.within is not None and single.of is None for single in singles)


def shown_triggers(triggers: Iterable[Happening]) -> str:
    """Return *triggers* as a message shows them: events, or the provisions whose outcome is waited for."""
    names = [name for each in triggers for name in _names(each)]
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def _names(happening: Happening) -> tuple[str, ...]:
    outcome = happening.outcome()
    return (happening.event or "",) if outcome is None else outcome[1]
