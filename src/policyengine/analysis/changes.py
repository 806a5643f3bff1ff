"""What another version of a policy changes: in which cases the answer differs, with one that shows it; no text diff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound
from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.change_effects import Direction, says
from policyengine.analysis.change_hunt import Hunt, Shown
from policyengine.analysis.change_options import (
    DefaultChange,
    OptionChange,
    default_changes,
    option_changes,
    options_for,
)
from policyengine.analysis.change_scope import Kind, Part, Scope
from policyengine.analysis.change_words import Reworded, rewordings
from policyengine.analysis.coverage import coverage
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side, applying, same_vocabulary
from policyengine.engine.question import Question
from policyengine.errors import CaseError
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Gap, Provision, Strength

if TYPE_CHECKING:
    from policyengine.analysis.regions import Region
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy

_PROVABLE = frozenset({Kind.HOURS, Kind.DAYS})
"""What may differ besides the provision itself where a proof from the provisions holds."""


@dataclass(frozen=True, slots=True)
class Change:
    """One provision or gap whose answers change, or may.

    Args:
        part: which, by its id in the old version, if that has it.
        old, new: what each version says, ``None`` where it has no such provision or gap.
        edits: the keys in which the two differ by more than words; none where only one version has it.
        through: other parts of the policy that differ, and that its answers look at.
        shown: cases in which the answers differ, judged by the reference: one for each direction in which they go.
            None where no such case was found, and none was ruled out either.
        gained, lost: the regions of the facts in which only the new version applies, and only the old one.
        never_looser, never_stricter: whether it is proved that the new version finds no less, and no more, as long as
            the facts stay as they are.
    """

    part: Part
    old: Provision | Gap | None
    new: Provision | Gap | None
    edits: tuple[str, ...]
    through: tuple[Part, ...]
    shown: tuple[Shown, ...]
    gained: tuple[Region, ...] = ()
    lost: tuple[Region, ...] = ()
    never_looser: bool = False
    never_stricter: bool = False

    @property
    def name(self) -> str:
        """Return its id in the new version, or in the old one if the new lacks it."""
        return self.part.name if self.new is None else self.new.id

    @property
    def direction(self) -> Direction:
        """Return whither the cases that are shown go, taken together."""
        found = {each.direction for each in self.shown} - {Direction.OTHER}
        if len(found) > 1:
            return Direction.BOTH
        return next(iter(found), Direction.OTHER)


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of the policy that is no provision and no gap, and says another thing: a table, how time is counted.

    Args:
        part: which.
        changes: the changes of answers that look at it.
        unsettled: the same, where no case shows that an answer changes. Nothing else depends on the part.
    """

    part: Part
    changes: tuple[Change, ...]
    unsettled: tuple[Change, ...]

    @property
    def example(self) -> Change | None:
        """Return the change that shows best what it does: one that looks at nothing else that differs."""
        return min(self.changes, key=_mixed, default=None)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the new version of a policy changes.

    Args:
        old, new: the two versions, under the readings chosen.
        given: facts taken as settled.
        changed: provisions and gaps of which cases show that their answers change, in the order of the new file.
        unsettled: those that differ in what bears on answers, of which no case shows it: none was found.
        renamed: old ids and new ids of what says the same under another one.
        defaults: readings with another default.
        options: options that only one version has, and those under which more differs.
        reworded: what differs by words alone.
        causes: what differs besides provisions and gaps.
    """

    old: Side
    new: Side
    given: Mapping[str, FactValue]
    changed: tuple[Change, ...]
    unsettled: tuple[Change, ...]
    renamed: tuple[tuple[str, str], ...]
    defaults: tuple[DefaultChange, ...]
    options: tuple[OptionChange, ...]
    reworded: tuple[Reworded, ...]
    causes: tuple[Cause, ...]

    @property
    def none(self) -> bool:
        """Tell whether it is certain that no answer changes under the readings chosen."""
        return not self.changed and not self.unsettled


def diff(
    old: Policy,
    new: Policy,
    *,
    readings: Mapping[str, str] | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Changes:
    """Return in which cases the answers of *new* differ from those of *old*, provision by provision.

    An answer is what a row says to whoever is bound: whether there is a duty, whose, towards whom, by when, what has
    become of it. Its clauses and wording are not, nor why there is no duty. What cannot differ is told by what each
    answer looks at; what does differ, by a case that the reference has judged under both.

    Args:
        old: the version that is left.
        new: the version that comes instead, of the same vocabulary; usually of the same id.
        readings: options other than the defaults, for whichever version has the reading.
        given: facts taken as settled in every case; everything else may be anything.

    Raises:
        DifferentVocabulariesError: the versions do not share one vocabulary.
        ReadingError: an unknown reading or option.
    """
    same_vocabulary((old, new))
    chosen, settled = readings or {}, FrozenMap(given or {})
    scope = Scope.of(Side.of(old, options_for(old, chosen, new)), Side.of(new, options_for(new, chosen, old)))
    hunt = Hunt(scope, settled)
    # What says another thing itself has its turn first: whatever looks at it may have to make do with less.
    turns = sorted(scope.affected, key=lambda each: not scope.edits(each))
    by_part = {part: _change(hunt, part) for part in turns}
    found = tuple(by_part[part] for part in scope.affected)
    changed = tuple(each for each in found if each.shown)
    unsettled = tuple(each for each in found if not each.shown)
    parts = sorted(each for each in scope.differing if each not in scope.norms and each.kind is not Kind.LIMIT)
    return Changes(
        old=scope.old.side,
        new=scope.new.side,
        given=settled,
        changed=changed,
        unsettled=unsettled,
        renamed=tuple((was, name) for name, was in scope.new.names.items()),
        defaults=default_changes(scope, chosen),
        options=() if old == new else option_changes(scope, settled),
        reworded=rewordings(scope),
        causes=tuple(Cause(part, _through(part, changed), _through(part, unsettled)) for part in parts),
    )


def shows(old: Side, new: Side, change: Change) -> bool:
    """Tell whether every case of *change*, judged anew, is answered differently; there is at least one."""
    return bool(change.shown) and all(_replayed(old, new, change, each) for each in change.shown)


def _replayed(old: Side, new: Side, change: Change, shown: Shown) -> bool:
    question = Question(shown.case, shown.as_of, None, "reference")
    try:
        before, after = (question.answer(each.policy, each.readings) for each in (old, new))
    except CaseError:
        return False
    names = Scope.of(old, new).new.names
    return says(before, change.part, {}) != says(after, Part(change.part.kind, change.name), names)


def _through(part: Part, changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(each for each in changes if part in each.through)


def _mixed(change: Change) -> tuple[int, int, bool]:
    """Return how much else a change shows than the one part that it is an example of."""
    return (len(change.through), len(change.edits), not any(each.case.events for each in change.shown))


def _change(hunt: Hunt, part: Part) -> Change:
    scope, given = hunt.scope, hunt.given
    old, new = scope.old.norms.get(part), scope.new.norms.get(part)
    itself = {part, Part(Kind.LIMIT, part.name)}
    through = tuple(each for each in scope.affected[part] if each not in itself)
    alone = all(each.kind in _PROVABLE for each in through)
    bounds = _bounds(scope, part)
    never_looser = alone and bounds is not None and _covers(bounds[1], bounds[0], given)
    never_stricter = alone and bounds is not None and _covers(bounds[0], bounds[1], given)
    gained, lost = _moved(scope, part, given)
    return Change(
        part=part,
        old=old,
        new=new,
        edits=scope.edits(part),
        through=through,
        shown=hunt.shown(part, _wanted((old, new), never_looser=never_looser, never_stricter=never_stricter)),
        gained=gained,
        lost=lost,
        never_looser=never_looser,
        never_stricter=never_stricter,
    )


def _wanted(
    norms: tuple[Provision | Gap | None, Provision | Gap | None], *, never_looser: bool, never_stricter: bool
) -> frozenset[Direction]:
    """Return the directions in which cases are looked for."""
    old, new = norms
    binds = [isinstance(each, Provision) and each.strength is not Strength.MAY for each in norms]
    wanted = set[Direction]()
    if any(binds) and old is not None and not never_stricter:
        wanted |= {Direction.LOOSER} if new is None else {Direction.STRICTER, Direction.LOOSER}
    if any(binds) and old is None:
        wanted.add(Direction.STRICTER)
    if never_looser:
        wanted.discard(Direction.LOOSER)
    return frozenset(wanted or {Direction.OTHER})


def _bounds(scope: Scope, part: Part) -> tuple[Bound, Bound] | None:
    old, new = scope.old.norms.get(part), scope.new.norms.get(part)
    if isinstance(old, Provision) and isinstance(new, Provision):
        return Bound(scope.old.side, old), Bound(scope.new.side, new)
    return None


def _covers(one: Bound, other: Bound, given: Mapping[str, FactValue]) -> bool:
    """Tell whether *one* finds no less than *other*, as far as the provisions themselves prove it."""
    norms = ((other.side, other.provision), (one.side, one.provision))
    try:
        found = applying(one.side.vocabulary, norms, given)
    except (TooManyRegionsError, TooManyContentsError):
        return False
    for _, (theirs, own) in found:
        if theirs is Truth.UNKNOWN or (theirs is Truth.TRUE and own is not Truth.TRUE):
            return False
        if theirs is Truth.TRUE and not all(
            coverage((one,), other, trigger).holds for trigger in other.provision.upon or (None,)
        ):
            return False
    return True


def _moved(scope: Scope, part: Part, given: Mapping[str, FactValue]) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Return where only the new version of a norm applies, and where only the old one does; nothing if untold."""
    norms = {
        place: (each.side, each.norms[part]) for place, each in enumerate((scope.old, scope.new)) if part in each.norms
    }
    try:
        found = applying(scope.new.side.vocabulary, tuple(norms.values()), given)
    except (TooManyRegionsError, TooManyContentsError):
        return (), ()
    moved: tuple[list[Region], list[Region]] = ([], [])
    for region, truths in found:
        applies = dict(zip(norms, (each is Truth.TRUE for each in truths), strict=True))
        old, new = applies.get(0, False), applies.get(1, False)
        if old != new:
            moved[0 if new else 1].append(region)
    return tuple(moved[0]), tuple(moved[1])
