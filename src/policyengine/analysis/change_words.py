"""What another version says otherwise without changing any answer: titles, wordings, notes, summaries, ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.analysis.change_sameness import reworded
from policyengine.analysis.change_scope import Kind

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Scope
    from policyengine.model.policy import Policy


class WordsOf(StrEnum):
    """What has words that no answer depends on."""

    POLICY = "policy"
    PROVISION = "provision"
    GAP = "gap"
    TABLE = "table"
    ROLE = "role"
    READING = "reading"
    GRADES = "grades"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Reworded:
    """One thing of which only words differ, or that only people read.

    Args:
        of: what it is.
        name: its id in the new version, or in the old one if the new lacks it; for a policy its id.
        keys: which of its keys differ; none where only one version has it.
        added: whether only the new version has it, ``False`` for only the old one; ``None`` where both do.
    """

    of: WordsOf
    name: str
    keys: tuple[str, ...] = ()
    added: bool | None = None


def rewordings(scope: Scope) -> tuple[Reworded, ...]:
    """Return everything in which the two versions differ by words alone, section by section."""
    return tuple(_found(scope))


def _found(scope: Scope) -> Iterator[Reworded]:
    old, new = scope.old.side.policy, scope.new.side.policy
    keys = tuple(
        each for each in ("title", "note", "implements") if getattr(old.header, each) != getattr(new.header, each)
    )
    notes = [tuple(one.note for one in each.header.versions) for each in (old, new)]
    keys += ("versions",) if notes[0] != notes[1] and len(notes[0]) == len(notes[1]) else ()
    if keys:
        yield Reworded(WordsOf.POLICY, new.id, keys)
    for part in scope.norms:
        before, after = scope.old.norms.get(part), scope.new.norms.get(part)
        if before is not None and after is not None and (keys := reworded(before, after)):
            yield Reworded(WordsOf.GAP if part.kind is Kind.GAP else WordsOf.PROVISION, after.id, keys)
    for name, table in scope.new.tables.items():
        earlier = scope.old.tables.get(name)
        if earlier is not None:
            rows = [[row.clause for row in each.rows] for each in (earlier, table)]
            keys = (
                *reworded(earlier, table),
                *(("rows",) if rows[0] != rows[1] and len(rows[0]) == len(rows[1]) else ()),
            )
            yield from (Reworded(WordsOf.TABLE, name, keys),) if keys else ()
    yield from _sections(old, new)


def _sections(old: Policy, new: Policy) -> Iterator[Reworded]:
    before, after = old.header, new.header
    yield from _each(WordsOf.ROLE, before.roles, after.roles)
    yield from _each(WordsOf.READING, _questions(old, new), _questions(new, old))
    yield from _each(
        WordsOf.GRADES, *({grading.fact: grading for grading in each.severities} for each in (before, after))
    )
    yield from _each(WordsOf.CLAUSE, before.source.clauses, after.source.clauses)


def _questions(policy: Policy, other: Policy) -> dict[str, object]:
    """Return what the readings say to people that both versions have, options only one has left out."""
    shared = {name: each for name, each in policy.readings.items() if name in other.readings}
    return {
        name: (
            each.question,
            each.why,
            *(each.options[one] for one in sorted({*each.options} & {*other.readings[name].options})),
        )
        for name, each in shared.items()
    }


def _each(of: WordsOf, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Reworded]:
    for name in dict.fromkeys((*after, *before)):
        if name not in before or name not in after:
            yield Reworded(of, name, added=name in after)
        elif before[name] != after[name]:
            yield Reworded(of, name, _keys(before[name], after[name]))


def _keys(before: object, after: object) -> tuple[str, ...]:
    names = getattr(type(before), "model_fields", {})
    return tuple(each for each in names if getattr(before, each) != getattr(after, each))
