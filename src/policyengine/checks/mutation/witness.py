"""A case on which a policy and its mutant part -> the question that an example would have to ask to notice it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind, Part
from policyengine.checks.examples.example import Ask, Expected, Plain, Subject
from policyengine.checks.examples.rows import duty_row, gap_row
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.model.assessment import Assessment, Duty

_ALWAYS = ("clause", "status", "strength", "bearer", "to", "due", "finding")
"""What an expectation says of a duty in any case, as far as there is anything to say."""
_NEVER = frozenset({"provision", "instance", "wording", "clauses"})
_LAST = ("exists", "owed", "in_force", "elapsed_minutes")
"""What follows from something else as a rule, so that it is said only where nothing else tells the two apart."""
_OF_GAP = ("kind", "clause", "instead_of", "missing")


def questions(shown: Shown, part: Part, name: str, chosen: Mapping[str, str]) -> Iterator[Ask]:
    """Yield what could be asked of the case, the plainest first; whether it tells the two apart is for `judge` to say.

    Args:
        shown: the case, with the answers of the policy and of the mutant.
        part: the provision or gap that is answered otherwise.
        name: what examples call the policy.
        chosen: the options under which it was judged.
    """
    for each in _expected(shown, part, name):
        choose = FrozenMap({name: FrozenMap(chosen)} if chosen else {})
        yield Ask("", shown.case, (name,), shown.as_of, choose, (each,))


def _expected(shown: Shown, part: Part, name: str) -> Iterator[Expected]:
    if part.kind is Kind.GAP:
        row, mutant = gap_row(shown.before, part.name), gap_row(shown.after, part.name)
        told = (key for key in _OF_GAP if row[key] and (key in _OF_GAP[:2] or row[key] != mutant[key]))
        wanted = {key: row[key] for key in told} or {"kind": None}
        yield Expected(Subject.GAP, name, part.name, wanted=FrozenMap(wanted))
        return
    before, after = _rows(shown.before, part.name), _rows(shown.after, part.name)
    several = len(before) > 1
    for instance, duty in before.items():
        if duty.exists:
            other = after.get(instance)
            wanted = _wanted(duty_row(duty), {} if other is None else duty_row(other))
            yield Expected(Subject.DUTY, name, part.name, instance if several else None, FrozenMap(wanted))
    if not any(each.exists for each in before.values()):
        yield Expected(Subject.ABSENT, name, part.name)
    for instance in after.keys() - before.keys():
        yield Expected(Subject.DUTY, name, part.name, instance, FrozenMap({"exists": False}))


def _rows(answer: Assessment, provision: str) -> dict[str | None, Duty]:
    return {each.instance: each for each in answer.duties if each.provision == provision}


def _wanted(row: Mapping[str, Plain], other: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what is expected: what matters of any duty and, where that is no different, one key that is."""
    told = [key for key in _ALWAYS if row[key] is not None]
    if row["missing"]:
        told.append("missing")
    differing = [key for key in row if key not in _NEVER and other and row[key] != other.get(key)]
    if other and not set(told).intersection(differing):
        told += sorted(differing, key=lambda each: each in _LAST)[:1]
    return {key: row[key] for key in told}
