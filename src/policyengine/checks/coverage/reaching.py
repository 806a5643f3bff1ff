"""Cases in which something that no example covers can be asked about: those of the examples, then made-up ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.possible import possible
from policyengine.analysis.proving.examination import condition_norm
from policyengine.analysis.proving.scene import Scene, opening, staged
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import Side
from policyengine.analysis.solver import UnsolvedError
from policyengine.checks.coverage.boundaries import limits
from policyengine.checks.coverage.conditions import conditions_of, tests
from policyengine.checks.coverage.coverage import Boundary, Branch, Option, Part, Row
from policyengine.checks.coverage.norms import norms_by_id
from policyengine.checks.coverage.tables import rows_of, tables_by_id
from policyengine.checks.coverage.trials import trial
from policyengine.checks.examples.example import Ask, Example
from policyengine.errors import CaseError, MissingExtraError, TimeError
from policyengine.model.case import Event
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import DecisionTable, Gap, Provision
from policyengine.temporal.instant import DAY, HOUR

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Detail, Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.engine.matcher import Record
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy, Variants
    from policyengine.temporal.instant import Instant

Options = Mapping[str, str]

MOST_COMBINED = 24
"""Under so many combinations of options a case is looked for."""
MOST_OF_EXAMPLES = 12
"""So many cases of examples are read otherwise than the example reads them."""
MOST_RECORDS = 24
"""So many ways in which the facts can come out are tried."""
_UNTOLD = (TooManyRegionsError, TooManyContentsError, MissingExtraError, UnsolvedError)
"""Why it may not be told which facts there can be: then no case is made up."""
_LATER = (0, 40 * DAY, 800 * DAY)
"""So long after what triggers a duty it is looked for: a recurring one starts with its first whole period."""


def asked(policy: Policy, name: str, case: Case, as_of: Instant, *, choose: Options) -> Trial | None:
    """Return *case* as *policy* alone judges it at *as_of*; ``None`` where it cannot."""
    chosen = FrozenMap({name: FrozenMap(choose)}) if choose else FrozenMap[Options]()
    ask = Ask("", replace(case, policies=(name,), as_of=as_of), (name,), as_of, chosen)
    return trial(Example("", case.id, case.title, (ask,)), ask, name, {name: policy})


@dataclass(frozen=True)
class Reaching:
    """Looks for cases under one policy.

    Args:
        policy: the policy.
        name: what the examples call it.
        tried: their questions.
    """

    policy: Policy
    name: str
    tried: Sequence[Trial]

    def trials(self, key: Key) -> Iterator[Trial]:
        """Yield questions, without anything expected, in which the item *key* may be there to be asked about.

        First those of the examples as they are, then under other options, then made-up cases.
        """
        yield from self._own
        combinations = sorted({FrozenMap(each) for each in self._combinations(key)} or {FrozenMap()}, key=_plainest)
        for choose in filter(None, combinations):
            for each in islice(self._own, MOST_OF_EXAMPLES):
                yield from _there(asked(self.policy, self.name, each.ask.case, each.ask.as_of, choose=choose))
        for choose in combinations:
            yield from self._made_up(key, choose)

    @cached_property
    def _own(self) -> tuple[Trial, ...]:
        """The questions of the examples, each by this policy alone, the shortest cases under default readings first."""
        ordered = sorted(self.tried, key=lambda each: (len(_chosen(each)), len(each.ask.case.events)))
        found = (
            replace(each, expected=())
            if len(each.ask.policies) == 1
            else asked(self.policy, self.name, each.ask.case, each.ask.as_of, choose=_chosen(each))
            for each in ordered
        )
        return tuple(each for each in found if each is not None)

    def _combinations(self, key: Key) -> Iterator[Options]:
        """Yield options under which the item is there, so far as they are not the defaults."""
        _, owner, detail = key
        defaults = {name: reading.default for name, reading in self.policy.readings.items()}
        if isinstance(detail, Option):
            yield {detail.reading: detail.option} if detail.option != defaults[detail.reading] else {}
        variants: tuple[Variants[Any], ...] = (*self.policy.provisions, *self.policy.gaps, *self.policy.tables)
        for each in variants:
            for options, node in islice(each.by_options, MOST_COMBINED):
                if node is not None and node.id == owner and _has(node, detail):
                    chosen = dict(zip(each.readings, options, strict=True))
                    yield {name: option for name, option in chosen.items() if option != defaults[name]}

    def _made_up(self, key: Key, choose: Options) -> Iterator[Trial]:
        side = Side.of(self.policy, choose)
        for norm in self._norms(side, key):
            records = tuple(islice(self._records(side, norm, key), MOST_RECORDS))
            for record in records:
                yield from self._played(norm.id, _staged(side, norm, record), choose)
            # Where the item shows only once the facts have changed after the trigger.
            before = next(self._applying(side, norm), None)
            scene = None if before is None else _staged(side, norm, before)
            for record in records:
                yield from self._played(norm.id, None if scene is None else _changed(scene, record), choose)

    def _played(self, name: str, scene: Scene | None, choose: Options) -> Iterator[Trial]:
        if scene is None:
            return
        case = replace(scene.case(), id=name)
        for later in _LATER:
            yield from _there(asked(self.policy, self.name, case, scene.reached.plus(later), choose=choose))

    def _applying(self, side: Side, norm: Provision | Gap) -> Iterator[Record]:
        """Yield facts under which *norm* applies."""
        with suppress(*_UNTOLD):
            found = possible(side.vocabulary, ((side, norm),))
            yield from (each.record for each in found if each.truths[0] is Truth.TRUE)

    def _norms(self, side: Side, key: Key) -> Iterator[Provision | Gap]:
        """Yield the norms in whose cases the item shows: its owner, or what depends on the table or reading."""
        owner = key[1]
        names = frozenset(dependent(self.policy, owner))
        norms: tuple[Provision | Gap, ...] = (*side.provisions, *side.gaps)
        yield from (each for each in norms if each.id in names)

    def _records(self, side: Side, norm: Provision | Gap, key: Key) -> Iterator[Record]:
        """Yield facts under which the item shows, those first under which *norm* applies."""
        _, owner, detail = key
        more = (*_asking(side, owner, detail), *_limbs(norm))
        norms: tuple[tuple[Side, Provision | Gap], ...] = ((side, norm), *((side, each) for each in more))
        try:
            found = possible(side.vocabulary, norms)
        except _UNTOLD:
            return
        applies = [each for each in found if each.truths[0] is Truth.TRUE]
        for each in (*applies, *(one for one in found if one.truths[0] is Truth.FALSE)):
            if _shows(detail, each.truths[1:]):
                yield each.record


def dependent(policy: Policy, owner: str) -> Iterator[str]:
    """Yield the provisions and gaps in whose answers an item of *owner* shows."""
    if owner in norms_by_id(policy):
        yield owner
        return
    tables = tables_by_id(policy).get(owner, ())
    norms: tuple[Variants[Provision] | Variants[Gap], ...] = (*policy.provisions, *policy.gaps)
    for variants in norms:
        for node in variants.nodes()[:1]:
            facts = {name for _, each in conditions_of(node) for name in each.facts_asked()}
            bearer = node.bearer if isinstance(node, Provision) else None
            if owner in variants.readings or (tables and (owner == bearer or owner in facts)):
                yield node.id


def _plainest(options: Options) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return what sorts combinations of options: those nearest to the defaults first."""
    return len(options), tuple(options.items())


def _there(found: Trial | None) -> Iterator[Trial]:
    if found is not None:
        yield found


def _chosen(found: Trial) -> Options:
    """Return the options that the question chose for this policy."""
    defaults = {name: reading.default for name, reading in found.policy.readings.items()}
    return {name: option for name, option in found.inquiry.prepared.readings.items() if option != defaults[name]}


def _has(node: Provision | Gap | DecisionTable, detail: Detail) -> bool:
    """Tell whether a form of the owner has what is looked for."""
    match detail:
        case Boundary():
            return isinstance(node, Provision) and detail.limit in limits((node,))
        case Row():
            return isinstance(node, DecisionTable) and detail in rows_of(node)
        case Branch():
            conditions = (
                (row.when for row in node.rows)
                if isinstance(node, DecisionTable)
                else (each for _, each in conditions_of(node))
            )
            return any(detail.test in tests(each) for each in conditions)
        case _:
            return True


def _asking(side: Side, owner: str, detail: Detail) -> Iterator[Gap]:
    """Yield norms that tell whether a record of facts is one in which the item shows."""
    if isinstance(detail, Branch):
        yield condition_norm(owner, "test", detail.test)
    table = side.tables.get(owner) or side.assigning.get(owner)
    if isinstance(detail, Row) and table is not None:
        yield from (condition_norm(owner, f"row {place}", row.when) for place, row in enumerate(table.rows))


def _limbs(norm: Provision | Gap) -> Iterator[Gap]:
    """Yield norms that make the facts known on which the limit of *norm* depends."""
    limbs = (each for part, each in conditions_of(norm) if part is Part.LIMB)
    yield from (condition_norm(norm.id, f"limb {place}", each) for place, each in enumerate(limbs))


def _shows(detail: Detail, truths: Sequence[Truth]) -> bool:
    if isinstance(detail, Branch):
        return truths[0] is detail.wanted
    if isinstance(detail, Row):
        return Truth.TRUE not in truths if detail.place is None else truths[detail.place] is Truth.TRUE
    return True


def _staged(side: Side, norm: Provision | Gap, record: Record) -> Scene | None:
    """Return a scene after what triggers *norm*; ``None`` where the vocabulary or the clock allows none."""
    with suppress(CaseError, TimeError):
        if isinstance(norm, Provision):
            return staged(side, [norm], record)
        scene = opening(side, (), record)
        if scene is None or norm.upon is None:
            return scene
        return next((found for each in norm.upon if (found := scene.brought_about(each)) is not None), None)
    return None


def _changed(scene: Scene, record: Record) -> Scene:
    """Return *scene* an hour later, when the facts become what *record* has."""
    later = scene.after(HOUR)
    sets = {name: value for name, value in record.values.items() if scene.facts.get(name) != value}
    name = f"e{len(scene.events) + 1}"
    event = Event(id=name, type=_neutral(scene.side), at=later.reached, sets=sets)
    return replace(later, events=(*later.events, event))


def _neutral(side: Side) -> str:
    """Return a type of event that the policy does not speak of; any, where it speaks of all."""
    kinds = side.vocabulary.kinds
    named = {each for norm in side.provisions for each in (norm.act, *(one.event for one in norm.happenings()))}
    types = tuple(side.vocabulary.event_types)
    return next((each for each in types if all(each not in kinds(name) for name in named if name)), types[0])
