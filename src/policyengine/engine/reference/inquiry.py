"""One question as every world of it sees it: the prepared input, its snapshots, what the matcher said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.engine.reference.instances import Instance, Key, candidates
from policyengine.engine.reference.matches import Matches, Places, matches
from policyengine.engine.reference.once import once
from policyengine.engine.reference.tables import Assignment, assignment
from policyengine.engine.reference.versions import life
from policyengine.model.condition import Truth
from policyengine.model.provision import Provision

if TYPE_CHECKING:
    from policyengine.engine.reference.questions import Answers
    from policyengine.engine.reference.spans import Spans
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.provision import DecisionTable, Gap
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True)
class Inquiry:
    """What all worlds of one question share.

    Where only some of a policy's provisions are asked, `awaited_beside` names those that others wait for: what is
    settled of them before any answer (S15), and so which unknowns come up, is then as if all were asked.
    """

    prepared: Prepared
    snapshots: tuple[Snapshot, ...]
    answers: Answers
    awaited_beside: frozenset[str] = frozenset()
    known_instances: dict[str, tuple[Instance, ...]] = field(default_factory=dict, compare=False)
    known_matches: dict[tuple[str, str], Matches] = field(default_factory=dict, compare=False)
    known_keys: dict[str, dict[Key, list[Instance]]] = field(default_factory=dict, compare=False)
    known_lacks: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, compare=False)

    @once
    def provisions(self) -> dict[str, Provision]:
        """Provisions by id."""
        return {each.id: each for each in self.prepared.provisions}

    @once
    def derived(self) -> Mapping[str, DecisionTable]:
        """The tables that derive facts, by the fact."""
        return {each.id: each for each in self.prepared.tables if each.derives is not None}

    @once
    def assigned(self) -> Mapping[str, DecisionTable]:
        """The tables that assign roles, by the role."""
        return {each.id: each for each in self.prepared.tables if each.assigns is not None}

    def instances(self, provision: Provision) -> tuple[Instance, ...]:
        """Return every duty that *provision* can have; the outcomes of recurring duties not counted."""
        if provision.id not in self.known_instances:
            self.known_instances[provision.id] = candidates(self, provision)
        return self.known_instances[provision.id]

    def places(self, owner: Provision | Gap, part: str, key: Key = ()) -> Places:
        """Return the events that match a *part* of *owner* and share *key*."""
        name = (owner.id, part)
        if name not in self.known_matches:
            truths, names = self.answers.events(owner.id, _ACTS.get(part, part)), tuple[str, ...]()
            if isinstance(owner, Provision):
                truths = self._that_count(owner, part, truths) if part in _ACTS else truths
                names = owner.key or ()
            self.known_matches[name] = matches(truths, self.prepared.events, names)
        return self.known_matches[name].of(key)

    def _that_count(self, owner: Provision, part: str, truths: tuple[Truth, ...]) -> tuple[Truth, ...]:
        """Return *truths* for whole acts, or for partial ones; what never ends by an act counts both (S24)."""
        own = self._bearers_own(owner, truths)
        if owner.standing or owner.must_not or owner.may:
            return own
        wanted = part == "partial act"
        events = self.prepared.events
        return tuple(
            truth if event.partial is wanted else Truth.FALSE for truth, event in zip(own, events, strict=True)
        )

    def _bearers_own(self, owner: Provision, truths: tuple[Truth, ...]) -> tuple[Truth, ...]:
        """Return *truths* less the acts of others, where only the bearer's own count and a table says who that is."""
        bearer = self.bound(owner)
        if bearer is None:
            return truths
        events = self.prepared.events
        return tuple(
            truth if truth is Truth.FALSE else min(truth, self._is(bearer, event.by, event.at), key=_DOUBT.index)
            for truth, event in zip(truths, events, strict=True)
        )

    def bound(self, provision: Provision) -> str | None:
        """Return the assigned role whose own acts alone count for *provision*, if a table says who that is."""
        personal = provision.in_person or provision.must_not
        return provision.bearer if personal and provision.bearer in self.assigned else None

    def _is(self, bearer: str, by: str | None, at: Instant) -> Truth:
        if by is None:
            return Truth.UNKNOWN
        meant = self.assignment(bearer, at)
        if by in {bearer, meant.role}:
            return Truth.TRUE
        return Truth.UNKNOWN if by in {each.role for each in meant.candidates} else Truth.FALSE

    def assignment(self, role: str, at: Instant) -> Assignment:
        """Return whom the assigned *role* means at an instant (S10)."""
        table = self.assigned[role]
        truths = [self.answers.along_time[(role, f"row {place}")].at(at) for place in range(len(table.rows))]
        return assignment(table, truths)

    @once
    def defeaters(self) -> dict[str, tuple[Provision, ...]]:
        """The provisions that defeat each provision (S12)."""
        found: dict[str, tuple[Provision, ...]] = {}
        for each in self.prepared.provisions:
            for name in each.defeats or ():
                found[name] = (*found.get(name, ()), each)
        return found

    @once
    def capping(self) -> tuple[Provision, ...]:
        """The duties whose running limits cap others: with a length, and waiting for no other duty's outcome (S26)."""
        return tuple(each for each in self.prepared.provisions if _has_length(each) and self._waits_for_none(each))

    def waits_for(self, provision: Provision) -> tuple[Provision, ...]:
        """Return what *provision* waits for directly: the duties whose outcome it names, and its defeaters."""
        outcomes = [each.outcome() for each in provision.happenings()]
        names = [name for each in outcomes if each is not None for name in each[1] if name in self.provisions]
        return (*(self.provisions[name] for name in names), *self.defeaters.get(provision.id, ()))

    def needs(self, instance: Instance, whole: Container[str] = ()) -> tuple[Instance, ...]:
        """Return the duties that *instance* waits for directly, less those of provisions that are settled as a *whole*.

        Of the provision whose outcome triggers it, it waits for the one duty, unless a limit counts from the others.
        """
        watched = () if instance.watched is None else (instance.watched,)
        others = [each for each in self.waited_for_whole(instance) if each.id not in whole]
        return (*watched, *(found for each in others for found in self.concerning(instance, each)))

    def waited_for_whole(self, instance: Instance) -> tuple[Provision, ...]:
        """Return the provisions of which *instance* waits for more than the duty whose outcome triggers it."""
        skipped = None if instance.watched is None else instance.watched.provision.id
        anchored = {name for each in instance.provision.anchors() for name in (each.outcome() or ("", ()))[1]}
        return tuple(each for each in self.waits_for(instance.provision) if each.id != skipped or each.id in anchored)

    def concerning(self, instance: Instance, other: Provision) -> tuple[Instance, ...]:
        """Return the duties of *other* that can concern *instance*: where both have the same key, those sharing it."""
        every = self.instances(other)
        if not self.correlated(instance, other) or None in instance.key:
            return every
        if other.id not in self.known_keys:
            found: dict[Key, list[Instance]] = {}
            for each in every:
                found.setdefault((None,) if None in each.key else each.key, []).append(each)
            self.known_keys[other.id] = found
        known = self.known_keys[other.id]
        return (*known.get(instance.key, ()), *known.get((None,), ()))

    def correlated(self, instance: Instance, other: Provision) -> bool:
        """Tell whether *instance* and the duties of *other* are told apart by the same key."""
        return bool(other.key) and other.key == instance.provision.key

    def upstream(
        self, instance: Instance, settled: Container[tuple[str, str | None]] = (), whole: Container[str] = ()
    ) -> tuple[Instance, ...]:
        """Return all that *instance* waits for, directly or not, what comes first before what waits for it (S15).

        Without recursion: a file may chain more provisions than Python stacks frames. What is *settled* is left out,
        with what it waits for, and so are the provisions that are settled as a *whole*.
        """
        found: dict[tuple[str, str | None], Instance] = {}
        path = [(instance, iter(self.needs(instance, whole)))]
        while path:
            current, waiting = path[-1]
            next_one = next((each for each in waiting if each.id not in found and each.id not in settled), None)
            if next_one is None:
                found[current.id] = current
                path.pop()
            else:
                path.append((next_one, iter(self.needs(next_one, whole))))
        return tuple(found.values())[:-1]

    def behind(self, provision: Provision) -> tuple[Provision, ...]:
        """Return the provisions that *provision* waits for, directly or not."""
        found: dict[str, Provision] = {}
        waiting = list(self.waits_for(provision))
        for each in waiting:  # grows while it is read
            if each.id not in found:
                found[each.id] = each
                waiting += self.waits_for(each)
        return tuple(found.values())

    @once
    def awaited(self) -> frozenset[str]:
        """The provisions whose outcome some other one waits for."""
        happenings = [each for provision in self.prepared.provisions for each in provision.happenings()]
        return self.awaited_beside.union(name for each in happenings for name in (each.outcome() or ("", ()))[1])

    def related(self, provision: Provision) -> tuple[Provision, ...]:
        """Return the capping duties whose limits can bear on that of *provision*, directly or through one another."""
        asked, found = [provision], dict[str, Provision]()
        for current in asked:  # grows while it is read
            near = [each for each in self.capping if each.id not in found and self.caps(each, current)]
            found.update((each.id, each) for each in near)
            asked += near
        return tuple(found.values())

    def caps(self, one: Provision, other: Provision) -> bool:
        """Tell whether *one* demands the same act as *other*, or a related one, and not towards somebody else (S26)."""
        related = self.prepared.policy.vocabulary.related(one.act, other.act)
        return related and (one.to == other.to or one.to is None or other.to is None)

    def _waits_for_none(self, provision: Provision) -> bool:
        chain = (provision, *self.behind(provision))
        return all(happening.outcome() is None for each in chain for happening in each.happenings())

    def place_at(self, moment: Instant) -> int:
        """Return the place of the snapshot that holds at *moment*."""
        return bisect_right(self.starts, moment) - 1

    def at(self, moment: Instant) -> Snapshot:
        """Return the snapshot that holds at *moment*."""
        return self.snapshots[self.place_at(moment)]

    def readings_of(self, owner: str) -> tuple[str, ...]:
        """Return the readings that the provision or gap *owner* depends on."""
        policy = self.prepared.policy
        return next(
            (
                each.readings
                for variants in (policy.provisions, policy.gaps)
                for each in variants
                if any(node.id == owner for node in each.nodes())
            ),
            (),
        )

    @once
    def lives(self) -> dict[str, Spans]:
        """Whether each provision and gap is in force, along time (S6)."""
        policy = self.prepared.policy
        owners: tuple[Provision | Gap, ...] = (*self.prepared.provisions, *self.prepared.gaps)
        return {each.id: life(policy, each) for each in owners}

    @once
    def starts(self) -> tuple[Instant, ...]:
        """The instants at which snapshots start."""
        return tuple(each.start for each in self.snapshots)

    @once
    def place_of(self) -> dict[str, int]:
        """The place of each event in the log, by id."""
        return {event.id: place for place, event in enumerate(self.prepared.events)}


_ACTS: Mapping[str, str] = MappingProxyType({"act": "act", "partial act": "act"})
"""Parts that are read off the pattern of the act."""
_DOUBT = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)


def _has_length(provision: Provision) -> bool:
    return provision.deadline is not None and any(each.within is not None for each in provision.deadline.singles())
