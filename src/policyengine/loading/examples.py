"""An example file (YAML or JSON) -> cases beside what must come out of them; all faults of its shape collected.

A file holds one example, which is a case with `expect` or `ask`, or a list of them under `examples`; `policy` and
`time_zone` at the top of such a file hold for each example that has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.loading.case import case_in
from policyengine.loading.case_shape import CaseFile, Facts, Text, Time
from policyengine.loading.nodes import Mapping, Sequence
from policyengine.loading.shape import misplaced, told, validate
from policyengine.loading.yaml_nodes import Document, Node, parse
from policyengine.model.assessment import GapKind, Status
from policyengine.model.base import ClauseId, Identifier, Value, listed
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.loading.text import Source
    from policyengine.model.case import Case

Events = tuple[Text, ...]
Anything = Annotated[str, Field(pattern="^.")]
"""The name of a reading, or of a policy, which may be a path."""
Options = Annotated[dict[Identifier, Identifier], Field(default_factory=dict)]


_UNSAID: Any = Field(default=None)
"""The default of a key that has no value of its own: the file did not ask."""


class DutyRow(Value):
    """What may be expected of a duty; what is not there is not asked."""

    status: Status = _UNSAID
    clause: ClauseId = _UNSAID
    clauses: tuple[ClauseId, ...] = _UNSAID
    strength: Strength = _UNSAID
    wording: Text | None = None
    act: Identifier = _UNSAID
    bearer: Identifier | None = None
    assigned: Identifier | None = None
    candidates: tuple[Identifier, ...] = _UNSAID
    conflict: bool = _UNSAID
    to: Identifier | None = None
    due: Time | None = None
    late_from: Time | None = None
    provisional: bool | None = None
    promptly: bool = _UNSAID
    standing: bool = _UNSAID
    sanction: bool = _UNSAID
    exists: bool = _UNSAID
    owed: bool | None = None
    in_force: bool | None = None
    finding: Literal["violation", "advisory"] | None = None
    violated: bool = _UNSAID
    violated_at: Time | None = None
    late_activation: bool = _UNSAID
    trigger: Text | None = None
    triggered_at: Time | None = None
    starts: Time | None = None
    key: Facts
    performed: Text | None = None
    performed_at: Time | None = None
    breaches: Events = _UNSAID
    last_act: Text | None = None
    partial_acts: Events = _UNSAID
    elapsed_minutes: float | None = None
    possible: tuple[Status, ...] = _UNSAID
    presumed: tuple[Identifier, ...] = _UNSAID
    missing: tuple[Identifier, ...] | None = None
    kind: GapKind | None = None
    instead_of: tuple[Identifier, ...] | None = None


ROW = tuple(DutyRow.model_fields)
"""The keys of what may be expected, of a duty or of a gap."""
OF_GAPS = ("kind", "clause", "clauses", "instead_of", "missing")
"""Those of them that a gap has."""
OF_DUTIES = tuple(key for key in ROW if key not in {"kind", "instead_of"})


class OtherReadingEntry(DutyRow):
    """What changes under another defensible reading, or once a fact is given."""

    choose: Options
    given: Facts
    provision: Identifier | None = None
    gap: Identifier | None = None
    instance: Text | None = None
    why: str | None = None


class ExpectEntry(DutyRow):
    """What must come out of one duty, or one gap."""

    policy: Text | None = None
    provision: Identifier | None = None
    gap: Identifier | None = None
    instance: Text | None = None
    why: str | None = None
    readings: tuple[OtherReadingEntry, ...] = ()


def provision_named(value: object) -> object:
    """Let the name of a provision stand for the whole entry."""
    return {"provision": value} if isinstance(value, str) else value


class AbsentEntry(Value):
    """A provision that must have no duty."""

    policy: Text | None = None
    provision: Identifier
    why: str | None = None


class WorklistExpectation(Value):
    """One entry that the merged worklist must hold."""

    act: Identifier
    bearer: Identifier | None = None
    to: Identifier | None = None
    must: Time | None = None
    should: Time | None = None
    clauses: tuple[ClauseId, ...] = _UNSAID
    status: Status = _UNSAID
    late: bool = _UNSAID
    why: str | None = None


class ConflictExpectation(Value):
    """What is owed and forbidden at once, by the clauses on both sides."""

    owed: tuple[ClauseId, ...]
    forbidden: tuple[ClauseId, ...]
    why: str | None = None


class Expectations(Value):
    """What must come out of one question."""

    choose: Annotated[dict[Anything, Identifier | dict[Identifier, Identifier]], Field(default_factory=dict)]
    expect: tuple[ExpectEntry, ...] = ()
    absent: tuple[Annotated[AbsentEntry, BeforeValidator(provision_named)], ...] = ()
    worklist: tuple[WorklistExpectation, ...] | None = None
    conflicts: tuple[ConflictExpectation, ...] | None = None


class AskEntry(Expectations):
    """One question about the case."""

    as_of: Time
    known_at: Time | None = None
    given: Facts
    label: Text | None = None


class ExampleEntry(Expectations):
    """What an example has besides its case."""

    ask: tuple[AskEntry, ...] | None = None
    same: Options


class WholeExample(ExampleEntry, CaseFile):
    """One example: a case, and what must come out of it."""


class _Head(Value):
    """What holds for all examples of a file."""

    policy: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()
    time_zone: str | None = None
    note: str | None = None


class ExampleFile(_Head):
    """A file of several examples."""

    examples: Annotated[tuple[WholeExample, ...], Field(min_length=1)]


class _Many(Value):
    examples: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


EXAMPLES = "examples"
_CASE = tuple(CaseFile.model_fields)
ENTRY = ("must", "should", "clauses", "status", "late")
"""What may be expected of an entry of the worklist, besides what tells it from the others."""
INSTANTS = frozenset({"due", "late_from", "violated_at", "triggered_at", "starts", "performed_at", "must", "should"})
"""The keys whose values are instants."""


@dataclass(frozen=True, slots=True)
class Written:
    """One example as its file has it.

    Args:
        case: its case.
        entry: what must come out of it.
        node: all of it, with what the top of the file says for it.
        document: its file.
    """

    case: Case
    entry: ExampleEntry
    node: Mapping
    document: Document


def written_examples(source: Source) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    """Return the examples in a text whose shape is sound, and everything that is wrong with the shape of the others."""
    document = parse(source)
    root = document.root
    if root is None:
        return (), document.diagnostics
    nodes, faults = _nodes(document, root)
    found = []
    for each in nodes:
        example, more = _example(document, each)
        faults += more
        if example is not None:
            found.append(example)
    return tuple(found), told(document, faults)


def _nodes(document: Document, root: Node) -> tuple[tuple[Node, ...], list[Diagnostic]]:
    """Return the nodes of a file that hold an example each."""
    many = root.get(EXAMPLES) if isinstance(root, Mapping) else None
    if many is None or not isinstance(root, Mapping):
        other = misplaced(document, "case")
        return ((), [other]) if other is not None else ((root,), [])
    head = Mapping(tuple(each for each in root.entries if each[0].value != EXAMPLES), root.span)
    listing = Mapping(tuple(each for each in root.entries if each[0].value == EXAMPLES), root.span)
    _, faults = validate(_Head, head, document, beside=(EXAMPLES,), nulls=True)
    _, more = validate(_Many, listing, document)
    items = many.items if isinstance(many, Sequence) else ()
    defaults = tuple(entry for entry in head.entries if entry[0].value in {"policy", "time_zone"})
    nodes = tuple(_with_defaults(each, defaults) for each in items if isinstance(each, Mapping))
    return nodes, [*faults, *(each for each in more if not _within_item(each))]


def _within_item(fault: Diagnostic) -> bool:
    """Tell whether *fault* is one that the example itself is told of as well: a key without a value."""
    return fault.code == "PE128"


def _with_defaults(node: Mapping, defaults: tuple[Any, ...]) -> Mapping:
    more = tuple(entry for entry in defaults if node.get(entry[0].value) is None)
    return Mapping((*node.entries, *more), node.span)


def _example(document: Document, node: Node) -> tuple[Written | None, tuple[Diagnostic, ...]]:
    own = [each for each in node.entries if each[0].value in _CASE] if isinstance(node, Mapping) else []
    case, faults = case_in(Document(document.source, _of(node, own), ()))
    if not isinstance(node, Mapping):
        return None, faults
    rest = [each for each in node.entries if each[0].value not in _CASE]
    entry, more = validate(ExampleEntry, _of(node, rest), document, beside=_CASE, nulls=True)
    found = ordered((*faults, *more))
    if case is None or entry is None or has_errors(found):
        return None, found
    return Written(case, entry, node, document), found


def _of(node: Node, entries: list[Any]) -> Node:
    return Mapping(tuple(entries), node.span) if isinstance(node, Mapping) else node


def said(entry: Value, among: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the keys *among* those given that the file itself says something about, with their values."""
    yield from ((key, getattr(entry, key)) for key in among if key in entry.model_fields_set)
