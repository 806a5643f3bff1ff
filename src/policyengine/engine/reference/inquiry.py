"""One question as every world of it sees it: the prepared input, its snapshots, what the matcher said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.once import once
from policyengine.engine.reference.versions import in_force

if TYPE_CHECKING:
    from policyengine.engine.reference.questions import Answers
    from policyengine.engine.reference.spans import Spans
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.provision import Provision
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True)
class Inquiry:
    """What all worlds of one question share."""

    prepared: Prepared
    snapshots: tuple[Snapshot, ...]
    answers: Answers

    @once
    def provisions(self) -> dict[str, Provision]:
        """Provisions by id."""
        return {each.id: each for each in self.prepared.provisions}

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

    def upstream(self, provision: Provision, settled: Container[str] = ()) -> tuple[Provision, ...]:
        """Return all that *provision* waits for, directly or not, what comes first before what waits for it (S15).

        Without recursion: a file may chain more provisions than Python stacks frames. What is *settled* is left out,
        with what it waits for.
        """
        found: dict[str, Provision] = {}
        path = [(provision, iter(self.waits_for(provision)))]
        while path:
            current, waiting = path[-1]
            following = next((each for each in waiting if each.id not in found and each.id not in settled), None)
            if following is None:
                found[current.id] = current
                path.pop()
            else:
                path.append((following, iter(self.waits_for(following))))
        return tuple(found.values())[:-1]

    @once
    def awaited(self) -> frozenset[str]:
        """The provisions whose outcome some other one waits for."""
        happenings = [each for provision in self.prepared.provisions for each in provision.happenings()]
        return frozenset(name for each in happenings for name in (each.outcome() or ("", ()))[1])

    def related(self, provision: Provision) -> tuple[Provision, ...]:
        """Return the capping duties whose limits can bear on that of *provision*, directly or through one another."""
        vocabulary = self.prepared.policy.vocabulary
        acts, found = [provision.act], []
        for act in acts:  # grows while it is read
            near = [each for each in self.capping if each not in found and vocabulary.related(each.act, act)]
            found += near
            acts += [each.act for each in near]
        return tuple(found)

    def _waits_for_none(self, provision: Provision) -> bool:
        chain = (provision, *self.upstream(provision))
        return all(happening.outcome() is None for each in chain for happening in each.happenings())

    def since(self, moment: Instant) -> tuple[Snapshot, ...]:
        """Return the snapshot that holds at *moment* and all later ones."""
        return self.snapshots[bisect_right(self.starts, moment) - 1 :]

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
    def in_force(self) -> Spans:
        """Whether a version of the policy is in force, along time (S6)."""
        return in_force(self.prepared.policy)

    @once
    def starts(self) -> tuple[Instant, ...]:
        """The instants at which snapshots start."""
        return tuple(each.start for each in self.snapshots)

    @once
    def places(self) -> dict[str, list[int]]:
        """The places in the log of each event type, its kinds not included."""
        found: dict[str, list[int]] = {}
        for place, event in enumerate(self.prepared.events):
            found.setdefault(event.type, []).append(place)
        return found

    @once
    def place_of(self) -> dict[str, int]:
        """The place of each event in the log, by id."""
        return {event.id: place for place, event in enumerate(self.prepared.events)}


def _has_length(provision: Provision) -> bool:
    return provision.deadline is not None and provision.deadline.within is not None
