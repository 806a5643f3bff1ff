"""What the policies' vocabularies say of one value, asked once for each value and not for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.case import Case, Event
from policyengine.prepare.log import case_faults
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.diagnostics import Diagnostic
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import FactType

_OF_TYPES = "PE205"
_START = Instant(0)


class Checker:
    """Asks whether names and values can stand in a case that these policies judge side by side."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        """Ask the vocabularies of *policies*; what one of them knows may stand in the case (S31)."""
        self._policies = tuple(policies)
        self.facts = {name for each in policies for name in each.vocabulary.facts}
        self.attributes = {name for each in policies for name in each.vocabulary.attributes}
        self.types = {name for each in policies for name in each.vocabulary.event_types}

    def of_type(self, name: str) -> tuple[Diagnostic, ...]:
        """Return what is wrong with an event of the type *name*."""
        return self._faults(Case("", events=[Event("e", name, _START)]))

    def of_role(self, name: str) -> tuple[Diagnostic, ...]:
        """Return what is wrong with an event by the role *name*."""
        return self._without_type(Event("e", "e", _START, by=name))

    def of_value(self, part: str, name: str, value: FactValue) -> tuple[Diagnostic, ...]:
        """Return what is wrong with *value* for the fact *name*, or for the attribute where *part* is `attributes`."""
        if part == "attributes":
            return self._without_type(Event("e", "e", _START, attributes={name: value}))
        return self._faults(Case("", facts={name: value}))

    def _without_type(self, event: Event) -> tuple[Diagnostic, ...]:
        return tuple(each for each in self._faults(Case("", events=[event])) if each.code != _OF_TYPES)

    def _faults(self, case: Case) -> tuple[Diagnostic, ...]:
        policies = self._policies
        return tuple(dict.fromkeys(each for policy in policies for each in case_faults(policy, case, policies)))

    def free(self, part: str, name: str) -> str | None:
        """Return `number` or `text` where any such single value will do for *name*, under every policy that has it."""
        kinds = {_free(each) for each in self._kinds(part, name)}
        return kinds.pop() if len(kinds) == 1 else None

    def _kinds(self, part: str, name: str) -> list[FactType]:
        tables = (
            each.vocabulary.attributes if part == "attributes" else each.vocabulary.facts for each in self._policies
        )
        return [table[name] for table in tables if name in table]


def _free(kind: FactType) -> str | None:
    return None if kind.many or kind.scale is not None or kind.choices is not None else kind.type
