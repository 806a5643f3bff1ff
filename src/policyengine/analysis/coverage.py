"""Whether what one side demands covers a demand of another: decided from the norms, for every course of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from policyengine.analysis.bound import count_alike, know_alike, obliges, same, same_role, starts, watch_alike
from policyengine.analysis.limits import Anchored, Span, late_after
from policyengine.engine.reference.limits import counted_by, length
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.analysis.bound import Bound
    from policyengine.model.deadline import Deadline
    from policyengine.model.happening import Happening, Until
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant


class Shortfall(IntEnum):
    """In what a demand is not covered, from having nothing at all to having nearly everything."""

    MISSING = 0
    """Nothing is demanded about the act from that trigger on."""
    STRENGTH = 1
    """It is demanded in principle only."""
    ACT = 2
    """By other means, to somebody else, or not in person."""
    ENDING = 3
    """The duty ends, or is waived, where the other goes on."""
    RECURRENCE = 4
    """One act does where the other asks for one each time, or for acting all along."""
    ANCHOR = 5
    """The limit counts from something else, or is of another form."""
    LIMIT = 6
    """The limit can end later, or there is none."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a demand is covered.

    Args:
        shortfall: in what it is not; ``None`` where it is covered.
        anchor: an anchor after which the limits that should cover it all end later.
        announced_only: whether it is covered for the announced period of the calendar only.
    """

    shortfall: Shortfall | None
    anchor: Instant | None = None
    announced_only: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether it is covered."""
        return self.shortfall is None


_COVERED = Coverage(None)
TRIGGER = "trigger"
"""What a limit counts from, where that is what the duty waits for."""


def coverage(candidates: Iterable[Bound], other: Bound, trigger: Happening | None) -> Coverage:
    """Return whether *candidates*, which all apply, cover *other* from *trigger* on.

    Covered means: at every instant, somebody who is under the candidates is found to owe, to have departed from, or to
    have violated no less about the act than somebody who is under *other* (see :mod:`policyengine.analysis.degrees`).
    That is claimed of cases whose facts are known and stay as they are, whose events say all that is asked of them,
    during which both policies are in force, and in which nothing that starts or ends a candidate came before *trigger*.
    Within them anything may happen.

    Who bears a duty is not compared: which office of one agency stands for which of another is no matter of their
    texts. Whose own act it must be is compared, by name.

    That something is not covered claims nothing: a case has to show it.
    """
    if other.provision.strength is Strength.MAY:
        return _COVERED
    own = tuple(candidates)
    if any(same(each, other) for each in own):
        return _COVERED
    if not obliges(other.provision):
        return _forbidden(own, other, trigger)
    kinds = other.side.vocabulary.kinds(other.provision.act)
    steps: tuple[tuple[Shortfall, Callable[[Bound], bool]], ...] = (
        (Shortfall.MISSING, lambda each: each.provision.act in kinds and starts(each, trigger, other)),
        (Shortfall.STRENGTH, lambda each: other.provision.strength in {each.provision.strength, Strength.SHOULD}),
        (Shortfall.ACT, lambda each: _serves(each, other)),
        (Shortfall.ENDING, lambda each: _lasts(each, other)),
        (Shortfall.RECURRENCE, lambda each: _recurs(each, other)),
        (Shortfall.ANCHOR, lambda each: _counts_no_more(each, other, trigger)),
    )
    left = tuple(each for each in own if obliges(each.provision))
    for shortfall, passes in steps:
        left = tuple(each for each in left if passes(each))
        if not left:
            return Coverage(shortfall)
    return _in_time(left, other, trigger)


def _serves(own: Bound, other: Bound) -> bool:
    """Tell whether every act that performs *own* performs *other*, as far as more than its type is asked."""
    mine, its = own.provision, other.provision
    by_means = its.means is None or (mine.means is not None and set(mine.means) <= set(its.means))
    to_them = its.to is None or mine.to == its.to
    by_them = bool(mine.in_person) and mine.bearer == its.bearer and same_role(own.side, other.side, its.bearer)
    return by_means and to_them and (not its.in_person or by_them)


def _lasts(own: Bound, other: Bound) -> bool:
    """Tell whether *own* ends, is waived and is out of force only where *other* is."""
    mine, its = own.provision, other.provision
    waived = all(each in (its.waived_by or ()) for each in mine.waived_by or ())
    alike = mine.in_force == its.in_force and (mine.upon is None) == (its.upon is None)
    in_force = mine.in_force is None or (alike and own.side.policy.zone == other.side.policy.zone)
    return waived and in_force and _ends_within(own, mine.until, its.until)


def _ends_within(own: Bound, mine: Until | None, its: Until | None) -> bool:
    if mine is None:
        return True
    if its is None:
        return False
    kinds = own.side.vocabulary.kinds

    def one_of(name: str, wide: Iterable[str]) -> bool:
        return any(name in kinds(each) for each in wide)

    if its.any_ is not None:
        return (
            all(one_of(each, its.any_) for each in mine.any_)
            if mine.any_ is not None
            else any(one_of(each, its.any_) for each in mine.all_ or ())
        )
    ends = mine.all_ or (mine.any_ if mine.any_ is not None and len(mine.any_) == 1 else ())
    return bool(ends) and all(any(name in kinds(wide) for name in ends) for wide in its.all_ or ())


def _recurs(own: Bound, other: Bound) -> bool:
    """Tell whether *own* asks for an act as often as *other*; a duty with a key takes only what shares its values."""
    mine, its = own.provision, other.provision
    if its.key not in {None, mine.key} or (its.each and not mine.each):
        return False
    if its.standing or mine.standing:
        return bool(mine.standing) and its.every is None
    if mine.every is not None or its.every is not None:
        return (mine.every, mine.late) == (its.every, its.late) and count_alike(own.side, other.side)
    return True


def _counts_no_more(own: Bound, other: Bound, trigger: Happening | None) -> bool:
    """Tell whether *own* takes no act that came before *other* takes any: before the trigger and its anchors (S24)."""
    theirs = {*(_anchor(other, each, trigger) for each in _singles(other)), TRIGGER}
    alike = watch_alike(own.side, other.side, own.provision.anchors())
    return alike and all(_anchor(own, each, trigger) in theirs for each in _singles(own))


def _singles(one: Bound) -> tuple[Deadline, ...]:
    return one.provision.deadline.singles() if one.provision.deadline is not None else ()


def _in_time(own: Sequence[Bound], other: Bound, trigger: Happening | None) -> Coverage:
    """Return whether the limits of *own* together are never later than that of *other*."""
    deadline = other.provision.deadline
    if deadline is None or deadline.promptly or other.provision.standing:
        return _COVERED  # it is owed, and no instant makes it late
    if any(each.provision.deadline == deadline and _counts_alike(each, other) for each in own):
        return _COVERED
    single = deadline.limbs or (deadline,)
    found = [
        _single_in_time(own, other, each, trigger) for each in single if deadline.latest is None or each.when is None
    ]
    if deadline.latest is not None:
        return min(found, key=_badness, default=Coverage(Shortfall.ANCHOR))
    return max(found, key=_badness)


def _badness(one: Coverage) -> tuple[bool, bool]:
    return (not one.holds, one.announced_only)


def _counts_alike(one: Bound, other: Bound) -> bool:
    """Tell whether limits written alike are counted alike, from the same things."""
    conditions = [each.when for each in _singles(other) if each.when is not None]
    return (
        one.provision.key == other.provision.key
        and count_alike(one.side, other.side)
        and watch_alike(one.side, other.side, other.provision.anchors())
        and know_alike(one.side, other.side, conditions)
    )


def _single_in_time(own: Sequence[Bound], other: Bound, limb: Deadline, trigger: Happening | None) -> Coverage:
    if limb.limbs or limb.promptly:
        return Coverage(Shortfall.ANCHOR)
    if limb.before is not None:
        kinds = other.side.vocabulary.kinds
        early = (each.before for one in own if one.provision.key is None for each in _limbs(one))
        return _COVERED if any(limb.before in kinds(each) for each in early if each) else Coverage(Shortfall.LIMIT)
    anchor = _anchor(other, limb, trigger)
    numbered = [(one, each) for one in own for each in _limbs(one) if each.within is not None]
    alike = [
        (one, each)
        for one, each in numbered
        if _anchor(one, each, trigger) == anchor
        and (each.of is None or watch_alike(one.side, other.side, (each.of,)))
        and (anchor == TRIGGER or one.provision.key == other.provision.key)
    ]
    if not alike:
        return Coverage(Shortfall.ANCHOR if numbered else Shortfall.LIMIT)
    later = late_after([_span(one, each) for one, each in alike], _span(other, limb))
    if later is None:
        return Coverage(Shortfall.ANCHOR)
    if later.anchor is not None:
        return Coverage(Shortfall.LIMIT, later.anchor)
    return Coverage(None, announced_only=later.announced_only)


def _limbs(one: Bound) -> Iterator[Deadline]:
    """Yield the single limits of which the earliest that applies is a limit of the duty for certain."""
    deadline = one.provision.deadline
    if deadline is None or deadline.promptly or deadline.latest is not None:
        return
    yield from (each for each in deadline.limbs or (deadline,) if each.when is None and not each.limbs)


def _span(one: Bound, deadline: Deadline) -> Anchored:
    policy = one.side.policy
    span = Span(length(deadline.within), counted_by(one.side.counting, deadline))
    return Anchored(span, policy.calendar, policy.zone)


def _anchor(one: Bound, deadline: Deadline, trigger: Happening | None) -> Happening | str:
    """Return what a limit counts from; the trigger too is the first of its type, if that is all that is asked of it."""
    of = deadline.of
    if of is None:
        return TRIGGER
    plain = trigger is not None and of == trigger and of.event is not None and not of.where and not one.provision.each
    return TRIGGER if plain else of


def _forbidden(own: Sequence[Bound], other: Bound, trigger: Happening | None) -> Coverage:
    """Return whether the prohibitions among *own* forbid all that *other* forbids, as long as it does."""
    steps: tuple[tuple[Shortfall, Callable[[Bound], bool]], ...] = (
        (Shortfall.MISSING, lambda each: starts(each, trigger, other)),
        (Shortfall.ACT, lambda each: _forbids(each, other)),
        (Shortfall.ENDING, lambda each: _lasts(each, other)),
        (Shortfall.RECURRENCE, lambda each: _forbids_of_key(each.provision, other.provision)),
        (Shortfall.RECURRENCE, lambda each: not other.provision.each or _renewed(each.provision)),
    )
    left = tuple(each for each in own if each.provision.strength is Strength.MUST_NOT)
    for shortfall, passes in steps:
        left = tuple(each for each in left if passes(each))
        if not left:
            return Coverage(shortfall)
    return _COVERED


def _forbids_of_key(own: Provision, other: Provision) -> bool:
    """Tell whether *own* forbids what shares no key as well, and is not ended by what shares none."""
    return own.key == other.key or (own.key is None and own.until is None)


def _renewed(provision: Provision) -> bool:
    """Tell whether a prohibition is there again each time, or is always there."""
    return bool(provision.each) or (provision.until is None and provision.in_force is None)


def _forbids(own: Bound, other: Bound) -> bool:
    """Tell whether *own* forbids everything that *other* forbids, to everybody to whom that does."""
    mine, its = own.provision, other.provision
    everybody = mine.bearer is None
    alike = mine.bearer == its.bearer and same_role(own.side, other.side, its.bearer)
    wide = its.act in own.side.vocabulary.kinds(mine.act)
    return wide and (everybody or alike) and mine.means in {None, its.means} and mine.to in {None, its.to}
