"""How the duties of open cases stand, in few words, and what has moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyengine.model.assessment import Assessment, Duty, Status
    from policyengine.model.provision import Strength
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Position:
    """How one duty of one open case stands. `answer` has the whole of it, with its clause and what it rests on.

    Args:
        case, policy, provision, instance: what tells the duty from all others.
        strength, act, status, bearer, owed, violated_at: as in the case's answer.
        due, due_inclusive, late_from, provisional: its limit; ``None`` and false without one.
    """

    case: str
    policy: str
    provision: str
    instance: str | None
    strength: Strength
    act: str
    status: Status
    bearer: str | None
    owed: bool | None
    violated_at: Instant | None
    due: Instant | None
    due_inclusive: bool
    late_from: Instant | None
    provisional: bool

    @property
    def name(self) -> tuple[str, str, str | None]:
        """Return what tells the duty from the others of its case."""
        return self.policy, self.provision, self.instance


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of one duty since changes were last asked for.

    Args:
        before: how it stood then; ``None`` when there was no such duty.
        after: how it stands; ``None`` when there is no such duty any more, as an event was corrected or retracted.
    """

    before: Position | None
    after: Position | None

    @property
    def case(self) -> str:
        """Return the id of the case."""
        return self._either.case

    @property
    def policy(self) -> str:
        """Return the id of the policy."""
        return self._either.policy

    @property
    def provision(self) -> str:
        """Return the id of the provision."""
        return self._either.provision

    @property
    def instance(self) -> str | None:
        """Return what tells the duty from the provision's others."""
        return self._either.instance

    @property
    def limit_moved(self) -> bool:
        """Tell whether the duty was there before, is there now, and has another limit."""
        if self.before is None or self.after is None:
            return False
        return self.before.late_from != self.after.late_from

    @property
    def _either(self) -> Position:
        found = self.after or self.before
        if found is None:  # pragma: no cover - a change has at least one side
            raise AssertionError
        return found


Positions = tuple[Position, ...]


def positions(answers: Iterable[Assessment], known: Positions = ()) -> Positions:
    """Return how the duties of one case stand, in the order of *answers*; what stands as it did is the *known* one."""
    earlier = {each.name: each for each in known}
    found = (_position(answer, duty) for answer in answers for duty in answer.duties if duty.exists)
    return tuple(old if (old := earlier.get(each.name)) == each else each for each in found)


def changes(before: Positions, after: Positions) -> Iterator[Change]:
    """Yield what differs between two times, in the order of the policies; what is gone comes last."""
    earlier = {each.name: each for each in before}
    for each in after:
        old = earlier.pop(each.name, None)
        if old != each:
            yield Change(old, each)
    yield from (Change(each, None) for each in earlier.values())


def owed(found: Positions) -> Iterator[tuple[int, Position]]:
    """Yield what is owed by a limit, each with the first microsecond that is late."""
    for each in found:
        if each.owed and each.late_from is not None:
            yield each.late_from.micros, each


def _position(answer: Assessment, duty: Duty) -> Position:
    limit = duty.limit
    return Position(
        case=answer.case,
        policy=answer.policy,
        provision=duty.provision,
        instance=duty.instance,
        strength=duty.strength,
        act=duty.act,
        status=duty.status,
        bearer=duty.bearer,
        owed=duty.owed,
        violated_at=duty.violated_at,
        due=None if limit is None else limit.due,
        due_inclusive=limit is not None and limit.due_inclusive,
        late_from=None if limit is None else limit.late_from,
        provisional=limit is not None and limit.provisional,
    )
