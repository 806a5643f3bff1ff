"""What two versions of one norm say differently, aspect by aspect, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.model.provision import Gap, Provision
from policyengine.report.changes import words as say
from policyengine.report.regulation import words
from policyengine.report.regulation.periods import in_force
from policyengine.report.regulation.sentence import aspects
from policyengine.temporal.limit import ELAPSED

if TYPE_CHECKING:
    from policyengine.analysis.changes import Change
    from policyengine.model.deadline import Deadline, Within
    from policyengine.report.changes.versions import Versions
    from policyengine.report.regulation.told import Aspects, Told
    from policyengine.wording import Wording

_BINDING = (words.BEARER,)
_ASPECTS: Mapping[str, tuple[Wording, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("must", "should", "may", "must_not"), (words.BEARER, say.ACT)),
        **dict.fromkeys(("upon", "each"), (words.TRIGGER,)),
        **dict.fromkeys(("standing", "every", "late"), (words.RECURRENCE,)),
        "bearer": _BINDING,
        "when": (words.CONDITION,),
        "unless": (words.EXCEPTION,),
        "deadline": (words.LIMIT,),
        "to": (words.ADDRESSEE,),
        "means": (words.BY_MEANS,),
        "key": (words.MATCHED,),
        "until": (words.END,),
        "waived_by": (words.WAIVER,),
        "in_person": (words.PERSONAL,),
        "in_force": (words.LIFETIME,),
        "scope": (words.REACH,),
        "sanction": (words.SANCTION,),
        "defeats": (words.IN_PLACE_OF,),
        "instead_of": (words.INSTEAD,),
        "refers_to": (words.REFERENCE_TO,),
    }
)
"""Under which aspects the keys of provisions and gaps are told."""


def edited(versions: Versions, change: Change) -> Iterator[str]:
    """Yield what the two versions of a norm say differently, an aspect each; nothing where only one has it."""
    old, new = change.old, change.new
    if old is None or new is None:
        return
    length = _length(versions, old, new) if "deadline" in change.edits else None
    if length is not None:
        yield length
    before, after = _told(versions.old, old), _told(versions.new, new)
    for aspect in dict.fromkeys(each for key in change.edits for each in _ASPECTS.get(key, ())):
        texts = [each.get(aspect, "").strip() or versions.new.say(say.NONE) for each in (before, after)]
        if texts[0] != texts[1] and not (length is not None and aspect is words.LIMIT):
            yield versions.new.say(say.EDITED, aspect=versions.new.say(aspect), old=texts[0], new=texts[1])


def _told(told: Told, norm: Provision | Gap) -> Aspects:
    if isinstance(norm, Provision):
        found = aspects(told, norm.model_copy(update={"wording": None}))
        return {**found, say.ACT: told.type(norm.act)}
    return {
        words.TRIGGER: told.triggers(norm.upon or ()),
        words.CONDITION: "" if norm.when is None else told.condition(norm.when),
        words.INSTEAD: told.provisions_named(norm.instead_of or ()),
        words.LIFETIME: "" if norm.in_force is None else in_force(told, norm.in_force),
        words.REFERENCE_TO: "" if norm.refers_to is None else told.say(norm.refers_to.title),
    }


def _length(versions: Versions, old: Provision | Gap, new: Provision | Gap) -> str | None:
    """Return how a length changed where nothing else of the limit did."""
    found = [each.deadline if isinstance(each, Provision) else None for each in (old, new)]
    before, after = found
    if before is None or after is None or before.within is None or after.within is None:
        return None
    if _apart_from_length(before) != _apart_from_length(after):
        return None
    lengths = (before.within, after.within)
    shown = [versions.new.length(each) for each in lengths]
    sizes = [_size(each) for each in lengths]
    wording = say.OTHER_LENGTH
    if sizes[0] is not None and sizes[1] is not None and sizes[0][0] == sizes[1][0]:
        wording = say.SHORTER if sizes[1][1] < sizes[0][1] else say.LONGER
    return versions.new.say(wording, old=shown[0], new=shown[1])


def _apart_from_length(deadline: Deadline) -> Deadline:
    found: Deadline = deadline.model_copy(update={"within": None})
    return found


def _size(within: Within) -> tuple[str, int] | None:
    """Return what a length is measured in, and how much: elapsed time in microseconds, days by their kind."""
    ((unit, number),) = within.parts()
    elapsed = next((size for each, size in ELAPSED.items() if each.value == unit), None)
    return (unit, number) if elapsed is None else ("elapsed", number * elapsed)


def whole(told: Told, norm: Provision | Gap) -> str:
    """Return what a norm says that only one version has: of a provision who owes what by when, of a gap its silence."""
    if isinstance(norm, Gap):
        return told.say(norm.missing)
    found = _told(told, norm)
    limit = found[words.LIMIT] or found[words.RECURRENCE]
    return told.listed((each for each in (f"{found[words.BEARER]}{found[say.ACT]}", limit) if each), say.STOP)
