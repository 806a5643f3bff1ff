"""Events and acts as two sides expect them, or as only one of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, obliges
from policyengine.model.case import Event
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Outcome
from policyengine.temporal.instant import HOUR

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.temporal.instant import Instant

_MOST_NESTED = 4
_MEANS = "means"
_ROLES = ("by", "to")
_Asked = Mapping[str, Sequence["FactValue"]]
_NOTHING: _Asked = FrozenMap()


@dataclass(frozen=True, slots=True)
class Happenings:
    """Makes events that say what the provisions of both sides ask of them, and no more.

    Args:
        other: the demand.
        own: the provisions of the side that should cover it.
    """

    other: Bound
    own: tuple[Bound, ...]

    def event(
        self, name: str, at: Instant, *, where: _Asked = _NOTHING, occasion: int = 1, plain: bool = False
    ) -> Event:
        """Return an event that meets *where*, of the occasion numbered *occasion* where duties are told apart by one.

        What the triggers of either side ask besides, it does not meet; if it is *plain* it says nothing of it.
        """
        values: dict[str, FactValue] = {each: found[0] for each, found in where.items()}
        for each in self._keys():
            values.setdefault(each, self._occasion(each, occasion))
        for each, named in () if plain else self._asked(name):
            values.setdefault(each, self._another(each, named))
        by, to = (values.pop(each, None) for each in _ROLES)
        return Event(
            id="-",
            type=name,
            at=at,
            by=None if by is None else str(by),
            to=() if to is None else (str(to),),
            attributes=FrozenMap(
                {each: self._typed(each, value) for each, value in values.items() if value is not None}
            ),
        )

    def act(self, bound: Bound, at: Instant, *, apart: bool = False, occasion: int = 1) -> Event:
        """Return an act that performs a provision, or breaches it.

        Args:
            bound: the provision.
            at: when.
            apart: whether it is done, as far as that is possible, in a way in which the other side does not take it:
                by other means, towards somebody else, by somebody else.
            occasion: of what occasion it is, where duties are told apart by one.
        """
        provision = bound.provision
        where: dict[str, Sequence[FactValue]] = {}
        against = [each.provision for each in self._facing(bound)] if apart else []
        means = [value for each in against for value in each.means or ()]
        if provision.means:
            where[_MEANS] = sorted(provision.means, key=lambda each: each in means)
        elif means:
            where[_MEANS] = (self._another(_MEANS, means),)
        personal = [each for each in against if each.bearer is not None and (each.in_person or not obliges(each))]
        if provision.bearer is not None and (provision.in_person or not obliges(provision)):
            where["by"] = (provision.bearer,)
        elif personal:
            where["by"] = (self._another("by", [each.bearer for each in personal]),)
        towards = [each.to for each in against if each.to is not None]
        if provision.to is not None:
            where["to"] = (provision.to,)
        elif towards:
            where["to"] = (self._another("to", towards),)
        return self.event(provision.act, at, where=where, occasion=occasion, plain=True)

    def trigger(
        self, bound: Bound, trigger: Happening | None, start: Instant, depth: int = 0
    ) -> tuple[Event, ...] | None:
        """Return what has to happen for *trigger*, the first at *start*; for an outcome all that it takes."""
        if trigger is None:
            return ()
        if trigger.event is not None:
            return (self.event(trigger.event, start, where=trigger.where),)
        outcome = trigger.outcome()
        if outcome is None or depth > _MOST_NESTED:
            return None
        kind, names = outcome
        for watched in (found for name in names if (found := bound.side.provision(name)) is not None):
            its = Bound(bound.side, watched)
            events = self.trigger(its, watched.upon[0] if watched.upon else None, start, depth + 1)
            if events is not None:
                acts = (self.act(its, start.plus(HOUR)),) if kind is not Outcome.VIOLATED else ()
                return (*events, *acts)
        return None

    def _facing(self, bound: Bound) -> tuple[Bound, ...]:
        return self.own if bound is self.other else (self.other,)

    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for each in (self.other, *self.own) for name in each.provision.key or ()))

    def _asked(self, name: str) -> Iterator[tuple[str, list[FactValue]]]:
        """Yield the attributes that triggers of the type *name* ask about, with the values that they name."""
        found: dict[str, list[FactValue]] = {}
        for bound in (self.other, *self.own):
            for each in bound.provision.upon or ():
                if each.event is not None and name in bound.side.vocabulary.kinds(each.event):
                    for attribute, values in each.where.items():
                        found.setdefault(attribute, []).extend(values)
        yield from found.items()

    def _another(self, attribute: str, named: Iterable[FactValue]) -> FactValue:
        """Return a value of *attribute* that is none of those *named*; ``None`` where there is no other."""
        taken = list(named)
        vocabulary = self.other.side.vocabulary
        kind = vocabulary.attributes.get(attribute)
        if attribute in _ROLES:
            known: Iterable[FactValue] = (*vocabulary.roles, *self.other.side.policy.header.roles)
        elif kind is None:
            return None
        else:
            free = [each for each in taken if isinstance(each, int | float) and not isinstance(each, bool)]
            number = max(free, default=0) + 1
            values = {"boolean": (True, False), "number": (number,)}.get(kind.type or "", ("-" * (len(taken) + 1),))
            known = vocabulary.values(kind) or values
        return next((each for each in known if each not in taken), None)

    def _typed(self, attribute: str, value: FactValue) -> FactValue:
        kind = self.other.side.vocabulary.attributes.get(attribute)
        many = kind is not None and kind.many and not isinstance(value, tuple) and value is not None
        return (value,) if many else value  # type: ignore[return-value]  # one value, since it is no list

    def _occasion(self, attribute: str, number: int) -> FactValue:
        """Return a value that tells one occasion from another, as far as the attribute's values allow."""
        kind = self.other.side.vocabulary.attributes.get(attribute)
        if kind is None:  # who acted, or was told
            roles = (*self.other.side.vocabulary.roles, *self.other.side.policy.header.roles)
            return roles[(number - 1) % len(roles)] if roles else None
        named = self.other.side.vocabulary.values(kind)
        if named is not None:
            return named[(number - 1) % len(named)]
        return number if kind.type == "number" else number == 1 if kind.type == "boolean" else str(number)
