"""What is to be done, whoever demands it: duties of one or several policies merged where one act serves them (S31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.assessment import Status, is_obligation, urgency
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
        duty: the row of its assessment, with status, limit, and the facts that would settle it.
        as_of: the instant asked about.
        means: the means that the provision names, if it does: any of them will do.
    """

    policy: str
    duty: Duty
    as_of: Instant
    means: tuple[str, ...] = ()

    @property
    def provision(self) -> str:
        """Return the provision's id."""
        return self.duty.provision

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the provision rests on."""
        return self.duty.clauses

    @property
    def left(self) -> int | None:
        """Return the microseconds left until the limit's `due`, negative ones after it; ``None`` without a number.

        Nothing left is not yet late where an act at `due` itself is in time: ask `late`.

        >>> import policyengine as pe
        >>> log = [pe.Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
        >>> case = pe.Case(id="demo", events=log)
        >>> for instant in ("2025-10-09T00:30:00+08:00", "2025-10-09T00:30:00.000001+08:00"):
        ...     claim = pe.evaluate(pe.load("changzhi"), case, as_of=instant).worklist().entries[0].claims[0]
        ...     print(claim.provision, claim.left, claim.late)
        first-bulletin 0 False
        first-bulletin -1 True
        """
        return None if self.duty.limit is None else self.duty.limit.due.micros - self.as_of.micros

    @property
    def late(self) -> bool:
        """Tell whether the limit has passed; of an undetermined duty, whether the limit that it would have has."""
        return self.duty.limit is not None and self.duty.limit.is_late(self.as_of)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do, or not to do: the duties that have act, bearer and addressee in common.

    Args:
        case: the case's id.
        vocabulary: the vocabulary that act and roles are words of; nothing is merged across vocabularies.
        act, bearer, to: what all the duties have in common; of roles that are the same here, the one that is meant.
            The bearer is ``None`` where nobody is named, or nobody can tell yet who is meant: see the duties.
        claims: the duties, at least one, the most urgent first: see `Worklist`.
    """

    case: str
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
        """Return the tightest limit of all, passed or not; ``None`` where no clause gives a number."""
        return self.claims[0].duty.limit

    @property
    def left(self) -> int | None:
        """Return the microseconds left until the tightest limit; see `Claim.left`."""
        return self.claims[0].left

    @property
    def late(self) -> bool:
        """Tell whether the tightest limit has passed, or would have; see `Claim.late`. Others may still be running."""
        return self.claims[0].late

    @property
    def elapsed(self) -> int | None:
        """Return the microseconds since the anchor, the longest, of duties for which the text gives no number."""
        return max((each.duty.elapsed for each in self.claims if each.duty.elapsed is not None), default=None)

    @property
    def status(self) -> Status:
        """Return the status of the most urgent duty, which is the one whose limit is `limit`."""
        return self.claims[0].duty.status

    @property
    def strengths(self) -> tuple[Strength, ...]:
        """Return how strongly the duties bind, each strength once, the strongest first."""
        found = {each.duty.strength for each in self.claims}
        return tuple(each for each in Strength if each in found)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return all clauses that demand the act, or forbid it, each once."""
        return tuple(dict.fromkeys(clause for each in self.claims for clause in each.clauses))

    @property
    def urgency(self) -> tuple[int, int]:
        """Return what sorts entries of many cases, asked about at one instant, as `Worklist.entries` are sorted."""
        return urgency(self.claims[0].duty)

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
    """What is to be done in one case at one instant, whoever demands it.

    Left out is what nobody has to do any more, or yet: duties that are performed, withdrawn, waived or ended, missed
    ones that no act can make good (the period of a recurring duty), provisions without a duty, and permissions. They
    stand in `Assessment.duties`. A violation that is still owed is an entry; whether it was one, the findings say.

    Args:
        case: the case's id.
        as_of: the instant asked about.
        role: whose worklist it is; ``None`` for everybody's.
        entries: what is owed for certain (`Assessment.required_actions`): limits that have passed, the latest by now
            first, then the nearest limit; then what has no number, the longest waited for first; then standing duties;
            then those whose time has not started. A duty whose limit or status is not settled is among them, and its
            status is undetermined.
        undetermined: what may be owed, or may be forbidden, depending on missing facts, in the same order.
        forbidden: the prohibitions in force, breached before or not.
        conflicts: the entries' acts that are forbidden as well, in the order of the entries.
    """

    case: str
    as_of: Instant
    role: str | None
    entries: tuple[Entry, ...]
    undetermined: tuple[Entry, ...]
    forbidden: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def next_due(self) -> Claim | None:
        """Return the duty with the nearest limit not yet passed, over all policies; ``None`` if there is none.

        Left out are limits that have passed (the first entries), undetermined duties, and what has no number. An entry
        whose limit in principle has passed may be the next due, by its limit that binds.

        >>> import policyengine as pe
        >>> log = [pe.Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})]
        >>> answer = pe.evaluate(pe.load("changzhi"), pe.Case(id="demo", events=log), as_of="2025-10-09T00:45:00+08:00")
        >>> worklist = answer.worklist()
        >>> worklist.entries[0].claims[0].provision, worklist.entries[0].late, worklist.next_due.provision
        ('first-bulletin', True, 'press-conference')
        """
        claims = (claim for entry in self.entries for claim in entry.claims)
        running = (each for each in claims if each.duty.status is Status.ACTIVE and each.duty.limit is not None)
        return min(running, key=lambda each: urgency(each.duty), default=None)

    def by_bearer(self) -> tuple[tuple[str | None, tuple[Entry, ...]], ...]:
        """Return the entries of each bearer, whoever has the most urgent one first.

        Entries whose bearer nobody names, or nobody can tell yet, stand together under ``None``. Roles of one id in
        two vocabularies are two bearers.
        """
        found: dict[tuple[str, str | None], list[Entry]] = {}
        for each in self.entries:
            found.setdefault((each.vocabulary, each.bearer), []).append(each)
        return tuple((bearer, tuple(entries)) for (_, bearer), entries in found.items())


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
    prohibition: bool
    alone: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A claim in a case, with the terms of its policy; bearer and addressee are who they are here."""

    case: str
    claim: Claim
    terms: Terms
    bearer: str | None
    to: str | None

    @property
    def duty(self) -> Duty:
        return self.claim.duty

    @property
    def prohibition(self) -> bool:
        return self.duty.strength is Strength.MUST_NOT

    @property
    def in_force(self) -> bool:
        """Tell whether it is a prohibition in force for certain, breached before or not (S27)."""
        return self.prohibition and self.duty.in_force is True

    @property
    def open(self) -> bool:
        """Tell whether it depends on missing facts that anything is owed, or forbidden."""
        return (is_obligation(self.duty) and self.duty.owed is None) or (
            self.prohibition and self.duty.in_force is None
        )

    def key(self) -> _Key:
        duty = self.duty
        alone = (duty.instance,) if self.bearer is not None else (duty.instance, self.claim.policy, duty.provision)
        return _Key(self.terms.vocabulary, duty.act, self.bearer, self.to, self.prohibition, alone)

    def concerns(self, role: str, same: Mapping[str, str]) -> bool:
        """Tell whether *role* owes the duty, or may owe it; the policy's own word for it counts too."""
        named = {self.duty.bearer, self.duty.assigned, *(each.role for each in self.duty.candidates)} - {None}
        return role in named or role in {same.get(each or "") for each in named}

    def binds(self, role: str, same: Mapping[str, str]) -> bool:
        """Tell whether the duty is one for *role* to keep; a prohibition that names nobody binds everybody."""
        anybody = self.prohibition and self.duty.bearer is None and self.duty.assigned is None
        return anybody or self.concerns(role, same)

    def forbids(self, other: _Judged) -> bool:
        """Tell whether whatever performs *other* is forbidden here: the act, its addressee and its means."""
        here, there = self.duty, other.duty
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
    judged = [each for answer in assessments for each in _judged(answer, same)]
    asked = [each for each in judged if role is None or each.binds(role, same)]
    owed = _groups(each for each in asked if each.duty.owed and is_obligation(each.duty))
    in_force = [each for each in judged if each.in_force]
    return Worklist(
        case=assessments[0].case,
        as_of=assessments[0].as_of,
        role=role,
        entries=tuple(map(_entry, owed)),
        undetermined=tuple(map(_entry, _groups(each for each in asked if each.open))),
        forbidden=tuple(map(_entry, _groups(each for each in asked if each.in_force))),
        conflicts=tuple(found for group in owed for found in _conflicts(group, in_force)),
    )


def _judged(answer: Assessment, same: Mapping[str, str]) -> Iterator[_Judged]:
    if answer.terms is None:
        msg = f"the answer for {answer.case!r} under {answer.policy!r} does not tell its terms"
        raise ValueError(msg)
    for duty in answer.duties:
        claim = Claim(answer.policy, duty, answer.as_of, answer.terms.means.get(duty.provision, ()))
        bearer = duty.bearer if duty.bearer is not None else same.get(duty.assigned or "")
        yield _Judged(answer.case, claim, answer.terms, _who(bearer, same), _who(duty.to, same))


def _who(role: str | None, same: Mapping[str, str]) -> str | None:
    return None if role is None else same.get(role, role)


def _groups(duties: Iterable[_Judged]) -> list[list[_Judged]]:
    """Return *duties* as they are merged, in the order of their urgency within and among groups."""
    found: dict[_Key, list[_Judged]] = {}
    for each in sorted(duties, key=lambda judged: urgency(judged.duty)):
        found.setdefault(each.key(), []).append(each)
    return list(found.values())


def _entry(group: Sequence[_Judged]) -> Entry:
    key = group[0].key()
    claims = tuple(each.claim for each in group)
    return Entry(group[0].case, key.vocabulary, key.act, key.bearer, key.to, claims)


def _conflicts(group: Sequence[_Judged], in_force: Sequence[_Judged]) -> Iterator[Conflict]:
    """Yield the conflict of an entry: what is owed in principle only gives way to a prohibition, and is none."""
    binding = [each for each in group if each.duty.strength is Strength.MUST]
    owed = tuple(each.claim for each in binding if any(other.forbids(each) for other in in_force))
    if owed:
        forbidden = tuple(each.claim for each in in_force if any(each.forbids(other) for other in binding))
        yield Conflict(_entry(group), owed, forbidden)
