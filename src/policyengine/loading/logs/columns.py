"""A map of columns: which column of a table of events means what, and how its cells are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, overload

from pydantic import AfterValidator, BeforeValidator, Field

from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.loading.case_shape import FactField
from policyengine.loading.names import unknown_zone
from policyengine.loading.places import reach, walk
from policyengine.loading.shape import told, validate
from policyengine.loading.yaml_nodes import Document, Scalar, parse, read_source
from policyengine.model.base import Identifier, Value, listed
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.zone import Zone, zone_names

if TYPE_CHECKING:
    from pathlib import Path

Text = Annotated[str, Field(min_length=1)]
Encoding = Literal["utf-8", "gb18030"]
"""Encodings in which a byte of a line end or a comma is never a part of another character."""
PARTS = ("sets", "attributes", "facts")
"""What columns say by name: `sets.urgent` sets the fact `urgent`."""


class Meaning(Value):
    """What the cells of one column say of a fact or an attribute.

    Args:
        name: the fact or attribute.
        type: what a cell is read as; unless given, a CSV cell is whatever it would be in YAML (`7` is a number).
        many: whether a cell holds a list, its items apart by the separator.
        values: what a cell, or an item of its list, stands for; `null` makes the fact unknown again (S8).
    """

    name: Identifier
    type: Literal["boolean", "text", "number"] | None = None
    many: bool = False
    values: Annotated[Mapping[str, FactField], AfterValidator(FrozenMap)] = FrozenMap()


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Meanings = Annotated[Mapping[Text, Annotated[Meaning, BeforeValidator(_named)]], AfterValidator(FrozenMap)]


class Names(Value):
    """The columns by what they hold; unless given, each is called as the same thing is in a case file.

    `sets`, `attributes` and `facts` map columns to names; unless given, a column called `sets.urgent` sets the fact
    `urgent`, and so on.
    """

    case: Text = "case"
    id: Text = "id"
    type: Text = "type"
    at: Text = "at"
    recorded_at: Text = "recorded_at"
    by: Text = "by"
    to: Text = "to"
    corrects: Text = "corrects"
    retracts: Text = "retracts"
    partial: Text = "partial"
    note: Text = "note"
    policy: Text = "policy"
    scope: Text = "scope"
    sets: Meanings | None = None
    attributes: Meanings | None = None
    facts: Meanings | None = None


class Columns(Value):
    """Which column of a table of events means what, and how its cells are read.

    Args:
        columns: the columns by what they hold.
        time_zone: the zone of times without an offset; such a time is a fault unless it is given.
        separator: stands between the items of a list in one cell.
        delimiter: stands between the cells of a CSV file, unless its ending says it (`.csv` a comma, `.tsv` a tab).
        encoding: how CSV files are saved; JSON is always in UTF-8.
        booleans: words that stand for true or false.
        types: the event types that are meant by the words in the table.
        roles: likewise the roles, in `by` and `to`.
        ignore: columns that are left unread on purpose; `*` is every column not named above.
    """

    columns: Names = Names()
    time_zone: str | None = None
    separator: Text = ";"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: Encoding = "utf-8"
    booleans: Annotated[Mapping[str, bool], AfterValidator(FrozenMap)] = FrozenMap()
    types: Annotated[Mapping[str, Identifier], AfterValidator(FrozenMap)] = FrozenMap()
    roles: Annotated[Mapping[str, Identifier], AfterValidator(FrozenMap)] = FrozenMap()
    ignore: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()

    @property
    def zone(self) -> Zone | None:
        """Return the zone of times without an offset.

        Raises:
            UnknownZoneError: there is no such zone; `read_columns` has told it for a file.
        """
        return None if self.time_zone is None else Zone(self.time_zone)


Map = TypeVar("Map", bound=Columns)


@overload
def read_columns(path: str | Path) -> tuple[Columns | None, tuple[Diagnostic, ...]]: ...


@overload
def read_columns(path: str | Path, kind: type[Map]) -> tuple[Map | None, tuple[Diagnostic, ...]]: ...


def read_columns(path: str | Path, kind: type[Columns] = Columns) -> tuple[Columns | None, tuple[Diagnostic, ...]]:
    """Return the map of columns in the file *path*, YAML or JSON, or ``None``, and everything that is wrong with it.

    Args:
        path: the file.
        kind: what the map is: that of a log, or one that says more.
    """
    source, faults = read_source(path)
    if source is None:
        return None, faults
    document = parse(source)
    if document.root is None:
        return None, document.diagnostics
    entry, shape = validate(kind, document.root, document, nulls=True)
    found = told(document, (*shape, *_zone_faults(document), *(() if entry is None else _repeated(entry, document))))
    return (None if has_errors(found) else entry), ordered(found)


def _zone_faults(document: Document) -> Iterator[Diagnostic]:
    node = None if document.root is None else reach(document.root, ("time_zone",))
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.value not in zone_names():
        yield unknown_zone(node.value, node.span, document)


def _repeated(entry: Columns, document: Document) -> Iterator[Diagnostic]:
    """Yield the facts and attributes that two columns of one kind would give, of which one would be lost."""
    for part in PARTS:
        first: dict[str, str] = {}
        for column, meaning in (getattr(entry.columns, part) or {}).items():
            before = first.setdefault(meaning.name, column)
            if before != column and document.root is not None:
                span = walk(document.root, ("columns", part, column), key=True)[1]
                yield document.fault("PE640", span, column=column, other=before, name=meaning.name)
