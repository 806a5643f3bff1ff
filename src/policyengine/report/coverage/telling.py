"""Items of coverage in words: what they are, and what an example would have to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Boundary, Branch, Item, Kind, Option, Parts, Row
from policyengine.checks.coverage.norms import norms_by_id, provisions_by_id
from policyengine.checks.coverage.tables import tables_by_id
from policyengine.model.deadline import Deadline
from policyengine.model.provision import UNSTATED
from policyengine.report import words as common
from policyengine.report.coverage import words
from policyengine.report.phrases import Phrases

if TYPE_CHECKING:
    from policyengine.checks.coverage.boundaries import NumberedLimit
    from policyengine.checks.coverage.coverage import Side
    from policyengine.model.base import Atom, Title
    from policyengine.model.happening import Happening


@dataclass(frozen=True)
class Telling(Phrases):
    """Items in one language."""

    def item(self, item: Item) -> str:
        """Return which item it is, shortly, by the id of its owner."""
        match item.detail:
            case None:
                return item.owner
            case Row():
                value = self._then(item.owner, item.detail.then)
                wording = words.ELSE if item.detail.place is None else words.ROW
                return self.say(wording, owner=item.owner, n=(item.detail.place or 0) + 1, value=value)
            case Branch():
                test = self.condition(item.detail.test)
                return self.say(words.BRANCH[item.detail.wanted], owner=item.owner, test=test)
            case Boundary():
                limit = self.length_of(item.detail)
                return self.say(words.BOUNDARY[item.detail.side], owner=item.owner, limit=limit)
            case Option():
                option = f"{item.detail.reading}={item.detail.option}"
                return (
                    option
                    if item.owner == item.detail.reading
                    else self.say(words.UNDER, owner=item.owner, option=option)
                )
            case _:
                return item.owner

    def length_of(self, boundary: Boundary) -> str:
        """Return how long a limit is, or how often the duty recurs."""
        limit = boundary.limit
        if isinstance(limit, Deadline):
            return self.length(limit.within) if limit.within is not None else ""
        return self.every(limit)

    def owner(self, item: Item) -> str:
        """Return the title of what an item belongs to, with its id."""
        title = self._titles.get(item.owner)
        if item.kind is Kind.CLAUSES:
            return self.clause(item.owner)
        return item.owner if title is None else self.more(self.say(title), item.owner)

    def need(self, item: Item) -> str:
        """Return why the item is not covered: what no example does."""
        match item.detail:
            case Row():
                return self._row(item.owner, item.detail)
            case Branch():
                branch = item.detail
                return self.say(
                    words.NEED_BRANCH[branch.wanted],
                    test=self.condition(branch.test),
                    part=self.say(words.PARTS[branch.part]),
                )
            case Boundary():
                return self.sides(item.owner, item.detail.limit, (item.detail.side,))
            case Option():
                wording = words.NEED_OPTION if item.owner == item.detail.reading else words.NEED_NORM_OPTION
                return self.say(wording, option=self.option(item.detail))
            case Parts():
                return self.say(words.NEED_CLAUSE, names=self.listed(item.detail.missing))
            case _:
                return self._norm(item)

    def sides(self, provision: str, limit: NumberedLimit, sides: Iterable[Side]) -> str:
        """Return that no example asks at any of some *sides* of a limit."""
        told = self.listed((self.say(words.SIDES[each]) for each in sides), common.OR)
        return self.say(words.NEED_BOUNDARY, sides=told, limit=self.limit(provision, limit))

    def limit(self, provision: str, limit: NumberedLimit) -> str:
        """Return a limit in words."""
        if isinstance(limit, Deadline):
            return self.deadline(limit, self._triggers.get(provision, ()))
        return self.every(limit)

    def option(self, option: Option) -> str:
        """Return an option of a reading, with what it says."""
        told = self.policy.readings[option.reading].options[option.option]
        return self.more(f"{option.reading}={option.option}", self.say(told))

    def _norm(self, item: Item) -> str:
        if item.kind is Kind.GAPS:
            return self.say(words.NEED_GAP)
        return self.say(words.NEED_PROVISION_ABSENT if item.absent_in else words.NEED_PROVISION)

    def _row(self, table: str, row: Row) -> str:
        value = self._then(table, row.then)
        if row.place is None:
            return self.say(words.NEED_ELSE, value=value)
        return self.say(words.NEED_ROW, n=row.place + 1, value=value)

    def _then(self, table: str, value: Atom) -> str:
        if value == UNSTATED:
            return self.say(words.UNSTATED)
        node = tables_by_id(self.policy)[table][0]
        return self.role(str(value)) if node.assigns is not None else self.value(table, value)

    @cached_property
    def _triggers(self) -> dict[str, tuple[Happening, ...]]:
        return {name: nodes[0].upon or () for name, nodes in provisions_by_id(self.policy).items()}

    @cached_property
    def _titles(self) -> dict[str, Title]:
        policy = self.policy
        norms = {name: nodes[0].title for name, nodes in norms_by_id(policy).items()}
        tables = {
            name: policy.role(name).title if found[0].assigns is not None else policy.vocabulary.facts[name].title
            for name, found in tables_by_id(policy).items()
        }
        readings = {name: each.question for name, each in policy.readings.items()}
        return {**readings, **tables, **norms}
