"""Where the parts of a policy stand in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Boundary, Branch, Option, Part, Row
from policyengine.loading.places import declared, key_named, reach
from policyengine.loading.yaml_nodes import Mapping, Node, Scalar, Sequence, parse, plain
from policyengine.model.deadline import Deadline

if TYPE_CHECKING:
    from policyengine.checks.coverage.boundaries import NumberedLimit
    from policyengine.checks.coverage.coverage import Key
    from policyengine.diagnostics import Span
    from policyengine.loading.yaml_nodes import Source

_KEYS = {Part.WHEN: "when", Part.UNLESS: "unless", Part.LIMB: "deadline"}


@dataclass(frozen=True)
class Places:
    """Places in the file of one policy; without its text, none is known."""

    source: Source | None = None

    def of(self, key: Key) -> Span | None:
        """Return where an item stands."""
        _, owner, detail = key
        match detail:
            case Row():
                return self.row(owner, detail)
            case Branch():
                return self.test(owner, detail)
            case Boundary():
                return self.limit(owner, detail.limit)
            case Option() if detail.reading == owner:
                return self.option(detail)
            case _:
                return self.norm(owner)

    def norm(self, name: str) -> Span | None:
        """Return where the id of a provision or a gap stands."""
        return self._declared.get(name)

    def clause(self, name: str) -> Span | None:
        """Return where a clause stands."""
        return self._clauses.get(name)

    def option(self, option: Option) -> Span | None:
        """Return where an option of a reading stands."""
        return (
            None
            if self._root is None
            else declared(self._root, ("readings", option.reading, "options")).get(option.option)
        )

    def row(self, table: str, row: Row) -> Span | None:
        """Return where a row of a table stands, or its `else`; the table itself where its rows are a reading's."""
        node = self._tables.get(table)
        if node is None:
            return None
        if row.place is None:
            return key_named(node, "else") or node.span
        rows = reach(node, ("rows",))
        items = rows.items if isinstance(rows, Sequence) else ()
        return items[row.place].span if row.place < len(items) else node.span

    def limit(self, provision: str, limit: NumberedLimit) -> Span | None:
        """Return where the length of a limit stands, or the period of a recurring duty."""
        node = self._norms.get(provision)
        if node is None:
            return None
        if not isinstance(limit, Deadline) or limit.within is None:
            return key_named(node, "every") or node.span
        written = dict(limit.within.parts())
        found = (key for key, value in _pairs(node) if key.value == "within" and plain(value) == written)
        return next((each.span for each in found), key_named(node, "deadline") or node.span)

    def test(self, owner: str, branch: Branch) -> Span | None:
        """Return where a test stands: the first of its kind in its condition."""
        node = self._tables.get(owner) if branch.part is Part.ROW else self._norms.get(owner)
        if node is None:
            return None
        within = [value for key, value in _pairs(node) if key.value == _KEYS.get(branch.part, "rows")]
        name = "happened" if branch.test.happened is not None else branch.test.facts[0].fact
        found = (key_named(each, name) for each in within)
        return next((each for each in found if each is not None), node.span)

    @cached_property
    def _root(self) -> Node | None:
        return None if self.source is None else parse(self.source).root

    @cached_property
    def _declared(self) -> dict[str, Span]:
        if self._root is None:
            return {}
        return {**declared(self._root, ("gaps",)), **declared(self._root, ("provisions",))}

    @cached_property
    def _clauses(self) -> dict[str, Span]:
        return {} if self._root is None else declared(self._root, ("source", "clauses"))

    @cached_property
    def _norms(self) -> dict[str, Node]:
        return {**_named(self._root, "gaps", ("id",)), **_named(self._root, "provisions", ("id",))}

    @cached_property
    def _tables(self) -> dict[str, Node]:
        return _named(self._root, "tables", ("assigns", "derives"))


def _named(root: Node | None, section: str, keys: tuple[str, ...]) -> dict[str, Node]:
    """Return the items of a section by what one of *keys* says; the first of two of one name."""
    node = None if root is None else reach(root, (section,))
    found: dict[str, Node] = {}
    for item in node.items if isinstance(node, Sequence) else ():
        for name in (reach(item, (key,)) for key in keys):
            if isinstance(name, Scalar):
                found.setdefault(str(name.value), item)
    return found


def _pairs(node: Node) -> Iterator[tuple[Scalar, Node]]:
    """Yield every key in *node*, at any depth, with its value."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _pairs(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key, value
            yield from _pairs(value)
