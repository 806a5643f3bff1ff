"""A policy under chosen readings, laid out for columns: codes, and which provisions they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from policyengine.engine.columns.lowering import Lowered, lower
from policyengine.engine.reference.conditions import same
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.coding import Coding
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.frozen import FrozenMap
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.wording import Wording

MOST_LAYOUTS = 64
"""Kept at a time; another one is laid out again."""


@dataclass(frozen=True, slots=True)
class Column:
    """One provision of the policy under its readings, in the order of the file.

    Args:
        provision: the provision.
        row: its place in the arrays of `Judged`; ``None`` where it is not columnar.
        why: why it is not; ``None`` where it is.
    """

    provision: Provision
    row: int | None
    why: Wording | None

    @property
    def columnar(self) -> bool:
        """Tell whether columns can answer it at all."""
        return self.row is not None


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How cases become integers, and what answers them.

    Args:
        policy: the policy.
        readings: an option for each of its readings.
        scope: which of its provisions are asked.
        types: by event type, its code.
        facts: by fact that a columnar provision asks, its coding, in the order of `Chunk.facts`.
        roles: what `Judged.bearer` holds places of.
        attributes: the attributes, `by` and `to` that patterns ask of an event.
        columns: a column for each provision under the readings and scope.
        program: what the kernels run.
        clock: the zone and the calendar.
    """

    policy: Policy
    readings: Mapping[str, str]
    scope: Literal["case", "agency"]
    types: Mapping[str, int]
    facts: Mapping[str, Coding]
    roles: tuple[str, ...]
    attributes: tuple[str, ...]
    columns: tuple[Column, ...]
    program: npt.NDArray[np.int64] = field(repr=False)
    clock: npt.NDArray[np.int64] = field(repr=False)
    bits: tuple[tuple[str, Atom | None], ...] = field(repr=False)

    @property
    def rows(self) -> tuple[Provision, ...]:
        """Return the columnar provisions, in the order of the arrays of `Judged`."""
        return tuple(each.provision for each in self.columns if each.columnar)

    def attribute_bits(self, attribute: str, value: FactValue) -> int:
        """Return what an event whose *attribute* (or `by`, or `to`) is *value* adds to `Chunk.attributes`.

        To be asked for each of `attributes`; ``None``, and nobody in `to`, say that the event lacks it (S24).
        """
        if value is None or (attribute == "to" and not value):
            return sum(
                1 << place for place, (name, asked) in enumerate(self.bits) if name == attribute and asked is None
            )
        items = value if isinstance(value, tuple) else (value,)
        return sum(
            1 << place
            for place, (name, asked) in enumerate(self.bits)
            if name == attribute and any(same(each, asked) for each in items)
        )


def layout(
    policy: Policy, readings: Mapping[str, str] | None = None, scope: Literal["case", "agency"] = "case"
) -> Layout:
    """Return how cases of *scope* under *policy* become integers. Laid out once, and kept.

    Raises:
        ReadingError: a reading or option that the policy does not have.
    """
    return _laid_out(policy, choose(policy, readings), scope)


@lru_cache(maxsize=MOST_LAYOUTS)
def _laid_out(policy: Policy, readings: FrozenMap[str], scope: Literal["case", "agency"]) -> Layout:
    found: Lowered = lower(policy, readings, scope)
    rows = {each.id: row for row, each in enumerate(found.provisions)}
    columns = tuple(Column(each, rows.get(each.id), found.why.get(each.id)) for each in found.asked)
    return Layout(
        policy=policy,
        readings=readings,
        scope=scope,
        types=found.types,
        facts=found.facts,
        roles=found.roles,
        attributes=tuple(dict.fromkeys(name for name, _ in found.bits)),
        columns=columns,
        program=found.program,
        clock=found.clock,
        bits=found.bits,
    )
