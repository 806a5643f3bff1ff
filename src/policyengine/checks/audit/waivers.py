"""Waivers: read from their file, and held against findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from policyengine.checks.audit.finding import Finding, Kind, Waiver
from policyengine.diagnostics import Diagnostic, diagnostic, has_errors, nearest
from policyengine.loading.places import start
from policyengine.loading.shape import told, validate
from policyengine.loading.yaml_nodes import Document, Mapping, Node, parse, read_source
from policyengine.loading.yaml_nodes import Sequence as List
from policyengine.model.base import Day, Identifier, Value, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from policyengine.model.policy import Policy

Text = Annotated[str, Field(pattern=r"\S")]
Waivable = Literal["violation", "advisory", "undetermined", "provisional", "gap"]
"""What may be waived: what a case was found to be, not what is wrong with the log or with waivers themselves."""


class WaiverEntry(Value):
    """One waiver as its file has it; `provision` may name a gap too."""

    case: Text | None = None
    policy: Identifier | None = None
    provision: Identifier | None = None
    kinds: Annotated[tuple[Waivable, ...], BeforeValidator(listed), Field(min_length=1)]
    granted: Day
    expires: Day
    authority: Text
    reason: Text


class WaiverFile(Value):
    """A file of waivers."""

    waivers: tuple[WaiverEntry, ...]


def read_waivers(path: str | Path) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """Return the waivers in the file *path*, none of them if one has errors, and everything that is wrong."""
    source, faults = read_source(path)
    if source is None:
        return (), faults
    document = parse(source)
    if document.root is None:
        return (), document.diagnostics
    file, shape = validate(WaiverFile, document.root, document)
    entries = file.waivers if file is not None else ()
    nodes = _nodes(document.root)
    wrong = (fault for entry, node in zip(entries, nodes, strict=False) for fault in _faults(entry, node, document))
    found = told(document, (*shape, *wrong))
    if has_errors(found):
        return (), found
    return tuple(_waiver(entry, node) for entry, node in zip(entries, nodes, strict=True)), found


def _nodes(root: Node) -> tuple[Node, ...]:
    node = root.get("waivers") if isinstance(root, Mapping) else None
    return node.items if isinstance(node, List) else ()


def _faults(entry: WaiverEntry, node: Node, document: Document) -> Iterator[Diagnostic]:
    if entry.case is None and entry.policy is None and entry.provision is None:
        yield document.fault("PE680", start(node))
    if entry.expires < entry.granted:
        last = node.get("expires") if isinstance(node, Mapping) else None
        span = start(node) if last is None else last.span
        yield document.fault("PE681", span, granted=entry.granted, expires=entry.expires)


def _waiver(entry: WaiverEntry, node: Node) -> Waiver:
    return Waiver(
        case=entry.case,
        policy=entry.policy,
        subject=entry.provision,
        kinds=tuple(map(Kind, entry.kinds)),
        granted=entry.granted,
        expires=entry.expires,
        authority=entry.authority,
        reason=entry.reason,
        span=start(node),
    )


@dataclass(slots=True)
class Waiving:
    """Waivers held against findings; what became of each is known in the end.

    Args:
        waivers: in the order of their file, which decides where several hold.
    """

    waivers: Sequence[Waiver]
    _by_case: dict[str | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    _used: set[int] = field(default_factory=set)
    _refused: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the waivers by case, so that the many others of a long file are passed over."""
        for number, each in enumerate(self.waivers):
            self._by_case[each.case].append(number)

    def waiver(self, finding: Finding, day: date) -> Waiver | None:
        """Return the first waiver that lets *finding* stand on *day*, that of its `as_of` on the policy's clock."""
        meant = [number for number in self._numbers(finding.case) if _means(self.waivers[number], finding)]
        late: dict[int, str] = {}
        for number in meant:
            each = self.waivers[number]
            if each.granted <= day <= each.expires:
                self._used.add(number)
                return each
            late[number] = "PE683" if day > each.expires else "PE684"
        self._refused.update(late)
        return None

    def leftovers(self, policies: Iterable[Policy]) -> Iterator[Finding]:
        """Yield a finding for each waiver that would have waived something on another day, or waives nothing at all.

        Args:
            policies: those of the audit, so that a misspelt name can be told.
        """
        known = tuple(policies)
        for number, each in enumerate(self.waivers):
            if number in self._refused:
                yield _about(each, self._refused[number])
            elif number not in self._used:
                yield _about(each, "PE682", _meant(each, known))

    def _numbers(self, case: str | None) -> list[int]:
        return sorted({*self._by_case.get(case, ()), *self._by_case.get(None, ())})


def _means(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether *waiver* is about *finding*, apart from its case."""
    return (
        finding.kind in waiver.kinds
        and waiver.policy in {None, finding.policy}
        and waiver.subject in {None, finding.subject}
    )


def _meant(waiver: Waiver, policies: Sequence[Policy]) -> str | None:
    """Return the name that was probably meant by one that no policy has."""
    ids = [each.id for each in policies]
    subjects = [name for each in policies for name in (*each.provision_ids, *gap_ids(each))]
    for name, names in ((waiver.policy, ids), (waiver.subject, subjects)):
        if name is not None and name not in names:
            return nearest(name, names)
    return None


def gap_ids(policy: Policy) -> tuple[str, ...]:
    """Return the ids of all gaps, whatever reading admits them, in the order of the file."""
    return tuple(dict.fromkeys(node.id for each in policy.gaps for node in each.nodes()))


def _about(waiver: Waiver, code: str, suggestion: str | None = None) -> Finding:
    return Finding(
        Kind.WAIVER,
        case=waiver.case,
        policy=waiver.policy,
        subject=waiver.subject,
        span=waiver.span,
        fault=diagnostic(code, waiver.span, suggestion=suggestion, granted=waiver.granted, expires=waiver.expires),
    )
