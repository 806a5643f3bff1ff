"""A policy under chosen readings, laid out so that a case is judged without asking the policy anything again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from policyengine.engine.compiled.fitting import Fitting, fitting
from policyengine.engine.compiled.patterns import Pattern, act_pattern, event_pattern
from policyengine.engine.compiled.reach import Reach, gap_reach, in_order, reaches
from policyengine.engine.compiled.truths import Asked, asked
from policyengine.engine.reference.evaluate import facts_used, terms
from policyengine.engine.reference.inquiry import Inquiry
from policyengine.engine.reference.limits import counted_by, length
from policyengine.engine.reference.questions import Answers
from policyengine.engine.reference.rows import choices
from policyengine.engine.reference.tables import expanded
from policyengine.engine.reference.versions import life
from policyengine.model.assessment import Choice, Duty, Status, Terms
from policyengine.model.case import Case
from policyengine.model.condition import Truth
from policyengine.model.happening import Happening
from policyengine.prepare.prepared import Prepared, prepare
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.model.condition import Condition
    from policyengine.model.deadline import Deadline
    from policyengine.model.frozen import FrozenMap
    from policyengine.model.happening import Outcome
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap, Provision, Strength
    from policyengine.temporal.limit import Counting, Length

Scope = Literal["case", "agency"]
SOME_INSTANT = Instant(0)
"""A policy is laid out by preparing an empty case; at what instant makes no difference."""


class Waited(NamedTuple):
    """Something that is waited for: events, or an outcome of other provisions."""

    pattern: Pattern | None
    outcome: Outcome | None = None
    provisions: tuple[str, ...] = ()


class Asking(NamedTuple):
    """A condition: what it comes to, and what it looks at."""

    source: Condition
    truth: Asked
    facts: tuple[str, ...]
    events: tuple[str, ...]
    """Every type whose having happened is asked, kinds included."""


@dataclass(frozen=True, slots=True)
class Limb:
    """One node of a deadline: a composite with limbs, or a single limit.

    `anchor` is what a length counts from where that is not the trigger; `when` is read at the limb's own anchor.
    """

    compose: Literal["earliest", "latest"] | None = None
    limbs: tuple[Limb, ...] = ()
    length: Length | None = None
    counting: Counting | None = None
    before: Pattern | None = None
    anchor: Waited | None = None
    when: Asking | None = None

    def singles(self) -> tuple[Limb, ...]:
        """Return the single limits, in order."""
        return (self,) if self.compose is None else tuple(each for limb in self.limbs for each in limb.singles())


@dataclass(frozen=True, slots=True, eq=False)
class PlannedProvision:
    """One provision, laid out. `lives` holds from each instant on whether it is in force (S6)."""

    node: Provision
    strength: Strength
    acts: str
    """The act, by its name in the vocabulary."""
    reach: Reach
    upon: tuple[Waited, ...] | None
    act: Pattern
    conditions: tuple[Asking, ...]
    causes: tuple[Asking, ...]
    """What a change may be due to: its own conditions, and those of what defeats it (S26)."""
    unless: bool
    deadline: Limb | None
    singles: tuple[Limb, ...]
    has_length: bool
    interval: Limb | None
    """How long after the last act it falls due again, where it recurs so (S28)."""
    until: tuple[Pattern, ...]
    until_all: bool
    waived_by: tuple[Pattern, ...]
    lives: tuple[tuple[int, bool], ...]
    capped_by: tuple[str, ...]
    """The provisions whose running limits cap its own (S26)."""
    related: tuple[str, ...]
    """The same, and those that cap these in turn."""
    defeated_by: tuple[str, ...]
    facts: tuple[str, ...]
    """The facts that it asks about; for a derived one those that it is derived from."""
    looked_at: tuple[Asking, ...]
    behind: tuple[str, ...]
    """What it waits for, directly or not."""
    awaited: tuple[Waited, ...]
    """The outcomes that it waits for: triggers, then anchors."""
    first: tuple[str, ...]
    """The same, each after what it waits for itself."""
    readings: tuple[Choice, ...]
    untriggered: Duty | None
    """Its row in every case in which nothing triggered it; ``None`` where a table names the bearer."""


class PlannedGap(NamedTuple):
    """One gap or referral, laid out."""

    node: Gap
    reach: Reach
    upon: tuple[Waited, ...] | None
    when: Asking | None
    lives: tuple[tuple[int, bool], ...]
    readings: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A policy under chosen readings, for cases or for agency logs."""

    empty: Prepared
    inquiry: Inquiry
    choices: tuple[Choice, ...]
    provisions: Mapping[str, PlannedProvision]
    order: tuple[str, ...]
    """The provisions that are judged without the reference, each after what it waits for (S15)."""
    gaps: tuple[PlannedGap, ...]
    fitting: Fitting
    assigned: Mapping[str, tuple[DecisionTable, tuple[Asking, ...]]]
    facts: tuple[str, ...]
    derived: Mapping[str, DecisionTable]
    """The tables that derive facts, by the fact."""
    deriving: tuple[Asking, ...]
    """What they ask."""
    whole: bool
    """Whether nothing is left to the reference, whatever the case."""
    terms: Terms

    @property
    def policy(self) -> Policy:
        """Return the policy."""
        return self.empty.policy


@lru_cache(maxsize=64)
def plan(policy: Policy, readings: FrozenMap[str], scope: Scope) -> Plan:
    """Return *policy* laid out under *readings*, an option for some of its readings, for logs of *scope*.

    Raises:
        ReadingError: an unknown reading or option.
    """
    empty = prepare(policy, Case(id="empty", scope=scope), SOME_INSTANT, readings)
    inquiry = Inquiry(empty, (), Answers({}, {}, {}))
    order = in_order(inquiry)
    reach = reaches(inquiry, order)
    ranks = {name: rank for rank, name in enumerate(order)}
    tables = {each.id: each for each in empty.tables if each.assigns is not None}
    gaps = tuple(_gap(inquiry, each, gap_reach(each, reach)) for each in empty.gaps)
    return Plan(
        empty=empty,
        inquiry=inquiry,
        choices=tuple(Choice(name, option) for name, option in empty.readings.items()),
        provisions={each.id: _provision(inquiry, each, reach[each.id], ranks) for each in empty.provisions},
        order=tuple(name for name in order if reach[name] is Reach.OWN),
        gaps=gaps,
        fitting=fitting(policy),
        assigned={name: (each, tuple(_asking(empty, row.when) for row in each.rows)) for name, each in tables.items()},
        facts=facts_used(empty),
        derived=inquiry.derived,
        deriving=tuple(_asking(empty, row.when) for each in inquiry.derived.values() for row in each.rows),
        whole=all(each is Reach.OWN for each in (*reach.values(), *(each.reach for each in gaps))),
        terms=terms(empty),
    )


def _provision(inquiry: Inquiry, node: Provision, reach: Reach, order: Mapping[str, int]) -> PlannedProvision:
    prepared = inquiry.prepared
    words, key = prepared.policy.vocabulary, node.key or ()
    given = [each for each in (node.when, node.unless) if each is not None]
    deadline = None if node.deadline is None or node.deadline.promptly else _limb(prepared, node.deadline, key)
    singles = node.deadline.singles() if node.deadline is not None else ()
    limbs = () if node.deadline is None else _limb(prepared, node.deadline, key).singles()
    until, behind = node.until, [each.id for each in inquiry.behind(node)]
    looked_at = [*given, *(each.when for each in singles if each.when is not None)]
    read, related, defeaters = choices(inquiry, node), inquiry.related(node), inquiry.defeaters.get(node.id, ())
    whens = [each.when for each in defeaters if each.when is not None]
    upon = None if node.upon is None else tuple(_waited(prepared, each) for each in node.upon)
    waited = (*(upon or ()), *(each.anchor for each in limbs if each.anchor is not None))
    return PlannedProvision(
        node=node,
        strength=node.strength,
        acts=node.act,
        reach=reach,
        upon=upon,
        awaited=tuple(each for each in waited if each.outcome is not None),
        act=act_pattern(node, words),
        conditions=tuple(_asking(prepared, each) for each in given),
        causes=tuple(_asking(prepared, each) for each in (*given, *whens)),
        unless=node.unless is not None,
        deadline=deadline,
        singles=limbs,
        has_length=any(each.within is not None for each in singles),
        interval=_interval(prepared, node),
        until=tuple(
            _events(prepared, name, key) for name in ((until.any_ or until.all_ or ()) if until is not None else ())
        ),
        until_all=until is not None and until.all_ is not None,
        waived_by=tuple(event_pattern(each, words, key) for each in node.waived_by or ()),
        lives=_lives(prepared, node),
        capped_by=tuple(each.id for each in related if each.id != node.id and inquiry.caps(each, node)),
        related=tuple(each.id for each in related),
        defeated_by=tuple(each.id for each in defeaters),
        facts=expanded((name for each in looked_at for name in each.facts_asked()), inquiry.derived),
        looked_at=tuple(_asking(prepared, each) for each in looked_at),
        behind=tuple(behind),
        first=tuple(sorted(behind, key=order.__getitem__)),
        readings=read,
        untriggered=None if node.bearer in inquiry.assigned else _untriggered(node, read),
    )


def _untriggered(node: Provision, readings: tuple[Choice, ...]) -> Duty:
    return Duty(
        provision=node.id,
        clauses=node.clause,
        strength=node.strength,
        act=node.act,
        status=Status.NOT_TRIGGERED,
        wording=node.wording,
        bearer=node.bearer,
        to=node.to,
        standing=node.standing is True,
        sanction=node.sanction is True,
        promptly=node.deadline is not None and node.deadline.promptly is True,
        readings=readings,
    )


def _gap(inquiry: Inquiry, node: Gap, reach: Reach) -> PlannedGap:
    prepared = inquiry.prepared
    return PlannedGap(
        node=node,
        reach=reach,
        upon=None if node.upon is None else tuple(_waited(prepared, each) for each in node.upon),
        when=None if node.when is None else _asking(prepared, node.when),
        lives=_lives(prepared, node),
        readings=choices(inquiry, node),
    )


def _asking(prepared: Prepared, condition: Condition) -> Asking:
    words = prepared.policy.vocabulary
    kinds = dict.fromkeys(kind for name in condition.events_asked() for kind in words.kinds(name))
    return Asking(condition, asked(condition, words), condition.facts_asked(), tuple(kinds))


def _lives(prepared: Prepared, node: Provision | Gap) -> tuple[tuple[int, bool], ...]:
    spans = life(prepared.policy, node)
    pairs = zip(spans.starts, spans.truths, strict=True)
    return tuple((start.micros, truth is Truth.TRUE) for start, truth in pairs)


def _waited(prepared: Prepared, happening: Happening, key: tuple[str, ...] = ()) -> Waited:
    awaited = happening.outcome()
    if awaited is None:
        return Waited(event_pattern(happening, prepared.policy.vocabulary, key))
    known = {each.id for each in prepared.provisions}
    return Waited(None, awaited[0], tuple(name for name in awaited[1] if name in known))


def _events(prepared: Prepared, name: str, key: tuple[str, ...]) -> Pattern:
    return event_pattern(Happening(event=name), prepared.policy.vocabulary, key)


def _interval(prepared: Prepared, node: Provision) -> Limb | None:
    within = None if node.every is None else node.every.since_last_act
    return None if within is None else Limb(length=length(within), counting=counted_by(prepared.counting))


def _limb(prepared: Prepared, deadline: Deadline, key: tuple[str, ...]) -> Limb:
    if deadline.limbs:
        compose: Literal["earliest", "latest"] = "earliest" if deadline.earliest is not None else "latest"
        return Limb(compose, tuple(_limb(prepared, each, key) for each in deadline.limbs))
    of = deadline.of
    return Limb(
        length=None if deadline.within is None else length(deadline.within),
        counting=None if deadline.within is None else counted_by(prepared.counting, deadline),
        before=None if deadline.before is None else _events(prepared, deadline.before, key),
        anchor=None if of is None else _waited(prepared, of, key),
        when=None if deadline.when is None else _asking(prepared, deadline.when),
    )
