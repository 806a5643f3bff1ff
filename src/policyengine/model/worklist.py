"""What is to be done, whoever demands it: duties of one or several policies merged where one act serves them (S31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty, Terms
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


@dataclass(frozen=True, slots=True)
class Claim:
    """One duty behind an entry or a conflict: which policy demands or forbids the act, and on which clauses.

    Args:
        policy: the policy's id.
        duty: the row of its assessment.
        means: the means that the provision names, if it does: any of them will do.
    """

    policy: str
    duty: Duty
    means: tuple[str, ...] = ()

    @property
    def provision(self) -> str:
        """Return the provision's id."""
        return self.duty.provision

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the provision rests on."""
        return self.duty.clauses


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do: the duties that are still owed and that have act, bearer and addressee in common.

    Args:
        vocabulary: the vocabulary that act and roles are words of; nothing is merged across vocabularies.
        act, bearer, to: what all the duties have in common; of roles that are the same here, the one that is meant.
        claims: the duties, the nearest limit first, those without a limit last.
    """

    vocabulary: str
    act: str
    bearer: str | None
    to: str | None
    claims: tuple[Claim, ...]

    @property
    def must(self) -> Limit | None:
        """Return the tightest limit that binds (`must`)."""
        return self._tightest(Strength.MUST)

    @property
    def should(self) -> Limit | None:
        """Return the tightest limit that holds in principle (`should`)."""
        return self._tightest(Strength.SHOULD)

    @property
    def limit(self) -> Limit | None:
        """Return the tightest limit of all; ``None`` where no clause gives a number."""
        return next((each.duty.limit for each in self.claims), None)

    def _tightest(self, strength: Strength) -> Limit | None:
        # INVARIANT: claims are in the order of their limits.
        return next((each.duty.limit for each in self.claims if each.duty.strength is strength), None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An act that is owed and forbidden at once: whoever does it breaches the one, whoever does not the other.

    Args:
        entry: what is to be done.
        owed: those of its duties that bind (`must`) and that a prohibition forbids to perform.
        forbidden: the prohibitions in force that forbid it, by its own name or as a kind of what they forbid.
    """

    entry: Entry
    owed: tuple[Claim, ...]
    forbidden: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """What is to be done in one case at one instant.

    Args:
        case: the case's id.
        as_of: the instant asked about.
        entries: the nearest limit first, those without any number last.
        conflicts: the entries' acts that are forbidden as well, in the order of the entries.
    """

    case: str
    as_of: Instant
    entries: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]


class _Key(NamedTuple):
    """What duties must have in common to be one entry.

    The same bearer is the same role id within one vocabulary, as tables have assigned it and as the caller says which
    roles are one here. Somebody whom no clause names is not the same as another such: such a duty has an `alone` of its
    own. So have the instances of a duty for each occurrence or period, since one act performs only one of them (S24).
    """

    vocabulary: str
    act: str
    bearer: str | None
    to: str | None
    alone: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A claim with the terms of its policy; bearer and addressee are who they are here."""

    claim: Claim
    terms: Terms
    bearer: str | None
    to: str | None

    def key(self) -> _Key:
        duty = self.claim.duty
        alone = (duty.instance,) if self.bearer is not None else (duty.instance, self.claim.policy, duty.provision)
        return _Key(self.terms.vocabulary, duty.act, self.bearer, self.to, alone)

    def concerns(self, role: str, same: Mapping[str, str]) -> bool:
        """Tell whether *role* owes the duty, or may owe it; the policy's own word for it counts too."""
        duty = self.claim.duty
        named = {duty.bearer, duty.assigned, *(each.role for each in duty.candidates)} - {None}
        return role in named or role in {same.get(each or "") for each in named}

    def forbids(self, other: _Judged) -> bool:
        """Tell whether whatever performs *other* is forbidden here: the act, its addressee and its means."""
        here, there = self.claim.duty, other.claim.duty
        return (
            self.terms.vocabulary == other.terms.vocabulary
            and there.act in self.terms.kinds.get(here.act, ())
            and (self.bearer == other.bearer if self.bearer is not None else here.assigned is None)
            and self.to in (None, other.to)
            and (not self.claim.means or (bool(other.claim.means) and {*other.claim.means} <= {*self.claim.means}))
        )


def merged(
    assessments: Sequence[Assessment], role: str | None = None, same: Mapping[str, str] = FrozenMap()
) -> Worklist:
    """Return the worklist of the answers of one or several policies for one case.

    Args:
        assessments: one at least, of one case and one instant.
        role: only what this role owes, or may owe.
        same: by a role of one policy the role of another that it is in this case, which no text says.

    Raises:
        ValueError: an answer without its terms, which `evaluate` always gives.
    """
    owed: dict[_Key, list[_Judged]] = {}
    for each in (found for answer in assessments for found in _judged(answer, answer.required_actions(), same)):
        if role is None or each.concerns(role, same):
            owed.setdefault(each.key(), []).append(each)
    groups = sorted((sorted(each, key=_urgency) for each in owed.values()), key=lambda group: _urgency(group[0]))
    in_force = [found for answer in assessments for found in _judged(answer, _prohibitions(answer), same)]
    return Worklist(
        case=assessments[0].case,
        as_of=assessments[0].as_of,
        entries=tuple(map(_entry, groups)),
        conflicts=tuple(found for group in groups for found in _conflicts(group, in_force)),
    )


def _judged(answer: Assessment, duties: Iterable[Duty], same: Mapping[str, str]) -> Iterator[_Judged]:
    if answer.terms is None:
        msg = f"the answer for {answer.case!r} under {answer.policy!r} does not tell its terms"
        raise ValueError(msg)
    for duty in duties:
        claim = Claim(answer.policy, duty, answer.terms.means.get(duty.provision, ()))
        bearer = duty.bearer if duty.bearer is not None else same.get(duty.assigned or "")
        yield _Judged(claim, answer.terms, _who(bearer, same), _who(duty.to, same))


def _who(role: str | None, same: Mapping[str, str]) -> str | None:
    return None if role is None else same.get(role, role)


def _prohibitions(answer: Assessment) -> Iterator[Duty]:
    """Yield the prohibitions that are in force for certain, breached before or not (S27)."""
    yield from (each for each in answer.duties if each.strength is Strength.MUST_NOT and each.in_force)


def _entry(group: Sequence[_Judged]) -> Entry:
    key = group[0].key()
    return Entry(key.vocabulary, key.act, key.bearer, key.to, tuple(each.claim for each in group))


def _conflicts(group: Sequence[_Judged], in_force: Sequence[_Judged]) -> Iterator[Conflict]:
    """Yield the conflict of an entry: what is owed in principle only gives way to a prohibition, and is none."""
    binding = [each for each in group if each.claim.duty.strength is Strength.MUST]
    owed = tuple(each.claim for each in binding if any(other.forbids(each) for other in in_force))
    if owed:
        forbidden = tuple(each.claim for each in in_force if any(each.forbids(other) for other in binding))
        yield Conflict(_entry(group), owed, forbidden)


def _urgency(judged: _Judged) -> tuple[bool, int]:
    limit = judged.claim.duty.limit
    return (limit is None, 0 if limit is None else limit.late_from.micros)
